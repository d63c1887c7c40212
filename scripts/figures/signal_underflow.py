"""At which layer does the signal of a deep ReLU network leave the numbers that float16 and float32 can hold?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import DTypeLike, NDArray

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, PURPLE, RED, figure, fixed, label, log_axis, superscript

WIDTH, DEPTH, BATCH, SEEDS = 128, 320, 16, 5
# The mistake of dividing by the variance of ReLU's output, which is its second moment less its squared mean.
RELU_MEAN = 1 / math.sqrt(2 * math.pi)  # of ReLU at a standard normal input
RELU_VARIANCE = weightinit.mean_square("relu") - RELU_MEAN**2
RULES: dict[str, str | float] = {
    "he": "he",
    "lecun": "lecun",
    "default": "fan_in_uniform",
    "variance": math.sqrt(1 / (WIDTH * RELU_VARIANCE)),
}
PRECISIONS: dict[str, DTypeLike] = {"float16": np.float16, "float32": np.float32}
# He and the mistake are followed in float16 alone, which is the harder test.
MEASURED = {"he": ("float16",), "lecun": tuple(PRECISIONS), "default": tuple(PRECISIONS), "variance": ("float16",)}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "width": WIDTH,
        "depth": DEPTH,
        "batch": BATCH,
        "seeds": SEEDS,
        "relu_mean": RELU_MEAN,
        "relu_variance": RELU_VARIANCE,
        "wrong_gain": 1 / math.sqrt(RELU_VARIANCE),
        "right_gain": weightinit.gain("relu"),
    }
    for name, dtype in PRECISIONS.items():
        kind = np.finfo(dtype)
        smallest, largest = float(kind.smallest_subnormal), float(kind.max)
        data[name] = {
            "smallest": smallest,
            "mantissa": smallest / 10.0 ** math.floor(math.log10(smallest)),
            "largest": largest,
        }
    for name, precisions in MEASURED.items():
        rule = RULES[name]
        variance = weightinit.variance(rule, WIDTH, WIDTH) if isinstance(rule, str) else rule**2
        factor = weightinit.forward_factor(variance, WIDTH, "relu")
        data[name] = {"factor": factor, "theory": [math.sqrt(factor) ** layer for layer in range(1, DEPTH + 1)]}
        for precision in precisions:
            runs = [_sizes(rule, precision, seed) for seed in range(SEEDS)]
            lengths = [len(run) + 1 for run in runs]
            data[name][precision] = {
                "layers": _typical([run[: min(lengths) - 1] for run in runs]),
                "ends": [length if length <= DEPTH else 0 for length in lengths],
                "first_end": min(lengths),
                "last_end": max(lengths),
            }
    return data


def _sizes(rule: str | float, precision: str, seed: int) -> list[float]:
    """The size of each layer's activations, as long as they are neither all 0 nor too large.

    Weights and activations are rounded to the precision; products are added in float32, as on a GPU.
    """
    rng, dtype = np.random.default_rng(seed), PRECISIONS[precision]
    h = rng.standard_normal((BATCH, WIDTH)).astype(dtype).astype(np.float32)
    sizes: list[float] = []
    while len(sizes) < DEPTH:
        (drawn,) = weightinit.random_network([WIDTH, WIDTH], rule, rng=rng)
        weights = drawn.astype(dtype).astype(np.float32)
        _, (activations,) = weightinit.forward(h, [weights], "relu")
        with np.errstate(over="ignore"):  # the overflow is what is looked for
            h = activations.astype(dtype).astype(np.float32)
        if not h.any() or not np.isfinite(h).all():
            break
        sizes.append(math.sqrt(np.mean(h.astype(np.float64) ** 2)))
    return sizes


def _typical(runs: list[list[float]]) -> list[float]:
    """Over the seeds: the geometric mean."""
    logs: NDArray[np.float64] = np.log(np.array(runs))
    return np.exp(logs.mean(axis=0)).tolist()


WORDS = {
    "ko": {
        "title": "활성값의 크기",
        "layer": "층",
        "he": "He: 분산 2/n",
        "lecun": "분산 1/n",
        "default": "균등 분포 ±1/√n",
        "variance": "이득",
        "smallest": "최소",
    },
    "en": {
        "title": "Size of the activations",
        "layer": "layer",
        "he": "He: variance 2/n",
        "lecun": "variance 1/n",
        "default": "uniform ±1/√n",
        "variance": "gain",
        "smallest": "minimum",
    },
}
# Colour, dash and marker each tell the four apart.
LOOKS = {
    "he": (BLUE, "solid", "o"),
    "lecun": (PURPLE, (0, (4, 1.6)), "s"),
    "default": (GREEN, (0, (6, 2, 1, 2)), "v"),
    "variance": (RED, (0, (1, 1.2)), "^"),
}
LABELS = {
    "he": (318, 3.2, "right"),
    "lecun": (178, -19, "left"),
    "default": (84, -39.5, "right"),
    "variance": (60, 6.2, "left"),
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(360)
    for name, (color, dash, marker) in LOOKS.items():
        last = max(data[name][precision]["last_end"] for precision in MEASURED[name])
        theory = data[name]["theory"][: min(last, DEPTH)]
        axes.plot(range(1, len(theory) + 1), theory, color=color, linestyle=dash)
        longest = data[name][MEASURED[name][-1]]["layers"]
        shown = range(10, len(longest) + 1, 10 if len(longest) < DEPTH / 2 else 20)
        axes.plot(shown, [longest[layer - 1] for layer in shown], color=color, linestyle="none", marker=marker)
        for precision in MEASURED[name]:
            end = data[name][precision]["last_end"]
            if end <= DEPTH:
                limit = data[precision]["largest" if data[name]["factor"] > 1 else "smallest"]
                axes.plot([end], [limit], color=color, linestyle="none", marker="X", markersize=8)
        layer, exponent, side = LABELS[name]
        text = f"{words[name]} {_gain(data)}" if name == "variance" else words[name]
        label(axes, layer, 10.0**exponent, text, color, side)
    for precision, exponent in (("float16", -9.6), ("float32", -48)):
        axes.axhline(data[precision]["smallest"], color=FG, linewidth=0.8, linestyle=(0, (2, 2)))
        text = f"{precision} {words['smallest']} {scientific(data, precision)}"
        label(axes, 318, 10.0**exponent, text, FG, "right")
    axes.set_title(words["title"])
    axes.set_xlabel(words["layer"])
    axes.set_xticks([1, 50, 100, 150, 200, 250, 300])
    axes.set_xlim(-4, DEPTH)
    log_axis(axes, "y", range(-50, 1, 10))
    axes.set_ylim(1e-51, 1e8)
    return result


def scientific(data: dict[str, Any], precision: str) -> str:
    exponent = math.floor(math.log10(data[precision]["smallest"]))
    return f"{data[precision]['mantissa']:.1f}×10{superscript(exponent)}"


def _gain(data: dict[str, Any]) -> str:
    return fixed(data["wrong_gain"], 4)


def _span(data: dict[str, Any], name: str, precision: str) -> str:
    first, last = data[name][precision]["first_end"], data[name][precision]["last_end"]
    return f"{first}" if first == last else f"{first}–{last}"


def caption(data: dict[str, Any], lang: str) -> str:
    lecun = [_span(data, "lecun", precision) for precision in PRECISIONS]
    default = [_span(data, "default", precision) for precision in PRECISIONS]
    large = _span(data, "variance", "float16")
    if lang == "ko":
        return (
            f"깊이 {data['depth']}, 너비 n이 {data['width']}인 ReLU 신경망에서 활성값의 크기(2차 적률의 제곱근). "
            "편향은 0. ×는 활성값이 모두 0이 되거나 float16의 최댓값을 넘는 층이고, 범위는 시드에 따른 차이. 균등 "
            f"분포 ±1/√n에서는 float16의 {default[0]}층, float32의 {default[1]}층에서 모두 0이 되고, 분산 1/n에서는 "
            f"float16의 {lecun[0]}층, float32의 {lecun[1]}층에서 모두 0이 됨. 분산으로 잘못 맞춘 이득 "
            f"{_gain(data)}에서는 float16의 {large}층에서 최댓값을 넘고, He에서는 float16으로도 "
            f"{data['depth']}층까지 살아남음. 선은 이론값, 표식은 시드 {data['seeds']}개에서 잰 값의 기하평균."
        )
    return (
        f"Size of the activations (root of the second moment) in a ReLU network of depth {data['depth']} and width n "
        f"= {data['width']}. Biases are 0. A × is where all activations are 0 or one exceeds the largest float16; a "
        f"range is that of the seeds. With the uniform distribution ±1/√n all are 0 from layer {default[0]} on in "
        f"float16 and from layer {default[1]} on in float32; with variance 1/n from layer {lecun[0]} on in float16 "
        f"and from layer {lecun[1]} on in float32. The gain {_gain(data)}, mistakenly fitted to the variance, "
        f"overflows float16 in layer {large}; with He the signal survives all {data['depth']} layers even in "
        f"float16. Lines: theory; markers: geometric mean of what was measured, {data['seeds']} seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    floors = [scientific(data, precision) for precision in PRECISIONS]
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 활성값의 크기. He는 1 부근에서 거의 수평이고, "
            f"분산 1/n과 균등 분포 ±1/√n은 곧게 내려가 float16의 가장 작은 수 {floors[0]}과 float32의 가장 작은 수 "
            f"{floors[1]}을 차례로 지나며, 균등 분포 쪽이 두 배 넘게 가파름. 이득 {_gain(data)}는 곧게 올라가 "
            "float16의 최댓값을 넘음."
        )
    return (
        f"A chart over the layers 1 to {data['depth']} with a logarithmic vertical axis, the size of the "
        "activations. He stays nearly level around 1. Variance 1/n and uniform ±1/√n fall straight, past the "
        f"smallest number of float16, {floors[0]}, and then that of float32, {floors[1]}; uniform is more than twice "
        f"as steep. The gain {_gain(data)} rises straight past the largest number of float16."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    def agrees(name: str, precision: str) -> bool:
        """Per layer, within two percent; the smallest numbers of a precision are too coarse to be counted."""
        layers = np.array(data[name][precision]["layers"])
        layers = layers[layers > 1e3 * data[precision]["smallest"]]
        slope = np.polyfit(np.arange(layers.size), np.log(layers), 1)[0]
        return bool(abs(slope - math.log(data[name]["factor"]) / 2) < 0.02)

    ends = {name: [data[name][p]["last_end"] for p in MEASURED[name]] for name in MEASURED}
    steep = math.log(data["default"]["factor"]) / math.log(data["lecun"]["factor"])
    return {
        "every curve has the slope of its factor": all(agrees(n, p) for n in MEASURED for p in MEASURED[n]),
        "He survives float16 in every seed": data["he"]["float16"]["first_end"] > data["depth"],
        "the uniform distribution dies before variance 1/n, in either precision": all(
            ends["default"][i] < ends["lecun"][i] <= data["depth"] for i in range(len(PRECISIONS))
        ),
        "the uniform distribution is more than twice as steep": steep > 2,
        "the gain of the variance leaves float16 above": data["variance"]["factor"] > 1
        and data["variance"]["float16"]["last_end"] <= data["depth"],
        "and exceeds the right gain": data["wrong_gain"] > data["right_gain"],
        "He stays within a factor of 100 of the input": min(data["he"]["float16"]["layers"]) > 0.01
        and max(data["he"]["float16"]["layers"]) < 100,
    }
