"""Two inputs: how the correlation of their pre-activations travels from layer to layer."""

from weightinit._errors import finite, number
from weightinit.activations import DEFAULT_SLOPE
from weightinit.activations import activation as named
from weightinit.mean_squares import mean_square
from weightinit.moments._expectations import mean_product, mean_slope_product

FAINT = 1e-300  # second moments below this have lost digits to the end of float64's range


def _correlation(c: object) -> float:
    value = number("c", c)
    if abs(value) > 1:
        raise ValueError(f"c must be a correlation from -1 to 1, got {c!r}")
    return value


def correlation_map(
    c: float, q: float, sigma_w2: float, activation: str, sigma_b2: float = 0.0, a: float = DEFAULT_SLOPE
) -> float:
    """Map the correlation of the pre-activations of two inputs in one layer to that in the next.

    `c_next = (sigma_w2 * E[phi(u) * phi(v)] + sigma_b2) / (sigma_w2 * E[phi(u)**2] + sigma_b2)`, where u and v are
    normal with second moment q and correlation c.

    Args:
        c: correlation E[u * v] / q, from -1 to 1, no unit.
        q: second moment of the pre-activations for either input, the square of their unit; at least 0.
        sigma_w2: fan_in * Var[W] of the next layer, at least 0.
        activation: phi between the two layers, one of `ACTIVATIONS`.
        sigma_b2: Var[b] of the next layer, at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        The correlation of the next pre-activations, a float from -1 to 1 with an error below 1e-12.

    Assumes:
        What `length_map` assumes, for both inputs, whose pre-activations have the same second moment.

    Raises:
        TypeError: an argument that is no number or no name.
        ValueError: one out of range or not finite, an unknown activation, a next second moment that is 0 or too
            large for float64.

    Source:
        `poole2016`; for ReLU it is the arc-cosine kernel of `cho2009`, here computed by quadrature. For sin it is
        a closed form.

    Examples:
        >>> round(correlation_map(0.0, 1.0, 2.0, "relu"), 12), round(1 / np.pi, 12)
        (0.318309886184, 0.318309886184)
    """
    correlation, moment, phi = _correlation(c), number("q", q, at_least=0), named(activation, a)
    weight, bias = number("sigma_w2", sigma_w2, at_least=0), number("sigma_b2", sigma_b2, at_least=0)
    q_next = finite("the next second moment", weight * mean_square(activation, moment, a) + bias)
    if q_next < FAINT:
        raise ValueError(f"the next second moment is {q_next:g}: expected at least {FAINT:g}, a signal to correlate")
    mapped = (weight * mean_product(phi, moment, correlation) + bias) / q_next
    return min(1.0, max(-1.0, mapped))  # rounding may leave the range by the last digit


def chi(sigma_w2: float, activation: str, q: float = 1.0, c: float = 1.0, a: float = DEFAULT_SLOPE) -> float:
    """Compute the slope of the correlation map at a fixed point of the length map.

    `chi = sigma_w2 * E[phi'(u) * phi'(v)]`, where u and v are normal with second moment q and correlation c.

    At c = 1 it is chi_1, the factor by which a square layer multiplies the second moment of the gradient.

    Args:
        sigma_w2: fan_in * Var[W], at least 0.
        activation: phi before the layer, one of `ACTIVATIONS`.
        q: second moment of the pre-activations that enter phi, the square of their unit; at least 0.
        c: correlation of the pre-activations of two inputs, from -1 to 1, no unit.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        A float without unit with an error below 1e-12 * sigma_w2; at q = 0 the limit for small q.

    Assumes:
        What `correlation_map` assumes. Where q is no fixed point the slope is `chi * q / q_next`.

    Raises:
        TypeError: as `correlation_map`.
        ValueError: as `correlation_map`.

    Source:
        `poole2016`, `schoenholz2017`.

    Examples:
        >>> round(chi(2.0, "relu"), 12), round(chi(2.0, "relu", c=0.0), 12)
        (1.0, 0.5)
    """
    product = mean_slope_product(named(activation, a), number("q", q, at_least=0), _correlation(c))
    return finite("chi", number("sigma_w2", sigma_w2, at_least=0) * product)
