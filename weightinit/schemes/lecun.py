"""LeCun initialization: keeps the variance of a linear layer going forward."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit.sampling import Array
from weightinit.schemes.drawing import initialize


def lecun_normal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw normal weights that keep the variance of a linear layer going forward.

    `W ~ N(0, 1 / fan_in)`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1 / fan_in.

    Assumes:
        Inputs have mean 0 and variance 1; the variance is kept by a linear layer.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `lecun1998`.

    Examples:
        >>> round(std("lecun", 784, 256), 9)
        0.035714286
    """
    return initialize("lecun", shape, rng=rng, distribution="normal", layout=layout, dtype=dtype)


def lecun_uniform(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw uniform weights that keep the variance of a linear layer going forward.

    `W ~ U(-b, b)`, `b = sqrt(3 / fan_in)`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1 / fan_in.

    Assumes:
        Inputs have mean 0 and variance 1; the variance is kept by a linear layer.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `lecun1998`.

    Examples:
        >>> round(bound("lecun", 784, 256), 9)
        0.061858957
    """
    return initialize("lecun", shape, rng=rng, distribution="uniform", layout=layout, dtype=dtype)


def lecun_truncated_normal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw truncated normal weights that keep the variance of a linear layer going forward.

    `W = std * z / truncated_std(2)`, `std = sqrt(1 / fan_in)`,
    z ~ N(0, 1) drawn again until |z| <= 2.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1 / fan_in: that after cutting,
        so the limits are 2 / truncated_std(2) = 2.2737 standard deviations.

    Assumes:
        Inputs have mean 0 and variance 1; the variance is kept by a linear layer.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `lecun1998` for the variance; what Keras and JAX call `lecun_normal` is this distribution.

    Examples:
        >>> drawn = lecun_truncated_normal((256, 784), rng=np.random.default_rng(0))
        >>> bool(abs(drawn).max() < 2.2737 * std("lecun", 784, 256))
        True
    """
    return initialize("lecun", shape, rng=rng, distribution="truncated_normal", layout=layout, dtype=dtype)
