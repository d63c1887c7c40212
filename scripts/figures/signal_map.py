"""To which second moment does the length map lead, layer by layer, under ReLU and under tanh?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, PURPLE, RED, figure, fixed, label

# n·Var[W] of each curve; 25/9 is the square of the gain that PyTorch gives tanh.
CONVENTION = weightinit.convention_gain("tanh") ** 2
CURVES = {
    "relu": {"he": 2.0, "lecun": 1.0, "default": 1 / 3},
    "tanh": {"convention": CONVENTION, "one": 1.0},
}
STARTS = {"relu": ("lecun", (1.8,)), "tanh": ("convention", (0.03, 2.4))}
TOP = {"relu": 2.0, "tanh": 2.6}
LAYERS, POINTS = 12, 61


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"layers": LAYERS, "convention_gain": weightinit.convention_gain("tanh")}
    for activation, curves in CURVES.items():
        grid = np.linspace(0, TOP[activation], POINTS)
        followed, starts = STARTS[activation]
        data[activation] = {
            "q": grid.tolist(),
            "sigma2": curves,
            "curves": {
                name: [weightinit.length_map(float(q), sigma2, 1, activation) for q in grid]
                for name, sigma2 in curves.items()
            },
            "paths": [_path(activation, curves[followed], start) for start in starts],
        }
    nought, kept = weightinit.fixed_points(CONVENTION, "tanh")
    (only,) = weightinit.fixed_points(1.0, "tanh")
    return data | {
        "fixed_point": kept.q,
        "slope": kept.slope,
        "stable": kept.stable,
        "nought": nought.q,
        "nought_stable": nought.stable,
        "only": only.q,
        "only_stable": only.stable,
        "nearest": max(abs(path[-1] / kept.q - 1) for path in data["tanh"]["paths"]),
    }


def _path(activation: str, sigma2: float, start: float) -> list[float]:
    path = [start]
    for _ in range(LAYERS):
        path.append(weightinit.length_map(path[-1], sigma2, 1, activation))
    return path


WORDS = {
    "ko": {
        "relu": "ReLU: 한 층의 배율이 늘 같음",
        "tanh": "tanh: 배율이 크기에 따라 다름",
        "here": "한 층의 2차 적률",
        "next": "다음 층의 2차 적률",
        "he": "nσ² = 2 (He)",
        "lecun": "nσ² = 1",
        "default": "nσ² = 1/3",
        "convention": "nσ² = 25/9",
        "one": "nσ² = 1",
        "same": "그대로",
        "point": "고정점",
    },
    "en": {
        "relu": "ReLU: the same factor at every size",
        "tanh": "tanh: the factor depends on the size",
        "here": "second moment of one layer",
        "next": "second moment of the next",
        "he": "nσ² = 2 (He)",
        "lecun": "nσ² = 1",
        "default": "nσ² = 1/3",
        "convention": "nσ² = 25/9",
        "one": "nσ² = 1",
        "same": "unchanged",
        "point": "fixed point",
    },
}
LOOKS = {
    "he": (BLUE, "solid"),
    "lecun": (PURPLE, (0, (4, 1.6))),
    "default": (GREEN, (0, (6, 2, 1, 2))),
    "convention": (RED, "solid"),
    "one": (PURPLE, (0, (4, 1.6))),
}
LABELS = {
    "relu": {"he": (1.15, 1.62, "right"), "lecun": (1.72, 0.62, "right"), "default": (1.72, 0.13, "right")},
    "tanh": {"convention": (1.0, 1.62, "right"), "one": (2.3, 0.4, "right")},
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(500, rows=2)
    for axes, activation in zip(panels, CURVES, strict=True):
        found = data[activation]
        _curves(axes, found, activation, words)
        for path in found["paths"]:
            _steps(axes, path)
        axes.set_title(words[activation])
        axes.set_ylabel(words["next"])
        axes.set_xlim(0, TOP[activation])
        axes.set_ylim(0, 2)
        for ticks in (axes.set_xticks, axes.set_yticks):
            ticks([0, 0.5, 1, 1.5, 2])
        for side in (axes.xaxis, axes.yaxis):
            side.set_major_formatter(lambda value, _: f"{value:g}")
    point = data["fixed_point"]
    panels[1].plot([point], [point], color=RED, marker="o", markersize=7)
    label(panels[1], point + 0.12, point - 0.24, f"{words['point']} {fixed(point, 3)}", RED)
    panels[1].set_xlabel(words["here"])
    return result


def _curves(axes: Axes, found: dict[str, Any], activation: str, words: dict[str, str]) -> None:
    for name, values in found["curves"].items():
        color, dash = LOOKS[name]
        axes.plot(found["q"], values, color=color, linestyle=dash)
        x, y, side = LABELS[activation][name]
        label(axes, x, y, words[name], color, side)
    if activation == "tanh":  # under ReLU the line of He is the diagonal
        axes.plot([0, 2], [0, 2], color=FG, linewidth=0.8, linestyle=(0, (1, 1.2)))
        label(axes, 1.86, 1.74, words["same"], FG)


def _steps(axes: Axes, path: list[float]) -> None:
    """Up or down to the curve, across to the diagonal: what one layer makes is the next one's input."""
    axes.plot(np.repeat(path[:-1], 2), [0.0, *np.repeat(path[1:], 2)[:-1]], color=FG, linewidth=0.9)
    axes.plot([path[0]], [0.0], color=FG, linestyle="none", marker="D", clip_on=False)


def caption(data: dict[str, Any], lang: str) -> str:
    point, slope = fixed(data["fixed_point"], 3), fixed(data["slope"], 2)
    if lang == "ko":
        return (
            "길이 사상: 한 층의 전활성값의 2차 적률(가로)에서 다음 층의 값(세로)을 얻는 함수. 편향은 0. 계단은 "
            f"마름모에서 출발한 값이 {data['layers']}개 층에서 차례로 거치는 값. ReLU의 길이 사상은 원점을 지나는 "
            "직선이라, 기울어진 정도가 1이 아니면 0으로 사라지거나 끝없이 커짐. tanh에서 nσ²이 25/9이면 작은 신호는 "
            f"커지고 큰 신호는 줄어 모두 고정점 {point}로 모이고, 고정점과의 차이는 층마다 {slope}배로 줄어듦. nσ²이 "
            "1이면 고정점은 0뿐임."
        )
    return (
        "Length map: from the second moment of one layer's pre-activations (across) to that of the next (up). "
        f"Biases are 0. The stairs are the values that {data['layers']} layers pass through, from a diamond on. "
        "Under ReLU the map is a straight line through the origin: unless it rises by exactly 1, signals fade to 0 "
        "or grow without end. Under tanh with nσ² = 25/9, small signals grow and large ones shrink until all have "
        f"reached the fixed point {point}; there each layer multiplies what is missing by {slope}. With nσ² = 1 the "
        "only fixed point is 0."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    point = fixed(data["fixed_point"], 3)
    if lang == "ko":
        return (
            "두 그래프. 위의 ReLU에서는 nσ²이 2, 1, 1/3인 세 직선이 원점에서 부챗살처럼 뻗고, nσ²이 1인 직선을 따라 "
            "내려가는 계단이 원점으로 다가감. 아래의 tanh에서 nσ²이 25/9인 곡선은 원점에서 대각선 위로 가파르게 "
            f"올라가 {point}에서 대각선을 뚫고 내려오며, 작은 값과 큰 값에서 출발한 두 계단이 그 점에 모임. nσ²이 "
            "1인 곡선은 대각선 아래에 있음."
        )
    return (
        "Two charts. Above, ReLU: three straight lines with nσ² of 2, 1 and 1/3 fan out from the origin, and stairs "
        "along the line of nσ² = 1 descend towards the origin. Below, tanh: the curve of nσ² = 25/9 rises steeply "
        f"over the diagonal and falls below it at {point}, where two stairs meet, one from a small value and one "
        "from a large one. The curve of nσ² = 1 stays below the diagonal."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    relu, tanh = data["relu"], data["tanh"]
    q = np.array(tanh["q"][1:])
    steep, flat = (np.array(tanh["curves"][name][1:]) for name in ("convention", "one"))
    below = np.less(q, data["fixed_point"])
    small, large = tanh["paths"]
    return {
        "under ReLU the map is a straight line of half n·σ²": all(
            bool(np.allclose(relu["curves"][name], sigma2 / 2 * np.array(relu["q"])))
            for name, sigma2 in relu["sigma2"].items()
        ),
        "with n·σ² = 1 its stairs halve": bool(np.allclose(np.diff(np.log(relu["paths"][0])), -np.log(2))),
        "under tanh small signals grow and large ones shrink": bool(np.all(steep[below] > q[below]))
        and bool(np.all(steep[~below] < q[~below])),
        "both stairs reach the fixed point": data["nearest"] < 0.01
        and small[0] < data["fixed_point"] < large[0]
        and data["stable"]
        and not data["nought_stable"],
        "which keeps itself": abs(
            weightinit.length_map(data["fixed_point"], CONVENTION, 1, "tanh") - data["fixed_point"]
        )
        < 1e-9,
        "25/9 is the square of the convention": abs(data["convention_gain"] ** 2 - tanh["sigma2"]["convention"]) < 1e-12
        and abs(tanh["sigma2"]["convention"] - 25 / 9) < 1e-12,
        "the missing part shrinks by the slope": abs(
            (large[-1] - data["fixed_point"]) / (large[-2] - data["fixed_point"]) - data["slope"]
        )
        < 0.01,
        "with n·σ² = 1 all tanh signals fade": bool(np.all(flat < q)) and data["only"] == 0 and data["only_stable"],
    }
