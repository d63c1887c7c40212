"""Delta-orthogonal initialization: a convolution that starts as an orthogonal map of the channels at each place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import sizes
from weightinit.fans import fans
from weightinit.sampling import Array
from weightinit.schemes.orthogonal import orthogonal


def delta_orthogonal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    gain: float = 1.0,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw a convolution kernel that is orthogonal at its centre and zero elsewhere.

    `W[centre].T @ W[centre] = gain**2 * I`, where `W[centre]` has shape `(outputs, inputs)` and
    `centre = (k - 1) // 2` on each axis of k positions.

    Args:
        shape: sizes of the kernel, three or more, in the order of `layout`, with `inputs <= outputs`.
        rng: a NumPy generator, which is advanced.
        gain: factor on the length of every signal, no unit; positive, its square in the range of `dtype`.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance gain**2 / outputs at the centre, 0 elsewhere.

    Assumes:
        Stride 1 and as many places after the convolution as before (padding, or a circle of places).

    Raises:
        TypeError: as `orthogonal`.
        ValueError: as `orthogonal`, fewer than three sizes, or more inputs than outputs.

    Source:
        `xiao2018`.

    Examples:
        >>> kernel = delta_orthogonal((4, 2, 3, 3), rng=np.random.default_rng(0))
        >>> np.argwhere(kernel[0, 0]).tolist()
        [[1, 1]]
    """
    numbers = sizes("shape", shape, least=3)
    channels, kernel = (numbers[:2], numbers[2:]) if layout == "out_in" else (numbers[-2:], numbers[:-2])
    inputs, outputs = fans(channels, layout)
    if inputs > outputs:
        raise ValueError(
            f"shape {numbers} with layout {layout!r} has {inputs} inputs and {outputs} outputs:"
            " expected inputs <= outputs, for no map to fewer channels keeps every length"
        )
    matrix = orthogonal(channels, rng=rng, gain=gain, layout=layout, dtype=dtype)
    weights = np.zeros(numbers, matrix.dtype)
    matrices = np.moveaxis(weights, (0, 1), (-2, -1)) if layout == "out_in" else weights  # one at each position
    matrices[tuple((positions - 1) // 2 for positions in kernel)] = matrix
    return weights
