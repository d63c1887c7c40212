"""The computation alone: what `forward`, `backward` and `train` do once their arguments are known to fit."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit.activations import Activation
from weightinit.sampling import Array


def propagate(
    x: Array, weights: Sequence[Array], biases: Sequence[Array] | None, phis: Sequence[Activation]
) -> tuple[list[Array], list[Array]]:
    """Pass a batch forward: the pre-activations and the activations of every layer."""
    shapes = [(len(x), len(w)) for w in weights]
    dtype = np.result_type(x, *weights, *(biases or ()))
    pre, post = side_by_side(shapes, dtype), side_by_side(shapes, dtype)
    h = x
    for layer, w in enumerate(weights):
        s = np.matmul(h, w.T, out=pre[layer])
        if biases is not None:
            s += biases[layer]
        h = post[layer]
        h[:] = phis[layer].f(s)
    return pre, post


def propagate_back(
    weights: Sequence[Array], pre: Sequence[Array], output_gradient: Array, phis: Sequence[Activation]
) -> list[Array]:
    """Pass a gradient back: that of the loss with respect to the pre-activations of every layer."""
    grad = side_by_side([s.shape for s in pre], np.result_type(output_gradient, *pre, *weights))
    back = output_gradient
    for layer in reversed(range(len(grad))):
        delta = np.multiply(back, phis[layer].df(pre[layer]), out=grad[layer])
        if layer:
            back = delta @ weights[layer]
    return grad


def gradient_of_weights(x: Array, post: Sequence[Array], grad: Sequence[Array], out: Sequence[Array]) -> None:
    for layer, delta in enumerate(grad):
        np.matmul(delta.T, post[layer - 1] if layer else x, out=out[layer])


def gradient_of_biases(grad: Sequence[Array], out: Sequence[Array]) -> None:
    for layer, delta in enumerate(grad):
        delta.sum(axis=0, out=out[layer])


def cut(vector: Array, shapes: Iterable[tuple[int, ...]]) -> list[Array]:
    """Cut a vector into arrays of these shapes, without copying."""
    parts: list[Array] = []
    start = 0
    for shape in shapes:
        end = start + math.prod(shape)
        parts.append(vector[start:end].reshape(shape))
        start = end
    return parts


def side_by_side(shapes: Sequence[tuple[int, ...]], dtype: DTypeLike) -> list[Array]:
    """Empty arrays in one piece of memory, which is several times faster to get than many."""
    return cut(np.empty(sum(map(math.prod, shapes)), dtype), shapes)
