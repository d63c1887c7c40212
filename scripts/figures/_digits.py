"""One hidden layer that learns handwritten digits from different starts: what the figures on training share."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

import weightinit
from weightinit.sampling import Array

PIXELS, WIDTH, CLASSES, TRAIN = 64, 32, 10, 1347
VALUE = 0.1  # what a constant start is filled with
RATE, BATCH, EPOCHS, SEEDS = 1.0, 128, 15, 5


class Digits(NamedTuple):
    """Images, one a row, and what they show: what is learned from, and what is held back."""

    x: Array
    labels: NDArray[np.int64]
    test_x: Array
    test_labels: NDArray[np.int64]


class Learned(NamedTuple):
    """The mean loss of each epoch, and what the network says of the images held back."""

    loss: Array
    accuracy: float
    weights: list[Array]


@cache
def _all() -> tuple[Array, NDArray[np.int64]]:
    x, labels = load_digits(return_X_y=True)
    return x / 16, labels


def digits(rng: np.random.Generator) -> Digits:
    """Shuffled and split; the mean image of the training part is taken off."""
    x, labels = _all()
    order = rng.permutation(len(x))
    x, labels = x[order] - x[order[:TRAIN]].mean(axis=0), labels[order]
    return Digits(x[:TRAIN], labels[:TRAIN], x[TRAIN:], labels[TRAIN:])


def start(name: str, rng: np.random.Generator) -> tuple[list[Array], list[Array] | None]:
    """Weights and biases before the first step; no biases are biases of zero."""

    def filled(shape: tuple[int, int]) -> Array:
        return weightinit.constant(shape, VALUE, np.float64)

    def zeros(shape: tuple[int, int]) -> Array:
        return weightinit.zeros(shape, np.float64)

    def drawn(shape: tuple[int, int]) -> Array:
        return weightinit.xavier_normal(shape, rng=rng, dtype=np.float64)

    hidden, output = (WIDTH, PIXELS), (CLASSES, WIDTH)
    match name:
        case "zeros":
            return [zeros(hidden), zeros(output)], None
        case "constant":
            return [filled(hidden), filled(output)], None
        case "constant_biased":  # the biases that PyTorch draws
            limit = weightinit.bound("fan_in_uniform", PIXELS, WIDTH)
            biases = [weightinit.random_uniform((WIDTH,), limit, rng=rng, dtype=np.float64), np.zeros(CLASSES)]
            return [filled(hidden), filled(output)], biases
        case "constant_drawn":
            return [filled(hidden), drawn(output)], None
        case "drawn_zeros":
            return [drawn(hidden), zeros(output)], None
        case "identity_zeros":
            return [weightinit.identity(hidden, dtype=np.float64), zeros(output)], None
        case "random":
            return [drawn(hidden), drawn(output)], None
        case "one":
            return [drawn((1, PIXELS)), drawn((CLASSES, 1))], None
        case "regression_zeros":
            return [zeros((CLASSES, PIXELS))], None
        case "regression_drawn":
            return [drawn((CLASSES, PIXELS))], None
    raise ValueError(f"unknown start {name!r}")


def learn(name: str, seed: int) -> Learned:
    """Plain minibatch descent, in float64: with float32, rounding alone may tell equal units apart."""
    rng = np.random.default_rng(seed)
    data = digits(rng)
    weights, biases = start(name, rng)
    run = weightinit.train(
        weights,
        biases,
        data.x,
        data.labels,
        activation="tanh",
        rng=rng,
        learning_rate=RATE,
        momentum=0.0,
        batch_size=BATCH,
        epochs=EPOCHS,
    )
    right = weightinit.accuracy(run.weights, run.biases, data.test_x, data.test_labels, activation="tanh")
    return Learned(run.loss.reshape(EPOCHS, -1).mean(axis=1), right, run.weights)


def between_units(weights: Array) -> float:
    """The largest difference between two units in one place of their weights."""
    return float(np.ptp(weights, axis=0).max())


def within_unit(weights: Array) -> float:
    """The largest difference between two weights of one unit."""
    return float(np.ptp(weights, axis=1).max())


def summary(runs: list[Learned]) -> dict[str, Any]:
    """Over the seeds: mean and range of the loss of each epoch, and of the share of test images that are right."""
    loss = np.array([run.loss for run in runs])
    right = [run.accuracy for run in runs]
    return {
        "loss": loss.mean(axis=0).tolist(),
        "low": loss.min(axis=0).tolist(),
        "high": loss.max(axis=0).tolist(),
        "last": float(loss[:, -1].mean()),
        "last_low": float(loss[:, -1].min()),
        "last_high": float(loss[:, -1].max()),
        "right": right,
        "accuracy": float(np.mean(right)),
        "accuracy_low": min(right),
        "accuracy_high": max(right),
    }


SETUP: dict[str, Any] = {
    "pixels": PIXELS,
    "width": WIDTH,
    "classes": CLASSES,
    "train": TRAIN,
    "test": 1797 - TRAIN,
    "value": VALUE,
    "rate": RATE,
    "batch": BATCH,
    "epochs": EPOCHS,
    "seeds": SEEDS,
}
