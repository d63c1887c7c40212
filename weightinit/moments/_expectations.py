"""Expectations that a single second moment does not give: over two correlated normal numbers, and a derivative."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from weightinit._errors import finite
from weightinit._quadrature import SMALLEST
from weightinit.activations import Activation
from weightinit.sampling import Array

# Two correlated normal numbers are two coordinates of a point whose direction is uniform and whose distance r has
# the density r * exp(-r**2 / 2). Whatever an activation does at 0 lies on four rays of directions, which part the
# circle into four arcs. On each the trapezoid rule in t, y = 1 / (1 + exp(-t)), crowds the points towards both ends,
# the one in log(r) towards r = 0: every scale of phi(sqrt(q) * r * y) is resolved, for every q.
RADIAL_STEP, SMALLEST_RADIUS, LARGEST_RADIUS = 1 / 8, 1e-7, 9.5
ANGULAR_STEP, FARTHEST = 0.3, 32.0


@cache
def _radii() -> tuple[Array, Array]:
    """Return the distances r, and the weights of a sum that is the integral of exp(-r**2 / 2) over r > 0."""
    r = np.exp(np.arange(math.log(SMALLEST_RADIUS), math.log(LARGEST_RADIUS), RADIAL_STEP))
    return r, RADIAL_STEP * r * np.exp(-(r**2) / 2)


@cache
def _fractions() -> tuple[Array, Array]:
    """Return fractions y of an arc, symmetric about 1/2, and the weights of a sum that is the integral over them."""
    count = math.ceil(FARTHEST / ANGULAR_STEP)
    y = 1 / (1 + np.exp(-(np.arange(-count, count) + 0.5) * ANGULAR_STEP))
    return y, ANGULAR_STEP * y * y[::-1]


Function = Callable[[Array], Array]
Pair = Callable[[Array, Array], Array]


def pair_mean(combined: Pair, function: Function, q: float, angle: float) -> float:
    """Compute E[combined(function(u), function(v))], u and v normal with second moment q and correlation cos(angle)."""
    (r, r_weights), (y, y_weights) = _radii(), _fractions()
    total = 0.0
    # u and v have equal signs on two arcs, opposite ones on the other two. A point that is the fraction y of an arc
    # away from where u is 0 is 1 - y away from where v is 0: v is u with y in reverse.
    for width, sign in ((math.pi - angle, 1), (angle, -1)):
        u = math.sqrt(q) * np.multiply.outer(np.sin(width * y), r)
        with np.errstate(over="ignore", invalid="ignore"):  # finite reports it in words
            above, below = function(u), function(-u)
            v_above, v_below = (above, below)[::sign]
            values = combined(above, v_above[::-1]) + combined(below, v_below[::-1])
            total += width / (2 * math.pi) * float(y_weights @ values @ (r_weights * r))
    return finite("the mean product", total)


def mean_product(phi: Activation, q: float, c: float) -> float:
    """Compute E[phi(u) * phi(v)], u and v normal with second moment q and correlation c."""
    if phi.name == "sin":  # no fixed grid follows its oscillation at every q
        size = math.exp(-q * (1 - abs(c))) * math.expm1(-2 * q * abs(c)) / 2
        return math.copysign(size, c)
    return pair_mean(np.multiply, phi.f, q, math.acos(c))


def mean_gap(phi: Activation, q: float, gap: float) -> float:
    """Compute E[(phi(u) - phi(v))**2] / 2, u and v normal with second moment q and correlation 1 - gap.

    It is the difference of `mean_product` at c = 1 and at c = 1 - gap, of which no digits are lost for a small gap.
    """
    if phi.name == "sin":
        return -math.expm1(-q * gap) * (1 + math.exp(-q * (2 - gap))) / 2
    return pair_mean(_half_square, phi.f, q, 2 * math.asin(math.sqrt(gap / 2)))


def _half_square(x: Array, y: Array) -> Array:
    return (x - y) ** 2 / 2


def mean_slope_product(phi: Activation, q: float, c: float) -> float:
    """Compute E[phi'(u) * phi'(v)], u and v normal with second moment q and correlation c."""
    if phi.name == "sin":
        return (math.exp(-q * (1 - c)) + math.exp(-q * (1 + c))) / 2
    return pair_mean(
        np.multiply, phi.df, q or SMALLEST, math.acos(c)
    )  # for q = 0 only the signs are left, as in mean_square_slope


def mean_square_growth(phi: Activation, q: float) -> float:
    """Compute the derivative of E[phi(sqrt(q) * z)**2] with respect to q, E[phi(u) * phi'(u) * z] / sqrt(q)."""
    if phi.name == "sin":
        return math.exp(-2 * q)
    root, (r, weights) = math.sqrt(q), _radii()
    with np.errstate(over="ignore", invalid="ignore"):
        slopes = phi.f(root * r) * phi.df(root * r) - phi.f(-root * r) * phi.df(-root * r)
        total = float(weights @ (slopes * r))
    return finite("the slope of the length map", total / math.sqrt(2 * math.pi * q))
