import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
shape, std = (256, 784), 0.05  # (fan_out, fan_in)
W = wi.random_normal(shape, std, rng=rng)
V = wi.random_uniform(shape, np.sqrt(3) * std, rng=rng)  # takes the limit, not the standard deviation
T = wi.random_truncated_normal(shape, std, rng=rng)

for weights in (W, V, T):
    assert abs(weights.std() / std - 1) < 0.01

largest = float(abs(W).max() / std)  # in standard deviations; a normal distribution has no limit
print(f"largest weight: {largest:.1f} standard deviations")
assert abs(T).max() < 2.28 * std < abs(W).max()

linear = wi.forward_factor(std**2, 784)
relu = wi.forward_factor(std**2, 784, "relu")
print(f"factor of a layer: linear {linear:.2f}, ReLU {relu:.2f}")
assert relu < 1 < linear
