"""The formulas of the activations and of their derivatives, in the dtype of x, written so that nothing overflows."""

import math

import numpy as np

from weightinit.sampling import Array


def sigmoid(x: Array) -> Array:
    value: Array = np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))  # both exponentials are at most 1
    return value


def sigmoid_slope(x: Array) -> Array:
    small: Array = np.exp(-np.abs(x))
    return small / (1 + small) ** 2


def tanh_slope(x: Array) -> Array:
    return 1 - np.tanh(x) ** 2


def lecun_tanh(x: Array) -> Array:
    value: Array = 1.7159 * np.tanh(2 / 3 * x)  # close to 1 at 1, and to -1 at -1
    return value


def lecun_tanh_slope(x: Array) -> Array:
    return 1.7159 * 2 / 3 * tanh_slope(2 / 3 * x)


def softsign(x: Array) -> Array:
    value: Array = x / (1 + np.abs(x))
    return value


def softsign_slope(x: Array) -> Array:
    value: Array = (1 / (1 + np.abs(x))) ** 2  # and not 1 / (...)**2, a square that could overflow
    return value


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def relu_slope(x: Array) -> Array:
    slope: Array = np.greater(x, 0).astype(np.result_type(x))  # np.heaviside takes many times as long
    return slope


def leaky_relu(x: Array, a: float) -> Array:
    return np.maximum(x, 0) + a * np.minimum(x, 0)


def leaky_relu_slope(x: Array, a: float) -> Array:
    right = relu_slope(x)
    return right + a * (1 - right)  # np.where takes several times as long


def elu(x: Array) -> Array:
    return np.maximum(x, 0) + np.expm1(np.minimum(x, 0))


def elu_slope(x: Array) -> Array:
    return np.exp(np.minimum(x, 0))


def _partial_exp(k: int) -> float:
    """E[exp(k * z)] over the z < 0 alone, z ~ N(0, 1): exp(k**2 / 2) * Phi(-k)."""
    return math.exp(k * k / 2) * math.erfc(k / math.sqrt(2)) / 2


# What makes (mean 0, second moment 1) a fixed point: ALPHA makes the mean 0, SCALE the second moment 1.
ALPHA = 1 / math.sqrt(2 * math.pi) / (1 / 2 - _partial_exp(1))
SCALE = 1 / math.sqrt(1 / 2 + ALPHA**2 * (_partial_exp(2) - 2 * _partial_exp(1) + 1 / 2))


def selu(x: Array) -> Array:
    return SCALE * (np.maximum(x, 0) + ALPHA * np.expm1(np.minimum(x, 0)))


def selu_slope(x: Array) -> Array:
    return SCALE * np.where(x > 0, 1, ALPHA * np.exp(-np.abs(x)))


# NumPy has no error function. For x > 0 and the standard normal Phi
#     Phi(-x) = x * exp(-x**2 / 2) / pi * (integral of exp(-t**2 / 2) / (x**2 + t**2), t from 0 to infinity),
# and the midpoint rule with this step gives it to 16 digits (Matta and Reichel 1971) once the pole at t = ix is
# accounted for: by adding 1 / (1 + exp(2 * pi * x / STEP)) while x < 2 * pi / STEP, and by nothing beyond.
STEP = 0.7
NODES = [(n + 0.5) * STEP for n in range(12)]


@np.errstate(over="ignore")  # where x**2 is infinite the result is 0, as it should be
def _density(x: Array) -> Array:
    value: Array = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    return value


@np.errstate(over="ignore")
def _normal_cdf(x: Array) -> Array:
    far = np.abs(x)
    integral = STEP * sum(math.exp(-t * t / 2) / (t * t + far * far) for t in NODES)
    pole = np.exp(-far * np.maximum(far, 2 * math.pi / STEP))  # beyond: exp(-x**2), next to nothing
    tail: Array = math.sqrt(2 / math.pi) * far * _density(far) * integral + pole / (1 + pole)
    return np.where(np.signbit(x), tail, 1 - tail)


def gelu(x: Array) -> Array:
    return x * _normal_cdf(x)


def gelu_slope(x: Array) -> Array:
    return _normal_cdf(x) + x * _density(x)


def silu(x: Array) -> Array:
    return x * sigmoid(x)


def silu_slope(x: Array) -> Array:
    return sigmoid(x) + x * sigmoid_slope(x)


def softplus(x: Array) -> Array:
    value: Array = np.logaddexp(x, 0)
    return value
