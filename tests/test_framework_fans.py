"""PyTorch, Keras and JAX store and read the layers of the page on fans as its two tables say, cell by cell.
팬을 다루는 쪽의 두 표에 적힌 대로 PyTorch, Keras, JAX가 층을 저장하고 팬을 읽는지 칸마다 확인합니다."""

import os
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

import weightinit as wi

os.environ.setdefault("KERAS_BACKEND", "jax")
DOCS = Path(__file__).resolve().parents[1] / "docs"
PACKAGES = {"PyTorch": "torch", "Keras": "keras", "JAX": "jax"}
SIZE = 12  # of the images, and at its middle no border is in sight


class Layer(NamedTuple):
    """A layer as a library has it: the shape of its weights, and its output for weights of 1."""

    shape: tuple[int, ...]
    output: Callable[[np.ndarray], np.ndarray]
    image: tuple[int, ...]  # the shape of its input, one example


def torch_layer(make: str, inputs: int = 64) -> Layer:
    torch = pytest.importorskip("torch")
    layer = eval(f"nn.{make}", {"nn": torch.nn})
    image = (1, inputs) if make.startswith("Linear") else (1, inputs, SIZE, SIZE)

    def output(x: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            layer.weight.fill_(1)
            return np.moveaxis(layer(torch.from_numpy(x)).numpy(), 1, -1)

    return Layer(tuple(layer.weight.shape), output, image)


def keras_layer(make: str, inputs: int = 64) -> Layer:
    keras = pytest.importorskip("keras")
    layer = eval(f"layers.{make}", {"layers": keras.layers})
    image = (1, inputs) if make.startswith("Dense") else (1, SIZE, SIZE, inputs)
    layer.build(image)
    (weights,) = layer.weights
    layer.set_weights([np.ones(weights.shape)])
    return Layer(tuple(weights.shape), lambda x: np.asarray(layer(x)), image)


def jax_layer(name: str, shape: tuple[int, ...], **options: Any) -> Layer:
    jax = pytest.importorskip("jax")
    weights, stride = jax.numpy.ones(shape), options.pop("stride", 1)
    if name == "dense":
        return Layer(shape, lambda x: np.asarray(x @ weights), (1, shape[0]))
    options["dimension_numbers"] = ("NHWC", "HWIO", "NHWC")
    call = getattr(jax.lax, name)
    return Layer(
        shape, lambda x: np.asarray(call(x, weights, (stride, stride), "VALID", **options)), (1, SIZE, SIZE, 64)
    )


#: The rows of both tables. Those of stride 2 are in the second table only.
ROWS: list[dict[str, Callable[[], Layer]]] = [
    {
        "PyTorch": lambda: torch_layer("Linear(784, 256, bias=False)", 784),
        "Keras": lambda: keras_layer("Dense(256, use_bias=False)", 784),
        "JAX": lambda: jax_layer("dense", (784, 256)),
    },
    {
        "PyTorch": lambda: torch_layer("Conv2d(64, 128, 3, bias=False)"),
        "Keras": lambda: keras_layer("Conv2D(128, 3, use_bias=False)"),
        "JAX": lambda: jax_layer("conv_general_dilated", (3, 3, 64, 128)),
    },
    {
        "PyTorch": lambda: torch_layer("Conv2d(64, 128, 4, stride=2, bias=False)"),
        "Keras": lambda: keras_layer("Conv2D(128, 4, strides=2, use_bias=False)"),
        "JAX": lambda: jax_layer("conv_general_dilated", (4, 4, 64, 128), stride=2),
    },
    {
        "PyTorch": lambda: torch_layer("Conv2d(64, 128, 3, groups=4, bias=False)"),
        "Keras": lambda: keras_layer("Conv2D(128, 3, groups=4, use_bias=False)"),
        "JAX": lambda: jax_layer("conv_general_dilated", (3, 3, 16, 128), feature_group_count=4),
    },
    {
        "PyTorch": lambda: torch_layer("Conv2d(64, 128, 3, groups=64, bias=False)"),
        "Keras": lambda: keras_layer("DepthwiseConv2D(3, depth_multiplier=2, use_bias=False)"),
        "JAX": lambda: jax_layer("conv_general_dilated", (3, 3, 1, 128), feature_group_count=64),
    },
    {
        "PyTorch": lambda: torch_layer("ConvTranspose2d(64, 128, 3, bias=False)"),
        "Keras": lambda: keras_layer("Conv2DTranspose(128, 3, use_bias=False)"),
        "JAX": lambda: jax_layer("conv_transpose", (3, 3, 64, 128)),
    },
    {
        "PyTorch": lambda: torch_layer("ConvTranspose2d(64, 128, 4, stride=2, bias=False)"),
        "Keras": lambda: keras_layer("Conv2DTranspose(128, 4, strides=2, use_bias=False)"),
        "JAX": lambda: jax_layer("conv_transpose", (4, 4, 64, 128), stride=2),
    },
]
STRIDED = (2, 6)
CASES = pytest.mark.parametrize("library", PACKAGES)


def tables(lang: str) -> list[list[dict[str, str]]]:
    """The tables of the page: for each row its cells by the name of their column."""
    text = re.sub(r"<!--.*?-->", "", (DOCS / lang / "fans.md").read_text(encoding="utf-8"))
    found: list[list[dict[str, str]]] = []
    head: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("|"):
            head = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not head:
            head = cells
            found.append([])
        elif not set(line) <= set("|-"):
            found[-1].append(dict(zip(head, cells, strict=True)))
    return found


def fans_of(cell: str) -> tuple[int, int]:
    first, second = cell.strip("*").replace(",", "").split("<br>")
    return int(first), int(second)


def counted(layer: Layer) -> tuple[float, float]:
    """Weights of 1: inputs of 1 make an output the fan-in, one input of 1 makes the sum of outputs the fan-out."""
    middle = tuple(size // 2 if size == SIZE else 0 for size in layer.image)
    point = np.zeros(layer.image, np.float32)
    point[middle] = 1
    output = layer.output(np.ones(layer.image, np.float32))
    centre = tuple(size // 2 for size in output.shape[1:-1])
    return float(output[(0, *centre, 0)]), float(layer.output(point).sum())


def read(library: str, shape: tuple[int, ...]) -> tuple[int, int]:
    """By which fans the library divides: the same random numbers, unscaled over scaled, squared."""
    return tuple(round(float(np.ravel(ratio(library, mode, shape))[0]) ** 2) for mode in ("fan_in", "fan_out"))  # type: ignore[return-value]


def ratio(library: str, mode: str, shape: tuple[int, ...]) -> np.ndarray:
    if library == "PyTorch":
        torch = pytest.importorskip("torch")
        torch.manual_seed(0)
        unscaled = torch.nn.init.normal_(torch.empty(shape))
        torch.manual_seed(0)
        scaled = torch.nn.init.kaiming_normal_(torch.empty(shape), mode=mode, nonlinearity="linear")
    elif library == "Keras":
        initializers = pytest.importorskip("keras").initializers
        unscaled = initializers.RandomNormal(stddev=1.0, seed=0)(shape)
        scaled = initializers.VarianceScaling(1.0, mode, "untruncated_normal", seed=0)(shape)
    else:
        jax = pytest.importorskip("jax")
        key = jax.random.key(0)
        unscaled = jax.nn.initializers.normal(1.0)(key, shape)
        scaled = jax.nn.initializers.variance_scaling(1.0, mode, "normal")(key, shape)
    return np.asarray(unscaled) / np.asarray(scaled)


@pytest.mark.parametrize("name", PACKAGES)
def test_the_example_runs_and_checks_itself(name: str) -> None:
    pytest.importorskip(PACKAGES[name])
    path = DOCS / "shared" / "code" / f"fans_{name.lower()}.py"
    assert "assert " in path.read_text(encoding="utf-8")
    names = runpy.run_path(str(path))
    assert (float(names["fan_in"]), float(names["fan_out"])) == wi.fans((128, 64, 3, 3))


@pytest.mark.parametrize("lang", ["ko", "en"])
@CASES
def test_shapes_are_those_of_the_table(library: str, lang: str) -> None:
    pytest.importorskip(PACKAGES[library])
    shapes, _ = tables(lang)
    rows = [row for number, row in enumerate(ROWS) if number not in STRIDED]
    assert [row[library] for row in shapes] == [f"`{row[library]().shape}`" for row in rows]


@pytest.mark.parametrize("lang", ["ko", "en"])
@CASES
def test_readings_and_counts_are_those_of_the_table(library: str, lang: str) -> None:
    pytest.importorskip(PACKAGES[library])
    _, readings = tables(lang)
    assert len(readings) == len(ROWS)
    for cells, row in zip(readings, ROWS, strict=True):
        layer = row[library]()
        _, count, *_ = cells.values()
        assert fans_of(cells[library]) == read(library, layer.shape), cells
        assert fans_of(count) == counted(layer), cells
        assert cells[library].startswith("**") == (fans_of(cells[library]) != fans_of(count)), "bold if it differs"


def test_a_wrong_count_or_reading_is_noticed() -> None:
    assert fans_of("**1,152<br>576**") == (1152, 576) != fans_of("576<br>1,152")
    assert read("PyTorch", (6, 4)) == (4, 6) and read("JAX", (6, 4)) == read("Keras", (6, 4)) == (6, 4)


def test_jax_swaps_the_fans_of_a_transposed_kernel() -> None:
    pytest.importorskip("jax")
    layer = jax_layer("conv_transpose", (3, 3, 128, 64), transpose_kernel=True)
    assert counted(layer) == read("JAX", layer.shape)[::-1] == (576, 1152)


def test_keras_draws_depthwise_kernels_by_xavier() -> None:
    keras = pytest.importorskip("keras")
    layer = keras.layers.DepthwiseConv2D(3)
    layer.build((None, SIZE, SIZE, 64))
    assert isinstance(layer.depthwise_initializer, keras.initializers.GlorotUniform)
    assert tuple(layer.kernel.shape) == (3, 3, 64, 1) and read("Keras", (3, 3, 64, 1)) == (576, 9)


def test_pytorch_says_of_he_alone_which_way_round_it_reads() -> None:
    init = pytest.importorskip("torch").nn.init
    for function in (init.kaiming_normal_, init.kaiming_uniform_):
        assert "``x @ w.T``" in function.__doc__ and "(w.T" in function.__doc__
    for function in (init.xavier_normal_, init.xavier_uniform_):
        assert "w.T" not in function.__doc__


def limit_squared(weights: Any) -> float:
    """Three times the variance of a uniform distribution, from its largest draw: never too large."""
    return float(np.abs(np.asarray(weights)).max()) ** 2


def test_fused_and_separate_attention_differ() -> None:
    torch, keras = pytest.importorskip("torch"), pytest.importorskip("keras")
    torch.manual_seed(0)
    keras.utils.set_random_seed(0)
    fused = torch.nn.MultiheadAttention(64, 8).in_proj_weight.detach()
    separate = torch.nn.MultiheadAttention(64, 8, kdim=65).q_proj_weight.detach()
    attention = keras.layers.MultiHeadAttention(8, 8)
    attention.build((None, 5, 64), (None, 5, 64))
    kernels = [weight.value for weight in attention.weights if tuple(weight.shape) == (64, 8, 8)]
    assert fused.shape == (192, 64) and separate.shape == (64, 64) and len(kernels) == 3
    assert 0.995 < limit_squared(fused) / (3 * wi.variance("xavier", 64, 192)) <= 1
    for kernel in (separate, *kernels):
        assert 0.995 < limit_squared(kernel) / (3 * wi.variance("xavier", 64, 64)) <= 1
    assert wi.variance("xavier", 64, 192) == wi.variance("xavier", 64, 64) / 2
