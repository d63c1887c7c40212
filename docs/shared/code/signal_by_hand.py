import numpy as np

rng = np.random.default_rng(0)
n, depth, batch = 512, 20, 64
std = (5 / 3) / np.sqrt(n)  # any standard deviation will do
u = rng.standard_normal(400_000)


def slope(y):  # of the activation function np.tanh
    return 1 - np.tanh(y) ** 2


# theory: one number a layer
q, d = np.empty(depth), np.ones(depth)
for k in range(depth):
    m = np.mean(np.tanh(np.sqrt(q[k - 1]) * u) ** 2) if k else 1.0
    q[k] = n * std**2 * m
for k in range(depth - 1, 0, -1):
    d[k - 1] = n * std**2 * np.mean(slope(np.sqrt(q[k - 1]) * u) ** 2) * d[k]

# experiment: every activation and gradient of one network
weights = [std * rng.standard_normal((n, n)) for _ in range(depth)]
x = rng.standard_normal((batch, n))
pre, grad = [], [rng.standard_normal((batch, n))]
for W in weights:
    pre.append(x @ W.T)
    x = np.tanh(pre[-1])
for k in range(depth - 1, 0, -1):
    grad.insert(0, (grad[0] @ weights[k]) * slope(pre[k - 1]))

forward = np.mean(np.square(pre), axis=(1, 2)) / q
backward = np.mean(np.square(grad), axis=(1, 2)) / d
print(f"forward: {forward.min():.2f} to {forward.max():.2f} of theory")
print(f"backward: {backward.min():.2f} to {backward.max():.2f} of theory")
assert max(abs(forward - 1)) < 0.2 and max(abs(backward - 1)) < 0.2
