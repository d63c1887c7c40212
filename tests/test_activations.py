"""Activation functions and their derivatives match their definitions, for every finite number and in its own type.
활성화 함수와 도함수가 유한한 모든 입력에 대해, 입력과 같은 자료형으로 정의와 같은 값을 내는지 확인합니다."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, ndtr

from tests.support import refused
from weightinit import ACTIVATIONS, Activation, _functions, activation
from weightinit.activations import ALIASES

NAMES = list(ACTIVATIONS)
X = np.linspace(-6, 6, 48)  # without 0
WIDE = np.linspace(-36, 36, 500)
ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805  # as printed in the paper on SELU
DEFINITIONS = {
    "linear": lambda x: x,
    "sigmoid": expit,
    "tanh": lambda x: (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1),
    "lecun_tanh": lambda x: 1.7159 * (1 - 2 / (np.exp(4 * x / 3) + 1)),
    "softsign": lambda x: np.where(x > 0, 1 - 1 / (1 + abs(x)), 1 / (1 + abs(x)) - 1),
    "relu": lambda x: np.where(x > 0, x, 0),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.01 * x),
    "elu": lambda x: np.where(x > 0, x, np.exp(x) - 1),
    "selu": lambda x: np.where(x > 0, SCALE * x, SCALE * ALPHA * (np.exp(x) - 1)),
    "gelu": lambda x: x * ndtr(x),
    "silu": lambda x: x * expit(x),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "sin": lambda x: np.exp(1j * x).imag,
}
SLOPES = {
    "linear": lambda x: np.ones_like(x),
    "sigmoid": lambda x: expit(x) * expit(-x),
    "tanh": lambda x: 1 / np.cosh(x) ** 2,
    "lecun_tanh": lambda x: 1.7159 * 2 / 3 / np.cosh(2 * x / 3) ** 2,
    "softsign": lambda x: 1 / (1 + abs(x)) ** 2,
    "relu": lambda x: np.where(x > 0, 1, 0),
    "leaky_relu": lambda x: np.where(x > 0, 1, 0.01),
    "elu": lambda x: np.where(x > 0, 1, np.exp(x)),
    "selu": lambda x: np.where(x > 0, SCALE, SCALE * ALPHA * np.exp(x)),
    "gelu": lambda x: ndtr(x) + x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
    "silu": lambda x: expit(x) * (1 + x * expit(-x)),
    "softplus": expit,
    "sin": lambda x: np.exp(1j * x).real,
}


def test_the_registry_is_the_documented_one():
    assert NAMES == list(DEFINITIONS) == list(SLOPES)
    for name, record in ACTIVATIONS.items():
        assert record.name == name and activation(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_functions_and_derivatives_are_their_definitions(name):
    for record in (ACTIVATIONS[name], activation(name)):
        for x in (X, WIDE):
            np.testing.assert_allclose(record.f(x), DEFINITIONS[name](x), rtol=1e-14, atol=1e-15)
            np.testing.assert_allclose(record.df(x), SLOPES[name](x), rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_derivatives_agree_with_central_differences(name):
    f, step = ACTIVATIONS[name].f, 0.01  # eighth order: the error is below step**8 times the ninth derivative / 630
    weights = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}
    differences = sum(w * (f(X + k * step) - f(X - k * step)) for k, w in weights.items()) / step
    np.testing.assert_allclose(ACTIVATIONS[name].df(X), differences, atol=1e-12)


def test_gelu_is_exact_in_its_tail_and_is_not_its_approximation():
    x = -np.linspace(0, 37, 2000)[1:]  # the error of exp(-x**2 / 2) grows with x**2
    tail = [math.erfc(-v / math.sqrt(2)) / 2 for v in x]
    assert (abs(_functions._normal_cdf(x) / tail - 1) <= 1e-15 * (4 + x**2)).all()
    np.testing.assert_allclose(ACTIVATIONS["gelu"].f(x), x * tail, rtol=1e-12, atol=0)
    approximation = X * (1 + np.tanh(math.sqrt(2 / math.pi) * (X + 0.044715 * X**3))) / 2
    assert 1e-4 < abs(ACTIVATIONS["gelu"].f(X) - approximation).max() < 1e-3


@pytest.mark.parametrize("name", ["sigmoid", "silu", "softplus", "elu"])
def test_small_results_keep_their_digits(name):
    x = np.float64([-30.0, -200.0, -700.0]) if name != "elu" else np.float64([-1e-5, -1e-10, -1e-300])
    exact = {"sigmoid": np.exp(x), "silu": x * np.exp(x), "softplus": np.exp(x), "elu": x + x * x / 2}
    np.testing.assert_allclose(ACTIVATIONS[name].f(x), exact[name], rtol=1e-9 if name == "elu" else 1e-12, atol=0)


def test_the_constants_of_selu_are_the_published_ones():
    assert pytest.approx(ALPHA, abs=1e-15) == _functions.ALPHA
    assert pytest.approx(SCALE, abs=1e-15) == _functions.SCALE


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_shape_and_type_are_kept_and_nothing_overflows(name, dtype):
    limits = np.finfo(dtype)
    tops = [1.0, 100.0, 1e4, 0.95 * limits.max, limits.tiny, limits.smallest_subnormal, 0.0]
    x = np.array([tops, np.negative(tops)], dtype)
    for function in (ACTIVATIONS[name].f, ACTIVATIONS[name].df):
        result = function(x)
        assert result.dtype == dtype and result.shape == x.shape and np.isfinite(result).all()
        assert function(x[:0]).shape == (0, 7) and function(x[0, 0]).shape == ()
        assert float(function(1.0)) == pytest.approx(function(np.ones(1, dtype))[0], rel=1e-6)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(x=st.floats(-(2.0**127), 2.0**127, width=32), name=st.sampled_from(NAMES))
def test_float32_is_as_good_as_float64(x, name):
    single, double = np.full(1, x, np.float32), np.full(1, x)
    for function in (ACTIVATIONS[name].f, ACTIVATIONS[name].df):
        assert function(single).dtype == np.float32
        np.testing.assert_allclose(function(single), function(double), rtol=1e-6, atol=1e-6)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(x=st.floats(-1.7e308, 1.7e308), name=st.sampled_from(NAMES))
def test_every_finite_number_has_a_finite_result(x, name):
    for function in (ACTIVATIONS[name].f, ACTIVATIONS[name].df):
        assert np.isfinite(function(np.full(1, x))).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_result_that_does_not_fit_is_not_silent(dtype):
    top = np.array([np.finfo(dtype).max], dtype)
    for record, x in ((ACTIVATIONS["selu"], top), (activation("leaky_relu", 2), -top)):
        with pytest.warns(RuntimeWarning, match="overflow"):
            record.f(x)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(ACTIVATIONS["selu"].f(top * dtype(0.951))).all()


def test_at_kinks_the_slope_from_the_left_counts():
    zero = np.zeros(1)
    assert ACTIVATIONS["relu"].df(zero) == 0 and ACTIVATIONS["leaky_relu"].df(zero) == 0.01
    assert activation("leaky_relu", a=-3).df(zero) == -3
    assert ACTIVATIONS["elu"].df(zero) == 1 and ACTIVATIONS["selu"].df(zero) == _functions.SCALE * _functions.ALPHA


def test_slope_of_leaky_relu():
    leaky = activation("leaky_relu", 0.2)
    assert leaky.f(np.array([-2.0, 2.0])).tolist() == [-0.4, 2.0]
    assert leaky.df(np.array([-2.0, 2.0])).tolist() == [0.2, 1.0]
    np.testing.assert_array_equal(activation("leaky_relu", a=0).f(X), ACTIVATIONS["relu"].f(X))


NEAREST = {
    "identity": "linear",
    "logistic": "sigmoid",
    "expit": "sigmoid",
    "scaled_tanh": "lecun_tanh",
    "soft_sign": "softsign",
    "rectifier": "relu",
    "lrelu": "leaky_relu",
    "leakyrelu": "leaky_relu",
    "swish": "silu",
    "soft_plus": "softplus",
    "sine": "sin",
}


@pytest.mark.parametrize(
    ("name", "nearest"),
    [*NEAREST.items(), ("Tanh", "tanh"), ("leaky-relu", "leaky_relu"), ("SiLU", "silu"), ("softplus ", "softplus")],
)
def test_other_names_are_answered_with_the_name_used_here(name, nearest):
    expected = (
        f"unknown activation {name!r}: expected one of 'linear', 'sigmoid', 'tanh', 'lecun_tanh', 'softsign', 'relu',"
        f" 'leaky_relu', 'elu', 'selu', 'gelu', 'silu', 'softplus', 'sin'; did you mean '{nearest}'?"
    )
    with refused(ValueError, expected):
        activation(name)


def test_the_names_of_other_libraries_are_all_known():
    assert {name: f"'{nearest}'" for name, nearest in NEAREST.items()} == ALIASES


def test_bad_slopes_are_refused():
    for slope in (math.nan, math.inf, -math.inf):
        with refused(ValueError, f"a must be a finite number, got {slope}"):
            activation("leaky_relu", a=slope)
    for slope in ("0.1", None, True, 1j):
        with refused(TypeError, f"a must be a finite number, got {slope!r}"):
            activation("leaky_relu", a=slope)
    with pytest.raises(TypeError, match="^activation must be a name, got 3: expected one of 'linear'"):
        activation(3)
    for name in set(NAMES) - {"leaky_relu"}:
        with refused(ValueError, f"activation {name!r} takes no slope, got a=0.2: only 'leaky_relu' has one"):
            activation(name, a=0.2)


def test_a_record_cannot_be_changed():
    record = Activation("mine", np.tanh, np.cos)
    with pytest.raises(AttributeError):
        record.name = "other"
