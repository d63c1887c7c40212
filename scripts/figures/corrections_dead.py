"""Does the standard deviation decide how many ReLU networks start out dead, or only how large the signal is?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, figure, fixed, label, log_axis, percent

WIDTH, DEPTH, SEEDS, NETS = 4, 20, 5, 300
STDS = [0.01, 0.03, 0.1, 0.3, math.sqrt(2 / WIDTH), 2.0, 5.0]
HE = 4  # its place among them


def compute() -> dict[str, Any]:
    shares, sizes = np.empty((SEEDS, len(STDS))), np.empty((SEEDS, len(STDS)))
    relu = weightinit.activation("relu").f
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        x = rng.standard_normal((NETS, WIDTH, 1))
        unit = weightinit.normal((DEPTH * NETS * WIDTH, WIDTH), rng=rng, dtype=np.float64)
        unit = unit.reshape(DEPTH, NETS, WIDTH, WIDTH)
        for place, std in enumerate(STDS):
            h = x
            for layer in unit:
                h = relu(std * layer @ h)
            alive = h.any(axis=(1, 2))
            shares[seed, place] = 1 - alive.mean()
            sizes[seed, place] = np.exp(np.mean(np.log(np.mean(h[alive] ** 2, axis=(1, 2))))) ** 0.5
    return {
        "width": WIDTH,
        "depth": DEPTH,
        "seeds": SEEDS,
        "nets": NETS,
        "stds": STDS,
        "he": weightinit.std("he", WIDTH, WIDTH),
        "theory": -math.expm1(DEPTH * math.log1p(-(2.0**-WIDTH))),
        "shares": shares.tolist(),
        "mean": shares.mean(axis=0).tolist(),
        "low": float(shares.min()),
        "high": float(shares.max()),
        "sizes": sizes.mean(axis=0).tolist(),
        "span": round(math.log10(sizes[:, -1].mean() / sizes[:, 0].mean())),
    }


WORDS = {
    "ko": {
        "top": "죽은 채로 출발하는 신경망의 비율",
        "bottom": "살아 있는 신경망의 출력의 크기",
        "std": "가중치의 표준편차",
        "he": "He",
    },
    "en": {
        "top": "Share of networks that start out dead",
        "bottom": "Size of the output of those alive",
        "std": "standard deviation of the weights",
        "he": "He",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, (top, bottom) = figure(340, rows=2, sharex=True)
    top.plot(data["stds"], data["mean"], color=BLUE, marker="o")
    top.set_ylim(0, 1.05)
    top.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    top.set_title(words["top"])
    bottom.plot(data["stds"], data["sizes"], color=GREEN, marker="s", linestyle=(0, (4, 1.6)))
    bottom.set_title(words["bottom"])
    log_axis(bottom, "y", range(-40, 21, 20))
    bottom.set_ylim(1e-44, 1e25)
    log_axis(bottom, "x", range(-2, 1))
    bottom.set_xlabel(words["std"])
    for axes, place in ((top, 0.3), (bottom, 1e-30)):
        axes.axvline(data["he"], color=FG, linewidth=1, linestyle=(0, (1, 1.5)))
        label(axes, data["he"] * 1.12, place, words["he"], FG)
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    theory, low, high = percent(data["theory"]), percent(data["low"]), percent(data["high"])
    ends = fixed(data["stds"][0], 2), fixed(data["stds"][-1], 0)
    if lang == "ko":
        return (
            f"표준편차가 정하는 것과 정하지 못하는 것. 너비 {data['width']}, 깊이 {data['depth']}인 ReLU 신경망, 입력 "
            f"하나. 같은 난수에 표준편차만 {ends[0]}부터 {ends[1]}까지 바꾸어 곱함. 위: 죽은 신경망의 비율은 어느 "
            f"표준편차에서나 같음. 식의 값 {theory}, 시드 {data['seeds']}개에서 {low}부터 {high}까지. 아래: 출력의 "
            f"크기는 {data['span']}자릿수에 걸쳐 변함. 점선은 He의 표준편차."
        )
    return (
        f"What the standard deviation decides, and what it does not. ReLU networks of width {data['width']} and depth "
        f"{data['depth']}, one input. The same random numbers are multiplied by standard deviations from {ends[0]} to "
        f"{ends[1]}. Top: the share of dead networks is the same for all. The formula gives {theory}, the "
        f"{data['seeds']} seeds {low} to {high}. Bottom: the size of the output spans {data['span']} powers of ten. "
        "Dotted: the standard deviation of He."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    share = percent(data["mean"][HE])
    if lang == "ko":
        return (
            f"위의 그래프는 높이 {share}의 수평선. 아래의 그래프는 로그 눈금에서 왼쪽 아래부터 오른쪽 위까지 곧게 "
            f"올라가는 선으로, {data['span']}자릿수를 지남."
        )
    return (
        f"Above, a level line at {share}. Below, on logarithmic scales, a straight line from the lower left to the "
        f"upper right, across {data['span']} powers of ten."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    steps = np.diff(np.log(data["sizes"])) / np.diff(np.log(data["stds"]))
    error = math.sqrt(data["theory"] * (1 - data["theory"]) / (data["seeds"] * data["nets"]))
    return {
        "in each seed the share is the same for every standard deviation": all(
            max(shares) == min(shares) for shares in data["shares"]
        ),
        "it is that of the formula within sampling error": abs(data["mean"][HE] - data["theory"]) < 4 * error,
        "the seeds lie around the formula": bool(data["low"] < data["theory"] < data["high"]),
        "the size grows with the standard deviation to the power of the depth": bool(
            np.allclose(steps, data["depth"], rtol=1e-9)
        ),
        "He is one of them": data["stds"][HE] == data["he"],
    }
