import numpy as np

rng = np.random.default_rng(0)
fan_in, fan_out = 784, 256

# normal: the second argument is the standard deviation
std = np.sqrt(2 / fan_in)  # for a leaky ReLU: 2 / ((1 + a**2) * fan_in)
W = rng.normal(0.0, std, size=(fan_out, fan_in))

# uniform: the limit is sqrt(3) times the standard deviation
limit = np.sqrt(6 / fan_in)
V = rng.uniform(-limit, limit, size=(fan_out, fan_in))

# ReLU leaves half of the second moment, and that is as much as came in
x = rng.standard_normal((500, fan_in))
z = x @ W.T
h = np.maximum(z, 0)
assert abs(np.mean(h**2) / np.mean(z**2) - 1 / 2) < 0.01
assert abs(np.mean(h**2) / np.mean(x**2) - 1) < 0.02
