"""Where do the weights of one layer lie: as the note writes its two uniform distributions, and put right?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, RED, figure, fixed, label

FAN_IN, FAN_OUT, SEEDS = 784, 256, 5
ROWS = ("empty", "default", "std_as_limit", "xavier")
LIMIT = weightinit.bound("fan_in_uniform", FAN_IN, FAN_OUT)
STD, BOUND = weightinit.std("xavier", FAN_IN, FAN_OUT), weightinit.bound("xavier", FAN_IN, FAN_OUT)
ENDS = {"empty": (LIMIT, LIMIT), "default": (-LIMIT, LIMIT), "std_as_limit": (-STD, STD), "xavier": (-BOUND, BOUND)}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"fan_in": FAN_IN, "fan_out": FAN_OUT, "seeds": SEEDS}
    for name, (low, high) in ENDS.items():
        stds, values = [], []
        for seed in range(SEEDS):
            drawn = np.random.default_rng(seed).uniform(low, high, (FAN_OUT, FAN_IN))
            stds.append(float(np.ptp(drawn) and drawn.std()))
            values.append(len(np.unique(drawn)))
        data[name] = {
            "low": low,
            "high": high,
            "std": (high - low) / 12**0.5,
            "std_low": min(stds),
            "std_high": max(stds),
            "values": min(values),
        }
    data["asked"] = weightinit.std("xavier", FAN_IN, FAN_OUT)
    data["default_std"] = weightinit.std("fan_in_uniform", FAN_IN, FAN_OUT)
    return data


COLORS = {"empty": RED, "default": GREEN, "std_as_limit": RED, "xavier": BLUE}
WORDS = {
    "ko": {
        "title": "가중치가 놓이는 범위",
        "axis": "가중치",
        "empty": "노트의 uniform(1/√n, 1/√n): 한 점",
        "default": "고친 것: ±1/√n",
        "std_as_limit": "표준편차를 범위로 쓴 Xavier",
        "xavier": "고친 것: 표준편차에 √3을 곱함",
        "std": "표준편차 {}",
    },
    "en": {
        "title": "Where the weights lie",
        "axis": "weight",
        "empty": "the note’s uniform(1/√n, 1/√n): one point",
        "default": "put right: ±1/√n",
        "std_as_limit": "Xavier, its std taken as the limit",
        "xavier": "put right: the std times √3",
        "std": "std {}",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(300)
    for row, name in enumerate(ROWS):
        one, color = data[name], COLORS[name]
        ends = one["low"], one["high"]
        if name == "empty":
            axes.plot([one["low"]], [row], marker="D", color=color, linestyle="none", markersize=6)
        else:
            axes.fill_between(ends, row - 0.16, row + 0.16, color=color, alpha=0.35, linewidth=0)
            axes.plot(ends, (row, row), color=color, linestyle="none", marker="|", markersize=13)
        label(axes, -0.105, row - 0.38, words[name], FG)
        label(axes, 0.112, row, words["std"].format(fixed(one["std"], 4) if one["std"] else "0"), color)
    axes.set_title(words["title"])
    axes.set_ylim(len(ROWS) - 0.6, -0.6)
    axes.set_yticks([])
    axes.grid(False, axis="y")
    axes.set_xlim(-0.108, 0.19)
    axes.set_xticks([-0.08, -0.04, 0, 0.04, 0.08], ["−0.08", "−0.04", "0", "0.04", "0.08"])
    axes.set_xlabel(words["axis"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    empty, default, wrong, right = (data[name] for name in ROWS)
    ends = fixed(empty["low"], 4), fixed(default["high"], 4), fixed(wrong["high"], 4), fixed(right["high"], 4)
    if lang == "ko":
        return (
            f"{data['fan_in']} → {data['fan_out']} 층의 균등 분포, 적힌 대로와 고친 뒤. 적힌 구간은 {ends[0]}에서 "
            f"시작해 같은 점에서 끝나므로 뽑은 값이 모두 같음. 부호를 되살리면 ±{ends[1]}, 표준편차 "
            f"{fixed(default['std'], 4)}. Xavier의 표준편차를 범위로 쓰면 ±{ends[2]}라서 표준편차가 "
            f"{fixed(wrong['std'], 4)}으로 줄고, √3을 곱하면 ±{ends[3]}, 표준편차 {fixed(right['std'], 4)}. 시드 "
            f"{data['seeds']}개로 뽑아 확인함."
        )
    return (
        f"Uniform distributions of a {data['fan_in']} → {data['fan_out']} layer, as written and put right. The "
        f"interval as written begins at {ends[0]} and ends at the same point, so all values drawn are equal. With "
        f"its sign put back it is ±{ends[1]}, with standard deviation {fixed(default['std'], 4)}. The standard "
        f"deviation of Xavier taken as the limit gives ±{ends[2]} and a standard deviation of only "
        f"{fixed(wrong['std'], 4)}; multiplied by √3 it gives ±{ends[3]} and {fixed(right['std'], 4)}. Checked with "
        f"draws from {data['seeds']} seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    stds = [fixed(data[name]["std"], 4) for name in ROWS[1:]]
    if lang == "ko":
        return (
            "가중치의 축 위에 네 줄. 첫 줄은 0보다 큰 곳의 점 하나, 나머지 셋은 0의 양쪽에 같은 길이로 뻗은 띠. 띠의 "
            f"표준편차는 차례로 {stds[0]}, {stds[1]}, {stds[2]}."
        )
    return (
        "Four rows above an axis of weights. The first is a single point to the right of 0, the others are bands that "
        f"reach equally far on both sides of 0, with standard deviations of {stds[0]}, {stds[1]} and {stds[2]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    empty, default, wrong, right = (data[name] for name in ROWS)
    return {
        "as written, all values are one value": empty["values"] == 1 and empty["std_high"] == 0 and empty["low"] > 0,
        "put right, there are many": min(one["values"] for one in (default, wrong, right)) > 200_000,
        "the standard deviations are those drawn, in every seed": all(
            abs(measured - one["std"]) < 0.01 * one["std"]
            for one in (default, wrong, right)
            for measured in (one["std_low"], one["std_high"])
        ),
        "only the limit with √3 has the std asked for": abs(right["std"] / data["asked"] - 1) < 1e-12
        and abs(3 * wrong["std"] ** 2 / data["asked"] ** 2 - 1) < 1e-12,
        "the sign put back gives PyTorch’s default": abs(default["std"] / data["default_std"] - 1) < 1e-12
        and default["high"] == empty["high"],
    }
