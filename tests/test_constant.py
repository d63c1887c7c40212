"""Constant arrays hold their value, constant weights never tell units apart, and bad input is refused.
상수 배열의 값이 맞고 상수 가중치로는 뉴런이 서로 달라지지 않으며, 잘못된 입력은 거부하는지 확인합니다."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused
from weightinit import backward, forward, lecun_normal
from weightinit.schemes.constant import constant, ones, zeros

LARGEST = float(np.finfo(np.float32).max)


@pytest.mark.parametrize("shape", [(3,), (4, 3), (2, 3, 5, 5)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_entry_is_the_value(shape, dtype):
    for made, value in (
        (zeros(shape, dtype), 0),
        (ones(shape, dtype), 1),
        (constant(shape, -0.3, dtype), dtype(-0.3)),
        (constant(shape, 2, dtype), 2),
    ):
        assert made.shape == shape and made.dtype == dtype and (made == value).all()
        made[0] = 7  # each call makes an array of its own, which can be written
    assert not zeros(shape, dtype).any()


def test_the_default_type_is_float32():
    for made in (zeros((2,)), ones((2,)), constant((2,), 0.5)):
        assert made.dtype == np.float32
    assert constant([2, 1], 0.5, "float64").dtype == np.float64


def test_values_up_to_the_largest_that_the_type_holds():
    assert constant((2,), LARGEST)[0] == LARGEST
    assert constant((2,), float("3.4028235e38"))[0] == LARGEST  # as the largest float32 is printed
    assert constant((2,), np.float32(-LARGEST))[0] == -LARGEST
    for bad in (3.5e38, -3.5e38):
        with refused(ValueError, f"value must be a number that float32 can hold, got {bad}"):
            constant((2,), bad)
        assert constant((2,), bad, np.float64)[0] == bad


MAKERS = [zeros, ones, lambda shape, dtype=np.float32: constant(shape, 0.5, dtype)]


@pytest.mark.parametrize("make", MAKERS)
def test_bad_shapes_and_types_are_refused(make):
    with refused(ValueError, "shape must be a tuple of at least 1 positive integers, got () with 0"):
        make(())
    for bad in ((0,), (3, 0), (-1,)):
        with pytest.raises(ValueError, match=r"^shape\[\d\] must be a positive integer, got "):
            make(bad)
    for bad in (3, None, "3", (2.0,), (True,)):
        with pytest.raises(TypeError, match=r"^shape.* positive integer.*, got "):
            make(bad)
    for bad in (int, complex, None, "float33"):
        with refused(TypeError, f"dtype must be float32 or float64, got {bad!r}"):
            make((2,), bad)
    with pytest.raises(TypeError, match="^dtype must be float32 or float64, got .*float16.*astype"):
        make((2,), np.float16)


def test_values_that_are_no_finite_numbers_are_refused():
    for bad in (math.nan, math.inf, -math.inf):
        with refused(ValueError, f"value must be a finite number, got {bad}"):
            constant((2,), bad)
    for bad in ("1", None, True, 1j, np.ones(2)):
        with refused(TypeError, f"value must be a finite number, got {bad!r}"):
            constant((2,), bad)


@settings(derandomize=True, deadline=None)
@given(
    shape=st.lists(st.integers(-1, 4), max_size=4),
    value=st.one_of(st.floats(allow_nan=True), st.integers(), st.text(max_size=3), st.none()),
    dtype=st.sampled_from([np.float32, np.float64, np.float16, None]),
)
def test_whatever_is_given_comes_out_finite_or_is_refused(shape, value, dtype):
    try:
        made = constant(shape, value, dtype)
    except (ValueError, TypeError) as error:
        assert " must be " in str(error)
    else:
        assert (made == dtype(value)).all() and np.isfinite(made).all() and made.shape == tuple(shape)


# What becomes of constant weights


def trained(hidden, readout, steps=300, rate=0.1):
    """The hidden weights after gradient descent on a curved target, beside the largest gradient of the first step."""
    x = np.random.default_rng(1).standard_normal((64, 3))
    target = np.sin(x @ [1.0, 2.0, -1.0])[:, None]
    weights, first = [hidden, readout], 0.0
    for step in range(steps):
        pre, post = forward(x, weights, "tanh")
        inner, outer = backward(weights, pre, (post[1] - target) / len(x), "tanh")
        gradients = [inner.T @ x, outer.T @ post[0]]
        first = first if step else max(abs(gradient).max() for gradient in gradients)
        weights = [w - rate * gradient for w, gradient in zip(weights, gradients, strict=True)]
    return weights[0], first


def spread(weights):
    """The largest difference between two units, and that between two weights of a unit."""
    return np.ptp(weights, axis=0).max(), np.ptp(weights, axis=1).max()


def test_units_with_constant_weights_stay_equal():
    constants = constant((8, 3), 0.5, np.float64), constant((1, 8), 0.5, np.float64)
    between, within = spread(trained(*constants)[0])
    assert between < 1e-12 and within > 0.3
    # negative control: random weights in either layer tell the units apart
    readout = lecun_normal((1, 8), rng=np.random.default_rng(2), dtype=np.float64)
    assert spread(trained(constants[0], readout)[0])[0] > 0.1
    hidden = lecun_normal((8, 3), rng=np.random.default_rng(2), dtype=np.float64)
    assert spread(trained(hidden, constants[1])[0])[0] > 0.1


def test_two_layers_of_zeros_never_move():
    hidden, first = trained(zeros((8, 3), np.float64), zeros((1, 8), np.float64), steps=3)
    assert first == 0 and not hidden.any()
    # negative control: one layer of zeros does move
    assert trained(constant((8, 3), 0.5, np.float64), zeros((1, 8), np.float64), steps=3)[1] > 0.01
