"""Second moments behind an activation, and the gains made of them, are right to twelve digits; conventions stay apart.
활성화 함수를 거친 2차 적률과 그로부터 계산한 게인이 열두 자리까지 맞고 관례로 쓰는 게인과 구별되는지 확인합니다."""

import math
import warnings
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import erfcx

from tests.support import refused
from weightinit import (
    ACTIVATIONS,
    _quadrature,
    backward_gain,
    convention_gain,
    gain,
    mean_square,
    mean_square_slope,
)
from weightinit._functions import ALPHA, SCALE

NAMES = list(ACTIVATIONS)
MOMENTS = [mean_square, mean_square_slope]
GAINS = [gain, backward_gain, convention_gain]


# Second moments: closed forms, adaptive quadrature, limits


def partial_exp(k, q):
    """E[exp(k * x)] over the x < 0 alone, x ~ N(0, q)."""
    return erfcx(k * math.sqrt(q / 2)) / 2


def elu_square(q):
    return q / 2 + ALPHA**2 * (partial_exp(2, q) - 2 * partial_exp(1, q) + 0.5)


def gelu_square(q):  # E[x**2 Phi(x)**2], by parts twice
    return q / 4 + q / (2 * math.pi) * (math.atan2(q, math.sqrt(1 + 2 * q)) + 2 * q / ((1 + q) * math.sqrt(1 + 2 * q)))


def gelu_slope(q):
    twice = 2 * q / ((1 + q) * math.sqrt(1 + 2 * q)) + q / (1 + 2 * q) ** 1.5
    return 0.25 + (math.atan2(q, math.sqrt(1 + 2 * q)) + twice) / (2 * math.pi)


# E[phi(x)**2] and E[phi'(x)**2] for x ~ N(0, q).
CLOSED = {
    "linear": (lambda q: q, lambda q: 1.0),
    "relu": (lambda q: q / 2, lambda q: 0.5),
    "leaky_relu": (lambda q: q * (1 + 0.01**2) / 2, lambda q: (1 + 0.01**2) / 2),
    "elu": (
        lambda q: q / 2 + partial_exp(2, q) - 2 * partial_exp(1, q) + 0.5,
        lambda q: 0.5 + partial_exp(2, q),
    ),
    "selu": (lambda q: SCALE**2 * elu_square(q), lambda q: SCALE**2 * (0.5 + ALPHA**2 * partial_exp(2, q))),
    "gelu": (gelu_square, gelu_slope),
    "sin": (lambda q: 0.5 * (1 - math.exp(-2 * q)), lambda q: 0.5 * (1 + math.exp(-2 * q))),
}


@pytest.mark.parametrize("q", [1e-12, 0.3, 1.0, 7.0, 1e4, 1e12])
@pytest.mark.parametrize("name", CLOSED)
def test_moments_agree_with_closed_forms(name, q):
    square, slope = CLOSED[name]
    assert mean_square(name, q) == pytest.approx(square(q), rel=0, abs=1e-12 * max(1, q))
    assert mean_square_slope(name, q) == pytest.approx(slope(q), rel=0, abs=1e-12)


@pytest.mark.parametrize("q", [1e-12, 1.0, 1e12])
@pytest.mark.parametrize("name", ["linear", "relu", "leaky_relu"])
def test_moments_of_piecewise_linear_activations_are_proportional_to_q(name, q):
    assert mean_square(name, q) == pytest.approx(CLOSED[name][0](q), rel=1e-12, abs=0)


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
        return float(function(math.sqrt(q) * z)) ** 2 * density

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that 1e-14 is out of reach of rounding
        halves = [quad(integrand, *ends, epsabs=1e-14, epsrel=1e-14, limit=200) for ends in ((-12, 0), (0, 12))]
        return sum(value for value, _ in halves)


@pytest.mark.parametrize("q", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("name", NAMES)
def test_moments_agree_with_adaptive_quadrature(name, q):
    assert mean_square(name, q) == pytest.approx(by_quad(name, "f", q), rel=1e-12, abs=1e-12)
    assert mean_square_slope(name, q) == pytest.approx(by_quad(name, "df", q), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("q", [1e2, 1e4, 1e6])
def test_sin_is_right_where_the_grid_could_not_follow_it(q):
    step = 1 / math.sqrt(q) / 2  # of an evenly spaced sum, which is exact as long as it follows the oscillation
    z = np.arange(-12, 12, step)
    weights = step * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    for moment, function in ((mean_square, np.sin), (mean_square_slope, np.cos)):
        assert moment("sin", q) == pytest.approx(weights @ function(math.sqrt(q) * z) ** 2, rel=1e-12)
        # negative control: the grid of the others is good for small q only
        assert _quadrature.second_moment(function, 10) == pytest.approx(moment("sin", 10), rel=1e-12)
        assert abs(_quadrature.second_moment(function, q) - moment("sin", q)) > 1e-6


# The integral of phi'(x)**2 over all x.
SPIKES = {"sigmoid": 1 / 6, "tanh": 4 / 3, "lecun_tanh": 1.7159**2 * 2 / 3 * 4 / 3, "softsign": 2 / 3}
TOPS = {"linear": 1, "relu": 0.5, "elu": 0.5, "selu": SCALE**2 / 2, "gelu": 0.5, "silu": 0.5, "softplus": 0.5}


@pytest.mark.parametrize("q", [1e16, 1e40, 1e200])
def test_very_large_second_moments_meet_their_limits(q):
    # For large q the derivative is a spike: E[phi'(sqrt(q) z)**2] -> density(0) / sqrt(q) * (phi'**2 summed).
    spike = 1 / math.sqrt(2 * math.pi * q)
    for name, summed in SPIKES.items():
        assert mean_square_slope(name, q) == pytest.approx(spike * summed, rel=1e-9)
    assert mean_square("tanh", q) == pytest.approx(1 - 2 * spike, abs=1e-9)
    assert mean_square("sigmoid", q) == pytest.approx(0.5, abs=1e-7)
    assert mean_square("lecun_tanh", q) == pytest.approx(1.7159**2, abs=1e-7)
    assert mean_square("softsign", q) == pytest.approx(1, abs=1e-5)
    for name, top in TOPS.items():
        assert mean_square(name, q) == pytest.approx(q * top, rel=1e-7)
        assert mean_square_slope(name, q) == pytest.approx(top, rel=1e-7)
    assert mean_square("sin", q) == mean_square_slope("sin", q) == 0.5


def test_zero_second_moment():
    for name in NAMES:
        at_zero = {"sigmoid": 1 / 4, "softplus": math.log(2) ** 2}.get(name, 0)
        assert mean_square(name, 0) == pytest.approx(at_zero, abs=1e-15)
        below, above = ACTIVATIONS[name].df(np.array([-1e-200, 1e-200]))
        assert mean_square_slope(name, 0) == pytest.approx((below**2 + above**2) / 2, rel=1e-12)
    limits = {"relu": 0.5, "leaky_relu": (1 + 0.01**2) / 2, "selu": SCALE**2 * (1 + ALPHA**2) / 2, "gelu": 0.25}
    for name, limit in limits.items():
        assert mean_square_slope(name, 0) == pytest.approx(limit, rel=1e-12)


def test_the_grid_is_the_documented_one():
    z, weights = _quadrature._z, _quadrature._weights
    assert (_quadrature.SMALLEST, _quadrature.STEP, _quadrature.LARGEST) == (1e-150, 1 / 16, 12)
    assert len(z) == len(weights) == 2 * 5578
    assert 12 * math.exp(-1 / 16) < z[-1] < 12 * math.exp(1 / 16) and np.array_equal(z, -z[::-1])
    assert weights.sum() == pytest.approx(1, abs=1e-14)


@settings(derandomize=True, deadline=None)
@given(q=st.floats(0, 1e300), name=st.sampled_from(NAMES))
def test_moments_are_finite_and_within_the_steepest_slope(q, name):
    steepest = abs(ACTIVATIONS[name].df(np.linspace(-9, 9, 1001))).max() * (1 + 1e-4)
    at_zero = float(ACTIVATIONS[name].f(0.0))
    assert 0 <= mean_square(name, q) <= (at_zero + steepest * math.sqrt(q)) ** 2 * (1 + 1e-12)
    assert 0 < mean_square_slope(name, q) <= steepest**2


# Gains


@pytest.mark.parametrize(
    ("name", "forward", "backward"),
    [
        ("linear", 1.0, 1.0),
        ("sigmoid", 1.846228545, 4.722646086),
        ("tanh", 1.592537420, 1.467413592),
        ("lecun_tanh", 1.154369454, 1.115256893),
        ("softsign", 2.337533363, 2.095780609),
        ("relu", math.sqrt(2), math.sqrt(2)),
        ("leaky_relu", 1.414142857, 1.414142857),
        ("elu", 1.245198301, 1.223428558),
        ("selu", 1.0, 0.966025777),
        ("gelu", 1.533530441, 1.481114413),
        ("silu", 1.676532470, 1.623320258),
        ("softplus", 1.041866836, 1.846228545),
        ("sin", 1.520866623, 1.327250600),
    ],
)
def test_gains(name, forward, backward):
    assert gain(name) == pytest.approx(forward, abs=5e-10)
    assert backward_gain(name) == pytest.approx(backward, abs=5e-10)
    assert type(gain(name)) is type(backward_gain(name)) is float


def test_selu_keeps_mean_0_and_second_moment_1():
    mean = quad(lambda z: float(ACTIVATIONS["selu"].f(z)) * math.exp(-z * z / 2), -12, 12, points=[0])[0]
    assert mean == pytest.approx(0, abs=1e-12) and gain("selu") == pytest.approx(1, abs=1e-14)


def test_second_moment_not_variance_gives_the_gain_of_relu():
    # negative control: the variance of ReLU's output, 1/2 - 1/(2 pi), would give 1.71286
    assert gain("relu") != pytest.approx(1 / math.sqrt(0.5 - 1 / (2 * math.pi)), abs=0.1)


def test_gelu_at_1():
    assert mean_square("gelu") == pytest.approx(1 / 3 + 1 / (2 * math.pi * math.sqrt(3)), rel=1e-13)


def test_default_second_moment_is_1_and_default_slope_is_a_hundredth():
    for moment in MOMENTS:
        assert moment("tanh") == moment("tanh", 1.0) != moment("tanh", 2.0)
        assert moment("leaky_relu") == moment("leaky_relu", 1, 0.01)
    for function in GAINS:
        assert function("leaky_relu") == function("leaky_relu", 0.01) == pytest.approx(1.414142857, abs=5e-10)


CONVENTIONS = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": math.sqrt(2), "selu": 0.75}


def test_conventional_gains():
    assert {name: convention_gain(name) for name in CONVENTIONS} == CONVENTIONS
    assert convention_gain("leaky_relu", 0.2) == pytest.approx(1.386750491, abs=5e-10)
    assert convention_gain("leaky_relu", math.sqrt(5)) == pytest.approx(0.577350269, abs=5e-10)
    assert convention_gain("leaky_relu", 1e200) == pytest.approx(math.sqrt(2) * 1e-200, rel=1e-12)
    for name in ("sigmoid", "tanh", "selu"):  # conventions, not the theory
        assert convention_gain(name) != pytest.approx(gain(name), abs=0.05)


def test_where_there_is_no_convention_none_is_made_up():
    for name in set(NAMES) - set(CONVENTIONS) - {"leaky_relu"}:
        expected = (
            f"no convention for the gain of {name!r}: expected one of 'linear', 'sigmoid', 'tanh', 'relu',"
            f" 'leaky_relu', 'selu'; gain({name!r}) computes {gain(name):.6f}"
        )
        with refused(ValueError, expected):
            convention_gain(name)
    with pytest.raises(ValueError, match=r"gain\('gelu'\) computes 1\.533530$"):
        convention_gain("gelu")


# Bad input


def test_results_are_python_floats_whatever_the_type_of_the_slope():
    for function in (*MOMENTS, *GAINS):
        for slope in (np.float32(0.25), np.float64(0.25), 0.25):
            result = function("leaky_relu", a=slope)
            assert type(result) is float and result == function("leaky_relu", a=0.25)


@pytest.mark.parametrize("function", [*MOMENTS, *GAINS])
def test_bad_names_and_slopes_are_refused(function):
    with pytest.raises(ValueError, match=r"^unknown activation 'swish': .*; did you mean 'silu'\?$"):
        function("swish")
    with pytest.raises(TypeError, match="^activation must be a name, got 3: expected one of 'linear'"):
        function(3)
    for slope in (math.nan, math.inf, -math.inf):
        with refused(ValueError, f"a must be a finite number, got {slope}"):
            function("leaky_relu", a=slope)
    for slope in ("0.1", None, True, 1j):
        with refused(TypeError, f"a must be a finite number, got {slope!r}"):
            function("leaky_relu", a=slope)
    for name in ("tanh", "sin", "gelu"):
        with refused(ValueError, f"activation {name!r} takes no slope, got a=0.2: only 'leaky_relu' has one"):
            function(name, a=0.2)


@pytest.mark.parametrize("name", ["tanh", "sin"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_bad_second_moments_are_refused(moment, name):
    for q in (-1e-300, -1.0, math.nan, math.inf):
        with refused(ValueError, f"q must be a finite number >= 0, got {q}"):
            moment(name, q)
    for q in ("1", None, True, np.ones(2)):
        with pytest.raises(TypeError, match="^q must be a finite number >= 0, got "):
            moment(name, q)


def test_results_beyond_float64_are_refused_without_a_warning():
    for moment in MOMENTS:
        with refused(
            ValueError, "the second moment is too large for float64: expected smaller variances, sizes or moments"
        ):
            moment("leaky_relu", 1e308, a=1e200)
