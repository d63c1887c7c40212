"""PyTorch, Keras and JAX do what the pages say of them; these tests run where all three are installed.
PyTorch, Keras, JAX가 책에 적힌 대로 동작하는지, 세 라이브러리를 갖춘 환경에서 확인합니다."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

import weightinit as wi

os.environ.setdefault("KERAS_BACKEND", "jax")
CODE = Path(__file__).resolve().parents[1] / "docs" / "shared" / "code"
PACKAGES = {"pytorch": "torch", "keras": "keras", "jax": "jax"}
EXAMPLES = [path for name in PACKAGES for path in sorted(CODE.glob(f"*_{name}.py"))]
FAN_IN, FAN_OUT = 784, 256
#: Five standard deviations of a sample std from 200,000 normal numbers.
CLOSE = 5 / (2 * FAN_IN * FAN_OUT) ** 0.5


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_runs_and_checks_itself(path: Path) -> None:
    pytest.importorskip(PACKAGES[path.stem.rpartition("_")[2]])
    assert "assert " in path.read_text(encoding="utf-8")
    names = runpy.run_path(str(path))
    kernel = names["kernel"] if "kernel" in names else names["layer"].weight.detach().numpy().T
    assert kernel.shape == (FAN_IN, FAN_OUT), "the text speaks of this layer"
    assert abs(kernel.std() / wi.std("xavier", FAN_IN, FAN_OUT) - 1) < 0.01
    assert 0.999 < abs(kernel).max() / wi.bound("xavier", FAN_IN, FAN_OUT) <= 1
    assert names["limit"] == pytest.approx(wi.bound("xavier", FAN_IN, FAN_OUT), rel=1e-12)


def torch_normal() -> Any:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    return torch.nn.init.xavier_normal_(torch.empty(FAN_OUT, FAN_IN)).numpy()


def keras_normal() -> Any:
    keras = pytest.importorskip("keras")
    kernel = keras.initializers.GlorotNormal(seed=0)((FAN_IN, FAN_OUT))
    return keras.ops.convert_to_numpy(kernel)


def jax_normal() -> Any:
    jax = pytest.importorskip("jax")
    import numpy as np

    return np.asarray(jax.nn.initializers.glorot_normal()(jax.random.key(0), (FAN_IN, FAN_OUT)))


@pytest.mark.parametrize("draw", [torch_normal, keras_normal, jax_normal])
def test_the_normal_forms_share_one_std(draw: Any) -> None:
    assert abs(draw().std(dtype="float64") / wi.std("xavier", FAN_IN, FAN_OUT) - 1) < CLOSE


def test_pytorch_draws_an_ordinary_normal_and_the_others_a_truncated_one() -> None:
    std = wi.std("xavier", FAN_IN, FAN_OUT)
    assert abs(torch_normal()).max() > 4 * std
    for draw in (keras_normal, jax_normal):
        # cut at two standard deviations of the enlarged normal, 2 / 0.8796 = 2.27 of the asked one
        assert 2.2 * std < abs(draw()).max() < 2.3 * std


def test_the_default_of_keras_is_xavier_uniform() -> None:
    keras = pytest.importorskip("keras")
    assert isinstance(keras.layers.Dense(4).kernel_initializer, keras.initializers.GlorotUniform)


def test_the_default_of_pytorch_is_not_xavier() -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    largest = torch.nn.Linear(FAN_IN, FAN_OUT).weight.abs().max().item()
    limit = wi.bound("fan_in_uniform", FAN_IN, FAN_OUT)
    assert 0.99 * limit < largest <= limit < 0.5 * wi.bound("xavier", FAN_IN, FAN_OUT)
