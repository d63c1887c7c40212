"""A random network: one weight array for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import number, sizes
from weightinit.sampling import Array
from weightinit.schemes.drawing import draw, initialize
from weightinit.schemes.registry import HeParams


def random_network(
    widths: Sequence[int],
    scheme: str | float,
    *,
    rng: np.random.Generator,
    distribution: str | None = None,
    dtype: DTypeLike = np.float32,
    **params: Unpack[HeParams],
) -> list[Array]:
    """Draw the weights of a dense network without biases.

    `W_l = initialize(scheme, (widths[l], widths[l-1]))`, or weights of one fixed standard deviation.

    Args:
        widths: sizes of the input and of the L layers, L + 1 positive integers.
        scheme: one of `SCHEMES`, or a number: the standard deviation of every weight, at least 0.
        rng: a NumPy generator, which is advanced.
        distribution: "normal", "uniform" or "truncated_normal"; if not given, "uniform" for
            "fan_in_uniform", else "normal".
        dtype: float32 or float64.
        **params: for "he" only: `a` and `mode`, as in `variance`.

    Returns:
        List of L arrays of shape (widths[l], widths[l-1]), mean 0, variance as in `initialize`, or
        `scheme**2` if a number is given.

    Assumes:
        What `SCHEMES[scheme].assumes` says.

    Raises:
        TypeError: as `initialize`, or `a` or `mode` beside a number.
        ValueError: as `initialize`, fewer than two widths, or a number that is negative or not finite.

    Source:
        As `variance`.

    Examples:
        >>> [w.shape for w in random_network((784, 256, 10), "he", rng=np.random.default_rng(0))]
        [(256, 784), (10, 256)]
    """
    layers = sizes("widths", widths, least=2)
    shapes = [(layers[layer], layers[layer - 1]) for layer in range(1, len(layers))]
    if isinstance(scheme, str):
        return [
            initialize(scheme, shape, rng=rng, distribution=distribution, dtype=dtype, **params) for shape in shapes
        ]
    std = number("scheme, unless it is a name of SCHEMES,", scheme, at_least=0)
    if params:
        raise TypeError(f"weights of one standard deviation take no {' or '.join(params)}: only 'he' does")
    drawn = "normal" if distribution is None else distribution
    return [draw(drawn, shape, std, rng, dtype) for shape in shapes]
