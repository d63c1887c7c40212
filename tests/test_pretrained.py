"""Trained arrays are copied where name and shape agree, the rest stays fresh, and what does not fit is refused by name.
이름과 모양이 맞는 배열만 복사되고 나머지는 새로 초기화한 값으로 남으며, 맞지 않는 것은 거부하는지 확인합니다."""


import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused
from weightinit.schemes.pretrained import Pretrained, from_pretrained
from weightinit.storage import load_params, save_params


def numbers(seed, *shape, dtype=np.float32):
    return np.random.default_rng(seed).standard_normal(shape, dtype)


SAVED = {"hidden": numbers(0, 5, 4), "extra": numbers(1, 2), "output": numbers(2, 9, 5), "bias": numbers(3, 5)}


@pytest.fixture
def path(tmp_path):
    """A saved network; after the test its file must be as it was."""
    file = tmp_path / "weights.npz"
    save_params(file, SAVED)
    before = file.read_bytes()
    yield file
    assert file.read_bytes() == before


def fresh():
    return {"bias": np.zeros(5, np.float32), "head": numbers(7, 3, 5), "hidden": numbers(8, 5, 4)}


def test_what_fits_is_copied_and_the_rest_stays_fresh(path):
    target, before = fresh(), fresh()
    given = from_pretrained(path, target)
    assert isinstance(given, Pretrained)
    assert given[1:] == (given.copied, given.fresh, given.unused)
    assert given[1:] == (("bias", "hidden"), ("head",), ("extra", "output"))
    expected = {"bias": SAVED["bias"], "head": before["head"], "hidden": SAVED["hidden"]}
    assert list(given.params) == list(expected)
    for name, array in given.params.items():
        assert np.array_equal(array, expected[name]) and array.dtype == np.float32
        assert not np.shares_memory(array, target[name])
        array[...] = 9  # negative control: what is returned may be changed
        assert np.array_equal(target[name], before[name])


def test_names_left_fresh_keep_their_values_whatever_the_shape_in_the_file(path):
    target = {**fresh(), "output": numbers(9, 3, 5)}
    for names in (["output", "bias"], ("output", "bias"), {"bias", "output"}, {"output": 0, "bias": 1}.keys()):
        given = from_pretrained(str(path), target, names)
        assert given[1:] == (("hidden",), ("bias", "head", "output"), ("extra",))
        for name in given.fresh:
            assert np.array_equal(given.params[name], target[name])
            assert not np.shares_memory(given.params[name], target[name])
    assert from_pretrained(path, target, leave_fresh=["output"]).copied == ("bias", "hidden")


def test_numbers_are_cast_to_the_dtype_of_the_target(tmp_path):
    path, wide = tmp_path / "weights.npz", numbers(0, 4, 3, dtype=np.float64)
    np.savez(path, a=wide, b=wide.astype(np.float16), c=np.arange(3), d=np.array([True, False]))
    for dtype in (np.float32, np.float64):
        target = {"a": np.zeros((4, 3)), "b": np.zeros((4, 3)), "c": np.zeros(3), "d": np.zeros(2)}
        given = from_pretrained(path, {name: array.astype(dtype) for name, array in target.items()}).params
        assert {array.dtype for array in given.values()} == {np.dtype(dtype)}
        assert np.array_equal(given["a"], wide.astype(dtype))
        assert np.array_equal(given["b"], wide.astype(np.float16))
        assert given["c"].tolist() == [0, 1, 2] and given["d"].tolist() == [1, 0]
        assert load_params(path)["a"].dtype == np.float64


def test_numbers_that_the_dtype_of_the_target_cannot_hold_are_refused(tmp_path):
    path, largest = tmp_path / "weights.npz", float(np.finfo(np.float32).max)
    for value in (1e39, -1e39, 2 * largest):
        save_params(path, {"w": np.array([1.0, value])})
        with refused(ValueError, "'w' in the file has numbers too large for float32, the target's dtype"):
            from_pretrained(path, {"w": np.zeros(2, np.float32)})
        assert from_pretrained(path, {"w": np.zeros(2)}).params["w"][1] == value
    save_params(path, {"w": np.array([1e-60, largest])})
    assert from_pretrained(path, {"w": np.zeros(2, np.float32)}).params["w"].tolist() == [0, largest]


def test_one_name_with_two_shapes_is_refused(path):
    for shape in ((4, 5), (5, 4, 1), (20,), (1, 4)):
        with refused(
            ValueError,
            f"'hidden' has shape (5, 4) in the file and {shape} in the target:"
            " expected the same shape, or the name in leave_fresh",
        ):
            from_pretrained(path, {**fresh(), "hidden": np.zeros(shape)})
        assert from_pretrained(path, {**fresh(), "hidden": np.zeros(shape)}, ["hidden"]).copied == ("bias",)


def test_names_left_fresh_must_be_names_of_the_target(path):
    own = "expected one of 'bias', 'head', 'hidden'"
    with refused(ValueError, f"unknown name in leave_fresh 'Heads': {own}; did you mean 'head'?"):
        from_pretrained(path, fresh(), ["hidden", "Heads"])
    with refused(ValueError, f"unknown name in leave_fresh 'output': {own}"):
        from_pretrained(path, fresh(), ["output"])
    with refused(TypeError, f"name in leave_fresh must be a name, got 3: {own}"):
        from_pretrained(path, fresh(), [3])
    kinds = "leave_fresh must be a list, tuple or set of names"
    with refused(TypeError, f"{kinds}, got the single name 'head': expected ['head']"):
        from_pretrained(path, fresh(), "head")
    for bad in (None, 3, True):
        with refused(TypeError, f"{kinds}, got {bad!r}"):
            from_pretrained(path, fresh(), bad)


def test_a_file_from_which_nothing_is_copied_is_refused(path):
    start = f"nothing can be copied from {path}: expected a name in common,"
    names = "but it has ['hidden', 'extra', 'output', 'bias'], the target without leave_fresh"
    target = {"zzz": np.zeros(5), "hidden.weight": np.zeros((5, 4)), "net.bias": np.zeros(5)}
    own = "['zzz', 'hidden.weight', 'net.bias']"
    with refused(ValueError, f"{start} {names} {own}; did you mean 'hidden' by 'hidden.weight'?"):
        from_pretrained(path, target)
    with refused(ValueError, f"{start} {names} ['zzz']"):
        from_pretrained(path, {"zzz": np.zeros(5)})
    with refused(ValueError, f"{start} {names} []"):
        from_pretrained(path, fresh(), ["bias", "head", "hidden"])


def test_targets_that_are_no_mapping_of_finite_float_arrays_are_refused(path):
    with refused(ValueError, "target must hold one array or more, got none"):
        from_pretrained(path, {})
    with refused(TypeError, "target must be a mapping from names to arrays, got list"):
        from_pretrained(path, [np.zeros(5)])
    with refused(TypeError, "target['bias'] must be a float32 or float64 array, got int64"):
        from_pretrained(path, {"bias": np.zeros(5, np.int64)})
    with refused(ValueError, "target['bias'] must be finite, got NaN or infinity"):
        from_pretrained(path, {"bias": np.full(5, np.nan)})


def test_files_that_cannot_be_read_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        from_pretrained(tmp_path / "missing.npz", fresh())
    (tmp_path / "damaged.npz").write_bytes(b"PK")
    with pytest.raises(ValueError, match="expected an intact .npz file"):
        from_pretrained(tmp_path / "damaged.npz", fresh())


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    file=st.sets(st.sampled_from("abcd"), min_size=1),
    own=st.sets(st.sampled_from("abcd")),
    left=st.sets(st.sampled_from("abcde")),
)
def test_each_name_is_accounted_for_once(tmp_path_factory, file, own, left):
    path = tmp_path_factory.mktemp("pretrained") / "weights.npz"
    save_params(path, {name: np.ones(3) for name in sorted(file)})
    target = {name: np.zeros(3) for name in sorted(own)}
    try:
        given = from_pretrained(path, target, left)
    except ValueError as error:
        assert "expected" in str(error) or "got none" in str(error)
        assert left - own or not (own & file) - left
    else:
        assert set(given.copied) == (own & file) - left and set(given.unused) == file - own
        assert sorted(given.copied + given.fresh) == sorted(own)
        assert {name for name, array in given.params.items() if array.all()} == set(given.copied)
