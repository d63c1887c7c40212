"""One value for all weights: right for biases and the like, wrong for the weights of a hidden layer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import float_type, number, sizes
from weightinit.sampling import Array


def zeros(shape: Sequence[int], dtype: DTypeLike = np.float32) -> Array:
    """Make an array of zeros.

    `W = 0`.

    Args:
        shape: sizes of the array, one or more positive integers.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, variance 0.

    Assumes:
        Biases, the last layer of a residual branch, or a model without hidden layers. Two layers of zero weights
        in a row stop the gradient: with tanh or ReLU between them neither ever moves.

    Raises:
        TypeError: a shape that is no tuple or list of integers, another dtype.
        ValueError: no sizes, or a size below 1.

    Source:
        `zhang2019` for the last layer of a residual branch.

    Examples:
        >>> zeros((3,))
        array([0., 0., 0.], dtype=float32)
    """
    return np.zeros(sizes("shape", shape, least=1), float_type(dtype))


def ones(shape: Sequence[int], dtype: DTypeLike = np.float32) -> Array:
    """Make an array of ones.

    `W = 1`.

    Args:
        shape: sizes of the array, one or more positive integers.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, variance 0.

    Assumes:
        The gains of a normalization layer, which then changes nothing. For weights see `constant`.

    Raises:
        TypeError: as `zeros`.
        ValueError: as `zeros`.

    Source:
        The habit of every framework for the gains of a normalization layer.

    Examples:
        >>> ones((3,))
        array([1., 1., 1.], dtype=float32)
    """
    return np.ones(sizes("shape", shape, least=1), float_type(dtype))


def constant(shape: Sequence[int], value: float, dtype: DTypeLike = np.float32) -> Array:
    """Make an array of one value.

    `W = value`.

    Args:
        shape: sizes of the array, one or more positive integers.
        value: what stands in every place; finite, and within the range of the dtype.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, variance 0.

    Assumes:
        Biases or gains. If the weights of every layer are constant, all units of a hidden layer compute the same
        and get the same gradient: they stay equal however long they train, and the layer is worth one unit. The
        weights of a unit still come to differ from input to input, and random weights in the next layer would tell
        the units apart.

    Raises:
        TypeError: as `zeros`, or a `value` that is no number.
        ValueError: as `zeros`, or a `value` that is not finite or that the dtype cannot hold.

    Source:
        The chain rule: units with equal weights in and out have equal gradients.

    Examples:
        >>> constant((2, 3), 0.5)
        array([[0.5, 0.5, 0.5],
               [0.5, 0.5, 0.5]], dtype=float32)
    """
    kind = float_type(dtype)
    return np.full(sizes("shape", shape, least=1), held("value", value, kind), kind)


# A finite number that stays finite when it is rounded to float32.
def held(name: str, got: float, kind: type[np.float32] | type[np.float64]) -> float:
    value = number(name, got)
    with np.errstate(over="ignore"):
        rounded = kind(value)
    if not np.isfinite(rounded):
        raise ValueError(f"{name} must be a number that {kind.__name__} can hold, got {value!r}")
    return value
