"""How large does the stream of a residual network become, block by block, under five ways to start its branches?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, BROWN, GREEN, PURPLE, RED, figure, fixed, log_axis, order
from scripts.figures._layers import curves
from weightinit.sampling import Array

WIDTH, BLOCKS, BATCH, SEEDS = 256, 50, 64, 5
LOOKS = {
    "he": (RED, (0, (4, 1.6)), "^"),
    "normalized": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "shared": (PURPLE, (0, (1, 1.2)), "v"),
    "both": (BLUE, "solid", "o"),
    "zero": (BROWN, (0, (2, 1)), "D"),
}
PANELS = {"above": ("he", "normalized"), "below": ("shared", "both", "zero")}
#: By what the weights of He initialization are multiplied.
FACTORS = {"he": 1.0, "normalized": 1.0, "shared": 1 / math.sqrt(BLOCKS), "both": 1 / math.sqrt(BLOCKS), "zero": 0.0}


def normalize(x: Array) -> Array:
    """Layer normalization: each sample has mean 0 and mean square 1."""
    centered = x - x.mean(axis=1, keepdims=True)
    return np.asarray(centered / centered.std(axis=1, keepdims=True))


def run(seed: int) -> dict[str, list[float]]:
    """The mean square of each stream after 0, 1, ... blocks; the five networks share their weights."""
    rng = np.random.default_rng(seed)
    streams = dict.fromkeys(LOOKS, rng.standard_normal((BATCH, WIDTH)))
    sizes = {name: [float(np.mean(x**2))] for name, x in streams.items()}
    relu = weightinit.activation("relu").f
    for _ in range(BLOCKS):
        weights = weightinit.he_normal((WIDTH, WIDTH), rng=rng, dtype=np.float64)
        for name, x in streams.items():
            entering = normalize(x) if name in ("normalized", "both") else x
            streams[name] = x + FACTORS[name] * relu(entering) @ weights.T
            sizes[name].append(float(np.mean(streams[name] ** 2)))
    return sizes


def theory(name: str) -> list[float]:
    """What one branch adds is the factor's square times 1, or times what the stream has."""
    m = [1.0]
    for _ in range(BLOCKS):
        m.append(m[-1] + FACTORS[name] ** 2 * (1.0 if name in ("normalized", "both") else m[-1]))
    return m[1:]


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"width": WIDTH, "blocks": BLOCKS, "batch": BATCH, "seeds": SEEDS, "limit": math.e}
    seeds = [run(seed) for seed in range(SEEDS)]
    for name in LOOKS:
        runs = np.array([sizes[name] for sizes in seeds])
        ends = runs[:, -1] / runs[:, 0]
        data[name] = {
            "theory": theory(name),
            "theory_end": theory(name)[-1],
            "layers": runs.mean(axis=0)[1:].tolist(),
            "end": float(ends.mean()),
            "low": float(ends.min()),
            "high": float(ends.max()),
        }
    return data


WORDS = {
    "ko": {
        "above": "줄이지 않은 가지",
        "below": "1/√L배로 줄이거나 0으로 둔 가지",
        "block": "블록",
        "he": "He",
        "normalized": "정규화, He",
        "shared": "He, 1/√L배",
        "both": "정규화, He, 1/√L배",
        "zero": "마지막 층 0",
    },
    "en": {
        "above": "Branches as they are",
        "below": "Branches times 1/√L, or starting at 0",
        "block": "block",
        "he": "He",
        "normalized": "normalized, He",
        "shared": "He, times 1/√L",
        "both": "normalized, He, times 1/√L",
        "zero": "last layer 0",
    },
}
LABELS = {
    "above": {"he": (24, 10.5, "right"), "normalized": (50, 3.7, "right")},
    "below": {
        "shared": (33, math.log10(2.35), "right"),
        "both": (50, math.log10(1.25), "right"),
        "zero": (50, math.log10(0.8), "right"),
    },
}
SHOWN = [1, 10, 20, 30, 40, 50]


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(440, rows=2)
    for axes, (panel, names) in zip(panels, PANELS.items(), strict=True):
        looks = {name: LOOKS[name] for name in names}
        curves(axes, {name: data[name] for name in names}, looks, words, LABELS[panel], SHOWN)
        axes.set_title(words[panel])
    log_axis(panels[0], "y", range(0, 16, 5))
    panels[0].set_ylim(0.3, 1e16)
    panels[1].set_ylim(0.5, 3)
    panels[1].set_yticks([0.5, 1, 1.5, 2, 2.5, 3])
    panels[1].set_xlabel(words["block"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    he, normalized, shared, both, _ = (data[name] for name in LOOKS)
    top = order(he["theory_end"])
    ends = [fixed(normalized["theory_end"], 0), fixed(shared["theory_end"], 2), fixed(both["theory_end"], 0)]
    low, high, least, most = (fixed(v, 2) for v in (shared["low"], shared["high"], both["low"], both["high"]))
    if lang == "ko":
        return (
            f"블록이 L = {data['blocks']}개이고 너비가 {data['width']}인 잔차 신경망에서 흐름의 2차 적률. 블록마다 "
            f"ReLU와 He 층으로 된 가지를 더함. 그대로 더하면 블록마다 두 배가 되어 약 {top}까지 커지고, 가지의 "
            f"입력을 정규화하면 1씩 늘어 {ends[0]}. 가지에 1/√L을 곱하면 {ends[1]}(시드에 따라 {low}에서 {high}), "
            f"정규화까지 하면 {ends[2]}({least}에서 {most}). 마지막 층이 0이면 1 그대로. 선은 이론값, 표식은 시드 "
            f"{data['seeds']}개의 평균."
        )
    return (
        f"Second moment of the stream of a residual network of L = {data['blocks']} blocks and width "
        f"{data['width']}. Each block adds a branch of ReLU and a He layer. Added as it is, it doubles the second "
        f"moment at each block, up to about {top}; if the branch's input is normalized, each adds 1, up to "
        f"{ends[0]}. Branches times 1/√L end at {ends[1]} ({low} to {high}, depending on the seed), and with "
        f"normalization as well at {ends[2]} ({least} to {most}). With a last layer of 0 it stays 1. Lines: theory; "
        f"markers: means over {data['seeds']} seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    he, normalized, shared, both, _ = (data[name] for name in LOOKS)
    top = order(he["end"])
    ends = [fixed(normalized["end"], 1), fixed(shared["end"], 2), fixed(both["end"], 2)]
    if lang == "ko":
        return (
            f"가로축이 블록 1부터 {data['blocks']}까지인 두 그래프. 위는 로그 눈금이고, He는 {top}까지 곧게 오르며 "
            f"정규화한 것은 {ends[0]}에서 거의 수평. 아래는 보통 눈금이고, 1/√L을 곱한 두 선이 1에서 {ends[1]}와 "
            f"{ends[2]}까지 완만히 오르며 마지막 층이 0인 선은 1에서 수평."
        )
    return (
        f"Two charts over the blocks 1 to {data['blocks']}. Above, on a logarithmic axis, He rises straight to {top} "
        f"and the normalized one levels off at {ends[0]}. Below, on a linear axis, the two lines of branches times "
        f"1/√L rise gently from 1 to {ends[1]} and {ends[2]}; the line of a last layer of 0 is level at 1."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    he, normalized, shared, both, zero = (np.array(data[name]["theory"]) for name in LOOKS)
    blocks = np.arange(1, BLOCKS + 1)
    return {
        "as they are, branches double the second moment": bool(np.allclose(he, 2.0**blocks)),
        "normalized, each adds 1": bool(np.allclose(normalized, blocks + 1)),
        "times 1/√L they stay below e": bool(np.allclose(shared, (1 + 1 / BLOCKS) ** blocks) and shared[-1] < math.e),
        "normalized and times 1/√L they add up to 1": bool(np.allclose(both, 1 + blocks / BLOCKS)),
        "a last layer of 0 changes nothing": bool(np.all(zero == 1)) and data["zero"]["low"] == data["zero"]["high"],
        "He is measured within a factor of 3 of the theory": abs(math.log(data["he"]["end"] / he[-1])) < math.log(3),
        "the others within 5 %": all(
            abs(data[name]["end"] / data[name]["theory_end"] - 1) < 0.05
            for name in ("normalized", "shared", "both", "zero")
        ),
        "the spread over seeds is as told": data["shared"]["low"] <= data["shared"]["end"] <= data["shared"]["high"]
        and data["both"]["low"] <= data["both"]["end"] <= data["both"]["high"],
    }
