"""What the page on sparse initialization says of PyTorch, Keras and JAX is so, where all three are installed.
희소 초기화 쪽이 PyTorch, Keras, JAX를 두고 하는 말이 사실인지, 세 라이브러리를 갖춘 환경에서 확인합니다."""

import inspect
import math
import os
import runpy
from pathlib import Path

import numpy as np
import pytest

import weightinit as wi

os.environ.setdefault("KERAS_BACKEND", "jax")
CODE = Path(__file__).resolve().parents[1] / "docs" / "shared" / "code"
#: inputs, units, connections of a unit
LAYER = 784, 256, 15


def kernel_of(package: str) -> np.ndarray:
    """What the example of a page has drawn, one column a unit."""
    names = runpy.run_path(str(CODE / f"sparse_{package}.py"))
    if package == "pytorch":
        return names["layer"].weight.detach().numpy().T
    return np.asarray(names["kernel"])


@pytest.mark.parametrize(("package", "module"), [("pytorch", "torch"), ("keras", "keras"), ("jax", "jax")])
def test_the_examples_draw_what_this_package_draws(package: str, module: str) -> None:
    pytest.importorskip(module)
    inputs, units, connections = LAYER
    kernel = kernel_of(package)
    ours = wi.sparse((units, inputs), rng=np.random.default_rng(0)).T
    for weights in (kernel, ours):
        assert weights.shape == (inputs, units) and set((weights != 0).sum(axis=0)) == {connections}
        # the values: normal, of standard deviation 1, each to five standard errors
        values = weights[weights != 0].astype(np.float64)
        assert abs(values.mean()) < 5 / math.sqrt(values.size)
        assert abs(np.mean(values**2) - 1) < 5 * math.sqrt(2 / values.size)
        assert abs(np.mean(values**4) - 3) < 5 * math.sqrt(96 / values.size)
        # the places: how often an input is used is binomial, but for the sum
        share = connections / inputs
        uses = (weights != 0).sum(axis=1)
        spread = np.mean((uses - units * share) ** 2) / (units * share * (1 - share))
        assert abs(spread - 1) < 5 * math.sqrt(2 / inputs)
    # negative control: as many for each input
    assert np.var((kernel != 0).sum(axis=0)) == 0


def test_keras_and_jax_have_no_sparse_initialization() -> None:
    keras, jax, torch = (pytest.importorskip(name) for name in ("keras", "jax", "torch"))
    for module in (keras.initializers, jax.nn.initializers):
        assert not [name for name in dir(module) if "sparse" in name.lower()]
    assert "sparse_" in dir(torch.nn.init)


def test_the_defaults_of_pytorch() -> None:
    torch = pytest.importorskip("torch")
    given = inspect.signature(torch.nn.init.sparse_).parameters
    assert given["std"].default == 0.01 and "each column" in torch.nn.init.sparse_.__doc__


@pytest.mark.parametrize(("shape", "sparsity", "of_input"), [((512, 64), 0.98, 10), ((512, 64), 0.5, 256)])
def test_units_without_an_input_are_as_frequent_as_the_page_says(
    shape: tuple[int, int], sparsity: float, of_input: int
) -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    layers = [torch.nn.init.sparse_(torch.empty(shape), sparsity) != 0 for _ in range(20)]
    assert all((places.sum(dim=0) == of_input).all() for places in layers)
    counts = np.array([places.sum(dim=1).numpy() for places in layers])
    share = of_input / shape[0]
    none = (1 - share) ** shape[1]
    assert abs(np.mean(counts == 0) - none) <= 5 * math.sqrt(none * (1 - none) / counts.size)
    assert counts.mean() == pytest.approx(share * shape[1])
    assert counts.var() == pytest.approx(share * (1 - share) * shape[1], rel=5 * math.sqrt(2 / counts.size))


def test_a_layer_of_few_inputs_is_refused_here_and_the_default_factor_of_pytorch_is_tiny() -> None:
    with pytest.raises(ValueError, match="connections must be at most the fan-in 14, got 15"):
        wi.sparse((20, 14), rng=np.random.default_rng(0))
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    weights = torch.nn.init.sparse_(torch.empty(512, 64), 0.5).numpy().astype(np.float64)
    assert weights.var() * 64 == pytest.approx(wi.forward_factor(0.01**2, 32), rel=0.1)
