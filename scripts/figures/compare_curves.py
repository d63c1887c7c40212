"""When does the choice of a scheme show? Training curves of ReLU networks of three depths."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from scripts.book.figstyle import BLUE, BROWN, GREEN, PURPLE, figure, label, percent
from scripts.figures._compare import DEPTHS, EPOCHS, RATE, SEEDS, STEPS, Cell
from scripts.sweep import results

# Colour, dash and marker each tell the four apart.
LOOKS: dict[str, tuple[str, Any, str]] = {
    "fan_in_uniform": (BROWN, (0, (1, 1.2)), "v"),
    "xavier": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "he": (BLUE, "solid", "o"),
    "lsuv": (PURPLE, (0, (4, 1.6)), "D"),
}
WORDS = {
    "ko": {
        "fan_in_uniform": "균등 분포 ±1/√팬인",
        "xavier": "Xavier",
        "he": "He",
        "lsuv": "LSUV",
        "title": "{}층: 처음 보는 숫자의 정확도",
        "x": "걸음",
    },
    "en": {
        "fan_in_uniform": "uniform ±1/√fan-in",
        "xavier": "Xavier",
        "he": "He",
        "lsuv": "LSUV",
        "title": "{} layers: accuracy on unseen digits",
        "x": "step",
    },
}
# Where the names stand: panel, step, accuracy.
LABELS = {
    "fan_in_uniform": (2, 52, 0),
    "xavier": (2, 69, 20),
    "he": (2, 74, 63),
    "lsuv": (2, 17, 84),
}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"depths": list(DEPTHS), "seeds": SEEDS, "epoch": STEPS, "steps": STEPS * EPOCHS}
    for depth in DEPTHS:
        data[str(depth)] = {}
        for scheme in LOOKS:
            cells = [Cell(scheme, "relu", depth, RATE, EPOCHS, seed) for seed in range(SEEDS)]
            share = np.array([result.accuracy for result in results(cells)])
            data[str(depth)][scheme] = {
                "median": np.median(share, axis=0).tolist(),
                "low": share.min(axis=0).tolist(),
                "high": share.max(axis=0).tolist(),
                "end": float(np.median(share[:, -1])),
            }
    return data


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(560, rows=3, sharex=True)
    steps = data["epoch"] * np.arange(1, data["steps"] // data["epoch"] + 1)
    for axes, depth in zip(panels, data["depths"], strict=True):
        for scheme, (color, dash, marker) in LOOKS.items():
            found = data[str(depth)][scheme]
            low, middle, high = (100 * np.array(found[name]) for name in ("low", "median", "high"))
            axes.fill_between(steps, low, high, color=color, alpha=0.2, linewidth=0)
            axes.plot(steps, middle, color=color, linestyle=dash, marker=marker, markersize=3.5)
        axes.set_title(words["title"].format(depth))
        axes.set_ylim(-9, 103)
        axes.set_yticks([0, 50, 100], ["0\N{NO-BREAK SPACE}%", "50\N{NO-BREAK SPACE}%", "100\N{NO-BREAK SPACE}%"])
    for scheme, (panel, x, y) in LABELS.items():
        label(panels[panel], x, y, words[scheme], LOOKS[scheme][0])
    panels[-1].set_xticks(steps)
    panels[-1].set_xlabel(words["x"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    ends = {depth: [percent(data[str(depth)][name]["end"], 0) for name in LOOKS] for depth in data["depths"]}
    first, _, last = (", ".join(ends[depth]) for depth in data["depths"])
    shallow, _, deep = data["depths"]
    if lang == "ko":
        return (
            f"손글씨 숫자를 배우는 ReLU 신경망의 정확도. 위에서부터 {', '.join(map(str, data['depths']))}층. "
            f"{data['steps']}걸음 뒤의 중앙값은 균등 분포, Xavier, He, LSUV의 차례로 {shallow}층에서 {first}, "
            f"{deep}층에서 {last}. 선은 시드 {data['seeds']}개의 중앙값, 띠는 최솟값에서 최댓값까지."
        )
    return (
        "Accuracy of ReLU networks that learn handwritten digits, from above with "
        f"{', '.join(map(str, data['depths'][:-1]))} and {deep} layers. After {data['steps']} steps the medians of "
        f"the uniform default, Xavier, He and LSUV are, in this order, {first} with {shallow} layers and {last} with "
        f"{deep}. Lines: median of {data['seeds']} seeds; bands: smallest to largest."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    shallow, middle, deep = data["depths"]
    flat = percent(data[str(deep)]["fan_in_uniform"]["end"], 0)
    if lang == "ko":
        return (
            f"{shallow}층에서는 네 선이 함께 올라가 띠가 서로 겹침. {middle}층에서는 균등 분포만 뒤처지고 Xavier가 "
            f"He와 LSUV보다 늦게 올라감. {deep}층에서는 He와 LSUV만 높이 올라가고, Xavier는 그 아래에서 이제 막 오르기 "
            f"시작하며, 균등 분포는 {flat}에서 수평."
        )
    return (
        f"With {shallow} layers the four lines rise together and their bands overlap. With {middle}, the uniform "
        f"default is left behind, and Xavier rises later than He and LSUV. With {deep}, only He and LSUV climb high; "
        f"Xavier, below them, has just begun to rise, and the uniform default stays level at {flat}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    shallow, middle, deep = (data[str(depth)] for depth in data["depths"])
    half = data["steps"] // data["epoch"] // 2 - 1
    return {
        "with two layers all bands overlap in the end": max(f["low"][-1] for f in shallow.values())
        < min(f["high"][-1] for f in shallow.values()),
        "with five only the default is left behind": middle["fan_in_uniform"]["high"][-1] < 0.5
        and min(middle[name]["low"][-1] for name in ("xavier", "he", "lsuv")) > 0.85,
        "and Xavier is later half way": middle["xavier"]["high"][half - 1] < middle["he"]["low"][half - 1]
        and middle["xavier"]["high"][half - 1] < middle["lsuv"]["low"][half - 1],
        "with ten only He and LSUV climb high": min(deep[name]["low"][-1] for name in ("he", "lsuv")) > 0.75
        and deep["xavier"]["high"][-1] < 0.55,
        "Xavier has begun to rise": deep["xavier"]["end"] > 2 * deep["xavier"]["median"][half],
        "the default stays at a guess": max(deep["fan_in_uniform"]["high"]) < 0.15,
    }
