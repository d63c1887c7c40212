"""After how many ReLU layers is a signal a thousand times too small or too large, if one slip is made in each?"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, BROWN, FG, GREEN, RED, figure, fixed, label
from weightinit.sampling import Array

WIDTH, DEPTH, BATCH, SEEDS = 256, 32, 64, 5
OFF = 1000


def _wrong_gain() -> float:
    """The gain that keeps the variance of ReLU's output instead of its second moment."""
    return 1 / math.sqrt(weightinit.mean_square("relu") - 1 / (2 * math.pi))


def _layer(name: str, rng: np.random.Generator) -> tuple[Array, Array]:
    """The same random numbers as weights with the slip and as weights under He."""
    shape, std, bound = (WIDTH, WIDTH), weightinit.std("he", WIDTH, WIDTH), weightinit.bound("he", WIDTH, WIDTH)
    if name in ("default", "limit"):
        numbers = weightinit.uniform(shape, rng=rng, dtype=np.float64)
        wrong = std if name == "limit" else weightinit.bound("fan_in_uniform", WIDTH, WIDTH)
        return wrong * numbers, bound * numbers
    if name == "cut":
        numbers = weightinit.truncated_normal(shape, rng=rng, dtype=np.float64)
        return std * weightinit.truncated_std(2) * numbers, std * numbers
    numbers = weightinit.normal(shape, rng=rng, dtype=np.float64)
    return weightinit.std("lecun", WIDTH, WIDTH) * _wrong_gain() * numbers, std * numbers


FACTORS: dict[str, Callable[[], float]] = {
    "default": lambda: weightinit.variance("fan_in_uniform", WIDTH, WIDTH) / weightinit.variance("he", WIDTH, WIDTH),
    "limit": lambda: (weightinit.std("he", WIDTH, WIDTH) / weightinit.bound("he", WIDTH, WIDTH)) ** 2,
    "variance": lambda: _wrong_gain() ** 2 / weightinit.gain("relu") ** 2,
    "cut": lambda: weightinit.truncated_std(2) ** 2,
}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"width": WIDTH, "depth": DEPTH, "seeds": SEEDS, "off": OFF}
    for name, factor in FACTORS.items():
        layers = [_crossed(name, seed) for seed in range(SEEDS)]
        one = factor()
        data[name] = {
            "factor": one,
            "layers": math.log(OFF) / abs(math.log(one)),
            "first": min(layers),
            "last": max(layers),
        }
    return data


def _crossed(name: str, seed: int) -> int:
    """The first layer after which the second moments of the two networks are a thousand times apart."""
    rng = np.random.default_rng(seed)
    wrong = right = rng.standard_normal((BATCH, WIDTH))
    for layer in range(1, DEPTH + 1):
        slip, he = _layer(name, rng)
        _, (wrong,) = weightinit.forward(wrong, [slip], "relu")
        _, (right,) = weightinit.forward(right, [he], "relu")
        if abs(math.log(np.mean(wrong**2) / np.mean(right**2))) >= math.log(OFF):
            return layer
    raise ValueError(f"{name}: {DEPTH} layers are too few")


ROWS = ("default", "limit", "variance", "cut")
COLORS = {"default": RED, "limit": BROWN, "variance": BLUE, "cut": GREEN}
WORDS = {
    "ko": {
        "title": "신호가 1000배 틀어질 때까지의 층수",
        "axis": "층의 개수",
        "default": "기본값을 He로 앎",
        "limit": "표준편차를 범위로 씀",
        "variance": "2차 적률 대신 분산을 지킴",
        "cut": "잘려서 준 표준편차를 잊음",
        "times": "층마다 ×{}",
    },
    "en": {
        "title": "Layers until a signal is off by a factor of 1000",
        "axis": "number of layers",
        "default": "default taken for He",
        "limit": "std taken as the limit",
        "variance": "variance kept, not second moment",
        "cut": "std lost by the cut forgotten",
        "times": "×{} a layer",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(290)
    for row, name in enumerate(ROWS):
        one, color = data[name], COLORS[name]
        axes.barh([row], [one["layers"]], color=color, alpha=0.35, height=0.34)
        axes.plot([one["first"]], [row], marker="o", color=color, linestyle="none", markerfacecolor="none")
        label(axes, 0.15, row - 0.37, words[name], FG)
        label(axes, one["first"] + 0.9, row, words["times"].format(fixed(one["factor"], 3)), color)
    axes.set_title(words["title"])
    axes.set_ylim(len(ROWS) - 0.6, -0.6)
    axes.set_yticks([])
    axes.set_xlim(0, 36)
    axes.set_xticks([0, 5, 10, 15, 20, 25, 30])
    axes.set_xlabel(words["axis"])
    axes.grid(False, axis="y")
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    layers = [str(data[name]["first"]) for name in ROWS]
    factors = [fixed(data[name]["factor"], 3) for name in ROWS]
    listed = ", ".join(layers)
    if lang == "ko":
        return (
            f"같은 실수를 층마다 되풀이하면 몇 층 만에 신호의 2차 적률이 He 초기화의 {data['off']}배나 "
            f"{data['off']}분의 1이 되는가. 막대는 배율 {', '.join(factors)}에서 계산한 값, 원은 너비 "
            f"{data['width']}인 ReLU 신경망을 같은 난수로 두 번 초기화하여 잰 층. 시드 {data['seeds']}개가 모두 "
            f"같은 층을 내놓음: 차례로 {listed}번째."
        )
    return (
        "How many layers it takes until the second moment of a signal is "
        f"{data['off']} times that under He, or a thousandth of it, if the same slip is made in each. Bars: "
        f"computed from the factors {', '.join(factors)}; circles: the layer found in ReLU networks of width "
        f"{data['width']}, initialized twice from the same random numbers. All {data['seeds']} seeds give the same "
        f"layers: {listed}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    layers = [fixed(data[name]["layers"], 1) for name in ROWS]
    words = WORDS[lang]
    listed = ", ".join(f"{words[name]}: {layer}" for name, layer in zip(ROWS, layers, strict=True))
    if lang == "ko":
        return f"가로 막대 네 개의 길이는 층수. {listed}. 막대 끝의 원은 그다음 정수에 놓임."
    return f"Four bars, as long as the number of layers. {listed}. A circle beside each bar stands at the next integer."


def claims(data: dict[str, Any]) -> dict[str, bool]:
    rows = [data[name] for name in ROWS]
    return {
        "every seed finds the layer that the factor predicts": all(
            row["first"] == row["last"] == math.ceil(row["layers"]) for row in rows
        ),
        "the worse the factor, the fewer layers": all(
            one["layers"] < other["layers"] for one, other in pairwise(rows)
        ),
        "a sixth, a third, more than one, less than one": abs(data["default"]["factor"] - 1 / 6) < 1e-12
        and abs(data["limit"]["factor"] - 1 / 3) < 1e-12
        and data["variance"]["factor"] > 1.4
        and 0.7 < data["cut"]["factor"] < 0.8,
        "the layers follow from the factors": all(
            abs(abs(math.log(row["factor"])) * row["layers"] - math.log(data["off"])) < 1e-9 for row in rows
        ),
    }
