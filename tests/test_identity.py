"""The identity hands on vectors and the Dirac kernel hands on images unchanged, and bad input is refused.
항등행렬은 벡터를, 디랙 커널은 합성곱의 입력을 그대로 넘기고, 잘못된 입력은 거부하는지 확인합니다."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused
from weightinit.schemes.identity import dirac, identity

TYPES = (np.float32, np.float64)


# Dense layers


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("shape", [(4, 4), (3, 5), (5, 3), (1, 1), (1, 6)])
def test_the_identity_hands_on_what_fits(shape, dtype):
    weights = identity(shape, dtype=dtype)
    assert weights.shape == shape and weights.dtype == dtype
    x = np.random.default_rng(0).standard_normal((7, shape[1])).astype(dtype)
    kept = min(shape)
    assert np.array_equal((x @ weights.T)[:, :kept], x[:, :kept])
    assert not (x @ weights.T)[:, kept:].any()
    assert np.array_equal(weights.T, identity(shape[::-1], dtype=dtype))


@pytest.mark.parametrize("gain", [1, 0.01, -2.5, 0])
def test_the_gain_stands_on_the_diagonal(gain):
    weights = identity((4, 6), gain)
    assert weights.dtype == np.float32
    assert np.array_equal(weights, np.float32(gain) * np.eye(4, 6, dtype=np.float32))
    assert np.linalg.svd(weights.astype(float), compute_uv=False) == pytest.approx(abs(gain) * np.ones(4), rel=1e-6)


def test_a_negative_gain_leaves_no_negative_zeros():
    weights = identity((2, 3), -1.0)
    assert np.signbit(weights).sum() == 2


def test_recurrent_relu_units_keep_their_state():
    start = np.abs(np.random.default_rng(0).standard_normal(5)).astype(np.float32)
    for gain, keeps in ((1.0, True), (0.9, False)):  # negative control: another gain does not
        state = start
        for _ in range(100):
            state = np.maximum(identity((5, 5), gain) @ state, 0)
        assert np.array_equal(state, start) == keeps


def test_the_identity_refuses_what_is_no_matrix():
    with refused(ValueError, "shape must be a tuple of at least 2 positive integers, got (3,) with 1"):
        identity((3,))
    expected = "shape must be a tuple of exactly 2 positive integers, got (3, 3, 1): see dirac for kernels"
    with refused(ValueError, expected):
        identity((3, 3, 1))
    for bad in ((0, 3), (3, -1)):
        with pytest.raises(ValueError, match=r"^shape\[\d\] must be a positive integer"):
            identity(bad)
    for bad in (3, None, (3.0, 3), (3, True)):
        with pytest.raises(TypeError, match=r"^shape.* positive integer"):
            identity(bad)
    for bad in (math.nan, math.inf):
        with refused(ValueError, f"gain must be a finite number, got {bad}"):
            identity((2, 2), bad)
    for bad in ("1", None, True):
        with refused(TypeError, f"gain must be a finite number, got {bad!r}"):
            identity((2, 2), bad)
    with refused(ValueError, "gain must be a number that float32 can hold, got 1e+39"):
        identity((2, 2), 1e39)
    assert identity((2, 2), 1e39, np.float64)[1, 1] == 1e39


# Convolution kernels


def same(x, kernels):
    """A direct convolution with padding "same": x is (inputs, *image), kernels is (outputs, inputs, *kernel)."""
    sizes = kernels.shape[2:]
    padded = np.pad(x, [(0, 0), *(((k - 1) // 2, k // 2) for k in sizes)])
    out = np.zeros((len(kernels), *x.shape[1:]), x.dtype)
    for place in np.ndindex(*x.shape[1:]):
        window = padded[:, *(slice(at, at + k) for at, k in zip(place, sizes, strict=True))]
        out[:, *place] = (kernels * window).sum(axis=tuple(range(1, kernels.ndim)))
    return out


def image(channels, axes):
    return np.random.default_rng(0).standard_normal((channels, *(5, 4, 3)[:axes]))


@pytest.mark.parametrize("kernel", [(3,), (4,), (3, 3), (2, 5), (4, 2), (1, 3), (3, 1, 2)])
@pytest.mark.parametrize(("outputs", "inputs"), [(2, 2), (2, 3), (3, 2)])
def test_the_convolution_hands_on_its_input(outputs, inputs, kernel):
    x = image(inputs, len(kernel))
    kernels = dirac((outputs, inputs, *kernel), dtype=np.float64)
    copied = same(x, kernels)
    kept = min(outputs, inputs)
    assert np.array_equal(copied[:kept], x[:kept]) and not copied[kept:].any()
    turned = dirac((*kernel, inputs, outputs), layout="in_out", dtype=np.float64)
    assert np.array_equal(np.moveaxis(turned, (-1, -2), (0, 1)), kernels)
    assert turned.shape == (*kernel, inputs, outputs)
    # negative control: one step beside the centre another image comes out
    assert not np.array_equal(same(x, np.roll(kernels, 1, axis=-1))[:kept], x[:kept])


def test_even_kernels_have_their_centre_where_same_padding_has_it():
    for k, centre in ((1, 0), (2, 0), (3, 1), (4, 1), (5, 2)):
        assert np.flatnonzero(dirac((1, 1, k))).tolist() == [centre]


def test_dirac_types_and_defaults():
    assert dirac((2, 2, 3)).dtype == np.float32
    assert dirac((2, 2, 3), dtype=np.float64).dtype == np.float64
    assert np.array_equal(dirac((2, 3, 3)), dirac((2, 3, 3), layout="out_in"))
    with pytest.raises(TypeError, match="positional"):
        dirac((2, 3, 3), "in_out")


def test_dirac_refuses_what_is_no_kernel():
    with refused(ValueError, "shape must be a tuple of at least 3 positive integers, got (3, 3) with 2"):
        dirac((3, 3))
    for bad in ((0, 3, 3), (3, 3, -1)):
        with pytest.raises(ValueError, match=r"^shape\[\d\] must be a positive integer"):
            dirac(bad)
    for bad in (3, None, (3, 3, 3.0)):
        with pytest.raises(TypeError, match=r"^shape.* positive integer"):
            dirac(bad)
    expected = "unknown layout 'hwio': expected one of 'out_in', 'in_out'; did you mean 'in_out'?"
    with refused(ValueError, expected):
        dirac((3, 3, 3), layout="hwio")


@settings(derandomize=True, deadline=None)
@given(
    make=st.sampled_from([identity, dirac]),
    shape=st.one_of(st.none(), st.lists(st.one_of(st.integers(-1, 4), st.floats()), max_size=5)),
    dtype=st.sampled_from([np.float32, np.float64, np.float16, None]),
    gain=st.one_of(st.none(), st.floats(allow_nan=True)),
    layout=st.sampled_from([None, "out_in", "in_out", "torch"]),
)
def test_whatever_is_given_comes_out_finite_or_is_refused(make, shape, dtype, gain, layout):
    params = {"gain": gain} if make is identity and gain is not None else {}
    params |= {"layout": layout} if make is dirac else {}
    try:
        made = make(shape, dtype=dtype, **params)
    except (ValueError, TypeError) as error:
        assert "expected" in str(error) or " must " in str(error)
    else:
        assert np.isfinite(made).all() and made.shape == tuple(shape) and made.dtype == dtype
        ends = shape if make is identity else shape[:2] if layout == "out_in" else shape[-2:]
        assert np.count_nonzero(made) == (0 if made.max() == made.min() == 0 else min(ends))
