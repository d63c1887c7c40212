"""Activations, their derivatives, and what they do to the second moment of a normal input."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from weightinit._errors import choose, finite, number
from weightinit.sampling import Array

DEFAULT_SLOPE = 0.01
ALIASES = {
    "identity": "'linear'",
    "logistic": "'sigmoid'",
    "lrelu": "'leaky_relu'",
    "leakyrelu": "'leaky_relu'",
    "rectifier": "'relu'",
}


@dataclass(frozen=True)
class Activation:
    """An activation `f` and its derivative `df`, which both keep the shape and the dtype of a float array.

    Attributes:
        name: one of `ACTIVATIONS`.
        f: the activation.
        df: its derivative; at the kink of (leaky) ReLU the one from the left, which is 0 or the slope.
    """

    name: str
    f: Callable[[Array], Array]
    df: Callable[[Array], Array]


def _sigmoid(x: Array) -> Array:
    return (1 + np.tanh(x / 2)) / 2  # equal to 1 / (1 + exp(-x)), which would overflow


def _sigmoid_derivative(x: Array) -> Array:
    small: Array = np.exp(-np.abs(x))
    return small / (1 + small) ** 2


def _tanh_derivative(x: Array) -> Array:
    return 1 - np.tanh(x) ** 2


def _leaky_relu(a: float) -> Activation:
    def f(x: Array) -> Array:
        return np.maximum(x, 0) + a * np.minimum(x, 0)

    def df(x: Array) -> Array:
        return np.where(x > 0, np.ones_like(x), np.full_like(x, a))

    return Activation("leaky_relu", f, df)


ACTIVATIONS: dict[str, Activation] = {
    "linear": Activation("linear", lambda x: x, np.ones_like),
    "tanh": Activation("tanh", np.tanh, _tanh_derivative),
    "sigmoid": Activation("sigmoid", _sigmoid, _sigmoid_derivative),
    "relu": Activation("relu", lambda x: np.maximum(x, 0), lambda x: (x > 0).astype(x.dtype)),
    "leaky_relu": _leaky_relu(DEFAULT_SLOPE),
}


def activation(name: str, a: float = DEFAULT_SLOPE) -> Activation:
    """Look an activation up by its name.

    `leaky_relu(x) = x if x > 0 else a * x`; the others take no slope.

    Args:
        name: one of `ACTIVATIONS`: "linear", "tanh", "sigmoid", "relu", "leaky_relu".
        a: slope of "leaky_relu" for negative inputs, no unit; any finite number.

    Returns:
        An `Activation`.

    Assumes:
        Nothing.

    Raises:
        TypeError: `name` is no string or `a` is no number.
        ValueError: an unknown name, an `a` that is not finite, or one other than 0.01 for an activation that
            has no slope.

    Source:
        `he2015` for the slope of a leaky ReLU.

    Examples:
        >>> leaky = activation("leaky_relu", a=0.2)
        >>> leaky.f(np.array([-10.0, 10.0])).tolist()
        [-2.0, 10.0]
    """
    choose("activation", name, ACTIVATIONS, ALIASES)
    slope = number("a", a)
    if name == "leaky_relu":
        return _leaky_relu(slope)
    if slope != DEFAULT_SLOPE:
        raise ValueError(f"activation {name!r} takes no slope, got a={a!r}: only 'leaky_relu' has one")
    return ACTIVATIONS[name]


# Expectations over z ~ N(0, 1) are sums over a fixed grid: the trapezoid rule in t, z = SMALLEST * sinh(t).
# The points crowd towards z = 0 on every scale, so phi(sqrt(q) * z) is resolved for every q. The grid is
# shifted by half a step: the kink of ReLU at 0 lies between two points, and df(0) is never asked for.
# For |z| > 12 the density is below 1e-31.
SMALLEST, STEP, LARGEST = 1e-150, 1 / 16, 12.0
_count = math.ceil(math.asinh(LARGEST / SMALLEST) / STEP)
_t = (np.arange(-_count, _count) + 0.5) * STEP
_z = SMALLEST * np.sinh(_t)
_weights = SMALLEST * np.cosh(_t) * STEP * np.exp(-(_z**2) / 2) / math.sqrt(2 * math.pi)


def _second_moment(function: Callable[[Array], Array], q: float) -> float:
    with np.errstate(over="ignore"):
        total = float(_weights @ function(math.sqrt(q) * _z) ** 2)
    return finite("the second moment", total)


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
    return _second_moment(activation(name, a).f, number("q", q, at_least=0))


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
    return _second_moment(activation(name, a).df, number("q", q, at_least=0) or SMALLEST)


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
