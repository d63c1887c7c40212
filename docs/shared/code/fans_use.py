import numpy as np

import weightinit as wi

n = wi.fans((128, 64, 3, 3))  # (out, in, *kernel)
assert n == wi.fans((3, 3, 64, 128), layout="in_out") == (576, 1152)

# groups: the shape of one group
assert wi.fans((128 // 4, 64 // 4, 3, 3)) == (144, 288)

# transposed: PyTorch stores (in, out, *kernel), so exchange the first two
inputs, outputs, *kernel = (64, 128, 3, 3)
assert wi.fans((outputs, inputs, *kernel)) == (576, 1152)

rng = np.random.default_rng(0)
W = wi.he_normal((3, 3, 64, 128), rng=rng, layout="in_out")
assert abs(W.std() / wi.std("he", *n) - 1) < 0.01
