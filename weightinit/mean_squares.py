"""What an activation makes of the second moment of a normal input."""

import math

from weightinit._errors import number
from weightinit._quadrature import SMALLEST, second_moment
from weightinit.activations import DEFAULT_SLOPE, activation


def mean_square(name: str, q: float = 1.0, a: float = DEFAULT_SLOPE) -> float:
    """Compute the second moment of an activation's output when its input is normal with second moment q.

    `E[phi(sqrt(q) * z)**2]`, z ~ N(0, 1).

    Args:
        name: one of `ACTIVATIONS`.
        q: second moment of the input, the square of its unit; finite, at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        A float; the error relative to max(1, q) is below 1e-12.

    Assumes:
        The input is normal with mean 0.

    Raises:
        TypeError: `name` is no string, `q` or `a` is no number.
        ValueError: an unknown name, a `q` that is negative or not finite, an `a` that `activation` refuses,
            a result too large for float64.

    Source:
        `poole2016`; the integral is a sum over a fixed dense grid, also where a closed form exists. For sin,
        whose oscillation no fixed grid follows at every q, it is `(1 - exp(-2 * q)) / 2`.

    Examples:
        >>> round(mean_square("relu"), 12), round(mean_square("tanh"), 9)
        (0.5, 0.39429449)
    """
    phi, moment = activation(name, a), number("q", q, at_least=0)
    if name == "sin":
        return -math.expm1(-2 * moment) / 2
    return second_moment(phi.f, moment)


def mean_square_slope(name: str, q: float = 1.0, a: float = DEFAULT_SLOPE) -> float:
    """Compute the second moment of an activation's derivative when its input is normal with second moment q.

    `E[phi'(sqrt(q) * z)**2]`, z ~ N(0, 1).

    Args:
        name: one of `ACTIVATIONS`.
        q: second moment of the input, the square of its unit; finite, at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        A float with an error below 1e-12. At q = 0, where the input is 0, it is the limit for small q:
        1/2 for ReLU, whose derivative jumps there.

    Assumes:
        The input is normal with mean 0.

    Raises:
        TypeError: as `mean_square`.
        ValueError: as `mean_square`.

    Source:
        `schoenholz2017`; computed as in `mean_square`. For sin it is `(1 + exp(-2 * q)) / 2`.

    Examples:
        >>> round(mean_square_slope("relu"), 12), round(mean_square_slope("sigmoid"), 9)
        (0.5, 0.044836241)
    """
    phi, moment = activation(name, a), number("q", q, at_least=0)
    if name == "sin":
        return (1 + math.exp(-2 * moment)) / 2
    # q = 0 is replaced by a q so small that only the sign of the input is left: the limit of the derivative
    return second_moment(phi.df, moment or SMALLEST)
