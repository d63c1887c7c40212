"""What do four initializations make of the activations of one deep network?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import figure, fixed, order, percent
from scripts.figures._four import DEPTH, LOOKS, NAMES, RULES, WIDTH, run
from weightinit.network import SATURATED

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
        "layer": "층",
        "activation": "활성값",
    },
    "en": {
        "vanished": "vanished to 0",
        "kept": "still alive",
        "saturated": "saturated at ±1",
        "layer": "layer",
        "activation": "activation",
    },
}
ORDER = ("small", "heuristic", "xavier", "large")


def draw(data: dict[str, Any], lang: str) -> Figure:
    result, grid = figure(430, rows=2, columns=2, sharex=True, sharey=True)
    for axes, name in zip(grid.flat, ORDER, strict=True):
        _ridges(axes, data, name, lang)
    for axes in grid[:, 0]:
        axes.set_yticks(-np.arange(len(LAYERS)), [f"{WORDS[lang]['layer']} {layer}" for layer in LAYERS])
    for axes in grid[1]:
        axes.set_xlabel(WORDS[lang]["activation"])
    return result


def _ridges(axes: Axes, data: dict[str, Any], name: str, lang: str) -> None:
    """One histogram a layer, each as high as its fullest bin, the first layer on top."""
    edges = np.repeat(np.linspace(-1, 1, BINS + 1), 2)
    color = LOOKS[name][0]
    for row, heights in enumerate(data[name]["heights"]):
        outline = np.concatenate([[0], np.repeat(heights, 2), [0]]) * 0.82 - row
        axes.fill(edges, outline, facecolor=color, alpha=0.3, linewidth=0)
        axes.plot(edges, outline, color=color, linewidth=1)
    axes.set_title(f"{NAMES[lang][name]}\n{WORDS[lang][fate(data[name])]}", color=color)
    axes.set_xticks([-1, 0, 1], ["−1", "0", "1"])
    axes.set_xlim(-1.06, 1.06)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def caption(data: dict[str, Any], lang: str) -> str:
    small, heuristic, xavier, large = (data[name] for name in ORDER)
    lost = order(small["last"]), order(heuristic["last"])
    if lang == "ko":
        return (
            f"같은 tanh {data['depth']}층 신경망의 네 가지 초기화. 마지막 층 활성값의 표준편차는 표준편차 "
            f"0.01에서 약 {lost[0]}, 균등 분포 ±1/√팬인에서 약 {lost[1]}, Xavier에서 "
            f"{fixed(xavier['last'], 2)}. 표준편차 1에서는 활성값의 {percent(large['saturated'], 0)}가 "
            f"±{fixed(data['saturation'], 2)} 밖에서 포화됨."
        )
    return (
        f"Four initializations of one tanh network of {data['depth']} layers. In the last layer the standard "
        f"deviation of the activations is about {lost[0]} with std 0.01, about {lost[1]} with uniform "
        f"±1/√fan-in, and {fixed(xavier['last'], 2)} with Xavier. With std 1, "
        f"{percent(large['saturated'], 0)} of the activations saturate, beyond "
        f"±{fixed(data['saturation'], 2)}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    shown = ", ".join(str(layer) for layer in data["layers"])
    xavier = fixed(data["xavier"]["stds"][0], 2), fixed(data["xavier"]["last"], 2)
    if lang == "ko":
        return (
            f"초기화마다 {shown}층 활성값의 히스토그램을 위에서 아래로 쌓은 네 그림. 표준편차 0.01과 균등 "
            "분포 ±1/√팬인은 곧 0 위의 가는 막대 하나로 줄어들고, Xavier는 끝까지 0을 둘러싼 봉우리로 "
            f"남으며(표준편차 {xavier[0]}에서 {xavier[1]}), 표준편차 1은 모든 층에서 −1과 1에 두 막대로 몰림."
        )
    return (
        "Four panels, one per initialization, each a stack of histograms of the activations in layers "
        f"{shown}. Std 0.01 and uniform ±1/√fan-in soon collapse to a single thin bar at 0; Xavier keeps a "
        f"hump around 0 to the end (standard deviation {xavier[0]} to {xavier[1]}); std 1 piles everything "
        "into two bars at −1 and 1 in every layer."
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
