"""Variance scaling draws the named schemes bit for bit, and refuses bad input.
분산 스케일링이 이름 있는 초기화 방법과 비트까지 같은 가중치를 뽑고, 잘못된 입력은 거부하는지 확인합니다."""

import inspect
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused, rng
from weightinit import fans, initialize
from weightinit.sampling import normal, truncated_normal, uniform
from weightinit.schemes.variance_scaling import variance_scaling

PRIMITIVES = {"normal": normal, "uniform": uniform, "truncated_normal": truncated_normal}
MODES = ["fan_in", "fan_out", "fan_avg", "fan_geo_avg"]
NAMED = [
    ("xavier", {}, {"scale": 1.0, "mode": "fan_avg"}),
    ("he", {}, {"scale": 2.0, "mode": "fan_in"}),
    ("he", {"mode": "fan_out"}, {"scale": 2.0, "mode": "fan_out"}),
    ("he", {"a": 0.2}, {"scale": 2 / (1 + 0.2 * 0.2), "mode": "fan_in"}),
    ("lecun", {}, {"scale": 1.0, "mode": "fan_in"}),
    ("fan_in_uniform", {}, {"scale": 1 / 3, "mode": "fan_in"}),
]
SHAPES = [(31, 17), (7, 5, 3, 3)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("distribution", PRIMITIVES)
@pytest.mark.parametrize(("name", "params", "scaling"), NAMED)
def test_the_named_schemes_bit_for_bit(name, params, scaling, distribution, shape):
    for layout in ("out_in", "in_out"):
        for dtype in (np.float32, np.float64):
            options = {"distribution": distribution, "layout": layout, "dtype": dtype}
            drawn = variance_scaling(shape, rng=rng(1), **scaling, **options)
            assert np.array_equal(drawn, initialize(name, shape, rng=rng(1), **params, **options))
            assert drawn.dtype == dtype and drawn.shape == shape
            # negative control: twice the scale is another draw
            twice = {**scaling, "scale": 2 * scaling["scale"]}
            assert not np.array_equal(drawn, variance_scaling(shape, rng=rng(1), **twice, **options))


@pytest.mark.parametrize("mode", MODES)
def test_the_scale_is_divided_by_the_mean_that_mode_names(mode):
    shape = (20, 80)
    fan_in, fan_out = fans(shape)
    assert (fan_in, fan_out) == (80, 20)
    n = {"fan_in": 80, "fan_out": 20, "fan_avg": 50, "fan_geo_avg": 40}[mode]
    drawn = variance_scaling(shape, rng=rng(2), scale=0.9, mode=mode, dtype=np.float64)
    assert np.array_equal(drawn, math.sqrt(0.9 / n) * normal(shape, rng=rng(2), dtype=np.float64))


def test_defaults_are_lecun_normal_in_float32():
    drawn = variance_scaling((20, 80), rng=rng(3))
    assert np.array_equal(drawn, initialize("lecun", (20, 80), rng=rng(3), distribution="normal"))
    assert drawn.dtype == np.float32
    parameters = inspect.signature(variance_scaling).parameters
    assert list(parameters) == ["shape", "rng", "scale", "mode", "distribution", "layout", "dtype"]
    assert parameters["rng"].kind is inspect.Parameter.KEYWORD_ONLY


def test_bad_arguments_are_refused_before_anything_is_drawn():
    generator = rng()
    for bad in (0, -1.0, math.nan, math.inf):
        with refused(ValueError, f"scale must be a finite number > 0, got {bad}"):
            variance_scaling((4, 3), rng=generator, scale=bad)
    for bad in ("1", None, True):
        with refused(TypeError, f"scale must be a finite number > 0, got {bad!r}"):
            variance_scaling((4, 3), rng=generator, scale=bad)
    modes = "expected one of 'fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg'"
    with refused(ValueError, f"unknown mode 'fan_average': {modes}; did you mean 'fan_avg'?"):
        variance_scaling((4, 3), rng=generator, mode="fan_average")
    with refused(TypeError, f"mode must be a name, got None: {modes}"):
        variance_scaling((4, 3), rng=generator, mode=None)
    with pytest.raises(ValueError, match="^unknown distribution 'gaussian'.*did you mean 'normal'"):
        variance_scaling((4, 3), rng=generator, distribution="gaussian")
    with pytest.raises(ValueError, match="^unknown layout 'OI'.*did you mean 'out_in'"):
        variance_scaling((4, 3), rng=generator, layout="OI")
    with pytest.raises(ValueError, match=r"^shape must be a tuple of at least 2 positive integers, got \(3,\)"):
        variance_scaling((3,), rng=generator)
    with pytest.raises(TypeError, match="^dtype must be float32 or float64, got None$"):
        variance_scaling((4, 3), rng=generator, dtype=None)
    with pytest.raises(TypeError, match="^rng must be a NumPy Generator"):
        variance_scaling((4, 3), rng=None)
    assert generator.random() == rng().random()


def test_a_variance_beyond_the_dtype_is_refused():
    for distribution, name in {"normal": "std", "uniform": "limit", "truncated_normal": "std"}.items():
        options = {"rng": rng(), "scale": 1e40, "distribution": distribution}
        with pytest.raises(ValueError, match=f"^{name} must have a square that float32 can hold, got "):
            variance_scaling((4, 3), **options)
        assert np.isfinite(variance_scaling((4, 3), **options, dtype=np.float64)).all()
        assert np.isfinite(variance_scaling((4, 300), **options)).all()


@settings(derandomize=True, deadline=None)
@given(
    shape=st.lists(st.integers(-1, 4), max_size=4),
    scale=st.floats(allow_nan=True),
    mode=st.one_of(st.sampled_from(MODES), st.text(max_size=5)),
    distribution=st.sampled_from([*PRIMITIVES, "cauchy", None]),
    layout=st.sampled_from(["out_in", "in_out", "HWIO"]),
    dtype=st.sampled_from([np.float32, np.float64, np.float16]),
)
def test_whatever_is_given_comes_out_finite_or_is_refused(shape, scale, mode, distribution, layout, dtype):
    options = {"scale": scale, "mode": mode, "distribution": distribution, "layout": layout, "dtype": dtype}
    try:
        drawn = variance_scaling(shape, rng=rng(), **options)
    except (ValueError, TypeError) as error:
        assert "expected" in str(error) or " must " in str(error)
    else:
        assert np.isfinite(drawn).all() and drawn.shape == tuple(shape) and drawn.dtype == dtype
