"""Fan-in and fan-out are read correctly from every shape and layout, and bad shapes are refused.
팬인과 팬아웃을 가중치의 모양과 축 순서에서 바르게 읽고, 잘못된 모양은 이유를 밝혀 거부하는지 확인합니다."""

import importlib
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weightinit import Fans, fans

SIZES = st.integers(1, 1000)
TUPLE = "shape must be a tuple of at least 2 positive integers, got "


@pytest.mark.parametrize(
    ("shape", "layout", "fan_in", "fan_out"),
    [
        ((256, 784), "out_in", 784, 256),
        ((784, 256), "in_out", 784, 256),
        ((64, 3, 7, 5), "out_in", 3 * 35, 64 * 35),
        ((7, 5, 3, 64), "in_out", 3 * 35, 64 * 35),
        ((64, 3, 9), "out_in", 27, 576),
        ([1, 1], "out_in", 1, 1),
    ],
)
def test_fans_of_known_shapes(shape, layout, fan_in, fan_out):
    assert fans(shape, layout) == Fans(fan_in=fan_in, fan_out=fan_out)
    assert fans(shape, layout).fan_in == fan_in and fans(shape, layout)[1] == fan_out


@settings(derandomize=True, deadline=None)
@given(outputs=SIZES, inputs=SIZES, kernel=st.lists(st.integers(1, 9), max_size=3))
def test_fans_are_units_times_kernel_positions_in_both_layouts(outputs, inputs, kernel):
    expected = (inputs * math.prod(kernel), outputs * math.prod(kernel))
    assert fans((outputs, inputs, *kernel)) == expected
    assert fans((*kernel, inputs, outputs), layout="in_out") == expected


def test_default_layout_is_out_in():
    assert fans((2, 3)) == fans((2, 3), "out_in") != fans((2, 3), "in_out")


def test_numpy_integers_are_accepted_and_become_python_integers():
    for layout, expected in (("out_in", (3, 2)), ("in_out", (2, 3))):
        read = fans((np.int64(2), np.uint8(3)), layout)
        assert read == expected and all(type(size) is int for size in read)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((), TUPLE + "() with 0"),
        ((5,), TUPLE + "(5,) with 1"),
        ((0, 3), "shape[0] must be a positive integer, got 0"),
        ((3, 0), "shape[1] must be a positive integer, got 0"),
        ((3, -1), "shape[1] must be a positive integer, got -1"),
    ],
)
def test_shapes_without_fans_are_refused(shape, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        fans(shape)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (5, TUPLE + "5"),
        (None, TUPLE + "None"),
        ("34", TUPLE + "'34'"),
        ((2.0, 3), "shape[0] must be a positive integer, got 2.0"),
        ((2, 3, "4"), "shape[2] must be a positive integer, got '4'"),
        ((True, 3), "shape[0] must be a positive integer, got True"),
    ],
)
def test_what_is_no_shape_is_refused(shape, message):
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        fans(shape)


@pytest.mark.parametrize(
    ("layout", "nearest"),
    [(used, "'out_in'") for used in ("OI", "OIHW", "torch", "pytorch", "out_im")]
    + [(used, "'in_out'") for used in ("IO", "HWIO", "keras", "jax", "flax", "tensorflow", "inout")],
)
def test_layouts_of_other_libraries_are_answered_with_the_name_used_here(layout, nearest):
    expected = f"unknown layout {layout!r}: expected one of 'out_in', 'in_out'; did you mean {nearest}?"
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        fans((2, 3), layout)


def test_the_names_of_other_libraries_are_all_known():
    aliases = importlib.import_module("weightinit.fans").ALIASES  # weightinit.fans is the function
    assert sorted(aliases) == [
        *("flax", "hwio", "io", "jax", "keras", "oi", "oihw", "pytorch", "tensorflow", "torch"),
    ]


def test_layout_unlike_any_name_gets_no_suggestion():
    with pytest.raises(ValueError, match="^unknown layout '': expected one of 'out_in', 'in_out'$"):
        fans((2, 3), "")


def test_layout_must_be_a_name():
    with pytest.raises(TypeError, match="^layout must be a name, got 1: expected one of 'out_in', 'in_out'$"):
        fans((2, 3), 1)
