"""Experiment: a real random network, its forward and backward pass, and statistics of every layer."""

import math
from collections.abc import Sequence
from typing import NamedTuple, Unpack

import numpy as np
from numpy.typing import DTypeLike, NDArray

from weightinit._errors import choose, number, sizes
from weightinit.activations import Activation
from weightinit.activations import activation as named
from weightinit.sampling import Array
from weightinit.schemes import (
    DISTRIBUTION_ALIASES,
    DISTRIBUTIONS,
    HeParams,
    initialize,
    random_normal,
    random_uniform,
)

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


def _float_array(name: str, got: object, *shape: int | str) -> Array:
    """Return an array if it is of floats and of this shape, where a word stands for any size."""
    words = str(shape).replace("'", "")
    expected = f"{name} must be a float32 or float64 array of shape {words}"
    if not isinstance(got, np.ndarray) or got.dtype not in (np.float32, np.float64):
        raise TypeError(f"{expected}, got {got.dtype if isinstance(got, np.ndarray) else type(got).__name__}")
    fits = got.ndim == len(shape) and all(
        have == want if isinstance(want, int) else have > 0
        for have, want in zip(got.shape, shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{expected}, got shape {got.shape}")
    return got


def _finite(what: str, layer: int, values: Array) -> Array:
    if not np.isfinite(values).all():
        raise ValueError(
            f"the {what} of layer {layer} left the range of {values.dtype}:"
            " expected finite input and weights that do not explode"
        )
    return values


def _listed(name: str, given: Sequence[Array], count: int) -> Sequence[Array]:
    """Return a list if it has `count` entries; a count of 0 stands for one or more."""
    expected = f"{name} must be a list of {count or 'one or more'} arrays, one for each layer"
    if not isinstance(given, tuple | list):
        raise TypeError(f"{expected}, got {type(given).__name__}")
    if not given or len(given) != (count or len(given)):
        raise ValueError(f"{expected}, got {len(given)}")
    return given


def _weights(given: Sequence[Array], inputs: int | str) -> list[Array]:
    """Check that each layer takes what the one before gives."""
    checked: list[Array] = []
    for layer, entry in enumerate(_listed("weights", given, 0)):
        checked.append(_float_array(f"weights[{layer}]", entry, "outputs", inputs))
        inputs = entry.shape[0]
    return checked


def _activation(given: str | Activation) -> Activation:
    return given if isinstance(given, Activation) else named(given)


def forward(
    x: Array, weights: Sequence[Array], activation: str | Activation, biases: Sequence[Array] | None = None
) -> tuple[list[Array], list[Array]]:
    """Pass a batch forward through a network.

    `pre_l = post_(l-1) @ W_l.T + b_l`, `post_l = phi(pre_l)`, with `post_0 = x`.

    Args:
        x: the input, shape (batch, width 0).
        weights: W_1, ..., W_L, each of shape (width l, width l-1).
        activation: phi after every layer, a name of `ACTIVATIONS` or an `Activation`.
        biases: b_1, ..., b_L, each of shape (width l,); none if not given.

    Returns:
        Two lists of L arrays of shape (batch, width l), the pre-activations and the activations; float32 if
        all arguments are float32.

    Assumes:
        Nothing.

    Raises:
        TypeError: an argument that is no float32 or float64 array or no list of them.
        ValueError: shapes that do not fit, an unknown activation, a result that is not finite.

    Source:
        `glorot2010`, with the activation after the last layer too.

    Examples:
        >>> pre, post = forward(np.array([[3.0, -4.0]]), [np.eye(2), 2 * np.eye(2)], "relu")
        >>> [array.tolist() for array in post]
        [[[3.0, 0.0]], [[6.0, 0.0]]]
    """
    phi = _activation(activation)
    h = _float_array("x", x, "batch", "inputs")
    checked = _weights(weights, h.shape[1])
    if biases is not None:
        _listed("biases", biases, len(checked))
    pre: list[Array] = []
    post: list[Array] = []
    for layer, w in enumerate(checked):
        with np.errstate(over="ignore", invalid="ignore"):  # _finite reports it in words
            s: Array = h @ w.T
            if biases is not None:
                s = s + _float_array(f"biases[{layer}]", biases[layer], len(w))
        h = phi.f(_finite("pre-activations", layer + 1, s))
        pre.append(s)
        post.append(h)
    return pre, post


def backward(
    weights: Sequence[Array], pre: Sequence[Array], output_gradient: Array, activation: str | Activation
) -> list[Array]:
    """Pass the gradient of a loss back through a network.

    `grad_L = output_gradient * phi'(pre_L)`, `grad_l = (grad_(l+1) @ W_(l+1)) * phi'(pre_l)`.

    Args:
        weights: W_1, ..., W_L, each of shape (width l, width l-1).
        pre: the pre-activations that `forward` returned, L arrays of shape (batch, width l).
        output_gradient: gradient of the loss with respect to the last activations, shape (batch, width L).
        activation: phi after every layer, a name of `ACTIVATIONS` or an `Activation`.

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
    slope = _activation(activation).df
    checked = _weights(weights, "inputs")
    _listed("pre", pre, len(checked))
    back = _float_array("output_gradient", output_gradient, "batch", checked[-1].shape[0])
    grad: list[Array] = []
    for layer in reversed(range(len(checked))):
        s = _float_array(f"pre[{layer}]", pre[layer], len(back), len(checked[layer]))
        delta = back * slope(s)
        grad.append(_finite("gradient", layer + 1, delta))
        with np.errstate(over="ignore", invalid="ignore"):
            back = delta @ checked[layer]
    return grad[::-1]


def random_network(
    widths: Sequence[int],
    scheme: str | float,
    *,
    rng: np.random.Generator,
    distribution: str | None = None,
    dtype: DTypeLike = np.float32,
    **params: Unpack[HeParams],
) -> list[Array]:
    """Draw the weights of a dense network without biases.

    `W_l = initialize(scheme, (widths[l], widths[l-1]))`, or weights of one fixed standard deviation.

    Args:
        widths: sizes of the input and of the L layers, L + 1 positive integers.
        scheme: one of `SCHEMES`, or a number: the standard deviation of every weight, at least 0.
        rng: a NumPy generator, which is advanced.
        distribution: "normal" or "uniform"; if not given, "uniform" for "fan_in_uniform", else "normal".
        dtype: float32 or float64.
        **params: for "he" only: `a` and `mode`, as in `variance`.

    Returns:
        List of L arrays of shape (widths[l], widths[l-1]), mean 0, variance as in `initialize`, or
        `scheme**2` if a number is given.

    Assumes:
        What `SCHEMES[scheme].assumes` says.

    Raises:
        TypeError: as `initialize`, or `a` or `mode` beside a number.
        ValueError: as `initialize`, fewer than two widths, or a number that is negative or not finite.

    Source:
        As `variance`.

    Examples:
        >>> [w.shape for w in random_network((784, 256, 10), "he", rng=np.random.default_rng(0))]
        [(256, 784), (10, 256)]
    """
    layers = sizes("widths", widths, least=2)
    shapes = [(layers[layer], layers[layer - 1]) for layer in range(1, len(layers))]
    if isinstance(scheme, str):
        return [
            initialize(scheme, shape, rng=rng, distribution=distribution, dtype=dtype, **params)
            for shape in shapes
        ]
    std = number("scheme, unless it is a name of SCHEMES,", scheme, at_least=0)
    if params:
        raise TypeError(f"weights of one standard deviation take no {' or '.join(params)}: only 'he' does")
    drawn = "normal" if distribution is None else distribution
    if choose("distribution", drawn, DISTRIBUTIONS, DISTRIBUTION_ALIASES) == "normal":
        return [random_normal(shape, std, rng=rng, dtype=dtype) for shape in shapes]
    return [random_uniform(shape, math.sqrt(3) * std, rng=rng, dtype=dtype) for shape in shapes]


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
    return Trace(pre, post, backward(weights, pre, output_gradient, activation), _activation(activation).name)


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
