"""Layers that start by handing on what they get: the identity matrix, and the kernel that copies channels."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import choose, float_type, sizes
from weightinit.fans import ALIASES, LAYOUTS
from weightinit.sampling import Array
from weightinit.schemes.constant import held, zeros


def identity(shape: Sequence[int], gain: float = 1.0, dtype: DTypeLike = np.float32) -> Array:
    """Make a multiple of the identity matrix.

    `W[i, j] = gain` if `i == j`, else 0.

    Args:
        shape: two sizes in either order, as the transpose is of the same form; they may differ.
        gain: what stands on the diagonal; finite, and within the range of the dtype.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, of which every singular value is |gain|: with gain 1 a square one keeps
        each vector, and each gradient, as it is. Outputs beyond the inputs are 0, inputs beyond the outputs are
        dropped.

    Assumes:
        The recurrent weights of ReLU units, whose state is never negative: without input they hand it on unchanged
        over any number of steps.

    Raises:
        TypeError: a shape that is no tuple or list of integers, a `gain` that is no number, another dtype.
        ValueError: not two sizes, a size below 1, a `gain` that is not finite or that the dtype cannot hold.

    Source:
        `le2015`.

    Examples:
        >>> identity((2, 3), gain=0.5)
        array([[0.5, 0. , 0. ],
               [0. , 0.5, 0. ]], dtype=float32)
    """
    checked = sizes("shape", shape, least=2)
    if len(checked) > 2:
        raise ValueError(f"shape must be a tuple of exactly 2 positive integers, got {shape!r}: see dirac for kernels")
    weights = zeros(checked, dtype)
    np.fill_diagonal(weights, held("gain", gain, float_type(dtype)))
    return weights


def dirac(shape: Sequence[int], *, layout: str = "out_in", dtype: DTypeLike = np.float32) -> Array:
    """Make a convolution kernel whose outputs copy the inputs.

    `W[i, i, *centre] = 1`, else 0, with `centre = (k - 1) // 2` for each kernel size k.

    Args:
        shape: sizes of the kernel, three or more, in the order of `layout`.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype. Output i of a convolution with stride 1 and padding "same" is input i;
        outputs beyond the inputs are 0.

    Assumes:
        Padding "same", which puts (k - 1) // 2 zeros before and k // 2 after each axis. For odd k that is the
        middle; for even k PyTorch's `dirac_` takes k // 2, which shifts by one under this padding.

    Raises:
        TypeError: a shape that is no tuple or list of integers, another dtype.
        ValueError: fewer than three sizes, a size below 1, an unknown layout.

    Source:
        `zagoruyko2017`.

    Examples:
        >>> dirac((2, 1, 3))
        array([[[0., 1., 0.]],
        <BLANKLINE>
               [[0., 0., 0.]]], dtype=float32)
    """
    checked = sizes("shape", shape, least=3)
    kernel_first = choose("layout", layout, LAYOUTS, ALIASES) == "in_out"
    weights = zeros(checked, dtype)
    view = np.moveaxis(weights, (-1, -2), (0, 1)) if kernel_first else weights
    outputs, inputs, *kernel = view.shape
    copied = np.arange(min(outputs, inputs))
    view[copied, copied, *((k - 1) // 2 for k in kernel)] = 1
    return weights
