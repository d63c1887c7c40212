"""Xavier initialization: a compromise between the forward and the backward pass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit.sampling import Array
from weightinit.schemes.drawing import initialize


def xavier_normal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw normal weights whose variance is a compromise between the forward and the backward pass.

    `W ~ N(0, 2 / (fan_in + fan_out))`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 2 / (fan_in + fan_out).

    Assumes:
        The activation is close to the identity around 0, as linear and tanh are.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `glorot2010`, whose own form is the uniform one.

    Examples:
        >>> round(std("xavier", 784, 256), 9)
        0.043852901
    """
    return initialize("xavier", shape, rng=rng, distribution="normal", layout=layout, dtype=dtype)


def xavier_uniform(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw uniform weights whose variance is a compromise between the forward and the backward pass.

    `W ~ U(-b, b)`, `b = sqrt(6 / (fan_in + fan_out))`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 2 / (fan_in + fan_out).

    Assumes:
        The activation is close to the identity around 0, as linear and tanh are.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `glorot2010`.

    Examples:
        >>> round(bound("xavier", 784, 256), 9)
        0.075955453
    """
    return initialize("xavier", shape, rng=rng, distribution="uniform", layout=layout, dtype=dtype)


def xavier_truncated_normal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw truncated normal weights whose variance is a compromise between the forward and the backward pass.

    `W = std * z / truncated_std(2)`, `std = sqrt(2 / (fan_in + fan_out))`,
    z ~ N(0, 1) drawn again until |z| <= 2.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 2 / (fan_in + fan_out): that after cutting,
        so the limits are 2 / truncated_std(2) = 2.2737 standard deviations.

    Assumes:
        The activation is close to the identity around 0, as linear and tanh are.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `glorot2010` for the variance; what Keras and JAX call `glorot_normal` is this distribution.

    Examples:
        >>> drawn = xavier_truncated_normal((256, 784), rng=np.random.default_rng(0))
        >>> bool(abs(drawn).max() < 2.2737 * std("xavier", 784, 256))
        True
    """
    return initialize("xavier", shape, rng=rng, distribution="truncated_normal", layout=layout, dtype=dtype)
