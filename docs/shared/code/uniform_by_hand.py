import numpy as np

rng = np.random.default_rng(0)
fan_in, fan_out = 784, 256

limit = 1 / np.sqrt(fan_in)
W = rng.uniform(-limit, limit, size=(fan_out, fan_in))  # from minus to plus
b = rng.uniform(-limit, limit, size=fan_out)

# the limit is no standard deviation
assert abs(W.std() * np.sqrt(3) / limit - 1) < 0.01
assert -limit <= b.min() < -0.9 * limit and 0.9 * limit < b.max() <= limit

# of the inputs' second moment, ReLU leaves a sixth
x = rng.standard_normal((500, fan_in))
h = np.maximum(x @ W.T, 0)
assert abs(np.mean(h**2) / np.mean(x**2) - 1 / 6) < 0.005

# without the minus sign NumPy does not complain, but all weights are equal
equal = rng.uniform(limit, limit, size=(fan_out, fan_in))
assert (equal == limit).all()
