"""Checks of the arrays that go through a network."""

from collections.abc import Sequence

import numpy as np

from weightinit.activations import Activation
from weightinit.activations import activation as named
from weightinit.sampling import Array


def _fits(have: int, want: int | str) -> bool:
    return have == want if isinstance(want, int) else have > 0


def float_array(name: str, got: object, *shape: int | str) -> Array:
    """Return an array if it is of floats and of this shape, where a word stands for any size."""
    words = str(shape).replace("'", "")
    expected = f"{name} must be a float32 or float64 array of shape {words}"
    if not isinstance(got, np.ndarray) or got.dtype not in (np.float32, np.float64):
        raise TypeError(f"{expected}, got {got.dtype if isinstance(got, np.ndarray) else type(got).__name__}")
    if got.ndim != len(shape) or not all(map(_fits, got.shape, shape)):
        raise ValueError(f"{expected}, got shape {got.shape}")
    return got


def finite_values(what: str, values: Array) -> Array:
    if not np.isfinite(values).all():
        raise ValueError(
            f"the {what} left the range of {values.dtype}: expected finite input and weights that do not explode"
        )
    return values


def finite_layers(what: str, layers: Sequence[Array]) -> list[Array]:
    return [finite_values(f"{what} of layer {layer}", values) for layer, values in enumerate(layers, 1)]


def listed(name: str, given: Sequence[Array], count: int) -> Sequence[Array]:
    """Return a list if it has `count` entries; a count of 0 stands for one or more."""
    expected = f"{name} must be a list of {count or 'one or more'} arrays, one for each layer"
    if not isinstance(given, tuple | list):
        raise TypeError(f"{expected}, got {type(given).__name__}")
    if not given or len(given) != (count or len(given)):
        raise ValueError(f"{expected}, got {len(given)}")
    return given


def checked_weights(given: Sequence[Array], inputs: int | str) -> list[Array]:
    """Check that each layer takes what the one before gives."""
    checked: list[Array] = []
    for layer, entry in enumerate(listed("weights", given, 0)):
        checked.append(float_array(f"weights[{layer}]", entry, "outputs", inputs))
        inputs = entry.shape[0]
    return checked


def checked_biases(given: Sequence[Array], weights: Sequence[Array]) -> list[Array]:
    """Check that there is a bias for each unit."""
    return [
        float_array(f"biases[{layer}]", b, len(weights[layer]))
        for layer, b in enumerate(listed("biases", given, len(weights)))
    ]


def as_activation(given: str | Activation) -> Activation:
    return given if isinstance(given, Activation) else named(given)


def activation_of_layers(every: str | Activation, last: str | Activation | None, layers: int) -> list[Activation]:
    chosen = [as_activation(every)] * layers
    if last is not None:
        chosen[-1] = as_activation(last)
    return chosen
