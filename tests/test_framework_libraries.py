"""The names and the defaults that the book gives for PyTorch, Keras and JAX are those of the libraries.
책에 적은 PyTorch, Keras, JAX의 이름과 기본값이 정말 그 라이브러리의 것인지 확인합니다."""

import math
import os
from typing import Any

import numpy as np
import pytest

import weightinit as wi
from scripts.book.libraries import DEFAULTS, NAMES, Default, Names

os.environ.setdefault("KERAS_BACKEND", "jax")
SHAPE = (300, 700)
#: Five standard errors of a mean square of this many numbers, whatever the law.
CLOSE = 5 * math.sqrt(2 / (SHAPE[0] * SHAPE[1]))


def drawn(names: Names, library: str) -> Any:
    """Weights of the fans (700, 300) from the call that the book prints."""
    if library == "pytorch":
        torch = pytest.importorskip("torch")
        torch.manual_seed(0)
        w = torch.empty(SHAPE)
        eval(f"torch.nn.init.{names.pytorch}", {"torch": torch, "w": w})
        return w.numpy()
    if library == "keras":
        keras = pytest.importorskip("keras")
        return np.asarray(eval(f"keras.initializers.{names.keras}", {"keras": keras})(SHAPE[::-1]))
    jax = pytest.importorskip("jax")
    return np.asarray(eval(f"jax.nn.initializers.{names.jax}", {"jax": jax})(jax.random.key(0), SHAPE[::-1]))


@pytest.mark.parametrize("library", ["pytorch", "keras", "jax"])
@pytest.mark.parametrize("names", NAMES, ids=lambda names: f"{names.scheme}-{names.distribution}")
def test_a_name_draws_what_the_scheme_says(names: Names, library: str) -> None:
    if not getattr(names, library):
        assert names.scheme == "fan_in_uniform" and library != "pytorch", "only PyTorch has this habit"
        return
    weights = drawn(names, library).astype(np.float64)
    expected = wi.variance(names.scheme, SHAPE[1], SHAPE[0])
    assert abs(np.mean(weights**2) / expected - 1) < CLOSE
    for other in set(wi.SCHEMES) - {names.scheme}:  # negative control
        assert abs(np.mean(weights**2) / wi.variance(other, SHAPE[1], SHAPE[0]) - 1) > CLOSE
    ends = abs(weights).max() / math.sqrt(expected)
    if names.distribution == "uniform":
        assert 0.999 < ends / math.sqrt(3) < 1 + 1e-6
    elif library == "pytorch":
        assert ends > 4
    else:
        assert 0.99 < ends * wi.truncated_std() / 2 < 1 + 1e-6, "the normal of Keras and JAX is cut at 2"


def parameter(default: Default) -> np.ndarray:
    if default.layer.startswith("torch."):
        torch = pytest.importorskip("torch")
        torch.manual_seed(0)
        layer = eval(default.layer, {"torch": torch})
        return getattr(layer, default.parameter).detach().numpy().astype(np.float64)
    keras = pytest.importorskip("keras")
    layer = eval(default.layer, {"keras": keras})
    inputs = {"Dense": (None, 784), "Conv2D": (None, 9, 9, 64), "LSTM": (None, 5, 64), "LayerNormalization": (None, 64)}
    layer.build(inputs.get(type(layer).__name__))
    owner = layer.cell if hasattr(layer, "cell") else layer
    return np.asarray(getattr(owner, default.parameter)).astype(np.float64)


@pytest.mark.parametrize("default", DEFAULTS, ids=lambda default: f"{default.layer}.{default.parameter}")
def test_a_layer_starts_with_what_the_book_says(default: Default) -> None:
    values = parameter(default)
    if default.law == "constant":
        assert (values == default.value).all()
    elif default.law == "orthogonal":
        size = min(values.shape)
        product = values @ values.T if values.shape[0] == size else values.T @ values
        assert np.allclose(product, default.value**2 * np.eye(size), atol=1e-5)
    elif default.law == "uniform":
        # The largest of N uniform numbers falls short of the limit by 1/N on average, by 20/N once in 10**8 times.
        assert 1 - 20 / values.size < abs(values).max() / default.value < 1 + 1e-6
        assert abs(np.mean(values**2) / (default.value**2 / 3) - 1) < 5 * math.sqrt(0.8 / values.size)
    else:
        assert default.law == "normal"
        assert abs(np.mean(values**2) / default.value**2 - 1) < 5 * math.sqrt(2 / values.size)
        assert abs(values).max() > 3.5 * default.value
