"""LeCun initialization: keeps the variance of a linear layer going forward."""

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
