"""Stochastic gradient descent with momentum, from the weights that the caller has drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weightinit._errors import generator, number, size
from weightinit.activations import Activation
from weightinit.network.arrays import activation_of_layers
from weightinit.network.layers import gradient_of_biases, gradient_of_weights, propagate, propagate_back
from weightinit.sampling import Array
from weightinit.training.loss import Labels, checked_labels, softmax_loss
from weightinit.training.parameters import Parameters, checked_copy, empty_like


class Run(NamedTuple):
    """What training leaves behind.

    Attributes:
        weights: W_1, ..., W_L after the last step that was made: finite, after divergence perhaps useless.
        biases: b_1, ..., b_L after that step, finite too.
        loss: the loss of each step's minibatch before its update, float64, shape (steps made,).
        diverged_at: the step, counted from 1, that was not made because it would have left the range of the
            dtype: its loss, its gradient or its new weights; None if all steps were made.
    """

    weights: list[Array]
    biases: list[Array]
    loss: NDArray[np.float64]
    diverged_at: int | None


def _gradient(parameters: Parameters, phis: Sequence[Activation], x: Array, labels: Labels, out: Parameters) -> float:
    """Write the gradient of a minibatch's loss, and return the loss."""
    pre, post = propagate(x, parameters.weights, parameters.biases, phis)
    loss, output_gradient = softmax_loss(post[-1], labels)
    grad = propagate_back(parameters.weights, pre, output_gradient, phis)
    gradient_of_weights(x, post, grad, out.weights)
    gradient_of_biases(grad, out.biases)
    return loss


def _minibatches(samples: int, batch_size: int, epochs: int, rng: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    for _ in range(epochs):
        order = rng.permutation(samples)
        for first in range(0, samples, batch_size):
            yield order[first : first + batch_size]


def train(
    weights: Sequence[Array],
    biases: Sequence[Array] | None,
    x: Array,
    labels: Labels,
    *,
    activation: str | Activation,
    rng: np.random.Generator,
    learning_rate: float,
    momentum: float = 0.9,
    batch_size: int = 64,
    epochs: int = 1,
    progress: Callable[[int, float], object] | None = None,
) -> Run:
    """Train a classifier by stochastic gradient descent with momentum.

    `v = momentum * v - learning_rate * dL/dW`, `W = W + v`, from v = 0; the biases likewise. L is the softmax
    cross-entropy of a minibatch; the last layer is linear.

    Args:
        weights: W_1, ..., W_L, drawn by any scheme, each of shape (width l, width l-1); left as they are.
        biases: b_1, ..., b_L, each of shape (width l,), left as they are; zeros if None.
        x: the samples, shape (samples, width 0).
        labels: their classes, integers from 0 to width L - 1, shape (samples,).
        activation: phi after every layer but the last, a name of `ACTIVATIONS` or an `Activation`.
        rng: a NumPy generator, which is advanced: it shuffles the samples once an epoch.
        learning_rate: greater than 0.
        momentum: at least 0, less than 1.
        batch_size: samples in a minibatch, at most all; the last one of an epoch has what is left.
        epochs: how often each sample is seen, a positive integer.
        progress: called as progress(step, loss) after each step that was made, steps counted from 1.

    Returns:
        A `Run`. All arrays have one dtype, float32 or float64, and so have the results.

    Assumes:
        Nothing.

    Raises:
        TypeError: as `forward` and `cross_entropy`, arrays of several dtypes, an `rng` that is no Generator,
            numbers of the wrong kind.
        ValueError: as `cross_entropy`, shapes that do not fit, entries that are not finite, numbers out of
            their range, an unknown activation. Weights that explode are no error: see `Run.diverged_at`.

    Source:
        `sutskever2013`, classical momentum.

    Examples:
        >>> x = np.array([[-1.0], [1.0]])
        >>> run = train([np.zeros((2, 1))], None, x, np.array([0, 1]), activation="relu",
        ...             rng=np.random.default_rng(0), learning_rate=1.0, batch_size=2, epochs=20)
        >>> round(float(run.loss[0]), 6), bool(run.loss[-1] < 0.01), run.diverged_at
        (0.693147, True, None)
    """
    parameters = checked_copy(weights, biases, x)
    checked_labels(labels, len(x), len(weights[-1]))
    phis = activation_of_layers(activation, "linear", len(weights))
    rate, mu = number("learning_rate", learning_rate, above=0), number("momentum", momentum, at_least=0)
    if mu >= 1:
        raise ValueError(f"momentum must be less than 1, got {momentum!r}")
    if size("batch_size", batch_size) > len(x):
        raise ValueError(f"batch_size must be at most {len(x)}, the number of samples, got {batch_size!r}")
    minibatches = _minibatches(len(x), batch_size, size("epochs", epochs), generator(rng))

    velocity, slope = np.zeros_like(parameters.vector), empty_like(weights)
    losses: list[float] = []
    diverged_at = None
    for rows in minibatches:
        with np.errstate(over="ignore", invalid="ignore"):  # what is not finite ends the run
            loss = _gradient(parameters, phis, x[rows], labels[rows], out=slope)
            velocity *= mu
            velocity -= rate * slope.vector
            moved = parameters.vector + velocity
        if not (math.isfinite(loss) and np.isfinite(moved).all()):
            diverged_at = len(losses) + 1
            break
        parameters.vector[:] = moved
        losses.append(loss)
        if progress is not None:
            progress(len(losses), loss)
    return Run(parameters.weights, parameters.biases, np.array(losses), diverged_at)
