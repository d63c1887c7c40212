import numpy as np
from sklearn.datasets import load_digits

import weightinit as wi

x, _ = load_digits(return_X_y=True)
x = (x - x.mean(axis=0)) / 16
batch, fresh = x[::2], x[1::2]
depth, networks = 10, 5
before, after = [], []

for seed in range(networks):
    rng = np.random.default_rng(seed)
    drawn = [wi.orthogonal((64, 64), rng=rng, dtype=np.float64) for _ in range(depth)]
    scaled = wi.lsuv(drawn, batch, "gelu")
    for weights, found in ((drawn, before), (scaled, after)):
        pre, _ = wi.forward(fresh, weights, "gelu")  # images that lsuv has not seen
        found.append([np.var(z) for z in pre])

before, after = np.array(before), np.array(after)
lowest, highest = after.min(), after.max()
faded = before[:, -1].max()
print(f"before: {faded:.0e} in the last layer at most; after: {lowest:.2f} to {highest:.2f} in all layers")
assert faded < 1e-5
assert 0.8 < lowest < highest < 1.2
