"""All parameters of a network as one vector, so that a step is one sum."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from weightinit.network.arrays import checked_biases, checked_weights, float_array
from weightinit.network.layers import cut
from weightinit.sampling import Array


class Parameters(NamedTuple):
    """All parameters as one vector, and the same numbers as W_1, ..., W_L and b_1, ..., b_L."""

    vector: Array
    weights: list[Array]
    biases: list[Array]


def empty_like(like: Sequence[Array]) -> Parameters:
    shapes = [w.shape for w in like] + [w.shape[:1] for w in like]
    vector = np.empty(sum(map(math.prod, shapes)), like[0].dtype)
    parts = cut(vector, shapes)
    return Parameters(vector, parts[: len(like)], parts[len(like) :])


def checked_copy(weights: Sequence[Array], biases: Sequence[Array] | None, x: Array) -> Parameters:
    """Check that all is finite and of one dtype, and copy it."""
    float_array("x", x, "samples", "inputs")
    given = checked_weights(weights, x.shape[1])
    given += checked_biases([np.zeros(len(w), w.dtype) for w in given] if biases is None else biases, given)
    if len(dtypes := {array.dtype.name for array in (x, *given)}) > 1:
        raise TypeError(f"x, weights and biases must have one dtype, got {' and '.join(sorted(dtypes))}")
    start = empty_like(weights)
    np.concatenate(given, axis=None, out=start.vector)
    for what, values in (("x", x), ("weights and biases", start.vector)):
        if not np.isfinite(values).all():
            raise ValueError(f"{what} must be finite, got NaN or infinity")
    return start
