import numpy as np

rng = np.random.default_rng(0)
fan_in, fan_out = 784, 256

# normal: the second argument is the standard deviation
std = np.sqrt(2 / (fan_in + fan_out))
W = rng.normal(0.0, std, size=(fan_out, fan_in))

# uniform: the limit is sqrt(3) times the standard deviation
limit = np.sqrt(6 / (fan_in + fan_out))
V = rng.uniform(-limit, limit, size=(fan_out, fan_in))

assert abs(W.std() / std - 1) < 0.01
assert abs(V.std() / std - 1) < 0.01
