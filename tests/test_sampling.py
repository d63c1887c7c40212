"""The sampling functions draw the stated distribution from the given generator, and refuse bad input.
표본 함수가 넘겨받은 난수 생성기로 정해진 분포를 따르는 값을 뽑고, 잘못된 입력은 거부하는지 확인합니다."""

import math
import re
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.support import rng
from weightinit.sampling import normal, truncated_normal, uniform
from weightinit.truncation import truncated_std

# |mean(x**2) / variance - 1| <= Z * sqrt((KURTOSIS - 1) / N): a standard deviation that is 1 % off is seen,
# a false alarm has probability below 1e-8.
N, Z = 1_000_000, 5.85
DRAWS = [normal, uniform, truncated_normal]
KURTOSIS = {normal: 3.0, uniform: 1.8, truncated_normal: 2.3655}
VARIANCE = {normal: 1.0, uniform: 1 / 3, truncated_normal: 1.0}
LIMIT = 2 / 0.879625661034240  # of the truncated normal
LAWS = {
    normal: stats.norm(),
    uniform: stats.uniform(-1, 2),
    truncated_normal: stats.truncnorm(-2, 2, scale=LIMIT / 2),
}
TYPES = [np.float32, np.float64]
CHUNK = 2**17  # numbers that are drawn at a time
BIT_GENERATORS = [np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64]


def off(drawn, variance, kurtosis):
    """Distance of the second moment from the claim, in units of what is tolerated."""
    second = np.mean(np.square(drawn, dtype=np.float64))
    return abs(second / variance - 1) / (Z * np.sqrt((kurtosis - 1) / drawn.size))


# The distributions


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("draw", DRAWS)
def test_variance_and_mean(draw, dtype):
    drawn = draw((1000, N // 1000), rng=rng(1), dtype=dtype)
    assert drawn.shape == (1000, 1000) and drawn.dtype == dtype
    assert off(drawn, VARIANCE[draw], KURTOSIS[draw]) <= 1
    assert abs(drawn.mean(dtype=np.float64)) <= Z * np.sqrt(VARIANCE[draw] / N)
    # negative control: a standard deviation 1 % off fails the same test, and so does a mean 1 % of it off
    assert off(drawn * 1.01, VARIANCE[draw], KURTOSIS[draw]) > 1
    assert off(drawn * 0.99, VARIANCE[draw], KURTOSIS[draw]) > 1
    assert abs(np.mean(drawn + 0.012 * np.sqrt(VARIANCE[draw]))) > Z * np.sqrt(VARIANCE[draw] / N)


def test_truncated_numbers_are_stretched():
    drawn = truncated_normal((N,), rng=rng(1))
    # negative control: without the stretching the variance of Keras and JAX, 0.8796**2, is measured
    cut = drawn / LIMIT * 2
    assert off(cut, 0.8796**2, 2.3655) <= 1 and off(cut, 1, 2.3655) > 10


def moment(draw, k):
    """E[x**k], exactly; that of a cut normal by integration by parts."""
    if k % 2:
        return 0.0
    if draw is uniform:
        return 1 / (k + 1)
    edge = stats.norm.pdf(2) / (stats.norm.cdf(2) - 0.5) if draw is truncated_normal else 0.0
    value = 1.0
    for j in range(2, k + 1, 2):
        value = (j - 1) * value - 2 ** (j - 1) * edge
    return value * (LIMIT / 2) ** k if draw is truncated_normal else value


@pytest.mark.parametrize("draw", DRAWS)
def test_moments_up_to_the_eighth(draw):
    drawn = draw((N // 2,), rng=rng(2), dtype=np.float64)

    def worst(values):
        power, found = np.ones_like(values), []
        for k in range(1, 9):
            power *= values
            spread = math.sqrt((moment(draw, 2 * k) - moment(draw, k) ** 2) / values.size)
            found.append(abs(power.mean() - moment(draw, k)) / (Z * spread))
        return max(found)

    assert moment(draw, 2) == pytest.approx(VARIANCE[draw], rel=1e-12)
    assert moment(draw, 4) / moment(draw, 2) ** 2 == pytest.approx(KURTOSIS[draw], abs=5e-5)
    assert worst(drawn) <= 1
    # negative controls: one number in fifty without its sign; another law of the same variance
    assert worst(np.where(np.arange(drawn.size) % 50, drawn, np.abs(drawn))) > 1
    other = uniform if draw is normal else normal
    assert worst(other((N // 2,), rng=rng(2), dtype=np.float64) * math.sqrt(VARIANCE[draw] / VARIANCE[other])) > 3


@pytest.mark.parametrize(("draw", "size"), [(normal, 10_000), (uniform, 10_000), (truncated_normal, 120_000)])
def test_shapes_are_told_apart(draw, size):
    drawn = draw((size,), rng=rng(2), dtype=np.float64)
    assert stats.kstest(drawn, LAWS[draw].cdf).pvalue > 1e-3
    # negative control: with the same variance the normal law is told from both others, and they from it
    drawn /= np.sqrt(VARIANCE[draw])
    wrong = stats.norm.cdf if draw is not normal else stats.uniform(-math.sqrt(3), 2 * math.sqrt(3)).cdf
    assert stats.kstest(drawn, wrong).pvalue < 1e-8


@pytest.mark.parametrize("dtype", TYPES)
def test_uniform_numbers_reach_their_limits(dtype):
    drawn = uniform((N,), rng=rng(3), dtype=dtype)
    assert -1 <= drawn.min() < -0.99999 and 0.99999 < drawn.max() <= 1


@pytest.mark.parametrize("dtype", TYPES)
def test_truncated_numbers_reach_their_limits(dtype):
    drawn = truncated_normal((N,), rng=rng(3), dtype=dtype)
    limit = LIMIT * (1 + np.finfo(dtype).eps)
    assert -limit <= drawn.min() < -0.9999 * LIMIT and 0.9999 * LIMIT < drawn.max() <= limit
    assert np.abs(normal((N,), rng=rng(3), dtype=dtype)).max() > 2 * limit  # negative control


# The numbers of one draw know nothing of each other

LAGS = [1, 2, 1000, CHUNK // 2 - 1, CHUNK // 2, CHUNK // 2 + 1, CHUNK - 1, CHUNK, CHUNK + 1]


def tied(drawn):
    """The largest correlation of numbers, or of their squares, at a distance, in units of what is tolerated."""
    values = drawn / drawn.std()
    both = [values, (values**2 - 1) / np.std(values**2)]
    return max(
        abs(np.mean(v[lag:] * v[:-lag])) * np.sqrt(v.size - lag) / Z for v in both for lag in LAGS if lag < v.size
    )


@pytest.mark.parametrize("draw", DRAWS)
def test_numbers_are_independent_within_and_between_chunks(draw):
    drawn = draw((4 * CHUNK,), rng=rng(5), dtype=np.float64)
    assert tied(drawn) <= 1
    # negative controls: neighbours that share 2 %; partners of a pair with the same size and signs of their own
    assert tied(drawn + 0.02 * np.roll(drawn, 1)) > 1
    size = np.tile(drawn[: CHUNK // 2], 8)
    assert tied(np.abs(size) * np.sign(drawn)) > 10


@pytest.mark.parametrize("draw", DRAWS)
def test_rows_and_columns_are_independent(draw):
    width = 300
    drawn = draw((width, width), rng=rng(6), dtype=np.float64)

    def worst(matrix):  # the sample correlation of two vectors of this length has standard deviation 1/sqrt(width)
        found = [np.abs(np.triu(np.corrcoef(m), 1)).max() for m in (matrix, matrix.T)]
        return max(found) * math.sqrt(width) / Z

    assert worst(drawn) <= 1
    drawn[7] = drawn[200] + drawn[7]  # negative control
    assert worst(drawn) > 1


@pytest.mark.parametrize("size", [50_000, CHUNK])
def test_a_pair_of_normal_numbers_has_a_radius_and_an_angle(size):
    first, second = np.split(normal((size,), rng=rng(7), dtype=np.float64), 2)
    squared, turn = first**2 + second**2, np.arctan2(second, first) / np.pi
    assert stats.kstest(squared, stats.chi2(2).cdf).pvalue > 1e-3
    assert stats.kstest(turn, stats.uniform(-1, 2).cdf).pvalue > 1e-3
    assert abs(np.corrcoef(squared, turn)[0, 1]) <= Z / math.sqrt(squared.size)
    assert stats.kstest(np.sqrt(squared), stats.chi2(2).cdf).pvalue < 1e-8  # negative control
    assert stats.kstest(np.abs(turn), stats.uniform(-1, 2).cdf).pvalue < 1e-8  # negative control


# From integers to numbers


class Fixed(np.random.Generator):
    """A generator whose 64-bit integers are the given ones: all the same, or half these and half those."""

    def __init__(self, *integers):
        super().__init__(np.random.PCG64(0))
        self.given = integers

    def integers(self, low, high, size):
        assert (low, high) == (-(2**63), 2**63)
        return np.repeat(np.array(self.given, np.int64), -(-size // len(self.given)))[:size]


SMALLEST, LARGEST = -(2**63), 2**63 - 1
EXTREMES = [SMALLEST, LARGEST, 0, 1, -1, -(2**31), 2**31 - 1, 2**31, -(2**63) + 2**31, 1 - 2**63]


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("integer", EXTREMES)
def test_no_integer_gives_an_infinite_number(integer, dtype):
    bits = 8 * np.dtype(dtype).itemsize
    longest = math.sqrt(2 * bits * math.log(2))  # 6.66 in float32, 9.42 in float64
    drawn = normal((7,), rng=Fixed(integer), dtype=dtype)
    assert np.isfinite(drawn).all() and np.abs(drawn).max() <= longest * (1 + 1e-6)
    assert np.abs(uniform((7,), rng=Fixed(integer), dtype=dtype)).max() <= 1
    if not (np.abs(drawn) > 2).all():  # else there is nothing to accept, for ever
        assert np.abs(truncated_normal((7,), rng=Fixed(integer), dtype=dtype)).max() <= LIMIT * (1 + 1e-7)


@pytest.mark.parametrize(("dtype", "largest"), [(np.float32, 6.67), (np.float64, 9.42)])
def test_the_largest_normal_number_is_the_documented_one(dtype, largest):
    drawn = normal((1,), rng=Fixed(0), dtype=dtype)[0]
    assert largest - 0.01 < drawn < largest
    assert 2 * stats.norm.sf(drawn) < {6.67: 1e-10, 9.42: 1e-20}[largest]


def test_a_number_at_the_cut_is_kept():
    near = round(math.exp(-2) * 2**31)  # a radius of 2, and then an angle of 0
    twice = ((i << 32) + i for i in range(near - 512, near + 512, 8))
    at_cut = next(radius for radius in twice if normal((4,), rng=Fixed(radius, 0))[0] == 2)
    assert truncated_normal((1,), rng=Fixed(at_cut, 0))[0] == pytest.approx(LIMIT, rel=1e-7)
    beyond = ((near // 2) << 32) + near // 2  # negative control: what lies outside is left out
    assert normal((4,), rng=Fixed(beyond, 0))[0] > 2 and truncated_normal((1,), rng=Fixed(beyond, 0))[0] == 0


@pytest.mark.parametrize("dtype", TYPES)
def test_the_extreme_uniform_numbers_are_minus_1_and_1(dtype):
    # 2**63 - 1 is -1 and 2**31 - 1 to whoever reads 32 bits at a time, in the order of the machine
    assert set(uniform((2,), rng=Fixed(SMALLEST), dtype=dtype)) == ({-1, 0} if dtype is np.float32 else {-1})
    assert uniform((2,), rng=Fixed(LARGEST), dtype=dtype).max() == 1


@pytest.mark.parametrize(("dtype", "close"), [(np.float32, 1e-3), (np.float64, 1e-7)])
@pytest.mark.parametrize("size", [1, 2, 3, 1000, 4097])
def test_numbers_are_those_of_the_formula(size, dtype, close):
    bits = 8 * np.dtype(dtype).itemsize
    half = (size + 1) // 2
    whole = rng(8).integers(-(2**63), 2**63, size=half * bits // 32).view(f"i{bits // 8}").astype(np.float64)
    assert np.allclose(uniform((2 * half,), rng=rng(8), dtype=dtype), whole / 2 ** (bits - 1), rtol=1e-7, atol=0)
    u, a = (np.abs(whole[:half]) + 0.5) / 2 ** (bits - 1), whole[half:] / 2 ** (bits - 1) * np.pi
    expected = np.concatenate([np.sqrt(-2 * np.log(u)) * np.cos(a), np.sqrt(-2 * np.log(u)) * np.sin(a)])[:size]
    drawn = normal((size,), rng=rng(8), dtype=dtype)
    assert np.abs(drawn - expected).max() < close  # rounding of u matters where the radius is near 0


def test_truncated_numbers_are_normal_numbers_that_lie_inside():
    tried = normal((1000 + 1000 // 16 + 32,), rng=rng(9))
    expected = tried[np.abs(tried) <= 2][:1000] * (LIMIT / 2)
    assert np.allclose(truncated_normal((10, 100), rng=rng(9)).ravel(), expected, rtol=1e-6, atol=0)


@pytest.mark.parametrize(
    ("draw", "shape", "dtype", "integers"),
    [
        (uniform, (5, 5), np.float32, 13),
        (uniform, (5, 5), np.float64, 25),
        (normal, (5, 5), np.float32, 13),
        (normal, (5, 5), np.float64, 26),
        (truncated_normal, (64, 64), np.float32, (4096 + 256 + 32) // 2),
        (truncated_normal, (64, 64), np.float64, 4096 + 256 + 32),
    ],
)
def test_as_many_integers_are_drawn_as_are_needed(draw, shape, dtype, integers):
    used, expected = rng(10), rng(10)
    draw(shape, rng=used, dtype=dtype)
    expected.integers(-(2**63), 2**63, size=integers)
    assert used.bit_generator.state == expected.bit_generator.state


# Sizes


@pytest.mark.parametrize("size", [1, 2, 3, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 1])
@pytest.mark.parametrize("draw", DRAWS)
def test_every_place_is_filled_whatever_the_size(draw, size, monkeypatch):
    def empty(shape, dtype):  # NumPy's own leaves what happened to be there before, which may look drawn
        return np.full(shape, np.nan if np.issubdtype(dtype, np.floating) else 0, dtype)

    with monkeypatch.context() as patch:
        patch.setattr(np, "empty", empty)
        drawn = draw((size,), rng=rng(11))
    assert drawn.shape == (size,) and np.isfinite(drawn).all()
    assert np.unique(drawn).size > 0.98 * size  # not the same numbers twice: float32 has few equal ones


@pytest.mark.parametrize("draw", DRAWS)
def test_a_chunk_is_the_same_whatever_follows(draw):
    alone, more = draw((CHUNK,), rng=rng(12)), draw((CHUNK + 5,), rng=rng(12))
    first = CHUNK if draw is not truncated_normal else CHUNK * 9 // 10  # the first chunk of candidates fills less
    assert np.array_equal(alone[:first], more[:first])


@settings(derandomize=True, deadline=None, max_examples=25)
@given(shape=st.lists(st.integers(1, 7), min_size=1, max_size=4), draw=st.sampled_from(DRAWS))
def test_any_shape_holds_the_same_numbers_row_by_row(shape, draw):
    drawn = draw(shape, rng=rng(13))
    assert drawn.shape == tuple(shape) and drawn.flags.c_contiguous
    assert np.array_equal(drawn.ravel(), draw((drawn.size,), rng=rng(13)))


# Generators


@pytest.mark.parametrize("bit_generator", BIT_GENERATORS)
@pytest.mark.parametrize("draw", DRAWS)
def test_any_bit_generator_serves(draw, bit_generator):
    first, again = (draw((300, 1000), rng=np.random.Generator(bit_generator(14))) for _ in range(2))
    assert np.array_equal(first, again)
    assert off(first, VARIANCE[draw], KURTOSIS[draw]) <= 1
    assert abs(first.mean(dtype=np.float64)) <= Z * np.sqrt(VARIANCE[draw] / first.size)


def test_raw_bits_would_not_serve():
    # negative control of the test before: 32 of the 64 bits of a raw number of the Mersenne twister are 0
    raw = np.random.MT19937(14).random_raw(150_000).view(np.int32) / 2**31
    assert off(raw, 1 / 3, 1.8) > 10


@pytest.mark.parametrize("draw", DRAWS)
def test_same_seed_same_numbers_and_the_generator_moves_on(draw):
    source = rng(4)
    first, second = draw((50,), rng=source), draw((50,), rng=source)
    assert np.array_equal(first, draw((50,), rng=rng(4)))
    assert not np.array_equal(first, second)


# Types and refusals


@pytest.mark.parametrize("draw", DRAWS)
def test_default_type_is_float32(draw):
    assert draw((2, 3), rng=rng()).dtype == np.float32


@pytest.mark.parametrize("dtype", ["float32", "float64", np.dtype(np.float32), float])
@pytest.mark.parametrize("draw", DRAWS)
def test_names_of_the_two_types_are_accepted(draw, dtype):
    assert draw([3], rng=rng(), dtype=dtype).dtype == np.dtype(dtype)


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
    source = rng()
    with pytest.raises(TypeError, match=f"^{expected}$"):
        draw((2, 3), rng=source, dtype=dtype)
    assert source.random() == rng().random()  # nothing was drawn


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("source", [None, 0, np.random, np.random.RandomState(0)])
def test_only_a_generator_is_a_generator(draw, source):
    expected = re.escape(f"rng must be a NumPy Generator such as np.random.default_rng(0), got {source!r}")
    with pytest.raises(TypeError, match=f"^{expected}$"):
        draw((2, 3), rng=source)
    with pytest.raises(TypeError, match="rng"):
        draw((2, 3))


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (-1,)])
def test_empty_shapes_are_refused(draw, shape):
    source = rng()
    with pytest.raises(ValueError, match=r"^shape.* must be a .*positive integer"):
        draw(shape, rng=source)
    assert source.random() == rng().random()  # nothing was drawn


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("shape", [3, None, (2.0,), (True,), "3"])
def test_what_is_no_shape_is_refused(draw, shape):
    source = rng()
    with pytest.raises(TypeError, match=r"^shape.* must be a .*positive integer.*, got "):
        draw(shape, rng=source)
    assert source.random() == rng().random()  # nothing was drawn


@pytest.mark.parametrize("draw", DRAWS)
def test_one_axis_is_enough_and_no_axis_is_not(draw):
    assert draw((3,), rng=rng()).shape == (3,)
    with pytest.raises(ValueError, match=r"^shape must be a tuple of at least 1 positive integers, got \(\) with 0$"):
        draw((), rng=rng())


# The standard deviation of what a cut leaves


@pytest.mark.parametrize(("cut", "known"), [(2.0, 0.879625661034240), (1, 0.539560093754897), (3.0, 0.986578392558109)])
def test_known_standard_deviations_after_a_cut(cut, known):
    assert truncated_std(cut) == pytest.approx(known, abs=1e-15)
    assert truncated_std(cut) == pytest.approx(stats.truncnorm(-cut, cut).std(), rel=1e-12)
    assert truncated_std() == truncated_std(2) and type(truncated_std(cut)) is float


def test_at_1_the_series_is_used():
    assert truncated_std(1) == 0.539560093754897  # the nearest float64, which the formula for larger cuts misses


def in_60_digits(cut):
    """c * sqrt(s / (1 + c**2 * s)), s = 1/3 + c**2/15 + c**4/105 + ..., from the series of both integrals."""
    with localcontext(prec=60):
        square, share, term, odd = Decimal(cut) ** 2, Decimal(0), Decimal(1), 1
        while odd < square or term > Decimal("1e-50") * share:
            odd += 2
            term /= odd
            share += term
            term *= square
        return Decimal(cut) * (share / (1 + square * share)).sqrt()


@settings(derandomize=True, deadline=None)
@given(st.one_of(st.floats(1e-9, 1), st.floats(0.9, 1.2), st.floats(1, 3), st.floats(3, 12)))
def test_the_relative_error_is_below_1e_15(cut):
    exact = in_60_digits(cut)
    assert abs(Decimal(truncated_std(cut)) / exact - 1) < Decimal("1e-15")


@pytest.mark.parametrize("tiny", [5e-324, 1e-300, 1e-160, 1e-20, 1e-9])
def test_a_small_cut_leaves_a_uniform_distribution(tiny):
    assert truncated_std(tiny) == pytest.approx(tiny / math.sqrt(3), rel=1e-15, abs=5e-324)


@pytest.mark.parametrize("huge", [9, 40, 1e5, 1e200, 1.7e308])
def test_a_large_cut_changes_nothing(huge):
    assert truncated_std(huge) == 1


@settings(derandomize=True, deadline=None)
@given(st.floats(1e-300, 1e300), st.floats(1e-300, 1e300))
def test_a_wider_cut_leaves_more(one, other):
    narrow, wide = sorted((one, other))
    assert 0 < truncated_std(narrow) <= truncated_std(wide) * (1 + 1e-15) and truncated_std(wide) <= 1
    assert truncated_std(wide) <= wide / math.sqrt(3) * (1 + 1e-15)


@pytest.mark.parametrize("cut", [0, -1.0, math.inf, -math.inf, math.nan])
def test_a_cut_that_is_not_positive_or_not_finite_is_refused(cut):
    expected = re.escape(f"cut must be a finite number > 0, got {cut!r}")
    with pytest.raises(ValueError, match=f"^{expected}$"):
        truncated_std(cut)


@pytest.mark.parametrize("cut", ["2", None, 2j, True, [2.0]])
def test_a_cut_that_is_no_number_is_refused(cut):
    with pytest.raises(TypeError, match=f"^{re.escape(f'cut must be a finite number > 0, got {cut!r}')}$"):
        truncated_std(cut)
