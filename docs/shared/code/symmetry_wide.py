import numpy as np
from sklearn.datasets import load_digits

import weightinit as wi

x, labels = load_digits(return_X_y=True)
x = (x - x.mean(axis=0)) / 16
rng = np.random.default_rng(0)
settings = {"activation": "tanh", "learning_rate": 0.2, "momentum": 0.0, "batch_size": 128, "epochs": 5}

W, V = wi.identity((100, 64), dtype=np.float64), wi.zeros((10, 100), np.float64)
run = wi.train([W, V], None, x, labels, rng=rng, **settings)
assert run.weights[0][:64].any() and not run.weights[0][64:].any()  # 36 neurons have not moved
assert not run.weights[1][:, 64:].any()

W[64:] = wi.xavier_normal((36, 64), rng=rng, dtype=np.float64)  # a start of their own
again = wi.train([W, V], None, x, labels, rng=rng, **settings)
moved = np.abs(again.weights[0][64:] - W[64:]).max(axis=1)
print(f"the neuron that moved least: {moved.min():.2f}")
assert moved.min() > 0.01
