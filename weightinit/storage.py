"""Weights in a `.npz` file: without pickle, always the same bytes, and never half a file."""

import os
import uuid
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from weightinit.sampling import Array

NAME_BYTES = 65_531  # a zip file counts the bytes of a name in 16 bits, and ".npy" is four of them


def save_params(path: str | os.PathLike[str], params: Mapping[str, Array]) -> None:
    """Write named arrays to a `.npz` file: the whole new file, or nothing.

    A zip file with one uncompressed `name.npy` for each name.

    Args:
        path: where to, ending in ".npz"; a file that is there is replaced once the new one is complete.
        params: one or more finite float32 or float64 arrays of any shape, by name; a name is printable text
            without backslash that does not end in ".npy".

    Returns:
        Nothing: the same arrays in the same order give the same bytes, which `np.load(path)` reads as well.

    Assumes:
        The folder exists. After an error the old file is as it was and nothing else is left behind.

    Raises:
        TypeError: a path that is no text or Path, `params` that is no mapping, a name that is no text, an
            array of another kind, such as float16 or integers.
        ValueError: another suffix, no arrays, a name that cannot be used, NaN or infinity.
        OSError: what the system says, such as FileNotFoundError for a folder.

    Source:
        The formats of `numpy.savez` and `numpy.lib.format`.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save_params(f"{folder}/weights.npz", {"hidden": np.ones((256, 784))})
        ...     load_params(f"{folder}/weights.npz")["hidden"].shape
        (256, 784)
    """
    place = _npz(path).resolve()  # a link stays a link
    arrays = float_arrays("params", params)
    temporary = place.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        with open(temporary, "xb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                for name, array in arrays.items():
                    _write(archive, f"{name}.npy", array)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, place)
    finally:
        temporary.unlink(missing_ok=True)


def load_params(path: str | os.PathLike[str]) -> dict[str, NDArray[Any]]:
    """Read the named arrays of a `.npz` file that `save_params` or `np.savez` wrote.

    `{name: array}` for each `name.npy` in a zip file.

    Args:
        path: the file, ending in ".npz".

    Returns:
        New arrays by name, in the order of the file, with the shapes and dtypes that were saved, in this
        machine's byte order: float16, integers and booleans too, which other libraries keep beside weights.

    Assumes:
        The file, and once more its content, fit into memory.

    Raises:
        TypeError: a path that is no text or Path.
        ValueError: another suffix, a file that is damaged or of another kind, no arrays, an array that is not
            of finite real numbers.
        OSError: what the system says, such as FileNotFoundError.

    Source:
        The formats of `numpy.savez` and `numpy.lib.format`.

    Examples:
        >>> load_params("weights")
        Traceback (most recent call last):
        ValueError: path must end in '.npz', got 'weights'
    """
    place = _npz(path)
    content = place.read_bytes()  # whatever goes wrong after this is not the disk's fault but the file's
    where = str(place)
    params: dict[str, NDArray[Any]] = {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for member in archive.infolist():
                where = f"{place}, entry {member.filename!r}"
                name = member.filename.removesuffix(".npy")
                # a comment, which NumPy never writes, is what a damaged length makes of the next entry
                if name == member.filename or name in params or member.comment:
                    raise ValueError("not one array of its own")
                params[name] = _real_array(archive.read(member))
        if not params:
            raise ValueError("no arrays")
    except Exception as error:  # damaged bytes make zipfile, zlib and NumPy raise a dozen kinds
        expected = "expected an intact .npz file of finite real numbers, as save_params and np.savez write it"
        raise ValueError(f"{where}: {expected}, got: {str(error) or type(error).__name__}") from error
    return params


def float_arrays(what: str, given: Mapping[str, Array]) -> dict[str, Array]:
    # finite float32 or float64 arrays under names that a file can hold
    if not isinstance(given, Mapping):
        raise TypeError(f"{what} must be a mapping from names to arrays, got {type(given).__name__}")
    if not given:
        raise ValueError(f"{what} must hold one array or more, got none")
    for name, array in given.items():
        _check_name(what, name)
        plain = type(array) is np.ndarray  # a subclass may hold more than a file can: a mask, for one
        if not plain or array.dtype not in (np.float32, np.float64):
            kind = array.dtype if plain else type(array).__name__
            raise TypeError(f"{what}[{name!r}] must be a float32 or float64 array, got {kind}")
        if not np.isfinite(array).all():
            raise ValueError(f"{what}[{name!r}] must be finite, got NaN or infinity")
    return dict(given)


def _check_name(what: str, name: object) -> None:
    limits = f"at most {NAME_BYTES} bytes, without backslash and not ending in '.npy'"
    expected = f"a name in {what} must be printable text of {limits}, got {name!r}"
    if not isinstance(name, str):
        raise TypeError(expected)
    whole = name and name.isprintable() and "\\" not in name and not name.endswith(".npy")
    if not whole or len(name.encode()) > NAME_BYTES:
        raise ValueError(expected)


def _npz(path: object) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"path must be text or a Path that ends in '.npz', got {path!r}")
    checked = Path(path)
    if checked.suffix != ".npz":
        raise ValueError(f"path must end in '.npz', got {str(checked)!r}")
    return checked


def _write(archive: zipfile.ZipFile, filename: str, array: Array) -> None:
    member = zipfile.ZipInfo(filename)  # dated 1980, whatever the day
    member.create_system = 3  # "Unix", whatever the system
    with archive.open(member, "w", force_zip64=True) as file:
        np.lib.format.write_array(file, np.asarray(array, order="C"), allow_pickle=False)


def _real_array(content: bytes) -> NDArray[Any]:
    array = np.lib.format.read_array(BytesIO(content), allow_pickle=False)
    if array.dtype.kind not in ("f", "i", "u", "b"):
        raise ValueError(f"dtype {array.dtype}")
    if not np.isfinite(array).all():
        raise ValueError("NaN or infinity")
    return np.asarray(array, dtype=array.dtype.type)  # in this machine's byte order
