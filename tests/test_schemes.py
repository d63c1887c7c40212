"""Draws have the variance and the shape that scheme and distribution claim, and bad input is refused.
뽑은 가중치의 분산과 분포가 초기화 방법과 분포의 이름대로이고, 잘못된 입력은 거부하는지 확인합니다."""

import inspect
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.support import refused, rng
from weightinit import SCHEMES, bound, fans, initialize, std, variance
from weightinit.sampling import normal, truncated_normal, uniform
from weightinit.schemes.fan_in_uniform import fan_in_uniform
from weightinit.schemes.he import he_normal, he_truncated_normal, he_uniform
from weightinit.schemes.lecun import lecun_normal, lecun_truncated_normal, lecun_uniform
from weightinit.schemes.random import random_normal, random_truncated_normal, random_uniform
from weightinit.schemes.xavier import xavier_normal, xavier_truncated_normal, xavier_uniform

NAMES = list(SCHEMES)
FUNCTIONS = {
    xavier_normal: ("xavier", "normal"),
    xavier_uniform: ("xavier", "uniform"),
    xavier_truncated_normal: ("xavier", "truncated_normal"),
    he_normal: ("he", "normal"),
    he_uniform: ("he", "uniform"),
    he_truncated_normal: ("he", "truncated_normal"),
    lecun_normal: ("lecun", "normal"),
    lecun_uniform: ("lecun", "uniform"),
    lecun_truncated_normal: ("lecun", "truncated_normal"),
    fan_in_uniform: ("fan_in_uniform", "uniform"),
}
PRIMITIVES = {"normal": normal, "uniform": uniform, "truncated_normal": truncated_normal}
# name of the factor, its default, distribution, variance for a factor of 1
FIXED = {
    random_normal: ("std", 0.01, "normal", 1.0),
    random_uniform: ("limit", 0.05, "uniform", 1 / 3),
    random_truncated_normal: ("std", 0.02, "truncated_normal", 1.0),
}
TYPES = (np.float32, np.float64)
# A normal number cut at two standard deviations: how much spread is left, and how far the cut then lies.
KEPT = stats.truncnorm(-2, 2).std()
CUT = 2 / KEPT
KURTOSIS = {"normal": 3.0, "uniform": 1.8, "truncated_normal": 3 + stats.truncnorm(-2, 2).stats("k")}
Z = 5.85  # false alarm below 1e-8; with a million draws a standard deviation that is 1 % off is seen


def off(drawn, distribution):
    """Distance of the second moment from a claimed variance, in units of what is tolerated."""
    second = np.mean(np.square(drawn, dtype=np.float64))
    tolerated = Z * math.sqrt((KURTOSIS[distribution] - 1) / drawn.size)
    return lambda claimed: abs(second / claimed - 1) / tolerated


def test_known_numbers_of_the_cut():
    assert pytest.approx(0.879625661034240, abs=1e-15) == KEPT
    assert pytest.approx(2.2737, abs=1e-5) == CUT
    assert KURTOSIS["truncated_normal"] == pytest.approx(2.3655, abs=4e-5)


@pytest.mark.parametrize("distribution", PRIMITIVES)
@pytest.mark.parametrize("name", NAMES)
def test_draws_have_the_variance_of_the_scheme(name, distribution):
    drawn = initialize(name, (500, 2000), rng=rng(1), distribution=distribution)
    claimed = variance(name, 2000, 500)  # fans a factor of 4 apart: taking one for the other is seen
    assert drawn.shape == (500, 2000) and drawn.dtype == np.float32
    distance = off(drawn, distribution)
    assert distance(claimed) <= 1
    assert distance(claimed * 1.02) > 1  # negative control: a standard deviation 1 % off
    assert distance(claimed / 2) > 100  # negative control: c = 1 where c = 2 is claimed
    assert distance(claimed * KEPT**2) > 30  # negative control: the standard deviation is that before cutting


@pytest.mark.parametrize("distribution", PRIMITIVES)
def test_draws_have_the_shape_of_the_distribution(distribution):
    drawn = initialize("he", (300, 400), rng=rng(2), distribution=distribution, dtype=np.float64).ravel()
    spread, limit = std("he", 400, 300), bound("he", 400, 300)
    laws = {
        "normal": stats.norm(0, spread).cdf,
        "uniform": stats.uniform(-limit, 2 * limit).cdf,
        "truncated_normal": stats.truncnorm(-2, 2, scale=spread / KEPT).cdf,
    }
    assert stats.kstest(drawn, laws.pop(distribution)).pvalue > 1e-3
    for other in laws.values():
        assert stats.kstest(drawn, other).pvalue < 1e-8  # negative control: the other distributions


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize(("distribution", "limit"), [("uniform", math.sqrt(3)), ("truncated_normal", CUT)])
def test_draws_reach_their_limits_and_go_no_further(distribution, limit, dtype):
    drawn = initialize("he", (500, 2000), rng=rng(3), distribution=distribution, dtype=dtype)
    spread = std("he", 2000, 500)
    rounding = 1 + 2 * np.finfo(dtype).eps
    assert 0.9999 * limit < abs(drawn).max(initial=0) / spread <= limit * rounding
    # negative control: a normal number of this size lies beyond both limits
    assert abs(initialize("he", (500, 2000), rng=rng(3), distribution="normal")).max() > 4 * spread


@pytest.mark.parametrize("name", NAMES)
def test_distribution_of_a_scheme_unless_told_otherwise(name):
    own = "uniform" if name == "fan_in_uniform" else "normal"
    drawn = initialize(name, (20, 30), rng=rng())
    for distribution in PRIMITIVES:
        same = np.array_equal(drawn, initialize(name, (20, 30), rng=rng(), distribution=distribution))
        assert same == (distribution == own)


@pytest.mark.parametrize("layout", ["out_in", "in_out"])
@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("distribution", PRIMITIVES)
def test_draws_are_the_primitive_times_one_number(distribution, dtype, layout):
    shape = (5, 7, 30, 40)
    factor = bound if distribution == "uniform" else std
    primitive = PRIMITIVES[distribution](shape, rng=rng(4), dtype=dtype)
    for name in NAMES:
        drawn = initialize(name, shape, rng=rng(4), distribution=distribution, dtype=dtype, layout=layout)
        assert drawn.dtype == dtype
        assert np.array_equal(drawn, primitive * dtype(factor(name, *fans(shape, layout))))


@pytest.mark.parametrize("draw", FUNCTIONS)
def test_thin_functions_are_initialize_under_a_name(draw):
    name, distribution = FUNCTIONS[draw]
    for layout in ("out_in", "in_out"):
        for dtype in TYPES:
            options = {"layout": layout, "dtype": dtype}
            expected = initialize(name, (3, 40, 50), rng=rng(3), distribution=distribution, **options)
            drawn = draw((3, 40, 50), rng=rng(3), **options)
            assert np.array_equal(drawn, expected) and drawn.dtype == dtype
    default = draw((3, 40, 50), rng=rng(3))
    assert np.array_equal(default, draw((3, 40, 50), rng=rng(3), layout="out_in", dtype=np.float32))
    parameters = inspect.signature(draw).parameters
    assert parameters["rng"].kind is inspect.Parameter.KEYWORD_ONLY
    assert list(parameters)[:4] == ["shape", "rng", "layout", "dtype"]


@pytest.mark.parametrize("draw", [he_normal, he_uniform, he_truncated_normal])
def test_thin_he_functions_take_slope_and_mode(draw):
    for params in ({}, {"a": 0.5}, {"mode": "fan_out"}, {"a": 0.5, "mode": "fan_out"}):
        expected = initialize("he", (40, 50), rng=rng(3), distribution=FUNCTIONS[draw][1], **params)
        assert np.array_equal(draw((40, 50), rng=rng(3), **params), expected)


# Fixed scales


@pytest.mark.parametrize("draw", FIXED)
def test_fixed_scales(draw):
    _, default, distribution, share = FIXED[draw]
    distance = off(draw((1000, 1000), 0.3, rng=rng(4)), distribution)
    assert distance(0.3**2 * share) <= 1
    assert distance(0.303**2 * share) > 1  # negative control
    assert np.array_equal(draw((20,), rng=rng()), draw((20,), default, rng=rng()))
    for dtype in TYPES:
        primitive = PRIMITIVES[distribution]((20,), rng=rng(5), dtype=dtype)
        drawn = draw((20,), 0.3, rng=rng(5), dtype=dtype)
        assert drawn.dtype == dtype and np.array_equal(drawn, primitive * dtype(0.3))
    assert draw((2,), rng=rng()).dtype == np.float32
    assert not draw((20,), 0, rng=rng()).any()


def test_the_std_of_a_truncated_draw_is_the_one_asked_for():
    drawn = random_truncated_normal((1000, 1000), 0.02, rng=rng(6))
    distance = off(drawn, "truncated_normal")
    assert distance(0.02**2) <= 1
    assert distance((0.02 * KEPT) ** 2) > 30  # negative control: Keras and JAX
    assert abs(drawn).max() <= CUT * 0.02 * (1 + 1e-6) < abs(random_normal((1000,), 0.02, rng=rng(6))).max()


@pytest.mark.parametrize("draw", FIXED)
def test_scales_that_are_no_scale_are_refused_before_anything_is_drawn(draw):
    name = FIXED[draw][0]
    generator = rng()
    for bad in (-1e-9, math.nan, math.inf):
        with refused(ValueError, f"{name} must be a finite number >= 0, got {bad}"):
            draw((2, 3), bad, rng=generator)
    for bad in ("1", None, True):
        with refused(TypeError, f"{name} must be a finite number >= 0, got {bad!r}"):
            draw((2, 3), bad, rng=generator)
    with refused(ValueError, f"{name} must have a square that float32 can hold, got 1e+20"):
        draw((2, 3), 1e20, rng=generator)
    with refused(ValueError, f"{name} must have a square that float64 can hold, got 1e+200"):
        draw((2, 3), 1e200, rng=generator, dtype=np.float64)
    assert generator.random() == rng().random()
    assert np.isfinite(draw((50,), 1e20, rng=rng(), dtype=np.float64)).all()
    largest = math.sqrt(float(np.finfo(np.float32).max))  # the last number whose square float32 holds
    assert np.isfinite(draw((50,), largest, rng=rng())).all()
    with pytest.raises(ValueError, match="square"):
        draw((50,), math.nextafter(largest, math.inf), rng=rng())


# What is refused


@pytest.mark.parametrize("draw", [*FUNCTIONS, *FIXED])
def test_shapes_without_fans_and_other_bad_arguments_are_refused(draw):
    generator = rng()
    for bad in ((), (0, 3), (3, 0), (3, -1), *([(3,)] if draw in FUNCTIONS else [])):
        with pytest.raises(ValueError, match=r"^shape.* positive integer.*, got "):
            draw(bad, rng=generator)
    for bad in (3, None, (3.0, 4), (True, 4)):
        with pytest.raises(TypeError, match=r"^shape.* positive integer.*, got "):
            draw(bad, rng=generator)
    for bad in (np.float16, "float16"):
        with pytest.raises(TypeError, match=r"^dtype must be float32 or float64, got .*float16.*astype"):
            draw((2, 3), rng=generator, dtype=bad)
    for bad in (np.int64, complex, ">f4", "float33", None):
        with refused(TypeError, f"dtype must be float32 or float64, got {bad!r}"):
            draw((2, 3), rng=generator, dtype=bad)
    with pytest.raises(TypeError, match="^rng must be a NumPy Generator"):
        draw((2, 3), rng=0)
    assert generator.random() == rng().random()  # nothing was drawn


@pytest.mark.parametrize("draw", FUNCTIONS)
def test_unknown_layouts_are_refused(draw):
    with pytest.raises(ValueError, match="^unknown layout 'HWIO'.*did you mean 'in_out'"):
        draw((2, 3), rng=rng(), layout="HWIO")


def test_unknown_distributions_are_refused():
    generator = rng()
    valid = "expected one of 'normal', 'uniform', 'truncated_normal'"
    for bad, nearest in {
        "gaussian": "normal",
        "Uniform": "uniform",
        "truncated": "truncated_normal",
        "trunc_normal": "truncated_normal",
        "trunc_normal_": "truncated_normal",
    }.items():
        with refused(ValueError, f"unknown distribution {bad!r}: {valid}; did you mean {nearest!r}?"):
            initialize("he", (2, 3), rng=generator, distribution=bad)
    with refused(ValueError, f"unknown distribution 'cauchy': {valid}"):
        initialize("he", (2, 3), rng=generator, distribution="cauchy")
    with refused(TypeError, f"distribution must be a name, got 0: {valid}"):
        initialize("he", (2, 3), rng=generator, distribution=0)
    assert generator.random() == rng().random()  # nothing was drawn


SHAPES = st.one_of(st.none(), st.lists(st.one_of(st.integers(-2, 3), st.floats(), st.booleans()), max_size=4))
DTYPES = st.sampled_from([np.float32, np.float64, "float32", np.float16, int, None, "float33"])


def finite_or_refused(shape, dtype, call):
    """The given shape and dtype come out, with finite numbers, or a message says what was expected."""
    try:
        drawn = call()
    except (ValueError, TypeError) as error:
        assert "expected" in str(error) or " must " in str(error)
    else:
        assert np.isfinite(drawn).all() and drawn.shape == tuple(shape) and drawn.dtype == dtype


@settings(derandomize=True, deadline=None)
@given(
    shape=SHAPES,
    name=st.one_of(st.sampled_from(NAMES), st.text(max_size=9)),
    distribution=st.one_of(st.none(), st.sampled_from(list(PRIMITIVES)), st.text(max_size=9)),
    layout=st.sampled_from(["out_in", "in_out", "", None]),
    dtype=DTYPES,
    a=st.one_of(st.none(), st.floats(allow_nan=True)),
)
def test_whatever_is_given_comes_out_finite_or_is_refused(shape, name, distribution, layout, dtype, a):
    params = {} if a is None else {"a": a}
    options = {"distribution": distribution, "layout": layout, "dtype": dtype}
    finite_or_refused(shape, dtype, lambda: initialize(name, shape, rng=rng(), **options, **params))


@settings(derandomize=True, deadline=None)
@given(draw=st.sampled_from(list(FIXED)), shape=SHAPES, factor=st.floats(allow_nan=True), dtype=DTYPES)
def test_whatever_scale_is_given_comes_out_finite_or_is_refused(draw, shape, factor, dtype):
    finite_or_refused(shape, dtype, lambda: draw(shape, factor, rng=rng(), dtype=dtype))
