"""Random weights of a fixed scale, whatever the size of the layer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import number
from weightinit.sampling import Array, normal, uniform


def _scaled(name: str, factor: float, drawn: Array) -> Array:
    factor = number(name, factor, at_least=0)
    if factor * factor > float(np.finfo(drawn.dtype).max):
        raise ValueError(f"{name} must have a square that {drawn.dtype} can hold, got {factor!r}")
    drawn *= factor
    return drawn


def random_normal(
    shape: Sequence[int], std: float = 0.01, *, rng: np.random.Generator, dtype: DTypeLike = np.float32
) -> Array:
    """Draw normal weights of a fixed standard deviation.

    `W ~ N(0, std**2)`.

    Args:
        shape: sizes of the array, one or more positive integers; no fans are needed.
        std: standard deviation of a weight; finite, at least 0.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance std**2.

    Assumes:
        Nothing: the size of the layer plays no part, which is the trouble with it.

    Raises:
        TypeError: as `normal`, or a `std` that is no number.
        ValueError: as `normal`, or a `std` that is negative or not finite.

    Source:
        The default 0.01 is that of JAX, `jax.nn.initializers.normal`.

    Examples:
        >>> random_normal((256, 784), std=0.02, rng=np.random.default_rng(0)).shape
        (256, 784)
    """
    return _scaled("std", std, normal(shape, rng=rng, dtype=dtype))


def random_uniform(
    shape: Sequence[int], limit: float = 0.05, *, rng: np.random.Generator, dtype: DTypeLike = np.float32
) -> Array:
    """Draw uniform weights between two fixed limits.

    `W ~ U(-limit, limit)`.

    Args:
        shape: sizes of the array, one or more positive integers; no fans are needed.
        limit: largest absolute value of a weight; finite, at least 0.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance limit**2 / 3.

    Assumes:
        Nothing: the size of the layer plays no part, which is the trouble with it.

    Raises:
        TypeError: as `normal`, or a `limit` that is no number.
        ValueError: as `normal`, or a `limit` that is negative or not finite.

    Source:
        The default 0.05 is that of Keras, `keras.initializers.RandomUniform`.

    Examples:
        >>> weights = random_uniform((256, 784), limit=0.25, rng=np.random.default_rng(0))
        >>> bool(abs(weights).max() <= 0.25)
        True
    """
    return _scaled("limit", limit, uniform(shape, rng=rng, dtype=dtype))
