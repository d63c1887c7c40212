import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
W = wi.he_normal((256, 784), rng=rng)  # (fan_out, fan_in)
V = wi.he_uniform((256, 784), rng=rng)
T = wi.he_truncated_normal((256, 784), rng=rng)  # what Keras and JAX call he_normal

slope = 0.2
leaky = wi.he_normal((256, 784), rng=rng, a=slope)  # for a leaky ReLU of this slope
back = wi.he_normal((256, 784), rng=rng, mode="fan_out")  # keeps gradients instead

for weights in (W, V, T):
    assert abs(weights.std() / wi.std("he", 784, 256) - 1) < 0.01
assert abs(leaky.std() / wi.std("he", 784, 256, a=slope) - 1) < 0.01
assert abs(back.std() / wi.std("he", 784, 256, mode="fan_out") - 1) < 0.01
