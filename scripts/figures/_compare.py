"""One network, one data set, eight ways to start: the experiment that scripts/sweep.py repeats over a grid."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

import weightinit
from scripts.figures._digits import CLASSES, PIXELS, TRAIN, digits
from weightinit.sampling import Array

WIDTH, BATCH, GOAL = 32, 128, 0.8
STEPS = -(-TRAIN // BATCH)  # minibatches in an epoch, the last one smaller
SMALL = 0.01  # the standard deviation of "small", whatever the fans


class Cell(NamedTuple):
    """One training run: `depth` counts the weight arrays, of which the last is linear."""

    scheme: str
    activation: str
    depth: int
    rate: float
    epochs: int
    seed: int


class Result(NamedTuple):
    """What a run gave; None where a number left the range of float64.

    `signal`: second moment of the last pre-activations before training, for inputs of second moment 1.
    `gradient`: that of the loss with respect to the pre-activations, first layer over last.
    `accuracy`: the share of unseen digits classified correctly after each epoch.
    """

    signal: float | None
    gradient: float | None
    accuracy: list[float]
    diverged_at: int | None


def _rule(scheme: str | float) -> Callable[[list[int], str, Array, np.random.Generator], list[Array]]:
    return lambda widths, _, x, rng: weightinit.random_network(widths, scheme, rng=rng, dtype=x.dtype)


def _orthogonal(widths: list[int], activation: str, x: Array, rng: np.random.Generator) -> list[Array]:
    gain = weightinit.gain(activation)
    shapes = [(after, before) for before, after in pairwise(widths)]
    return [weightinit.orthogonal(shape, rng=rng, gain=gain, dtype=x.dtype) for shape in shapes]


def _lsuv(widths: list[int], activation: str, x: Array, rng: np.random.Generator) -> list[Array]:
    return weightinit.lsuv(_orthogonal(widths, "linear", x, rng), x[:BATCH], activation)


def _sparse(widths: list[int], _: str, x: Array, rng: np.random.Generator) -> list[Array]:
    return [weightinit.sparse((after, before), rng=rng, dtype=x.dtype) for before, after in pairwise(widths)]


SCHEMES = {
    "small": _rule(SMALL),
    "fan_in_uniform": _rule("fan_in_uniform"),
    "lecun": _rule("lecun"),
    "xavier": _rule("xavier"),
    "he": _rule("he"),
    "orthogonal": _orthogonal,
    "lsuv": _lsuv,
    "sparse": _sparse,
}
ACTIVATIONS, DEPTHS, RATE, EPOCHS, SEEDS = ("relu", "tanh", "sigmoid"), (2, 5, 10), 0.1, 8, 5


def widths(depth: int) -> list[int]:
    return [PIXELS, *[WIDTH] * (depth - 1), CLASSES]


def run(cell: Cell) -> Result:
    """Measure the network before the first step, then train it. Every cell has draws of its own."""
    rng = np.random.default_rng([cell.seed, cell.depth, *f"{cell.scheme} {cell.activation}".encode()])
    data = digits(rng)
    size = np.sqrt(np.mean(data.x**2))
    x, test_x = data.x / size, data.test_x / size
    with threadpool_limits(1):  # the order of a sum, and so the last bits, must not depend on the number of cores
        try:
            weights = SCHEMES[cell.scheme](widths(cell.depth), cell.activation, x, rng)
            start = _start(weights, x, data.labels, cell.activation)
        except ValueError:  # the package says in words what left the range of float64
            return Result(None, None, [], 1)
        biases: list[Array] | None = None
        accuracy: list[float] = []
        for epoch in range(cell.epochs):
            trained = weightinit.train(
                weights,
                biases,
                x,
                data.labels,
                activation=cell.activation,
                rng=rng,
                learning_rate=cell.rate,
                momentum=0.0,
                batch_size=BATCH,
            )
            if trained.diverged_at is not None:
                return Result(*start, accuracy, epoch * STEPS + trained.diverged_at)
            weights, biases = trained.weights, trained.biases
            try:
                right = weightinit.accuracy(weights, biases, test_x, data.test_labels, activation=cell.activation)
            except ValueError:  # finite weights whose outputs are not
                return Result(*start, accuracy, (epoch + 1) * STEPS)
            accuracy.append(right)
    return Result(*start, accuracy, None)


def _start(weights: list[Array], x: Array, labels: Any, activation: str) -> tuple[float | None, float | None]:
    pre, post = weightinit.forward(x, weights, activation, last="linear")
    _, gradient = weightinit.cross_entropy(post[-1], labels)
    grad = weightinit.backward(weights, pre, gradient, activation, last="linear")
    first, last = (_moment(grad[layer]) for layer in (0, -1))
    return _moment(pre[-1]), first / last if first and last else None


def _moment(values: Array) -> float | None:
    with np.errstate(over="ignore"):  # numbers that fit may have squares that do not
        moment = float(np.mean(values**2))
    return moment if math.isfinite(moment) else None


def steps_to_goal(result: Result) -> int | None:
    """The steps after which the goal was first seen to be reached; it is looked at once an epoch."""
    return next((STEPS * epoch for epoch, right in enumerate(result.accuracy, 1) if right >= GOAL), None)


def row(cells: Sequence[Cell], results: Sequence[Result]) -> dict[str, Any]:
    """One row of the table: the runs of several seeds, as medians and ranges."""
    first = cells[0]
    reached = [steps for result in results if (steps := steps_to_goal(result)) is not None]
    diverged = [result.diverged_at for result in results if result.diverged_at is not None]
    last = [result.accuracy[-1] for result in results if result.diverged_at is None]
    return {
        "scheme": first.scheme,
        "activation": first.activation,
        "depth": first.depth,
        "rate": first.rate,
        "epochs": first.epochs,
        "seeds": len(cells),
        **_spread("signal", [result.signal for result in results]),
        **_spread("gradient", [result.gradient for result in results]),
        **_spread("accuracy", last),
        **_spread("steps", reached),
        "reached": len(reached),
        **_spread("diverged_at", diverged),
        "diverged": len(diverged),
        "note": _diverged(diverged, len(cells)),
    }


def _spread(name: str, values: Sequence[float | None]) -> dict[str, float | None]:
    known = [value for value in values if value is not None]
    low, middle, high = (min(known), float(np.median(known)), max(known)) if known else (None, None, None)
    return {name: middle, f"{name}_low": low, f"{name}_high": high}


def _diverged(steps: list[int], seeds: int) -> str:
    if not steps:
        return ""
    low, high = min(steps), max(steps)
    when = f"step {low}" if low == high else f"steps {low}-{high}"
    return f"diverged at {when}" + (f" ({len(steps)} of {seeds} seeds)" if len(steps) < seeds else "")
