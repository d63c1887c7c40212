"""What does Xavier give up forward and backward when fan-in and fan-out differ?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, BROWN, FG, GREEN, doubling_axis, figure, fixed, label

EXAMPLE = (784, 256)
MIDDLE = 1024
OCTAVES = 4
POINTS_IN_OCTAVE = 4
# Var[W] of each rule. 1/fan_out is the LeCun rule with the two fans exchanged.
RULES = {
    "xavier": lambda fan_in, fan_out: weightinit.variance("xavier", fan_in, fan_out),
    "one_over_fan_in": lambda fan_in, fan_out: weightinit.variance("lecun", fan_in, fan_out),
    "one_over_fan_out": lambda fan_in, fan_out: weightinit.variance("lecun", fan_out, fan_in),
}
BATCH, SEED = 512, 2


def compute() -> dict[str, Any]:
    steps = np.arange(-OCTAVES * POINTS_IN_OCTAVE, OCTAVES * POINTS_IN_OCTAVE + 1) / POINTS_IN_OCTAVE
    fans = [(round(MIDDLE * 2.0 ** (step / 2)), round(MIDDLE * 2.0 ** (-step / 2))) for step in steps]
    data: dict[str, Any] = {"ratios": [fan_in / fan_out for fan_in, fan_out in fans]}
    for name in RULES:
        both = [_factors(name, fan_in, fan_out) for fan_in, fan_out in fans]
        data[name] = {"forward": [f for f, _ in both], "backward": [b for _, b in both]}
    fan_in, fan_out = EXAMPLE
    forward, backward = _factors("xavier", fan_in, fan_out)
    products = [f * b for f, b in zip(data["xavier"]["forward"], data["xavier"]["backward"], strict=True)]
    return data | {
        "fan_in": fan_in,
        "fan_out": fan_out,
        "ratio": fan_in / fan_out,
        "forward": forward,
        "backward": backward,
        "product": forward * backward,
        "means_squared": fan_in * fan_out / ((fan_in + fan_out) / 2) ** 2,
        "measured": _measured(fan_in, fan_out),
        "products": products,
        "largest_product": max(products),
        "largest_factor": max(data["xavier"]["forward"]),
        "widest_ratio": data["ratios"][-1],
    }


def _factors(rule: str, fan_in: int, fan_out: int) -> tuple[float, float]:
    variance = RULES[rule](fan_in, fan_out)
    return weightinit.forward_factor(variance, fan_in), weightinit.backward_factor(variance, fan_out)


def _measured(fan_in: int, fan_out: int) -> dict[str, float]:
    """The same two factors in one sampled linear layer."""
    rng = np.random.default_rng(SEED)
    weights = weightinit.xavier_normal((fan_out, fan_in), rng=rng, dtype=np.float64)
    x, gradient = rng.standard_normal((BATCH, fan_in)), rng.standard_normal((BATCH, fan_out))
    return {
        "forward": float(np.mean((x @ weights.T) ** 2) / np.mean(x**2)),
        "backward": float(np.mean((gradient @ weights) ** 2) / np.mean(gradient**2)),
    }


WORDS = {
    "ko": {
        "forward": "순전파: 활성값의 2차 적률에 곱해지는 배율",
        "backward": "역전파: 그래디언트의 2차 적률에 곱해지는 배율",
        "ratio": "팬인 / 팬아웃",
        "one_over_fan_in": "분산 1/팬인",
        "one_over_fan_out": "분산 1/팬아웃",
    },
    "en": {
        "forward": "Forward: factor on the activations’ second moment",
        "backward": "Backward: factor on the gradients’ second moment",
        "ratio": "fan-in / fan-out",
        "one_over_fan_in": "variance 1/fan-in",
        "one_over_fan_out": "variance 1/fan-out",
    },
}
LOOKS = {
    "xavier": (BLUE, "solid"),
    "one_over_fan_in": (GREEN, (0, (6, 2, 1, 2))),
    "one_over_fan_out": (BROWN, (0, (4, 1.6))),
}
LABELS = {
    "forward": {
        "xavier": (1 / 13, 0.34, "left"),
        "one_over_fan_in": (1 / 15, 1.4, "left"),
        "one_over_fan_out": (2.9, 5.6, "right"),
        "example": (16, 2.42, "right"),
    },
    "backward": {
        "xavier": (1 / 15, 2.7, "left"),
        "one_over_fan_in": (1 / 2.9, 5.6, "left"),
        "one_over_fan_out": (15, 1.4, "right"),
        "example": (16, 0.68, "right"),
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    result, panels = figure(480, rows=2, sharex=True, sharey=True)
    for axes, direction in zip(panels, LABELS, strict=True):
        _panel(axes, data, direction, lang)
    panels[1].set_xlabel(WORDS[lang]["ratio"])
    return result


def _panel(axes: Axes, data: dict[str, Any], direction: str, lang: str) -> None:
    words = WORDS[lang]
    doubling_axis(axes, "x", range(-OCTAVES, OCTAVES + 1))
    doubling_axis(axes, "y", range(-OCTAVES, OCTAVES + 1, 2))
    axes.set_title(words[direction])
    axes.axhline(1, color=FG, linewidth=0.6)
    for name, (color, dash) in LOOKS.items():
        axes.plot(data["ratios"], data[name][direction], color=color, linestyle=dash)
        x, y, side = LABELS[direction][name]
        label(axes, x, y, words.get(name, "Xavier"), color, side)
    axes.plot([data["ratio"]], [data[direction]], marker="o", color=BLUE)
    x, y, side = LABELS[direction]["example"]
    label(axes, x, y, f"{data['fan_in']} → {data['fan_out']}: {fixed(data[direction], 3)}", BLUE, side)


def caption(data: dict[str, Any], lang: str) -> str:
    forward, backward, product = (fixed(data[key], 3) for key in ("forward", "backward", "product"))
    fans = f"{data['fan_in']} → {data['fan_out']}"
    if lang == "ko":
        return (
            "Xavier의 절충. 분산 1/팬인은 순전파의 배율을, 분산 1/팬아웃은 역전파의 배율을 1로 지키는 대신 "
            "다른 쪽을 놓침. Xavier의 두 배율은 팬인과 팬아웃이 같을 때만 함께 1이고, 어느 쪽도 2를 넘지 "
            f"않음. {fans} 층에서는 순전파 {forward}, 역전파 {backward}. 두 배율의 곱({product})은 1을 넘지 "
            "못함."
        )
    return (
        "Xavier's compromise. Variance 1/fan-in keeps the forward factor at 1 and variance 1/fan-out the "
        "backward one, each at the other's expense. Xavier's two factors are both 1 only where fan-in "
        f"equals fan-out, and neither exceeds 2. For a {fans} layer they are {forward} forward and "
        f"{backward} backward; their product ({product}) never exceeds 1."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    widest = fixed(data["widest_ratio"], 0)
    low, high = (fixed(x, 3) for x in (data["xavier"]["forward"][0], data["largest_factor"]))
    if lang == "ko":
        return (
            f"가로축은 팬인 / 팬아웃(1/{widest}부터 {widest}까지), 세로축은 배율이며 둘 다 로그 눈금. 위의 "
            f"순전파에서 분산 1/팬인은 1에서 수평이고, 분산 1/팬아웃은 1/{widest}에서 {widest}까지 곧게 "
            f"오르며, Xavier는 그 사이에서 {low}부터 {high}까지 완만히 오름. 아래의 역전파는 좌우를 뒤집은 "
            f"모양. {data['fan_in']} → {data['fan_out']} 층은 점으로 표시(순전파 "
            f"{fixed(data['forward'], 3)}, 역전파 {fixed(data['backward'], 3)})."
        )
    return (
        f"Two charts against fan-in / fan-out, from 1/{widest} to {widest}, both axes logarithmic. Forward, "
        f"variance 1/fan-in is level at 1, variance 1/fan-out rises straight from 1/{widest} to {widest}, "
        f"and Xavier rises gently between them, from {low} to {high}. Backward is the mirror image. Dots "
        f"mark the {data['fan_in']} → {data['fan_out']} layer: {fixed(data['forward'], 3)} and "
        f"{fixed(data['backward'], 3)}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    ratios = np.array(data["ratios"])
    forward, backward = (
        {name: np.array(data[name][way]) for name in RULES} for way in ("forward", "backward")
    )
    xavier, square = forward["xavier"], len(ratios) // 2
    between = np.sort([forward["one_over_fan_in"], forward["one_over_fan_out"]], axis=0)
    return {
        "1/fan-in keeps the forward factor at 1, 1/fan-out the backward one": bool(
            np.allclose(forward["one_over_fan_in"], 1) and np.allclose(backward["one_over_fan_out"], 1)
        ),
        "each at the other's expense": bool(
            np.allclose(forward["one_over_fan_out"], ratios)
            and np.allclose(backward["one_over_fan_in"], 1 / ratios)
        ),
        "Xavier's factors are both 1 only where the fans are equal": bool(ratios[square] == 1)
        and bool(np.isclose(xavier[square], 1) and np.isclose(backward["xavier"][square], 1))
        and bool(np.all(np.abs(np.delete(xavier, square) - 1) > 0.05)),
        "neither of Xavier's factors exceeds 2": bool(xavier.max() < 2 and backward["xavier"].max() < 2),
        "their product never exceeds 1 and is the squared ratio of the means": data["largest_product"]
        <= 1 + 1e-12
        and math.isclose(data["product"], data["means_squared"], rel_tol=1e-12),
        "Xavier rises gently between the other two": bool(
            np.all(np.diff(xavier) > 0)
            and np.all((between[0] - 1e-9 <= xavier) & (xavier <= between[1] + 1e-9))
        ),
        "backward mirrors forward": all(
            bool(np.allclose(backward[name], forward[other][::-1]))
            for name, other in (
                ("xavier", "xavier"),
                ("one_over_fan_in", "one_over_fan_out"),
                ("one_over_fan_out", "one_over_fan_in"),
            )
        ),
        "the ratios reach from 1/16 to 16": bool(ratios[0] == 1 / ratios[-1] == 1 / data["widest_ratio"]),
        "a sampled layer has these factors": all(
            abs(data["measured"][way] / data[way] - 1) < 0.03 for way in ("forward", "backward")
        ),
    }
