"""The primitives: normal, uniform and truncated normal numbers, drawn from a generator that is given."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from weightinit._errors import float_type, generator, sizes
from weightinit.truncation import truncated_std

Array: TypeAlias = NDArray[np.floating[Any]]

CHUNK = 2**17  # numbers drawn at a time: what is passed from step to step stays in the processor's cache


def normal(shape: Sequence[int], *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Array:
    """Draw independent standard normal numbers.

    `W ~ N(0, 1)`, in pairs `r * cos(a)`, `r * sin(a)` with `r = sqrt(-2 * log(u))`, u ~ U(0, 1), a ~ U(-pi, pi).

    Args:
        shape: sizes of the array, one or more positive integers.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1. No number is larger than 6.67 in float32, 9.42 in
        float64, for u is at least 2**-32 or 2**-64: fewer than one in 10**10 or 10**20 would be.

    Assumes:
        Nothing.

    Raises:
        TypeError: a shape that is no tuple or list of integers, an `rng` that is no Generator, another dtype.
        ValueError: no sizes, or a size below 1.

    Source:
        Box and Muller (1958), `box1958`.

    Examples:
        >>> drawn = normal((256, 784), rng=np.random.default_rng(0))
        >>> drawn.shape, str(drawn.dtype)
        ((256, 784), 'float32')
    """
    source, axes = generator(rng), sizes("shape", shape, least=1)
    count = math.prod(axes)
    flat = np.empty(count + count % 2, float_type(dtype))  # whole pairs
    for chunk in _chunks(flat):
        _fill_normal(chunk, source)
    return flat[:count].reshape(axes)


def uniform(shape: Sequence[int], *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Array:
    """Draw independent uniform numbers between -1 and 1.

    `W ~ U(-1, 1)`.

    Args:
        shape: sizes of the array, one or more positive integers.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1/3; -1 can occur and, by rounding, so can 1.

    Assumes:
        Nothing.

    Raises:
        TypeError: as `normal`.
        ValueError: as `normal`.

    Source:
        The variance of U(-b, b) is b**2 / 3: the integral of w**2 / (2 * b) from -b to b.

    Examples:
        >>> drawn = uniform((256, 784), rng=np.random.default_rng(0))
        >>> bool(abs(drawn).max() <= 1), str(drawn.dtype)
        (True, 'float32')
    """
    source, axes = generator(rng), sizes("shape", shape, least=1)
    flat = np.empty(math.prod(axes), float_type(dtype))
    for chunk in _chunks(flat):
        _fill_uniform(chunk, source)
    return flat.reshape(axes)


def truncated_normal(shape: Sequence[int], *, rng: np.random.Generator, dtype: DTypeLike = np.float32) -> Array:
    """Draw independent normal numbers without the tails, stretched so that the variance is 1 all the same.

    `W = Z / truncated_std(2)`, Z ~ N(0, 1) given that `abs(Z) <= 2`.

    Args:
        shape: sizes of the array, one or more positive integers.
        rng: a NumPy generator, which is advanced.
        dtype: float32 or float64.

    Returns:
        Array of the given shape and dtype, mean 0, variance 1; no number is larger than 2 / truncated_std(2).

    Assumes:
        Nothing.

    Raises:
        TypeError: as `normal`.
        ValueError: as `normal`.

    Source:
        Keras and JAX cut at two standard deviations too, `VarianceScaling` and `variance_scaling`.

    Examples:
        >>> drawn = truncated_normal((256, 784), rng=np.random.default_rng(0))
        >>> round(2 / truncated_std(2), 4), bool(abs(drawn).max() < 2.2737)
        (2.2737, True)
    """
    source, axes = generator(rng), sizes("shape", shape, least=1)
    flat = np.empty(math.prod(axes), float_type(dtype))
    candidates, done = np.empty(CHUNK, flat.dtype), 0
    while missing := flat.size - done:
        # 95 in 100 lie inside: with 6 in 100 to spare, and some, what is missing is drawn in one go
        tried = candidates[: 2 * (missing // 2 + missing // 32 + 16)]
        _fill_normal(tried, source)
        inside = tried[np.abs(tried) <= 2][:missing]
        np.divide(inside, truncated_std(2), out=flat[done : done + inside.size])
        done += inside.size
    return flat.reshape(axes)


def _chunks(flat: Array) -> Iterator[Array]:
    return (flat[start : start + CHUNK] for start in range(0, flat.size, CHUNK))


def _fill_uniform(chunk: Array, rng: np.random.Generator) -> None:
    """Whole-range integers as wide as the numbers, and one multiplication."""
    integers = rng.integers(-(2**63), 2**63, size=-(-chunk.nbytes // 8)).view(f"i{chunk.itemsize}")
    unit = 2.0 ** (1 - 8 * chunk.itemsize)
    np.multiply(integers[: chunk.size], unit, out=chunk, dtype=chunk.dtype, casting="same_kind")


def _fill_normal(chunk: Array, rng: np.random.Generator) -> None:
    """Box and Muller: two uniform numbers make a radius and an angle, and these two normal numbers, in place."""
    _fill_uniform(chunk, rng)
    radius, angle = chunk.reshape(2, chunk.size // 2)
    np.abs(radius, out=radius)
    radius += 2.0 ** (-8 * chunk.itemsize)  # half a unit of the integers: the logarithm of 0 cannot occur
    np.log(radius, out=radius)
    radius *= -2
    np.sqrt(radius, out=radius)
    angle *= math.pi
    cosine = np.cos(angle)
    np.sin(angle, out=angle)
    angle *= radius
    radius *= cosine
