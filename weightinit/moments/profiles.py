"""Many layers: the second moment of every layer, forward and backward."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from weightinit._errors import finite, number, sizes
from weightinit.activations import DEFAULT_SLOPE
from weightinit.moments.layers import backward_factor, length_map


def _network(widths: Sequence[int], weight_variances: Iterable[float]) -> tuple[tuple[int, ...], list[float]]:
    layers = sizes("widths", widths, least=2)
    if not isinstance(weight_variances, Iterable):
        raise TypeError(f"weight_variances must be a list of numbers, got {weight_variances!r}")
    variances = [number(f"weight_variances[{i}]", v, at_least=0) for i, v in enumerate(weight_variances)]
    if len(variances) != len(layers) - 1:
        raise ValueError(
            f"weight_variances must have {len(layers) - 1} entries, one for each layer between"
            f" {len(layers)} widths, got {len(variances)}"
        )
    return layers, variances


def forward_profile(
    widths: Sequence[int],
    weight_variances: Iterable[float],
    activation: str,
    q0: float = 1.0,
    a: float = DEFAULT_SLOPE,
) -> NDArray[np.float64]:
    """Compute the second moment of the pre-activations of every layer.

    `q_1 = widths[0] * Var[W_1] * q0`, then `q_(l+1) = widths[l] * Var[W_(l+1)] * E[phi(sqrt(q_l) * z)**2]`.

    Args:
        widths: sizes of the input and of the L layers, L + 1 positive integers.
        weight_variances: Var[W_1], ..., Var[W_L], each at least 0.
        activation: phi after every layer, one of `ACTIVATIONS`.
        q0: second moment of the entries of the input x, the square of their unit; at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        Array of shape (L,), float64: q_1, ..., q_L.

    Assumes:
        What `length_map` assumes, and biases of 0.

    Raises:
        TypeError: as `length_map`, or widths or variances that are no list.
        ValueError: as `length_map`, fewer than two widths, or another number of variances than layers.

    Source:
        `poole2016`.

    Examples:
        >>> forward_profile((784, 256, 256, 10), [1 / 784, 1 / 256, 1 / 256], "relu").round(12).tolist()
        [1.0, 0.5, 0.25]
    """
    layers, variances = _network(widths, weight_variances)
    profile = [length_map(q0, variances[0], layers[0])]  # x meets the first weights without an activation
    for layer in range(1, len(variances)):
        profile.append(length_map(profile[-1], variances[layer], layers[layer], activation, a=a))
    return np.array(profile)


def backward_profile(
    widths: Sequence[int],
    weight_variances: Iterable[float],
    activation: str,
    q0: float = 1.0,
    delta: float = 1.0,
    a: float = DEFAULT_SLOPE,
) -> NDArray[np.float64]:
    """Compute the second moment of the gradient with respect to the pre-activations of every layer.

    `d_L = delta`, then `d_l = widths[l+1] * Var[W_(l+1)] * E[phi'(sqrt(q_l) * z)**2] * d_(l+1)`, where q_l
    is that of `forward_profile`.

    Args:
        widths: sizes of the input and of the L layers, L + 1 positive integers.
        weight_variances: Var[W_1], ..., Var[W_L], each at least 0.
        activation: phi after every layer, one of `ACTIVATIONS`.
        q0: second moment of the entries of the input x, the square of their unit; at least 0.
        delta: second moment of the gradient with respect to the last pre-activations; at least 0.
        a: slope of "leaky_relu", no unit; 0.01 if not given.

    Returns:
        Array of shape (L,), float64: d_1, ..., d_L.

    Assumes:
        What `backward_factor` assumes, and biases of 0.

    Raises:
        TypeError: as `forward_profile`.
        ValueError: as `forward_profile`.

    Source:
        `he2015` for ReLU, `schoenholz2017` for any activation.

    Examples:
        >>> backward_profile((784, 1024, 256, 64), [2 / 784, 2 / 1024, 2 / 256], "relu").round(12).tolist()
        [0.0625, 0.25, 1.0]
    """
    layers, variances = _network(widths, weight_variances)
    lengths = forward_profile(layers, variances, activation, q0, a).tolist()
    profile = [number("delta", delta, at_least=0)]
    for layer in range(len(variances) - 1, 0, -1):
        factor = backward_factor(variances[layer], layers[layer + 1], activation, lengths[layer - 1], a)
        profile.append(finite("the gradient's second moment", factor * profile[-1]))
    return np.array(profile[::-1])
