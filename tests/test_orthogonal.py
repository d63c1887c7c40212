"""Orthogonal weights are orthonormal to the last digits, uniform among all such matrices, and placed by the layout.
직교 가중치가 마지막 자리까지 정규 직교이고, 모든 직교 행렬 가운데 고르게 뽑히며, 축 순서대로 놓이는지 확인합니다."""

import importlib
import inspect
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.support import ODDS, Z, refused, rng, units
from weightinit.schemes.delta_orthogonal import delta_orthogonal
from weightinit.schemes.orthogonal import orthogonal

module = importlib.import_module("weightinit.schemes.orthogonal")
TOLERANCE = {np.float32: 1e-6, np.float64: 1e-13}
SIZE, DRAWS = 4, 3000


def strain(matrix, gain=1.0):
    """Largest relative distance of a singular value from the gain."""
    exact = matrix.astype(np.float64) / gain
    gram = exact @ exact.T if matrix.shape[0] <= matrix.shape[1] else exact.T @ exact
    return np.abs(np.sqrt(np.linalg.eigvalsh(gram)) - 1).max()


# Orthonormal


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "shape",
    [
        (1, 1),
        (1, 7),
        (7, 1),
        (2, 2),
        (31, 33),
        (32, 32),
        (33, 33),
        (65, 40),
        (64, 64),
        (130, 500),
        (300, 300),
        (640, 500),
    ],
)
def test_all_singular_values_are_the_gain(shape, dtype):
    weights = orthogonal(shape, rng=rng(1), dtype=dtype)
    assert weights.shape == shape and weights.dtype == dtype and weights.flags["C_CONTIGUOUS"]
    assert strain(weights) < TOLERANCE[dtype]
    # negative control: one vector out of place by three tolerances
    weights[(slice(None), 0) if shape[0] >= shape[1] else 0] *= 1 + 3 * TOLERANCE[dtype]
    assert strain(weights) > TOLERANCE[dtype]


def test_a_large_square_matrix_in_float32():
    assert strain(orthogonal((1024, 1024), rng=rng(1))) < 1e-6


@pytest.mark.parametrize("shape", [(40, 90), (90, 40), (50, 50)])
@pytest.mark.parametrize("layout", ["out_in", "in_out"])
def test_the_mean_square_of_every_draw_is_the_variance(shape, layout):
    for gain, dtype in ((1.0, np.float32), (1.5, np.float32), (1.1e-19, np.float32), (1e150, np.float64)):
        weights = orthogonal(shape, rng=rng(2), gain=gain, layout=layout, dtype=dtype).astype(np.float64)
        assert strain(weights, gain) < 1e-6
        mean_square = np.mean((weights / gain) ** 2)
        assert mean_square == pytest.approx(1 / max(shape), rel=1e-6)
        if len(set(shape)) == 2:  # negative control: the other fan
            assert mean_square != pytest.approx(1 / min(shape), rel=1e-6)
        if gain != 1:  # negative control: the gain left out
            assert np.mean(weights**2) != pytest.approx(1 / max(shape), rel=1e-6)


def test_the_only_entry_of_the_smallest_matrix_is_1_or_minus_1_equally_often():
    generator = rng(3)
    drawn = np.array([orthogonal((1, 1), rng=generator).item() for _ in range(1000)])
    assert set(drawn) == {-1.0, 1.0}
    assert abs(drawn.sum()) <= Z * math.sqrt(drawn.size)


@pytest.mark.parametrize("shape", [(1, 1), (5, 5), (80, 70)])
def test_vectors_of_zeros_which_can_be_drawn_do_no_harm(monkeypatch, shape):
    for zero in (0.0, -0.0):
        monkeypatch.setattr(module, "normal", lambda shape, *, rng, dtype, z=zero: np.full(shape, z, dtype))
        assert strain(orthogonal(shape, rng=rng(), gain=3.0), 3.0) < 1e-7


# Uniform among all orthogonal matrices (Haar)


@pytest.fixture(scope="module")
def drawn():
    """Many draws of SIZE x SIZE, multiplied in two blocks of reflections."""
    generator = rng(4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", 3)
        return np.array([orthogonal((SIZE, SIZE), rng=generator, dtype=np.float64) for _ in range(DRAWS)])


def by_qr(seed, fixed=True, draw="standard_normal"):
    """The second opinion: QR of normal matrices; only with R's diagonal made positive is Q uniform."""
    q, r = np.linalg.qr(getattr(rng(seed), draw)((DRAWS, SIZE, SIZE)) - (0.5 if draw == "random" else 0))
    return q * np.sign(np.diagonal(r, axis1=1, axis2=2))[:, None, :] if fixed else q


def distance_from_haar(sample):
    """Largest distance of a moment from that of Haar's measure, in standard errors."""
    n = sample.shape[1]
    entries = sample.reshape(len(sample), -1)
    trace = np.trace(sample, axis1=1, axis2=2)
    corner = sample[:, 0, 0] * sample[:, 1, 1]
    crossed = corner * sample[:, 0, 1] * sample[:, 1, 0]
    values = [*entries.T, *entries.T**2, *entries.T**4, corner**2, crossed, trace, trace**2]
    triple = (n - 1) * n * (n + 2)
    expected = [0.0] * n**2 + [1 / n] * n**2 + [3 / (n * (n + 2))] * n**2 + [(n + 1) / triple, -1 / triple, 0, 1]
    scores = [
        abs(value.mean() - mean) / (value.std() / math.sqrt(len(value)))
        for value, mean in zip(values, expected, strict=True)
    ]
    return max(scores)


def test_moments_are_those_of_haar(drawn):
    assert distance_from_haar(drawn) <= Z
    assert distance_from_haar(by_qr(5)) <= Z
    # negative controls: signs left as QR gives them, and vectors of no uniform direction
    assert distance_from_haar(by_qr(5, fixed=False)) > Z
    assert distance_from_haar(by_qr(5, draw="random")) > Z


def test_every_entry_follows_the_same_known_law(drawn):
    law = stats.beta((SIZE - 1) / 2, (SIZE - 1) / 2, loc=-1, scale=2)
    for row, column in itertools.product((0, SIZE - 1), repeat=2):  # first drawn or last, multiplied early or late
        assert stats.kstest(drawn[:, row, column], law.cdf).pvalue > ODDS[0]
    raw = by_qr(6, fixed=False)
    assert stats.kstest(raw[:, 0, 0], law.cdf).pvalue < ODDS[1]  # negative control


def test_half_of_the_determinants_are_negative(drawn):
    assert abs(np.linalg.det(drawn).sum()) <= Z * math.sqrt(DRAWS)
    assert abs(np.linalg.det(by_qr(6, fixed=False)).sum()) > Z * math.sqrt(DRAWS)  # negative control


def features(sample):
    """What the two ways of drawing are compared by: an entry, the trace, and angles of the eigenvalues."""
    angles = np.sort(np.abs(np.angle(np.linalg.eigvals(sample))), axis=1)
    return sample[:, 1, 2], np.trace(sample, axis1=1, axis2=2), angles[:, 1], angles[:, 2]


def test_draws_cannot_be_told_from_those_of_qr(drawn):
    mine, theirs, raw = features(drawn), features(by_qr(7)), features(by_qr(7, fixed=False))
    for own, other in zip(mine, theirs, strict=True):
        assert stats.ks_2samp(own, other).pvalue > ODDS[0]
    assert min(stats.ks_2samp(own, other).pvalue for own, other in zip(mine[1:], raw[1:], strict=True)) < ODDS[1]


def test_a_tall_matrix_is_a_part_of_a_square_one():
    generator, n = rng(8), 5
    sample = np.array([orthogonal((n, 2), rng=generator, dtype=np.float64) for _ in range(1500)])
    law = stats.beta((n - 1) / 2, (n - 1) / 2, loc=-1, scale=2)
    for row, column in itertools.product((0, n - 1), (0, 1)):
        assert stats.kstest(sample[:, row, column], law.cdf).pvalue > ODDS[0]
    crossed = sample[:, 0, 0] * sample[:, 0, 1] * sample[:, 1, 0] * sample[:, 1, 1]
    error = crossed.std() / math.sqrt(len(crossed))
    assert abs(crossed.mean() + 1 / ((n - 1) * n * (n + 2))) <= Z * error
    assert abs(crossed.mean()) > Z * error  # negative control: independent entries


# Placed by the layout


@pytest.mark.parametrize(
    ("layout", "shape", "outputs"),
    [
        ("out_in", (6, 40), 6),
        ("out_in", (40, 6), 40),
        ("in_out", (40, 6), 6),
        ("in_out", (6, 40), 40),
        ("out_in", (20, 4, 3, 3), 20),
        ("out_in", (20, 4, 2), 20),
        ("in_out", (3, 3, 4, 20), 20),
        ("in_out", (2, 4, 20), 20),
    ],
)
def test_the_incoming_weights_of_a_unit_are_a_row(layout, shape, outputs):
    weights = orthogonal(shape, rng=rng(9), gain=2.0, layout=layout)
    rows = units(weights, layout)
    assert weights.shape == shape and len(rows) == outputs
    assert strain(rows, 2.0) < 1e-6
    if weights.ndim > 2:  # negative control: rows read in the other layout
        assert strain(units(weights, {"out_in": "in_out", "in_out": "out_in"}[layout]), 2.0) > 0.1


@pytest.mark.parametrize(("outputs", "inputs", "kernel"), [(5, 9, ()), (9, 5, ()), (7, 2, (3,)), (30, 2, (3, 2))])
def test_both_layouts_draw_the_same_rows(outputs, inputs, kernel):
    out_in = orthogonal((outputs, inputs, *kernel), rng=rng(10))
    in_out = orthogonal((*kernel, inputs, outputs), rng=rng(10), layout="in_out")
    assert np.array_equal(units(out_in), units(in_out, "in_out"))


def test_same_seed_same_weights_and_the_generator_moves_on():
    generator = rng(11)
    first, second = orthogonal((40, 50), rng=generator), orthogonal((40, 50), rng=generator)
    assert np.array_equal(first, orthogonal((40, 50), rng=rng(11), gain=1, layout="out_in", dtype="float32"))
    assert not np.array_equal(first, second)
    assert np.array_equal(orthogonal([40, 50], rng=rng(11)), first)


# Delta-orthogonal convolutions


def convolve(signal, weights, mode):
    """Convolve channels by a kernel in layout out_in, with as many places after as before."""
    kernel = weights.shape[2:]
    padding = [((k - 1) // 2, k // 2) for k in kernel]
    padded = np.pad(signal, [(0, 0), *padding], mode=mode)
    total = 0
    for offset in np.ndindex(kernel):
        window = tuple(slice(o, o + n) for o, n in zip(offset, signal.shape[1:], strict=True))
        total = total + np.tensordot(weights[(..., *offset)], padded[(slice(None), *window)], 1)
    return total


@pytest.mark.parametrize("kernel", [(3,), (4,), (3, 3), (2, 5), (1, 1), (3, 2, 4)])
@pytest.mark.parametrize("channels", [(6, 6), (9, 4)])
def test_a_convolution_keeps_the_length_of_every_signal(kernel, channels):
    signal = rng(12).standard_normal((channels[1], *range(6, 6 + len(kernel))))
    weights = delta_orthogonal((*channels, *kernel), rng=rng(13), gain=1.5, dtype=np.float64)
    spread = orthogonal((*channels, *kernel), rng=rng(13), gain=1.5, dtype=np.float64)
    length = np.linalg.norm(signal) * 1.5
    for mode in ("wrap", "constant"):  # constant pads with zeros: a matrix off the centre would move signal out
        assert np.linalg.norm(convolve(signal, weights, mode)) == pytest.approx(length, rel=1e-13)
        if math.prod(kernel) > 1:  # negative control: orthogonal, but over all positions
            assert np.linalg.norm(convolve(signal, spread, mode)) != pytest.approx(length, rel=1e-3)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_matrix_at_the_centre_is_the_orthogonal_one_and_the_rest_is_zero(dtype):
    for kernel, centre in (((5,), (2,)), ((4,), (1,)), ((3, 2), (1, 0)), ((1, 6, 7), (0, 2, 3))):
        weights = delta_orthogonal((9, 4, *kernel), rng=rng(14), gain=0.5, dtype=dtype)
        matrix = orthogonal((9, 4), rng=rng(14), gain=0.5, dtype=dtype)
        assert weights.shape == (9, 4, *kernel) and weights.dtype == dtype
        assert np.array_equal(weights[:, :, *centre], matrix) and np.count_nonzero(weights) == 36
        swapped = delta_orthogonal((*kernel, 4, 9), rng=rng(14), gain=0.5, layout="in_out", dtype=dtype)
        assert swapped.shape == (*kernel, 4, 9) and swapped.dtype == dtype
        assert np.array_equal(swapped[centre], matrix.T) and np.count_nonzero(swapped) == 36
    assert np.array_equal(delta_orthogonal([9, 4, 3], rng=rng(14)), delta_orthogonal((9, 4, 3), rng=rng(14), gain=1))
    assert delta_orthogonal((9, 4, 3), rng=rng(14)).dtype == np.float32


def test_fewer_outputs_than_inputs_or_fewer_than_three_sizes_are_refused():
    generator, end = rng(), "expected inputs <= outputs, for no map to fewer channels keeps every length"
    with refused(ValueError, f"shape (4, 5, 3, 3) with layout 'out_in' has 5 inputs and 4 outputs: {end}"):
        delta_orthogonal((4, 5, 3, 3), rng=generator)
    with refused(ValueError, f"shape (3, 5, 4) with layout 'in_out' has 5 inputs and 4 outputs: {end}"):
        delta_orthogonal((3, 5, 4), rng=generator, layout="in_out")
    for bad in ((), (3,), (4, 4)):
        message = f"shape must be a tuple of at least 3 positive integers, got {bad} with {len(bad)}"
        with refused(ValueError, message):
            delta_orthogonal(bad, rng=generator)
    assert generator.random() == rng().random()  # nothing was drawn


# What is refused

BOTH = pytest.mark.parametrize(("draw", "shape"), [(orthogonal, (3, 2)), (delta_orthogonal, (3, 2, 5))])


@BOTH
def test_bad_arguments_are_refused_before_anything_is_drawn(draw, shape):
    generator = rng()
    for bad in (0, 0.0, -1.0, math.nan, math.inf):
        with refused(ValueError, f"gain must be a finite number > 0, got {bad}"):
            draw(shape, rng=generator, gain=bad)
    for bad in ("1", None, True):
        with refused(TypeError, f"gain must be a finite number > 0, got {bad!r}"):
            draw(shape, rng=generator, gain=bad)
    for bad, dtype in ((1e20, np.float32), (1e-20, "float32"), (1e155, np.float64), (1e-155, float)):
        with refused(ValueError, f"gain must have a square that {np.dtype(dtype)} can hold, got {bad}"):
            draw(shape, rng=generator, gain=bad, dtype=dtype)
    for bad in ((), (3,), (0, *shape), (*shape, 0), (*shape, -1)):
        with pytest.raises(ValueError, match=r"^shape.* positive integer.*, got "):
            draw(bad, rng=generator)
    for bad in (3, None, (*shape, 4.0), (True, *shape)):
        with pytest.raises(TypeError, match=r"^shape.* positive integer.*, got "):
            draw(bad, rng=generator)
    with pytest.raises(ValueError, match="^unknown layout 'OIHW'.*did you mean 'out_in'"):
        draw(shape, rng=generator, layout="OIHW")
    with pytest.raises(TypeError, match=r"^dtype must be float32 or float64, got .*float16.*astype"):
        draw(shape, rng=generator, dtype=np.float16)
    with pytest.raises(TypeError, match="^dtype must be float32 or float64, got None"):
        draw(shape, rng=generator, dtype=None)
    with pytest.raises(TypeError, match="^rng must be a NumPy Generator"):
        draw(shape, rng=0)
    assert generator.random() == rng().random()  # nothing was drawn


@BOTH
def test_signature(draw, shape):
    parameters = inspect.signature(draw).parameters
    assert list(parameters) == ["shape", "rng", "gain", "layout", "dtype"]
    assert all(parameters[name].kind is inspect.Parameter.KEYWORD_ONLY for name in list(parameters)[1:])


def test_the_limits_of_the_gain_are_those_of_its_square():
    limits = np.finfo(np.float64)
    for gain, inside in (
        (math.sqrt(limits.max), True),
        (math.nextafter(math.sqrt(limits.max), math.inf), False),
        (math.sqrt(limits.tiny), True),
        (math.nextafter(math.sqrt(limits.tiny), 0), False),
    ):
        if inside:
            assert strain(orthogonal((5, 4), rng=rng(), gain=gain, dtype=np.float64), gain) < 1e-13
        else:
            with pytest.raises(ValueError, match="square"):
                orthogonal((5, 4), rng=rng(), gain=gain, dtype=np.float64)


@settings(derandomize=True, deadline=None)
@given(
    draw=st.sampled_from([orthogonal, delta_orthogonal]),
    shape=st.one_of(st.none(), st.lists(st.one_of(st.integers(-1, 4), st.floats(), st.booleans()), max_size=4)),
    layout=st.sampled_from(["out_in", "in_out", "", None]),
    gain=st.one_of(st.floats(), st.integers(-1, 3), st.none()),
)
def test_whatever_is_given_comes_out_finite_or_is_refused(draw, shape, layout, gain):
    try:
        weights = draw(shape, rng=rng(), layout=layout, gain=gain)
    except (ValueError, TypeError) as error:
        assert "expected" in str(error) or " must " in str(error)
    else:
        assert np.isfinite(weights).all() and weights.shape == tuple(shape)
