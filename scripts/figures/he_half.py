"""How much of a pre-activation's second moment does ReLU keep, and how much of that is variance?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, GRID, SLATE, figure, fixed, label

FAN_IN, FAN_OUT, BATCH, SEEDS = 784, 256, 500, 5
END = 4.0


def compute() -> dict[str, Any]:
    kept = weightinit.mean_square("relu")
    mean = 1 / math.sqrt(2 * math.pi)
    runs = np.array([_run(seed) for seed in range(SEEDS)])
    shares, variances = runs[:, 0], runs[:, 1]
    return {
        "fan_in": FAN_IN,
        "fan_out": FAN_OUT,
        "batch": BATCH,
        "seeds": SEEDS,
        "kept": kept,
        "lost": weightinit.mean_square("linear") - kept,
        "mean": mean,
        "mean_squared": mean**2,
        "variance": kept - mean**2,
        "measured": {
            "kept": float(shares.mean()),
            "kept_low": float(shares.min()),
            "kept_high": float(shares.max()),
            "variance": float(variances.mean()),
            "variance_low": float(variances.min()),
            "variance_high": float(variances.max()),
        },
    }


def _run(seed: int) -> tuple[float, float]:
    """What ReLU keeps of the second moment of one layer's pre-activations, and its variance, both as shares."""
    rng = np.random.default_rng(seed)
    weights = [weightinit.lecun_normal((FAN_OUT, FAN_IN), rng=rng, dtype=np.float64)]
    pre, post = weightinit.forward(rng.standard_normal((BATCH, FAN_IN)), weights, "relu")
    whole = float(np.mean(pre[0] ** 2))
    return float(np.mean(post[0] ** 2)) / whole, float(np.var(post[0])) / whole


WORDS = {
    "ko": {
        "top": "z²에 밀도를 곱한 곡선: 넓이가 2차 적률",
        "lost": "ReLU가 지우는 몫",
        "kept": "ReLU가 남기는 몫",
        "bottom": "남은 2차 적률의 내역",
        "variance": "분산",
        "mean": "평균의 제곱",
        "axis": "2차 적률",
        "z": "전활성값 z",
    },
    "en": {
        "top": "z² times the density: its area is the second moment",
        "lost": "erased by ReLU",
        "kept": "kept by ReLU",
        "bottom": "What the kept second moment is made of",
        "variance": "variance",
        "mean": "squared mean",
        "axis": "second moment",
        "z": "pre-activation z",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, (top, bottom) = figure(390, rows=2, height_ratios=(5, 2))
    z = np.linspace(-END, END, 81)
    curve = z**2 * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    top.fill_between(z[z >= 0], curve[z >= 0], color=BLUE, alpha=0.35, linewidth=0)
    top.fill_between(z[z <= 0], curve[z <= 0], facecolor="none", edgecolor=GRID, hatch="////", linewidth=0)
    top.plot(z, curve, color=FG, linewidth=1.2)
    top.set_title(words["top"])
    for name, place, color in (("lost", -2.2, FG), ("kept", 2.2, BLUE)):
        _centered(top, place, 0.375, words[name], color)
        _centered(top, place, 0.345, fixed(data[name], 1), color)
    top.set_ylim(0, 0.4)
    top.set_yticks([0, 0.1, 0.2, 0.3])
    top.set_xlim(-END - 0.2, END + 0.2)
    top.set_xticks([-4, -2, 0, 2, 4], ["−4", "−2", "0", "2", "4"])
    top.set_xlabel(words["z"])
    bottom.barh([0], [data["variance"]], color=GREEN, alpha=0.4, height=0.6)
    bottom.barh([0], [data["mean_squared"]], left=[data["variance"]], color=SLATE, alpha=0.75, height=0.6)
    bottom.set_title(words["bottom"])
    _centered(bottom, data["variance"] / 2, 0.62, f"{words['variance']} {fixed(data['variance'], 3)}", FG)
    _centered(
        bottom,
        data["variance"] + data["mean_squared"] / 2,
        0.62,
        f"{words['mean']} {fixed(data['mean_squared'], 3)}",
        FG,
    )
    bottom.set_ylim(-0.4, 0.9)
    bottom.set_yticks([])
    bottom.set_xlim(0, 0.56)
    bottom.set_xticks([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    bottom.set_xlabel(words["axis"])
    return result


def _centered(axes: Axes, x: float, y: float, text: str, color: str) -> None:
    label(axes, x, y, text, color, "center")


def caption(data: dict[str, Any], lang: str) -> str:
    measured = data["measured"]
    seen = fixed(measured["kept_low"], 3), fixed(measured["kept_high"], 3)
    parts = fixed(data["variance"], 3), fixed(data["mean_squared"], 3)
    half = fixed(data["kept"], 1)
    if lang == "ko":
        return (
            "표준 정규 분포를 따르는 전활성값에 ReLU가 하는 일. 2차 적률 1 가운데 왼쪽 절반은 지워지고 오른쪽 "
            f"{half}만 남음. 남은 {half}는 분산 {parts[0]}과 평균의 제곱 {parts[1]}의 합. {data['fan_in']} → "
            f"{data['fan_out']} 층에서 잰 남은 비율은 시드 {data['seeds']}개에서 {seen[0]}부터 {seen[1]}까지."
        )
    return (
        "What ReLU does to a pre-activation that follows the standard normal distribution. Of its second moment, 1, "
        f"the left half is erased and the right {half} kept. The kept {half} is the sum of the variance, {parts[0]}, "
        f"and the squared mean, {parts[1]}. Measured in a {data['fan_in']} → {data['fan_out']} layer, the kept share "
        f"is {seen[0]} to {seen[1]} over {data['seeds']} seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    parts = fixed(data["variance"], 3), fixed(data["mean_squared"], 3)
    half = fixed(data["kept"], 1)
    if lang == "ko":
        return (
            "위는 0을 기준으로 좌우가 똑같은 두 봉우리 곡선. 왼쪽 봉우리는 빗금으로 지워지고 오른쪽 봉우리만 "
            f"색칠됨(넓이 각각 {half}). 아래는 남은 넓이를 분산 {parts[0]}과 평균의 제곱 {parts[1]}로 나눈 가로 막대."
        )
    return (
        "Above, a curve with two equal humps, mirror images about 0; the left hump is hatched, the right one filled "
        f"(area {half} each). Below, a bar divides the kept area into the variance, {parts[0]}, and the squared "
        f"mean, {parts[1]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    measured = data["measured"]
    return {
        "ReLU erases as much as it keeps": abs(data["kept"] - data["lost"]) < 1e-9,
        "the second moment is the variance and the squared mean": abs(
            data["variance"] + data["mean_squared"] - data["kept"]
        )
        < 1e-12,
        "the variance is about a third and not the half": abs(data["variance"] - 0.341) < 5e-4,
        "measured: half is kept, in every seed": bool(measured["kept_low"] > 0.49 and measured["kept_high"] < 0.51),
        "measured: the variance is smaller, in every seed": bool(
            measured["variance_low"] > 0.33 and measured["variance_high"] < 0.35
        ),
    }
