"""Which of the two layers may start from a constant?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from scripts.book.figstyle import BLUE, FG, RED, figure, percent
from scripts.figures._digits import SEEDS, SETUP, learn, summary

# From the top: what starts the layers.
STARTS = ("constant", "constant_biased", "constant_drawn", "drawn_zeros", "identity_zeros", "random")
REGRESSIONS = ("regression_zeros", "regression_drawn")


def compute() -> dict[str, Any]:
    data: dict[str, Any] = dict(SETUP) | {"chance": 1 / SETUP["classes"]}
    for name in (*STARTS, *REGRESSIONS):
        data[name] = summary([learn(name, seed) for seed in range(SEEDS)])
    for name in ("constant_drawn", "drawn_zeros", "identity_zeros"):
        data[name]["over_random"] = _difference(data[name], data["random"])
    data["regression_zeros"]["over_random"] = _difference(data["regression_zeros"], data["regression_drawn"])
    return data


def _difference(one: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    """By how many percentage points it is right more often, seed by seed: both saw the same images."""
    points = 100 * (np.array(one["right"]) - np.array(other["right"]))
    return {"mean": float(points.mean()), "low": float(points.min()), "high": float(points.max())}


WORDS = {
    "ko": {
        "title": "처음 보는 숫자를 맞힌 비율",
        "constant": "모두 0.1",
        "constant_biased": "가중치는 모두 0.1, 은닉층의 편향은 난수",
        "constant_drawn": "은닉층 0.1, 출력층 난수",
        "drawn_zeros": "은닉층 난수, 출력층 0",
        "identity_zeros": "은닉층 단위행렬, 출력층 0",
        "random": "둘 다 난수",
        "chance": "찍을 때",
    },
    "en": {
        "title": "Share of unseen digits classified correctly",
        "constant": "all 0.1",
        "constant_biased": "weights all 0.1, hidden biases random",
        "constant_drawn": "hidden layer 0.1, output layer random",
        "drawn_zeros": "hidden layer random, output layer 0",
        "identity_zeros": "hidden layer identity, output layer 0",
        "random": "both random",
        "chance": "guessing",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(330)
    for row, name in enumerate(STARTS):
        stuck = name == "constant"
        color, marker = (RED, "^") if stuck else (BLUE, "o")
        right = 100 * np.array(data[name]["right"])
        axes.plot(right, [row] * SEEDS, color=color, linestyle="none", marker=marker, fillstyle="none")
        text = f"{words[name]}: {percent(data[name]['accuracy'], 0)}"
        axes.text(12.5, row - 0.42, text, color=color, verticalalignment="center")
    axes.axvline(100 * data["chance"], color=FG, linewidth=1, linestyle=(0, (1, 1.5)))
    chance = f"{words['chance']}: {percent(data['chance'], 0)}"
    axes.text(12.5, len(STARTS) - 1, chance, color=FG, verticalalignment="center")
    axes.set_title(words["title"])
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 20, 40, 60, 80, 100])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}\N{NO-BREAK SPACE}%")
    axes.set_ylim(len(STARTS) - 0.6, -0.8)
    axes.set_yticks([])
    axes.grid(False, axis="y")
    axes.spines["left"].set_visible(False)
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    right = [percent(data[name]["accuracy"], 0) for name in STARTS]
    least = percent(min(data[name]["accuracy_low"] for name in STARTS[1:]), 0)
    size = f"{data['pixels']} → {data['width']} → {data['classes']}"
    if lang == "ko":
        return (
            f"여섯 가지로 시작한 {size} tanh 신경망이 {data['epochs']}에포크 뒤에 처음 보는 숫자 {data['test']}개를 "
            f"맞힌 비율. 표식 하나가 시드 하나. 모든 가중치가 같은 값이면 평균 {right[0]}. 뉴런을 구별하게 하는 것이 "
            f"하나라도 있으면 가장 낮은 시드가 {least}. 은닉층의 편향만 난수일 때 평균 {right[1]}, 출력층만 난수일 "
            f"때 {right[2]}, 은닉층만 난수일 때 {right[3]}, 난수 없이 단위행렬과 0만 쓸 때 {right[4]}, 둘 다 난수일 "
            f"때 {right[5]}."
        )
    return (
        f"Share of {data['test']} unseen digits that a {size} tanh network classifies correctly after "
        f"{data['epochs']} epochs, from six starts. Each marker is a seed. If all weights have one value, the mean "
        f"is {right[0]}. If anything tells the neurons apart, the lowest seed is {least}: the mean is {right[1]} if "
        f"only the hidden biases are random, {right[2]} if only the output layer is, {right[3]} if only the hidden "
        f"layer is, {right[4]} with the identity and zeros and nothing random, and {right[5]} if both are random."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    low, high = (percent(data["constant"][f"accuracy_{end}"], 0) for end in ("low", "high"))
    least = percent(min(data[name]["accuracy_low"] for name in STARTS[1:]), 0)
    most = percent(max(data[name]["accuracy_high"] for name in STARTS[1:]), 0)
    if lang == "ko":
        return (
            f"여섯 줄에 시드마다 표식 하나씩. 맨 위의 모두 같은 값은 {low}부터 {high}까지, 나머지 다섯 줄은 "
            f"{least}부터 {most}까지 모여 있음. 찍을 때의 비율에 세로 점선."
        )
    return (
        f"Six rows with a marker for each seed. The top row, all weights equal, lies between {low} and {high}, the "
        f"other five between {least} and {most}. A dotted vertical line marks what guessing gives."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    others = [data[name] for name in STARTS[1:]]
    return {
        "all equal is right in few cases": data["constant"]["accuracy_high"] < 0.4,
        "any difference is enough": min(d["accuracy_low"] for d in others) >= 0.925,
        "random biases alone are somewhat behind": data["constant_biased"]["accuracy_high"]
        < min(data[name]["accuracy_low"] for name in STARTS[2:]),
        "zeros in the output layer, a constant hidden layer and the identity cost nothing that can be seen": all(
            d["low"] < 0 < d["high"] and abs(d["mean"]) < 0.5
            for d in (data[name]["over_random"] for name in ("constant_drawn", "drawn_zeros", "identity_zeros"))
        ),
        "for a model without a hidden layer zeros cost nothing either": bool(
            abs(data["regression_zeros"]["over_random"]["mean"]) < 0.5
        ),
    }
