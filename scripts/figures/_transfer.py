"""Five handwritten digits are learned first, then the other five from few labels: what the figures on this share."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

import weightinit
from weightinit.sampling import Array

SIDE, EDGE, WIDTH, CLASSES = 8, 12, 48, 5
COPIES, EPOCHS, RATE, BATCH = 10, 4, 0.5, 100  # the training of the old network
NEW_RATE, NEW_BATCH, STEPS = 0.5, 25, 300  # the training on the new digits
POOL, SEEDS = 100, 5  # labelled images to choose from in each new class; the others are the test
STARTS = ("frozen", "tuned", "scratch")
HIDDEN = ["W1", "b1", "W2", "b2"]
SOURCES = ("moved", "pixels", "labels", "centered")


class Labelled(NamedTuple):
    """Images, one a row, and their classes."""

    x: Array
    labels: NDArray[np.int64]


class Task(NamedTuple):
    """The old network and how often it is right about what it learned; the new digits: some to choose from, one array
    a class, and the others, which are the test."""

    old: dict[str, Array]
    pool: list[Array]
    test: Labelled
    old_right: float


@cache
def _all() -> Labelled:
    x, labels = load_digits(return_X_y=True)
    return Labelled(x / 16, labels)


def placed(images: Array, edge: int, rng: np.random.Generator) -> Array:
    """Each image somewhere on an empty canvas of `edge` by `edge` pixels."""
    canvas = np.zeros((len(images), edge, edge))
    corners = rng.integers(0, edge - SIDE + 1, (len(images), 2))
    rows, columns = (corners[:, [axis]] + np.arange(SIDE) for axis in (0, 1))
    canvas[np.arange(len(images))[:, None, None], rows[:, :, None], columns[:, None]] = images.reshape(-1, SIDE, SIDE)
    return canvas.reshape(len(images), -1)


def network(edge: int, rng: np.random.Generator) -> dict[str, Array]:
    """Two hidden layers from He's distribution, an output layer of zeros, by name."""
    shapes = {"1": (WIDTH, edge * edge), "2": (WIDTH, WIDTH), "3": (CLASSES, WIDTH)}
    weights = {f"W{layer}": weightinit.he_normal(shape, rng=rng, dtype=np.float64) for layer, shape in shapes.items()}
    weights["W3"] = weightinit.zeros(shapes["3"], np.float64)
    return weights | {f"b{layer}": weightinit.zeros((shape[0],), np.float64) for layer, shape in shapes.items()}


def parts(params: dict[str, Array]) -> tuple[list[Array], list[Array]]:
    """Weights and biases, layer by layer."""
    return [params[f"W{layer}"] for layer in (1, 2, 3)], [params[f"b{layer}"] for layer in (1, 2, 3)]


def learn(params: dict[str, Array], data: Labelled, rate: float, batch: int, epochs: int, rng: Any) -> dict[str, Array]:
    """Plain minibatch descent of all layers."""
    run = weightinit.train(
        *parts(params),
        data.x,
        data.labels,
        activation="relu",
        rng=rng,
        learning_rate=rate,
        momentum=0.0,
        batch_size=batch,
        epochs=epochs,
    )
    layers = zip((1, 2, 3), run.weights, run.biases, strict=True)
    return {name: part for n, w, b in layers for name, part in ((f"W{n}", w), (f"b{n}", b))}


def features(params: dict[str, Array], x: Array) -> Array:
    """What the second hidden layer says."""
    weights, biases = parts(params)
    _, post = weightinit.forward(x, weights[:2], "relu", biases[:2])
    return post[-1]


def right(params: dict[str, Array], data: Labelled) -> float:
    """The share of images whose class is found."""
    return weightinit.accuracy(*parts(params), data.x, data.labels, activation="relu")


def task(source: str, rng: np.random.Generator) -> Task:
    """Learn the digits 0 to 4 (or what the source makes of them), and prepare the digits 5 to 9."""
    x, labels = _all()
    order = rng.permutation(len(x))
    x, labels = x[order], labels[order]
    edge = SIDE if source == "centered" else EDGE
    first = labels < CLASSES
    seen = np.concatenate([placed(x[first], edge, rng) for _ in range(COPIES)])
    named, mean = np.tile(labels[first], COPIES), seen.mean(axis=0)
    seen = seen - mean
    if source == "pixels":  # in one order for all images
        seen = seen[:, rng.permutation(edge * edge)]
    if source == "labels":  # anew for every image
        named = rng.permutation(named)
    learned = Labelled(seen, named)
    old = learn(network(edge, rng), learned, RATE, BATCH, EPOCHS, rng)
    new = [placed(x[labels == CLASSES + k], edge, rng) - mean for k in range(CLASSES)]  # the old mean
    held = [images[POOL:] for images in new]
    test = Labelled(np.concatenate(held), np.repeat(np.arange(CLASSES), [len(images) for images in held]))
    return Task(old, [images[:POOL] for images in new], test, right(old, learned))


def few(given: Task, labels: int) -> Labelled:
    """The first images of every new class."""
    return Labelled(np.concatenate([images[:labels] for images in given.pool]), np.repeat(np.arange(CLASSES), labels))


def start(name: str, old: dict[str, Array], rng: np.random.Generator) -> dict[str, Array]:
    """A fresh network; unless it starts from scratch, what is saved in a file replaces its hidden layers."""
    fresh = network(round(old["W1"].shape[1] ** 0.5), rng)
    if name == "scratch":
        return fresh
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.npz"
        weightinit.save_params(path, old)
        found = weightinit.from_pretrained(path, fresh, leave_fresh=["W3", "b3"])
    assert sorted(found.copied) == sorted(HIDDEN)
    return found.params


def continued(name: str, given: Task, labels: int, rng: np.random.Generator, steps: int = STEPS) -> dict[str, Array]:
    """Train on a few labels: the output layer alone if the others are frozen, else all layers."""
    params, data = start(name, given.old, rng), few(given, labels)
    epochs = steps * NEW_BATCH // len(data.x)
    if name != "frozen":
        return learn(params, data, NEW_RATE, NEW_BATCH, epochs, rng)
    output = weightinit.train(
        [params["W3"]],
        [params["b3"]],
        features(params, data.x),
        data.labels,
        activation="relu",
        rng=rng,
        learning_rate=NEW_RATE,
        momentum=0.0,
        batch_size=NEW_BATCH,
        epochs=epochs,
    )
    return params | {"W3": output.weights[0], "b3": output.biases[0]}


def one_step(data: Labelled, test: Labelled) -> float:
    """How often an output layer is right after a single step from zero."""
    run = weightinit.train(
        [weightinit.zeros((CLASSES, data.x.shape[1]), np.float64)],
        None,
        data.x,
        data.labels,
        activation="relu",
        rng=np.random.default_rng(0),  # which shuffles the one batch
        learning_rate=NEW_RATE,
        momentum=0.0,
        batch_size=len(data.x),
    )
    return weightinit.accuracy(run.weights, run.biases, test.x, test.labels, activation="relu")


def separation(x: Array, labels: NDArray[np.int64]) -> float:
    """The squared distance of two class means over the variance within a class, summed over the features."""
    classes = [x[labels == k] for k in range(CLASSES)]
    means = [images.mean(axis=0) for images in classes]
    apart = [float(((a - b) ** 2).sum()) for k, a in enumerate(means) for b in means[:k]]
    return float(np.mean(apart) / np.mean([images.var(axis=0, ddof=1).sum() for images in classes]))


def spread(values: list[float]) -> dict[str, float]:
    """Mean and range over the seeds."""
    return {"mean": float(np.mean(values)), "low": min(values), "high": max(values)}


def points(one: list[float], other: list[float]) -> dict[str, Any]:
    """By how many percentage points the one is right more often, seed by seed."""
    each = (100 * (np.array(one) - np.array(other))).round(9).tolist()
    return spread(each) | {"each": each}


SETUP: dict[str, Any] = {
    "side": SIDE,
    "edge": EDGE,
    "width": WIDTH,
    "classes": CLASSES,
    "pool": POOL,
    "steps": STEPS,
    "batch": NEW_BATCH,
    "rate": NEW_RATE,
    "old_rate": RATE,
    "old_batch": BATCH,
    "old_epochs": EPOCHS,
    "copies": COPIES,
    "seeds": SEEDS,
}
