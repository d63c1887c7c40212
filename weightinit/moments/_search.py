"""Where a function of the second moment changes its sign."""

import math
from collections.abc import Callable

import numpy as np

# Second moments between which a sign may change once: two in each power of ten.
GRID = [10 ** (step / 2) for step in range(-60, 61)]
ROUNDING = 1e-13


def direction(change: float, size: float = 1.0) -> int:
    """Return -1, 0 or 1: the sign of a change of what has this size, where one that may be rounding is none."""
    return 0 if abs(change) < ROUNDING * size else int(np.sign(change))


def crossing(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function changes its sign between two positive numbers, halving their ratio's logarithm."""
    at_high = function(high)
    while (middle := math.sqrt(low * high)) not in (low, high):
        if function(middle) * at_high >= 0:
            high = middle
        else:
            low = middle
    return high
