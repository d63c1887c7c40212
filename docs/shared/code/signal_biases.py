import numpy as np

import weightinit as wi

rng = np.random.default_rng(0)
n, depth, networks, tolerance = 128, 20, 10, 0.1

moments, with_biases, without = [], [], []


def cosines(post):
    return [a @ b / np.sqrt(a @ a * (b @ b)) for a, b in post]


for _ in range(networks):
    weights = wi.random_network([n] * (depth + 1), "fan_in_uniform", rng=rng, dtype=np.float64)
    biases = [wi.uniform((n,), rng=rng, dtype=np.float64) / n**0.5 for _ in range(depth)]
    x = rng.standard_normal((2, n))
    pre, post = wi.forward(x, weights, "relu", biases)
    moments.append([np.mean(z**2) for z in pre])
    with_biases.append(cosines(post))
    without.append(cosines(wi.forward(x, weights, "relu")[1]))

last = np.mean(moments, axis=0)[-1]
(kept,) = wi.fixed_points(1 / 3, "relu", 1 / (3 * n))
print(f"second moment {last:.5f}, fixed point {kept.q:.5f}")
first_cosine, *_, last_cosine = np.mean(with_biases, axis=0)
plain_cosine = np.mean(without, axis=0)[-1]
print(f"cosine {first_cosine:.2f} in layer 1, {last_cosine:.6f} in layer {depth}")
print(f"without biases {plain_cosine:.2f} in layer {depth}")

assert abs(last / kept.q - 1) < tolerance
assert last_cosine > 0.999999 > plain_cosine + 0.01
