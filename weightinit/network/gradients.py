"""From the gradient of the pre-activations to that of the weights and the biases."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from weightinit.network.arrays import finite_layers, float_array, listed
from weightinit.network.layers import gradient_of_biases, gradient_of_weights, side_by_side
from weightinit.sampling import Array


def _checked(grad: Sequence[Array], batch: int | str) -> list[Array]:
    listed("grad", grad, 0)
    return [
        float_array(f"grad[{layer}]", delta, len(grad[0]) if layer else batch, "units")
        for layer, delta in enumerate(grad)
    ]


def weight_gradients(x: Array, post: Sequence[Array], grad: Sequence[Array]) -> list[Array]:
    """Compute the gradient of a loss with respect to the weights.

    `dL/dW_l = grad_l.T @ post_(l-1)`, with `post_0 = x`.

    Args:
        x: the input, shape (batch, width 0).
        post: the activations that `forward` returned, L arrays of shape (batch, width l).
        grad: what `backward` returned, L arrays of shape (batch, width l).

    Returns:
        List of L arrays of shape (width l, width l-1), summed over the batch; float32 if all arguments are.

    Assumes:
        `post` and `grad` come from the same network and batch.

    Raises:
        TypeError: an argument that is no float32 or float64 array or no list of them.
        ValueError: shapes that do not fit, a result that is not finite.

    Source:
        The chain rule.

    Examples:
        >>> x, weights = np.array([[3.0, -4.0]]), [np.eye(2)]
        >>> pre, post = forward(x, weights, "relu")
        >>> weight_gradients(x, post, backward(weights, pre, np.ones((1, 2)), "relu"))[0].tolist()
        [[3.0, -4.0], [0.0, 0.0]]
    """
    float_array("x", x, "batch", "inputs")
    deltas = _checked(grad, len(x))
    for layer, h in enumerate(listed("post", post, len(deltas))):
        float_array(f"post[{layer}]", h, *deltas[layer].shape)
    widths = [x.shape[1], *(delta.shape[1] for delta in deltas)]
    found = side_by_side([(after, before) for before, after in pairwise(widths)], np.result_type(x, *post, *deltas))
    with np.errstate(over="ignore", invalid="ignore"):  # finite_layers reports it in words
        gradient_of_weights(x, post, deltas, out=found)
    return finite_layers("weights' gradient", found)


def bias_gradients(grad: Sequence[Array]) -> list[Array]:
    """Compute the gradient of a loss with respect to the biases.

    `dL/db_l = sum over the batch of grad_l`.

    Args:
        grad: what `backward` returned, L arrays of shape (batch, width l).

    Returns:
        List of L arrays of shape (width l,); float32 if `grad` is.

    Assumes:
        Nothing.

    Raises:
        TypeError: an argument that is no list of float32 or float64 arrays.
        ValueError: an array of another shape, a result that is not finite.

    Source:
        The chain rule.

    Examples:
        >>> bias_gradients([np.array([[1.0, 2.0], [10.0, 20.0]])])[0].tolist()
        [11.0, 22.0]
    """
    deltas = _checked(grad, "batch")
    found = side_by_side([delta.shape[1:] for delta in deltas], np.result_type(*deltas))
    with np.errstate(over="ignore", invalid="ignore"):  # finite_layers reports it in words
        gradient_of_biases(deltas, out=found)
    return finite_layers("biases' gradient", found)
