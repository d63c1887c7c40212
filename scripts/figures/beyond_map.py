"""Where in a residual network does each rule of this page act?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, PURPLE, RED, figure, fixed

WIDTH, BLOCKS, BATCH, CLASSES, SEED = 64, 12, 200, 10, 0


def compute() -> dict[str, Any]:
    """A network that starts as drawn: last layers of branches and of the network are 0."""
    rng = np.random.default_rng(SEED)
    x = start = rng.standard_normal((BATCH, WIDTH))
    labels = rng.integers(CLASSES, size=BATCH)
    for _ in range(BLOCKS):
        normalized = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
        weights = [weightinit.orthogonal((WIDTH, WIDTH), rng=rng, dtype=np.float64), weightinit.zeros((WIDTH, WIDTH))]
        x = x + weightinit.forward(normalized, weights, "relu", last="linear")[1][-1]
    output = weightinit.forward(x, [weightinit.zeros((CLASSES, WIDTH))], "linear")[1][-1]
    loud = weightinit.forward(x, [weightinit.normal((CLASSES, WIDTH), rng=rng)], "linear")[1][-1]
    return {
        "blocks": BLOCKS,
        "classes": CLASSES,
        "before": float(np.mean(start**2)),
        "after": float(np.mean(x**2)),
        "loss": weightinit.cross_entropy(output, labels)[0],
        "loud": weightinit.cross_entropy(loud, labels)[0],
        "even": float(np.log(CLASSES)),
    }


WORDS = {
    "ko": {
        "input": ("입력", "2차 적률 1"),
        "norm": ("정규화", "배율 1, 이동 0"),
        "weights": ("가중치", "팬의 규칙, 직교, LSUV"),
        "phi": ("활성화", "이득을 정함"),
        "last": ("마지막 층", "0, 또는 1/√L배"),
        "sum": ("+", "2차 적률도 더해짐"),
        "output": ("출력층", "0이나 작게, 편향은 사전 확률"),
        "loss": ("손실", "처음 값은 ln K"),
        "block": "블록 L개",
        "skip": "건너뛰는 길",
        "bias": "편향은 0, 망각 게이트만 1",
    },
    "en": {
        "input": ("input", "second moment 1"),
        "norm": ("normalize", "scale 1, shift 0"),
        "weights": ("weights", "rules of fans, orthogonal, LSUV"),
        "phi": ("activation", "sets the gain"),
        "last": ("last layer", "0, or times 1/√L"),
        "sum": ("+", "second moments add up"),
        "output": ("output", "0 or small; bias: prior"),
        "loss": ("loss", "starts at ln K"),
        "block": "L blocks",
        "skip": "skip",
        "bias": "biases 0, forget gates 1",
    },
}
#: The height at which each part stands, and its colour.
PARTS = {
    "input": (95, FG),
    "norm": (79, GREEN),
    "weights": (67, BLUE),
    "phi": (55, PURPLE),
    "last": (43, RED),
    "sum": (32, RED),
    "output": (18, BLUE),
    "loss": (5, FG),
}
MIDDLE, SKIP, RIGHT = 25.0, 5.0, 48.0


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(400)
    axes.set_axis_off()
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.add_patch(Rectangle((1, 26.5), 98, 61, facecolor="none", edgecolor=FG, linewidth=0.8, linestyle=(0, (4, 1.6))))
    axes.text(97, 28.5, words["block"], horizontalalignment="right", verticalalignment="bottom", fontweight="bold")
    heights = [height for height, _ in PARTS.values()]
    for above, below in pairwise(heights):
        _arrow(axes, (MIDDLE, above - 3), (MIDDLE, below + 3))
    axes.plot([MIDDLE, SKIP, SKIP], [90, 90, 32], color=FG, linewidth=1)
    _arrow(axes, (SKIP, 32), (MIDDLE - 4, 32))
    axes.text(SKIP + 1.2, 62, words["skip"], rotation=90, verticalalignment="center")
    for name, (height, color) in PARTS.items():
        part, start = words[name]
        _box(axes, height, part, color)
        axes.text(RIGHT, height, start, color=color, verticalalignment="center")
    axes.text(RIGHT, 61, words["bias"], color=BLUE, verticalalignment="center")
    return result


def _box(axes: Axes, height: float, text: str, color: str) -> None:
    half = 3.0 if text == "+" else 12.5
    axes.add_patch(
        FancyBboxPatch(
            (MIDDLE - half, height - 2.6), 2 * half, 5.2, boxstyle="round,pad=0.4", facecolor="none", edgecolor=color
        )
    )
    axes.text(MIDDLE, height, text, color=color, horizontalalignment="center", verticalalignment="center")


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    look = {"arrowstyle": "->", "color": FG, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=look)


def caption(data: dict[str, Any], lang: str) -> str:
    before, after, loss, loud = (fixed(data[name], 2) for name in ("before", "after", "loss", "loud"))
    if lang == "ko":
        return (
            f"이 페이지의 규칙이 신경망의 어디에서 일하는가. 블록 {data['blocks']}개에서 가지의 마지막 층이 0이면 "
            f"2차 적률이 {before}인 입력이 {after} 그대로 출력층에 닿고, 출력층이 0이면 클래스 "
            f"{data['classes']}개에서 처음 손실이 {loss}, 곧 ln {data['classes']}. 출력층을 표준편차 1로 뽑으면 처음 "
            f"손실이 {loud}."
        )
    return (
        "Where in a network the rules of this page act. If the last layer of each branch is 0, an input of second "
        f"moment {before} reaches the output layer through {data['blocks']} blocks with {after}; if the output layer "
        f"is 0, the loss of {data['classes']} classes starts at {loss}, that is ln {data['classes']}. Drawn with "
        f"standard deviation 1, the output layer makes it start at {loud}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    if lang == "ko":
        return (
            "위에서 아래로 이어진 상자. 입력에서 나와 점선으로 묶인 블록에 들어가, 정규화, 가중치, 활성화, 마지막 "
            "층을 차례로 지나고, 이들을 건너뛰는 길과 덧셈에서 만남. 그 아래에 출력층과 손실. 상자마다 오른쪽에 "
            "처음 값. 정규화는 배율 1과 이동 0, 가중치는 팬의 규칙이나 직교나 LSUV, 마지막 층은 0이거나 1/√L배, "
            "출력층은 0이거나 작게, 손실은 ln K."
        )
    return (
        "Boxes from top to bottom. From the input into a dashed block: normalize, weights, activation, last layer, "
        "one after another, joined at a plus by a path that skips them. Below it the output and the loss. Beside "
        "each box, how it starts: normalization with scale 1 and shift 0, weights by the rules of fans, orthogonal "
        "or LSUV, the last layer 0 or times 1/√L, the output 0 or small, the loss at ln K."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    return {
        "zeros hand the input on as it is": data["before"] == data["after"],
        "the loss of an output of 0 is ln K": abs(data["loss"] - data["even"]) < 1e-12,
        "a loud output starts far above": data["loud"] > 3 * data["loss"],
    }
