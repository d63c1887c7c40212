"""Variance scaling: any rule that divides a number by a fan or by a mean of both."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import choose, number
from weightinit.fans import fans
from weightinit.sampling import Array
from weightinit.schemes.drawing import draw

MEANS: dict[str, Callable[[int, int], float]] = {
    "fan_in": lambda fan_in, fan_out: fan_in,
    "fan_out": lambda fan_in, fan_out: fan_out,
    "fan_avg": lambda fan_in, fan_out: (fan_in + fan_out) / 2,
    "fan_geo_avg": lambda fan_in, fan_out: math.sqrt(fan_in * fan_out),
}


def variance_scaling(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    scale: float = 1.0,
    mode: str = "fan_in",
    distribution: str = "normal",
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw weights by a rule of which numerator and denominator are chosen.

    `Var[W] = scale / n`, where n is the fan or the mean of both fans that `mode` names. Four choices have a name:

    - Xavier: `scale = 1`, `mode = "fan_avg"`;
    - He: `scale = 2`, `mode = "fan_in"`, with a slope `scale = 2 / (1 + a**2)`;
    - LeCun: `scale = 1`, `mode = "fan_in"`;
    - `fan_in_uniform`: `scale = 1 / 3`, `mode = "fan_in"`, `distribution = "uniform"`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        scale: what a layer multiplies a second moment by if n is its fan-in and it is linear; finite, above 0.
        mode: "fan_in", "fan_out", their mean "fan_avg" or their geometric mean "fan_geo_avg".
        distribution: "normal", "uniform" or "truncated_normal".
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance scale / n, whichever the distribution.

    Assumes:
        Nothing: what a rule assumes is a matter of its derivation.

    Raises:
        TypeError: as `fans` and `normal`, or a `scale` that is no number.
        ValueError: as `fans`, an unknown mode or distribution, a `scale` that is not finite or not above 0, or
            that makes a variance beyond the dtype.

    Source:
        `variance_scaling` of JAX, and `VarianceScaling` of Keras, which takes "normal" for the truncated one.

    Examples:
        >>> drawn = variance_scaling((256, 784), rng=np.random.default_rng(0), scale=2.0)
        >>> np.array_equal(drawn, he_normal((256, 784), rng=np.random.default_rng(0)))
        True
    """
    numerator = number("scale", scale, above=0)
    n = MEANS[choose("mode", mode, MEANS)](*fans(shape, layout))
    return draw(distribution, shape, math.sqrt(numerator / n), rng, dtype)
