"""By what factor does a layer multiply the second moment, if it grows wider but keeps its connections?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, RED, doubling_axis, figure, fixed, label

CONNECTIONS, SEEDS, IMAGES, UNITS = 15, 10, 50, 512
WIDTHS = (16, 32, 64, 128, 256, 512, 1024)
STD = 1 / math.sqrt(CONNECTIONS)
LOOKS: dict[str, tuple[str, Any, str]] = {"dense": (RED, (0, (4, 1.6)), "^"), "sparse": (BLUE, "solid", "o")}
WORDS = {
    "ko": {
        "title": "층 하나가 2차 적률에 곱하는 배율",
        "inputs": "입력의 수",
        "dense": "모든 연결",
        "sparse": "뉴런마다 15개",
    },
    "en": {
        "title": "Factor of one layer on the second moment",
        "inputs": "number of inputs",
        "dense": "all connections",
        "sparse": "15 for each neuron",
    },
}
LABELS = {"dense": (230, 28.0, "right"), "sparse": (1024, 1.7, "right")}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "connections": CONNECTIONS, "std": STD, "seeds": SEEDS, "units": UNITS, "widths": list(WIDTHS),
    }  # fmt: skip
    for name in LOOKS:
        inputs = {width: CONNECTIONS if name == "sparse" else width for width in WIDTHS}
        factors = {width: [_measured(name, width, seed) for seed in range(SEEDS)] for width in WIDTHS}
        data[name] = {
            "theory": [weightinit.forward_factor(STD**2 * inputs[n] / n, n) for n in WIDTHS],
            "measured": [float(np.mean(factors[n])) for n in WIDTHS],
            "low": [min(factors[n]) for n in WIDTHS],
            "high": [max(factors[n]) for n in WIDTHS],
        }
    return data | {"times": data["dense"]["theory"][-1], "narrowest": data["dense"]["theory"][0]}


def _measured(name: str, width: int, seed: int) -> float:
    rng = np.random.default_rng((seed, width))
    x = weightinit.normal((IMAGES, width), rng=rng)
    shape = (UNITS, width)
    if name == "sparse":
        weights = weightinit.sparse(shape, rng=rng, connections=CONNECTIONS, std=STD)
    else:
        weights = weightinit.random_normal(shape, STD, rng=rng)
    (z,), _ = weightinit.forward(x, [weights], "linear")
    return float(np.mean(z**2) / np.mean(x**2))


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(260)
    doubling_axis(axes, "x", range(4, 11))
    doubling_axis(axes, "y", range(-1, 8))
    for name, (color, dash, marker) in LOOKS.items():
        axes.plot(data["widths"], data[name]["theory"], color=color, linestyle=dash)
        axes.plot(data["widths"], data[name]["measured"], color=color, linestyle="none", marker=marker)
        x, y, side = LABELS[name]
        label(axes, x, y, words[name], color, side)
    axes.set_ylim(0.5, 128)
    axes.set_title(words["title"])
    axes.set_xlabel(words["inputs"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    std, times, first, last = fixed(data["std"], 3), fixed(data["times"], 1), data["widths"][0], data["widths"][-1]
    k, units, seeds = data["connections"], data["units"], data["seeds"]
    if lang == "ko":
        return (
            f"표준편차가 {std}인 정규 분포에서 뽑은 가중치를 모든 연결에 쓸 때와 뉴런마다 {k}개에만 쓸 때, 층 하나가 "
            f"입력의 2차 적률에 곱하는 배율. 입력이 {first}개에서 {last}개로 늘면 앞의 것은 {times}배까지 커지고, "
            f"뒤의 것은 {fixed(data['sparse']['theory'][-1], 0)}에 머묾. 선은 이론값, 표식은 뉴런이 {units}개인 "
            f"층에서 잰 값으로 시드 {seeds}개의 평균. 두 축은 로그 눈금."
        )
    return (
        "The factor by which one layer multiplies the second moment of its inputs if weights from a normal "
        f"distribution of standard deviation {std} stand on all connections, and on {k} of each neuron. From "
        f"{first} to {last} inputs the first rises to {times}, while the second stays at "
        f"{fixed(data['sparse']['theory'][-1], 0)}. "
        f"Lines: theory; markers: measured in layers of {units} neurons, means of {seeds} seeds. Both axes are "
        "logarithmic."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    times, first, last = fixed(data["times"], 1), data["widths"][0], data["widths"][-1]
    if lang == "ko":
        return (
            f"가로축은 입력의 수 {first}부터 {last}까지, 세로축은 배율. 모든 연결을 쓴 선은 {times}까지 곧게 올라가고, "
            f"뉴런마다 {data['connections']}개인 선은 1에서 수평."
        )
    return (
        f"Number of inputs, {first} to {last}, against the factor. The line of all connections rises straight to "
        f"{times}; the line of {data['connections']} for each neuron stays level at 1."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    dense, sparse = np.array(data["dense"]["theory"]), np.array(data["sparse"]["theory"])
    measured = {name: np.array(data[name]["measured"]) / np.array(data[name]["theory"]) for name in LOOKS}
    return {
        "few connections: the factor is 1 at every width": bool(np.all(np.abs(sparse - 1) < 1e-12)),
        "all connections: it rises with the width": bool(np.all(np.diff(dense) > 0)),
        "straight: doubling the width doubles it": bool(np.allclose(dense[1:] / dense[:-1], 2)),
        "what is measured agrees": all(bool(np.abs(ratio - 1).max() < 0.05) for ratio in measured.values()),
        "the seeds differ little": all(
            bool(np.all(np.array(data[name]["high"]) / np.array(data[name]["low"]) < 1.3)) for name in LOOKS
        ),
        "the label says the number of connections": data["connections"] == 15,
    }
