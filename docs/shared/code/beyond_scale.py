import numpy as np
from sklearn.datasets import load_digits

import weightinit as wi

x, labels = load_digits(return_X_y=True)
x, labels = (x[:600] - x[:600].mean(axis=0)) / 16, labels[:600]
factor = 10
first = wi.xavier_normal((32, 64), rng=np.random.default_rng(0), dtype=np.float64)


def losses(c, rate, steps=100):
    """Train c times the same weights; the hidden layer is normalized, the output layer starts at 0."""
    W, V, found = c * first, wi.zeros((10, 32), np.float64), []
    for _ in range(steps):
        z = x @ W.T
        s = z.std(axis=1, keepdims=True)
        n = (z - z.mean(axis=1, keepdims=True)) / s
        h = np.tanh(n)
        loss, r = wi.cross_entropy(h @ V.T, labels)
        g = (r @ V) * (1 - h**2)
        g = (g - g.mean(axis=1, keepdims=True) - n * (g * n).mean(axis=1, keepdims=True)) / s
        V -= 0.5 * r.T @ h
        W -= rate * g.T @ x
        found.append(loss)
    return np.array(found)


plain, large, matched = losses(1, 2.0), losses(factor, 2.0), losses(factor, 2.0 * factor**2)
print(f"first loss {plain[0]:.4f}, {large[0]:.4f}, {matched[0]:.4f}")
print(f"last loss {plain[-1]:.4f}, {large[-1]:.4f}, {matched[-1]:.4f}")
assert np.isclose(plain[0], np.log(10)) and large[0] == plain[0]
assert large[-1] > 1.2 * plain[-1]
assert np.allclose(matched, plain, rtol=1e-9)
