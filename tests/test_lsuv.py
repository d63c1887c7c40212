"""After LSUV the pre-activations of every layer have variance 1 on the batch that it was given.
LSUV를 마치면 주어진 배치에서 모든 층의 활성화 전 값의 분산이 1인지 확인합니다."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused, rng
from weightinit import ACTIVATIONS, activation, forward, normal, random_network
from weightinit.schemes.lsuv import lsuv

WIDTHS = (30, 50, 20, 40, 10)


def example(scheme="xavier", dtype=np.float32):
    """Weights, and a batch whose mean and scale are not those of the theory."""
    generator = rng(1)
    weights = random_network(WIDTHS, scheme, rng=generator, dtype=dtype)
    return weights, 3 * normal((64, WIDTHS[0]), rng=generator, dtype=dtype) + dtype(0.5)


def variances(weights, batch, phi):
    """Variance of each layer's pre-activations about their mean over batch and units."""
    return np.array([np.var(s, dtype=np.float64) for s in forward(batch, weights, phi)[0]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_layer_has_variance_1(name, dtype):
    weights, batch = example(dtype=dtype)
    tolerance = 1e-5 if dtype == np.float32 else 1e-13
    scaled = lsuv(weights, batch, name, tolerance=tolerance)
    assert abs(variances(scaled, batch, name) - 1).max() <= tolerance
    # negative controls: the weights as drawn, and another activation
    assert abs(variances(weights, batch, name) - 1).max() > 0.5
    other = "linear" if name != "linear" else "tanh"
    assert abs(variances(scaled, batch, other)[1:] - 1).max() > 0.01
    for array, drawn in zip(scaled, weights, strict=True):
        assert array.dtype == dtype and array.shape == drawn.shape


def test_a_slope_enters_as_a_record():
    weights, batch = example()
    leaky = activation("leaky_relu", a=0.7)
    assert abs(variances(lsuv(weights, batch, leaky), batch, leaky) - 1).max() < 1e-5


def test_it_is_the_variance_and_not_the_second_moment():
    weights, batch = example()
    positive = lsuv([np.abs(w) for w in weights], batch, "relu")
    assert abs(variances(positive, batch, "relu") - 1).max() < 1e-5
    assert min(float(np.mean(s * s)) for s in forward(batch, positive, "relu")[0]) > 1.2  # negative control


@pytest.mark.parametrize("scheme", ["he", 0.001, 100.0])
def test_one_division_is_exact_whatever_the_scale(scheme):
    weights, batch = example(scheme)
    found = lsuv(weights, batch, "relu", max_steps=1)
    assert abs(variances(found, batch, "relu") - 1).max() < 1e-5
    for array, drawn in zip(found, weights, strict=True):
        ratio = array / drawn
        np.testing.assert_allclose(ratio, ratio[0, 0], rtol=1e-5)  # each layer is divided by one number
    # the scale that was drawn is forgotten
    for one, other in zip(found, lsuv([7 * w for w in weights], batch, "relu"), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4)


def test_what_is_within_the_tolerance_stays_as_it_is():
    weights, batch = example()
    exact = lsuv(weights, batch, "tanh")
    first = [np.sqrt(np.float32(1.015)) * exact[0], *exact[1:]]
    kept = lsuv(first, batch, "tanh")  # the default is 0.02
    np.testing.assert_array_equal(kept[0], first[0])
    assert not np.shares_memory(kept[0], first[0])
    assert not np.array_equal(lsuv(first, batch, "tanh", tolerance=0.01)[0], first[0])
    # {0, 1, 2, 3} has variance 5/4
    np.testing.assert_array_equal(lsuv([np.eye(2)], np.array([[0.0, 1], [2, 3]]), "tanh", tolerance=0.25)[0], np.eye(2))
    outside = [np.sqrt(np.float32(1.025)) * exact[0], *exact[1:]]
    assert not np.array_equal(lsuv(outside, batch, "tanh")[0], outside[0])


def test_arguments_are_left_alone():
    weights, batch = example()
    copies = [array.copy() for array in (*weights, batch)]
    found = lsuv(weights, batch, "linear")
    for array, copy in zip((*weights, batch), copies, strict=True):
        np.testing.assert_array_equal(array, copy)
        assert not any(np.shares_memory(array, result) for result in found)


def test_layers_that_do_not_vary_are_named():
    weights, batch = example()
    message = (
        "the pre-activations of layer {} do not vary on this batch:"
        " expected samples that differ and weights that are not all 0"
    )
    zeros = [weights[0], np.zeros_like(weights[1]), *weights[2:]]
    dead = [np.abs(weights[0]), -np.abs(weights[1]), *weights[2:]]
    exact = rng(0).standard_normal((2, 30))
    same_units = [weights[0], weights[1], weights[2], np.ones_like(weights[3])]
    for given_weights, given_batch, layer in (
        (zeros, batch, 2),
        (dead, np.abs(batch), 3),
        (weights, np.zeros_like(batch), 1),
        ([np.full_like(weights[0], 0.1)], np.full_like(batch, 0.3), 1),  # equal but for rounding
        ([np.tile(exact[:1], (50, 1))], np.tile(1e9 * exact[1:], (64, 1)), 1),
        (same_units, batch[:1], 4),
    ):
        with refused(ValueError, message.format(layer)):
            lsuv(given_weights, given_batch, "relu")
    # a spread of one unit in the last place says nothing, one of two is stretched to 1
    with refused(ValueError, message.format(1)):
        lsuv([np.eye(1)], np.array([[1.0], [1 + 2**-51]]), "linear")
    assert lsuv([np.eye(1)], np.array([[1.0], [1 + 2**-50]]), "linear")[0] == 2**51
    lsuv(weights, batch[:1], "relu")  # one sample is enough if the units differ
    lsuv(same_units, batch, "relu")


def test_a_tolerance_out_of_reach_is_refused():
    weights, batch = example()
    expected = (
        r"^the variance of layer \d is \d\.?\d*e-\d\d away from 1 after 10 divisions:"
        r" expected a tolerance that float32 can meet, got 1e-15$"
    )
    with pytest.raises(ValueError, match=expected):
        lsuv(weights, batch, "tanh", tolerance=1e-15)
    with pytest.raises(ValueError, match="after 3 divisions"):
        lsuv(weights, batch, "tanh", tolerance=1e-15, max_steps=3)


def test_explosions_are_named():
    batch = np.array([[1.0, -1.0], [2.0, 3.0]])
    for weights, message in (
        ([np.eye(2) * 1e308], "the pre-activations of layer 1 left the range of float64"),
        ([np.eye(2) * 1e200], "the variance of layer 1 is too large for float64"),
        ([np.eye(2, dtype=np.float32) * np.float32(1e-45)], "the pre-activations of layer 1"),
    ):
        with pytest.raises(ValueError, match=f"^{message}"):
            lsuv(weights, batch * (1 if weights[0].dtype == np.float64 else 1e-300), "linear")
    steep = activation("leaky_relu", a=1e308)
    with pytest.raises(ValueError, match="^the activations of layer 1 left the range of float64"):
        lsuv([np.eye(2)], np.array([[-100.0, 1.0], [3.0, 4.0]]), steep)


def test_bad_arguments_are_refused():
    weights, batch = example()
    with refused(TypeError, "batch must be a float32 or float64 array of shape (batch, inputs), got list"):
        lsuv(weights, batch.tolist(), "relu")
    with refused(
        ValueError, "weights[0] must be a float32 or float64 array of shape (outputs, 29), got shape (50, 30)"
    ):
        lsuv(weights, batch[:, 1:], "relu")
    with refused(TypeError, "weights must be a list of one or more arrays, one for each layer, got ndarray"):
        lsuv(weights[0], batch, "relu")
    with pytest.raises(ValueError, match="^unknown activation 'lrelu'"):
        lsuv(weights, batch, "lrelu")
    for bad in (0, -0.1, math.nan, math.inf):
        with refused(ValueError, f"tolerance must be a finite number > 0, got {bad}"):
            lsuv(weights, batch, "relu", tolerance=bad)
    with refused(ValueError, "max_steps must be a positive integer, got 0"):
        lsuv(weights, batch, "relu", max_steps=0)
    with refused(TypeError, "max_steps must be a positive integer, got 2.0"):
        lsuv(weights, batch, "relu", max_steps=2.0)


NUMBERS = st.one_of(st.floats(), st.integers(-2, 20), st.none(), st.booleans())


@settings(derandomize=True, deadline=None, max_examples=100)
@given(NUMBERS, NUMBERS, st.floats(allow_nan=True), st.sampled_from([*ACTIVATIONS, "swich"]))
def test_any_arguments_are_refused_or_give_variance_1(tolerance, max_steps, scale, name):
    weights, batch = example(dtype=np.float64)
    with np.errstate(over="ignore"):
        scaled = [scale * weights[0], *weights[1:]]
    try:
        found = lsuv(scaled, batch, name, tolerance=tolerance, max_steps=max_steps)
    except (TypeError, ValueError) as error:
        assert "expected" in str(error) or "must" in str(error)
    else:
        assert abs(variances(found, batch, name) - 1).max() <= tolerance + 1e-12
