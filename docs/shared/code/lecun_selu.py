import numpy as np

import weightinit as wi

n, depth, networks = 256, 40, 5
last = {1: [], 3 / 4: []}  # gain: mean and second moment of the last activations, network by network
expected = {}

for gain in last:
    _, kept = wi.fixed_points(gain**2, "selu")
    expected[gain] = wi.mean_square("selu", kept.q)
    for seed in range(networks):
        rng = np.random.default_rng(seed)
        x = 3 * rng.standard_normal((32, n))
        weights = [gain * w for w in wi.random_network([n] * (depth + 1), "lecun", rng=rng, dtype=np.float64)]
        _, post = wi.forward(x, weights, "selu")
        last[gain].append([post[-1].mean(), np.mean(post[-1] ** 2)])
    means, squares = np.transpose(last[gain])
    print(f"gain {gain}: mean {means.min():+.3f} to {means.max():+.3f}, ", end="")
    print(f"second moment {squares.min():.3f} to {squares.max():.3f}, theory {expected[gain]:.3f}")

    assert max(abs(means)) < 0.06
    assert max(abs(squares / expected[gain] - 1)) < 0.4
