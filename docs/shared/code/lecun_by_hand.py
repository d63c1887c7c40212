import numpy as np

rng = np.random.default_rng(0)
fan_in, fan_out = 784, 256

# normal: the second argument is the standard deviation
std = np.sqrt(1 / fan_in)
W = rng.normal(0.0, std, size=(fan_out, fan_in))

# uniform: the limit is sqrt(3) times the standard deviation
limit = np.sqrt(3 / fan_in)
V = rng.uniform(-limit, limit, size=(fan_out, fan_in))

# inputs whose mean is not 0 and whose variance is not 1
x = rng.normal(3.0, 2.0, size=(500, fan_in))
assert abs(np.mean((x @ W.T) ** 2) / (3**2 + 2**2) - 1) < 0.2

# standardize every input over the examples: then the pre-activations have second moment 1
x = (x - x.mean(axis=0)) / x.std(axis=0)
assert abs(np.mean((x @ W.T) ** 2) - 1) < 0.02
