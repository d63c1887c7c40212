"""LSUV, layer-sequential unit variance: weights are rescaled by what a batch of real data does in them."""

import math
from collections.abc import Sequence
from itertools import count

import numpy as np

from weightinit._errors import finite, number, size
from weightinit.activations import Activation
from weightinit.network.arrays import as_activation, checked_weights, finite_values, float_array
from weightinit.sampling import Array


def lsuv(
    weights: Sequence[Array],
    batch: Array,
    activation: str | Activation,
    *,
    tolerance: float = 0.02,
    max_steps: int = 10,
) -> list[Array]:
    """Rescale drawn weights, layer by layer, until the pre-activations of a batch have variance 1.

    `W_l = W_l / sqrt(Var[pre_l])` while `abs(Var[pre_l] - 1) > tolerance`, where
    `pre_l = phi(pre_(l-1)) @ W_l.T` has passed through the layers that are finished.

    Args:
        weights: W_1, ..., W_L, each of shape (width l, width l-1), left as they are; the paper draws
            orthogonal ones.
        batch: samples of the data, shape (batch, width 0).
        activation: phi after every layer, a name of `ACTIVATIONS` or an `Activation`.
        tolerance: largest error of the variance, no unit; greater than 0. 0.02 is that of the authors' code.
        max_steps: how often a layer may be divided, a positive integer. Without biases, as here, the
            pre-activations are proportional to the weights, and one division is exact but for rounding.

    Returns:
        List of L arrays of the shapes and dtypes of `weights`. The variance of each layer's pre-activations
        on this batch, about their mean over batch and units, is 1 within `tolerance`.

    Assumes:
        Other batches behave as this one does, and biases are 0.

    Raises:
        TypeError: as `forward`, or numbers of the wrong kind.
        ValueError: as `forward`, numbers out of their range, a layer whose pre-activations do not vary, a
            tolerance that is not met within `max_steps`.

    Source:
        `mishkin2016`, algorithm 1; the variance before the activation, as in the authors' code.

    Examples:
        >>> batch = np.array([[2.0, 4.0], [6.0, 8.0]])
        >>> first, second = lsuv([np.eye(2), np.eye(2)], batch, "relu")
        >>> round(float(first[0, 0] ** 2), 9), second.tolist()
        (0.2, [[1.0, 0.0], [0.0, 1.0]])
    """
    h = float_array("batch", batch, "batch", "inputs")
    phi = as_activation(activation)
    limit, steps = number("tolerance", tolerance, above=0), size("max_steps", max_steps)
    scaled: list[Array] = []
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # finite_values reports it in words
        for layer, w in enumerate(checked_weights(weights, h.shape[1]), 1):
            w, pre = _unit_variance(w, h, layer, limit, steps)
            scaled.append(w)
            h = finite_values(f"activations of layer {layer}", phi.f(pre))
    return scaled


def _unit_variance(w: Array, h: Array, layer: int, tolerance: float, max_steps: int) -> tuple[Array, Array]:
    """Return the rescaled weights of one layer, and its pre-activations."""
    for step in count():
        pre = finite_values(f"pre-activations of layer {layer}", h @ w.T)
        variance = finite(f"the variance of layer {layer}", float(np.var(pre, dtype=np.float64)))
        error, std = abs(variance - 1), math.sqrt(variance)
        if error <= tolerance:
            break
        # numbers that are equal but for rounding have a spread too, which says nothing
        if std <= np.spacing(np.abs(pre).max()):
            raise ValueError(
                f"the pre-activations of layer {layer} do not vary on this batch:"
                " expected samples that differ and weights that are not all 0"
            )
        if step == max_steps:
            raise ValueError(
                f"the variance of layer {layer} is {error:.2g} away from 1 after {max_steps} divisions:"
                f" expected a tolerance that {pre.dtype} can meet, got {tolerance:g}"
            )
        w = w / std
    return w.copy(), pre
