from itertools import pairwise

import numpy as np

import weightinit as wi

widths, depth = (64, *[32] * 9, 10), 10
rng = np.random.default_rng(0)
x, labels = rng.standard_normal((500, 64)), rng.integers(10, size=500)
variances = [wi.variance("lecun", *pair) for pair in pairwise(widths)]

weights = wi.random_network(widths, "lecun", rng=rng, dtype=np.float64)
pre, post = wi.forward(x, weights, "relu", last="linear")
loss, r = wi.cross_entropy(post[-1], labels)
grad = wi.backward(weights, pre, r, "relu", last="linear")

signal, ratio = np.mean(pre[-1] ** 2), np.mean(grad[0] ** 2) / np.mean(grad[-1] ** 2)
signal_expected = wi.forward_profile(widths, variances, "relu")[-1]
ratio_expected = wi.backward_profile(widths, variances, "relu")[0]
print(f"signal   {signal:.1e}, expected {signal_expected:.1e}")
print(f"gradient {ratio:.1e}, expected {ratio_expected:.1e}")

assert len(weights) == depth and np.isclose(signal_expected, 2.0 ** (1 - depth))
assert np.isclose(ratio_expected, widths[-1] / widths[1] * 2.0 ** (1 - depth))
assert 1 / 4 < signal / signal_expected < 4 and 1 / 4 < ratio / ratio_expected < 4
