"""The spread of a ReLU network's mean square over draws is that of its formula, and of simulated networks.
ReLU 신경망의 제곱 평균이 뽑을 때마다 흩어지는 정도가 공식과 같고, 모의실험과도 맞는지 확인합니다."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused
from weightinit.moments.finite_width import he_relu_spread
from weightinit.network.drawing import random_network
from weightinit.network.passes import forward


@pytest.mark.parametrize(
    ("width", "depth", "spread"), [(100, 20, 2.653298), (512, 50, 1.625657702), (5, 1, 2.0), (1, 3, 216.0)]
)
def test_known_spreads(width, depth, spread):
    assert he_relu_spread(width, depth) == pytest.approx(spread, abs=5e-7)
    assert he_relu_spread(width, depth, "activations") == he_relu_spread(width, depth)


def test_pre_activations_spread_less_in_the_last_layer():
    assert he_relu_spread(20, 3, "pre_activations") == pytest.approx(1.719, abs=5e-4)
    assert he_relu_spread(8, 1, "pre_activations") == pytest.approx(1.25)  # a mean of 8 squares: 1 + 2 / 8
    assert type(he_relu_spread(8, 1, "pre_activations")) is type(he_relu_spread(8, 1)) is float


def test_very_wide_networks_are_all_alike():
    for depth in (1, 10, 1000):
        assert he_relu_spread(10**12, depth) == pytest.approx(1 + 5 * depth / 10**12, rel=1e-15)


def test_simulated_networks_spread_as_computed():
    width, depth, draws, rng = 20, 3, 4000, np.random.default_rng(3)
    squares = {"activations": [], "pre_activations": []}
    x = np.array([[0.3, -2.0, 1.0]])
    for _ in range(draws):
        weights = random_network((3, *[width] * depth), "he", rng=rng, dtype=np.float64)
        pre, post = forward(x, weights, "relu")
        squares["activations"].append(np.mean(post[-1] ** 2))
        squares["pre_activations"].append(np.mean(pre[-1] ** 2))
    for of, drawn in squares.items():
        # The mean itself is known, for He keeps it; it is half as large after ReLU as before.
        ratio = (np.array(drawn) / (np.mean(x**2) * (1 if of == "activations" else 2))) ** 2
        error = ratio.std() / math.sqrt(draws)
        found, expected = ratio.mean(), he_relu_spread(width, depth, of)
        assert abs(found - expected) < 4 * error
        # negative controls: one layer more or less, and the formula of the other
        for other in (expected * (1 + 5 / width), expected / (1 + 5 / width)):
            assert abs(found - other) > 4 * error


def test_the_closed_form_is_the_recursion_of_the_fourth_moments():
    # E[m**2] layer by layer from the moments of relu(s), s ~ N(0, 2 * m): E[relu(s)**2] = m, E[relu(s)**4] = 6 * m**2
    z = np.linspace(0, 14, 400_001)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * z[1]
    second, fourth = (float(np.sum((math.sqrt(2) * z) ** p * density)) for p in (2, 4))
    assert (second, fourth) == (pytest.approx(1, rel=1e-9), pytest.approx(6, rel=1e-9))
    n, spread = 13, 1.0
    for depth in range(1, 6):
        before, spread = spread, spread * (fourth + (n - 1) * second**2) / n
        assert he_relu_spread(n, depth) == pytest.approx(spread, rel=1e-9)
        assert he_relu_spread(n, depth, "pre_activations") == pytest.approx(before * (3 + n - 1) / n, rel=1e-9)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(width=st.integers(1, 10**9), depth=st.integers(1, 10**4), of=st.sampled_from(["activations", "pre_activations"]))
def test_the_spread_grows_with_depth_and_shrinks_with_width(width, depth, of):
    try:
        spread = he_relu_spread(width, depth, of)
        deeper = he_relu_spread(width, depth + 1, of)
    except ValueError as error:
        assert "too large for float64" in str(error)
    else:
        assert deeper > spread > he_relu_spread(2 * width, depth, of) > 1


def test_bad_sizes_and_names_are_refused():
    for bad in (0, -3):
        with refused(ValueError, f"width must be a positive integer, got {bad}"):
            he_relu_spread(bad, 2)
        with refused(ValueError, f"depth must be a positive integer, got {bad}"):
            he_relu_spread(2, bad)
    for bad in (2.0, "2", None, True):
        with refused(TypeError, f"width must be a positive integer, got {bad!r}"):
            he_relu_spread(bad, 2)
        with refused(TypeError, f"depth must be a positive integer, got {bad!r}"):
            he_relu_spread(2, bad)
    expected = "expected one of 'activations', 'pre_activations'"
    with refused(ValueError, f"unknown of 'preactivations': {expected}; did you mean 'pre_activations'?"):
        he_relu_spread(2, 2, "preactivations")
    with refused(TypeError, f"of must be a name, got None: {expected}"):
        he_relu_spread(2, 2, None)


@pytest.mark.parametrize("depth", [10**4, 10**400])
def test_results_beyond_float64_are_refused(depth):
    message = "the spread is too large for float64: expected smaller variances, sizes or moments"
    with refused(ValueError, message):
        he_relu_spread(1, depth)
