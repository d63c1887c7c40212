import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
W = wi.lecun_normal((256, 784), rng=rng)  # (fan_out, fan_in)
V = wi.lecun_uniform((256, 784), rng=rng)
T = wi.lecun_truncated_normal((256, 784), rng=rng)  # what Keras and JAX call lecun_normal

for weights in (W, V, T):
    assert weights.shape == (256, 784)
    assert abs(weights.std() / wi.std("lecun", 784, 256) - 1) < 0.01
assert abs(T).max() < 2.28 * wi.std("lecun", 784, 256)

# LeCun weights belong to these two: SELU keeps second moment 1, LeCun's tanh passes through (1, 1)
assert abs(wi.gain("selu") - 1) < 1e-12
assert abs(wi.activation("lecun_tanh").f(np.array([1.0]))[0] - 1) < 1e-5
