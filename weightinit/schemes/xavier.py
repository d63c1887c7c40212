"""Xavier initialization: a compromise between the forward and the backward pass."""

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
