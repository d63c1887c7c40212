"""Activation functions and their derivatives match their definitions, and their moments are right to twelve digits.
활성화 함수와 도함수가 정의와 같고, 정규 분포를 따르는 입력에 대한 적률이 열두 자리까지 맞는지 확인합니다."""

import math
import re
import warnings
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit

from weightinit import (
    ACTIVATIONS,
    Activation,
    _quadrature,
    activation,
    backward_gain,
    convention_gain,
    gain,
    mean_square,
    mean_square_slope,
)
from weightinit.activations import ALIASES

NAMES = list(ACTIVATIONS)
ENTRY_POINTS = [activation, mean_square, mean_square_slope, gain, backward_gain, convention_gain]
X = np.linspace(-6, 6, 48)  # without 0
DEFINITIONS = {
    "linear": lambda x: x,
    "tanh": lambda x: (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1),
    "sigmoid": expit,
    "relu": lambda x: np.where(x > 0, x, 0),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.01 * x),
}


def test_the_registry_is_the_documented_one():
    assert NAMES == ["linear", "tanh", "sigmoid", "relu", "leaky_relu"]
    for name, record in ACTIVATIONS.items():
        assert record.name == name and activation(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_their_definitions(name):
    for record in (ACTIVATIONS[name], activation(name)):
        np.testing.assert_allclose(record.f(X), DEFINITIONS[name](X), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_derivatives_agree_with_central_differences(name):
    f, df, step = ACTIVATIONS[name].f, ACTIVATIONS[name].df, 1e-5
    np.testing.assert_allclose(df(X), (f(X + step) - f(X - step)) / (2 * step), atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_shape_and_type_are_kept_and_nothing_overflows(name, dtype):
    x = np.array([[-1e4, -1.0, 0.0], [1.0, 100.0, 1e4]], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for result in (ACTIVATIONS[name].f(x), ACTIVATIONS[name].df(x)):
            assert result.dtype == dtype and result.shape == x.shape and np.isfinite(result).all()


def test_the_kink_takes_the_slope_from_the_left():
    zero = np.zeros(1)
    assert ACTIVATIONS["relu"].df(zero) == 0 and ACTIVATIONS["leaky_relu"].df(zero) == 0.01
    assert activation("leaky_relu", a=-3).df(zero) == -3


def test_slope_of_leaky_relu():
    leaky = activation("leaky_relu", 0.2)
    assert leaky.f(np.array([-2.0, 2.0])).tolist() == [-0.4, 2.0]
    assert leaky.df(np.array([-2.0, 2.0])).tolist() == [0.2, 1.0]
    np.testing.assert_array_equal(activation("leaky_relu", a=0).f(X), ACTIVATIONS["relu"].f(X))


# E over z ~ N(0, 1): leaky ReLU keeps half of the second moment, and a**2 of the other half.
CLOSED = {"linear": 1.0, "relu": 0.5, "leaky_relu": (1 + 0.01**2) / 2}
SCALES = [1e-12, 0.3, 1.0, 7.0, 1e4, 1e12]


@pytest.mark.parametrize("q", SCALES)
@pytest.mark.parametrize("name", CLOSED)
def test_moments_agree_with_closed_forms(name, q):
    assert mean_square(name, q) == pytest.approx(CLOSED[name] * q, rel=1e-12, abs=0)
    assert mean_square_slope(name, q) == pytest.approx(CLOSED[name], rel=1e-12, abs=0)


@pytest.mark.parametrize("a", [-1.0, 0.0, 0.2, 1.0, math.sqrt(5), 40.0])
def test_moments_of_leaky_relu_agree_with_the_closed_form(a):
    assert mean_square("leaky_relu", 3, a) == pytest.approx(3 * (1 + a * a) / 2, rel=1e-12)
    assert mean_square_slope("leaky_relu", 3, a) == pytest.approx((1 + a * a) / 2, rel=1e-12)
    assert gain("leaky_relu", a) == pytest.approx(math.sqrt(2 / (1 + a * a)), rel=1e-12)
    assert backward_gain("leaky_relu", a) == pytest.approx(gain("leaky_relu", a), rel=1e-12)
    assert convention_gain("leaky_relu", a) == pytest.approx(gain("leaky_relu", a), rel=1e-12)


@lru_cache
def by_quad(name, which, q):
    function = getattr(ACTIVATIONS[name], which)

    def integrand(z):
        density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        return float(function(np.array(math.sqrt(q) * z))) ** 2 * density

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that 1e-14 is out of reach of rounding
        halves = [
            quad(integrand, *ends, epsabs=1e-14, epsrel=1e-14, limit=200) for ends in ((-12, 0), (0, 12))
        ]
        return sum(value for value, _ in halves)


@pytest.mark.parametrize("q", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("name", NAMES)
def test_moments_agree_with_adaptive_quadrature(name, q):
    assert mean_square(name, q) == pytest.approx(by_quad(name, "f", q), rel=1e-12, abs=1e-12)
    assert mean_square_slope(name, q) == pytest.approx(by_quad(name, "df", q), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("q", [1e10, 1e40, 1e200])
def test_very_large_second_moments_meet_their_limits(q):
    # For large q the derivative is a spike: E[phi'(sqrt(q) z)**2] -> density(0) / sqrt(q) * (phi'**2 summed).
    spike = 1 / math.sqrt(2 * math.pi * q)
    assert mean_square_slope("tanh", q) == pytest.approx(spike * 4 / 3, rel=1e-9)
    assert mean_square_slope("sigmoid", q) == pytest.approx(spike / 6, rel=1e-9)
    assert mean_square("tanh", q) == pytest.approx(1 - 2 * spike, abs=1e-9)
    assert mean_square("sigmoid", q) == pytest.approx(0.5, abs=1e-5)


def test_zero_second_moment():
    assert [mean_square(name, 0) for name in NAMES] == pytest.approx([0, 0, 0.25, 0, 0], abs=1e-15)
    limits = [1, 1, 1 / 16, 0.5, (1 + 0.01**2) / 2]
    assert [mean_square_slope(name, 0) for name in NAMES] == pytest.approx(limits, rel=1e-12)


def test_the_grid_is_the_documented_one():
    z, weights = _quadrature._z, _quadrature._weights
    assert (_quadrature.SMALLEST, _quadrature.STEP, _quadrature.LARGEST) == (1e-150, 1 / 16, 12)
    assert len(z) == len(weights) == 2 * 5578
    assert 12 * math.exp(-1 / 16) < z[-1] < 12 * math.exp(1 / 16) and np.array_equal(z, -z[::-1])
    assert weights.sum() == pytest.approx(1, abs=1e-14)


def test_default_second_moment_is_1_and_default_slope_is_a_hundredth():
    for moment in (mean_square, mean_square_slope):
        assert moment("tanh") == moment("tanh", 1.0) != moment("tanh", 2.0)
    for function in (gain, backward_gain, convention_gain):
        assert function("leaky_relu") == function("leaky_relu", 0.01) == pytest.approx(1.414142857, abs=5e-10)


@pytest.mark.parametrize(
    ("name", "forward", "backward"),
    [
        ("linear", 1.0, 1.0),
        ("tanh", 1.592537420, 1.467413592),
        ("sigmoid", 1.846228545, 4.722646086),
        ("relu", math.sqrt(2), math.sqrt(2)),
    ],
)
def test_gains(name, forward, backward):
    assert gain(name) == pytest.approx(forward, abs=5e-10)
    assert backward_gain(name) == pytest.approx(backward, abs=5e-10)
    assert type(gain(name)) is type(backward_gain(name)) is float


def test_second_moment_not_variance_gives_the_gain_of_relu():
    # negative control: the variance of ReLU's output, 1/2 - 1/(2 pi), would give 1.71286
    assert gain("relu") != pytest.approx(1 / math.sqrt(0.5 - 1 / (2 * math.pi)), abs=0.1)


def test_conventional_gains():
    assert [convention_gain(name) for name in NAMES[:4]] == [1.0, 5 / 3, 1.0, math.sqrt(2)]
    assert convention_gain("leaky_relu", 0.2) == pytest.approx(1.386750491, abs=5e-10)
    assert convention_gain("leaky_relu", math.sqrt(5)) == pytest.approx(0.577350269, abs=5e-10)
    assert convention_gain("tanh") != pytest.approx(gain("tanh"), abs=0.05)  # a convention, not the theory


def test_results_are_python_floats_whatever_the_type_of_the_slope():
    for function in ENTRY_POINTS[1:]:
        for slope in (np.float32(0.25), np.float64(0.25), 0.25):
            result = function("leaky_relu", a=slope)
            assert type(result) is float and result == function("leaky_relu", a=0.25)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("identity", "'linear'"),
        ("Tanh", "'tanh'"),
        ("logistic", "'sigmoid'"),
        ("rectifier", "'relu'"),
        ("lrelu", "'leaky_relu'"),
        ("leakyrelu", "'leaky_relu'"),
        ("leaky-relu", "'leaky_relu'"),
    ],
)
@pytest.mark.parametrize("function", ENTRY_POINTS)
def test_other_names_are_answered_with_the_name_used_here(function, name, nearest):
    expected = (
        f"unknown activation {name!r}: expected one of 'linear', 'tanh', 'sigmoid', 'relu', 'leaky_relu';"
        f" did you mean {nearest}?"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        function(name)


def test_the_names_of_other_libraries_are_all_known():
    assert list(ALIASES) == ["identity", "logistic", "lrelu", "leakyrelu", "rectifier"]


@pytest.mark.parametrize("function", ENTRY_POINTS)
def test_bad_slopes_are_refused(function):
    for slope in (math.nan, math.inf, -math.inf):
        with pytest.raises(ValueError, match=f"^a must be a finite number, got {slope}$"):
            function("leaky_relu", a=slope)
    for slope in ("0.1", None, True, 1j):
        with pytest.raises(TypeError, match=f"^a must be a finite number, got {re.escape(repr(slope))}$"):
            function("leaky_relu", a=slope)
    with pytest.raises(TypeError, match="^activation must be a name, got 3: expected one of 'linear'"):
        function(3)
    refused = "activation 'tanh' takes no slope, got a=0.2: only 'leaky_relu' has one"
    with pytest.raises(ValueError, match=f"^{refused}$"):
        function("tanh", a=0.2)


@pytest.mark.parametrize("moment", [mean_square, mean_square_slope])
def test_bad_second_moments_are_refused(moment):
    for q in (-1e-300, -1.0, math.nan, math.inf):
        with pytest.raises(ValueError, match=f"^q must be a finite number >= 0, got {q}$"):
            moment("tanh", q)
    for q in ("1", None, True, np.ones(2)):
        with pytest.raises(TypeError, match="^q must be a finite number >= 0, got "):
            moment("tanh", q)


def test_results_beyond_float64_are_refused_without_a_warning():
    expected = "^the second moment is too large for float64: expected smaller variances, sizes or moments$"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for moment in (mean_square, mean_square_slope):
            with pytest.raises(ValueError, match=expected):
                moment("leaky_relu", 1e308, a=1e200)


@settings(derandomize=True, deadline=None)
@given(q=st.floats(0, 1e300), name=st.sampled_from(NAMES))
def test_moments_are_finite_and_the_slope_of_every_activation_is_at_most_1(q, name):
    assert 0 <= mean_square(name, q) <= max(q, 1.0) * (1 + 1e-12)
    assert 0 < mean_square_slope(name, q) <= 1 + 1e-12


def test_a_record_cannot_be_changed():
    record = Activation("mine", np.tanh, np.cos)
    with pytest.raises(AttributeError):
        record.name = "other"
