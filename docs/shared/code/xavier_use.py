import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
W = wi.xavier_normal((256, 784), rng=rng)  # (fan_out, fan_in)
V = wi.xavier_uniform((256, 784), rng=rng)

assert abs(W.std() / wi.std("xavier", 784, 256) - 1) < 0.01
assert abs(V).max() <= wi.bound("xavier", 784, 256)
