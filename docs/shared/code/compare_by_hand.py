from itertools import pairwise

import numpy as np

widths, nets = [64, *[32] * 9, 10], 1000
rng = np.random.default_rng(0)
x = rng.standard_normal((50, 64))


def signal(c):
    """The second moment at the last layer of one ReLU network with Var[W] = c / fan_in."""
    h = x
    for fan_in, fan_out in pairwise(widths):
        z = h @ rng.normal(0, np.sqrt(c / fan_in), (fan_out, fan_in)).T
        h = np.maximum(z, 0)
    return np.mean(z**2)


assert len(widths) == 1 + 10  # the input, and ten layers
for name, c in (("He", 2), ("LeCun", 1), ("uniform", 1 / 3)):
    found = np.mean([signal(c) for _ in range(nets)])
    formula = c * (c / 2) ** (len(widths) - 2)
    print(f"{name:8} measured {found:.1e}, formula {formula:.1e}")
    assert abs(found / formula - 1) < 0.3
