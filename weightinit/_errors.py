"""Checks of arguments: a message says what was given, what was expected and, for a name, the nearest one."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Mapping
from numbers import Integral, Real
from types import MappingProxyType

import numpy as np

NO_ALIASES: Mapping[str, str] = MappingProxyType({})
FLOAT_TYPES = {np.dtype(kind): kind for kind in (np.float32, np.float64)}


def choose(kind: str, got: object, valid: Collection[str], aliases: Mapping[str, str] = NO_ALIASES) -> str:
    """Return the name `got` if it is valid; `aliases` maps names used elsewhere to what is said here."""
    if isinstance(got, str) and got in valid:
        return got
    phrases = {name: repr(name) for name in valid}
    expected = f"expected one of {', '.join(phrases.values())}"
    if not isinstance(got, str):
        raise TypeError(f"{kind} must be a name, got {got!r}: {expected}")
    phrases |= aliases
    near = difflib.get_close_matches(got.lower(), phrases)
    hint = f"; did you mean {phrases[near[0]]}?" if near else ""
    raise ValueError(f"unknown {kind} {got!r}: {expected}{hint}")


def size(name: str, got: object) -> int:
    """Return a positive integer; True and False are refused, although Python counts them as integers."""
    if isinstance(got, bool) or not isinstance(got, Integral):
        raise TypeError(f"{name} must be a positive integer, got {got!r}")
    if got < 1:
        raise ValueError(f"{name} must be a positive integer, got {got!r}")
    return int(got)


def sizes(name: str, got: object, least: int) -> tuple[int, ...]:
    """Return a tuple of at least `least` positive integers."""
    expected = f"{name} must be a tuple of at least {least} positive integers"
    if not isinstance(got, tuple | list):
        raise TypeError(f"{expected}, got {got!r}")
    if len(got) < least:
        raise ValueError(f"{expected}, got {got!r} with {len(got)}")
    return tuple(size(f"{name}[{axis}]", entry) for axis, entry in enumerate(got))


def number(name: str, got: object, *, at_least: float | None = None, above: float | None = None) -> float:
    """Return a finite float that is not smaller than `at_least` and is greater than `above`."""
    limit = f" >= {at_least:g}" if at_least is not None else f" > {above:g}" if above is not None else ""
    message = f"{name} must be a finite number{limit}, got {got!r}"
    if isinstance(got, bool) or not isinstance(got, Real):
        raise TypeError(message)
    try:
        value = float(got)
    except OverflowError:  # an integer of hundreds of digits
        value = math.inf
    too_small = (at_least is not None and value < at_least) or (above is not None and value <= above)
    if too_small or not math.isfinite(value):
        raise ValueError(message)
    return value


def finite(what: str, value: float) -> float:
    """Return a result unless it left the range of float64."""
    if not math.isfinite(value):
        raise ValueError(f"{what} is too large for float64: expected smaller variances, sizes or moments")
    return value


def generator(got: object) -> np.random.Generator:
    if not isinstance(got, np.random.Generator):
        raise TypeError(f"rng must be a NumPy Generator such as np.random.default_rng(0), got {got!r}")
    return got


def float_type(got: object) -> type[np.float32] | type[np.float64]:
    """Return one of the two types that weights may have."""
    named = None
    if got is not None:  # NumPy reads None as float64, which nobody asked for
        try:
            named = np.dtype(got)  # type: ignore[call-overload]
        except (TypeError, ValueError):
            named = None
    if named in FLOAT_TYPES:
        return FLOAT_TYPES[named]
    hint = ": draw in float32, then round with .astype(np.float16)" if named == np.float16 else ""
    raise TypeError(f"dtype must be float32 or float64, got {got!r}{hint}")


def scale(name: str, got: object, dtype: type[np.floating]) -> float:
    """Return a positive number; its square, which is a variance, is neither 0 nor infinite in the dtype."""
    value = number(name, got, above=0)
    limits = np.finfo(dtype)
    if not float(limits.tiny) <= value * value <= float(limits.max):
        raise ValueError(f"{name} must have a square that {limits.dtype} can hold, got {got!r}")
    return value
