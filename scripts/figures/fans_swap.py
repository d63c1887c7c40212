"""What does a deep network lose if some or all of its layers take the fan-out for the fan-in?"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, BROWN, GREEN, RED, figure, fixed, log_axis, order
from scripts.figures._layers import curves

NARROW, WIDE, DEPTH, BATCH, SEEDS = 128, 512, 20, 16, 8
WIDTHS = [NARROW, WIDE] * (DEPTH // 2) + [NARROW]
#: Which layers read the array the wrong way round.
MISREAD = {
    "none": lambda before, after: False,
    "all": lambda before, after: True,
    "narrowing": lambda before, after: after < before,
    "widening": lambda before, after: after > before,
}
KINDS = ("forward", "backward")
LOOKS = {
    "none": (BLUE, "solid", "o"),
    "all": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "narrowing": (RED, (0, (4, 1.6)), "^"),
    "widening": (BROWN, (0, (1, 1.2)), "v"),
}


def layouts(name: str) -> list[str]:
    """How each layer's array is read; it is stored outputs first."""
    return ["in_out" if MISREAD[name](*pair) else "out_in" for pair in pairwise(WIDTHS)]


def weights(name: str, seed: int, scheme: str = "he") -> list[NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    return [
        weightinit.initialize(scheme, (after, before), rng=rng, layout=layout, dtype=np.float64)
        for (before, after), layout in zip(pairwise(WIDTHS), layouts(name), strict=True)
    ]


def run(name: str, seed: int) -> dict[str, list[float]]:
    """The second moments of one network: pre-activations forward, gradients with respect to them backward."""
    drawn = weights(name, seed)
    x, gradient = np.random.default_rng(1000 + seed).standard_normal((2, BATCH, NARROW))
    seen = weightinit.trace(x, drawn, "relu", gradient)
    return {
        "forward": [float(np.mean(z**2)) for z in seen.pre],
        "backward": [float(np.mean(delta**2)) for delta in seen.grad],
    }


def theory(name: str) -> dict[str, list[float]]:
    fans = [weightinit.fans((after, before), layout) for (before, after), layout in
            zip(pairwise(WIDTHS), layouts(name), strict=True)]  # fmt: skip
    variances = [weightinit.variance("he", *pair) for pair in fans]
    slope = weightinit.mean_square_slope("relu")
    return {
        "forward": weightinit.forward_profile(WIDTHS, variances, "relu").tolist(),
        "backward": weightinit.backward_profile(WIDTHS, variances, "relu", delta=slope).tolist(),
    }


def compute() -> dict[str, Any]:
    correct = np.ones(SEEDS)
    data: dict[str, Any] = {
        "narrow": NARROW,
        "wide": WIDE,
        "depth": DEPTH,
        "batch": BATCH,
        "seeds": SEEDS,
        "per_block": WIDE / NARROW,
        "xavier_changed": max(
            float(np.abs(a - b).max())
            for a, b in zip(weights("none", 0, "xavier"), weights("all", 0, "xavier"), strict=True)
        ),
    }
    for name in MISREAD:
        runs, expected = [run(name, seed) for seed in range(SEEDS)], theory(name)
        data[name] = {kind: _summary(np.array([r[kind] for r in runs]), expected[kind]) for kind in KINDS}
        # One seed draws the same numbers for all four, and ReLU passes a positive factor on: the ratio has no spread.
        last = np.array([r["forward"][-1] for r in runs])
        correct = last if name == "none" else correct
        data[name]["against_correct"] = float((last / correct).mean())
        data[name]["spread"] = float(np.ptp(last / correct))
        data[name]["theory_against_correct"] = (
            data[name]["forward"]["theory"][-1] / data["none"]["forward"]["theory"][-1]
        )
    return data


def _summary(runs: NDArray[np.float64], expected: list[float]) -> dict[str, Any]:
    """Over the seeds: the mean of each layer, and what the ends of the network say."""
    mean = runs.mean(axis=0)
    growth = runs[:, -1] / runs[:, 0]
    return {
        "layers": mean.tolist(),
        "low": runs.min(axis=0).tolist(),
        "high": runs.max(axis=0).tolist(),
        "theory": expected,
        "first": float(mean[0]),
        "last": float(mean[-1]),
        "least_growth": float(growth.min()),
        "most_growth": float(growth.max()),
    }


WORDS = {
    "ko": {
        "forward": "전활성값의 2차 적률",
        "backward": "그래디언트의 2차 적률",
        "layer": "층",
        "none": "바르게 읽음",
        "all": "모든 층을 뒤바꿈",
        "narrowing": "좁아지는 층만 뒤바꿈",
        "widening": "넓어지는 층만 뒤바꿈",
    },
    "en": {
        "forward": "Second moment of pre-activations",
        "backward": "Second moment of gradients",
        "layer": "layer",
        "none": "read correctly",
        "all": "every layer swapped",
        "narrowing": "only narrowing layers swapped",
        "widening": "only widening layers swapped",
    },
}
# Layer and power of ten at which a curve's name starts or ends.
LABELS = {
    "forward": {
        "narrowing": (11.5, 4.9, "right"),
        "none": (20, 1.5, "right"),
        "all": (20, -1.9, "right"),
        "widening": (12, -5.2, "right"),
    },
    "backward": {
        "narrowing": (9, 5.2, "left"),
        "none": (1, -1.9, "left"),
        "all": (1, 1.1, "left"),
        "widening": (8.5, -5.4, "left"),
    },
}
SHOWN = [1, 2, 5, 6, 9, 10, 13, 14, 17, 18, 20]


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(470, rows=2)
    for axes, kind in zip(panels, KINDS, strict=True):
        series = {name: data[name][kind] for name in LOOKS}
        curves(axes, series, LOOKS, words, LABELS[kind], SHOWN)
        for name, (color, _, _) in LOOKS.items():
            low, high = (np.array(series[name][end])[np.array(SHOWN) - 1] for end in ("low", "high"))
            axes.vlines(SHOWN, low, high, color=color, linewidth=1)
        axes.set_title(words[kind])
        axes.set_xticks([1, 5, 10, 15, 20])
        log_axis(axes, "y", range(-6, 7, 3))
        axes.set_ylim(10**-7.6, 10**7.6)
    panels[1].set_xlabel(words["layer"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    grown, lost = (order(data[name]["against_correct"]) for name in ("narrowing", "widening"))
    low, high = (fixed(data["none"]["forward"][end][-1], 1) for end in ("low", "high"))
    ends = fixed(data["none"]["forward"]["last"], 1), fixed(data["all"]["forward"]["last"], 1)
    if lang == "ko":
        return (
            f"너비 {data['narrow']}과 {data['wide']}가 번갈아 나오는 깊이 {data['depth']}의 ReLU 신경망에 He "
            "초기화를 쓰면서, 층마다 배열을 바르게 읽거나 팬인과 팬아웃을 뒤바꾸어 읽은 결과. 바르게 읽으면 "
            f"마지막 층의 2차 적률이 {ends[0]}(시드에 따라 {low}~{high}), "
            f"모든 층에서 뒤바꾸면 오르내리다가 {ends[1]}. 좁아지는 층에서만 "
            f"뒤바꾸면 바르게 읽었을 때의 {grown}배쯤으로 커지고, 넓어지는 층에서만 뒤바꾸면 {lost}배쯤으로 "
            "줄어듦. 그래디언트도 같은 쪽으로 어긋남. Xavier 초기화에서는 뒤바꾸어 읽어도 가중치가 하나도 "
            f"달라지지 않음. 선은 이론값, 표식은 시드 {data['seeds']}개의 평균, 세로 막대는 시드 사이의 범위."
        )
    return (
        f"A ReLU network of depth {data['depth']} whose widths alternate between {data['narrow']} and "
        f"{data['wide']}, under He initialization; in each layer the array is read correctly, or with fan-in and "
        f"fan-out swapped. Read correctly, the last layer has a second moment of {ends[0]} "
        f"({low} to {high} over the seeds); with every layer "
        f"swapped it goes up and down and ends at {ends[1]}. If only the narrowing layers are swapped, it "
        f"becomes about {grown} times what it is when read correctly; if only the widening ones are, about "
        f"{lost} times. The gradients go astray the same way. With Xavier "
        "initialization the swap does not change a single weight. Lines: theory; markers: the mean of "
        f"{data['seeds']} seeds; bars: their range."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    names = ("none", "all", "narrowing", "widening")
    last = [order(data[name]["forward"]["last"]) for name in names[2:]]
    first = [order(data[name]["backward"]["first"]) for name in names[2:]]
    level = fixed(data["all"]["forward"]["theory"][0], 1), fixed(data["all"]["forward"]["theory"][1], 1)
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 위는 전활성값의 2차 적률로, "
            f"바르게 읽은 것은 수평이고, 모든 층을 뒤바꾼 것은 {level[0]}와 {level[1]} 사이의 톱니이며, 좁아지는 "
            f"층만 뒤바꾼 것은 {last[0]}까지 오르고, 넓어지는 층만 뒤바꾼 것은 {last[1]}까지 내려감. 아래는 "
            f"그래디언트의 2차 적률로, 마지막 층에서 첫 층으로 갈수록 좁아지는 층만 뒤바꾼 것은 {first[0]}까지 "
            f"오르고, 넓어지는 층만 뒤바꾼 것은 {first[1]}까지 내려가며, 나머지 둘은 1 부근에 머묾."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']}, with logarithmic vertical axes. Above, the second "
        "moment of the pre-activations: read correctly it is level, with every layer swapped a saw between "
        f"{level[0]} and {level[1]}; with only the narrowing layers swapped it climbs to {last[0]}, with only "
        f"the widening ones it falls to {last[1]}. Below, the second moment of the gradients, from the last "
        f"layer back to the first: with only the narrowing layers swapped it climbs to {first[0]}, with only the "
        f"widening ones it falls to {first[1]}; the other two stay near 1."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    def agrees(name: str, kind: str) -> bool:
        ratio = np.array(data[name][kind]["layers"]) / np.array(data[name][kind]["theory"])
        return bool(np.all(np.abs(np.log10(ratio)) < math.log10(2)))

    def near(name: str, kind: str, low: float, high: float) -> bool:
        return bool(low < min(data[name][kind]["layers"]) and max(data[name][kind]["layers"]) < high)

    up, down = data["narrowing"], data["widening"]
    saw = np.diff(data["all"]["forward"]["layers"])
    return {
        "the mean over the seeds and theory agree within a factor of 2": all(
            agrees(name, kind) for name in MISREAD for kind in KINDS
        ),
        "read correctly or all swapped, both moments stay near 1": all(
            near(name, kind, 0.1, 10) for name in ("none", "all") for kind in KINDS
        ),
        "read correctly, theory is level": bool(np.ptp(data["none"]["forward"]["theory"]) < 1e-12),
        "all swapped goes up and down": bool(np.all(saw[::2] > 0) and np.all(saw[1::2] < 0)),
        "narrowing layers swapped: the signal grows in every seed": up["forward"]["least_growth"] > 1e4,
        "and the gradient does on the way back": up["backward"]["most_growth"] < 1e-4,
        "widening layers swapped: the signal fades in every seed": down["forward"]["most_growth"] < 1e-4,
        "and so does the gradient on the way back": down["backward"]["least_growth"] > 1e4,
        "in every seed the networks differ by exactly the theory's factor": all(
            abs(data[name]["against_correct"] / data[name]["theory_against_correct"] - 1) < 1e-9
            and data[name]["spread"] < 1e-9 * data[name]["against_correct"]
            for name in MISREAD
        ),
        "Xavier does not change at all": data["xavier_changed"] == 0,
    }
