"""Drawing weights by a rule: the distribution is a matter of choice, the variance is not."""

from collections.abc import Sequence
from typing import Unpack

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import choose
from weightinit.fans import fans
from weightinit.sampling import Array, normal, uniform
from weightinit.schemes.registry import DISTRIBUTION_ALIASES, DISTRIBUTIONS, HeParams, rule_of
from weightinit.schemes.rules import bound, std


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

    `W = std * normal(shape)` or `W = bound * uniform(shape)`.

    Args:
        scheme: one of `SCHEMES`.
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        distribution: "normal" or "uniform"; if not given, "uniform" for "fan_in_uniform", else "normal".
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
    if distribution is None:
        distribution = rule_of(scheme, params).distribution
    fan_in, fan_out = fans(shape, layout)
    if choose("distribution", distribution, DISTRIBUTIONS, DISTRIBUTION_ALIASES) == "normal":
        return std(scheme, fan_in, fan_out, **params) * normal(shape, rng=rng, dtype=dtype)
    return bound(scheme, fan_in, fan_out, **params) * uniform(shape, rng=rng, dtype=dtype)
