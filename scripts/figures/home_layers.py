"""What do four initializations make of the activations of one deep network?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import FG, figure, fixed, order, percent
from scripts.figures._four import DEPTH, LOOKS, NAMES, RULES, WIDTH, run
from weightinit.network.experiment import SATURATED

LAYERS = [1, 10, 20, 30, 40, 50]
BINS = 33  # odd, so that a bin stands at 0
SEED = 0


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"width": WIDTH, "depth": DEPTH, "layers": LAYERS, "saturation": SATURATED}
    for name in RULES:
        trace = run(name, SEED)
        statistics = weightinit.layer_statistics(trace)
        counts = [np.histogram(trace.post[layer - 1], BINS, range=(-1, 1))[0] for layer in LAYERS]
        data[name] = {
            "heights": [(c / c.max()).round(3).tolist() for c in counts],
            "stds": [float(statistics.activation_std[layer - 1]) for layer in LAYERS],
            "first": float(statistics.activation_std[0]),
            "last": float(statistics.activation_std[-1]),
            "saturated": float(statistics.saturated[-1]),
        }
    return data


def size(std: float) -> str:
    """A standard deviation in two digits, or its power of ten where those would be zeros."""
    return fixed(std, 2) if std >= 0.01 else order(std)


def fate(scheme: dict[str, Any]) -> str:
    """What has become of the activations in the last layer."""
    if scheme["saturated"] > 0.5:
        return "saturated"
    return "vanished" if scheme["last"] < 1e-3 * scheme["first"] else "kept"


WORDS = {
    "ko": {
        "vanished": "0으로 사라짐",
        "kept": "살아 있음",
        "saturated": "±1에서 포화",
        "layer": "{}층",
        "activation": "활성값",
        "std": "활성값의 표준편차",
    },
    "en": {
        "vanished": "vanished to 0",
        "kept": "still alive",
        "saturated": "saturated at ±1",
        "layer": "layer {}",
        "activation": "activation",
        "std": "std of activations",
    },
}
ORDER = ("small", "heuristic", "xavier", "large")
# Activations lie between −1 and 1; right of them stand the standard deviations of the rows.
LEFT, EDGE, RIGHT = -1.06, 1.06, 2.0


def draw(data: dict[str, Any], lang: str) -> Figure:
    result, grid = figure(480, rows=2, columns=2, sharex=True, sharey=True)
    for axes, name in zip(grid.flat, ORDER, strict=True):
        _ridges(axes, data, name, lang)
    for axes in grid[:, 0]:
        names = [WORDS[lang]["layer"].format(layer) for layer in LAYERS]
        axes.set_yticks(-np.arange(len(LAYERS)), names, verticalalignment="baseline")
    for axes in grid[1]:
        axes.set_xlabel(WORDS[lang]["activation"], x=-LEFT / (RIGHT - LEFT))
    return result


def _ridges(axes: Axes, data: dict[str, Any], name: str, lang: str) -> None:
    """One histogram a layer, each as high as its fullest bin, the first layer on top."""
    edges = np.repeat(np.linspace(-1, 1, BINS + 1), 2)
    color = LOOKS[name][0]
    for row, heights in enumerate(data[name]["heights"]):
        outline = np.concatenate([[0], np.repeat(heights, 2), [0]]) * 0.82 - row
        axes.fill(edges, outline, facecolor=color, alpha=0.3, linewidth=0)
        axes.plot(edges, outline, color=color, linewidth=1)
        axes.text(RIGHT, -row, size(data[name]["stds"][row]), color=FG, horizontalalignment="right")
    axes.text(RIGHT, 1.1, WORDS[lang]["std"], color=FG, horizontalalignment="right")
    axes.set_title(f"{NAMES[lang][name]}\n{WORDS[lang][fate(data[name])]}", color=color)
    axes.set_xticks([-1, 0, 1], ["−1", "0", "1"])
    axes.set_xlim(LEFT, RIGHT)
    axes.set_ylim(-len(LAYERS) + 0.8, 1.6)
    axes.spines["bottom"].set_bounds(LEFT, EDGE)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def caption(data: dict[str, Any], lang: str) -> str:
    small, heuristic, xavier, large = (data[name] for name in ORDER)
    lost = order(small["last"]), order(heuristic["last"])
    if lang == "ko":
        return (
            f"같은 tanh {data['depth']}층 신경망을 네 가지로 초기화했을 때 층마다 활성값이 이루는 분포. "
            "마지막 층 활성값의 표준편차는 가중치의 표준편차가 0.01일 때 약 "
            f"{lost[0]}, 가중치를 균등 분포 ±1/√팬인에서 뽑을 때 약 {lost[1]}, Xavier일 때 "
            f"{fixed(xavier['last'], 2)}. 가중치의 표준편차가 1이면 활성값의 "
            f"{percent(large['saturated'], 0)}가 ±{fixed(data['saturation'], 2)} 밖에서 포화됨."
        )
    return (
        f"How the activations of one tanh network of {data['depth']} layers are distributed under four "
        "initializations. In the last layer their standard deviation is about "
        f"{lost[0]} when that of the weights is 0.01, about {lost[1]} when the weights are uniform on "
        f"±1/√fan-in, and {fixed(xavier['last'], 2)} with Xavier. When the weights have standard deviation "
        f"1, {percent(large['saturated'], 0)} of the activations saturate, beyond "
        f"±{fixed(data['saturation'], 2)}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    shown = ", ".join(str(layer) for layer in data["layers"])
    lost = order(data["small"]["last"]), order(data["heuristic"]["last"])
    xavier = fixed(data["xavier"]["stds"][0], 2), fixed(data["xavier"]["last"], 2)
    if lang == "ko":
        return (
            f"초기화마다 {shown}층 활성값의 히스토그램을 위에서 아래로 쌓고, 오른쪽에 층마다 활성값의 "
            "표준편차를 적은 네 그림. 가중치 표준편차 0.01과 균등 분포 ±1/√팬인은 곧 0 위의 가는 막대 "
            f"하나로 줄어들어 표준편차가 {lost[0]}, {lost[1]}까지 내려가고, Xavier는 끝까지 0을 둘러싼 "
            f"봉우리로 남으며(표준편차 {xavier[0]}에서 {xavier[1]}), 가중치 표준편차 1은 모든 층에서 −1과 "
            "1에 두 막대로 몰림."
        )
    return (
        "Four panels, one per initialization, each a stack of histograms of the activations in layers "
        f"{shown}, with the standard deviation of each on the right. Weight std 0.01 and uniform "
        f"±1/√fan-in soon collapse to a single thin bar at 0, with standard deviations down to {lost[0]} and "
        f"{lost[1]}; Xavier keeps a hump around 0 to the end (standard deviation {xavier[0]} to "
        f"{xavier[1]}); weight std 1 piles everything into two bars at −1 and 1 in every layer."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    middle = BINS // 2
    heights = {name: np.array(data[name]["heights"]) for name in ORDER}
    beside = {name: np.delete(heights[name], middle, axis=1).max(axis=1) for name in ORDER}
    return {
        "std 0.01 and the uniform heuristic end as one bar at 0": all(
            fate(data[name]) == "vanished"
            and bool(np.all(beside[name][2:] == 0))
            and data[name]["last"] < 1e-10
            for name in ("small", "heuristic")
        ),
        "Xavier keeps a hump around 0": fate(data["xavier"]) == "kept"
        and data["xavier"]["last"] > 0.05
        and bool(np.all(beside["xavier"] > 0.5) and np.all(heights["xavier"][1:].argmax(axis=1) == middle)),
        "std 1 piles up at −1 and 1 in every layer": fate(data["large"]) == "saturated"
        and bool(np.all(heights["large"][:, [0, -1]] > 0.8) and np.all(heights["large"][:, 1:-1] < 0.2)),
    }
