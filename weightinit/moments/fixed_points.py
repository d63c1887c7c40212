"""Second moments that a layer keeps: the fixed points of the length map."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from weightinit._errors import finite, number
from weightinit.activations import DEFAULT_SLOPE
from weightinit.activations import activation as named
from weightinit.mean_squares import mean_square, mean_square_slope
from weightinit.moments._expectations import mean_square_growth
from weightinit.moments._search import GRID, crossing, direction


class FixedPoint(NamedTuple):
    """A second moment that the length map keeps.

    Attributes:
        q: the second moment.
        slope: slope of the length map there, the factor by which a small difference grows with each layer.
        stable: whether second moments nearby are drawn to q, those above as well as those below (at 0: above).
    """

    q: float
    slope: float
    stable: bool


def fixed_points(sigma_w2: float, activation: str, sigma_b2: float = 0.0, a: float = DEFAULT_SLOPE) -> list[FixedPoint]:
    """Find every second moment that the length map keeps.

    `q = sigma_w2 * E[phi(sqrt(q) * z)**2] + sigma_b2`, z ~ N(0, 1), with the slope
    `sigma_w2 * E[phi(sqrt(q) * z) * phi'(sqrt(q) * z) * z] / sqrt(q)`.

    Args:
        sigma_w2: fan_in * Var[W] of every layer, at least 0.
        activation: phi after every layer, one of `ACTIVATIONS`.
        sigma_b2: Var[b] of every layer, at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        List of `FixedPoint`, by increasing q: 0 if it is one, and those from 1e-30 to 1e30; empty if there is
        none. A slope below 1 makes one stable, a slope above 1 unstable; at a slope of exactly 1, as of tanh at
        sigma_w2 = 1 and q = 0, what the length map does nearby decides.

    Assumes:
        What `length_map` assumes, and the same variances in every layer.

    Raises:
        TypeError: an argument that is no number or no name.
        ValueError: one that is negative or not finite, an unknown activation, a result too large for float64, or
            a length map that keeps every second moment, as that of ReLU at sigma_w2 = 2 without bias.

    Source:
        `poole2016`; the slope needs no second derivative of phi, because q enters through sqrt(q) * z alone.

    Examples:
        >>> [(round(q, 6), round(slope, 6), stable) for q, slope, stable in fixed_points(1.3, "tanh", 0.05)]
        [(0.315316, 0.571123, True)]
    """
    weight, bias = number("sigma_w2", sigma_w2, at_least=0), number("sigma_b2", sigma_b2, at_least=0)
    phi = named(activation, a)

    def growth(q: float) -> float:
        return weight * mean_square(activation, q, a) + bias - q

    def slope_above_1(q: float) -> float:
        return weight * mean_square_growth(phi, q) - 1

    # Between a turn of the growth and the next one it may cross 0 once: no pair of fixed points goes unseen.
    turns = [
        crossing(slope_above_1, low, high)
        for low, high in pairwise(GRID)
        if np.sign(slope_above_1(low)) != np.sign(slope_above_1(high))
    ]
    directions = [(q, direction(growth(q), q)) for q in sorted(GRID + turns)]
    clear = [(q, sign) for q, sign in directions if sign]
    if not clear:
        raise ValueError(
            f"every q is a fixed point of {activation!r} at sigma_w2={sigma_w2!r}, sigma_b2={sigma_b2!r}: the layers"
            " keep whatever second moment comes in; expected another variance"
        )
    found = []
    if growth(0.0) == 0:
        (_, above_0), *_ = clear
        slope = finite("the slope of the length map", weight * mean_square_slope(activation, 0.0, a))
        found.append(FixedPoint(0.0, slope, stable=above_0 == -1))
    for (low, below), (high, above) in pairwise(clear):
        if below != above:
            q = crossing(growth, low, high)
            found.append(FixedPoint(q, slope_above_1(q) + 1, stable=above == -1))
    return found
