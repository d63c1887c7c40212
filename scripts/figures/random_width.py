"""What does one layer make of a signal if the standard deviation of its weights is the same at every width?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, BROWN, FG, RED, figure, fixed, label, log_axis, percent

STDS = (1.0, 0.05, 0.01)
WIDTHS = (10, 100, 1000, 10000)
OUT, BATCH, SEEDS = 64, 32, 5
NARROWEST, WIDEST = 10, 100000
LOOKS = {1.0: (BROWN, "s"), 0.05: (RED, "^"), 0.01: (BLUE, "o")}
DASHES = {"linear": "solid", "relu": (0, (4, 1.6))}
TOLERANCE = 0.1


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"out": OUT, "batch": BATCH, "seeds": SEEDS, "widths": list(WIDTHS), "stds": list(STDS)}
    for std in STDS:
        one: dict[str, Any] = {"std": std}
        measured = np.array([[_measured(std, width, seed) for width in WIDTHS] for seed in range(SEEDS)])
        for i, name in enumerate(DASHES):
            runs = measured[:, :, i]
            one[name] = {
                "theory": [weightinit.forward_factor(std**2, width, name) for width in WIDTHS],
                "measured": runs.mean(axis=0).tolist(),
                "low": runs.min(axis=0).tolist(),
                "high": runs.max(axis=0).tolist(),
                "border": _border(std, name),
            }
        data[str(std)] = one
    data["off"] = max(_off(data[str(std)][name]) for std in STDS for name in DASHES)
    return data


def _off(one: dict[str, Any]) -> float:
    """The largest distance between measured and theory, as a share of the theory."""
    return float(np.max(np.abs(np.array(one["measured"]) / np.array(one["theory"]) - 1)))


def _border(std: float, name: str) -> float:
    """The width at which the layer keeps the second moment."""
    return 1 / weightinit.forward_factor(std**2, 1, name)


def _measured(std: float, width: int, seed: int) -> list[float]:
    """The second moment of a layer's pre-activations over that of the ones below it, with both activations."""
    rng = np.random.default_rng([seed, width])
    below = rng.standard_normal((BATCH, width))
    weights = weightinit.random_normal((OUT, width), std, rng=rng, dtype=np.float64)
    above = [weightinit.activation(name).f(below) @ weights.T for name in DASHES]
    return [float(np.mean(z**2) / np.mean(below**2)) for z in above]


WORDS = {
    "ko": {"title": "층 하나가 2차 적률에 곱하는 배율", "width": "너비", "std": "표준편차", "one": "그대로"},
    "en": {
        "title": "Factor of one layer on the second moment",
        "width": "width",
        "std": "std",
        "one": "kept",
    },
}
LABELS = {1.0: (14, 2e3), 0.05: (2.2e4, 1.2e3), 0.01: (1.6e4, 8e-2)}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(300)
    ends = np.array([NARROWEST, WIDEST])
    axes.axhline(1, color=FG, linewidth=0.8)
    for std, (color, marker) in LOOKS.items():
        for name, dash in DASHES.items():
            line = [weightinit.forward_factor(std**2, int(width), name) for width in ends]
            axes.plot(ends, line, color=color, linestyle=dash)
            filled = color if name == "linear" else "none"
            seen = data[str(std)][name]["measured"]
            axes.plot(WIDTHS, seen, color=color, linestyle="none", marker=marker, markerfacecolor=filled, markersize=5)
        label(axes, *LABELS[std], f"{words['std']} {std:g}", color)
    label(axes, 16, 2.2, words["one"], FG)
    axes.set_title(words["title"])
    log_axis(axes, "x", range(1, 6))
    log_axis(axes, "y", range(-4, 6, 2))
    axes.set_ylim(2e-4, 3e5)
    axes.set_xlabel(words["width"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    borders = [f"{data[str(std)]['linear']['border']:.0f}" for std in (0.01, 0.05, 1.0)]
    twice = f"{data['0.01']['relu']['border']:.0f}"
    most = percent(data["off"])
    if lang == "ko":
        return (
            f"출력이 {data['out']}개인 층 하나. 실선과 채운 표식은 활성화 함수가 없는 층, 파선과 빈 표식은 ReLU를 지난 "
            f"신호를 받는 층. 배율이 1이 되는 너비는 표준편차 0.01에서 {borders[0]}, 0.05에서 {borders[1]}, 1에서 "
            f"{borders[2]}이고, ReLU에서는 그 두 배(0.01에서 {twice}). 선은 이론값, 표식은 시드 {data['seeds']}개의 "
            f"평균이고, 둘의 차이는 많아야 {most}."
        )
    return (
        f"One layer with {data['out']} outputs. Solid lines and filled markers: no activation function; dashed lines "
        f"and open markers: the signal comes through ReLU. The factor is 1 at width {borders[0]} if the standard "
        f"deviation is 0.01, at {borders[1]} if it is 0.05, at {borders[2]} if it is 1, and under ReLU at twice that "
        f"width ({twice} for 0.01). Lines: theory; markers: mean of {data['seeds']} seeds, at most "
        f"{most} away from it."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    ends = [fixed(data["0.01"]["linear"]["theory"][i], 3 if i == 0 else 0) for i in (0, -1)]
    if lang == "ko":
        return (
            "두 축 모두 로그 눈금인 그래프. 가로축은 너비, 세로축은 배율. 표준편차 1, 0.05, 0.01의 직선이 위에서 "
            f"아래로 나란히 놓여 같은 비탈로 올라감. 0.01에서는 너비 {data['widths'][0]}의 배율이 {ends[0]}, 너비 "
            f"{data['widths'][-1]}의 배율이 {ends[1]}. ReLU의 파선은 실선보다 조금 아래."
        )
    return (
        "A chart of the factor against the width, both axes logarithmic. Parallel lines for the standard deviations "
        f"1, 0.05 and 0.01, from top to bottom, rise at one slope; for 0.01 from {ends[0]} at width "
        f"{data['widths'][0]} to {ends[1]} at width {data['widths'][-1]}. The dashed lines of ReLU run a little below."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    every = [(std, name) for std in STDS for name in DASHES]

    return {
        "measured and theory agree": data["off"] < TOLERANCE,
        "each seed, too": all(
            bool(
                np.all(np.array(data[str(std)][name]["low"]) > 0.5 * np.array(data[str(std)][name]["theory"]))
                and np.all(np.array(data[str(std)][name]["high"]) < 1.5 * np.array(data[str(std)][name]["theory"]))
            )
            for std, name in every
        ),
        "ReLU needs twice the width": all(
            abs(data[str(std)]["relu"]["border"] / data[str(std)]["linear"]["border"] - 2) < 1e-12 for std in STDS
        ),
        "the factor is in proportion to the width": all(
            bool(np.allclose(np.array(data[str(std)][name]["theory"]) / np.array(WIDTHS), std**2 * share))
            for std in STDS
            for name, share in (("linear", 1.0), ("relu", 0.5))
        ),
        "a larger standard deviation lies higher": all(
            data[str(STDS[k])][name]["theory"][0] > data[str(STDS[k + 1])][name]["theory"][0]
            for k in range(len(STDS) - 1)
            for name in DASHES
        ),
    }
