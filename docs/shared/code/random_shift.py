import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
width, depth, limit = 256, 20, 0.01
mean = limit / 2
x = rng.standard_normal((200, width))

centered = [wi.random_uniform((width, width), mean, rng=rng, dtype=np.float64) for _ in range(depth)]
shifted = [mean + weights for weights in centered]  # from 0 to the limit, as JAX's uniform draws them

for name, weights, formula in (
    ("centered", centered, wi.forward_factor(mean**2 / 3, width, "relu")),
    ("shifted", shifted, (width * mean) ** 2),
):
    _, post = wi.forward(x, weights, "relu")
    first, last = np.mean(post[9] ** 2), np.mean(post[-1] ** 2)
    factor = (last / first) ** (1 / (depth - 10))  # of one layer, from layer 10 to the last
    alive = post[-1][post[-1].any(axis=1)]
    apart = np.mean(alive.std(axis=1) / alive.mean(axis=1))  # between the units
    print(f"{name}: factor {factor:.5f}, formula {formula:.5f}, units apart {apart:.2f}")
    assert abs(factor / formula - 1) < 0.1
