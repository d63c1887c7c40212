"""Fixed points, depth scale and critical line have the known values, hold in real networks, or are refused.
고정점과 깊이 척도, 임계선이 알려진 값과 같고 실제 신경망에서도 성립하며, 없을 때는 거부하는지 확인합니다."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from tests.support import refused
from weightinit.activations import ACTIVATIONS
from weightinit.gains import gain
from weightinit.mean_squares import mean_square
from weightinit.moments._search import GRID, ROUNDING, crossing, direction
from weightinit.moments.correlations import chi, correlation_map
from weightinit.moments.critical import Critical, critical_line
from weightinit.moments.fixed_points import FixedPoint, fixed_points
from weightinit.moments.layers import length_map
from weightinit.moments.phases import CRITICAL, SMALLEST_GAP, correlation_fixed_point, depth_scale
from weightinit.network.passes import forward
from weightinit.schemes.random import random_normal

NAMES = list(ACTIVATIONS)
QUICK = [name for name in NAMES if name not in ("gelu", "silu", "softplus")]  # for what is asked of many networks
HOMOGENEOUS = ["linear", "relu", "leaky_relu"]


def iterate(q, weight, bias, name, steps=400):
    for _ in range(steps):
        q = length_map(q, weight, 1, name, bias)
    return q


# Fixed points of the length map


@pytest.mark.parametrize(
    ("weight", "bias", "q", "chi_1"),
    [
        (1.3, 0.05, 0.315316477, 0.880163510),
        (2.5, 0.05, 1.063958377, 1.133515699),
        (25 / 9, 0.0, 1.178480490, 1.209831320),
    ],
)
def test_tanh_has_one_stable_second_moment(weight, bias, q, chi_1):
    *others, point = fixed_points(weight, "tanh", bias)
    assert point.q == pytest.approx(q, abs=5e-10) and point.stable
    assert chi(weight, "tanh", point.q) == pytest.approx(chi_1, abs=5e-10)
    # without bias there is 0 as well, which grows by sigma_w2
    assert others == ([] if bias else [FixedPoint(0.0, pytest.approx(weight, rel=1e-12), False)])


def test_sin_has_the_fixed_point_of_its_closed_form():
    zero, point = fixed_points(2.0, "sin")
    assert zero == FixedPoint(0.0, 2.0, False)
    assert point.q == pytest.approx(0.796812130, abs=5e-10)
    assert point.q == pytest.approx(1 - math.exp(-2 * point.q), rel=1e-12)
    assert point.slope == pytest.approx(2 * math.exp(-2 * point.q), rel=1e-12) and point.stable
    assert chi(2.0, "sin", point.q) == pytest.approx(1.203187870, abs=5e-10)


@pytest.mark.parametrize(("name", "slope"), [("gelu", 1.144063197), ("silu", 1.172594054)])
def test_the_gain_of_gelu_and_silu_keeps_a_second_moment_that_is_unstable(name, slope):
    weight = gain(name) ** 2
    zero, point = fixed_points(weight, name)
    assert zero == FixedPoint(0.0, pytest.approx(weight / 4, rel=1e-12), True)
    assert point == FixedPoint(pytest.approx(1, abs=1e-12), pytest.approx(slope, abs=5e-10), False)
    assert iterate(0.999, weight, 0, name, 120) < 1e-3 and iterate(1.001, weight, 0, name, 120) > 1e3


def test_selu_draws_to_1():
    zero, point = fixed_points(1.0, "selu")
    assert point.q == pytest.approx(1, abs=1e-12) and point.stable and point.slope < 1 < zero.slope
    assert zero.q == 0 and not zero.stable
    low, high = (length_map(q, 1.0, 1, "selu") for q in (1 - 1e-4, 1 + 1e-4))
    assert point.slope == pytest.approx((high - low) / 2e-4, rel=1e-7)
    assert chi(0.75**2 * 1.0, "selu") < chi(1.0, "selu")


def test_pytorchs_gain_for_selu_shrinks_the_activations():
    weight = 0.75**2
    point = fixed_points(weight, "selu")[-1]
    assert math.sqrt(mean_square("selu", point.q)) == pytest.approx(0.199571400, rel=0.3)


@pytest.mark.parametrize(("name", "bias"), [("tanh", 0.05), ("relu", 0.7), ("elu", 0.3), ("sigmoid", 0.0)])
def test_iteration_arrives_at_the_stable_point_at_the_rate_of_its_slope(name, bias):
    (point,) = fixed_points(1.2, name, bias)
    assert point.stable
    assert iterate(3.0, 1.2, bias, name) == pytest.approx(point.q, rel=1e-12)
    off = 1e-5 * point.q
    next_off = length_map(point.q + off, 1.2, 1, name, bias) - point.q
    assert next_off / off == pytest.approx(point.slope, abs=1e-5)


@pytest.mark.parametrize("name", HOMOGENEOUS)
def test_homogeneous_activations_have_the_fixed_point_of_a_geometric_series(name):
    factor = mean_square(name)
    for share in (0.3, 0.99):  # q = share * q + bias
        assert fixed_points(share / factor, name, 0.4) == [
            FixedPoint(pytest.approx(0.4 / (1 - share), rel=1e-12), pytest.approx(share, rel=1e-12), True)
        ]
        assert fixed_points(share / factor, name) == [FixedPoint(0.0, pytest.approx(share, rel=1e-12), True)]
    assert fixed_points(1.5 / factor, name) == [FixedPoint(0.0, pytest.approx(1.5, rel=1e-12), False)]
    for share in (1.0, 1.5):
        assert fixed_points(share / factor, name, 0.4) == []


@pytest.mark.parametrize("name", HOMOGENEOUS)
def test_layers_that_keep_everything_have_no_list_of_fixed_points(name):
    weight = 1 / mean_square(name)
    message = (
        f"every q is a fixed point of {name!r} at sigma_w2={weight!r}, sigma_b2=0.0: the layers keep whatever"
        " second moment comes in; expected another variance"
    )
    with refused(ValueError, message):
        fixed_points(weight, name)
    with refused(ValueError, message):
        depth_scale(weight, name)


def test_marginal_networks_are_drawn_to_0_where_the_activation_bends_down():
    for name in ("tanh", "softsign", "elu", "sin"):
        assert fixed_points(1.0, name) == [FixedPoint(0.0, pytest.approx(1, abs=1e-12), True)]
    assert length_map(1e-3, 1.0, 1, "tanh") < 1e-3
    zero, *_ = fixed_points(4.0, "silu")  # slope 1 as well, but second moments above 0 grow
    assert zero == FixedPoint(0.0, pytest.approx(1, abs=1e-12), False)
    assert length_map(1e-3, 4.0, 1, "silu") > 1e-3
    zero, point = fixed_points(1 + 1e-9, "tanh")  # one billionth more, and it is not 0 any more: q = 1e-9 / 2
    assert not zero.stable and point == FixedPoint(pytest.approx(5e-10, rel=1e-4), pytest.approx(1, abs=1e-8), True)


def test_a_pair_of_fixed_points_is_found_until_it_merges():
    # SiLU with bias: as sigma_w2 rises, a stable and an unstable second moment approach each other and vanish.
    few = fixed_points(2.4, "silu", 0.1)
    assert [point.stable for point in few] == [True, False] and few[0].slope < 1 < few[1].slope
    low, high = 2.4, 3.0
    for _ in range(18):
        middle = (low + high) / 2
        low, high = (middle, high) if fixed_points(middle, "silu", 0.1) else (low, middle)
    close = fixed_points(low, "silu", 0.1)
    assert [point.stable for point in close] == [True, False]
    assert close[1].q / close[0].q < 1.01 and fixed_points(high, "silu", 0.1) == []
    assert close[0].slope < 1 < close[1].slope < close[0].slope + 1e-3


def test_without_weights_the_bias_is_all():
    assert fixed_points(0, "tanh", 0.3) == [FixedPoint(pytest.approx(0.3, rel=1e-14), 0.0, True)]
    assert fixed_points(0, "softplus") == [FixedPoint(0.0, 0.0, True)]
    assert fixed_points(1e-20, "sigmoid")[0].q == pytest.approx(2.5e-21, rel=1e-9)  # sigmoid(0) is not 0


def test_slope_of_leaky_relu_and_no_bias_are_the_defaults():
    assert fixed_points(1.0, "leaky_relu", 0.1) == fixed_points(1.0, "leaky_relu", 0.1, 0.01)
    (point,) = fixed_points(1.0, "leaky_relu", 0.1, a=0.5)
    assert point == FixedPoint(pytest.approx(0.1 / (1 - 1.25 / 2)), pytest.approx(1.25 / 2), True)
    assert fixed_points(1.5, "tanh") == fixed_points(1.5, "tanh", 0.0)
    assert fixed_points(np.float32(1.5), "tanh", np.float64(0.5)) == fixed_points(1.5, "tanh", 0.5)
    assert all(type(value) is float for value in fixed_points(np.float64(1.5), "tanh")[1][:2])


@settings(derandomize=True, deadline=None, max_examples=15)
@given(
    name=st.sampled_from(QUICK),
    weight=st.floats(0, 100),
    bias=st.one_of(st.just(0.0), st.floats(1e-6, 10)),
)
def test_every_point_is_kept_and_the_stable_ones_alternate(name, weight, bias):
    try:
        points = fixed_points(weight, name, bias)
    except ValueError as error:
        assert "every q is a fixed point" in str(error)
        return
    assert [q for q, *_ in points] == sorted(q for q, *_ in points)
    for q, slope, stable in points:
        assert length_map(q, weight, 1, name, bias) == pytest.approx(q, rel=1e-11, abs=1e-300)
        assert slope >= 0 and (abs(slope - 1) < 1e-9 or stable == (slope < 1))
    assert all(one.stable != other.stable for one, other in pairwise(points))


def test_the_search_is_the_documented_one():
    assert (GRID[0], GRID[60], GRID[-1], len(GRID), ROUNDING) == (1e-30, 1, 1e30, 121, 1e-13)
    assert [direction(change, 5.0) for change in (-6e-13, -4e-13, 0, 4e-13, 5e-13, 6)] == [-1, 0, 0, 0, 1, 1]
    assert direction(math.inf, 1e30) == 1 and [direction(change) for change in (9e-14, 1e-13)] == [0, 1]
    for function in (lambda q: q - 2, lambda q: 2 - q):
        assert crossing(function, 1, 3) == pytest.approx(2, rel=1e-15)
        assert crossing(function, 1, 4) == 2  # met exactly, halfway
    assert crossing(lambda q: q * q - 2, 1e-3, 1e9) == pytest.approx(math.sqrt(2), rel=1e-15)


# Order and chaos


def test_chaotic_tanh_tears_inputs_apart():
    q = fixed_points(2.5, "tanh", 0.05)[0].q
    c = correlation_fixed_point(q, 2.5, "tanh", 0.05)
    assert c == pytest.approx(0.446804232, abs=5e-10)
    assert depth_scale(2.5, "tanh", 0.05) == pytest.approx(11.795597516, abs=5e-9)
    for start in (0.0, 0.99):
        correlation = start
        for _ in range(250):
            correlation = correlation_map(correlation, q, 2.5, "tanh", 0.05)
        assert correlation == pytest.approx(c, abs=1e-8)


def test_ordered_tanh_makes_inputs_alike_at_the_rate_of_the_depth_scale():
    q = fixed_points(1.3, "tanh", 0.05)[0].q
    assert correlation_fixed_point(q, 1.3, "tanh", 0.05) == 1.0
    scale = depth_scale(1.3, "tanh", 0.05)
    assert scale == pytest.approx(7.834069268, abs=5e-9)
    missing = [0.1]
    for _ in range(100):
        missing.append(1 - correlation_map(1 - missing[-1], q, 1.3, "tanh", 0.05))
    assert math.log(missing[60] / missing[70]) == pytest.approx(10 / scale, rel=1e-3)


def test_odd_activations_without_bias_make_inputs_orthogonal():
    for name, weight in (("tanh", 25 / 9), ("softsign", 3.0), ("sin", 2.0)):
        q = fixed_points(weight, name)[1].q
        assert correlation_fixed_point(q, weight, name) == pytest.approx(0, abs=1e-12)
        slope = chi(weight, name, q, 0.0)
        assert slope < 1 and depth_scale(weight, name) == pytest.approx(-1 / math.log(slope), rel=1e-12)


def test_relu_is_ordered_or_critical_but_never_chaotic():
    for weight in (0.5, 2.0, 3.0):  # q need not be a fixed point: the map of ReLU does not depend on it
        assert correlation_fixed_point(1.7, weight, "relu") == 1.0
    assert depth_scale(1.0, "relu", 0.1) == pytest.approx(1 / math.log(2), rel=1e-12)
    assert depth_scale(1.0, "leaky_relu", 0.1, a=0.5) == pytest.approx(-1 / math.log(1.25 / 2), rel=1e-12)
    assert correlation_fixed_point(1.0, 1.0, "leaky_relu", a=-1) == 1.0  # the absolute value


@pytest.mark.parametrize(("name", "share"), [("tanh", 1), ("lecun_tanh", 1), ("sigmoid", 1), ("elu", 1), ("selu", 2)])
@pytest.mark.parametrize("excess", [1e-5, 1e-3])
def test_just_beyond_the_critical_line_the_correlation_stays_near_1(name, share, excess):
    weight = critical_line(name, 0.1).sigma_w2 * (1 + excess)
    (q, *_), *_ = fixed_points(weight, name, 0.1)
    c = correlation_fixed_point(q, weight, name, 0.1)
    assert 0 < 1 - c < 30 * excess
    assert correlation_map(c, q, weight, name, 0.1) == pytest.approx(c, abs=1e-13)
    # With gap = 1 - c the map is gap -> (1 + x) * gap - k * gap**p, p = 2 for smooth activations and 3 / 2 where the
    # derivative jumps: its slope at the other fixed point is 1 - x * (p - 1), 1 - x or 1 - x / 2.
    above_1 = chi(weight, name, q) - 1
    assert depth_scale(weight, name, 0.1) == pytest.approx(share / above_1, rel=0.03)


@pytest.mark.parametrize("excess", [1e-3, 0.1, 2.0])
def test_chaotic_sin_agrees_with_its_closed_form(excess):
    bias = 0.1
    weight = critical_line("sin", bias).sigma_w2 * (1 + excess)
    (q, *_) = next(point for point in fixed_points(weight, "sin", bias) if point.stable)
    c = brentq(lambda c: weight * math.exp(-q) * math.sinh(q * c) + bias - q * c, 0, 1 - excess / 100, xtol=1e-15)
    assert correlation_fixed_point(q, weight, "sin", bias) == pytest.approx(c, abs=1e-12)
    slope = weight * math.exp(-q) * math.cosh(q * c)
    assert depth_scale(weight, "sin", bias) == pytest.approx(-1 / math.log(slope), rel=1e-6)


def test_the_default_of_the_bias_is_0():
    assert correlation_fixed_point(1.0, 2.0, "tanh") == correlation_fixed_point(1.0, 2.0, "tanh", 0.0)
    assert depth_scale(2.0, "tanh") == depth_scale(2.0, "tanh", 0.0)
    assert depth_scale(1.0, "leaky_relu", 0.1) == depth_scale(1.0, "leaky_relu", 0.1, 0.01)
    assert critical_line("leaky_relu") == critical_line("leaky_relu", 0.0, 0.01)
    assert correlation_fixed_point(1.0, 1.0, "leaky_relu", 0.5) == 1.0
    results = depth_scale(np.float32(2.5), "tanh"), correlation_fixed_point(np.float32(1), np.float32(2.5), "tanh", 0.1)
    assert all(type(result) is float for result in results)


def test_networks_that_have_no_depth_scale_are_refused():
    for weight, name, bias in ((0.9, "tanh", 0.0), (3.0, "relu", 0.0), (2.0, "relu", 0.1), (2.0, "gelu", 0.0)):
        message = f"no stable second moment above 0 for {name!r} at sigma_w2={weight!r}, sigma_b2={bias!r}"
        with refused(ValueError, f"{message}: signals die out or grow without end"):
            depth_scale(weight, name, bias)
    weight = critical_line("tanh", 0.05).sigma_w2
    start = re.escape(f"'tanh' at sigma_w2={weight!r}, sigma_b2=0.05 is critical, chi is ") + "[01][.0-9]*"
    with pytest.raises(ValueError, match=f"^{start}: correlations approach their limit without a scale$"):
        depth_scale(weight, "tanh", 0.05)
    assert (CRITICAL, SMALLEST_GAP) == (1e-6, 1e-12)
    assert depth_scale(1 - 2 * CRITICAL, "linear", 1.0) == pytest.approx(5e5, rel=1e-5)
    with refused(ValueError, "chi is 0 for 'tanh' at sigma_w2=0, sigma_b2=0.3: one layer leaves nothing to measure"):
        depth_scale(0, "tanh", 0.3)


def test_no_signal_has_no_correlation():
    for q, weight in ((1e-301, 1.0), (1.0, 1e-301)):
        with pytest.raises(ValueError, match="^the next second moment is .*e-30[12]: expected at least 1e-300"):
            correlation_fixed_point(q, weight, "tanh")


def test_a_map_that_keeps_every_correlation_is_refused():
    for name, q in (("linear", 1.0), ("tanh", 1e-9)):
        with refused(ValueError, f"{name!r} keeps every correlation here: expected a map other than c_next = c"):
            correlation_fixed_point(q, 1.0, name)
    assert correlation_fixed_point(1.0, 0.9, "linear", 0.1) == 1.0
    assert correlation_fixed_point(1.0, 1e-9, "linear", 1.0) == 1.0


# The critical line


@pytest.mark.parametrize(
    ("bias", "weight", "q"),
    [
        (0, 1, 0),
        (0.001, 1.189189585, 0.107292356),
        (0.01, 1.424205290, 0.273300913),
        (0.05, 1.760954640, 0.570047882),
        (0.1, 1.986072641, 0.805799182),
        (0.3, 2.505127190, 1.461169447),
    ],
)
def test_critical_line_of_tanh(bias, weight, q):
    line = critical_line("tanh", bias)
    assert line == Critical(pytest.approx(weight, abs=5e-10), pytest.approx(q, abs=5e-10), True)
    assert all(type(value) is float for value in line[:2])


@pytest.mark.parametrize("bias", [1e-12, 0.05, 0.5, 1e4])
def test_critical_line_of_sin_agrees_with_its_closed_form(bias):
    # chi_1 = 1 gives sigma_w2 = 2 / (1 + exp(-2 * q)) = 1 + tanh(q), and then the length map q - tanh(q) = bias.
    weight, q, stable = critical_line("sin", bias)
    assert q - math.tanh(q) == pytest.approx(bias, rel=1e-7)
    assert weight == pytest.approx(1 + math.tanh(q), rel=1e-13) and stable


@pytest.mark.parametrize("name", [name for name in NAMES if name not in (*HOMOGENEOUS, "softplus")])
def test_on_the_line_gradients_are_kept_at_a_fixed_point(name):
    weight, q, stable = critical_line(name, 0.3)
    assert chi(weight, name, q) == pytest.approx(1, rel=1e-12)
    assert length_map(q, weight, 1, name, 0.3) == pytest.approx(q, rel=1e-12)
    near = min(fixed_points(weight, name, 0.3), key=lambda point: abs(point.q - q))
    assert near.q == pytest.approx(q, rel=1e-9) and near.stable == stable == (name != "silu")


def test_critical_relu_is_he():
    assert critical_line("relu") == Critical(pytest.approx(2, rel=1e-12), 0.0, False)
    assert critical_line("linear") == Critical(pytest.approx(1, rel=1e-12), 0.0, False)
    assert critical_line("leaky_relu", a=0.2) == Critical(pytest.approx(2 / 1.04, rel=1e-12), 0.0, False)
    for name, bias in (("relu", 0.1), ("linear", 1e-12), ("leaky_relu", 1e5), ("softplus", 0.0)):
        with refused(ValueError, f"{name!r} with sigma_b2={bias!r} is nowhere critical: expected another"):
            critical_line(name, bias)


def test_gelu_has_a_stable_critical_point_only_with_enough_bias():
    # where both slopes are 1 it is half-stable: q = (3 + sqrt(17)) / 2
    assert critical_line("gelu").stable is False and critical_line("gelu").sigma_w2 == pytest.approx(4, rel=1e-12)
    assert critical_line("gelu", 0.1725).stable is False and critical_line("gelu", 0.174).stable is True
    q = (3 + math.sqrt(17)) / 2
    assert critical_line("gelu", 0.17292)[:2] == (pytest.approx(1.98305, abs=2e-5), pytest.approx(q, abs=1e-3))


# Theory and experiment


def test_a_chaotic_network_forgets_how_alike_its_inputs_were():
    width, depth, weight, bias, rng = 500, 30, 2.5, 0.05, np.random.default_rng(2)
    q = fixed_points(weight, "tanh", bias)[0].q
    c = correlation_fixed_point(q, weight, "tanh", bias)
    # two inputs of second moment q * fan_in and correlation 0.95, met by weights of variance 1 / fan_in
    x = math.sqrt(2 * q) * np.array([[1.0, 0.0], [0.95, math.sqrt(1 - 0.95**2)]]) / math.sqrt(2)
    weights = [random_normal((width, 2), 1.0, rng=rng, dtype=np.float64)]
    std = math.sqrt(weight / width)
    weights += [random_normal((width, width), std, rng=rng, dtype=np.float64) for _ in range(depth)]
    biases = [random_normal((width,), math.sqrt(bias), rng=rng, dtype=np.float64) for _ in range(depth + 1)]
    pre, _ = forward(x, weights, "tanh", biases)
    cosines = [float(u @ v / math.sqrt((u @ u) * (v @ v))) for u, v in pre]
    moments = [float(np.mean(s * s)) for s in pre]
    # One layer strays by less than 2 / sqrt(width); what came before fades by chi = exp(-1 / 11.8) a layer, so that
    # the errors of all layers add up to a variance of at most 1 / (1 - chi**2) times that of one.
    one, fade = 2 / math.sqrt(width), chi(weight, "tanh", q, c)
    tolerance = 4 * one / math.sqrt(1 - fade**2)
    assert abs(cosines[-1] - c) < tolerance and abs(moments[-1] - q) < tolerance
    assert abs(cosines[0] - 0.95) < 4 * one
    assert abs(cosines[-1] - 0.95) > abs(cosines[-1] - c)  # negative control: it did move
    ordered, _ = forward(x, [w * math.sqrt(1.3 / 2.5) for w in weights], "tanh", biases)
    alike = float(ordered[-1][0] @ ordered[-1][1] / np.linalg.norm(ordered[-1], axis=1).prod())
    assert 1 - alike < 0.05 * math.exp(-20 / depth_scale(1.3, "tanh", 0.05))


# What is refused


@pytest.mark.parametrize("bad", [math.nan, math.inf, -1e-300])
def test_bad_variances_are_refused(bad):
    for name, call in {
        "sigma_w2": lambda: fixed_points(bad, "tanh"),
        "sigma_b2": lambda: critical_line("tanh", bad),
        "q": lambda: correlation_fixed_point(bad, 1.0, "tanh"),
    }.items():
        with refused(ValueError, f"{name} must be a finite number >= 0, got {bad}"):
            call()
    with refused(ValueError, f"sigma_b2 must be a finite number >= 0, got {bad}"):
        fixed_points(1.0, "tanh", bad)


@pytest.mark.parametrize("bad", ["1", None, True])
def test_what_is_no_number_is_refused(bad):
    for call in (lambda: fixed_points(bad, "tanh"), lambda: depth_scale(bad, "tanh")):
        with refused(TypeError, f"sigma_w2 must be a finite number >= 0, got {bad!r}"):
            call()
    with refused(TypeError, f"sigma_b2 must be a finite number >= 0, got {bad!r}"):
        critical_line("tanh", bad)


def test_unknown_activations_and_needless_slopes_are_refused():
    for call in (
        lambda *name, **a: fixed_points(1.0, *name, **a),
        lambda *name, **a: depth_scale(1.0, *name, **a),
        lambda *name, **a: correlation_fixed_point(1.0, 1.0, *name, **a),
        lambda *name, **a: critical_line(*name, **a),
    ):
        with pytest.raises(ValueError, match="^unknown activation 'lrelu'.*did you mean 'leaky_relu'"):
            call("lrelu")
        with pytest.raises(ValueError, match="^activation 'tanh' takes no slope, got a=0.2"):
            call("tanh", a=0.2)


def test_results_beyond_float64_are_refused():
    suffix = "is too large for float64: expected smaller variances, sizes or moments"
    for weight, name, slope in ((1e308, "selu", 0.01), (1.0, "leaky_relu", 1e150)):
        with refused(ValueError, f"the slope of the length map {suffix}"):
            fixed_points(weight, name, a=slope)
    with refused(ValueError, f"the second moment {suffix}"):
        critical_line("leaky_relu", a=1e200)
