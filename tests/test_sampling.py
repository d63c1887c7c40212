"""The sampling functions draw the stated distribution from the given generator, and refuse bad input.
표본 함수가 넘겨받은 난수 생성기로 정해진 분포를 따르는 값을 뽑고, 잘못된 입력은 거부하는지 확인합니다."""

import re

import numpy as np
import pytest
from scipy import stats

from weightinit import normal, uniform

# |mean(x**2) / variance - 1| <= Z * sqrt((KURTOSIS - 1) / N): a standard deviation that is 1 % off is seen,
# a false alarm has probability below 1e-8.
N, Z = 1_000_000, 5.85
KURTOSIS = {normal: 3.0, uniform: 1.8}
VARIANCE = {normal: 1.0, uniform: 1 / 3}
DRAWS = [normal, uniform]


def off(drawn, variance, kurtosis):
    """Distance of the second moment from the claim, in units of what is tolerated."""
    second = np.mean(np.square(drawn, dtype=np.float64))
    return abs(second / variance - 1) / (Z * np.sqrt((kurtosis - 1) / drawn.size))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("draw", DRAWS)
def test_variance_and_mean(draw, dtype):
    drawn = draw((1000, N // 1000), rng=np.random.default_rng(1), dtype=dtype)
    assert drawn.shape == (1000, 1000) and drawn.dtype == dtype
    assert off(drawn, VARIANCE[draw], KURTOSIS[draw]) <= 1
    assert abs(drawn.mean(dtype=np.float64)) <= Z * np.sqrt(VARIANCE[draw] / N)
    # negative control: a standard deviation 1 % off fails the same test
    assert off(drawn * 1.01, VARIANCE[draw], KURTOSIS[draw]) > 1
    assert off(drawn * 0.99, VARIANCE[draw], KURTOSIS[draw]) > 1


def test_shapes_are_told_apart():
    laws = {normal: stats.norm.cdf, uniform: stats.uniform(-1, 2).cdf}
    samples = {draw: draw((10_000,), rng=np.random.default_rng(2), dtype=np.float64) for draw in DRAWS}
    for draw, law in laws.items():
        assert stats.kstest(samples[draw], law).pvalue > 1e-3
    # negative control: uniform draws of variance 1 are no normal draws
    assert stats.kstest(samples[uniform] * np.sqrt(3), stats.norm.cdf).pvalue < 1e-8


def test_uniform_reaches_its_limits_but_not_1():
    drawn = uniform((N,), rng=np.random.default_rng(3))
    assert -1 <= drawn.min() < -0.9999 and 0.9999 < drawn.max() < 1


@pytest.mark.parametrize("draw", DRAWS)
def test_default_type_is_float32(draw):
    assert draw((2, 3), rng=np.random.default_rng(0)).dtype == np.float32


@pytest.mark.parametrize("dtype", ["float32", "float64", np.dtype(np.float32), float])
@pytest.mark.parametrize("draw", DRAWS)
def test_names_of_the_two_types_are_accepted(draw, dtype):
    assert draw([3], rng=np.random.default_rng(0), dtype=dtype).dtype == np.dtype(dtype)


@pytest.mark.parametrize("draw", DRAWS)
def test_same_seed_same_numbers_and_the_generator_moves_on(draw):
    rng = np.random.default_rng(4)
    first, second = draw((50,), rng=rng), draw((50,), rng=rng)
    assert np.array_equal(first, draw((50,), rng=np.random.default_rng(4)))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize(
    ("dtype", "message"),
    [
        (np.float16, "<class 'numpy.float16'>: draw in float32, then round with .astype(np.float16)"),
        ("float16", "'float16': draw in float32, then round with .astype(np.float16)"),
        (np.int64, "<class 'numpy.int64'>"),
        (complex, "<class 'complex'>"),
        (">f4", "'>f4'"),
        ("float33", "'float33'"),
        (None, "None"),
    ],
)
def test_other_types_are_refused(draw, dtype, message):
    expected = re.escape(f"dtype must be float32 or float64, got {message}")
    with pytest.raises(TypeError, match=f"^{expected}$"):
        draw((2, 3), rng=np.random.default_rng(0), dtype=dtype)


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("rng", [None, 0, np.random, np.random.RandomState(0)])
def test_only_a_generator_is_a_generator(draw, rng):
    expected = re.escape(f"rng must be a NumPy Generator such as np.random.default_rng(0), got {rng!r}")
    with pytest.raises(TypeError, match=f"^{expected}$"):
        draw((2, 3), rng=rng)
    with pytest.raises(TypeError, match="rng"):
        draw((2, 3))


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (-1,)])
def test_empty_shapes_are_refused(draw, shape):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"^shape.* must be a .*positive integer"):
        draw(shape, rng=rng)
    assert rng.random() == np.random.default_rng(0).random()  # nothing was drawn


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("shape", [3, None, (2.0,), (True,), "3"])
def test_what_is_no_shape_is_refused(draw, shape):
    with pytest.raises(TypeError, match=r"^shape.* must be a .*positive integer.*, got "):
        draw(shape, rng=np.random.default_rng(0))


@pytest.mark.parametrize("draw", DRAWS)
def test_one_axis_is_enough_and_no_axis_is_not(draw):
    assert draw((3,), rng=np.random.default_rng(0)).shape == (3,)
    with pytest.raises(
        ValueError, match=r"^shape must be a tuple of at least 1 positive integers, got \(\) with 0$"
    ):
        draw((), rng=np.random.default_rng(0))
