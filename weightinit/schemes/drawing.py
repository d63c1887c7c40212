"""Drawing weights by a rule: the distribution is a matter of choice, the variance is not."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Unpack

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import choose, float_type
from weightinit.fans import fans
from weightinit.sampling import Array, normal, truncated_normal, uniform
from weightinit.schemes.registry import DISTRIBUTION_ALIASES, HeParams, rule_of

PRIMITIVES = {"normal": normal, "uniform": uniform, "truncated_normal": truncated_normal}


def initialize(
    scheme: str,
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    distribution: str | None = None,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
    **params: Unpack[HeParams],
) -> Array:
    """Draw a weight array by a scheme.

    `W = std * normal(shape)`, `W = bound * uniform(shape)` or `W = std * truncated_normal(shape)`.

    Args:
        scheme: one of `SCHEMES`.
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        distribution: "normal", "uniform" or "truncated_normal"; if not given, "uniform" for "fan_in_uniform",
            else "normal".
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.
        **params: for "he" only: `a` and `mode`, as in `variance`.

    Returns:
        Array of the given shape and dtype, independent entries with mean 0 and
        `variance(scheme, *fans(shape, layout), **params)`, whichever the distribution.

    Assumes:
        What `SCHEMES[scheme].assumes` says.

    Raises:
        TypeError: as `variance`, `fans` and `normal`.
        ValueError: as `variance` and `fans`, or an unknown distribution.

    Source:
        As `variance`.

    Examples:
        >>> weights = initialize("he", (256, 784), rng=np.random.default_rng(0))
        >>> weights.shape, str(weights.dtype)
        ((256, 784), 'float32')
    """
    rule = rule_of(scheme, params)
    spread = math.sqrt(rule.variance(*fans(shape, layout)))
    return draw(rule.distribution if distribution is None else distribution, shape, spread, rng, dtype)


# Weights of the standard deviation `spread`, whatever the distribution: U(-b, b) has it if b = sqrt(3) * spread.
def draw(distribution: str, shape: Sequence[int], spread: float, rng: np.random.Generator, dtype: DTypeLike) -> Array:
    primitive = PRIMITIVES[choose("distribution", distribution, PRIMITIVES, DISTRIBUTION_ALIASES)]
    if primitive is uniform:
        return scaled(primitive, shape, "limit", math.sqrt(3) * spread, rng, dtype)
    return scaled(primitive, shape, "std", spread, rng, dtype)


# The numbers of a primitive times `factor`, which is checked before anything is drawn.
def scaled(
    primitive: Callable[..., Array],
    shape: Sequence[int],
    name: str,
    factor: float,
    rng: np.random.Generator,
    dtype: DTypeLike,
) -> Array:
    kind = float_type(dtype)
    if factor * factor > float(np.finfo(kind).max):
        raise ValueError(f"{name} must have a square that {kind.__name__} can hold, got {factor!r}")
    drawn = primitive(shape, rng=rng, dtype=dtype)
    drawn *= factor  # in place: large arrays are slow to make, not to multiply
    return drawn
