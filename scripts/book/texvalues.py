"""What letters may stand for, and the rules by which expectations and integrals become sums."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Uniform:
    """The uniform distribution between `low` and `high`."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        return (self.high - self.low) ** 2 / 12


@dataclass(frozen=True)
class Normal:
    """The normal distribution with `mean` and `variance`."""

    mean: float
    variance: float


@dataclass(frozen=True)
class Indexed:
    """A symbol that takes indices: `fn(*indices)`, superscript indices first, is its value."""

    fn: Callable[..., object]


def element(value: object, indices: list[int]) -> object:
    """The value at 1-based `indices` of an Indexed, nested sequences or mappings; else LookupError."""
    if isinstance(value, Indexed) and indices:
        try:
            return value.fn(*indices)
        except TypeError as error:
            raise LookupError(str(error)) from error
    for index in indices:
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = dict(enumerate(value, 1))
        keys = sorted(value) if isinstance(value, Mapping) else []
        if not isinstance(value, Mapping) or index not in value:
            raise LookupError(f"index {index}: expected {f'one of {keys}' if keys else 'no index'}")
        value = value[index]
    return value


def gauss_rule() -> tuple[Array, Array]:
    """Nodes and weights of the expectation over z ~ N(0, 1): the trapezoid rule, dense and symmetric.

    No node lies at 0: a jump there (the slope of ReLU) is integrated exactly, a kink costs 4e-10.
    """
    step = 1e-4
    nodes = np.linspace(-12 + step / 2, 12 - step / 2, 240_000)
    return nodes, np.exp(-(nodes**2) / 2) * float(step / np.sqrt(2 * np.pi))


def trapezoid_rule(low: float, high: float) -> tuple[Array, Array]:
    """Nodes and weights of the integral from `low` to `high`."""
    nodes = np.linspace(low, high, 200_001)
    weights = np.full(nodes.size, (high - low) / (nodes.size - 1))
    weights[[0, -1]] /= 2
    return nodes, weights


def probabilities(weights: ArrayLike | None) -> Array | None:
    """`weights` as an array, (K,), that sums to one; ValueError if it is no such array."""
    if weights is None:
        return None
    array = np.asarray(weights, dtype=np.float64)
    if array.ndim != 1 or not np.all(array >= 0) or abs(array.sum() - 1) > 1e-9:
        raise ValueError(
            f"weights must be probabilities, (K,), with sum 1: got shape {array.shape}, sum {array.sum()}"
        )
    return array
