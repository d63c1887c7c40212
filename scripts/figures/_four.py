"""Four initializations of one deep tanh network: what the figures that compare them share."""

from __future__ import annotations

import numpy as np

import weightinit
from scripts.book.figstyle import BLUE, BROWN, GREEN, RED

WIDTH, DEPTH, BATCH = 256, 50, 128
RULES: dict[str, str | float] = {
    "small": 0.01,
    "heuristic": "fan_in_uniform",
    "xavier": "xavier",
    "large": 1.0,
}
NAMES = {
    "ko": {
        "small": "가중치 표준편차 0.01",
        "heuristic": "균등 분포 ±1/√팬인",
        "xavier": "Xavier",
        "large": "가중치 표준편차 1",
    },
    "en": {
        "small": "weight std 0.01",
        "heuristic": "uniform ±1/√fan-in",
        "xavier": "Xavier",
        "large": "weight std 1",
    },
}
# Colour, dash and marker each tell the four apart.
LOOKS = {
    "small": (BROWN, (0, (1, 1.2)), "v"),
    "heuristic": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "xavier": (BLUE, "solid", "o"),
    "large": (RED, (0, (4, 1.6)), "^"),
}


def weight_variance(name: str) -> float:
    rule = RULES[name]
    return weightinit.variance(rule, WIDTH, WIDTH) if isinstance(rule, str) else rule**2


def run(name: str, seed: int) -> weightinit.Trace:
    """One network, standard normal inputs, and a standard normal gradient at the last activations.

    float64, because float32 ends at 1e-45: the smallest activations would be rounded to zero.
    The four networks of one seed have the same inputs.
    """
    rng = np.random.default_rng(seed)
    x, gradient = rng.standard_normal((2, BATCH, WIDTH))
    widths = [WIDTH] * (DEPTH + 1)
    weights = weightinit.random_network(widths, RULES[name], rng=rng, dtype=np.float64)
    return weightinit.trace(x, weights, "tanh", gradient)
