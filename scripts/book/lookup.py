"""What the page "At a glance" looks up in the package: functions, factors of a layer, gains."""

from collections.abc import Callable
from typing import NamedTuple

import weightinit as wi

from .tabular import Words, grid


class Function(NamedTuple):
    """A scheme that does not follow from the fans alone: what it draws, and its exact variance as code."""

    name: str
    words: Words
    variance: str


FUNCTIONS = (
    Function("random_normal", Words("정규 분포, 표준편차를 직접 정함", "normal, with a given std"), "std**2"),
    Function("random_uniform", Words("균등 분포, 범위를 직접 정함", "uniform, with a given limit"), "limit**2 / 3"),
    Function(
        "random_truncated_normal",
        Words("±2σ에서 자른 정규 분포, 자른 뒤의 표준편차를 정함", "normal cut at ±2σ, with a given std after the cut"),
        "std**2",
    ),
    Function(
        "variance_scaling", Words("분산 스케일링, 모든 팬 규칙의 일반형", "any rule of the fans"), "scale / n"
    ),
    Function(
        "orthogonal",
        Words("고르게 뽑은 직교 행렬", "uniform among the orthogonal matrices"),
        "gain**2 / max(outputs, fan_in)",
    ),
    Function(
        "delta_orthogonal",
        Words("커널 한가운데만 직교 행렬, 나머지는 0", "orthogonal at the kernel's center, zero elsewhere"),
        "gain**2 / outputs",
    ),
    Function(
        "sparse",
        Words("뉴런마다 정해진 수의 연결, 나머지는 0", "a fixed number of connections a neuron, zeros elsewhere"),
        "std**2 * connections / fan_in",
    ),
    Function(
        "lsuv", Words("데이터로 층마다 출력의 분산을 1로 맞춤", "fits each layer's output to variance 1, on data"), ""
    ),
    Function(
        "from_pretrained",
        Words("저장된 가중치를 이름과 모양으로 옮김", "copies saved weights by name and shape"),
        "",
    ),
    Function("constant", Words("모두 같은 값", "one value everywhere"), "0"),
    Function("zeros", Words("모두 0, 편향에 씀", "zeros, for biases"), "0"),
    Function("ones", Words("모두 1, 정규화의 배율에 씀", "ones, for the scale of a normalization"), "0"),
    Function("identity", Words("단위행렬", "the identity matrix"), "0"),
    Function("dirac", Words("합성곱의 항등", "the identity of a convolution"), "0"),
)


def functions(lang: str) -> str:
    """The schemes that do not follow from the fans alone."""
    head = Words("함수|무엇을 뽑는가|분산", "Function|What it draws|Variance")(lang)
    rows = [
        [
            f"[`{f.name}`](api.md#{getattr(wi, f.name).__module__}.{f.name})",
            f.words(lang),
            f"`{f.variance}`" if f.variance else "–",
        ]
        for f in FUNCTIONS
    ]
    return grid("functions", head.split("|"), rows)


#: The width, the same on both sides, and the depth of the network that the table of factors speaks of.
WIDTH, DEPTH = 256, 50


def factors(lang: str) -> str:
    """By what one layer multiplies the second moment, and many of them."""
    head = Words(f"방법|선형|ReLU|ReLU, {DEPTH}층", f"Scheme|linear|ReLU|ReLU, {DEPTH} layers")(lang)
    rows = []
    for name in wi.SCHEMES:
        linear, relu = (wi.forward_factor(wi.variance(name, WIDTH, WIDTH), WIDTH, phi) for phi in ("linear", "relu"))
        rows.append([f"`{name}`", f"{linear:.4g}", f"{relu:.4g}", f"{relu**DEPTH:.2g}"])
    return grid("factors", head.split("|"), rows)


def gains(lang: str) -> str:
    """The computed gains of each activation, and PyTorch's convention where it has one."""
    head = Words(
        "활성화 함수|순전파의 이득|역전파의 이득|PyTorch의 관례",
        "Activation|Forward gain|Backward gain|PyTorch's convention",
    )(lang)
    rows = []
    for name in wi.ACTIVATIONS:
        try:
            convention = f"{wi.convention_gain(name):.4f}"
        except ValueError:
            convention = "–"
        rows.append([f"`{name}`", f"{wi.gain(name):.4f}", f"{wi.backward_gain(name):.4f}", convention])
    return grid("gains", head.split("|"), rows)


TABLES: dict[str, tuple[Callable[[str], str], Words]] = {
    "functions": (functions, Words("팬만으로 정해지지 않는 방법", "schemes that do not follow from the fans alone")),
    "factors": (factors, Words("방법마다 계산한 한 층의 배율", "the factor of one layer, computed for each scheme")),
    "gains": (gains, Words("활성화 함수마다 계산한 이득", "gains computed for each activation")),
}
