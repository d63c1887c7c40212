"""A bad argument is refused with what was given, what was expected and, for a name, the nearest one.
잘못된 인수를 받으면 받은 값과 기대한 값을, 이름이라면 가장 가까운 이름까지 알려 주며 거부하는지 확인합니다."""

import math

import numpy as np
import pytest

from tests.support import refused
from weightinit import _errors


def test_a_name_is_found_or_the_nearest_is_named():
    assert _errors.choose("colour", "red", ("red", "green")) == "red"
    with refused(ValueError, "unknown colour 'Gren': expected one of 'red', 'green'; did you mean 'green'?"):
        _errors.choose("colour", "Gren", ("red", "green"))
    with refused(ValueError, "unknown colour 'rouge': expected one of 'red'; did you mean 'red', in French?"):
        _errors.choose("colour", "rouge", ("red",), {"rouge": "'red', in French"})
    with refused(ValueError, "unknown colour 'qqqq': expected one of 'red'"):
        _errors.choose("colour", "qqqq", ("red",))
    with refused(TypeError, "colour must be a name, got 3: expected one of 'red'"):
        _errors.choose("colour", 3, ("red",))
    with refused(TypeError, "colour must be a name, got []: expected one of 'red'"):
        _errors.choose("colour", [], {"red": 1})


@pytest.mark.parametrize("got", [1, np.int64(7), np.uint8(1)])
def test_sizes_are_positive_integers(got):
    assert _errors.size("n", got) == got and type(_errors.size("n", got)) is int


@pytest.mark.parametrize(("got", "kind"), [(0, ValueError), (-1, ValueError), (1.0, TypeError), (True, TypeError)])
def test_other_sizes_are_refused(got, kind):
    with refused(kind, f"n must be a positive integer, got {got}"):
        _errors.size("n", got)
    with refused(kind, f"n[1] must be a positive integer, got {got}"):
        _errors.sizes("n", (2, got), least=1)


def test_shapes_are_tuples_or_lists_of_enough_sizes():
    assert _errors.sizes("n", [2, 3], least=2) == (2, 3)
    expected = "n must be a tuple of at least 2 positive integers"
    with refused(ValueError, f"{expected}, got (2,) with 1"):
        _errors.sizes("n", (2,), least=2)
    with refused(TypeError, f"{expected}, got '23'"):
        _errors.sizes("n", "23", least=2)


@pytest.mark.parametrize("got", [0.5, 1, np.float32(0.25), -3])
def test_numbers_are_finite(got):
    assert _errors.number("x", got) == got and type(_errors.number("x", got)) is float


@pytest.mark.parametrize("got", [math.nan, math.inf, -math.inf, 10**400, -(10**400)])
def test_numbers_beyond_every_limit_are_refused(got):
    with refused(ValueError, f"x must be a finite number, got {got!r}"):
        _errors.number("x", got)


def test_a_limit_is_meant_as_it_reads():
    assert _errors.number("x", 2, at_least=2) == 2 and _errors.number("x", 2.5, above=2) == 2.5
    with refused(ValueError, "x must be a finite number >= 2, got 1.9"):
        _errors.number("x", 1.9, at_least=2)
    with refused(ValueError, "x must be a finite number > 2, got 2"):
        _errors.number("x", 2, above=2)
    for got in ("1", None, True, 1j):
        with refused(TypeError, f"x must be a finite number > 2, got {got!r}"):
            _errors.number("x", got, above=2)


def test_a_result_that_left_the_range_is_refused():
    assert _errors.finite("the sum", 1e308) == 1e308
    for value in (math.inf, -math.inf, math.nan):
        with refused(ValueError, "the sum is too large for float64: expected smaller variances, sizes or moments"):
            _errors.finite("the sum", value)


def test_a_scale_has_a_square_that_the_type_holds():
    for dtype in (np.float32, np.float64):
        limits = np.finfo(dtype)
        largest, smallest = math.sqrt(float(limits.max)), math.sqrt(float(limits.tiny)) * (1 + 1e-12)
        assert _errors.scale("gain", largest, dtype) == largest
        assert _errors.scale("gain", smallest, dtype) == smallest
        for got in (largest * 1.01, smallest * 0.99):
            with refused(ValueError, f"gain must have a square that {np.dtype(dtype)} can hold, got {got!r}"):
                _errors.scale("gain", got, dtype)
        with refused(ValueError, "gain must be a finite number > 0, got 0"):
            _errors.scale("gain", 0, dtype)


def test_types_and_generators():
    generator = np.random.default_rng(0)
    assert _errors.generator(generator) is generator
    with refused(TypeError, "rng must be a NumPy Generator such as np.random.default_rng(0), got 0"):
        _errors.generator(0)
    assert _errors.float_type("float32") is np.float32 and _errors.float_type(float) is np.float64
    hint = ": draw in float32, then round with .astype(np.float16)"
    bad = [np.int64, None, "float33", ">f4", {"names": ["a"]}]  # NumPy's ValueError
    for got, more in [*((kind, "") for kind in bad), ("float16", hint)]:
        with refused(TypeError, f"dtype must be float32 or float64, got {got!r}{more}"):
            _errors.float_type(got)
