"""Saved weights come back bit for bit, a save is all or nothing, and damaged or unsuitable files are refused by name.
저장한 가중치가 비트까지 그대로 돌아오고, 실패한 저장은 흔적을 남기지 않으며, 손상된 파일은 거부하는지 확인합니다."""

import os
import re
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import refused
from weightinit.storage import load_params, save_params

EXPECTED = "expected an intact .npz file of finite real numbers, as save_params and np.savez write it"
PARAMS = {
    "hidden/weight": np.random.default_rng(0).standard_normal((5, 4), np.float32),
    "은닉층.bias": np.arange(3.0),
    "file": np.float64([[1, -0.0], [5e-324, 1.7e308]]),
    "allow_pickle": np.ones((), np.float32),
    "arr_0": np.zeros((0, 3)),
}


def same(one, other):
    assert list(one) == list(other)
    for name, array in one.items():
        back = other[name]
        assert back.dtype == array.dtype and back.shape == array.shape and back.tobytes() == array.tobytes()


def foreign(path, **members):
    """A zip file with these members, written by hand."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


# What is saved comes back


def test_arrays_come_back_bit_for_bit_in_the_same_order(tmp_path):
    path = tmp_path / "weights.npz"
    assert save_params(path, PARAMS) is None
    same(PARAMS, load_params(path))
    same(PARAMS, load_params(str(path)))
    with np.load(path, allow_pickle=False) as archive:
        same(PARAMS, {name: archive[name] for name in archive.files})
    assert os.listdir(tmp_path) == ["weights.npz"]


def test_loaded_arrays_can_be_changed_and_the_saved_ones_are_not(tmp_path):
    before = {name: array.copy() for name, array in PARAMS.items()}
    save_params(tmp_path / "weights.npz", PARAMS)
    for array in load_params(tmp_path / "weights.npz").values():
        array[...] = 7
    same(before, PARAMS)
    same(before, load_params(tmp_path / "weights.npz"))


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=9),
        st.tuples(st.lists(st.integers(0, 3), max_size=3), st.sampled_from([np.float32, np.float64])),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_is_accepted_comes_back(tmp_path_factory, shapes):
    path = tmp_path_factory.mktemp("storage") / "weights.npz"
    params = {name: np.full(shape, 0.1, dtype) for name, (shape, dtype) in shapes.items()}
    try:
        save_params(path, params)
    except ValueError as error:
        assert "printable" in str(error) and not path.exists()
    else:
        same(params, load_params(path))
        with np.load(path, allow_pickle=False) as archive:
            same(params, dict(archive))


def test_longest_name(tmp_path):
    path, longest = tmp_path / "weights.npz", "가" * 21_843 + "ab"  # 65,531 bytes
    save_params(path, {longest: np.ones(1)})
    assert list(load_params(path)) == [longest]
    with np.load(path) as archive:
        assert archive.files == [longest]
    with pytest.raises(ValueError, match="at most 65531 bytes"):
        save_params(path, {longest + "a": np.ones(1)})


def test_equal_arrays_give_equal_bytes(tmp_path, monkeypatch):
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    save_params(one, PARAMS)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setattr(sys, "platform", "win32")
    turned = {name: np.asarray(array, order="F") for name, array in PARAMS.items()}
    save_params(other, turned)
    assert one.read_bytes() == other.read_bytes()
    save_params(other, dict(reversed(PARAMS.items())))  # negative control: another order is another file
    assert one.read_bytes() != other.read_bytes()


def test_the_file_is_an_uncompressed_zip_file_without_limits_of_size(tmp_path):
    save_params(tmp_path / "weights.npz", PARAMS)
    with zipfile.ZipFile(tmp_path / "weights.npz") as archive:
        members = archive.infolist()
    assert [member.filename for member in members] == [f"{name}.npy" for name in PARAMS]
    for member in members:
        assert member.date_time == (1980, 1, 1, 0, 0, 0) and member.create_system == 3
        assert member.compress_type == zipfile.ZIP_STORED
        assert member.extract_version == 45  # zip64: an array may be larger than 4 GB


# All or nothing


@pytest.fixture
def kept(tmp_path):
    """A file that is there already; after the test it must be as it was, and alone."""
    path = tmp_path / "weights.npz"
    path.write_bytes(b"the old file")
    yield path
    assert path.read_bytes() == b"the old file"
    assert os.listdir(tmp_path) == ["weights.npz"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_when_the_disk_fails_the_old_file_stays(kept, monkeypatch, step, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        save_params(kept, PARAMS)


def test_when_writing_fails_midway_the_old_file_stays(kept, monkeypatch):
    write = np.lib.format.write_array

    def fail_at_the_third(file, array, **options):
        assert options == {"allow_pickle": False}
        if array.shape == (2, 2):
            raise MemoryError
        write(file, array, **options)

    monkeypatch.setattr(np.lib.format, "write_array", fail_at_the_third)
    with pytest.raises(MemoryError):
        save_params(kept, PARAMS)


def test_the_new_file_is_complete_and_on_the_disk_before_it_takes_the_place(tmp_path, monkeypatch):
    steps, path = [], tmp_path / "weights.npz"
    sync, replace = os.fsync, os.replace

    def fsync(number):
        steps.append(os.fstat(number).st_size)
        sync(number)

    def taking_the_place(source, target):
        steps.append(Path(source).stat().st_size)
        assert Path(source).parent == tmp_path and target == path and not path.exists()
        assert re.fullmatch(r"\.[0-9a-f]{32}\.tmp", Path(source).name)
        replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", taking_the_place)
    save_params(path, PARAMS)
    assert steps == [path.stat().st_size] * 2


def test_an_old_file_is_replaced_and_a_link_stays_a_link(tmp_path):
    path, link = tmp_path / "weights.npz", tmp_path / "link.npz"
    path.write_bytes(b"the old file")
    save_params(path, PARAMS)
    same(PARAMS, load_params(path))
    try:
        link.symlink_to(path)
    except OSError:  # Windows lets only some users make links
        return
    save_params(link, {"w": np.ones(2)})
    assert link.is_symlink() and list(load_params(path)) == ["w"]


def test_the_file_has_the_rights_of_any_new_file(tmp_path):
    (tmp_path / "other").touch()
    save_params(tmp_path / "weights.npz", PARAMS)
    assert (tmp_path / "weights.npz").stat().st_mode == (tmp_path / "other").stat().st_mode


# What is not saved


def test_paths_that_are_refused(kept):
    for call in (load_params, lambda path: save_params(path, PARAMS)):
        for bad in ("weights", "weights.npy", "weights.NPZ", "weights.npz.tmp", ""):
            with refused(ValueError, f"path must end in '.npz', got {str(Path(bad))!r}"):
                call(bad)
        for bad in (None, 3, b"weights.npz"):
            with refused(TypeError, f"path must be text or a Path that ends in '.npz', got {bad!r}"):
                call(bad)
        with pytest.raises(FileNotFoundError):
            call(kept.parent / "missing" / "weights.npz")


def test_what_is_no_mapping_of_arrays_is_refused(kept):
    with refused(ValueError, "params must hold one array or more, got none"):
        save_params(kept, {})
    for bad in ([np.ones(2)], None, np.ones(2)):
        kind = type(bad).__name__
        with refused(TypeError, f"params must be a mapping from names to arrays, got {kind}"):
            save_params(kept, bad)


@pytest.mark.parametrize(
    ("array", "got"),
    [
        (np.ones(2, np.float16), "float16"),
        (np.ones(2, int), "int64"),
        (np.ones(2, bool), "bool"),
        (np.ones(2, complex), "complex128"),
        (np.ones(2, ">f8"), ">f8"),
        (np.array([1.0, None]), "object"),
        (np.ma.masked_array(np.ones(2), [True, False]), "MaskedArray"),
        (np.float32(1), "float32"),
        ([1.0, 2.0], "list"),
        (None, "NoneType"),
    ],
)
def test_arrays_of_another_kind_are_refused_by_name(kept, array, got):
    expected = f"params['b'] must be a float32 or float64 array, got {got}"
    with refused(TypeError, expected):
        save_params(kept, {"a": np.ones(2), "b": array})


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused_by_name(kept, bad, dtype):
    with refused(ValueError, "params['b'] must be finite, got NaN or infinity"):
        save_params(kept, {"a": np.ones(2), "b": np.array([[1, 2], [bad, 3]], dtype)})


@pytest.mark.parametrize("bad", ["", "a\0b", "a\nb", "a\\b", "w.npy", "\ud800", 3, None, ("a",)])
def test_names_that_a_file_cannot_hold_are_refused(kept, bad):
    expected = "a name in params must be printable text of at most 65531 bytes, without backslash"
    kind = ValueError if isinstance(bad, str) else TypeError
    with refused(kind, f"{expected} and not ending in '.npy', got {bad!r}"):
        save_params(kept, {"a": np.ones(2), bad: np.ones(2)})


# Files from elsewhere


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_files_of_numpy_are_read(tmp_path, save):
    params = {
        "half": np.float16([1, 2]),
        "count": np.array(7),
        "mask": np.array([True, False]),
        "byte": np.arange(3, dtype=np.uint8),
        "turned": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        "w.npy": np.ones(2, np.float32),
        "": np.ones(1),
        "a\\b": np.ones(1),
    }
    save(tmp_path / "weights.npz", **params)
    same(params, load_params(tmp_path / "weights.npz"))


def test_numbers_of_another_machine_get_the_byte_order_of_this_one(tmp_path):
    values = np.arange(6).reshape(2, 3)
    for kind in ("f2", "f4", "f8", "i4", "u8"):
        for order in "<>":
            np.savez(tmp_path / "weights.npz", values.astype(order + kind))
            (array,) = load_params(tmp_path / "weights.npz").values()
            assert array.dtype.isnative and array.dtype == kind and np.array_equal(array, values)


@pytest.mark.parametrize(
    ("array", "got"),
    [
        (np.array([1, np.nan]), "NaN or infinity"),
        (np.array([np.inf], np.float32), "NaN or infinity"),
        (np.ones(2, complex), "dtype complex128"),
        (np.array(["a"]), "dtype <U1"),
        (np.array([0], "m8[s]"), "dtype timedelta64[s]"),
        (np.ones(1, [("x", float)]), "dtype [('x', '<f8')]"),
        (np.array([None]), "Object arrays cannot be loaded when allow_pickle=False"),
    ],
)
def test_entries_that_are_no_finite_real_numbers_are_refused_by_name(tmp_path, array, got):
    path = tmp_path / "weights.npz"
    np.savez(path, a=np.ones(2), b=array)
    with refused(ValueError, f"{path}, entry 'b.npy': {EXPECTED}, got: {got}"):
        load_params(path)


def test_files_of_another_kind_are_refused(tmp_path):
    path = tmp_path / "weights.npz"
    np.save(tmp_path / "array.npy", np.ones(2))
    for content in (b"", b"PK", b"x" * 1000, (tmp_path / "array.npy").read_bytes()):
        path.write_bytes(content)
        with refused(ValueError, f"{path}: {EXPECTED}, got: File is not a zip file"):
            load_params(path)
    np.savez(path)
    with refused(ValueError, f"{path}: {EXPECTED}, got: no arrays"):
        load_params(path)
    foreign(path, **{"archive/data.pkl": b"pickled"})
    with refused(ValueError, f"{path}, entry 'archive/data.pkl': {EXPECTED}, got: not one array of its own"):
        load_params(path)
    with pytest.raises(ValueError, match=r"entry 'w\.npy'.*magic string is not correct"):
        load_params(foreign(path, **{"w.npy": b"not an array"}))


def test_two_entries_of_one_name_are_refused(tmp_path):
    path = tmp_path / "weights.npz"
    save_params(path, {"u": np.ones(2), "w": np.zeros(2)})
    path.write_bytes(path.read_bytes().replace(b"u.npy", b"w.npy"))
    with refused(ValueError, f"{path}, entry 'w.npy': {EXPECTED}, got: not one array of its own"):
        load_params(path)


def test_an_entry_that_hides_in_the_comment_of_another_is_missed(tmp_path):
    path = tmp_path / "weights.npz"
    save_params(path, {"u": np.ones(2), "w": np.zeros(2)})
    content = bytearray(path.read_bytes())
    directory = [found.start() for found in re.finditer(b"PK\x01\x02", content)]
    content[directory[0] + 32] = directory[1] - directory[0]  # the length of the first one's comment
    path.write_bytes(content)
    with np.load(path) as archive:  # NumPy reads on with one array fewer
        assert archive.files == ["u"]
    with refused(ValueError, f"{path}, entry 'u.npy': {EXPECTED}, got: not one array of its own"):
        load_params(path)


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "weights.npz").mkdir()
    with pytest.raises(OSError, match=r"weights\.npz"):
        load_params(tmp_path / "weights.npz")
    with pytest.raises(OSError, match=r"weights\.npz"):
        save_params(tmp_path / "weights.npz", PARAMS)
    assert os.listdir(tmp_path) == ["weights.npz"]


@pytest.mark.parametrize("save", [save_params, lambda path, params: np.savez_compressed(path, **params)])
def test_a_damaged_file_is_refused_or_was_not_damaged_where_it_matters(tmp_path, save):
    path = tmp_path / "weights.npz"
    params = {"a": np.arange(5.0), "b": np.arange(6.0).reshape(2, 3)}
    save(path, params)
    content = path.read_bytes()
    for length in range(0, len(content), 5):
        path.write_bytes(content[:length])
        with pytest.raises(ValueError, match=f"^{re.escape(str(path))}.*{re.escape(EXPECTED)}, got: ."):
            load_params(path)
    unnoticed = 0
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            loaded = load_params(path)
        except ValueError as error:
            assert str(error).startswith(str(path)) and EXPECTED in str(error)
        else:
            unnoticed += 1  # a date, say; the numbers are what they were
            same(params, loaded)
    assert 0 < unnoticed < len(content)
