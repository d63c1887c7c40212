import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
fan_in, fan_out, batch = 784, 256, 2000
tolerance = 0.02

W = wi.xavier_normal((fan_out, fan_in), rng=rng)
x = rng.standard_normal((batch, fan_in))
delta = rng.standard_normal((batch, fan_out))

forward = np.mean((x @ W.T) ** 2)  # the sum runs over the inputs
backward = np.mean((delta @ W) ** 2)  # the sum runs over the outputs

var = wi.variance("xavier", fan_in, fan_out)
off_forward = forward / wi.forward_factor(var, fan_in) - 1
off_backward = backward / wi.backward_factor(var, fan_out) - 1
print(f"forward {forward:.3f} ({off_forward:+.2%})")
print(f"backward {backward:.3f} ({off_backward:+.2%})")

assert abs(off_forward) < tolerance
assert abs(off_backward) < tolerance
