"""What a trained classifier says, and how often it is right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from weightinit.activations import Activation
from weightinit.network.passes import forward
from weightinit.sampling import Array
from weightinit.training.loss import Labels, checked_labels


def predict(
    weights: Sequence[Array], biases: Sequence[Array] | None, x: Array, *, activation: str | Activation
) -> NDArray[np.intp]:
    """Name the class with the largest output for each sample.

    `argmax_k(z_k)`, where z is the output of the linear last layer.

    Args:
        weights: W_1, ..., W_L, each of shape (width l, width l-1).
        biases: b_1, ..., b_L, each of shape (width l,); zeros if None.
        x: the samples, shape (samples, width 0).
        activation: phi after every layer but the last, a name of `ACTIVATIONS` or an `Activation`.

    Returns:
        Array of integers from 0 to width L - 1, shape (samples,); of equal outputs the first wins.

    Assumes:
        The activation with which the network was trained.

    Raises:
        TypeError: as `forward`.
        ValueError: as `forward`.

    Source:
        The softmax keeps the order of its inputs.

    Examples:
        >>> predict([np.eye(2)], None, np.array([[3.0, -4.0], [-1.0, 2.0]]), activation="relu").tolist()
        [0, 1]
    """
    _, post = forward(x, weights, activation, biases, last="linear")
    classes: NDArray[np.intp] = post[-1].argmax(axis=1)
    return classes


def accuracy(
    weights: Sequence[Array],
    biases: Sequence[Array] | None,
    x: Array,
    labels: Labels,
    *,
    activation: str | Activation,
) -> float:
    """Compute the share of samples whose class is predicted rightly.

    `mean(predict(x) == labels)`.

    Args:
        weights: W_1, ..., W_L, each of shape (width l, width l-1).
        biases: b_1, ..., b_L, each of shape (width l,); zeros if None.
        x: the samples, shape (samples, width 0).
        labels: their classes, integers from 0 to width L - 1, shape (samples,).
        activation: phi after every layer but the last, a name of `ACTIVATIONS` or an `Activation`.

    Returns:
        A float between 0 and 1.

    Assumes:
        As `predict`.

    Raises:
        TypeError: as `predict`, or `labels` is no array of integers.
        ValueError: as `predict`, another number of labels than samples, a label that is no class.

    Source:
        The definition.

    Examples:
        >>> x = np.array([[3.0, -4.0], [-1.0, 2.0]])
        >>> accuracy([np.eye(2)], None, x, np.array([0, 0]), activation="relu")
        0.5
    """
    predicted = predict(weights, biases, x, activation=activation)
    return float(np.mean(predicted == checked_labels(labels, len(x), len(weights[-1]))))
