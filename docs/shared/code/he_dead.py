import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
width, depth, nets = 4, 20, 800
dead = {"he": 0, "small": 0}

for _ in range(nets):
    x = rng.standard_normal((1, width))
    he = wi.random_network([width] * (depth + 1), "he", rng=rng, dtype=np.float64)
    small = [0.1 / wi.std("he", width, width) * weights for weights in he]  # the same, with std 0.1
    for name, weights in (("he", he), ("small", small)):
        _, post = wi.forward(x, weights, "relu")
        dead[name] += not post[-1].any()

formula = 1 - (1 - 2.0**-width) ** depth
share = dead["he"] / nets
error = np.sqrt(formula * (1 - formula) / nets)  # standard error of the share
print(f"formula {formula:.3f}, share {share:.3f} ({(share - formula) / error:+.1f} standard errors)")

assert dead["he"] == dead["small"]
assert abs(share - formula) < 4 * error
