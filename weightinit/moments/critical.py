"""The border between order and chaos, where gradients neither vanish nor explode."""

from itertools import pairwise
from typing import NamedTuple

from weightinit._errors import number
from weightinit.activations import DEFAULT_SLOPE
from weightinit.mean_squares import mean_square, mean_square_slope
from weightinit.moments._search import GRID, crossing, direction


class Critical(NamedTuple):
    """A network between order and chaos.

    Attributes:
        sigma_w2: fan_in * Var[W].
        q: fixed point of the length map.
        stable: whether second moments nearby are drawn to q, as in `FixedPoint`.
    """

    sigma_w2: float
    q: float
    stable: bool


def critical_line(activation: str, sigma_b2: float = 0.0, a: float = DEFAULT_SLOPE) -> Critical:
    """Find the weight variance at which gradients neither vanish nor explode.

    `sigma_w2 * E[phi'(sqrt(q) * z)**2] = 1` and `q = sigma_w2 * E[phi(sqrt(q) * z)**2] + sigma_b2`, z ~ N(0, 1).

    Args:
        activation: phi after every layer, one of `ACTIVATIONS`.
        sigma_b2: Var[b] of every layer, at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        `Critical`, with relative errors below 1e-12 for sigma_b2 of 0 or above 0.001; smaller ones leave q an error
        of up to 1e-6. (Leaky) ReLU and "linear" without bias keep every q: 0 stands for all, and is not stable.

    Assumes:
        What `fixed_points` assumes.

    Raises:
        TypeError: as `fixed_points`.
        ValueError: as `fixed_points`, and an activation without such a q from 1e-30 to 1e30, as ReLU with bias.

    Source:
        `poole2016`, `schoenholz2017`; `hayou2019` for other activations than tanh.

    Examples:
        >>> [round(value, 6) for value in critical_line("tanh", 0.05)[:2]]
        [1.760955, 0.570048]
    """
    bias = number("sigma_b2", sigma_b2, at_least=0)

    def weight(q: float) -> float:
        return 1 / mean_square_slope(activation, q, a)

    def excess(q: float) -> float:  # of q over where the length map of chi_1 = 1 takes it
        return q - weight(q) * mean_square(activation, q, a) - bias

    q = 0.0
    if excess(q) != 0:
        cell = next(((low, high) for low, high in pairwise(GRID) if direction(excess(high), high) == 1), None)
        if cell is None:
            raise ValueError(f"{activation!r} with sigma_b2={sigma_b2!r} is nowhere critical: expected another")
        q = crossing(excess, *cell)
    nearby = q + max(1e-6, 1e-3 * q)
    growth = weight(q) * mean_square(activation, nearby, a) + bias - nearby
    return Critical(weight(q), q, stable=direction(growth, nearby) == -1)
