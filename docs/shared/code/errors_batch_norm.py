import numpy as np

import weightinit as wi

depth, n, batch, k, seeds = 30, 128, 256, 10, 5


def run(weights, x, top):
    """Outputs and weight gradients of ReLU layers with batch normalization; `top` is the gradient at the outputs."""
    kept, grads = [], []
    for W in weights:
        z = x @ W.T
        s = z.std(axis=0)
        u = (z - z.mean(axis=0)) / s
        kept.append((x, s, u))
        x = np.maximum(u, 0)
    g = top
    for W, (below, s, u) in zip(weights[::-1], kept[::-1], strict=True):
        g = g * (u > 0)
        g = (g - g.mean(axis=0) - u * (g * u).mean(axis=0)) / s  # back through the normalization
        grads.append(g.T @ below)
        g = g @ W
    return x, grads[::-1]


growth = []
for seed in range(seeds):
    rng = np.random.default_rng(seed)
    x, top = rng.standard_normal((2, batch, n))
    weights = wi.random_network([n] * (depth + 1), "he", rng=rng, dtype=np.float64)
    out, grads = run(weights, x, top)
    out_k, grads_k = run([k * W for W in weights], x, top)
    assert np.abs(out_k - out).max() < 1e-9  # k times the weights: the same outputs,
    for a, b in zip(grads_k, grads, strict=True):
        assert np.abs(k * a - b).max() < 1e-9 * np.abs(b).max()  # and a k-th of the gradient
    growth.append((np.mean(grads[0] ** 2) / np.mean(grads[-1] ** 2)) ** (1 / (depth - 1)))

low, high = min(growth), max(growth)  # a layer further down, the squared gradients are so many times as large
assert 0.98 < low / (np.pi / (np.pi - 1)) < high / (np.pi / (np.pi - 1)) < 1.02
