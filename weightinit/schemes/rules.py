"""What the rules say: variance, standard deviation and limit, exactly."""

import math
from typing import Unpack

from weightinit._errors import size
from weightinit.schemes.registry import HeParams, rule_of


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
    return rule_of(scheme, params).variance(size("fan_in", fan_in), size("fan_out", fan_out))


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
