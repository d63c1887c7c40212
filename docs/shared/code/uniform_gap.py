import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
n, depth, networks = 128, 10, 200
limit = wi.bound("fan_in_uniform", n, n)
gaps = {"biases": [], "no biases": []}

for _ in range(networks):
    weights = wi.random_network([n] * (depth + 1), "fan_in_uniform", rng=rng, dtype=np.float64)
    biases = [wi.random_uniform((n,), limit, rng=rng, dtype=np.float64) for _ in range(depth)]
    x = rng.standard_normal((2, n))
    for name, shifts in (("biases", biases), ("no biases", None)):
        pre, _ = wi.forward(x, weights, "relu", shifts)
        gaps[name].append([np.mean((y - z) ** 2) for y, z in pre])

for name, runs in gaps.items():
    gap = np.mean(runs, axis=0)
    factors = gap[1:] / gap[:-1]
    print(f"{name}: {factors[0]:.3f} after the first layer, {factors[-1]:.3f} before the last")
    assert (6 * factors < 1.05).all()
