"""Orthogonal initialization: a random rotation or reflection, which keeps the length of every signal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import float_type, scale
from weightinit.fans import fans
from weightinit.sampling import Array, normal

BLOCK = 64  # reflections that are applied at once: any number gives the same law, this one is fast


def orthogonal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    gain: float = 1.0,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw orthonormal weights, uniform among all orthogonal matrices (Haar measure), times a gain.

    `W @ W.T = gain**2 * I` if `outputs <= fan_in`, else `W.T @ W = gain**2 * I`, where W has one row a unit.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`; the incoming weights of a unit,
            all kernel positions of a convolution together, are one row of W.
        rng: a NumPy generator, which is advanced.
        gain: every singular value of W, no unit; positive, its square in the range of `dtype`.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance gain**2 / max(outputs, fan_in). The entries are not
        independent: their mean square is this variance in every draw.

    Assumes:
        Nothing at `outputs = fan_in`: every length is kept, forward and backward. Otherwise forward only for
        more outputs, backward only for fewer. Saxe's theory is for linear layers.

    Raises:
        TypeError: as `fans` and `normal`, or a `gain` that is no number.
        ValueError: as `fans`, or a `gain` that is not positive, not finite or out of range.

    Source:
        `saxe2014`; drawn by the method of Stewart (1980), `stewart1980`; `mezzadri2007` for the measure.

    Examples:
        >>> weights = orthogonal((3, 5), rng=np.random.default_rng(0), gain=2.0, dtype=np.float64)
        >>> bool(np.allclose(weights @ weights.T, 4 * np.eye(3)))
        True
    """
    fan_in = fans(shape, layout).fan_in
    rows, columns = (shape[0], fan_in) if layout == "out_in" else (fan_in, shape[-1])
    dtype = float_type(dtype)
    product = np.zeros((max(rows, columns), min(rows, columns)), dtype)
    _fill(product, scale("gain", gain, dtype), rng)
    return np.ascontiguousarray(product if product.shape == (rows, columns) else product.T).reshape(shape)


def _fill(product: Array, gain: float, rng: np.random.Generator) -> None:
    """Fill a tall array of zeros with the first columns of H[1] @ H[2] @ ... @ D * gain.

    H[k] is the reflection that takes a vector x, normal from place k on and zero before, onto the axis k; the
    diagonal D holds the signs of x[k]. This is, up to the sign, the Q of a normal matrix: what a reflection makes
    of the columns that follow is normal again, so that x is drawn instead of computed.

    Reflections are multiplied a block at a time (WY form): I - V @ T @ V.T with the reflected directions in V.
    """
    rows, columns = product.shape
    lower = np.tri(BLOCK, dtype=product.dtype)
    upper_half = lower.T - np.eye(BLOCK) / 2
    for start in reversed(range(0, columns, BLOCK)):
        part = product[start:, start:]
        count = min(BLOCK, columns - start)
        vectors = normal((rows - start, count), rng=rng, dtype=product.dtype)
        vectors[:count] *= lower[:count, :count]
        first = _diagonal(vectors)
        _diagonal(part)[:count] = np.copysign(gain, first)
        # The sign that avoids cancellation; zeros alone, which can be drawn, count as a multiple of the axis.
        lengths = np.maximum(np.linalg.norm(vectors, axis=0), np.finfo(vectors.dtype).tiny)
        first += np.copysign(lengths, first)
        vectors /= first.copy()
        # A block is orthogonal if and only if inv(T) + inv(T).T = V.T @ V: float32 here would lose half a digit.
        exact = vectors.astype(np.float64)
        t = np.linalg.inv((exact.T @ exact) * upper_half[:count, :count]).astype(product.dtype)
        part -= vectors @ (t @ (vectors.T @ part))


def _diagonal(matrix: Array) -> Array:
    """Return the main diagonal as a view that can be written to."""
    size = min(matrix.shape)
    view: Array = np.einsum("ii->i", matrix[:size, :size])
    return view
