"""The variance, standard deviation and limit of each scheme are those of its rule, and bad input is refused.
초기화 방법마다 분산, 표준편차, 범위가 규칙과 같고 잘못된 입력은 거부하는지 확인합니다."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused
from weightinit import SCHEMES, bound, std, variance

NAMES = list(SCHEMES)
FANS = [(784, 256), (256, 784), (1, 7), (100, 50), (27, 576)]
# Each rule written out once more, by hand.
RULES = {
    "xavier": lambda i, o: 2 / (i + o),
    "he": lambda i, o: 2 / i,
    "lecun": lambda i, o: 1 / i,
    "fan_in_uniform": lambda i, o: (1 / math.sqrt(i)) ** 2 / 3,
}


@pytest.mark.parametrize(("fan_in", "fan_out"), FANS)
@pytest.mark.parametrize("name", NAMES)
def test_variance_std_and_bound_follow_the_rule(name, fan_in, fan_out):
    claimed = RULES[name](fan_in, fan_out)
    assert variance(name, fan_in, fan_out) == pytest.approx(claimed, rel=1e-14)
    assert std(name, fan_in, fan_out) == pytest.approx(math.sqrt(claimed), rel=1e-14)
    assert bound(name, fan_in, fan_out) == pytest.approx(math.sqrt(3 * claimed), rel=1e-14)


@pytest.mark.parametrize(
    ("name", "deviation", "limit"),
    [
        ("xavier", 0.0438529010, 0.0759554525),
        ("he", 0.0505076272, 0.0874817765),
        ("lecun", 0.0357142857, 0.0618589574),
        ("fan_in_uniform", 0.0206196525, 0.0357142857),
    ],
)
def test_known_numbers_for_784_inputs_and_256_outputs(name, deviation, limit):
    assert std(name, 784, 256) == pytest.approx(deviation, abs=5e-11)
    assert bound(name, 784, 256) == pytest.approx(limit, abs=5e-11)
    for function in (variance, std, bound):
        assert type(function(name, np.int64(784), np.int32(256))) is float


def test_known_number_of_the_paper():
    assert bound("xavier", 100, 50) == pytest.approx(0.2, rel=1e-15)


@pytest.mark.parametrize("a", [0.0, 0.01, -0.2, 1.0, math.sqrt(5)])
def test_he_takes_a_slope_and_a_mode(a):
    for mode, fan in (("fan_in", 784), ("fan_out", 256)):
        claimed = 2 / ((1 + a * a) * fan)
        assert variance("he", 784, 256, a=a, mode=mode) == pytest.approx(claimed, rel=1e-14)
        assert std("he", 784, 256, a=a, mode=mode) == pytest.approx(claimed**0.5, rel=1e-14)
        assert bound("he", 784, 256, a=a, mode=mode) == pytest.approx((3 * claimed) ** 0.5, rel=1e-14)
        assert variance("he", 784, 256, mode=mode) == 2 / fan
    assert variance("he", 784, 256, a=a) == variance("he", 784, 256, a=a, mode="fan_in")


def test_slope_root_5_turns_he_into_the_fan_in_uniform():
    assert bound("he", 784, 256, a=math.sqrt(5)) == pytest.approx(bound("fan_in_uniform", 784, 256), rel=1e-14)


@settings(derandomize=True, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    fan_in=st.integers(1, 10**9),
    fan_out=st.integers(1, 10**9),
    a=st.floats(-1e3, 1e3),
)
def test_the_bound_is_root_3_standard_deviations_for_all_fans(name, fan_in, fan_out, a):
    params = {"a": a} if name == "he" else {}
    spread = variance(name, fan_in, fan_out, **params)
    assert 0 < spread <= 2
    assert bound(name, fan_in, fan_out, **params) ** 2 / 3 == pytest.approx(spread, rel=1e-13)


@pytest.mark.parametrize("function", [variance, std, bound])
def test_bad_fans_are_refused(function):
    for bad in (0, -3):
        with refused(ValueError, f"fan_in must be a positive integer, got {bad}"):
            function("lecun", bad, 5)
        with refused(ValueError, f"fan_out must be a positive integer, got {bad}"):
            function("lecun", 5, bad)
    for bad in (2.0, "2", None, True):
        with refused(TypeError, f"fan_in must be a positive integer, got {bad!r}"):
            function("lecun", bad, 5)
        with refused(TypeError, f"fan_out must be a positive integer, got {bad!r}"):
            function("lecun", 5, bad)
