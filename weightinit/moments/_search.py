"""Where a function of the second moment changes its sign."""

import math
from collections.abc import Callable

# Second moments between which a sign may change once: two in each power of ten.
GRID = [10 ** (step / 2) for step in range(-60, 61)]
ROUNDING = 1e-13  # differences below this, relative to q, are taken for 0


def crossing(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function changes its sign between two positive numbers, halving their ratio's logarithm."""
    at_high = function(high)
    while (middle := math.sqrt(low * high)) not in (low, high):
        if function(middle) * at_high >= 0:
            high = middle
        else:
            low = middle
    return high
