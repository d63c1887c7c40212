import numpy as np

import weightinit as wi

fan_in, fan_out, batch = 128, 512, 2000
x = np.random.default_rng(1).standard_normal((batch, fan_in))

factor = {}
for scheme in ("he", "xavier"):
    for layout in ("in_out", "out_in"):  # the array is (in, out): the second reads it the wrong way round
        rng = np.random.default_rng(0)
        W = wi.initialize(scheme, (fan_in, fan_out), rng=rng, layout=layout)
        factor[scheme, layout] = np.mean((x @ W) ** 2)
        print(f"{scheme:6} {layout} {factor[scheme, layout]:.3f}")

he = factor["he", "out_in"] / factor["he", "in_out"]
xavier = factor["xavier", "out_in"] / factor["xavier", "in_out"]

assert abs(he - fan_in / fan_out) < 1e-6
assert xavier == 1
