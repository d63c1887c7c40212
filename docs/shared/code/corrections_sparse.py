import numpy as np
from sklearn.datasets import load_digits

import weightinit as wi

train, epochs, connections, seeds = 1347, 15, 15, 5
x, labels = load_digits(return_X_y=True)
x = (x - x[:train].mean(axis=0)) / 16
seen = x[:train].any(axis=0)  # a pixel that never changes moves no weight
settings = {"activation": "tanh", "learning_rate": 1.0, "momentum": 0.0, "batch_size": 128, "epochs": epochs}


def share_of_zeros(weights):
    return 1 - np.count_nonzero(weights[:, seen]) / weights[:, seen].size


def right(run, part):
    return wi.accuracy(run.weights, run.biases, x[part], labels[part], activation="tanh")


zeros, gaps = [], []
for seed in range(seeds):
    rng = np.random.default_rng(seed)
    top = wi.xavier_normal((10, 32), rng=rng, dtype=np.float64)
    sparse = wi.sparse((32, 64), rng=rng, connections=connections, std=connections**-0.5, dtype=np.float64)
    dense = wi.lecun_normal((32, 64), rng=rng, dtype=np.float64)  # the variance of a neuron's sum is the same
    runs = [
        wi.train([hidden, top], None, x[:train], labels[:train], rng=np.random.default_rng(seed), **settings)
        for hidden in (sparse, dense)
    ]
    zeros.append((share_of_zeros(sparse), share_of_zeros(runs[0].weights[0])))
    gaps.append([right(run, slice(train)) - right(run, slice(train, None)) for run in runs])
    assert np.all(np.count_nonzero(sparse, axis=1) == connections)

before, after = np.mean(zeros, axis=0)
sparse_gap, dense_gap = np.mean(gaps, axis=0)  # learned from, less held back
low, high = np.min(gaps), np.max(gaps)
assert 0.7 < before < 0.8 and after == 0
assert abs(sparse_gap - dense_gap) < high - low
