"""Expectations over normal numbers."""

import math
from collections.abc import Callable

import numpy as np

from weightinit._errors import finite
from weightinit.sampling import Array

# Expectations over z ~ N(0, 1) are sums over a fixed grid: the trapezoid rule in t, z = SMALLEST * sinh(t).
# The points crowd towards z = 0 on every scale, so phi(sqrt(q) * z) is resolved for every q. The grid is
# shifted by half a step: the kink of ReLU at 0 lies between two points, and df(0) is never asked for.
# For |z| > 12 the density is below 1e-31.
SMALLEST, STEP, LARGEST = 1e-150, 1 / 16, 12.0
_count = math.ceil(math.asinh(LARGEST / SMALLEST) / STEP)
_t = (np.arange(-_count, _count) + 0.5) * STEP
_z = SMALLEST * np.sinh(_t)
_weights = SMALLEST * np.cosh(_t) * STEP * np.exp(-(_z**2) / 2) / math.sqrt(2 * math.pi)


def second_moment(function: Callable[[Array], Array], q: float) -> float:
    """Compute E[function(sqrt(q) * z)**2], z ~ N(0, 1)."""
    with np.errstate(over="ignore"):  # not @: BLAS would wake threads for a sum that takes microseconds
        total = float((_weights * function(math.sqrt(q) * _z) ** 2).sum())
    return finite("the second moment", total)
