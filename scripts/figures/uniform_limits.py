"""How wide are three uniform distributions that all go with 1/√fan_in, and what is left without the minus sign?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, BROWN, FG, GREEN, RED, figure, fixed

FAN_IN, FAN_OUT, SEEDS = 784, 256, 5
# From top to bottom; the first is the interval whose two ends are one number.
ROWS = {"point": (RED, None), "default": (BROWN, "fan_in_uniform"), "lecun": (GREEN, "lecun"), "he": (BLUE, "he")}


def compute() -> dict[str, Any]:
    """All lengths are multiples of 1/√fan_in."""
    unit = 1 / math.sqrt(FAN_IN)
    data: dict[str, Any] = {"fan_in": FAN_IN, "fan_out": FAN_OUT, "seeds": SEEDS}
    limit = weightinit.bound("fan_in_uniform", FAN_IN, FAN_OUT)
    drawn = np.random.default_rng(0).uniform(limit, limit, size=(FAN_OUT, FAN_IN))
    data["point"] = {"low": float(drawn.min()) / unit, "high": float(drawn.max()) / unit}
    for name, (_, scheme) in ROWS.items():
        if scheme is None:
            continue
        draws = [_draw(scheme, seed) / unit for seed in range(SEEDS)]
        stds = [float(np.sqrt(np.mean(w**2))) for w in draws]
        data[name] = {
            "limit": weightinit.bound(scheme, FAN_IN, FAN_OUT) / unit,
            "std": weightinit.std(scheme, FAN_IN, FAN_OUT) / unit,
            "std_low": min(stds),
            "std_high": max(stds),
            "largest": max(float(abs(w).max()) for w in draws),
        }
    drawn_rows = [data[name] for name in ROWS if name != "point"]
    data["off"] = max(abs(row[end] / row["std"] - 1) for row in drawn_rows for end in ("std_low", "std_high"))
    return data


def _draw(scheme: str, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    return weightinit.initialize(scheme, (FAN_OUT, FAN_IN), rng=rng, distribution="uniform", dtype=np.float64)


WORDS = {
    "ko": {
        "point": "음의 부호를 빠뜨린 것: 한 점",
        "default": "±1/√팬인 (PyTorch 기본값)",
        "lecun": "LeCun의 균등 분포",
        "he": "He의 균등 분포",
        "std": "표준편차",
        "limit": "범위",
        "axis": "가중치 × √팬인",
    },
    "en": {
        "point": "without the minus sign: one point",
        "default": "±1/√fan-in (PyTorch's default)",
        "lecun": "LeCun, uniform",
        "he": "He, uniform",
        "std": "std",
        "limit": "limit",
        "axis": "weight × √fan-in",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(330)
    for at, (name, (color, scheme)) in zip((3, 2, 1, 0), ROWS.items(), strict=True):
        row = data[name]
        text = words[name]
        if scheme is None:
            axes.plot([row["high"]], [at], color=color, marker="X", markersize=9, linestyle="none")
        else:
            limit, std = row["limit"], row["std"]
            axes.barh([at], [2 * limit], left=[-limit], height=0.3, color=color, alpha=0.35, linewidth=0)
            for side in (-1, 1):
                axes.plot([side * limit] * 2, [at - 0.2, at + 0.2], color=color, linewidth=2)
            axes.plot([-std, std], [at, at], color=FG, marker="D", markersize=5, linestyle=(0, (1, 1.5)), linewidth=1)
            text += f": {words['limit']} {fixed(limit, 3)}, {words['std']} {fixed(std, 3)}"
        axes.text(-2.6, at + 0.38, text, color=color, verticalalignment="center")
    he = data["he"]
    for place, word, side in ((he["std"], "std", "center"), (he["limit"], "limit", "right")):
        axes.text(place, -0.36, words[word], color=FG, horizontalalignment=side, verticalalignment="center")
    axes.set_xlim(-2.7, 2.7)
    axes.set_ylim(-0.55, 3.65)
    axes.set_yticks([])
    axes.set_xticks([-2, -1, 0, 1, 2], ["−2", "−1", "0", "1", "2"])
    axes.set_xlabel(words["axis"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    default, lecun, he = (data[name] for name in ("default", "lecun", "he"))
    limits = [fixed(row["limit"], 3) for row in (default, lecun, he)]
    stds = [fixed(row["std"], 3) for row in (default, lecun, he)]
    off = fixed(100 * data["off"], 1) + "\N{NO-BREAK SPACE}%"
    if lang == "ko":
        return (
            "1/√팬인을 단위로 잰 네 구간. 막대는 가중치가 나올 수 있는 범위, 마름모는 표준편차. 범위가 "
            f"{limits[0]}이면 표준편차는 {stds[0]}에 그침. 표준편차가 {stds[1]}이려면 범위가 {limits[1]}(LeCun), "
            f"{stds[2]}이려면 {limits[2]}(He)이어야 함. 음의 부호를 빠뜨리면 구간은 한 점이 되고 모든 가중치가 같음. "
            f"{data['fan_in']} → {data['fan_out']} 층에서 시드 {data['seeds']}개로 뽑은 표준편차는 그린 값과 "
            f"{off} 안에서 일치."
        )
    return (
        "Four intervals, measured in units of 1/√fan-in. Bars: where weights may lie; diamonds: the standard "
        f"deviation. With the limit {limits[0]} the standard deviation is only {stds[0]}. For a standard deviation of "
        f"{stds[1]} the limit has to be {limits[1]} (LeCun), for {stds[2]} it has to be {limits[2]} (He). Without the "
        f"minus sign the interval is one point, and all weights are equal. Drawn for a {data['fan_in']} → "
        f"{data['fan_out']} layer with {data['seeds']} seeds, the standard deviations agree with these within {off}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    limits = [fixed(data[name]["limit"], 3) for name in ("default", "lecun", "he")]
    stds = [fixed(data[name]["std"], 3) for name in ("default", "lecun", "he")]
    if lang == "ko":
        return (
            "가로축이 가중치인 네 줄. 맨 위는 1에 찍힌 점 하나. 그 아래로 0에서 양쪽으로 같은 길이만큼 뻗은 막대 셋이 "
            f"차례로 길어져 ±{limits[0]}, ±{limits[1]}, ±{limits[2]}에서 끝나고, 표준편차를 나타내는 마름모는 "
            f"±{stds[0]}, ±{stds[1]}, ±{stds[2]}에 있음."
        )
    return (
        "Four rows over an axis of weights. At the top a single point at 1. Below, three bars that reach equally far "
        f"to both sides of 0, each longer than the one before: they end at ±{limits[0]}, ±{limits[1]} and "
        f"±{limits[2]}, and the diamonds of their standard deviations stand at ±{stds[0]}, ±{stds[1]} and ±{stds[2]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    rows = [data[name] for name in ("default", "lecun", "he")]
    return {
        "the limit is √3 times the std in all three": all(
            abs(row["limit"] - math.sqrt(3) * row["std"]) < 1e-12 for row in rows
        ),
        "the default has the limit 1, LeCun the std 1, He twice LeCun's variance": abs(rows[0]["limit"] - 1) < 1e-12
        and abs(rows[1]["std"] - 1) < 1e-12
        and abs(rows[2]["std"] ** 2 - 2) < 1e-12,
        "without the sign all weights are equal, and at the limit": data["point"]["low"] == data["point"]["high"]
        and abs(data["point"]["high"] - 1) < 1e-12,
        "what is drawn has this std": data["off"] < 0.005,
        "and stays inside, up to the ends": all(0.999 < row["largest"] / row["limit"] <= 1 for row in rows),
    }
