import tempfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

import weightinit as wi

rng = np.random.default_rng(0)
images, digit = load_digits(return_X_y=True)
x = np.zeros((10, len(images), 12, 12))  # each image at ten places of an empty canvas
for copy, corners in zip(x, rng.integers(5, size=(10, len(images), 2)), strict=True):
    for canvas, image, (row, column) in zip(copy, images, corners, strict=True):
        canvas[row : row + 8, column : column + 8] = image.reshape(8, 8) / 16
x = x.reshape(10, len(images), 144)
assert x.max() == 1
mean = x[:, digit < 5].mean(axis=(0, 1))  # of the old digits; the new ones get the same
x = x - mean
assert abs(x[:, digit < 5].mean(axis=(0, 1))).max() < 1e-12

HIDDEN, ALL = ["first", "second"], ["first", "second", "output"]


def network():
    shapes = {"first": (48, 144), "second": (48, 48)}
    params = {name: wi.he_normal(shape, rng=rng, dtype=np.float64) for name, shape in shapes.items()}
    params["output"] = wi.zeros((5, 48), np.float64)
    return params | {f"{name} bias": wi.zeros((len(w),), np.float64) for name, w in params.items()}


def layers(params, names):
    return [params[name] for name in names], [params[f"{name} bias"] for name in names]


def train(params, names, x, labels, batch_size, epochs):
    settings = {"activation": "relu", "learning_rate": 0.5, "momentum": 0.0, "batch_size": batch_size}
    run = wi.train(*layers(params, names), x, labels, rng=rng, epochs=epochs, **settings)
    biases = [f"{name} bias" for name in names]
    return params | dict(zip([*names, *biases], [*run.weights, *run.biases], strict=True))


few = np.concatenate([np.flatnonzero(digit == k)[:10] for k in range(5, 10)])  # ten of each new digit
unseen = np.setdiff1d(np.flatnonzero(digit > 4), few)
assert len(unseen) == 846
few_x, few_labels = x[0, few], digit[few] - 5
assert np.bincount(few_labels).tolist() == [10] * 5

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "old.npz"
    old_x, old_labels = x[:, digit < 5].reshape(-1, 144), np.tile(digit[digit < 5], 10)
    old = train(network(), ALL, old_x, old_labels, batch_size=100, epochs=4)
    wi.save_params(path, old | {"mean": mean})  # the mean belongs to the weights

    start = wi.from_pretrained(path, network(), leave_fresh=["output", "output bias"])
    assert start.fresh == ("output", "output bias") and start.unused == ("mean",)

    ten = network() | {"output": wi.zeros((10, 48), np.float64)}
    try:
        wi.from_pretrained(path, ten)
    except ValueError as error:
        message = str(error)
    assert message.startswith("'output' has shape (5, 48) in the file and (10, 48) in the target: expected")

weights, biases = layers(start.params, HIDDEN)
features = wi.forward(few_x, weights, "relu", biases)[1][-1]  # of frozen layers: computed once
found = {
    "frozen": train(start.params, ["output"], features, few_labels, batch_size=25, epochs=50),
    "fine-tuned": train(start.params, ALL, few_x, few_labels, batch_size=25, epochs=50),
    "from scratch": train(network(), ALL, few_x, few_labels, batch_size=25, epochs=50),
}
right = {}
for name, params in found.items():
    right[name] = wi.accuracy(*layers(params, ALL), x[0, unseen], digit[unseen] - 5, activation="relu")
    print(f"{name}: {right[name]:.0%} right")

assert all((found["frozen"][name] == old[name]).all() for name in HIDDEN)
assert right["fine-tuned"] > right["from scratch"] > 0.25
