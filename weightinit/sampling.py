"""The primitives: standard normal and symmetric uniform numbers, drawn from a generator that is given."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from weightinit._errors import sizes

Array: TypeAlias = NDArray[np.floating[Any]]


def _generator(rng: object) -> np.random.Generator:
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a NumPy Generator such as np.random.default_rng(0), got {rng!r}")
    return rng


def _float_type(dtype: object) -> type[np.float32] | type[np.float64]:
    message = f"dtype must be float32 or float64, got {dtype!r}"
    if dtype is None:  # NumPy reads None as float64, which nobody asked for
        raise TypeError(message)
    try:
        named = np.dtype(dtype)  # type: ignore[call-overload]
    except TypeError:
        raise TypeError(message) from None
    if named == np.float16:
        raise TypeError(f"{message}: draw in float32, then round with .astype(np.float16)")
    if named == np.float32:
        return np.float32
    if named == np.float64:
        return np.float64
    raise TypeError(message)


def normal(shape: Sequence[int], *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Array:
    """Draw independent standard normal numbers.

    `W ~ N(0, 1)`.

    Args:
        shape: sizes of the array, one or more positive integers.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1.

    Assumes:
        Nothing.

    Raises:
        TypeError: a shape that is no tuple or list of integers, an `rng` that is no Generator, another dtype.
        ValueError: no sizes, or a size below 1.

    Source:
        NumPy's ziggurat method, `numpy.random.Generator.standard_normal`.

    Examples:
        >>> drawn = normal((256, 784), rng=np.random.default_rng(0))
        >>> drawn.shape, str(drawn.dtype)
        ((256, 784), 'float32')
    """
    drawn: Array = _generator(rng).standard_normal(sizes("shape", shape, least=1), dtype=_float_type(dtype))
    return drawn


def uniform(shape: Sequence[int], *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Array:
    """Draw independent uniform numbers between -1 and 1.

    `W ~ U(-1, 1)`.

    Args:
        shape: sizes of the array, one or more positive integers.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, limit 1, mean 0, variance 1/3; -1 can occur, 1 cannot.

    Assumes:
        Nothing.

    Raises:
        TypeError: a shape that is no tuple or list of integers, an `rng` that is no Generator, another dtype.
        ValueError: no sizes, or a size below 1.

    Source:
        The variance of U(-b, b) is b**2 / 3: the integral of w**2 / (2 * b) from -b to b.

    Examples:
        >>> drawn = uniform((256, 784), rng=np.random.default_rng(0))
        >>> bool(abs(drawn).max() <= 1), str(drawn.dtype)
        (True, 'float32')
    """
    drawn: Array = _generator(rng).random(sizes("shape", shape, least=1), dtype=_float_type(dtype))
    drawn *= 2
    drawn -= 1
    return drawn
