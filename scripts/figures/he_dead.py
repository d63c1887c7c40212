"""How often is a ReLU network dead for an input before any training, and does the scale of the weights matter?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, RED, figure, fixed, label, percent

WIDTHS, DEPTH, SEEDS, NETS = (2, 4, 8), 20, 5, 400
EXAMPLE = (4, 20)
SMALL = 0.1
LOOKS = {2: (RED, (0, (4, 1.6))), 4: (BLUE, "solid"), 8: (GREEN, (0, (6, 2, 1, 2)))}
SHOWN = [1, 5, 10, 15, 20]
STANDARD_ERRORS = 5.0


def compute() -> dict[str, Any]:
    width, depth = EXAMPLE
    data: dict[str, Any] = {
        "depth": DEPTH,
        "seeds": SEEDS,
        "nets": NETS,
        "all": SEEDS * NETS,
        "small": SMALL,
        "example": {"width": width, "depth": depth, "theory": _theory(width, depth)},
        "widest": max(WIDTHS),
        "wide": _theory(256, 50),
    }
    for width in WIDTHS:
        counts = np.array([_counts(width, seed) for seed in range(SEEDS)])  # (seeds, scales, depth)
        shares = counts[:, 0] / NETS
        data[str(width)] = {
            "theory": [_theory(width, depth) for depth in range(1, DEPTH + 1)],
            "measured": shares.mean(axis=0).tolist(),
            "low": shares.min(axis=0).tolist(),
            "high": shares.max(axis=0).tolist(),
            "he": counts[:, 0].sum(axis=0).tolist(),
            "scaled": counts[:, 1].sum(axis=0).tolist(),
            "end": float(shares[:, -1].mean()),
            "theory_end": _theory(width, DEPTH),
        }
    data["example"]["measured"] = data[str(EXAMPLE[0])]["measured"][EXAMPLE[1] - 1]
    data["example"]["low"] = data[str(EXAMPLE[0])]["low"][EXAMPLE[1] - 1]
    data["example"]["high"] = data[str(EXAMPLE[0])]["high"][EXAMPLE[1] - 1]
    return data


def _theory(width: int, depth: int) -> float:
    return -math.expm1(depth * math.log1p(-(2.0**-width)))


def _counts(width: int, seed: int) -> list[NDArray[np.int64]]:
    """How many of the networks are dead for one input by each layer: under He, and with weights of std 0.1."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((NETS, width, 1))
    he = weightinit.he_normal((NETS * DEPTH * width, width), rng=rng, dtype=np.float64)
    he = he.reshape(DEPTH, NETS, width, width)
    scaled = he * (SMALL / weightinit.std("he", width, width))
    relu = weightinit.activation("relu").f
    counts = []
    for weights in (he, scaled):
        h, dead = x, []
        for layer in weights:
            h = relu(layer @ h)
            dead.append(int(np.sum(~h.any(axis=(1, 2)))))
        counts.append(np.array(dead))
    return counts


WORDS = {
    "ko": {
        "title": "입력 하나에 대해 신경망이 죽어 있을 비율",
        "layer": "층의 개수",
        "width": "너비",
        "small": "표준편차 0.1",
    },
    "en": {
        "title": "Share of networks dead for one input",
        "layer": "number of layers",
        "width": "width",
        "small": "std 0.1",
    },
}
LABELS = {2: (5.6, 0.66), 4: (10.6, 0.4), 8: (13, 0.15)}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(300)
    depths = np.arange(1, DEPTH + 1)
    at = np.array(SHOWN) - 1
    for width, (color, dash) in LOOKS.items():
        one = data[str(width)]
        axes.plot(depths, one["theory"], color=color, linestyle=dash)
        axes.plot(
            SHOWN,
            np.array(one["he"])[at] / data["all"],
            color=color,
            linestyle="none",
            marker="o",
            markersize=7.5,
            markerfacecolor="none",
        )
        axes.plot(
            SHOWN, np.array(one["scaled"])[at] / data["all"], color=color, linestyle="none", marker="x", markersize=4.5
        )
        label(axes, *LABELS[width], f"{words['width']} {width}", color)
    label(axes, 20, 0.27, f"○ He   × {words['small']}", FG, "right")
    axes.set_title(words["title"])
    axes.set_xticks(SHOWN)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    axes.set_ylim(-0.03, 1.06)
    axes.set_xlabel(words["layer"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    example = data["example"]
    theory, low, high = (percent(example[key]) for key in ("theory", "low", "high"))
    if lang == "ko":
        return (
            f"학습하기 전의 좁은 ReLU 신경망. 선은 식의 값, 원은 He로 뽑은 신경망 {data['all']:,}개에서, ×는 같은 "
            f"가중치를 표준편차 {fixed(data['small'], 1)}로 줄인 신경망에서 잰 비율. 원과 ×는 모든 층에서 개수까지 "
            f"같음. 너비 {example['width']}, 깊이 {example['depth']}에서는 식의 값이 {theory}, 시드 "
            f"{data['seeds']}개에서 잰 값이 {low}부터 {high}까지."
        )
    return (
        f"Narrow ReLU networks before training. Lines: the formula; circles: the share among {data['all']:,} networks "
        f"drawn by He; crosses: the same weights scaled down to a standard deviation of {fixed(data['small'], 1)}. "
        "Circles and crosses agree in every layer, to the last network. For width "
        f"{example['width']} and depth {example['depth']} the formula gives {theory}, and {data['seeds']} seeds give "
        f"{low} to {high}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    ends = [percent(data[str(width)]["theory_end"]) for width in WIDTHS]
    if lang == "ko":
        return (
            f"가로축은 층의 개수 1부터 {data['depth']}까지, 세로축은 죽은 비율. 너비 2, 4, 8의 곡선이 모두 올라가 "
            f"{data['depth']}층에서 {ends[0]}, {ends[1]}, {ends[2]}에 이르고, 원과 ×가 곡선 위에서 서로 겹침."
        )
    return (
        f"The share of dead networks against 1 to {data['depth']} layers. The curves of width 2, 4 and 8 all rise, to "
        f"{ends[0]}, {ends[1]} and {ends[2]} at {data['depth']} layers; circles and crosses lie on them, one upon "
        "the other."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    def close(width: int) -> bool:
        theory, seen = np.array(data[str(width)]["theory"]), np.array(data[str(width)]["he"]) / data["all"]
        errors = np.sqrt(theory * (1 - theory) / data["all"])
        return bool(np.all(np.abs(seen - theory) <= STANDARD_ERRORS * errors + 1e-12))

    return {
        "the scale of the weights changes not one network": all(
            data[str(width)]["he"] == data[str(width)]["scaled"] for width in WIDTHS
        ),
        "measured and formula agree within sampling error": all(close(width) for width in WIDTHS),
        "more layers, more dead": all(bool(np.all(np.diff(data[str(width)]["theory"]) > 0)) for width in WIDTHS),
        "wider networks die less often": bool(
            np.all(np.diff([data[str(width)]["theory_end"] for width in WIDTHS]) < 0)
        ),
        "the seeds lie around the formula": bool(
            data["example"]["low"] < data["example"]["theory"] < data["example"]["high"]
        ),
    }
