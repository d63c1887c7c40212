"""Order and chaos: whether two inputs become alike or are torn apart, and how fast."""

import math

from weightinit.activations import DEFAULT_SLOPE
from weightinit.activations import activation as named
from weightinit.moments._expectations import mean_gap
from weightinit.moments._search import crossing, direction
from weightinit.moments.correlations import chi, correlation_map
from weightinit.moments.fixed_points import fixed_points
from weightinit.moments.layers import length_map

SMALLEST_GAP, LARGEST_GAP = 1e-12, 2.0  # between a correlation and 1
CRITICAL = 1e-6  # a chi this close to 1 is taken for 1


def correlation_fixed_point(
    q: float, sigma_w2: float, activation: str, sigma_b2: float = 0.0, a: float = DEFAULT_SLOPE
) -> float:
    """Find the correlation that two different inputs approach layer after layer.

    `c = correlation_map(c, q, sigma_w2, activation, sigma_b2)`.

    Args:
        q: second moment of the pre-activations of every layer, the square of their unit; at least 0.
        sigma_w2: as in `correlation_map`.
        activation: as in `correlation_map`.
        sigma_b2: as in `correlation_map`.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        The smallest fixed point from 0 to 1, a float: 1 where inputs become alike (order), less where they are
        torn apart (chaos). Its error is below 1e-12.

    Assumes:
        What `correlation_map` assumes, and that q is a fixed point of the length map.

    Raises:
        TypeError: as `correlation_map`.
        ValueError: as `correlation_map`, and a map that keeps every correlation, as that of "linear" without bias.

    Source:
        `poole2016`.

    Examples:
        >>> round(correlation_fixed_point(1.063958377, 2.5, "tanh", 0.05), 6)
        0.446804
    """
    at_0 = correlation_map(0.0, q, sigma_w2, activation, sigma_b2, a)
    q_next = length_map(q, sigma_w2, 1, activation, sigma_b2, a)
    phi = named(activation, a)

    def growth(gap: float) -> float:  # of the gap between the correlation and 1, in one layer
        return float(sigma_w2) * mean_gap(phi, float(q), gap) / q_next - gap

    # The map is a power series in c without negative coefficients, convex from 0 to 1, and at 1 it is 1. So it has
    # one more fixed point from 0 to 1 if its slope at 1 is above 1, and else none. Below 0 it lies above c if at 0 it
    # is above 0.
    apart = direction(chi(sigma_w2, activation, q, a=a) * float(q) / q_next - 1)
    if apart == direction(at_0) == 0:
        raise ValueError(f"{activation!r} keeps every correlation here: expected a map other than c_next = c")
    if apart < 1:
        return 1.0
    return 1 - crossing(growth, SMALLEST_GAP, LARGEST_GAP) if direction(at_0) else 0.0


def depth_scale(sigma_w2: float, activation: str, sigma_b2: float = 0.0, a: float = DEFAULT_SLOPE) -> float:
    """Compute over how many layers the correlation of two inputs approaches its fixed point.

    `xi_c = -1 / log(chi)`, chi at the stable fixed point of the length map and that of the correlation: what is
    missing shrinks like `exp(-l / xi_c)` with depth l.

    Args:
        sigma_w2: fan_in * Var[W] of every layer, at least 0.
        activation: phi after every layer, one of `ACTIVATIONS`.
        sigma_b2: Var[b] of every layer, at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        The number of layers after which a factor of 1/e is left, a float above 0 with a relative error below 1e-5.

    Assumes:
        What `correlation_map` assumes, and the same variances in every layer.

    Raises:
        TypeError: as `fixed_points`.
        ValueError: as `fixed_points`, no stable second moment above 0, or a chi above 0.999999 (the critical
            network: what is missing shrinks as a power of the depth, which has no scale) or of 0.

    Source:
        `schoenholz2017`.

    Examples:
        >>> round(depth_scale(1.3, "tanh", 0.05), 6)
        7.834069
    """
    here = f"{activation!r} at sigma_w2={sigma_w2!r}, sigma_b2={sigma_b2!r}"
    stable = [point.q for point in fixed_points(sigma_w2, activation, sigma_b2, a) if point.stable and point.q > 0]
    if not stable:
        raise ValueError(f"no stable second moment above 0 for {here}: signals die out or grow without end")
    c = correlation_fixed_point(stable[0], sigma_w2, activation, sigma_b2, a)
    factor = chi(sigma_w2, activation, stable[0], c, a)
    if factor > 1 - CRITICAL:
        raise ValueError(f"{here} is critical, chi is {factor:.9g}: correlations approach their limit without a scale")
    if factor == 0:
        raise ValueError(f"chi is 0 for {here}: one layer leaves nothing to measure")
    return -1 / math.log(factor)
