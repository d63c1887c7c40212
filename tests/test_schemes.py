"""Every scheme, and every draw from it, has the variance of its rule, and bad input is refused.
초기화 방법마다 분산이 규칙과 같고 실제로 뽑은 가중치의 분산도 그와 맞으며, 잘못된 입력은 거부하는지 확인합니다."""

import inspect
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import weightinit
from weightinit import SCHEMES, Scheme, bound, fans, initialize, std, variance
from weightinit.schemes import registry

NAMES = list(SCHEMES)
FANS = [(784, 256), (256, 784), (1, 7), (100, 50), (27, 576)]
# Each rule written out once more, by hand.
RULES = {
    "xavier": lambda i, o: 2 / (i + o),
    "he": lambda i, o: 2 / i,
    "lecun": lambda i, o: 1 / i,
    "fan_in_uniform": lambda i, o: (1 / math.sqrt(i)) ** 2 / 3,
}
FUNCTIONS = {
    "xavier_normal": ("xavier", "normal"),
    "xavier_uniform": ("xavier", "uniform"),
    "he_normal": ("he", "normal"),
    "he_uniform": ("he", "uniform"),
    "lecun_normal": ("lecun", "normal"),
    "lecun_uniform": ("lecun", "uniform"),
    "fan_in_uniform": ("fan_in_uniform", "uniform"),
}
KURTOSIS = {"normal": 3.0, "uniform": 1.8}
Z = 5.85  # false alarm below 1e-8; with a million draws a standard deviation that is 1 % off is seen


def rng(seed=0):
    return np.random.default_rng(seed)


def off(drawn, claimed, distribution):
    """Distance of the second moment from the claimed variance, in units of what is tolerated."""
    second = np.mean(np.square(drawn, dtype=np.float64))
    return abs(second / claimed - 1) / (Z * math.sqrt((KURTOSIS[distribution] - 1) / drawn.size))


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


# The rules


def test_the_registry_is_the_documented_one():
    assert list(RULES) == NAMES
    assert SCHEMES["xavier"] == Scheme(
        "xavier", 2, 1, 1, "activations that are close to the identity around 0", "glorot2010", "normal"
    )
    assert SCHEMES["he"] == Scheme("he", 2, 1, 0, "ReLU or leaky ReLU activations", "he2015", "normal")
    assert SCHEMES["lecun"] == Scheme(
        "lecun", 1, 1, 0, "inputs with mean 0 and variance 1", "lecun1998", "normal"
    )
    assert SCHEMES["fan_in_uniform"] == Scheme(
        "fan_in_uniform", 1 / 3, 1, 0, "nothing: a habit", "PyTorch, torch.nn.Linear", "uniform"
    )
    assert Scheme("mine", 1, 1, 0, "", "").distribution == "normal"
    with pytest.raises(AttributeError):
        SCHEMES["he"].c = 3


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
    assert bound("he", 784, 256, a=math.sqrt(5)) == pytest.approx(
        bound("fan_in_uniform", 784, 256), rel=1e-14
    )


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


# The draws


@pytest.mark.parametrize("layout", ["out_in", "in_out"])
@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize("name", NAMES)
def test_draws_have_the_variance_of_the_scheme(name, distribution, layout):
    shape = (500, 2000)  # the two fans differ by a factor of 4: taking one for the other is seen
    drawn = initialize(name, shape, rng=rng(1), distribution=distribution, layout=layout)
    claimed = RULES[name](*fans(shape, layout))
    assert drawn.shape == shape and drawn.dtype == np.float32
    assert off(drawn, claimed, distribution) <= 1
    assert off(drawn, claimed * 1.02, distribution) > 1  # negative control: a standard deviation 1 % off
    assert off(drawn, claimed / 2, distribution) > 100  # negative control: c = 1 where c = 2 is claimed


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
def test_draws_have_the_shape_of_the_distribution(distribution):
    drawn = initialize("he", (100, 100), rng=rng(2), distribution=distribution, dtype=np.float64).ravel()
    laws = {
        "normal": stats.norm(0, std("he", 100, 100)).cdf,
        "uniform": stats.uniform(-bound("he", 100, 100), 2 * bound("he", 100, 100)).cdf,
    }
    assert stats.kstest(drawn, laws.pop(distribution)).pvalue > 1e-3
    assert stats.kstest(drawn, *laws.values()).pvalue < 1e-8  # negative control: the other distribution


@pytest.mark.parametrize("name", NAMES)
def test_distribution_of_a_scheme_unless_told_otherwise(name):
    own = "uniform" if name == "fan_in_uniform" else "normal"
    drawn = initialize(name, (20, 30), rng=rng())
    assert np.array_equal(drawn, initialize(name, (20, 30), rng=rng(), distribution=own))
    other = {"uniform": "normal", "normal": "uniform"}[own]
    assert not np.array_equal(drawn, initialize(name, (20, 30), rng=rng(), distribution=other))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_thin_functions_are_initialize_under_a_name(function):
    name, distribution = FUNCTIONS[function]
    draw = getattr(weightinit, function)
    for layout in ("out_in", "in_out"):
        for dtype in (np.float32, np.float64):
            expected = initialize(
                name, (3, 40, 50), rng=rng(3), distribution=distribution, layout=layout, dtype=dtype
            )
            drawn = draw((3, 40, 50), rng=rng(3), layout=layout, dtype=dtype)
            assert np.array_equal(drawn, expected) and drawn.dtype == dtype
    default = draw((3, 40, 50), rng=rng(3))
    assert np.array_equal(default, draw((3, 40, 50), rng=rng(3), layout="out_in", dtype=np.float32))
    parameters = inspect.signature(draw).parameters
    assert parameters["rng"].kind is inspect.Parameter.KEYWORD_ONLY
    assert list(parameters)[:4] == ["shape", "rng", "layout", "dtype"]


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
def test_thin_he_functions_take_slope_and_mode(distribution):
    draw = getattr(weightinit, f"he_{distribution}")
    for params in ({}, {"a": 0.5}, {"mode": "fan_out"}, {"a": 0.5, "mode": "fan_out"}):
        expected = initialize("he", (40, 50), rng=rng(3), distribution=distribution, **params)
        assert np.array_equal(draw((40, 50), rng=rng(3), **params), expected)


@pytest.mark.parametrize(
    ("draw", "name", "default", "distribution", "share"),
    [
        (weightinit.random_normal, "std", 0.01, "normal", 1.0),
        (weightinit.random_uniform, "limit", 0.05, "uniform", 1 / 3),
    ],
)
def test_fixed_scales(draw, name, default, distribution, share):
    assert off(draw((1000, 1000), 0.3, rng=rng(4)), 0.09 * share, distribution) <= 1
    assert off(draw((1000, 1000), 0.303, rng=rng(4)), 0.09 * share, distribution) > 1
    assert np.array_equal(draw((20,), rng=rng()), draw((20,), default, rng=rng()))
    primitive = getattr(weightinit, distribution)
    for dtype in (np.float32, np.float64):
        drawn = draw((20,), 0.3, rng=rng(5), dtype=dtype)
        assert drawn.dtype == dtype and np.allclose(
            drawn, 0.3 * primitive((20,), rng=rng(5), dtype=dtype), rtol=1e-6
        )
    assert draw((2,), rng=rng()).dtype == np.float32
    assert not draw((20,), 0, rng=rng()).any()
    for bad in (-1e-9, math.nan, math.inf):
        with refused(ValueError, f"{name} must be a finite number >= 0, got {bad}"):
            draw((2, 3), bad, rng=rng())
    for bad in ("1", None, True):
        with refused(TypeError, f"{name} must be a finite number >= 0, got {bad!r}"):
            draw((2, 3), bad, rng=rng())
    with refused(ValueError, f"{name} must have a square that float32 can hold, got 1e+20"):
        draw((2, 3), 1e20, rng=rng())
    assert np.isfinite(draw((50,), 1e20, rng=rng(), dtype=np.float64)).all()
    largest = math.sqrt(float(np.finfo(np.float32).max))  # the last number whose square float32 holds
    assert np.isfinite(draw((50,), largest, rng=rng())).all()
    with pytest.raises(ValueError, match="square"):
        draw((50,), math.nextafter(largest, math.inf), rng=rng())


# What is refused

ALL = "expected one of 'xavier', 'he', 'lecun', 'fan_in_uniform'"
CALLS = [
    lambda name, **params: variance(name, 3, 4, **params),
    lambda name, **params: std(name, 3, 4, **params),
    lambda name, **params: bound(name, 3, 4, **params),
    lambda name, **params: initialize(name, (4, 3), rng=rng(), **params),
    lambda name, **params: initialize(name, (4, 3), rng=rng(), distribution="uniform", **params),
]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("kaiming", "'he'"),
        ("kaimng", "'he'"),
        ("He", "'he'"),
        ("glorot", "'xavier'"),
        ("Xaiver", "'xavier'"),
        ("LeCun", "'lecun'"),
        ("fan_in", "'fan_in_uniform'"),
        ("kaiming_normal", "'he' with distribution='normal'"),
        ("kaiming_uniform_", "'he' with distribution='uniform'"),
        ("he_normal", "'he' with distribution='normal'"),
        ("glorot_uniform", "'xavier' with distribution='uniform'"),
        ("xavier_normal", "'xavier' with distribution='normal'"),
        ("lecun_uniform", "'lecun' with distribution='uniform'"),
        ("random_normal", "the function random_normal"),
        ("random_uniform", "the function random_uniform"),
    ],
)
@pytest.mark.parametrize("call", CALLS)
def test_other_names_are_answered_with_the_name_used_here(call, name, nearest):
    with refused(ValueError, f"unknown scheme {name!r}: {ALL}; did you mean {nearest}?"):
        call(name)


def test_the_names_of_other_libraries_are_all_known():
    families = ["xavier", "glorot", "he", "kaiming", "lecun"]
    drawn = [f"{family}_{form}" for family in families for form in ("normal", "uniform")]
    assert list(registry.ALIASES) == [*families, *drawn, "random_normal", "random_uniform"]
    assert list(registry.DISTRIBUTION_ALIASES) == ["gaussian"]


@pytest.mark.parametrize("call", CALLS)
def test_parameters_that_a_scheme_does_not_take_are_refused_even_at_their_default(call):
    for name in ("xavier", "lecun", "fan_in_uniform"):
        for param, value in (("a", 0.0), ("mode", "fan_in"), ("gain", 1.0)):
            expected = "expected no parameters; only 'he' has a and mode"
            with refused(TypeError, f"scheme {name!r} takes no {param!r}: {expected}"):
                call(name, **{param: value})
    with refused(TypeError, "scheme 'he' takes no 'gain': expected a or mode"):
        call("he", a=0.1, gain=1.0)


@pytest.mark.parametrize("call", CALLS)
def test_bad_slopes_modes_and_names_are_refused(call):
    for a in (math.nan, math.inf, -math.inf):
        with refused(ValueError, f"a must be a finite number, got {a}"):
            call("he", a=a)
    for a in ("0", None, False):
        with refused(TypeError, f"a must be a finite number, got {a!r}"):
            call("he", a=a)
    with refused(
        ValueError, "unknown mode 'fan_inn': expected one of 'fan_in', 'fan_out'; did you mean 'fan_in'?"
    ):
        call("he", mode="fan_inn")
    with refused(TypeError, "mode must be a name, got None: expected one of 'fan_in', 'fan_out'"):
        call("he", mode=None)
    with refused(TypeError, f"scheme must be a name, got 1.0: {ALL}"):
        call(1.0)
    with refused(ValueError, f"unknown scheme 'qqq': {ALL}"):
        call("qqq")


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


DRAWS = [getattr(weightinit, function) for function in FUNCTIONS]


@pytest.mark.parametrize("draw", DRAWS)
def test_shapes_without_fans_and_other_bad_arguments_are_refused(draw):
    generator = rng()
    for bad in ((), (3,), (0, 3), (3, 0), (3, -1)):
        with pytest.raises(ValueError, match=r"^shape.* positive integer.*, got "):
            draw(bad, rng=generator)
    for bad in (3, None, (3.0, 4), (True, 4)):
        with pytest.raises(TypeError, match=r"^shape.* positive integer.*, got "):
            draw(bad, rng=generator)
    with pytest.raises(ValueError, match="^unknown layout 'HWIO'.*did you mean 'in_out'"):
        draw((2, 3), rng=generator, layout="HWIO")
    with pytest.raises(TypeError, match=r"^dtype must be float32 or float64, got .*float16.*astype"):
        draw((2, 3), rng=generator, dtype=np.float16)
    with pytest.raises(TypeError, match="^rng must be a NumPy Generator"):
        draw((2, 3), rng=0)
    assert generator.random() == rng().random()  # nothing was drawn


def test_unknown_distributions_are_refused():
    valid = "expected one of 'normal', 'uniform'"
    for bad, nearest in (("gaussian", "'normal'"), ("Uniform", "'uniform'")):
        with refused(ValueError, f"unknown distribution {bad!r}: {valid}; did you mean {nearest}?"):
            initialize("he", (2, 3), rng=rng(), distribution=bad)
    with refused(ValueError, f"unknown distribution 'cauchy': {valid}"):
        initialize("he", (2, 3), rng=rng(), distribution="cauchy")
    with refused(TypeError, f"distribution must be a name, got 0: {valid}"):
        initialize("he", (2, 3), rng=rng(), distribution=0)


@settings(derandomize=True, deadline=None)
@given(
    shape=st.one_of(
        st.none(), st.lists(st.one_of(st.integers(-2, 3), st.floats(), st.booleans()), max_size=4)
    ),
    name=st.one_of(st.sampled_from(NAMES), st.text(max_size=9)),
    layout=st.sampled_from(["out_in", "in_out", "", None]),
    a=st.one_of(st.none(), st.floats(allow_nan=True)),
)
def test_whatever_is_given_comes_out_finite_or_is_refused(shape, name, layout, a):
    params = {} if a is None else {"a": a}
    try:
        drawn = initialize(name, shape, rng=rng(), layout=layout, **params)
    except (ValueError, TypeError) as error:
        assert "expected" in str(error) or " must be " in str(error)
    else:
        assert np.isfinite(drawn).all() and drawn.shape == tuple(shape)
