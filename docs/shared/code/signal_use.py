import numpy as np

import weightinit as wi

n, depth = 128, 50
widths = [n] * (depth + 1)
default = [wi.variance("fan_in_uniform", n, n)] * depth

q = wi.forward_profile(widths, default, "relu")
d = wi.backward_profile(widths, default, "relu")
assert np.allclose(q[1:] / q[:-1], 1 / 6)  # from each layer to the next
assert np.allclose(d[:-1] / d[1:], 1 / 6)  # and back

nought, kept = wi.fixed_points(25 / 9, "tanh")
assert kept.stable and not nought.stable
assert abs(wi.length_map(kept.q, 25 / 9 / n, n, "tanh") - kept.q) < 1e-9
