"""What is drawn when a truncated normal distribution with a standard deviation of 0.02 is asked for?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, RED, figure, fixed, label, percent

ASKED, BOUND, CUT = 0.02, 2.0, 2.0
COUNT, SEEDS, STEP = 200_000, 5, 0.002
ROWS = ("absolute", "cut", "corrected")
LOOKS = {"absolute": RED, "cut": BLUE, "corrected": GREEN}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"asked": ASKED, "bound": BOUND, "in_stds": BOUND / ASKED, "seeds": SEEDS, "count": COUNT}
    kept = weightinit.truncated_std(CUT)
    ends = {"absolute": BOUND, "cut": CUT * ASKED, "corrected": CUT * ASKED / kept}
    stds = {"absolute": ASKED * weightinit.truncated_std(BOUND / ASKED), "cut": ASKED * kept, "corrected": ASKED}
    edges = STEP * (np.arange(105) - 52)
    data["edges"] = edges.tolist()
    for name in ROWS:
        drawn = [_drawn(name, seed) for seed in range(SEEDS)]
        counts, _ = np.histogram(np.concatenate(drawn), edges)
        data[name] = {
            "end": ends[name],
            "std": stds[name],
            "share": stds[name] / ASKED,
            "low": min(float(values.std()) for values in drawn),
            "high": max(float(values.std()) for values in drawn),
            "largest": max(float(np.abs(values).max()) for values in drawn),
            "counts": counts.tolist(),
        }
    return data


def _drawn(name: str, seed: int) -> NDArray[np.float64]:
    """The numbers that each reading of the request gives."""
    rng = np.random.default_rng(seed)
    if name == "absolute":
        return ASKED * weightinit.normal((COUNT,), rng=rng, dtype=np.float64)  # ±2 lies a hundred std away
    unit = weightinit.truncated_normal((COUNT,), rng=rng, dtype=np.float64)
    return ASKED * (weightinit.truncated_std(CUT) if name == "cut" else 1.0) * unit


WORDS = {
    "ko": {
        "absolute": "범위 ±2: 잘리지 않음",
        "cut": "범위 ±0.04: 표준편차가 줆",
        "corrected": "줄어든 만큼 키운 뒤 ±2σ에서 자름",
        "std": "표준편차",
        "weight": "가중치",
        "count": "개수",
    },
    "en": {
        "absolute": "Bounds ±2: nothing is cut",
        "cut": "Bounds ±0.04: the std shrinks",
        "corrected": "Enlarged first, then cut at ±2σ",
        "std": "std",
        "weight": "weight",
        "count": "count",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(430, rows=3, sharex=True, sharey=True)
    for axes, name in zip(panels, ROWS, strict=True):
        one, color = data[name], LOOKS[name]
        axes.stairs(one["counts"], data["edges"], fill=True, color=color, alpha=0.35, linewidth=0)
        axes.stairs(one["counts"], data["edges"], color=color, linewidth=1.1)
        axes.set_title(words[name])
        axes.set_yscale("log")
        axes.set_ylim(0.7, 4e5)
        axes.set_yticks([1, 100, 10_000], ["1", "10²", "10⁴"])
        axes.minorticks_off()
        axes.set_ylabel(words["count"])
        if name != "absolute":
            for side in (-1, 1):
                axes.plot([side * one["end"]] * 2, [0.7, 1.5e5], color=FG, linewidth=1, linestyle=(0, (4, 2)))
            label(axes, one["end"] + 0.004, 3e4, f"±{fixed(one['end'], 4)}", FG)
        label(axes, -0.1, 3e4, f"{words['std']} {fixed(one['std'], 4)}", color)
    panels[-1].set_xlim(-0.104, 0.104)
    panels[-1].set_xticks([-0.08, -0.04, 0, 0.04, 0.08], ["−0.08", "−0.04", "0", "0.04", "0.08"])
    panels[-1].set_xlabel(words["weight"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    free, cut, good = (data[name] for name in ROWS)
    asked = fixed(data["asked"], 2)
    if lang == "ko":
        return (
            f"표준편차 {asked}인 절단 정규 분포를 세 가지로 부른 결과. 시드 {data['seeds']}개로 {data['count']:,}개씩 "
            f"뽑음. 위: 범위가 절댓값 ±2이면 표준편차의 {data['in_stds']:.0f}배라서 보통의 정규 분포와 같고, 가장 "
            f"큰 값은 {fixed(free['largest'], 3)}. 가운데: 범위를 ±{fixed(cut['end'], 2)}로 주면 잘리지만 "
            f"표준편차가 요청한 값의 {percent(cut['share'])}. 아래: 잘려서 줄어드는 만큼 미리 키우면 표준편차가 "
            f"{fixed(good['std'], 2)}."
        )
    return (
        f"Three ways to ask for a truncated normal distribution with a standard deviation of {asked}, each drawn "
        f"{data['count']:,} times from {data['seeds']} seeds. Top: bounds of ±2 are absolute, {data['in_stds']:.0f} "
        f"standard deviations, so this is a plain normal distribution, with a largest value of "
        f"{fixed(free['largest'], 3)}. Middle: bounds of ±{fixed(cut['end'], 2)} do cut, but the standard deviation is "
        f"{percent(cut['share'])} of what was asked. Bottom: enlarged beforehand by what the cut takes, it is "
        f"{fixed(good['std'], 2)}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    ends = [fixed(data[name]["end"], 4) for name in ROWS[1:]]
    stds = [fixed(data[name]["std"], 4) for name in ROWS]
    if lang == "ko":
        return (
            f"가중치의 히스토그램 세 개, 세로축은 로그. 표준편차는 위에서부터 {', '.join(stds)}. 맨 위는 꼬리가 끊기지 "
            f"않고, 아래의 둘은 ±{ends[0]}과 ±{ends[1]}에서 수직으로 끊김."
        )
    return (
        f"Three histograms of weights with a logarithmic count; their standard deviations from top to bottom: "
        f"{', '.join(stds)}. The tails of the first go on; the other two end upright at ±{ends[0]} and ±{ends[1]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    free, cut, good = (data[name] for name in ROWS)
    tolerance = 5.85 * math.sqrt(1 / (2 * data["count"]))
    return {
        "±2 is a hundred standard deviations": abs(data["in_stds"] - data["bound"] / data["asked"]) < 1e-9
        and data["in_stds"] > 99,
        "nothing is cut at ±2": data["absolute"]["largest"] > 4 * data["asked"],
        "what is cut ends at its bounds": all(
            0.999 * data[name]["end"] < data[name]["largest"] <= data[name]["end"] for name in ROWS[1:]
        ),
        "the standard deviations are those measured, in every seed": all(
            abs(measured / data[name]["std"] - 1) < tolerance for name in ROWS for measured in _range(data[name])
        ),
        "the cut takes an eighth": abs(cut["share"] - 0.8796) < 5e-5,
        "the others keep what was asked": abs(free["share"] - 1) < 1e-9 and abs(good["share"] - 1) < 1e-9,
    }


def _range(one: dict[str, Any]) -> tuple[float, float]:
    return one["low"], one["high"]
