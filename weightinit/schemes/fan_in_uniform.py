"""The uniform 1/sqrt(fan_in) heuristic: a habit, and PyTorch's default."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit.sampling import Array
from weightinit.schemes.drawing import initialize


def fan_in_uniform(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw uniform weights as PyTorch's linear and convolution layers do by default.

    `W ~ U(-b, b)`, `b = 1 / sqrt(fan_in)`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1 / (3 * fan_in).

    Assumes:
        Nothing: a habit, which shrinks the second moment to a third in each linear layer.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        The default of PyTorch, `torch.nn.Linear`.

    Examples:
        >>> round(bound("fan_in_uniform", 784, 256), 9)
        0.035714286
    """
    return initialize("fan_in_uniform", shape, rng=rng, distribution="uniform", layout=layout, dtype=dtype)
