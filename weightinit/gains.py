"""What an activation does to the second moment of a normal input, and the gains that make up for it."""

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
        `poole2016`; the integral is a sum over a fixed dense grid, also where a closed form exists.

    Examples:
        >>> round(mean_square("relu"), 12)
        0.5
        >>> round(mean_square("tanh"), 9)
        0.39429449
    """
    return second_moment(activation(name, a).f, number("q", q, at_least=0))


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
        TypeError: `name` is no string, `q` or `a` is no number.
        ValueError: an unknown name, a `q` that is negative or not finite, an `a` that `activation` refuses,
            a result too large for float64.

    Source:
        `schoenholz2017`; the integral is a sum over a fixed dense grid, also where a closed form exists.

    Examples:
        >>> round(mean_square_slope("relu"), 12)
        0.5
        >>> round(mean_square_slope("sigmoid"), 9)
        0.044836241
    """
    # q = 0 is replaced by a q so small that only the sign of the input is left: the limit of the derivative
    return second_moment(activation(name, a).df, number("q", q, at_least=0) or SMALLEST)


def gain(name: str, a: float = DEFAULT_SLOPE) -> float:
    """Compute the factor on the weights' standard deviation that keeps the second moment at 1 going forward.

    `1 / sqrt(E[phi(z)**2])`, z ~ N(0, 1).

    Args:
        name: one of `ACTIVATIONS`.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        A float: with `Var[W] = gain**2 / fan_in` a second moment of 1 is mapped to 1.

    Assumes:
        Pre-activations are normal with mean 0 and second moment 1.

    Raises:
        TypeError: `name` is no string or `a` is no number.
        ValueError: an unknown name, an `a` that `activation` refuses.

    Source:
        Computed from `mean_square`, not a convention; compare `convention_gain`.

    Examples:
        >>> round(gain("tanh"), 9), round(gain("relu") ** 2, 9)
        (1.59253742, 2.0)
    """
    return 1 / math.sqrt(mean_square(name, a=a))


def backward_gain(name: str, a: float = DEFAULT_SLOPE) -> float:
    """Compute the factor on the weights' standard deviation that keeps the gradient going backward.

    `1 / sqrt(E[phi'(z)**2])`, z ~ N(0, 1).

    Args:
        name: one of `ACTIVATIONS`.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        A float: with `Var[W] = backward_gain**2 / fan_out` the gradient's second moment is kept.

    Assumes:
        Pre-activations are normal with mean 0 and second moment 1, and independent of the gradient.

    Raises:
        TypeError: `name` is no string or `a` is no number.
        ValueError: an unknown name, an `a` that `activation` refuses.

    Source:
        Computed from `mean_square_slope`, not a convention.

    Examples:
        >>> round(backward_gain("tanh"), 9), round(backward_gain("relu") ** 2, 9)
        (1.467413592, 2.0)
    """
    return 1 / math.sqrt(mean_square_slope(name, a=a))


def convention_gain(name: str, a: float = DEFAULT_SLOPE) -> float:
    """Return the gain that frameworks use by convention, which is not always the one that theory gives.

    `1` for linear and sigmoid, `5 / 3` for tanh, `sqrt(2)` for ReLU, `sqrt(2 / (1 + a**2))` for leaky ReLU.

    Args:
        name: one of `ACTIVATIONS`.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        A float, no unit.

    Assumes:
        Nothing: 5/3 and sigmoid's 1 are habits; `gain` computes 1.5925 and 1.8462 for them.

    Raises:
        TypeError: `name` is no string or `a` is no number.
        ValueError: an unknown name, an `a` that `activation` refuses.

    Source:
        PyTorch, `torch.nn.init.calculate_gain`.

    Examples:
        >>> round(convention_gain("tanh"), 6), round(convention_gain("leaky_relu"), 6)
        (1.666667, 1.414143)
    """
    if activation(name, a).name == "leaky_relu":
        return math.sqrt(2 / (1 + float(a) * float(a)))
    return {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": math.sqrt(2)}[name]
