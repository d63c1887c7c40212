"""Starting from trained weights: what fits is copied, the rest stays freshly initialized."""

import difflib
import os
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weightinit._errors import choose
from weightinit.sampling import Array
from weightinit.storage import float_arrays, load_params


class Pretrained(NamedTuple):
    """Weights to start from, and where each of them comes from.

    Attributes:
        params: all arrays of the target by name, copied or fresh.
        copied: names of the arrays that were copied from the file, in the order of the target.
        fresh: names of the arrays that stayed as they were in the target, in its order.
        unused: names in the file that the target does not have, in the order of the file.
    """

    params: dict[str, Array]
    copied: tuple[str, ...]
    fresh: tuple[str, ...]
    unused: tuple[str, ...]


def from_pretrained(
    path: str | os.PathLike[str], target: Mapping[str, Array], leave_fresh: Collection[str] = ()
) -> Pretrained:
    """Copy trained arrays over freshly initialized ones of the same name and shape.

    `W = W_saved` where the file has the name, else `W = W_target`.

    Args:
        path: a `.npz` file, as `load_params` reads it.
        target: freshly initialized float32 or float64 arrays by name, which are not changed.
        leave_fresh: names in `target` that are not copied even if the file has them, such as the output layer
            of another task.

    Returns:
        `Pretrained(params, copied, fresh, unused)`: new arrays with the target's shapes and dtypes; a copied
        array has the mean and variance that training gave it, rounded to the target's dtype.

    Assumes:
        The same name means the same layer, and both keep their axes in the same order.

    Raises:
        TypeError: as `load_params`, a target that is no mapping of text to float arrays, a `leave_fresh` that
            is a single text or no collection of texts.
        ValueError: as `load_params`, a target without arrays or not finite, a name in `leave_fresh` that the
            target does not have, two shapes under one name, a number too large for the target's dtype, a file
            from which nothing can be copied.
        OSError: as `load_params`.

    Source:
        `yosinski2014` for how much of a network to copy, `he2019` for what that does and does not gain.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     np.savez(f"{folder}/old.npz", hidden=np.ones((5, 4)), output=np.ones((9, 5)))
        ...     target = {"hidden": np.zeros((5, 4)), "output": np.zeros((3, 5))}
        ...     from_pretrained(f"{folder}/old.npz", target, ["output"])[1:]
        (('hidden',), ('output',), ())
    """
    own = float_arrays("target", target)
    left = _names(leave_fresh, own)
    saved = load_params(path)
    copied = tuple(name for name in own if name in saved and name not in left)
    if not copied:
        raise ValueError(_nothing(str(path), list(saved), [name for name in own if name not in left]))
    fitting = {name: _fit(name, saved[name], own[name]) for name in copied}
    return Pretrained(
        params={name: fitting[name] if name in fitting else own[name].copy() for name in own},
        copied=copied,
        fresh=tuple(name for name in own if name not in fitting),
        unused=tuple(name for name in saved if name not in own),
    )


def _names(leave_fresh: Collection[str], own: Mapping[str, Array]) -> set[str]:
    expected = "leave_fresh must be a list, tuple or set of names"
    if isinstance(leave_fresh, str):  # Python would read it letter by letter
        raise TypeError(f"{expected}, got the single name {leave_fresh!r}: expected [{leave_fresh!r}]")
    if not isinstance(leave_fresh, Collection):
        raise TypeError(f"{expected}, got {leave_fresh!r}")
    return {choose("name in leave_fresh", name, own) for name in leave_fresh}


def _fit(name: str, saved: NDArray[Any], own: Array) -> Array:
    if saved.shape != own.shape:
        raise ValueError(
            f"{name!r} has shape {saved.shape} in the file and {own.shape} in the target:"
            " expected the same shape, or the name in leave_fresh"
        )
    with np.errstate(over="ignore"):  # an overflow is refused just below
        copied: Array = saved.astype(own.dtype)
    if not np.isfinite(copied).all():
        raise ValueError(f"{name!r} in the file has numbers too large for {own.dtype}, the target's dtype")
    return copied


def _nothing(path: str, saved: list[str], own: list[str]) -> str:
    near = [(name, match) for name in own for match in difflib.get_close_matches(name, saved)]
    hint = f"; did you mean {near[0][1]!r} by {near[0][0]!r}?" if near else ""
    names = f"it has {saved}, the target without leave_fresh {own}"
    return f"nothing can be copied from {path}: expected a name in common, but {names}{hint}"
