"""Gains: factors on the weights that make up for what an activation does to the second moment."""

import math

from weightinit.activations import DEFAULT_SLOPE, activation
from weightinit.mean_squares import mean_square, mean_square_slope


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
        ValueError: an unknown name, an `a` that `activation` refuses or that is too large for the integral.

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
        TypeError: as `gain`.
        ValueError: as `gain`.

    Source:
        Computed from `mean_square_slope`, not a convention.

    Examples:
        >>> round(backward_gain("tanh"), 9), round(backward_gain("relu") ** 2, 9)
        (1.467413592, 2.0)
    """
    return 1 / math.sqrt(mean_square_slope(name, a=a))


def convention_gain(name: str, a: float = DEFAULT_SLOPE) -> float:
    """Return the gain that frameworks use by convention, which is not always the one that theory gives.

    `1` for linear and sigmoid, `5 / 3` for tanh, `sqrt(2)` for ReLU, `sqrt(2 / (1 + a**2))` for leaky ReLU,
    `3 / 4` for SELU.

    Args:
        name: "linear", "sigmoid", "tanh", "relu", "leaky_relu" or "selu"; for others there is no convention.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        A float, no unit.

    Assumes:
        Nothing: sigmoid's 1, 5/3 and 3/4 are habits, for which `gain` computes 1.8462, 1.5925 and 1.

    Raises:
        TypeError: `name` is no string or `a` is no number.
        ValueError: an unknown name, an activation without a convention, an `a` that `activation` refuses.

    Source:
        PyTorch, `torch.nn.init.calculate_gain`.

    Examples:
        >>> round(convention_gain("tanh"), 6), round(convention_gain("leaky_relu"), 6)
        (1.666667, 1.414143)
    """
    activation(name, a)
    conventions = {
        "linear": 1.0,
        "sigmoid": 1.0,
        "tanh": 5 / 3,
        "relu": math.sqrt(2),
        "leaky_relu": math.sqrt(2) / math.hypot(1, a),
        "selu": 3 / 4,
    }
    if name not in conventions:
        known = ", ".join(map(repr, conventions))
        raise ValueError(
            f"no convention for the gain of {name!r}: expected one of {known}; gain({name!r}) computes {gain(name):.6f}"
        )
    return conventions[name]
