"""Sparse initialization: every unit begins with the same small number of incoming connections."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import float_type, generator, scale, size
from weightinit.fans import fans
from weightinit.sampling import Array, normal


def sparse(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    connections: int = 15,
    std: float = 1.0,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw weights of which each unit has the same number that are not zero, at places of its own.

    `W ~ N(0, std**2)` at `connections` of the `fan_in` places of a unit, drawn without replacement, else `W = 0`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        connections: number of non-zero incoming weights of each unit, a positive integer, at most the fan-in;
            in a convolution each input channel has a place at each kernel position.
        std: standard deviation of a non-zero weight; positive, its square in the range of `dtype`.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance std**2 * connections / fan_in.

    Assumes:
        Inputs of about the same size. The zeros are where training begins, not where it must stay.

    Raises:
        TypeError: as `fans` and `normal`, `connections` that are no integer, a `std` that is no number.
        ValueError: as `fans`, `connections` below 1 or above the fan-in, a `std` that is not positive, not
            finite or out of range.

    Source:
        `martens2010`, section 5, with the default 15; the places by `bentley1987`.

    Examples:
        >>> weights = sparse((4, 100), rng=np.random.default_rng(0))
        >>> np.count_nonzero(weights, axis=1).tolist()
        [15, 15, 15, 15]
    """
    fan_in = fans(shape, layout).fan_in
    if size("connections", connections) > fan_in:
        raise ValueError(f"connections must be at most the fan-in {fan_in}, got {connections!r}")
    factor, draw = scale("std", std, float_type(dtype)), generator(rng).integers
    outputs = shape[0] if layout == "out_in" else shape[-1]
    connected, unit = np.zeros((outputs, fan_in), bool), np.arange(outputs)
    for last in range(fan_in - connections, fan_in):  # Floyd's way: a place that is taken already stands for the last
        place = draw(last + 1, size=outputs)
        connected[unit, np.where(connected[unit, place], last, place)] = True
    values = normal((outputs, connections), rng=rng, dtype=dtype)
    while not values.all():  # a normal number of few digits can be 0, and would be one connection fewer
        zeros = values == 0
        values[zeros] = normal((int(zeros.sum()),), rng=rng, dtype=dtype)
    units = np.zeros((outputs, fan_in), values.dtype)
    units[connected] = (factor * values).ravel()
    return np.ascontiguousarray(units if layout == "out_in" else units.T).reshape(shape)
