"""What the page on signals measures in PyTorch, Keras and JAX is what the recursion of this package foretells.
신호를 다루는 쪽이 PyTorch, Keras, JAX에서 잰 값이 이 패키지의 점화식이 내놓는 값과 같은지 확인합니다."""

import os
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import weightinit as wi

os.environ.setdefault("KERAS_BACKEND", "jax")
CODE = Path(__file__).resolve().parents[1] / "docs" / "shared" / "code"
PACKAGES = {"pytorch": "torch", "keras": "keras", "jax": "jax"}
#: The scheme whose factor each tab shows, and whether its biases are drawn too.
TABS = {"pytorch": ("fan_in_uniform", True), "keras": ("xavier", False), "jax": ("he", False)}


def measured(package: str) -> tuple[list[float], int]:
    """The second moments that the example of a tab measures, layer by layer, and its width."""
    pytest.importorskip(PACKAGES[package])
    names: dict[str, Any] = runpy.run_path(str(CODE / f"signal_{package}.py"))
    return names["moments"], names["n"]


def foretold(scheme: str, biases: bool, width: int, depth: int) -> np.ndarray:
    """The same from the length map, for inputs of second moment 1."""
    variance = wi.variance(scheme, width, width)
    bias_variance = variance if biases else 0.0
    q = [wi.length_map(1.0, variance, width, bias_variance=bias_variance)]
    while len(q) < depth:
        q.append(wi.length_map(q[-1], variance, width, "relu", bias_variance))
    return np.array([wi.mean_square("relu", length) for length in q])


@pytest.mark.parametrize("package", PACKAGES)
def test_the_moments_of_each_tab_are_those_of_the_recursion(package: str) -> None:
    moments, width = measured(package)
    scheme, biases = TABS[package]
    off = np.log(np.array(moments) / foretold(scheme, biases, width, len(moments)))
    assert abs(off[0]) < 0.03
    # one network of this width and depth strays by the root of 5 * depth / width, in the logarithm
    assert abs(off).max() < 4 * (5 * len(moments) / width) ** 0.5
    for other in {"fan_in_uniform", "xavier", "he"} - {scheme}:  # negative control
        wrong = np.log(np.array(moments) / foretold(other, False, width, len(moments)))
        assert abs(wrong).max() > 3 * (5 * len(moments) / width) ** 0.5


def test_the_biases_of_pytorch_are_those_of_its_weights() -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    layer = torch.nn.Linear(256, 4000)
    limit = wi.bound("fan_in_uniform", 256, 4000)
    for values in (layer.weight, layer.bias):
        assert 0.99 * limit < values.abs().max().item() <= limit
        assert values.square().mean().item() == pytest.approx(limit**2 / 3, rel=0.1)


def test_the_biases_of_keras_are_zero() -> None:
    keras = pytest.importorskip("keras")
    assert isinstance(keras.layers.Dense(4).bias_initializer, keras.initializers.Zeros)


def test_the_gain_that_pytorch_recommends_for_tanh() -> None:
    torch = pytest.importorskip("torch")
    assert torch.nn.init.calculate_gain("tanh") == pytest.approx(5 / 3, rel=1e-15)


def test_float16_and_float32_of_pytorch_have_the_same_floor_and_ceiling() -> None:
    torch = pytest.importorskip("torch")
    for ours, theirs in ((np.float16, torch.float16), (np.float32, torch.float32)):
        smallest = torch.tensor(float(np.finfo(ours).smallest_subnormal), dtype=torch.float64)
        assert smallest.to(theirs).item() == smallest.item()
        assert (smallest * 0.49).to(theirs).item() == 0.0 < (smallest * 0.51).to(theirs).item()
        assert torch.finfo(theirs).max == float(np.finfo(ours).max)
