"""What PyTorch, Keras and JAX call the schemes, and what their layers start with; tests ask the libraries."""

import math
from collections.abc import Callable
from typing import NamedTuple

import weightinit as wi

from .tabular import Words, grid

MODULES = {"PyTorch": "torch.nn.init", "Keras": "keras.initializers", "JAX": "jax.nn.initializers"}


class Names(NamedTuple):
    """What PyTorch, Keras and JAX call one scheme with one distribution."""

    scheme: str
    distribution: str
    pytorch: str
    keras: str
    jax: str


NAMES = tuple(
    Names(scheme, distribution, torch, f"{keras}{kind}()" if keras else "", f"{jax}_{kind.lower()}()" if jax else "")
    for distribution, kind in (("normal", "Normal"), ("uniform", "Uniform"))
    for scheme, torch, keras, jax in (
        ("xavier", f"xavier_{distribution}_(w)", "Glorot", "glorot"),
        ("he", f"kaiming_{distribution}_(w, nonlinearity='relu')", "He", "he"),
        ("lecun", f"kaiming_{distribution}_(w, nonlinearity='linear')", "Lecun", "lecun"),
        ("fan_in_uniform", "kaiming_uniform_(w, a=5**0.5)", "", ""),
    )
    if scheme != "fan_in_uniform" or distribution in wi.SCHEMES[scheme].distribution
)


class Default(NamedTuple):
    """What a layer of a library starts with unless told otherwise: a law and the number that fixes it."""

    layer: str
    parameter: str
    law: str  # "uniform" with its limit, "normal" with its std, "constant", "orthogonal" with its gain
    rule: str
    value: float


def _defaults() -> tuple[Default, ...]:
    habit = "1 / √fan_in"
    torch, keras = "torch.nn.", "keras.layers."
    dense, convolution = wi.bound("fan_in_uniform", 784, 256), wi.bound("fan_in_uniform", 576, 1152)
    glorot = "√(6 / (fan_in + fan_out))"
    return (
        Default(f"{torch}Linear(784, 256)", "weight", "uniform", habit, dense),
        Default(f"{torch}Linear(784, 256)", "bias", "uniform", habit, dense),
        Default(f"{torch}Conv2d(64, 128, 3)", "weight", "uniform", habit, convolution),
        Default(f"{torch}Conv2d(64, 128, 3)", "bias", "uniform", habit, convolution),
        Default(f"{torch}Embedding(1000, 64)", "weight", "normal", "1", 1.0),
        Default(f"{torch}LSTM(64, 128)", "weight_hh_l0", "uniform", "1 / √hidden_size", 1 / math.sqrt(128)),
        Default(f"{torch}LSTM(64, 128)", "bias_ih_l0", "uniform", "1 / √hidden_size", 1 / math.sqrt(128)),
        Default(
            f"{torch}MultiheadAttention(64, 4)", "in_proj_weight", "uniform", glorot, wi.bound("xavier", 64, 3 * 64)
        ),
        Default(f"{torch}LayerNorm(64)", "weight", "constant", "1", 1.0),
        Default(f"{keras}Dense(256)", "kernel", "uniform", glorot, wi.bound("xavier", 784, 256)),
        Default(f"{keras}Dense(256)", "bias", "constant", "0", 0.0),
        Default(f"{keras}Conv2D(128, 3)", "kernel", "uniform", glorot, wi.bound("xavier", 576, 1152)),
        Default(f"{keras}Embedding(1000, 64)", "embeddings", "uniform", "0.05", 0.05),
        Default(f"{keras}LSTM(128)", "kernel", "uniform", glorot, wi.bound("xavier", 64, 4 * 128)),
        Default(f"{keras}LSTM(128)", "recurrent_kernel", "orthogonal", "1", 1.0),
        Default(f"{keras}LayerNormalization()", "gamma", "constant", "1", 1.0),
    )


DEFAULTS = _defaults()
LAWS = {
    "uniform": Words("균등 분포, 범위 ±", "uniform, limit ±"),
    "normal": Words("정규 분포, 표준편차 ", "normal, std "),
    "constant": Words("모두 ", "constant "),
    "orthogonal": Words("직교 행렬, 이득 ", "orthogonal, gain "),
}


def libraries(lang: str) -> str:
    """What other libraries call a scheme."""
    head = [Words("방법", "Scheme")(lang), *(f"{name}, `{module}`" for name, module in MODULES.items())]
    rows = [[f"`{n.scheme}`, {n.distribution}", *(f"`{call}`" if call else "–" for call in n[2:])] for n in NAMES]
    return grid("libraries", head, rows)


def defaults(lang: str) -> str:
    """What layers of other libraries start with."""
    head = Words("층|매개변수|무엇으로 시작하는가|규칙", "Layer|Parameter|What it starts with|Rule")(lang)
    rows = [
        [f"`{d.layer}`", f"`{d.parameter}`", f"{LAWS[d.law](lang)}{d.value:.4g}", f"`{d.rule}`"] for d in DEFAULTS
    ]
    return grid("defaults", head.split("|"), rows)


TABLES: dict[str, tuple[Callable[[str], str], Words]] = {
    "libraries": (libraries, Words("다른 라이브러리에서 부르는 이름", "names in other libraries")),
    "defaults": (defaults, Words("다른 라이브러리의 층이 시작하는 값", "what layers of other libraries start with")),
}
