"""A tanh network that learns handwritten digits from a sparse or from a dense start of the same second moment."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

import weightinit
from scripts.figures._digits import CLASSES, PIXELS
from weightinit.sampling import Array

WIDTH, CONNECTIONS, RATE = 64, 15, 0.4
WIDTHS = (PIXELS, WIDTH, WIDTH, CLASSES)
STD = 1 / math.sqrt(CONNECTIONS)  # of a weight that is not zero: CONNECTIONS * STD**2 is 1
KINDS = ("sparse", "dense")


def start(kind: str, seed: int) -> list[Array]:
    """Weights before the first step, of two hidden layers and the output."""
    rng = np.random.default_rng((seed, 1))
    if kind == "dense":
        return weightinit.random_network(WIDTHS, "lecun", rng=rng)
    shapes = [(outputs, inputs) for inputs, outputs in pairwise(WIDTHS)]
    return [weightinit.sparse(shape, rng=rng, connections=CONNECTIONS, std=STD) for shape in shapes]
