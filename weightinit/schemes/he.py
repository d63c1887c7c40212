"""He initialization: makes up for what ReLU drops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit.sampling import Array
from weightinit.schemes.drawing import initialize


def he_normal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
    a: float = 0.0,
    mode: str = "fan_in",
) -> Array:
    """Draw normal weights that make up for the half of the second moment that ReLU drops.

    `W ~ N(0, 2 / ((1 + a**2) * fan))`, where `fan` is the fan that `mode` names.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.
        a: slope of the leaky ReLU for negative inputs, no unit; 0 for ReLU.
        mode: "fan_in" keeps the second moment going forward, "fan_out" going backward.

    Returns:
        Array of the given shape and dtype, mean 0, variance 2 / ((1 + a**2) * fan).

    Assumes:
        The activation is ReLU, or leaky ReLU with slope `a`.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `he2015`.

    Examples:
        >>> round(std("he", 784, 256, mode="fan_out"), 9)
        0.088388348
    """
    return initialize("he", shape, rng=rng, distribution="normal", layout=layout, dtype=dtype, a=a, mode=mode)


def he_uniform(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
    a: float = 0.0,
    mode: str = "fan_in",
) -> Array:
    """Draw uniform weights that make up for the half of the second moment that ReLU drops.

    `W ~ U(-b, b)`, `b = sqrt(6 / ((1 + a**2) * fan))`, where `fan` is the fan that `mode` names.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.
        a: slope of the leaky ReLU for negative inputs, no unit; 0 for ReLU.
        mode: "fan_in" keeps the second moment going forward, "fan_out" going backward.

    Returns:
        Array of the given shape and dtype, mean 0, variance 2 / ((1 + a**2) * fan).

    Assumes:
        The activation is ReLU, or leaky ReLU with slope `a`.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `he2015`, which itself draws normal weights.

    Examples:
        >>> round(bound("he", 784, 256), 9)
        0.087481777
    """
    return initialize("he", shape, rng=rng, distribution="uniform", layout=layout, dtype=dtype, a=a, mode=mode)


def he_truncated_normal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
    a: float = 0.0,
    mode: str = "fan_in",
) -> Array:
    """Draw truncated normal weights that make up for the half of the second moment that ReLU drops.

    `W = std * z / truncated_std(2)`, `std = sqrt(2 / ((1 + a**2) * fan))`, where `fan` is the fan that `mode` names,
    z ~ N(0, 1) drawn again until |z| <= 2.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.
        a: slope of the leaky ReLU for negative inputs, no unit; 0 for ReLU.
        mode: "fan_in" keeps the second moment going forward, "fan_out" going backward.

    Returns:
        Array of the given shape and dtype, mean 0, variance 2 / ((1 + a**2) * fan): that after cutting,
        so the limits are 2 / truncated_std(2) = 2.2737 standard deviations.

    Assumes:
        The activation is ReLU, or leaky ReLU with slope `a`.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `he2015` for the variance; what Keras and JAX call `he_normal` is this distribution.

    Examples:
        >>> drawn = he_truncated_normal((256, 784), rng=np.random.default_rng(0))
        >>> bool(abs(drawn).max() < 2.2737 * std("he", 784, 256))
        True
    """
    return initialize("he", shape, rng=rng, distribution="truncated_normal", layout=layout, dtype=dtype, a=a, mode=mode)
