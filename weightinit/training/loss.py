"""The loss of a classifier and where it comes from: labels, logits, softmax cross-entropy."""

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from weightinit.network.arrays import float_array
from weightinit.sampling import Array

Labels: TypeAlias = NDArray[np.integer[Any]]


def checked_labels(got: object, samples: int, classes: int) -> Labels:
    expected = f"labels must be an integer array of shape ({samples},)"
    if not isinstance(got, np.ndarray) or not np.issubdtype(got.dtype, np.integer):
        raise TypeError(f"{expected}, got {got.dtype if isinstance(got, np.ndarray) else type(got).__name__}")
    if got.shape != (samples,):
        raise ValueError(f"{expected}, got shape {got.shape}")
    low, high = int(got.min()), int(got.max())
    if low < 0 or high >= classes:
        raise ValueError(f"labels must lie between 0 and {classes - 1}, got {low if low < 0 else high}")
    return got


def cross_entropy(logits: Array, labels: Labels) -> tuple[float, Array]:
    """Compute the softmax cross-entropy of a batch, and its gradient.

    `L = mean(log(sum_k(exp(z_k))) - z_label)`, `dL/dz = (softmax(z) - onehot(label)) / batch`.

    Args:
        logits: z, the outputs of a linear last layer, shape (batch, classes).
        labels: the right classes, integers from 0 to classes - 1, shape (batch,).

    Returns:
        The loss, a float at least 0 in nats, and its gradient, an array of the shape and dtype of `logits`.
        Equal logits give the loss log(classes).

    Assumes:
        Nothing.

    Raises:
        TypeError: `logits` is no float32 or float64 array, `labels` no array of integers.
        ValueError: shapes that do not fit, a label that is no class, logits that are not finite or too far
            apart for their dtype.

    Source:
        The chain rule.

    Examples:
        >>> loss, gradient = cross_entropy(np.zeros((1, 10)), np.array([3]))
        >>> round(loss, 9), gradient.round(12)[0, :5].tolist()
        (2.302585093, [0.1, 0.1, 0.1, -0.9, 0.1])
    """
    checked_labels(labels, *float_array("logits", logits, "batch", "classes").shape)
    loss, gradient = softmax_loss(logits, labels)
    if not math.isfinite(loss):
        raise ValueError(f"the loss left the range of {logits.dtype}: expected finite logits that are closer together")
    return loss, gradient


def softmax_loss(logits: Array, labels: Labels) -> tuple[float, Array]:
    # the computation alone, for arguments that are known to fit
    each = np.arange(labels.size)
    with np.errstate(over="ignore", invalid="ignore"):  # a loss that is not finite says it
        shifted = logits - logits.max(axis=1, keepdims=True)  # so that exp cannot overflow
        gradient: Array = np.exp(shifted)
        total = gradient.sum(axis=1, keepdims=True)
        loss = float(np.mean(np.log(total[:, 0]) - shifted[each, labels], dtype=np.float64))
    gradient /= total
    gradient[each, labels] -= 1
    gradient /= labels.size
    return loss, gradient
