"""The experiment: one pass forward and backward, and statistics of every layer."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weightinit.activations import Activation
from weightinit.network.arrays import as_activation
from weightinit.network.passes import backward, forward
from weightinit.sampling import Array

SATURATED = 0.97  # beyond this the derivative of tanh, 1 - tanh**2, is below 0.06


class Trace(NamedTuple):
    """What one pass forward and backward leaves behind: three lists of L arrays of shape (batch, width l).

    Attributes:
        pre: the pre-activations.
        post: the activations.
        grad: the gradient of the loss with respect to the pre-activations.
        activation: name of the activation.
    """

    pre: list[Array]
    post: list[Array]
    grad: list[Array]
    activation: str


class LayerStats(NamedTuple):
    """Statistics over the batch and the units of each layer: four float64 arrays of shape (L,).

    Attributes:
        activation_std: standard deviation of the activations.
        activation_mean: mean of the activations.
        gradient_std: standard deviation of the gradient with respect to the pre-activations.
        saturated: for tanh the share of activations beyond 0.97 in absolute value, for the others 0.
    """

    activation_std: NDArray[np.float64]
    activation_mean: NDArray[np.float64]
    gradient_std: NDArray[np.float64]
    saturated: NDArray[np.float64]


def trace(x: Array, weights: Sequence[Array], activation: str | Activation, output_gradient: Array) -> Trace:
    """Pass a batch forward and a gradient back, and keep everything.

    `forward`, then `backward`.

    Args:
        x: the input, shape (batch, width 0).
        weights: W_1, ..., W_L, each of shape (width l, width l-1).
        activation: phi after every layer, a name of `ACTIVATIONS` or an `Activation`.
        output_gradient: gradient of the loss with respect to the last activations, shape (batch, width L).

    Returns:
        `Trace(pre, post, grad, activation)`: three lists of L arrays of shape (batch, width l), and the name.

    Assumes:
        Nothing.

    Raises:
        TypeError: as `forward`.
        ValueError: as `forward`.

    Source:
        As `forward` and `backward`.

    Examples:
        >>> seen = trace(np.array([[3.0, -4.0]]), [np.eye(2)], "linear", np.array([[1.0, 2.0]]))
        >>> seen.post[0].tolist(), seen.grad[0].tolist(), seen.activation
        ([[3.0, -4.0]], [[1.0, 2.0]], 'linear')
    """
    pre, post = forward(x, weights, activation)
    return Trace(pre, post, backward(weights, pre, output_gradient, activation), as_activation(activation).name)


def layer_statistics(trace: Trace) -> LayerStats:
    """Summarize each layer of a trace over the batch and the units.

    `std = sqrt(mean((v - mean(v))**2))`, summed in float64.

    Args:
        trace: what `trace` returned.

    Returns:
        `LayerStats`, four float64 arrays of shape (L,): standard deviation and mean of the activations,
        standard deviation of the gradient, share of saturated activations (0 unless the activation is tanh).

    Assumes:
        Nothing. For ReLU the standard deviation is not the root of the second moment: the mean is not 0.

    Raises:
        TypeError: `trace` is no `Trace`.

    Source:
        `glorot2010`, whose figures show these statistics by layer.

    Examples:
        >>> seen = trace(np.array([[3.0, -4.0]]), [np.eye(2)], "tanh", np.array([[1.0, 2.0]]))
        >>> stats = layer_statistics(seen)
        >>> float(stats.saturated[0]), round(float(stats.activation_std[0]), 6)
        (1.0, 0.997192)
    """
    if not isinstance(trace, Trace):
        raise TypeError(f"layer_statistics needs the Trace that trace() returns, got {type(trace).__name__}")
    limit = SATURATED if trace.activation == "tanh" else math.inf
    return LayerStats(
        activation_std=np.array([np.std(h, dtype=np.float64) for h in trace.post]),
        activation_mean=np.array([np.mean(h, dtype=np.float64) for h in trace.post]),
        gradient_std=np.array([np.std(delta, dtype=np.float64) for delta in trace.grad]),
        saturated=np.array([np.mean(np.abs(h) > limit) for h in trace.post]),
    )
