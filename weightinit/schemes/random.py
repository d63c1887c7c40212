"""Random weights of a fixed scale, whatever the size of the layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import number
from weightinit.sampling import Array, normal, truncated_normal, uniform
from weightinit.schemes.drawing import scaled


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
        ValueError: as `normal`, or a `std` that is negative, not finite or has a square beyond the dtype.

    Source:
        The default 0.01 is that of JAX, `jax.nn.initializers.normal`.

    Examples:
        >>> random_normal((256, 784), std=0.02, rng=np.random.default_rng(0)).shape
        (256, 784)
    """
    return scaled(normal, shape, "std", number("std", std, at_least=0), rng, dtype)


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
        ValueError: as `normal`, or a `limit` that is negative, not finite or has a square beyond the dtype.

    Source:
        The default 0.05 is that of Keras, `keras.initializers.RandomUniform`.

    Examples:
        >>> weights = random_uniform((256, 784), limit=0.25, rng=np.random.default_rng(0))
        >>> bool(abs(weights).max() <= 0.25)
        True
    """
    return scaled(uniform, shape, "limit", number("limit", limit, at_least=0), rng, dtype)


def random_truncated_normal(
    shape: Sequence[int], std: float = 0.02, *, rng: np.random.Generator, dtype: DTypeLike = np.float32
) -> Array:
    """Draw truncated normal weights of a fixed standard deviation.

    `W = std * z / truncated_std(2)`, z ~ N(0, 1) drawn again until |z| <= 2.

    Args:
        shape: sizes of the array, one or more positive integers; no fans are needed.
        std: standard deviation of a weight after cutting; finite, at least 0.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance std**2; the limits are
        2 / truncated_std(2) = 2.2737 standard deviations. Elsewhere `std` is that before cutting:
        `TruncatedNormal` of Keras and JAX has 0.8796 of it, and `trunc_normal_(std=0.02)` of PyTorch, which
        cuts at -2 and 2, cuts nothing.

    Assumes:
        Nothing: the size of the layer plays no part, which is the trouble with it.

    Raises:
        TypeError: as `truncated_normal`, or a `std` that is no number.
        ValueError: as `truncated_normal`, or a `std` that is negative, not finite or has a square beyond the dtype.

    Source:
        The default 0.02 is a habit of Transformers.

    Examples:
        >>> drawn = random_truncated_normal((256, 784), std=0.02, rng=np.random.default_rng(0))
        >>> bool(abs(drawn).max() < 2.2737 * 0.02)
        True
    """
    return scaled(truncated_normal, shape, "std", number("std", std, at_least=0), rng, dtype)
