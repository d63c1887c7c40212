"""Random variables with few outcomes: expectations over them are exact sums, so identities hold to rounding."""

import math
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import weightinit as wi

from .grids import Deep, Pair
from .texmath import Indexed, Normal, Uniform

Array = NDArray[np.float64]

#: Mean 0 and variance 1, but neither symmetric nor of constant size: nothing beyond the first two moments is assumed.
STANDARD = (np.array([-0.5, 2.0]), np.array([0.8, 0.2]))

#: The standard deviation of pre-activations where a formula holds for any.
SPREAD = 1.5
#: The mean of weights that break the assumption of mean zero.
MEAN = 0.3


def joint(*parts: tuple[Array, Array]) -> tuple[list[Array], Array]:
    """All combinations of independent parts: the columns of outcomes, and the probability of each combination."""
    index = np.array(list(product(*(range(len(p)) for _, p in parts))))
    weights = np.prod([p[index[:, k]] for k, (_, p) in enumerate(parts)], axis=0)
    return [values[index[:, k]] for k, (values, _) in enumerate(parts)], weights


class Two(NamedTuple):
    """Two variables over the same outcomes."""

    x: Array
    y: Array
    weights: Array


@lru_cache
def two() -> Two:
    """Two independent variables, neither of mean zero."""
    (x, y), weights = joint(
        (np.array([-1.0, 0.5, 3.0]), np.array([0.5, 0.2, 0.3])),
        (np.array([-2.0, 1.0, 1.5]), np.array([0.1, 0.6, 0.3])),
    )
    return Two(x, y, weights)


class Layer(NamedTuple):
    """One layer as a random experiment: weights, inputs, what comes out, and the gradients on the way back."""

    w: Indexed
    x: Indexed
    z: Indexed
    delta: Indexed
    g: Indexed
    mean: float
    weights: Array


@lru_cache
def layer(pair: Pair, scheme: str = "xavier", shifted: bool = False) -> Layer:
    """Weights of the scheme's variance; inputs that depend on one another and lack mean zero; the package's z and g."""
    fan_in, fan_out = pair
    mean = MEAN if shifted else 0.0
    entries = [STANDARD] * (fan_in * fan_out)
    inputs = (
        np.array([[1.0, -2.0, 0.5], [0.3, 0.1, 2.0], [-1.0, 1.5, 0.2]])[:, :fan_in],
        np.array([0.5, 0.3, 0.2]),
    )
    above = (np.array([[0.5, -1.0, 0.3], [1.0, 2.0, -0.4]])[:, :fan_out], np.array([0.6, 0.4]))
    (*columns, x, delta), weights = joint(*entries, inputs, above)
    w = mean + wi.std(scheme, *pair) * np.stack(columns, axis=1).reshape(-1, fan_out, fan_in)
    z, g = np.empty((len(w), fan_out)), np.empty((len(w), fan_in))
    through = np.eye(fan_in)
    for k in range(len(w)):
        stack = [through, w[k]]
        pre, post = wi.forward(x[k : k + 1], stack, "linear")
        z[k] = post[-1][0]
        g[k] = wi.backward(stack, pre, delta[k : k + 1], "linear")[0][0]
    return Layer(_entries(w), _entries(x), _entries(z), _entries(delta), _entries(g), mean, weights)


def _entries(values: Array) -> Indexed:
    """Components by their 1-based index, each an array over the outcomes."""
    return Indexed(lambda *index: values[(slice(None), *(i - 1 for i in index))])


def mean_moment(inputs: Indexed, count: int, weights: Array) -> float:
    """The second moment of the inputs, averaged over all of them."""
    moments = [np.sum(weights * np.asarray(inputs.fn(i)) ** 2) for i in range(1, count + 1)]
    return float(np.mean(moments))


class Gaussian(NamedTuple):
    """A normal variable on a dense grid, with a variance that is not 1: a forgotten factor would show."""

    z: Array
    weights: Array


@lru_cache
def gaussian() -> Gaussian:
    """Dense and wide enough for the trapezoid rule to be exact to rounding."""
    z = np.linspace(-12.0, 12.0, 4800)  # an even count: no point at the kink of ReLU
    weights = np.exp(-(z**2) / 2)
    return Gaussian(SPREAD * z, weights / weights.sum())


def activation_moments(case: Deep, activation: str) -> Indexed:
    """m_l, the second moment of layer l's activations, with m_0 = 1: the package's pre-activations over one factor."""
    widths, variances = [case.width] * (case.depth + 2), [case.variance] * (case.depth + 1)
    profile = wi.forward_profile(widths, variances, activation)
    return Indexed(lambda level: float(profile[level] / wi.forward_factor(case.variance, case.width)))


def size_factor(variance: float, fan_in: int) -> float:
    """By what factor the size of a signal, the root of its second moment, grows in one layer."""
    return math.sqrt(wi.forward_factor(variance, fan_in))


def mean(kind: str, u: float, v: float) -> float:
    """The arithmetic or geometric mean."""
    return (u + v) / 2 if kind == "arithmetic" else math.sqrt(u * v)


def centered_normal(variance: float) -> Normal:
    """N(0, variance)."""
    return Normal(0.0, variance)


def symmetric_uniform(limit: float) -> Uniform:
    """U(-limit, limit)."""
    return Uniform(-limit, limit)
