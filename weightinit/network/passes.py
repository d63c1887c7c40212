"""The two passes through a dense network: activations forward, gradients backward."""

from collections.abc import Sequence

import numpy as np

from weightinit.activations import Activation
from weightinit.network.arrays import (
    activation_of_layers,
    checked_biases,
    checked_weights,
    finite_layers,
    finite_values,
    float_array,
    listed,
)
from weightinit.network.layers import propagate, propagate_back
from weightinit.sampling import Array


def forward(
    x: Array,
    weights: Sequence[Array],
    activation: str | Activation,
    biases: Sequence[Array] | None = None,
    *,
    last: str | Activation | None = None,
) -> tuple[list[Array], list[Array]]:
    """Pass a batch forward through a network.

    `pre_l = post_(l-1) @ W_l.T + b_l`, `post_l = phi(pre_l)`, with `post_0 = x`.

    Args:
        x: the input, shape (batch, width 0).
        weights: W_1, ..., W_L, each of shape (width l, width l-1).
        activation: phi after every layer, a name of `ACTIVATIONS` or an `Activation`.
        biases: b_1, ..., b_L, each of shape (width l,); none if not given.
        last: phi after layer L, if it is another one: "linear" for a classifier.

    Returns:
        Two lists of L arrays of shape (batch, width l), the pre-activations and the activations; float32 if
        all arguments are float32.

    Assumes:
        Nothing.

    Raises:
        TypeError: an argument that is no float32 or float64 array or no list of them.
        ValueError: shapes that do not fit, an unknown activation, a result that is not finite.

    Source:
        `glorot2010`; without `last`, with the activation after the last layer too.

    Examples:
        >>> pre, post = forward(np.array([[3.0, -4.0]]), [np.eye(2), 2 * np.eye(2)], "relu")
        >>> [array.tolist() for array in post]
        [[[3.0, 0.0]], [[6.0, 0.0]]]
    """
    float_array("x", x, "batch", "inputs")
    checked = checked_weights(weights, x.shape[1])
    phis = activation_of_layers(activation, last, len(checked))
    if biases is not None:
        checked_biases(biases, checked)
    with np.errstate(over="ignore", invalid="ignore"):  # finite_values reports it in words
        pre, post = propagate(x, checked, biases, phis)
    finite_layers("pre-activations", pre)
    finite_values(f"activations of layer {len(post)}", post[-1])
    return pre, post


def backward(
    weights: Sequence[Array],
    pre: Sequence[Array],
    output_gradient: Array,
    activation: str | Activation,
    *,
    last: str | Activation | None = None,
) -> list[Array]:
    """Pass the gradient of a loss back through a network.

    `grad_L = output_gradient * phi'(pre_L)`, `grad_l = (grad_(l+1) @ W_(l+1)) * phi'(pre_l)`.

    Args:
        weights: W_1, ..., W_L, each of shape (width l, width l-1).
        pre: the pre-activations that `forward` returned, L arrays of shape (batch, width l).
        output_gradient: gradient of the loss with respect to the last activations, shape (batch, width L).
        activation: phi after every layer, a name of `ACTIVATIONS` or an `Activation`.
        last: phi after layer L, if it is another one: "linear" for a classifier.

    Returns:
        List of L arrays of shape (batch, width l), the gradient of the loss with respect to the
        pre-activations; float32 if all arguments are float32.

    Assumes:
        `pre` comes from the same weights and activation.

    Raises:
        TypeError: an argument that is no float32 or float64 array or no list of them.
        ValueError: shapes that do not fit, an unknown activation, a result that is not finite.

    Source:
        The chain rule.

    Examples:
        >>> weights = [np.eye(2), 2 * np.eye(2)]
        >>> pre, post = forward(np.array([[3.0, -4.0]]), weights, "relu")
        >>> [array.tolist() for array in backward(weights, pre, np.ones((1, 2)), "relu")]
        [[[2.0, 0.0]], [[1.0, 0.0]]]
    """
    checked = checked_weights(weights, "inputs")
    phis = activation_of_layers(activation, last, len(checked))
    float_array("output_gradient", output_gradient, "batch", len(checked[-1]))
    for layer, s in enumerate(listed("pre", pre, len(checked))):
        float_array(f"pre[{layer}]", s, len(output_gradient), len(checked[layer]))
    with np.errstate(over="ignore", invalid="ignore"):  # finite_values reports it in words
        grad = propagate_back(checked, pre, output_gradient, phis)
    for layer in range(len(grad), 0, -1):
        finite_values(f"gradient of layer {layer}", grad[layer - 1])
    return grad
