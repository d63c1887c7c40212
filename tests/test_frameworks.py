"""PyTorch, Keras and JAX agree with this package where they claim the same; run where all three are installed.
PyTorch, Keras, JAX가 같은 것을 말하는 곳에서는 이 패키지와 값이 같은지, 세 라이브러리를 갖춘 환경에서 확인합니다."""

import inspect
import math
import os
import re
import runpy
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import weightinit as wi
from weightinit import sampling
from weightinit.schemes.delta_orthogonal import delta_orthogonal
from weightinit.schemes.identity import dirac, identity
from weightinit.schemes.orthogonal import orthogonal
from weightinit.schemes.variance_scaling import variance_scaling
from weightinit.truncation import truncated_std

os.environ.setdefault("KERAS_BACKEND", "jax")
CODE = Path(__file__).resolve().parents[1] / "docs" / "shared" / "code"
PACKAGES = {"pytorch": "torch", "keras": "keras", "jax": "jax"}
EXAMPLES = [path for name in PACKAGES for path in sorted(CODE.glob(f"*_{name}.py"))]
FAN_IN, FAN_OUT = 784, 256
#: What a page calls by another name than the package does.
SCHEME = {"uniform": "fan_in_uniform"}
#: Five standard deviations of a sample std from 200,000 normal numbers.
CLOSE = 5 / (2 * FAN_IN * FAN_OUT) ** 0.5


# Keras's own variables, when they are saved, do not yet take the argument that NumPy 2 passes them.
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_runs_and_checks_itself(path: Path) -> None:
    page, _, package = path.stem.rpartition("_")
    scheme = SCHEME.get(page, page)
    pytest.importorskip(PACKAGES[package])
    assert "assert " in path.read_text(encoding="utf-8")
    names = runpy.run_path(str(path))
    if scheme in wi.SCHEMES:
        kernel = names["kernel"] if "kernel" in names else names["layer"].weight.detach().numpy().T
        assert kernel.shape == (FAN_IN, FAN_OUT), "the text speaks of this layer"
        assert abs(kernel.std() / wi.std(scheme, FAN_IN, FAN_OUT) - 1) < 0.01
        assert 0.999 < abs(kernel).max() / wi.bound(scheme, FAN_IN, FAN_OUT) <= 1
        assert names["limit"] == pytest.approx(wi.bound(scheme, FAN_IN, FAN_OUT), rel=1e-12)


def test_the_tabs_on_fixed_scales_draw_the_layer_of_the_text() -> None:
    for package, shape in (("pytorch", (FAN_OUT, FAN_IN)), ("keras", (FAN_IN, FAN_OUT)), ("jax", (FAN_IN, FAN_OUT))):
        pytest.importorskip(PACKAGES[package])
        names = runpy.run_path(str(CODE / f"random_{package}.py"))
        drawn = [names[name] for name in ("normal", "uniform", "cut") if name in names] or [names["layer"].weight]
        assert all(tuple(weights.shape) == shape for weights in drawn)
        if package == "pytorch":
            assert names["layer"].weight.abs().max().item() < 0.2, "the limits of 2 cut nothing"
            assert tuple(names["table"].weight.shape) == (1000, 200)
        if package == "jax":
            assert names["symmetric"].shape == shape


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


def test_the_default_of_keras_is_xavier_for_selu_too() -> None:
    keras = pytest.importorskip("keras")
    assert isinstance(keras.layers.Dense(4, activation="selu").kernel_initializer, keras.initializers.GlorotUniform)


def test_the_normal_lecun_of_keras_and_jax_is_truncated() -> None:
    keras, jax = pytest.importorskip("keras"), pytest.importorskip("jax")
    drawn = keras.initializers.LecunNormal(seed=0)((FAN_IN, FAN_OUT))
    other = jax.nn.initializers.lecun_normal()(jax.random.key(0), (FAN_IN, FAN_OUT))
    std = wi.std("lecun", FAN_IN, FAN_OUT)
    for kernel in (keras.ops.convert_to_numpy(drawn), np.asarray(other)):
        assert abs(kernel.std(dtype="float64") / std - 1) < CLOSE
        assert 2.2 * std < abs(kernel).max() < 2.3 * std


def test_the_default_of_pytorch_is_not_xavier() -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    largest = torch.nn.Linear(FAN_IN, FAN_OUT).weight.abs().max().item()
    limit = wi.bound("fan_in_uniform", FAN_IN, FAN_OUT)
    assert 0.99 * limit < largest <= limit < 0.5 * wi.bound("xavier", FAN_IN, FAN_OUT)


def test_kaiming_of_pytorch_is_he_unless_it_is_told_a_slope() -> None:
    nn = pytest.importorskip("torch").nn
    given = inspect.signature(nn.init.kaiming_uniform_).parameters
    assert (given["a"].default, given["mode"].default, given["nonlinearity"].default) == (0, "fan_in", "leaky_relu")
    assert "kaiming_uniform_(self.weight, a=math.sqrt(5))" in inspect.getsource(nn.Linear.reset_parameters)
    # the slope is read for "leaky_relu" only
    assert nn.init.calculate_gain("relu", 5**0.5) == pytest.approx(nn.init.calculate_gain("leaky_relu", 0))
    assert wi.variance("he", FAN_IN, FAN_OUT, a=5**0.5) == pytest.approx(wi.variance("fan_in_uniform", FAN_IN, FAN_OUT))


# Sizes and scales: the same shape gives the same numbers everywhere

OUT_IN = [(256, 784), (7, 5), (1, 9), (4, 3, 7), (64, 3, 3, 3), (8, 6, 3, 5), (5, 4, 2, 3, 4)]
#: scheme, distribution, and what PyTorch, Keras and JAX call it
NAMES = [
    ("xavier", "normal", "xavier_normal_", {}, "GlorotNormal", "glorot_normal"),
    ("xavier", "uniform", "xavier_uniform_", {}, "GlorotUniform", "glorot_uniform"),
    ("he", "normal", "kaiming_normal_", {"nonlinearity": "relu"}, "HeNormal", "he_normal"),
    ("he", "uniform", "kaiming_uniform_", {"nonlinearity": "relu"}, "HeUniform", "he_uniform"),
    ("lecun", "normal", "kaiming_normal_", {"nonlinearity": "linear"}, "LecunNormal", "lecun_normal"),
    ("lecun", "uniform", "kaiming_uniform_", {"nonlinearity": "linear"}, "LecunUniform", "lecun_uniform"),
]
#: what (kurtosis - 1) of the distribution is
SPREAD = {"normal": 2.0, "uniform": 0.8, "truncated": 1.3655}
#: standard deviation of a standard normal number that is cut at 2, from its density and its distribution function
CUT = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(math.sqrt(2)))


def hwio(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape in which Keras and JAX keep the kernel that PyTorch keeps in this one."""
    return (*shape[2:], shape[1], shape[0])


def torch_asks(patch: Any, name: str, shape: tuple[int, ...], **options: Any) -> float:
    """The standard deviation, or the limit, that PyTorch computes before it draws."""
    torch = pytest.importorskip("torch")
    asked: list[float] = []
    for method in ("normal_", "uniform_"):
        patch.setattr(torch.Tensor, method, lambda self, _, scale, generator=None: asked.append(scale) or self)
    getattr(torch.nn.init, name)(torch.empty(shape), **options)
    (only,) = asked
    return only


def keras_asks(patch: Any, initializer: Any, shape: tuple[int, ...]) -> float:
    """The standard deviation after truncation, or the limit, that Keras computes before it draws."""
    drawing = SimpleNamespace(
        normal=lambda shape, mean, stddev, **_: stddev,
        truncated_normal=lambda shape, mean, stddev, **_: stddev * CUT,
        uniform=lambda shape, minval, maxval, **_: maxval,
    )
    patch.setattr(import_module("keras.src.initializers.random_initializers"), "random", drawing)
    return initializer(shape)


def jax_asks(patch: Any, initializer: Any, shape: tuple[int, ...]) -> float:
    """The standard deviation after truncation, or the limit, by which JAX multiplies its standard draws."""
    jax = pytest.importorskip("jax")
    drawing = SimpleNamespace(
        normal=lambda *_, **__: 1.0, truncated_normal=lambda *_, **__: CUT, uniform=lambda *_, **__: 1.0
    )
    patch.setattr(import_module("jax._src.nn.initializers"), "random", drawing)
    with jax.enable_x64(True):
        return float(initializer(None, shape, "float64"))


def ours(scheme: str, distribution: str, shape: tuple[int, ...], layout: str, **params: Any) -> float:
    rule = wi.std if distribution == "normal" else wi.bound
    return rule(scheme, *wi.fans(shape, layout), **params)


@pytest.mark.parametrize("shape", OUT_IN, ids=str)
def test_all_read_the_same_fans_off_a_shape(shape: tuple[int, ...]) -> None:
    torch, _, _ = (pytest.importorskip(name) for name in PACKAGES.values())
    theirs = torch.nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))
    assert wi.fans(shape) == theirs == wi.fans(hwio(shape), layout="in_out")
    assert import_module("keras.src.initializers.random_initializers").compute_fans(hwio(shape)) == theirs
    assert import_module("jax._src.nn.initializers")._compute_fans(hwio(shape)) == theirs
    if shape[0] != shape[1]:  # negative control: the wrong layout swaps the fans
        assert wi.fans(shape[:2], layout="in_out") != wi.fans(shape[:2])


@pytest.mark.parametrize("shape", OUT_IN, ids=str)
@pytest.mark.parametrize(("scheme", "distribution", "torch_name", "options", "keras_name", "jax_name"), NAMES)
def test_all_ask_for_the_same_std_or_limit(
    monkeypatch: Any,
    scheme: str,
    distribution: str,
    torch_name: str,
    options: dict[str, str],
    keras_name: str,
    jax_name: str,
    shape: tuple[int, ...],
) -> None:
    keras, jax = pytest.importorskip("keras"), pytest.importorskip("jax")
    expected = pytest.approx(ours(scheme, distribution, shape, "out_in"), rel=1e-13)
    assert torch_asks(monkeypatch, torch_name, shape, **options) == expected
    expected = pytest.approx(ours(scheme, distribution, hwio(shape), "in_out"), rel=1e-13)
    assert keras_asks(monkeypatch, getattr(keras.initializers, keras_name)(), hwio(shape)) == expected
    assert jax_asks(monkeypatch, getattr(jax.nn.initializers, jax_name)(), hwio(shape)) == expected


@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize("a", [0.0, 0.2, -0.5, 5**0.5])
@pytest.mark.parametrize("distribution", ["normal", "uniform"])
def test_he_takes_the_same_slope_and_mode_as_in_pytorch(
    monkeypatch: Any, distribution: str, a: float, mode: str
) -> None:
    shape = (8, 6, 3, 5)
    theirs = torch_asks(monkeypatch, f"kaiming_{distribution}_", shape, a=a, mode=mode)
    assert theirs == pytest.approx(ours("he", distribution, shape, "out_in", a=a, mode=mode), rel=1e-13)


@pytest.mark.parametrize("distribution", ["normal", "uniform", "truncated_normal"])
@pytest.mark.parametrize("mode", ["fan_in", "fan_out", "fan_avg", "fan_geo_avg"])
def test_variance_scaling_is_that_of_keras_and_jax(monkeypatch: Any, mode: str, distribution: str) -> None:
    keras, jax = pytest.importorskip("keras"), pytest.importorskip("jax")
    shape, scale = (3, 5, 6, 8), 0.7
    weights = variance_scaling(
        shape,
        rng=np.random.default_rng(0),
        scale=scale,
        mode=mode,
        distribution=distribution,
        layout="in_out",
        dtype=np.float64,
    )
    primitive = getattr(sampling, distribution)(shape, rng=np.random.default_rng(0), dtype=np.float64)
    (asked,) = set((weights / primitive).round(12).ravel())
    theirs = jax.nn.initializers.variance_scaling(scale, mode, distribution)
    assert jax_asks(monkeypatch, theirs, shape) == pytest.approx(asked, rel=1e-11)
    if mode == "fan_geo_avg":  # which Keras does not have
        with pytest.raises(ValueError, match="Invalid `mode`"):
            keras.initializers.VarianceScaling(scale, mode)
        return
    # Keras says "untruncated_normal" for what the others call "normal", and "normal" for the truncated one
    word = {"normal": "untruncated_normal"}.get(distribution, distribution)
    initializer = keras.initializers.VarianceScaling(scale, mode, word)
    assert keras_asks(monkeypatch, initializer, shape) == pytest.approx(asked, rel=1e-11)


def test_the_constant_that_keras_and_jax_write_down_is_computed_here() -> None:
    keras, jax = pytest.importorskip("keras"), pytest.importorskip("jax")
    assert truncated_std(2) == pytest.approx(CUT, rel=1e-14)
    for function in (keras.initializers.VarianceScaling.__call__, jax.nn.initializers.variance_scaling):
        (written,) = re.findall(r"0?\.8\d{8,}", inspect.getsource(function))
        assert truncated_std(2) == pytest.approx(float(written), rel=1e-15)


def test_truncated_draws_have_one_shape_everywhere() -> None:
    keras, jax = pytest.importorskip("keras"), pytest.importorskip("jax")

    def kurtosis(weights: Any) -> float:
        values = np.asarray(weights).astype(np.float64)
        return np.mean(values**4) / np.mean(values**2) ** 2

    shape = (1000, 1000)
    for weights in (
        wi.initialize("he", shape, rng=np.random.default_rng(0), distribution="truncated_normal"),
        keras.initializers.HeNormal(seed=0)(shape),
        jax.nn.initializers.he_normal()(jax.random.key(0), shape),
    ):
        assert kurtosis(weights) == pytest.approx(2.3655, abs=0.01)
        assert 1.999 < abs(np.asarray(weights)).max() * CUT / wi.std("he", *shape) < 2 + 1e-6
    assert kurtosis(wi.he_normal(shape, rng=np.random.default_rng(0))) > 2.9  # negative control


def drawn(package: str, names: tuple[str, str, str], options: dict[str, str]) -> np.ndarray:
    """A dense kernel that the package really draws, with one row an input."""
    library = pytest.importorskip(PACKAGES[package])
    if package == "pytorch":
        library.manual_seed(0)
        return getattr(library.nn.init, names[0])(library.empty(FAN_OUT, FAN_IN), **options).numpy().T
    if package == "keras":
        return np.asarray(getattr(library.initializers, names[1])(seed=0)((FAN_IN, FAN_OUT)))
    return np.asarray(getattr(library.nn.initializers, names[2])()(library.random.key(0), (FAN_IN, FAN_OUT)))


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(("scheme", "distribution", "torch_name", "options", "keras_name", "jax_name"), NAMES)
def test_what_all_draw_has_the_same_variance(
    package: str,
    scheme: str,
    distribution: str,
    torch_name: str,
    options: dict[str, str],
    keras_name: str,
    jax_name: str,
) -> None:
    weights = drawn(package, (torch_name, keras_name, jax_name), options).astype(np.float64)
    law = "truncated" if distribution == "normal" and package != "pytorch" else distribution
    tolerance = 5 * math.sqrt(SPREAD[law] / weights.size)

    def off(variance: float) -> float:
        return abs(np.mean(weights**2) / variance - 1) / tolerance

    assert off(wi.variance(scheme, FAN_IN, FAN_OUT)) < 1
    for other in {"xavier", "he", "lecun"} - {scheme}:
        assert off(wi.variance(other, FAN_IN, FAN_OUT)) > 10  # negative control
    assert off(wi.variance(scheme, FAN_OUT, FAN_IN)) > 10 or scheme == "xavier"  # negative control: fans swapped
    if distribution == "uniform":
        assert fills(weights, wi.bound(scheme, FAN_IN, FAN_OUT))
        assert not fills(weights, 1.001 * wi.bound(scheme, FAN_IN, FAN_OUT))  # negative control
        assert not fills(weights, 0.999 * wi.bound(scheme, FAN_IN, FAN_OUT))


def fills(weights: np.ndarray, limit: float) -> bool:
    """Whether the largest of N uniform numbers is where it is to be expected: this fails once in 10**8 times."""
    return 1 - 20 / weights.size < abs(weights).max() / limit < 1 + 1e-6


# Activations and gains


@pytest.mark.parametrize("name", ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"])
def test_conventions_are_those_of_pytorch(name: str) -> None:
    torch = pytest.importorskip("torch")
    assert wi.convention_gain(name) == pytest.approx(torch.nn.init.calculate_gain(name), rel=1e-15)


@pytest.mark.parametrize("a", [0.0, 0.01, 0.2, -0.5, 1.0, 5**0.5])
def test_leaky_slopes_give_the_gain_of_pytorch(a: float) -> None:
    torch = pytest.importorskip("torch")
    theirs = torch.nn.init.calculate_gain("leaky_relu", a)
    assert wi.convention_gain("leaky_relu", a) == pytest.approx(theirs, rel=1e-15)
    assert wi.gain("leaky_relu", a) == pytest.approx(theirs, rel=1e-12)  # here the convention is the theory


def torch_activations() -> dict[str, Any]:
    """PyTorch's own functions by the names of this package."""
    torch = pytest.importorskip("torch")
    own = {"linear": torch.nn.Identity(), "lecun_tanh": lambda x: 1.7159 * torch.tanh(2 / 3 * x), "sin": torch.sin}
    shared = ("sigmoid", "tanh", "softsign", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus")
    return own | {name: getattr(torch.nn.functional, name) for name in shared}


@pytest.mark.parametrize("name", wi.ACTIVATIONS)
def test_activations_and_their_derivatives_are_those_of_pytorch(name: str) -> None:
    theirs = torch_activations()[name]
    import torch

    x = torch.linspace(-9, 9, 1000, dtype=torch.float64, requires_grad=True)
    y = theirs(x)
    y.sum().backward()
    mine = wi.ACTIVATIONS[name]
    np.testing.assert_allclose(mine.f(x.detach().numpy()), y.detach().numpy(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(mine.df(x.detach().numpy()), x.grad.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", wi.ACTIVATIONS)
def test_both_passes_through_a_network_are_those_of_pytorch(name: str) -> None:
    theirs = torch_activations()[name]
    import torch

    rng, widths = np.random.default_rng(0), (5, 7, 4, 3)
    weights = [rng.standard_normal(shape) for shape in zip(widths[1:], widths, strict=False)]
    biases = [rng.standard_normal(width) for width in widths[1:]]
    x, wanted = rng.standard_normal((6, 5)), rng.standard_normal((6, 3))
    pre, post = wi.forward(x, weights, name, biases)
    grad = wi.backward(weights, pre, wanted, name)
    state, before = torch.from_numpy(x), []
    for weight, bias in zip(weights, biases, strict=True):
        sums = torch.nn.functional.linear(state, torch.from_numpy(weight), torch.from_numpy(bias))
        before.append(sums.requires_grad_())
        sums.retain_grad()
        state = theirs(sums)
    state.backward(torch.from_numpy(wanted))
    np.testing.assert_allclose(post[-1], state.detach().numpy(), rtol=1e-12, atol=1e-14)
    for mine, sums in zip(grad, before, strict=True):
        np.testing.assert_allclose(mine, sums.grad.numpy(), rtol=1e-12, atol=1e-14)


# Schemes without a rule of variance


def rows(weights: np.ndarray, units: int) -> np.ndarray:
    """One row a unit, as float64."""
    return np.moveaxis(weights.astype(np.float64), units, 0).reshape(weights.shape[units], -1)


def orthonormal(matrix: np.ndarray) -> bool:
    smaller = matrix @ matrix.T if matrix.shape[0] <= matrix.shape[1] else matrix.T @ matrix
    return np.allclose(smaller, np.eye(min(matrix.shape)), atol=1e-5)


@pytest.mark.parametrize("shape", [(30, 30), (20, 30), (60, 30), (6, 2, 3, 4), (60, 2, 3, 4), (5, 4, 3)], ids=str)
def test_all_flatten_a_kernel_to_the_same_orthogonal_matrix(shape: tuple[int, ...]) -> None:
    torch, keras, jax = (pytest.importorskip(name) for name in PACKAGES.values())
    torch.manual_seed(0)
    out_in = [
        orthogonal(shape, rng=np.random.default_rng(0)),
        torch.nn.init.orthogonal_(torch.empty(shape)).numpy(),
    ]
    in_out = [
        orthogonal(hwio(shape), rng=np.random.default_rng(0), layout="in_out"),
        np.asarray(keras.initializers.Orthogonal(seed=0)(hwio(shape))),
        np.asarray(jax.nn.initializers.orthogonal()(jax.random.key(0), hwio(shape))),
    ]
    matrices = [rows(weights, 0) for weights in out_in] + [rows(weights, -1) for weights in in_out]
    for matrix in matrices:
        assert orthonormal(matrix)
        assert np.mean(matrix**2) == pytest.approx(1 / max(matrix.shape), rel=1e-5)
    if len(shape) > 2:  # negative control: flattened the other way, no longer
        assert not any(orthonormal(rows(weights, 1)) for weights in out_in)


@pytest.mark.parametrize("gain", [0.5, 2**0.5])
def test_all_multiply_an_orthogonal_matrix_by_the_gain(gain: float) -> None:
    torch, keras, jax = (pytest.importorskip(name) for name in PACKAGES.values())
    for weights in (
        orthogonal((5, 9), gain=gain, rng=np.random.default_rng(0)),
        torch.nn.init.orthogonal_(torch.empty(5, 9), gain).numpy(),
        np.asarray(keras.initializers.Orthogonal(gain, seed=0)((5, 9))),
        np.asarray(jax.nn.initializers.orthogonal(gain)(jax.random.key(0), (5, 9))),
    ):
        assert np.allclose(weights @ weights.T, gain**2 * np.eye(5), atol=1e-5)


def test_twice_as_many_units_halve_the_second_moment_after_an_orthogonal_matrix() -> None:
    torch = pytest.importorskip("torch")
    x = np.random.default_rng(1).standard_normal((50, 64))
    for weights in (
        orthogonal((128, 64), rng=np.random.default_rng(0)),
        torch.nn.init.orthogonal_(torch.empty(128, 64)).numpy(),
    ):
        assert np.mean((x @ weights.T) ** 2) == pytest.approx(np.mean(x**2) / 2, rel=1e-5)


@pytest.mark.parametrize("shape", [(5, 4, 3), (4, 4, 2), (6, 4, 3, 4), (5, 5, 1, 2, 6)], ids=str)
def test_delta_orthogonal_kernels_are_those_of_jax(shape: tuple[int, ...]) -> None:
    jax = pytest.importorskip("jax")
    theirs = np.asarray(jax.nn.initializers.delta_orthogonal()(jax.random.key(0), hwio(shape)))
    mine = delta_orthogonal(hwio(shape), rng=np.random.default_rng(0), layout="in_out")
    assert np.array_equal(mine != 0, theirs != 0)
    centre = tuple((size - 1) // 2 for size in shape[2:])
    for kernel in (mine, theirs):
        assert orthonormal(kernel[centre].astype(np.float64))
    with pytest.raises(ValueError, match="fan_in"):
        jax.nn.initializers.delta_orthogonal()(jax.random.key(0), (3, 5, 4))
    with pytest.raises(ValueError, match="inputs <= outputs"):
        delta_orthogonal((3, 5, 4), rng=np.random.default_rng(0), layout="in_out")


@pytest.mark.parametrize("shape", [(3, 3, 3), (5, 4, 3), (4, 5, 1, 7), (2, 6, 3, 5, 1)], ids=str)
def test_dirac_kernels_of_odd_sizes_are_those_of_pytorch(shape: tuple[int, ...]) -> None:
    torch = pytest.importorskip("torch")
    theirs = torch.nn.init.dirac_(torch.empty(shape)).numpy()
    assert np.array_equal(dirac(shape), theirs)
    kernel_first = np.moveaxis(theirs, (1, 0), (-2, -1))
    assert kernel_first.shape == hwio(shape) and np.array_equal(dirac(hwio(shape), layout="in_out"), kernel_first)


def test_a_dirac_kernel_of_any_size_hands_the_channels_on() -> None:
    torch = pytest.importorskip("torch")
    x = torch.arange(24.0).reshape(1, 2, 3, 4)
    for kernel in ((3, 3), (1, 5), (2, 2), (4, 3)):
        weight = torch.from_numpy(dirac((2, 2, *kernel)))
        before_and_after = [pad for k in reversed(kernel) for pad in ((k - 1) // 2, k // 2)]
        padded = torch.nn.functional.pad(x, before_and_after)  # what padding="same" does
        assert torch.equal(torch.nn.functional.conv2d(padded, weight), x)


@pytest.mark.parametrize("shape", [(4, 4), (2, 5), (5, 2)], ids=str)
def test_all_make_the_same_identity_matrix(shape: tuple[int, int]) -> None:
    torch, keras, jax = (pytest.importorskip(name) for name in PACKAGES.values())
    mine = identity(shape)
    assert np.array_equal(mine, torch.nn.init.eye_(torch.empty(shape)))
    assert np.array_equal(mine, keras.initializers.Identity()(shape))
    assert np.array_equal(mine, jax.numpy.eye(*shape))
    assert np.array_equal(identity(shape, gain=0.5), keras.initializers.Identity(0.5)(shape))


# Constants, and what tells equal units apart


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1])
def test_all_fill_with_a_constant(value: float) -> None:
    torch, keras, jax = (pytest.importorskip(name) for name in PACKAGES.values())
    ours = wi.constant((3, 2), value)
    assert np.array_equal(torch.nn.init.constant_(torch.empty(3, 2), value).numpy(), ours)
    assert np.array_equal(np.asarray(keras.initializers.Constant(value)((3, 2))), ours)
    assert np.array_equal(np.asarray(jax.nn.initializers.constant(value)(jax.random.key(0), (3, 2))), ours)


def test_biases_start_at_zero_in_keras_and_at_random_in_pytorch() -> None:
    torch, keras = pytest.importorskip("torch"), pytest.importorskip("keras")
    for layer in (keras.layers.Dense(4), keras.layers.Conv2D(4, 3)):
        assert isinstance(layer.bias_initializer, keras.initializers.Zeros)
    for layer in (torch.nn.Linear(64, 32), torch.nn.Conv2d(4, 32, 4)):
        assert 0.8 / 8 < layer.bias.abs().max() <= 1 / 8


def equal_units(torch: Any, *between: Any) -> Any:
    """A classifier of which all weights are 0.1 and all biases 0."""
    model = torch.nn.Sequential(torch.nn.Linear(6, 4), torch.nn.Tanh(), *between, torch.nn.Linear(4, 3)).double()
    for values in model.parameters():
        torch.nn.init.constant_(values, 0.1 if values.ndim > 1 else 0.0)
    return model


def trained(torch: Any, model: Any, optimizer: Any) -> float:
    """Train on noise; the largest difference between two units of the hidden layer."""
    torch.manual_seed(0)
    x, labels = torch.randn(40, 6, dtype=torch.float64), torch.randint(3, (40,))
    for _ in range(60):
        rows = torch.randint(40, (8,))
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x[rows]), labels[rows]).backward()
        optimizer.step()
    hidden = model[0].weight.detach()
    assert np.ptp(hidden.numpy(), axis=1).min() > 0.05  # it has moved, and the weights of a unit came to differ
    return float(np.ptp(hidden.numpy(), axis=0).max())


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("SGD", {"lr": 0.5, "momentum": 0.9}),
        ("Adam", {"lr": 0.02}),
        ("AdamW", {"lr": 0.02, "weight_decay": 0.1}),
    ],
)
def test_no_optimizer_tells_equal_units_apart(name: str, options: dict[str, float]) -> None:
    torch = pytest.importorskip("torch")
    model = equal_units(torch)
    assert trained(torch, model, getattr(torch.optim, name)(model.parameters(), **options)) < 1e-6


def test_dropout_and_the_biases_of_pytorch_tell_equal_units_apart() -> None:
    torch = pytest.importorskip("torch")
    dropped = equal_units(torch, torch.nn.Dropout(0.5))
    biased = equal_units(torch)
    torch.nn.init.uniform_(biased[0].bias, -(6**-0.5), 6**-0.5)
    for model in (dropped, biased):
        assert trained(torch, model, torch.optim.SGD(model.parameters(), lr=0.5)) > 0.05


# The uniform distribution 1/sqrt(fan_in)


def test_an_interval_of_one_point_is_filled_without_complaint() -> None:
    torch = pytest.importorskip("torch")
    limit = wi.bound("fan_in_uniform", FAN_IN, FAN_OUT)
    for weights in (
        torch.nn.init.uniform_(torch.empty(FAN_OUT, FAN_IN), limit, limit).numpy(),
        np.random.default_rng(0).uniform(limit, limit, size=(FAN_OUT, FAN_IN)),
    ):
        assert np.ptp(weights) == 0 and weights[0, 0] == pytest.approx(limit, rel=1e-6)


def test_pytorch_says_that_its_default_is_uniform() -> None:
    nn = pytest.importorskip("torch").nn
    assert "uniform(-1/sqrt(in_features), 1/sqrt(in_features))" in inspect.getsource(nn.Linear.reset_parameters)
    assert nn.init.calculate_gain("leaky_relu", 5**0.5) == pytest.approx(3**-0.5, rel=1e-15)


@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_recurrent_layers_of_pytorch_draw_everything_from_one_interval(name: str) -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    for values in getattr(torch.nn, name)(50, 400).parameters():
        assert 0.98 / 20 < values.abs().max() <= 1 / 20 and values.min() < 0 < values.max()
