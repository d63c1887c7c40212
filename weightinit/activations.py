"""Activations and their derivatives."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from weightinit import _functions
from weightinit._errors import choose, number
from weightinit.sampling import Array

DEFAULT_SLOPE = 0.01
ALIASES = {
    "identity": "'linear'",
    "logistic": "'sigmoid'",
    "expit": "'sigmoid'",
    "scaled_tanh": "'lecun_tanh'",
    "soft_sign": "'softsign'",
    "rectifier": "'relu'",
    "lrelu": "'leaky_relu'",
    "leakyrelu": "'leaky_relu'",
    "swish": "'silu'",
    "soft_plus": "'softplus'",
    "sine": "'sin'",
}


class Activation(NamedTuple):
    """An activation `f` and its derivative `df`, which both keep the shape and the dtype of a float array.

    Attributes:
        name: one of `ACTIVATIONS`.
        f: the activation.
        df: its derivative; at a kink the one from the left: 0 for ReLU, the slope for leaky ReLU.
    """

    name: str
    f: Callable[[Array], Array]
    df: Callable[[Array], Array]


def _leaky_relu(a: float) -> Activation:
    return Activation("leaky_relu", partial(_functions.leaky_relu, a=a), partial(_functions.leaky_relu_slope, a=a))


_RECORDS = (
    Activation("linear", np.positive, np.ones_like),
    Activation("sigmoid", _functions.sigmoid, _functions.sigmoid_slope),
    Activation("tanh", np.tanh, _functions.tanh_slope),
    Activation("lecun_tanh", _functions.lecun_tanh, _functions.lecun_tanh_slope),
    Activation("softsign", _functions.softsign, _functions.softsign_slope),
    Activation("relu", _functions.relu, _functions.relu_slope),
    _leaky_relu(DEFAULT_SLOPE),
    Activation("elu", _functions.elu, _functions.elu_slope),
    Activation("selu", _functions.selu, _functions.selu_slope),
    Activation("gelu", _functions.gelu, _functions.gelu_slope),
    Activation("silu", _functions.silu, _functions.silu_slope),
    Activation("softplus", _functions.softplus, _functions.sigmoid),
    Activation("sin", np.sin, np.cos),
)
ACTIVATIONS: dict[str, Activation] = {record.name: record for record in _RECORDS}
"""The activations by name; "leaky_relu" with its default slope."""


def activation(name: str, a: float = DEFAULT_SLOPE) -> Activation:
    """Look an activation up by its name.

    - linear: `x`
    - sigmoid: `1 / (1 + exp(-x))`
    - tanh: `tanh(x)`
    - lecun_tanh: `1.7159 * tanh(2 / 3 * x)`
    - softsign: `x / (1 + abs(x))`
    - relu: `max(x, 0)`
    - leaky_relu: `x if x > 0 else a * x`
    - elu: `x if x > 0 else exp(x) - 1`
    - selu: `scale * (x if x > 0 else alpha * (exp(x) - 1))`, scale 1.0507 and alpha 1.6733, computed such that
      mean 0 and second moment 1 are kept
    - gelu: `x * Phi(x)`, Phi the distribution function of N(0, 1), not its approximation by tanh
    - silu: `x / (1 + exp(-x))`
    - softplus: `log(1 + exp(x))`
    - sin: `sin(x)`

    Args:
        name: one of `ACTIVATIONS`.
        a: slope of "leaky_relu" for negative inputs, no unit; any finite number. The others take none.

    Returns:
        An `Activation`; its functions are finite for every finite input, unless the result itself is too large
        for the dtype: "selu" above 0.95 times the largest number, a "leaky_relu" steeper than 1. NumPy warns.

    Assumes:
        Nothing.

    Raises:
        TypeError: `name` is no string or `a` is no number.
        ValueError: an unknown name, an `a` that is not finite, or one other than 0.01 for an activation that
            has no slope.

    Source:
        `lecun1998` for lecun_tanh, `bergstra2009` and `glorot2010` for softsign, `he2015` for the slope of a leaky
        ReLU, `clevert2016` for elu with alpha 1, `klambauer2017` for selu, `hendrycks2016` for gelu,
        `elfwing2017` for silu, `dugas2000` for softplus, `sitzmann2020` for sin.

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
