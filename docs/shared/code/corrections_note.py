import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
fan_in, fan_out = 784, 256
size = (fan_out, fan_in)

limit = 1 / np.sqrt(fan_in)
as_written = rng.uniform(limit, limit, size)  # from limit to limit: one value only
drawn = {"fan_in_uniform": rng.uniform(-limit, limit, size)}  # the sign put back

std = np.sqrt(2 / (fan_in + fan_out))
as_limit = rng.uniform(-std, std, size)  # the std taken as the limit
drawn["xavier"] = rng.uniform(-np.sqrt(3) * std, np.sqrt(3) * std, size)

drawn["he"] = rng.normal(0, np.sqrt(2 / fan_in), size)  # np.sqrt, n is the fan-in
drawn["lecun"] = rng.normal(0, np.sqrt(1 / fan_in), size)

assert np.all(as_written == limit)
assert abs(np.mean(as_limit**2) / wi.variance("xavier", fan_in, fan_out) * 3 - 1) < 0.01
for scheme, weights in drawn.items():
    assert weights.shape == size
    assert abs(np.mean(weights**2) / wi.variance(scheme, fan_in, fan_out) - 1) < 0.02
