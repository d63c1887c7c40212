import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
W = wi.fan_in_uniform((256, 784), rng=rng)  # (fan_out, fan_in)
limit = wi.bound("fan_in_uniform", *wi.fans(W.shape))
b = wi.random_uniform((256,), limit, rng=rng)  # PyTorch draws the biases, too

assert 0.999 < abs(W).max() / limit <= 1
assert np.isclose(limit, 784**-0.5)
assert abs(W.std() / wi.std("fan_in_uniform", 784, 256) - 1) < 0.01
assert np.isclose(limit, wi.bound("he", 784, 256, a=5**0.5))  # the same under its other name
