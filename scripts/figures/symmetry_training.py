"""Does a network learn when all its weights start from one value, and what is its hidden layer worth then?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from scripts.book.figstyle import BLUE, BROWN, GREEN, RED, figure, fixed, label, percent
from scripts.figures._digits import SEEDS, SETUP, between_units, learn, summary, within_unit

# Colour, dash and marker each tell the four apart.
LOOKS: dict[str, tuple[str, Any, str]] = {
    "zeros": (BROWN, (0, (1, 1.2)), "v"),
    "one": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "constant": (RED, (0, (4, 1.6)), "^"),
    "random": (BLUE, "solid", "o"),
}
WORDS = {
    "ko": {
        "zeros": "모두 0",
        "constant": "모두 0.1",
        "one": "뉴런 하나, 난수",
        "random": "난수 (Xavier)",
        "loss": "에포크마다 잰 손실의 평균",
        "epoch": "에포크",
    },
    "en": {
        "zeros": "all 0",
        "constant": "all 0.1",
        "one": "one neuron, random",
        "random": "random (Xavier)",
        "loss": "Mean loss of each epoch",
        "epoch": "epoch",
    },
}
# Epoch and loss at which a curve's name starts.
LABELS = {"zeros": (9.0, 2.47), "one": (9.0, 1.93), "constant": (5.2, 1.43), "random": (3.2, 0.47)}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = dict(SETUP)
    for name in LOOKS:
        runs = [learn(name, seed) for seed in range(SEEDS)]
        hidden = [run.weights[0] for run in runs]
        data[name] = summary(runs) | {
            "between": max(between_units(weights) for weights in hidden),
            "within": float(np.mean([within_unit(weights) for weights in hidden])),
            "largest": max(float(np.abs(weights).max()) for weights in hidden),
        }
    return data


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(300)
    epochs = np.arange(1, data["epochs"] + 1)
    for name, (color, dash, marker) in LOOKS.items():
        series = data[name]
        axes.fill_between(epochs, series["low"], series["high"], color=color, alpha=0.25, linewidth=0)
        axes.plot(epochs, series["loss"], color=color, linestyle=dash, marker=marker, markersize=3.5)
        label(axes, *LABELS[name], words[name], color)
    axes.set_title(words["loss"])
    axes.set_xlabel(words["epoch"])
    axes.set_xticks([1, 3, 5, 7, 9, 11, 13, 15])
    axes.set_yticks([0, 0.5, 1, 1.5, 2, 2.5])
    axes.set_ylim(0, 2.65)
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    zeros, one, constant, drawn = (data[name] for name in LOOKS)
    size = f"{data['pixels']} → {data['width']} → {data['classes']}"
    last = [fixed(d["last"], 2) for d in (zeros, constant, one, drawn)]
    right = [percent(d["accuracy"], 0) for d in (zeros, constant, one, drawn)]
    if lang == "ko":
        return (
            f"손글씨 숫자를 배우는 {size} tanh 신경망의 손실. 가중치를 모두 0, 모두 {fixed(data['value'], 1)}, "
            "Xavier 난수로 채운 세 경우와, 은닉 뉴런이 하나뿐인 신경망에 난수를 쓴 경우. 편향은 모두 0에서 시작. "
            f"{data['epochs']}번째 에포크의 손실은 모두 0일 때 {last[0]}, 모두 {fixed(data['value'], 1)}일 때 "
            f"{last[1]}, 뉴런이 하나일 때 {last[2]}, 난수일 때 {last[3]}. 처음 보는 숫자를 맞힌 비율은 차례로 "
            f"{right[0]}, {right[1]}, {right[2]}, {right[3]}. 선은 시드 {data['seeds']}개의 평균, 띠는 최솟값에서 "
            "최댓값까지."
        )
    return (
        f"Loss of a {size} tanh network that learns handwritten digits: with all weights 0, all weights "
        f"{fixed(data['value'], 1)}, and random Xavier weights, and for a network with a single hidden neuron and "
        f"random weights. All biases start at 0. In epoch {data['epochs']} the loss is {last[0]} for all 0, "
        f"{last[1]} for all {fixed(data['value'], 1)}, {last[2]} for the single neuron and {last[3]} for random "
        f"weights. The shares of unseen digits classified correctly are {right[0]}, {right[1]}, {right[2]} and "
        f"{right[3]}, in this order. Lines: mean of {data['seeds']} seeds; bands: smallest to largest."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    zeros, one, constant, drawn = (data[name] for name in LOOKS)
    flat, falls = fixed(zeros["last"], 2), [fixed(d["last"], 2) for d in (constant, one, drawn)]
    if lang == "ko":
        return (
            f"가로축은 에포크 1부터 {data['epochs']}까지, 세로축은 손실. 모두 0인 선은 {flat}에서 수평. 모두 "
            f"{fixed(data['value'], 1)}인 선은 {falls[0]}, 뉴런이 하나인 선은 {falls[1]}까지만 내려가고, 난수로 "
            f"시작한 선은 {falls[2]}까지 내려감."
        )
    return (
        f"Epochs 1 to {data['epochs']} against the loss. The line of all 0 stays level at {flat}. The line of all "
        f"{fixed(data['value'], 1)} comes down to {falls[0]} only and that of the single neuron to {falls[1]}, while "
        f"the line that starts from random weights falls to {falls[2]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    zeros, one, constant, drawn = (data[name] for name in LOOKS)
    chance = float(np.log(data["classes"]))
    return {
        "with all weights 0 the loss stays level, where a guess puts it": bool(
            np.all(np.abs(np.array(zeros["loss"]) - chance) < 0.01)
        ),
        "with all weights 0 no hidden weight moves": zeros["largest"] == 0,
        "all equal stops near a single neuron and far from random": constant["last_low"] > 1.4
        and constant["last_high"] < one["last_low"] < one["last_high"] < 1.8
        and 10 * drawn["last_high"] < constant["last_low"],
        "so does the share of digits classified correctly": constant["accuracy_high"] < 0.35
        and one["accuracy_high"] < 0.35
        and zeros["accuracy_high"] < 0.15
        and drawn["accuracy_low"] > 0.95,
        "units that start equal stay equal, those that start random do not": constant["between"] < 1e-6
        and drawn["between"] > 1,
        "the weights of one unit do not stay equal": constant["within"] > 0.5,
        "the range over the seeds is narrow": all(
            d["last_high"] - d["last_low"] < 0.05 for d in (zeros, one, constant, drawn)
        ),
    }
