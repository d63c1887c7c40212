import numpy as np
from sklearn.datasets import load_digits

import weightinit as wi

x, labels = load_digits(return_X_y=True)
x = (x - x[:1347].mean(axis=0)) / 16
rng = np.random.default_rng(0)
starts = {
    "constant": [wi.constant((32, 64), 0.1, np.float64), wi.constant((10, 32), 0.1, np.float64)],
    "random": [wi.xavier_normal(shape, rng=rng, dtype=np.float64) for shape in ((32, 64), (10, 32))],
}
settings = {"activation": "tanh", "learning_rate": 1.0, "momentum": 0.0, "batch_size": 128, "epochs": 15}

found = {}
for name, weights in starts.items():
    run = wi.train(weights, None, x[:1347], labels[:1347], rng=np.random.default_rng(1), **settings)
    right = wi.accuracy(run.weights, run.biases, x[1347:], labels[1347:], activation="tanh")
    hidden = run.weights[0]
    found[name] = right, np.ptp(hidden, axis=0).max(), np.ptp(hidden, axis=1).max()
    print(f"{name}: {right:.0%} right, between neurons {found[name][1]:.2f}, within one {found[name][2]:.2f}")

assert found["constant"][0] < 0.4 and found["random"][0] > 0.9
assert found["constant"][1] < 1e-6 and found["constant"][2] > 0.5
