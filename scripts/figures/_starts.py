"""Deep networks that learn handwritten digits from the four starts of `_four`: what the figures of the home page share."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

import weightinit
from scripts.figures._digits import digits
from scripts.figures._four import RULES
from weightinit.sampling import Array

PIXELS, WIDTH, CLASSES, BATCH, SEEDS = 64, 32, 10, 128, 5


@cache
def learn(name: str, depth: int, rate: float, epochs: int, seed: int) -> tuple[Array, float] | None:
    """The mean loss of each epoch and the share of unseen digits that is right; None if the run diverged."""
    rng = np.random.default_rng(seed)
    data = digits(rng)
    scale = data.x.std()
    x, test = ((part / scale).astype(np.float32) for part in (data.x, data.test_x))
    weights = weightinit.random_network([PIXELS] + [WIDTH] * (depth - 1) + [CLASSES], RULES[name], rng=rng)
    run = weightinit.train(
        weights,
        None,
        x,
        data.labels,
        activation="tanh",
        rng=rng,
        learning_rate=rate,
        batch_size=BATCH,
        epochs=epochs,
    )
    if run.diverged_at is not None:
        return None
    right = weightinit.accuracy(run.weights, run.biases, test, data.test_labels, activation="tanh")
    return run.loss.reshape(epochs, -1).mean(axis=1), right


def spread(values: list[float]) -> dict[str, Any]:
    """Mean and range over the seeds."""
    return {"mean": float(np.mean(values)), "low": min(values), "high": max(values)}
