"""What do the weights of hidden neurons look like after training, if all start equal and if they start random?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from scripts.book.figstyle import BLUE, FG, RED, figure, fixed
from scripts.figures._digits import SETUP, between_units, learn, start, within_unit

SIDE, SHOWN, SEED = 8, (1, 2, 3), 0
ROWS = ("constant", "random")


def compute() -> dict[str, Any]:
    data: dict[str, Any] = dict(SETUP) | {"shown": list(SHOWN), "seed": SEED}
    for name in ROWS:
        weights = learn(name, SEED).weights[0]
        before = start(name, np.random.default_rng(SEED))[0][0] if name == "constant" else None
        data[name] = {
            "neurons": [weights[unit - 1].round(4).tolist() for unit in SHOWN],
            "smallest": float(weights[0].min()),
            "largest": float(weights[0].max()),
            "between": between_units(weights),
            "within": within_unit(weights),
            "within_before": 0.0 if before is None else within_unit(before),
        }
    return data


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(285, rows=2, columns=len(SHOWN))
    largest = max(abs(w) for name in ROWS for neuron in data[name]["neurons"] for w in neuron)
    for name, row in zip(ROWS, panels, strict=True):
        for unit, weights, axes in zip(SHOWN, data[name]["neurons"], row, strict=True):
            _squares(axes, weights, largest)
            axes.set_title(f"{words['neuron']} {unit}", fontweight="normal", fontsize=10.8)
        row[0].set_ylabel(words[name], fontweight="bold")
    key = result.add_axes((0.02, 0.005, 0.96, 0.06))
    key.set_xlim(0, 100)
    key.set_ylim(0, 6)
    key.axis("off")
    for x, sign in ((8, 1), (32, -1)):
        key.add_patch(_patch([_square(x, 3, 1.3, 1.6)], sign))
        key.text(x + 3, 3, words["positive" if sign > 0 else "negative"], color=FG, verticalalignment="center")
    key.text(58, 3, words["area"], color=FG, verticalalignment="center")
    result.set_layout_engine("constrained", rect=(0, 0.08, 1, 0.92))
    return result


def _squares(axes: Axes, weights: list[float], largest: float) -> None:
    """One square a pixel, its area the size of the weight."""
    for sign in (1, -1):
        squares = [
            _square(place % SIDE, place // SIDE, side, side)
            for place, weight in enumerate(weights)
            if weight * sign > 0 and (side := 0.48 * math.sqrt(abs(weight) / largest)) > 0.02
        ]
        if squares:
            axes.add_patch(_patch(squares, sign))
    axes.set_xlim(-0.6, SIDE - 0.4)
    axes.set_ylim(SIDE - 0.4, -0.6)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set_visible(True)


def _square(x: float, y: float, half_width: float, half_height: float) -> list[tuple[float, float]]:
    return [
        (x - half_width, y - half_height),
        (x + half_width, y - half_height),
        (x + half_width, y + half_height),
        (x - half_width, y + half_height),
        (x - half_width, y - half_height),
    ]


def _patch(squares: list[list[tuple[float, float]]], sign: int) -> PathPatch:
    """Positive weights are full, negative ones hollow."""
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(squares)
    path = Path(np.array(squares).reshape(-1, 2), codes)
    if sign > 0:
        return PathPatch(path, facecolor=BLUE, edgecolor="none")
    return PathPatch(path, facecolor="none", edgecolor=RED, linewidth=0.9)


WORDS = {
    "ko": {
        "neuron": "뉴런",
        "constant": "모두 0.1로 시작",
        "random": "난수로 시작",
        "positive": "양수",
        "negative": "음수",
        "area": "넓이: 가중치의 크기",
    },
    "en": {
        "neuron": "neuron",
        "constant": "start: all 0.1",
        "random": "start: random",
        "positive": "positive",
        "negative": "negative",
        "area": "area: size of the weight",
    },
}


def caption(data: dict[str, Any], lang: str) -> str:
    constant, drawn = (data[name] for name in ROWS)
    value, span = fixed(data["value"], 1), [fixed(constant[end], 2) for end in ("smallest", "largest")]
    if lang == "ko":
        return (
            f"{data['epochs']}에포크 학습한 은닉 뉴런 셋의 가중치. 뉴런 하나의 가중치 {data['pixels']}개를 화소의 "
            f"자리에 놓음. 정사각형의 넓이가 가중치의 크기이고, 채운 것은 양수, 빈 것은 음수. 위: 모두 {value}에서 "
            f"시작한 뉴런은 서로 같음. 그러나 한 뉴런의 가중치는 {span[0]}부터 {span[1]}까지 서로 다름. 아래: "
            "난수에서 시작한 뉴런은 서로 다르고, 같은 화소에 붙은 두 뉴런의 가중치는 많게는 "
            f"{fixed(drawn['between'], 1)}까지 차이가 남. 시드 {data['seed']}의 결과."
        )
    return (
        f"Weights of three hidden neurons after {data['epochs']} epochs. The {data['pixels']} weights of a neuron "
        "stand at the places of their pixels. The area of a square is the size of a weight; full squares are "
        f"positive, hollow ones negative. Above: neurons that started at {value} everywhere are equal to one "
        f"another. Yet the weights of one neuron are not: they run from {span[0]} to {span[1]}. Below: neurons that "
        "started random differ, and the weights of two of them for the same pixel are up to "
        f"{fixed(drawn['between'], 1)} apart. Seed {data['seed']}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    within = fixed(data["constant"]["within"], 2)
    if lang == "ko":
        return (
            f"{SIDE}×{SIDE} 칸에 정사각형을 놓은 그림이 두 줄로 세 개씩. 윗줄의 세 그림은 똑같고, 한 그림 안에서는 "
            f"정사각형의 크기와 부호가 칸마다 다름(가장 큰 가중치와 가장 작은 가중치의 차이 {within}). 아랫줄의 세 "
            "그림은 서로 다름."
        )
    return (
        f"Two rows of three pictures, each with squares in {SIDE}×{SIDE} cells. The three pictures of the upper row "
        "are the same; inside one of them the squares differ in size and sign from cell to cell (largest less "
        f"smallest weight: {within}). The three pictures of the lower row differ from one another."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    constant, drawn = (data[name] for name in ROWS)
    same, other = (np.array(d["neurons"]) for d in (constant, drawn))
    return {
        "the neurons that started equal are equal": constant["between"] < 1e-6
        and bool(np.ptp(same, axis=0).max() < 1e-3),
        "their weights started equal and came to differ, in sign too": constant["within_before"] == 0
        and constant["within"] > 0.5
        and constant["smallest"] < 0 < constant["largest"],
        "the neurons that started random differ": drawn["between"] > 1
        and all(bool(np.abs(other[i] - other[j]).max() > 0.5) for i, j in ((0, 1), (0, 2), (1, 2))),
        "the largest and smallest weight are those of one neuron": bool(
            abs(constant["largest"] - constant["smallest"] - constant["within"]) < 1e-6
        ),
    }
