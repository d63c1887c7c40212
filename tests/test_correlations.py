"""The correlation map and its slope agree with closed forms, with adaptive quadrature and with real random networks.
상관 사상과 그 미분계수가 닫힌 식, 적응 구적법, 실제로 뽑은 신경망과 맞는지 확인합니다."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import dblquad
from scipy.special import erf

from tests.support import refused
from weightinit.activations import ACTIVATIONS, activation
from weightinit.mean_squares import mean_square, mean_square_slope
from weightinit.moments import _expectations
from weightinit.moments._expectations import mean_gap, mean_product, mean_slope_product, mean_square_growth, pair_mean
from weightinit.moments.correlations import chi, correlation_map
from weightinit.moments.layers import length_map
from weightinit.network.passes import forward
from weightinit.schemes.random import random_normal

NAMES = list(ACTIVATIONS)


CORRELATIONS = [-1, -1 + 1e-12, -0.7, -0.3, 0, 0.3, 0.5, 0.9, 1 - 1e-6, 1 - 1e-12, 1]
SCALES = [1e-12, 1, 30, 1e6, 1e12]
ODD = [
    name for name in NAMES if np.allclose(ACTIVATIONS[name].f(np.array([-2.0])), -ACTIVATIONS[name].f(np.array([2.0])))
]


# Closed forms


def product_mean(function, q, c):
    return pair_mean(np.multiply, function, q, math.acos(c))


def rectified(c):
    """E[|u| * |v|] for unit normal numbers of correlation c."""
    return 2 / math.pi * (math.sqrt(1 - c * c) + c * math.asin(c))


@pytest.mark.parametrize("q", [1e-12, 1, 1e12])
@pytest.mark.parametrize("c", CORRELATIONS)
def test_homogeneous_activations_agree_with_the_arc_cosine_kernel(c, q):
    kernel = (math.sqrt(1 - c * c) + c * (math.pi - math.acos(c))) / math.pi
    assert correlation_map(c, q, 2, "relu") == pytest.approx(kernel, abs=1e-12)
    assert chi(2, "relu", q, c) == pytest.approx((math.pi - math.acos(c)) / math.pi, abs=1e-12)
    assert correlation_map(c, q, 0.7, "linear") == pytest.approx(c, abs=1e-12)
    assert chi(0.7, "linear", q, c) == pytest.approx(0.7, abs=1e-12)
    for a in (-1.0, 0.3):  # a * u where u < 0, that is (1 + a) / 2 * u + (1 - a) / 2 * |u|
        even, odd = ((1 - a) / 2) ** 2, ((1 + a) / 2) ** 2
        mapped = (odd * c + even * rectified(c)) / (odd + even)
        assert correlation_map(c, q, 3, "leaky_relu", a=a) == pytest.approx(mapped, abs=1e-12)
        slope = odd + even * 2 / math.pi * math.asin(c)
        assert chi(3, "leaky_relu", q, c, a) == pytest.approx(3 * slope, abs=1e-12)


@pytest.mark.parametrize("c", CORRELATIONS)
def test_sin_agrees_with_its_closed_form(c):
    for q in (1e-12, 0.3, 5.0):
        size = math.exp(-q) * math.sinh(q)  # E[sin(u)**2]
        assert correlation_map(c, q, 3, "sin") == pytest.approx(math.sinh(q * c) / math.sinh(q), abs=1e-14)
        mapped = (3 * math.exp(-q) * math.sinh(q * c) + 0.2) / (3 * size + 0.2)
        assert correlation_map(c, q, 3, "sin", 0.2) == pytest.approx(mapped, abs=1e-14)
        assert chi(3, "sin", q, c) == pytest.approx(3 * math.exp(-q) * math.cosh(q * c), rel=1e-14)
    for q in (1e-12, 0.3, 1.0):  # the quadrature, where it can follow the oscillation
        assert product_mean(np.sin, q, c) == pytest.approx(math.exp(-q) * math.sinh(q * c), abs=1e-12)
        assert product_mean(np.cos, q, c) == pytest.approx(math.exp(-q) * math.cosh(q * c), abs=1e-12)


def test_sin_does_not_overflow():
    assert correlation_map(1, 1e6, 1, "sin") == 1 and correlation_map(-1, 1e6, 1, "sin") == -1
    assert correlation_map(0.5, 1e6, 1, "sin") == 0
    assert chi(2, "sin", 1e6) == pytest.approx(1, rel=1e-14) and chi(2, "sin", 1e6, 0.5) == 0


@pytest.mark.parametrize("q", SCALES)
@pytest.mark.parametrize("c", CORRELATIONS)
def test_the_quadrature_resolves_every_scale_of_the_error_function(c, q):
    # asin(x / y), written so that nothing is lost where x is close to y
    x, rest = 2 * q * c, math.sqrt((1 + 2 * q * (1 - c)) * (1 + 2 * q * (1 + c)))
    closed = 2 / math.pi * math.atan2(x, rest)
    assert product_mean(erf, q, c) == pytest.approx(closed, rel=1e-12, abs=1e-13)
    assert product_mean(lambda x: 2 / math.sqrt(math.pi) * np.exp(-x * x), q, c) == pytest.approx(
        4 / math.pi / rest, abs=1e-12
    )
    assert product_mean(np.sign, q, c) == pytest.approx(2 / math.pi * math.asin(c), abs=1e-12)
    assert product_mean(np.ones_like, q, c) == pytest.approx(1, abs=1e-13)


@pytest.mark.parametrize("gap", [1e-12, 1e-8, 1e-4, 0.3, 1.0, 2.0])
def test_small_gaps_keep_their_digits(gap):
    q, angle = 1.7, 2 * math.asin(math.sqrt(gap / 2))
    # sin(angle) - angle * cos(angle), by its series where the difference would lose digits
    segment = angle**3 / 3 * (1 - angle**2 / 10) if angle < 0.02 else math.sin(angle) - angle * math.cos(angle)
    assert mean_gap(activation("linear"), q, gap) == pytest.approx(q * gap, rel=1e-12)
    assert mean_gap(activation("relu"), q, gap) == pytest.approx(q / 2 * (gap - segment / math.pi), rel=1e-9)
    sin = pair_mean(lambda u, v: (u - v) ** 2 / 2, np.sin, q, angle)
    assert mean_gap(activation("sin"), q, gap) == pytest.approx(sin, rel=1e-9)
    if gap > 0.1:
        for name in NAMES:
            phi = activation(name)
            difference = mean_product(phi, q, 1.0) - mean_product(phi, q, 1 - gap)
            assert mean_gap(phi, q, gap) == pytest.approx(difference, abs=1e-12)
    far = -math.expm1(-1e6 * gap) * (1 if gap == 2 else 0.5)  # v = -u doubles it
    assert mean_gap(activation("sin"), 1e6, gap) == pytest.approx(far, rel=1e-14)


# Every activation


@pytest.mark.parametrize("q", [1e-12, 0.3, 1e6])
@pytest.mark.parametrize("name", NAMES)
def test_equal_inputs_stay_equal_and_opposite_ones_opposite(name, q):
    phi = activation(name)
    square = mean_square(name, q)
    assert mean_product(phi, q, 1.0) == pytest.approx(square, rel=1e-12)
    assert mean_slope_product(phi, q, 1.0) == pytest.approx(mean_square_slope(name, q), abs=1e-12)
    assert correlation_map(1, q, 1.3, name, 0.1) == pytest.approx(1, abs=1e-12)
    assert chi(1.3, name, q) == pytest.approx(1.3 * mean_square_slope(name, q), abs=1e-12)
    if name in ODD:
        assert mean_product(phi, q, -1.0) == pytest.approx(-square, rel=1e-12)
        assert mean_product(phi, q, 0.0) == pytest.approx(0, abs=1e-14 * square)
        mapped = (0.1 - 1.3 * square) / (0.1 + 1.3 * square)
        assert correlation_map(-1, q, 1.3, name, 0.1) == pytest.approx(mapped, abs=1e-12)


NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)


def test_rounding_does_not_leave_the_range():
    for name in ("linear", "relu", "elu", "silu"):
        for q in (0.3, 1.0, 3.0):
            assert 1 - 1e-13 < correlation_map(1, q, 2, name) <= 1
    assert -1 <= correlation_map(-1, 1, 2, "linear") < -1 + 1e-13


def by_halves(function, q):
    """E[function(sqrt(q) * z)] by Gauss's rule on either side of 0, where a kink may be."""
    z, density = 6 * (1 + NODES), 6 * WEIGHTS * np.exp(-18 * (1 + NODES) ** 2) / math.sqrt(2 * math.pi)
    return float((function(math.sqrt(q) * z) + function(-math.sqrt(q) * z)) @ density)


@pytest.mark.parametrize("name", NAMES)
def test_uncorrelated_inputs_give_the_square_of_the_mean(name):
    phi = activation(name)
    for q in (0.3, 4.0):
        assert mean_product(phi, q, 0.0) == pytest.approx(by_halves(phi.f, q) ** 2, abs=1e-12)
        assert mean_slope_product(phi, q, 0.0) == pytest.approx(by_halves(phi.df, q) ** 2, abs=1e-12)
        assert mean_product(phi, q, -1.0) == pytest.approx(
            by_halves(lambda x: phi.f(x) * phi.f(-x), q),
            abs=1e-12,
        )


SCALAR = {
    "tanh": (math.tanh, lambda x: 1 / math.cosh(x) ** 2),
    "gelu": (
        lambda x: x * math.erfc(-x / math.sqrt(2)) / 2,
        lambda x: math.erfc(-x / math.sqrt(2)) / 2 + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi),
    ),
}


@pytest.mark.parametrize(("name", "q", "c"), [("tanh", 1.7, 0.4), ("tanh", 0.6, -0.9), ("gelu", 1.3, -0.2)])
def test_adaptive_quadrature_is_of_the_same_opinion(name, q, c):
    root, s = math.sqrt(q), math.sqrt(1 - c * c)
    for function, found in zip(SCALAR[name], (mean_product, mean_slope_product), strict=True):

        def integrand(y, x, function=function):
            density = math.exp(-(x * x + y * y) / 2) / (2 * math.pi)
            return function(root * x) * function(root * (c * x + s * y)) * density

        expected, _ = dblquad(integrand, -9, 9, -9, 9, epsabs=1e-9)
        assert found(activation(name), q, c) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_chi_is_the_slope_of_the_map(name):
    q, weight, bias, step = 1.7, 1.3, 0.2, 1e-5
    stretch = q / length_map(q, weight, 1, name, bias)
    for c in (-0.6, 0.0, 0.7):
        ahead, behind = (correlation_map(c + d, q, weight, name, bias) for d in (step, -step))
        assert (ahead - behind) / (2 * step) == pytest.approx(chi(weight, name, q, c) * stretch, abs=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_the_length_map_grows_as_its_slope_says(name):
    for q in (1e-3, 0.3, 4.0, 1e5):
        step = 2e-4 * q
        difference = (mean_square(name, q + step) - mean_square(name, q - step)) / (2 * step)
        assert mean_square_growth(activation(name), q) == pytest.approx(difference, rel=2e-6, abs=1e-12)


def test_zero_second_moment():
    for name in ("sigmoid", "softplus"):
        assert correlation_map(-0.5, 0, 1, name) == pytest.approx(1, abs=1e-12)
    assert correlation_map(-0.5, 0, 1, "tanh", 0.1) == 1
    limits = {"linear": 1, "relu": 1 / 4 + math.asin(0.5) / (2 * math.pi), "sigmoid": 1 / 16, "sin": 1}
    for name, limit in limits.items():
        assert chi(1, name, 0, 0.5) == pytest.approx(limit, abs=1e-12)


# Known numbers


def test_relu_pulls_inputs_together():
    assert correlation_map(0, 1, 2, "relu") == pytest.approx(0.318309886, abs=5e-10)
    assert correlation_map(0.5, 1, 2, "relu") == pytest.approx(0.608997781, abs=5e-10)


def test_relu_inputs_become_alike_as_a_power_of_the_depth():
    closed = quadrature = 0.0
    for layer in range(1000):
        closed = (math.sqrt(1 - closed**2) + closed * (math.pi - math.acos(closed))) / math.pi
        if layer < 100:
            quadrature = correlation_map(quadrature, 1, 2, "relu")
            assert quadrature == pytest.approx(closed, abs=1e-12)
    assert (1 - closed) * 1000**2 == pytest.approx(43.1297, abs=5e-5)
    assert 9 * math.pi**2 / 2 == pytest.approx(44.4132198, abs=5e-8)


def test_q_and_c_of_1_no_bias_and_a_slope_of_a_hundredth_are_the_defaults():
    assert chi(2, "tanh") == chi(2, "tanh", 1.0, 1.0) != chi(2, "tanh", 1.1)
    assert correlation_map(0.3, 2, 1.5, "tanh") == correlation_map(0.3, 2, 1.5, "tanh", 0.0)
    assert correlation_map(0.3, 2, 1, "leaky_relu") == correlation_map(0.3, 2, 1, "leaky_relu", 0.0, 0.01)
    assert chi(2, "leaky_relu", c=0.2) == chi(2, "leaky_relu", c=0.2, a=0.01)


def test_results_are_python_floats():
    for kind in (np.float32, np.float64, float):
        assert type(correlation_map(kind(0.5), kind(1), kind(2), "relu", kind(0.5))) is float
        assert type(chi(kind(2), "relu", kind(1), kind(0.5))) is float


# Theory and experiment


@pytest.mark.parametrize(
    ("name", "weight", "bias"), [("relu", 2.0, 0.0), ("tanh", 2.5, 0.0), ("tanh", 1.3, 0.4), ("selu", 1.0, 0.1)]
)
def test_wide_networks_follow_the_map(name, weight, bias):
    c, width, rng = 0.3, 1500, np.random.default_rng(1)
    f = ACTIVATIONS[name].f

    def cosine(u, v):
        return np.mean(u * v) / math.sqrt(np.mean(u * u) * np.mean(v * v))

    # Weights of variance 1 make of these two inputs pre-activations with second moment 1 and correlation c.
    x = np.array([[1.0, 0.0], [c, math.sqrt(1 - c * c)]])
    weights = [random_normal((width, 2), 1.0, rng=rng, dtype=np.float64)]
    weights.append(random_normal((width, width), math.sqrt(weight / width), rng=rng, dtype=np.float64))
    biases = [np.zeros(width), random_normal((width,), math.sqrt(bias), rng=rng, dtype=np.float64)]
    (first, second), _ = forward(x, weights, name, biases)
    expected = correlation_map(c, 1.0, weight, name, bias)
    # Two errors, each of order width**-1/2. Given the first layer, the second has independent units of a correlation
    # whose own error is that of a ratio of means over the first: the standard deviation of the first-order terms.
    u, v = f(rng.multivariate_normal([0, 0], [[1, c], [c, 1]], 100_000).T)
    q_next = length_map(1.0, weight, 1, name, bias)
    first_order = weight * (u * v - expected * (u * u + v * v) / 2) / q_next
    error = math.sqrt((np.var(first_order) + (1 - expected**2) ** 2) / width)
    assert abs(cosine(*second) - expected) < 4 * error
    # negative control: the map of another activation is not met
    assert abs(cosine(*second) - correlation_map(c, 1.0, weight, "sigmoid", bias)) > 4 * error
    assert cosine(*first) == pytest.approx(c, abs=4 * (1 - c * c) / math.sqrt(width))


def test_the_rule_is_the_documented_one_and_made_at_its_first_use():
    (r, _), (y, _) = _expectations._radii(), _expectations._fractions()
    assert (len(r), len(y)) == (147, 2 * 107)
    assert r[0] == pytest.approx(1e-7) and 9.5 * math.exp(-1 / 8) < r[-1] < 9.5
    assert np.array_equal(np.sort(y), y) and y[:107] == pytest.approx(1 - y[:106:-1], abs=1e-15)
    code = "from weightinit.moments import _expectations as e; print(e._radii.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"0"


# What is refused


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_refused(bad):
    for function in (lambda: correlation_map(bad, 1, 1, "tanh"), lambda: chi(1, "tanh", c=bad)):
        with refused(ValueError, f"c must be a finite number, got {bad}"):
            function()


@pytest.mark.parametrize("bad", [1 + 1e-15, -1.5, 7])
def test_correlations_beyond_1_are_refused(bad):
    for function in (lambda: correlation_map(bad, 1, 1, "tanh"), lambda: chi(1, "tanh", c=bad)):
        with refused(ValueError, f"c must be a correlation from -1 to 1, got {bad!r}"):
            function()


@pytest.mark.parametrize("bad", [math.nan, math.inf, -1e-300])
def test_negative_moments_and_variances_are_refused(bad):
    for name, call in {
        "q": lambda: correlation_map(0, bad, 1, "tanh"),
        "sigma_w2": lambda: correlation_map(0, 1, bad, "tanh"),
        "sigma_b2": lambda: correlation_map(0, 1, 1, "tanh", bad),
    }.items():
        with refused(ValueError, f"{name} must be a finite number >= 0, got {bad}"):
            call()
    for name, call in {"q": lambda: chi(1, "tanh", bad), "sigma_w2": lambda: chi(bad, "tanh")}.items():
        with refused(ValueError, f"{name} must be a finite number >= 0, got {bad}"):
            call()


@pytest.mark.parametrize("bad", ["1", None, True, 1j])
def test_what_is_no_number_is_refused(bad):
    with refused(TypeError, f"c must be a finite number, got {bad!r}"):
        correlation_map(bad, 1, 1, "tanh")
    with refused(TypeError, f"sigma_w2 must be a finite number >= 0, got {bad!r}"):
        chi(bad, "tanh")


def test_unknown_activations_and_needless_slopes_are_refused():
    for call in (lambda **k: correlation_map(0, 1, 1, **k), lambda **k: chi(1, **k)):
        with pytest.raises(ValueError, match="^unknown activation 'lrelu'.*did you mean 'leaky_relu'"):
            call(activation="lrelu")
        with pytest.raises(ValueError, match="^activation 'tanh' takes no slope, got a=0.2"):
            call(activation="tanh", a=0.2)


def test_no_signal_has_no_correlation():
    for q, weight in ((0, 1), (1, 0), (1e-301, 1)):
        message = f"the next second moment is {q * weight:g}: expected at least 1e-300, a signal to correlate"
        with refused(ValueError, message):
            correlation_map(0.5, q, weight, "tanh")
    assert correlation_map(0.5, 2e-300, 1, "linear") == pytest.approx(0.5, abs=1e-12)
    assert correlation_map(0.5, 0, 0, "linear", 1e-300) == 1  # exactly the limit
    assert correlation_map(0.5, 1e-300, 1, "linear", 1e-300) == pytest.approx(0.75, abs=1e-12)


def test_results_beyond_float64_are_refused():
    suffix = "is too large for float64: expected smaller variances, sizes or moments"
    for what, call in {
        "the next second moment": lambda: correlation_map(0.5, 1e200, 1e200, "relu"),
        "the second moment": lambda: correlation_map(0.5, 1e308, 1, "leaky_relu", a=1e200),
        "the mean product": lambda: chi(1, "leaky_relu", a=1e200),
        "chi": lambda: chi(1e308, "leaky_relu", a=20),
    }.items():
        with refused(ValueError, f"{what} {suffix}"):
            call()


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    name=st.sampled_from(NAMES),
    q=st.floats(0, 1e300),
    weight=st.floats(0, 1e300),
    bias=st.floats(0, 1e300),
    c=st.floats(-1, 1),
)
def test_results_are_correlations_or_refused(name, q, weight, bias, c):
    try:
        mapped, slope = correlation_map(c, q, weight, name, bias), chi(weight, name, q, c)
    except ValueError as error:
        assert "too large for float64" in str(error) or "a signal to correlate" in str(error)
    else:
        assert -1 <= mapped <= 1 and math.isfinite(slope)


@settings(derandomize=True, deadline=None, max_examples=15)
@given(
    name=st.sampled_from(NAMES),
    q=st.floats(1e-6, 1e6),
    bias=st.floats(0, 3),
    cs=st.lists(st.floats(0, 1), min_size=3, max_size=3),
)
def test_from_0_to_1_the_map_rises_and_is_convex(name, q, bias, cs):
    c = sorted(cs)
    mapped = [correlation_map(each, q, 1.5, name, bias) for each in c]
    slopes = [chi(1.5, name, q, each) for each in c]
    assert mapped[0] >= -1e-12 and mapped[0] <= mapped[1] + 1e-12 <= mapped[2] + 2e-12
    assert slopes[0] >= -1e-12 and slopes[0] <= slopes[1] + 1e-11 <= slopes[2] + 2e-11
