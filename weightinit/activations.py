"""Activations and their derivatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from weightinit._errors import choose, number
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
