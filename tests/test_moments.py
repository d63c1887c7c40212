"""The theory of second moments gives the known values, fixed points and profiles, and refuses bad input.
2차 적률의 이론이 알려진 값과 고정점, 층별 값을 그대로 내고, 잘못된 입력은 거부하는지 확인합니다."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused
from weightinit import (
    ACTIVATIONS,
    backward_factor,
    backward_gain,
    backward_profile,
    bound,
    forward_factor,
    forward_profile,
    gain,
    length_map,
    mean_square,
    mean_square_slope,
    variance,
)

NAMES = list(ACTIVATIONS)


def fixed_point(weight_sum, bias_variance, activation, steps):
    """Iterate the length map of a layer of 100 units whose n * Var[W] is `weight_sum`."""
    q = 1.0
    for _ in range(steps):
        q = length_map(q, weight_sum / 100, 100, activation, bias_variance)
    return q


def chi(weight_sum, q, activation):
    return backward_factor(weight_sum / 100, 100, activation, q)


# Known numbers


def test_xavier_is_a_compromise_between_784_and_256():
    spread = variance("xavier", 784, 256)
    ahead, back = forward_factor(spread, 784), backward_factor(spread, 256)
    assert ahead == pytest.approx(1.507692308, abs=5e-10)
    assert back == pytest.approx(0.492307692, abs=5e-10)
    assert ahead * back == pytest.approx(0.742248521, abs=5e-10)
    assert type(ahead) is type(back) is float


@pytest.mark.parametrize(
    ("scheme", "depth", "left"),
    [
        ("he", 50, 1.0),
        ("lecun", 30, 9.31322575e-10),
        ("lecun", 50, 8.88178420e-16),
        ("fan_in_uniform", 10, 1.65381717e-8),
        ("fan_in_uniform", 50, 1.23719308e-39),
    ],
)
def test_what_is_left_of_relu_signals_after_many_layers(scheme, depth, left):
    spread = variance(scheme, 512, 512)
    profile = forward_profile([512] * (depth + 2), [spread] * (depth + 1), "relu")
    assert profile[-1] / profile[0] == pytest.approx(left, rel=5e-9)
    assert forward_factor(spread, 512, "relu") ** depth == pytest.approx(left, rel=5e-9)


def test_bias_of_the_fan_in_uniform_keeps_a_small_second_moment_alive():
    n = 300
    spread = variance("fan_in_uniform", n, n)
    # U(-b, b) with the same b for weights and biases
    assert bound("fan_in_uniform", n, n) ** 2 / 3 == pytest.approx(spread, rel=1e-14)
    q = 1.0
    for _ in range(60):
        q = length_map(q, spread, n, "relu", spread)
    assert q == pytest.approx(2 / (5 * n), rel=1e-12)


def test_he_telescopes_to_the_ratio_of_the_outer_widths():
    widths = [784, 1024, 512, 100, 64]
    fan_in = [variance("he", i, o) for i, o in pairwise(widths)]
    fan_out = [variance("he", i, o, mode="fan_out") for i, o in pairwise(widths)]
    assert backward_profile(widths, fan_in, "relu")[0] == pytest.approx(64 / 1024, rel=1e-12)
    ahead = forward_profile(widths, fan_out, "relu")
    assert ahead[-1] / ahead[0] == pytest.approx(1024 / 64, rel=1e-12)
    assert forward_profile(widths, fan_in, "relu") == pytest.approx(2.0, rel=1e-12)
    assert backward_profile(widths, fan_out, "relu") == pytest.approx(1.0, rel=1e-12)


def test_gains_keep_one_direction_each():
    for name in NAMES:
        assert forward_factor(gain(name) ** 2 / 40, 40, name) == pytest.approx(1, rel=1e-12)
        assert backward_factor(backward_gain(name) ** 2 / 40, 40, name) == pytest.approx(1, rel=1e-12)
    drift = backward_factor(gain("tanh") ** 2 / 40, 40, "tanh")
    assert drift == pytest.approx(1.177807232, abs=5e-10)
    assert drift**50 == pytest.approx(3578.6, abs=0.05)


@pytest.mark.parametrize(
    ("weight_sum", "bias_variance", "q", "slope"),
    [
        (1.3, 0.05, 0.315316477, 0.880163510),
        (2.5, 0.05, 1.063958377, 1.133515699),
        (25 / 9, 0.0, 1.178480490, 1.209831320),
    ],
)
def test_fixed_points_of_tanh(weight_sum, bias_variance, q, slope):
    fixed = fixed_point(weight_sum, bias_variance, "tanh", 200)
    assert fixed == pytest.approx(q, abs=1e-9)
    assert chi(weight_sum, fixed, "tanh") == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize(
    ("bias_variance", "weight_sum", "q"),
    [(0.001, 1.189189585, 0.107292356), (0.05, 1.760954640, 0.570047882), (0.3, 2.505127190, 1.461169447)],
)
def test_edge_of_chaos_of_tanh(bias_variance, weight_sum, q):
    assert length_map(q, weight_sum / 100, 100, "tanh", bias_variance) == pytest.approx(q, abs=1e-8)
    assert chi(weight_sum, q, "tanh") == pytest.approx(1, abs=1e-8)


def test_sigmoid_loses_the_gradient_with_the_scale_of_linear_layers():
    for weight_sum, slope, after_ten in ((1, 0.0557207, 5.37e-7), (16, 0.398879, 0.0101)):
        found = chi(weight_sum, fixed_point(weight_sum, 0, "sigmoid", 100), "sigmoid")
        assert found == pytest.approx(slope, rel=2e-6)
        assert found**5 == pytest.approx(after_ten, rel=5e-3)  # ten layers, standard deviation


def test_tanh_fades_slowly_under_square_xavier():
    profile = forward_profile([64] * 102, [variance("xavier", 64, 64)] * 101, "tanh")
    assert profile[0] == pytest.approx(1)
    assert profile[100] == pytest.approx(0.00506901920, rel=5e-9)


# The formulas, with fans and activations that differ


@pytest.mark.parametrize("name", NAMES)
def test_factors_and_map_are_the_formulas(name):
    for q in (0.1, 1.0, 9.0):
        ahead = length_map(q, 0.02, 30, name, 0.7)
        assert ahead == pytest.approx(30 * 0.02 * mean_square(name, q) + 0.7, rel=1e-14)
        assert forward_factor(0.02, 30, name, q) == pytest.approx(0.6 * mean_square(name, q) / q, rel=1e-14)
        assert backward_factor(0.02, 30, name, q) == pytest.approx(
            0.6 * mean_square_slope(name, q), rel=1e-14
        )


def test_linear_and_q_of_1_without_bias_are_the_defaults():
    assert length_map(3.0, 0.1, 20) == pytest.approx(6.0)
    assert [forward_factor(0.1, 20), backward_factor(0.1, 20)] == pytest.approx([2.0, 2.0])
    assert forward_factor(0.1, 20, "tanh") == forward_factor(0.1, 20, "tanh", 1.0)
    assert backward_factor(0.1, 20, "tanh") == backward_factor(0.1, 20, "tanh", 1.0)
    widths, spreads = (5, 7, 3), (0.3, 0.4)
    assert (
        forward_profile(widths, spreads, "tanh").tolist()
        == forward_profile(widths, spreads, "tanh", 1.0).tolist()
    )
    assert (
        backward_profile(widths, spreads, "tanh").tolist()
        == backward_profile(widths, spreads, "tanh", 1.0, 1.0).tolist()
    )


def test_slope_of_leaky_relu_is_passed_on():
    for a in (0.01, 0.5):
        half = (1 + a * a) / 2
        assert length_map(2.0, 0.1, 20, "leaky_relu", a=a) == pytest.approx(4 * half, rel=1e-12)
        assert forward_factor(0.1, 20, "leaky_relu", a=a) == pytest.approx(2 * half, rel=1e-12)
        assert backward_factor(0.1, 20, "leaky_relu", a=a) == pytest.approx(2 * half, rel=1e-12)
        profile = forward_profile((10, 20, 30), (0.1, 0.1), "leaky_relu", a=a)
        assert profile == pytest.approx([1, 2 * half], rel=1e-12)
        profile = backward_profile((10, 20, 30), (0.1, 0.1), "leaky_relu", a=a)
        assert profile == pytest.approx([3 * half, 1], rel=1e-12)
    default = (1 + 0.01**2) / 2
    assert length_map(2.0, 0.1, 20, "leaky_relu") == pytest.approx(4 * default, rel=1e-12)
    assert forward_factor(0.1, 20, "leaky_relu") == pytest.approx(2 * default, rel=1e-12)
    assert backward_factor(0.1, 20, "leaky_relu") == pytest.approx(2 * default, rel=1e-12)
    assert forward_profile((10, 20, 30), (0.1, 0.1), "leaky_relu")[1] == pytest.approx(2 * default, rel=1e-12)
    assert backward_profile((10, 20, 30), (0.1, 0.1), "leaky_relu")[0] == pytest.approx(
        3 * default, rel=1e-12
    )


def test_profiles_follow_unequal_widths_and_variances():
    widths, spreads = [7, 5, 11, 3], [0.3, 0.2, 0.5]
    q1 = 7 * 0.3 * 2.0  # no activation before the first layer
    q2 = 5 * 0.2 * mean_square("tanh", q1)
    q3 = 11 * 0.5 * mean_square("tanh", q2)
    ahead = forward_profile(widths, spreads, "tanh", q0=2.0)
    np.testing.assert_allclose(ahead, [q1, q2, q3], rtol=1e-14)
    d2 = 3 * 0.5 * mean_square_slope("tanh", q2) * 0.25
    d1 = 11 * 0.2 * mean_square_slope("tanh", q1) * d2
    back = backward_profile(widths, spreads, "tanh", q0=2.0, delta=0.25)
    np.testing.assert_allclose(back, [d1, d2, 0.25], rtol=1e-14)
    assert ahead.dtype == back.dtype == np.float64 and ahead.shape == back.shape == (3,)


def test_one_layer_is_a_network_and_arrays_are_lists():
    assert forward_profile((4, 2), [0.5], "relu") == pytest.approx([2.0])
    assert backward_profile((4, 2), np.array([0.5]), "relu", delta=3).tolist() == [3.0]


def test_zeros_are_mapped():
    assert length_map(0, 0.5, 4, "sigmoid", 0.1) == pytest.approx(0.6)
    assert length_map(1, 0, 4, bias_variance=0) == 0
    assert backward_factor(0.5, 4, "relu", q=0) == pytest.approx(1)
    assert forward_factor(0, 4) == backward_factor(0, 4) == 0
    assert backward_profile((4, 2, 2), (0.5, 0.5), "linear", q0=0, delta=0).tolist() == [0, 0]


# What is refused

NOT_FINITE = [math.nan, math.inf, -math.inf]


@pytest.mark.parametrize("bad", [*NOT_FINITE, -1e-300])
def test_bad_numbers_are_refused(bad):
    for name, call in {
        "q": lambda: length_map(bad, 0.1, 3),
        "weight_variance": lambda: length_map(1, bad, 3),
        "bias_variance": lambda: length_map(1, 0.1, 3, bias_variance=bad),
        "weight_variances[1]": lambda: forward_profile((2, 3, 4), (0.1, bad), "tanh"),
        "weight_variances[0]": lambda: backward_profile((2, 3, 4), (bad, 0.1), "tanh"),
        "delta": lambda: backward_profile((2, 3, 4), (0.1, 0.1), "tanh", delta=bad),
    }.items():
        with refused(ValueError, f"{name} must be a finite number >= 0, got {bad}"):
            call()
    for factor in (forward_factor, backward_factor):
        with refused(ValueError, f"weight_variance must be a finite number >= 0, got {bad}"):
            factor(bad, 3)
    with refused(ValueError, f"q must be a finite number > 0, got {bad}"):
        forward_factor(0.1, 3, q=bad)
    with refused(ValueError, f"q must be a finite number >= 0, got {bad}"):
        backward_factor(0.1, 3, q=bad)
    for profile in (forward_profile, backward_profile):
        with refused(ValueError, f"q must be a finite number >= 0, got {bad}"):
            profile((2, 3), (0.1,), "tanh", q0=bad)


def test_forward_factor_of_nothing_is_refused():
    with refused(ValueError, "q must be a finite number > 0, got 0"):
        forward_factor(0.1, 3, q=0)


@pytest.mark.parametrize("bad", ["1", None, True, 1j, [0.1]])
def test_what_is_no_number_is_refused(bad):
    for name, call in {
        "q": lambda: length_map(bad, 0.1, 3),
        "weight_variance": lambda: backward_factor(bad, 3),
        "bias_variance": lambda: length_map(1, 0.1, 3, bias_variance=bad),
        "weight_variances[0]": lambda: forward_profile((2, 3), (bad,), "tanh"),
        "delta": lambda: backward_profile((2, 3), (0.1,), "tanh", delta=bad),
    }.items():
        with refused(TypeError, f"{name} must be a finite number >= 0, got {bad!r}"):
            call()


def test_bad_sizes_are_refused():
    for name, call in {
        "fan_in": lambda n: forward_factor(0.1, n),
        "fan_out": lambda n: backward_factor(0.1, n),
    }.items():
        for bad in (0, -2):
            with refused(ValueError, f"{name} must be a positive integer, got {bad}"):
                call(bad)
        for bad in (2.0, True, None):
            with refused(TypeError, f"{name} must be a positive integer, got {bad!r}"):
                call(bad)
    with refused(ValueError, "fan_in must be a positive integer, got 0"):
        length_map(1, 0.1, 0)


@pytest.mark.parametrize("profile", [forward_profile, backward_profile])
def test_bad_networks_are_refused(profile):
    with refused(ValueError, "widths must be a tuple of at least 2 positive integers, got (3,) with 1"):
        profile((3,), (), "tanh")
    with refused(TypeError, "widths must be a tuple of at least 2 positive integers, got 3"):
        profile(3, (0.1,), "tanh")
    with refused(ValueError, "widths[1] must be a positive integer, got 0"):
        profile((3, 0), (0.1,), "tanh")
    with refused(TypeError, "weight_variances must be a list of numbers, got 0.1"):
        profile((3, 2), 0.1, "tanh")
    for given_ in ((), (0.1,), (0.1,) * 3):
        message = f"must have 2 entries, one for each layer between 3 widths, got {len(given_)}"
        with refused(ValueError, f"weight_variances {message}"):
            profile((3, 2, 2), given_, "tanh")


def test_unknown_activations_are_refused():
    for call in (
        lambda: length_map(1, 0.1, 3, "lrelu"),
        lambda: forward_factor(0.1, 3, "lrelu"),
        lambda: backward_factor(0.1, 3, "lrelu"),
        lambda: forward_profile((2, 3, 4), (0.1, 0.1), "lrelu"),
        lambda: backward_profile((2, 3, 4), (0.1, 0.1), "lrelu"),
    ):
        with pytest.raises(ValueError, match="^unknown activation 'lrelu'.*did you mean 'leaky_relu'"):
            call()


def test_results_beyond_float64_are_refused():
    for what, call in {
        "the next second moment": lambda: length_map(1e200, 1e200, 3),
        "the forward factor": lambda: forward_factor(1, 3, "sigmoid", 1e-310),
        "the backward factor": lambda: backward_factor(1e308, 30),
        "the gradient's second moment": lambda: backward_profile(
            (3, 3, 3), (0.0, 1.0), "linear", delta=1e308
        ),
    }.items():
        with refused(
            ValueError, f"{what} is too large for float64: expected smaller variances, sizes or moments"
        ):
            call()


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    widths=st.lists(st.integers(1, 10**6), min_size=2, max_size=5),
    spread=st.floats(0, 1e300),
    name=st.sampled_from(NAMES),
    q0=st.floats(0, 1e300),
)
def test_profiles_are_finite_or_refused(widths, spread, name, q0):
    for profile in (forward_profile, backward_profile):
        try:
            result = profile(widths, [spread] * (len(widths) - 1), name, q0)
        except ValueError as error:
            assert "too large for float64" in str(error)
        else:
            assert np.isfinite(result).all() and (result >= 0).all()
