"""Schemes: each is one rule, Var[W] = c / (in_share * fan_in + out_share * fan_out)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import DTypeLike

from weightinit._errors import choose, number, size
from weightinit.fans import fans
from weightinit.sampling import Array, normal, uniform

DISTRIBUTIONS = ("normal", "uniform")
DISTRIBUTION_ALIASES = {"gaussian": "'normal'"}
MODES = ("fan_in", "fan_out")


@dataclass(frozen=True)
class Scheme:
    """One rule, `Var[W] = c / (in_share * fan_in + out_share * fan_out)`, and where it comes from.

    Attributes:
        name: by which the scheme is called.
        c: numerator of the rule; for "he" with a slope it is divided by `1 + a**2`.
        in_share: weight of the fan-in in the denominator.
        out_share: weight of the fan-out in the denominator.
        assumes: what the derivation takes for granted, in words.
        source: bibliography key, or the place in words.
        distribution: what `initialize` draws unless told otherwise.
    """

    name: str
    c: float
    in_share: float
    out_share: float
    assumes: str
    source: str
    distribution: str = "normal"


SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme("xavier", 2.0, 1.0, 1.0, "activations that are close to the identity around 0", "glorot2010"),
        Scheme("he", 2.0, 1.0, 0.0, "ReLU or leaky ReLU activations", "he2015"),
        Scheme("lecun", 1.0, 1.0, 0.0, "inputs with mean 0 and variance 1", "lecun1998"),
        Scheme("fan_in_uniform", 1 / 3, 1.0, 0.0, "nothing: a habit", "PyTorch, torch.nn.Linear", "uniform"),
    )
}
_FAMILIES = {"xavier": "xavier", "glorot": "xavier", "he": "he", "kaiming": "he", "lecun": "lecun"}
ALIASES = {
    **{alias: repr(name) for alias, name in _FAMILIES.items()},
    **{
        f"{alias}_{drawn}": f"{name!r} with distribution={drawn!r}"
        for alias, name in _FAMILIES.items()
        for drawn in DISTRIBUTIONS
    },
    "random_normal": "the function random_normal",
    "random_uniform": "the function random_uniform",
}


class HeParams(TypedDict, total=False):
    """What only "he" can be told: the slope `a` of a leaky ReLU (0.0) and the `mode` ("fan_in")."""

    a: float
    mode: str


def _rule(name: str, params: HeParams) -> Scheme:
    scheme = SCHEMES[choose("scheme", name, SCHEMES, ALIASES)]
    accepted = ("a", "mode") if name == "he" else ()
    for param in params:
        if param not in accepted:
            expected = " or ".join(accepted) or "no parameters; only 'he' has a and mode"
            raise TypeError(f"scheme {name!r} takes no {param!r}: expected {expected}")
    a = number("a", params.get("a", 0.0))
    if choose("mode", params.get("mode", "fan_in"), MODES) == "fan_out":
        scheme = replace(scheme, in_share=scheme.out_share, out_share=scheme.in_share)
    return replace(scheme, c=scheme.c / (1 + a * a))


def variance(scheme: str, fan_in: int, fan_out: int, **params: Unpack[HeParams]) -> float:
    """Compute the variance that a scheme gives to each weight.

    `Var[W] = c / (in_share * fan_in + out_share * fan_out)`; for "he" `c = 2 / (1 + a**2)`.

    Args:
        scheme: one of `SCHEMES`: "xavier", "he", "lecun", "fan_in_uniform".
        fan_in: number of inputs of a unit, a positive integer.
        fan_out: number of outputs of a unit, a positive integer.
        **params: for "he" only: `a`, the slope of a leaky ReLU, 0.0 if not given, and `mode`, which of the
            two fans counts, "fan_in" if not given, or "fan_out".

    Returns:
        The variance, a float.

    Assumes:
        What `SCHEMES[scheme].assumes` says.

    Raises:
        TypeError: a name that is no string, a fan that is no integer, an `a` that is no number, a parameter
            that the scheme does not take.
        ValueError: an unknown scheme or mode, a fan below 1, an `a` that is not finite.

    Source:
        `glorot2010`, `he2015`, `lecun1998`: see `SCHEMES[scheme].source`.

    Examples:
        >>> variance("he", 784, 256) == 2 / 784
        True
        >>> variance("xavier", 100, 60)
        0.0125
    """
    rule = _rule(scheme, params)
    return rule.c / (rule.in_share * size("fan_in", fan_in) + rule.out_share * size("fan_out", fan_out))


def std(scheme: str, fan_in: int, fan_out: int, **params: Unpack[HeParams]) -> float:
    """Compute the standard deviation that a scheme gives to each weight.

    `std = sqrt(Var[W])`.

    Args:
        scheme: one of `SCHEMES`.
        fan_in: number of inputs of a unit, a positive integer.
        fan_out: number of outputs of a unit, a positive integer.
        **params: for "he" only: `a` and `mode`, as in `variance`.

    Returns:
        The standard deviation, a float.

    Assumes:
        What `SCHEMES[scheme].assumes` says.

    Raises:
        TypeError: as `variance`.
        ValueError: as `variance`.

    Source:
        As `variance`.

    Examples:
        >>> round(std("he", 784, 256), 9)
        0.050507627
    """
    return math.sqrt(variance(scheme, fan_in, fan_out, **params))


def bound(scheme: str, fan_in: int, fan_out: int, **params: Unpack[HeParams]) -> float:
    """Compute the limit b of the uniform distribution U(-b, b) that has the scheme's variance.

    `b = sqrt(3) * std`, because the variance of U(-b, b) is `b**2 / 3`.

    Args:
        scheme: one of `SCHEMES`.
        fan_in: number of inputs of a unit, a positive integer.
        fan_out: number of outputs of a unit, a positive integer.
        **params: for "he" only: `a` and `mode`, as in `variance`.

    Returns:
        The limit, a float.

    Assumes:
        What `SCHEMES[scheme].assumes` says.

    Raises:
        TypeError: as `variance`.
        ValueError: as `variance`.

    Source:
        As `variance`.

    Examples:
        >>> round(bound("xavier", 100, 50), 12)
        0.2
    """
    return math.sqrt(3) * std(scheme, fan_in, fan_out, **params)


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
        distribution = _rule(scheme, params).distribution
    fan_in, fan_out = fans(shape, layout)
    if choose("distribution", distribution, DISTRIBUTIONS, DISTRIBUTION_ALIASES) == "normal":
        return std(scheme, fan_in, fan_out, **params) * normal(shape, rng=rng, dtype=dtype)
    return bound(scheme, fan_in, fan_out, **params) * uniform(shape, rng=rng, dtype=dtype)


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
    return initialize(
        "he", shape, rng=rng, distribution="uniform", layout=layout, dtype=dtype, a=a, mode=mode
    )


def lecun_normal(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw normal weights that keep the variance of a linear layer going forward.

    `W ~ N(0, 1 / fan_in)`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1 / fan_in.

    Assumes:
        Inputs have mean 0 and variance 1; the variance is kept by a linear layer.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `lecun1998`.

    Examples:
        >>> round(std("lecun", 784, 256), 9)
        0.035714286
    """
    return initialize("lecun", shape, rng=rng, distribution="normal", layout=layout, dtype=dtype)


def lecun_uniform(
    shape: Sequence[int],
    *,
    rng: np.random.Generator,
    layout: str = "out_in",
    dtype: DTypeLike = np.float32,
) -> Array:
    """Draw uniform weights that keep the variance of a linear layer going forward.

    `W ~ U(-b, b)`, `b = sqrt(3 / fan_in)`.

    Args:
        shape: sizes of the weight array, two or more, in the order of `layout`.
        rng: a NumPy generator, which is advanced.
        layout: "out_in" or "in_out", as in `fans`.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1 / fan_in.

    Assumes:
        Inputs have mean 0 and variance 1; the variance is kept by a linear layer.

    Raises:
        TypeError: as `initialize`.
        ValueError: as `initialize`.

    Source:
        `lecun1998`.

    Examples:
        >>> round(bound("lecun", 784, 256), 9)
        0.061858957
    """
    return initialize("lecun", shape, rng=rng, distribution="uniform", layout=layout, dtype=dtype)


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


def _scaled(name: str, factor: float, drawn: Array) -> Array:
    factor = number(name, factor, at_least=0)
    if factor * factor > float(np.finfo(drawn.dtype).max):
        raise ValueError(f"{name} must have a square that {drawn.dtype} can hold, got {factor!r}")
    drawn *= factor
    return drawn


def random_normal(
    shape: Sequence[int], std: float = 0.01, *, rng: np.random.Generator, dtype: DTypeLike = np.float32
) -> Array:
    """Draw normal weights of a fixed standard deviation.

    `W ~ N(0, std**2)`.

    Args:
        shape: sizes of the array, one or more positive integers; no fans are needed.
        std: standard deviation of a weight; finite, at least 0.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance std**2.

    Assumes:
        Nothing: the size of the layer plays no part, which is the trouble with it.

    Raises:
        TypeError: as `normal`, or a `std` that is no number.
        ValueError: as `normal`, or a `std` that is negative or not finite.

    Source:
        The default 0.01 is that of JAX, `jax.nn.initializers.normal`.

    Examples:
        >>> random_normal((256, 784), std=0.02, rng=np.random.default_rng(0)).shape
        (256, 784)
    """
    return _scaled("std", std, normal(shape, rng=rng, dtype=dtype))


def random_uniform(
    shape: Sequence[int], limit: float = 0.05, *, rng: np.random.Generator, dtype: DTypeLike = np.float32
) -> Array:
    """Draw uniform weights between two fixed limits.

    `W ~ U(-limit, limit)`.

    Args:
        shape: sizes of the array, one or more positive integers; no fans are needed.
        limit: largest absolute value of a weight; finite, at least 0.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance limit**2 / 3.

    Assumes:
        Nothing: the size of the layer plays no part, which is the trouble with it.

    Raises:
        TypeError: as `normal`, or a `limit` that is no number.
        ValueError: as `normal`, or a `limit` that is negative or not finite.

    Source:
        The default 0.05 is that of Keras, `keras.initializers.RandomUniform`.

    Examples:
        >>> weights = random_uniform((256, 784), limit=0.25, rng=np.random.default_rng(0))
        >>> bool(abs(weights).max() <= 0.25)
        True
    """
    return _scaled("limit", limit, uniform(shape, rng=rng, dtype=dtype))
