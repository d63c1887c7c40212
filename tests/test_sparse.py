"""Sparse weights: each unit has exactly as many connections as asked, at uniform places, with normal values.
희소 초기화에서 유닛마다 연결이 정해진 수만큼 있고, 그 자리는 고르게 뽑히며, 값은 정규 분포를 따르는지 확인합니다."""

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
from weightinit.schemes.sparse import sparse

module = importlib.import_module("weightinit.schemes.sparse")
KURTOSIS = 3.0
SHAPES = [
    ("out_in", (30, 80), 30),
    ("out_in", (80, 30), 80),
    ("in_out", (30, 80), 80),
    ("in_out", (80, 30), 30),
    ("out_in", (9, 7, 3), 9),
    ("out_in", (9, 7, 3, 2), 9),
    ("in_out", (3, 7, 9), 9),
    ("in_out", (3, 2, 7, 9), 9),
]


# How many, and where


@pytest.mark.parametrize("connections", [1, 2, 15])
@pytest.mark.parametrize(("layout", "shape", "outputs"), SHAPES)
def test_every_unit_has_exactly_that_many_connections(layout, shape, outputs, connections):
    weights = sparse(shape, rng=rng(1), connections=connections, layout=layout)
    assert weights.shape == shape and weights.dtype == np.float32 and weights.flags["C_CONTIGUOUS"]
    counts = np.count_nonzero(units(weights, layout), axis=1)
    assert counts.tolist() == [connections] * outputs
    # negative control: the units of the other layout
    other = np.count_nonzero(units(weights, {"out_in": "in_out", "in_out": "out_in"}[layout]), axis=1)
    assert other.tolist() != [connections] * len(other)


def test_all_inputs_can_be_connected():
    for layout in ("out_in", "in_out"):
        assert np.count_nonzero(sparse((6, 6), rng=rng(2), connections=6, layout=layout)) == 36
    assert np.count_nonzero(sparse((5, 2, 3), rng=rng(2), connections=6)) == 30


def test_both_layouts_draw_the_same_units():
    for inputs, outputs, kernel in ((20, 30, ()), (30, 20, ()), (7, 5, (3,)), (7, 5, (3, 2))):
        out_in = sparse((outputs, inputs, *kernel), rng=rng(3))
        in_out = sparse((*kernel, inputs, outputs), rng=rng(3), layout="in_out")
        assert np.array_equal(units(out_in), units(in_out, "in_out"))


def test_a_zero_that_is_drawn_as_a_value_is_drawn_again(monkeypatch):
    generator, calls = rng(), []

    def with_zeros(shape, *, rng, dtype):
        calls.append(shape)
        assert len(calls) <= 3 and rng is generator and dtype == np.float64
        drawn = np.full(shape, 2.0, dtype)
        drawn.ravel()[: 5 - 2 * len(calls)] = 0  # three zeros, then one, then none
        return drawn

    monkeypatch.setattr(module, "normal", with_zeros)
    weights = sparse((4, 30), rng=generator, connections=7, std=0.5, dtype=np.float64)
    assert calls == [(4, 7), (3,), (1,)]
    assert np.count_nonzero(weights, axis=1).tolist() == [7] * 4 and set(weights.ravel()) == {0.0, 1.0}


def p_values(used, connections):
    """How probable it is that the inputs are used so unevenly, or so evenly, if all places are equally likely."""
    outputs, inputs = used.shape
    share = connections / inputs
    # Counts of an input are binomial; that they add up to connections * outputs takes one degree of freedom.
    uneven = ((used.sum(axis=0) - outputs * share) ** 2).sum() / (outputs * share * (1 - share)) * (1 - 1 / inputs)
    return stats.chi2(inputs - 1).sf(uneven), stats.chi2(inputs - 1).cdf(uneven)


@pytest.mark.parametrize("layout", ["out_in", "in_out"])
def test_inputs_are_used_as_unevenly_as_chance_would_have_it(layout):
    used = units(sparse((500, 500), rng=rng(4), layout=layout), layout) != 0
    assert min(p_values(used, 15)) > ODDS[0]
    # negative control: PyTorch's way, the same number for each input instead of each unit
    per_input = units(sparse((500, 500), rng=rng(4), layout=layout), layout).T != 0
    assert min(p_values(per_input, 15)) < ODDS[1]
    # negative control: twice as often in the first half as in the second
    generator = rng(5)
    likely = np.where(np.arange(500) < 250, 2, 1) / 750
    skewed = np.zeros((500, 500), bool)
    for row in skewed:
        row[generator.choice(500, 15, replace=False, p=likely)] = True
    assert min(p_values(skewed, 15)) < ODDS[1]


def test_all_sets_of_places_are_equally_likely():
    used = sparse((6000, 6), rng=rng(6), connections=3) != 0
    sets = list(itertools.combinations(range(6), 3))

    def p_value(used):
        seen = np.bincount(used @ 2 ** np.arange(6), minlength=64)
        return stats.chisquare([seen[sum(2**place for place in places)] for places in sets]).pvalue

    assert p_value(used) > ODDS[0]
    # negative control: three neighbours in a circle use all inputs equally often, but few of the sets
    start = rng(7).integers(6, size=(6000, 1))
    circle = (np.arange(6) - start) % 6 < 3
    assert min(p_values(circle, 3)) > ODDS[1] and p_value(circle) < ODDS[1]


# The values


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_values_are_normal_with_the_standard_deviation(dtype):
    weights = sparse((1000, 300), rng=rng(8), connections=250, std=0.3, dtype=dtype)
    assert weights.dtype == dtype
    values = weights[weights != 0].astype(np.float64)

    def off(std):
        return abs(np.mean(values**2) / std**2 - 1) / (Z * math.sqrt((KURTOSIS - 1) / values.size))

    assert abs(values.mean()) <= Z * 0.3 / math.sqrt(values.size)
    assert off(0.3) <= 1
    assert off(0.3 * 1.02) > 1 and off(1) > 1  # negative controls: 2 % off (250,000 values), and left out
    some = values[:10_000]
    assert stats.kstest(some, stats.norm(0, 0.3).cdf).pvalue > ODDS[0]
    limit = 0.3 * math.sqrt(3)
    assert stats.kstest(some, stats.uniform(-limit, 2 * limit).cdf).pvalue < ODDS[1]  # negative control


@pytest.mark.parametrize(("layout", "shape", "fan_in"), [("out_in", (600, 50, 2), 100), ("in_out", (2, 50, 600), 100)])
def test_variance_of_an_entry_is_that_of_a_value_times_the_share_of_connections(layout, shape, fan_in):
    connections = 60
    weights = sparse(shape, rng=rng(9), connections=connections, std=2.0, layout=layout).astype(np.float64)
    tolerance = Z * math.sqrt((KURTOSIS - 1) / (600 * connections))  # the number of values is fixed

    def off(claimed):
        return abs(np.mean(weights**2) / claimed - 1) / tolerance

    assert off(4 * connections / fan_in) <= 1
    for wrong_fan in (50, 600, 1200):  # negative controls: kernel positions forgotten, outputs taken for inputs
        assert off(4 * connections / wrong_fan) > 1


def test_defaults_seeds_and_signature():
    generator = rng(10)
    first, second = sparse((20, 40), rng=generator), sparse((20, 40), rng=generator)
    same = sparse([20, 40], rng=rng(10), connections=15, std=1, layout="out_in", dtype="float32")
    assert np.array_equal(first, same) and not np.array_equal(first, second)
    parameters = inspect.signature(sparse).parameters
    assert list(parameters) == ["shape", "rng", "connections", "std", "layout", "dtype"]
    assert all(parameters[name].kind is inspect.Parameter.KEYWORD_ONLY for name in list(parameters)[1:])


# What is refused


def test_bad_arguments_are_refused_before_anything_is_drawn():
    generator = rng()
    for layout, shape, fan_in in (("out_in", (20, 7, 2), 14), ("in_out", (2, 7, 20), 14), ("out_in", (20, 14), 14)):
        for draws in (15, 10**9):
            with refused(ValueError, f"connections must be at most the fan-in {fan_in}, got {draws}"):
                sparse(shape, rng=generator, connections=draws, layout=layout)
    for bad in (0, -3):
        with refused(ValueError, f"connections must be a positive integer, got {bad}"):
            sparse((3, 20), rng=generator, connections=bad)
    for bad in (2.0, "2", None, True):
        with refused(TypeError, f"connections must be a positive integer, got {bad!r}"):
            sparse((3, 20), rng=generator, connections=bad)
    for bad in (0, 0.0, -1.0, math.nan, math.inf):
        with refused(ValueError, f"std must be a finite number > 0, got {bad}"):
            sparse((3, 20), rng=generator, std=bad)
    for bad in ("1", None, True):
        with refused(TypeError, f"std must be a finite number > 0, got {bad!r}"):
            sparse((3, 20), rng=generator, std=bad)
    for bad, dtype in ((1e20, np.float32), (1e-20, "float32"), (1e155, np.float64), (1e-155, float)):
        with refused(ValueError, f"std must have a square that {np.dtype(dtype)} can hold, got {bad}"):
            sparse((3, 20), rng=generator, std=bad, dtype=dtype)
    for bad in ((), (3,), (0, 20), (3, 0), (3, -1)):
        with pytest.raises(ValueError, match=r"^shape.* positive integer.*, got "):
            sparse(bad, rng=generator)
    for bad in (3, None, (3.0, 20), (True, 20)):
        with pytest.raises(TypeError, match=r"^shape.* positive integer.*, got "):
            sparse(bad, rng=generator)
    with pytest.raises(ValueError, match="^unknown layout 'HWIO'.*did you mean 'in_out'"):
        sparse((3, 20), rng=generator, layout="HWIO")
    with pytest.raises(TypeError, match=r"^dtype must be float32 or float64, got .*float16.*astype"):
        sparse((3, 20), rng=generator, dtype=np.float16)
    for bad in (0, None, np.random):
        with pytest.raises(TypeError, match="^rng must be a NumPy Generator"):
            sparse((3, 20), rng=bad)
    assert generator.random() == rng().random()  # nothing was drawn


def test_extreme_standard_deviations_leave_as_many_connections():
    for std, dtype in ((1.1e-19, np.float32), (1.8e19, np.float32), (1.5e-154, np.float64), (1.3e154, np.float64)):
        weights = sparse((300, 20), rng=rng(11), std=std, dtype=dtype)
        assert np.isfinite(weights).all() and (np.count_nonzero(weights, axis=1) == 15).all()


@settings(derandomize=True, deadline=None)
@given(
    shape=st.one_of(st.none(), st.lists(st.one_of(st.integers(-1, 6), st.floats(), st.booleans()), max_size=4)),
    connections=st.one_of(st.integers(-2, 20), st.floats(), st.booleans()),
    layout=st.sampled_from(["out_in", "in_out", "", None]),
    std=st.one_of(st.floats(), st.integers(-1, 3), st.none()),
)
def test_whatever_is_given_comes_out_finite_or_is_refused(shape, connections, layout, std):
    try:
        weights = sparse(shape, rng=rng(), connections=connections, layout=layout, std=std)
    except (ValueError, TypeError) as error:
        assert "expected" in str(error) or " must " in str(error)
    else:
        assert np.isfinite(weights).all() and weights.shape == tuple(shape)
        assert (np.count_nonzero(units(weights, layout), axis=1) == connections).all()
