"""How large must the first difference between neurons be? A tiny one grows until it is large."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, PURPLE, RED, figure, fixed, label, log_axis, power
from scripts.figures._digits import BATCH, EPOCHS, RATE, SEEDS, SETUP, between_units, digits, start

# The exponent of the standard deviation of the noise that is added to equal weights.
EXPONENTS = (-12, -8, -4)
LOOKS: dict[str, tuple[str, Any, str]] = {
    "exact": (RED, (0, (4, 1.6)), "^"),
    "-12": (PURPLE, (0, (1, 1.2)), "v"),
    "-8": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "-4": (BLUE, "solid", "o"),
}
STRAIGHT = 9  # epochs in which the smallest difference is still far from its end


def compute() -> dict[str, Any]:
    data: dict[str, Any] = dict(SETUP) | {"noises": {str(n): 10.0**n for n in EXPONENTS}}
    for name in LOOKS:
        runs = np.array([_run(0.0 if name == "exact" else 10.0 ** int(name), seed) for seed in range(SEEDS)])
        difference, loss = runs[:, 0], runs[:, 1]
        data[name] = {
            "difference": np.exp(np.mean(np.log(np.maximum(difference, 1e-300)), axis=0)).tolist(),
            "largest": difference.max(axis=0).tolist(),
            "loss": loss.mean(axis=0).tolist(),
            "low": loss.min(axis=0).tolist(),
            "high": loss.max(axis=0).tolist(),
            "last": float(loss[:, -1].mean()),
        }
    growth = (np.array(data["-12"]["difference"])[STRAIGHT] / np.array(data["-12"]["difference"])[0]) ** (1 / STRAIGHT)
    return data | {"straight": STRAIGHT, "growth": float(growth)}


def _run(noise: float, seed: int) -> list[list[float]]:
    """After each epoch: the largest difference between two neurons, and the mean loss."""
    rng = np.random.default_rng(seed)
    data = digits(rng)
    weights, biases = start("constant", rng)
    if noise:  # from a generator of its own: the minibatches are the same for every noise
        apart = np.random.default_rng((seed, 1))
        weights[0] = weights[0] + noise * weightinit.normal(weights[0].shape, rng=apart, dtype=np.float64)
    difference, loss = [between_units(weights[0])], []
    for _ in range(EPOCHS):
        run = weightinit.train(
            weights, biases, data.x, data.labels, activation="tanh", rng=rng,
            learning_rate=RATE, momentum=0.0, batch_size=BATCH,
        )  # fmt: skip
        weights, biases = run.weights, run.biases
        difference.append(between_units(weights[0]))
        loss.append(float(run.loss.mean()))
    return [difference[1:], loss]


WORDS = {
    "ko": {
        "difference": "뉴런 사이의 가장 큰 차이",
        "loss": "에포크마다 잰 손실의 평균",
        "epoch": "에포크",
        "exact": "차이 0",
        "noise": "선 옆의 수는 더한 난수의 표준편차",
    },
    "en": {
        "difference": "Largest difference between neurons",
        "loss": "Mean loss of each epoch",
        "epoch": "epoch",
        "exact": "difference 0",
        "noise": "beside the lines: std of the noise",
    },
}
LABELS = {
    "difference": {"-12": (8.3, 1e-8, "left"), "-8": (4.6, 1e-5, "left"), "-4": (2.2, 2e-1, "right")},
    "loss": {
        "exact": (15, 1.74, "right"),
        "-12": (12.1, 1.2, "left"),
        "-8": (9.2, 0.8, "left"),
        "-4": (3.3, 1.2, "left"),
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, (above, below) = figure(480, rows=2, sharex=True)
    epochs = np.arange(1, data["epochs"] + 1)
    for name, (color, dash, marker) in LOOKS.items():
        text = words["exact"] if name == "exact" else power(int(name))
        for axes, kind in ((above, "difference"), (below, "loss")):
            if name == "exact" and kind == "difference":
                continue
            axes.plot(epochs, data[name][kind], color=color, linestyle=dash, marker=marker, markersize=3.5)
            x, y, side = LABELS[kind][name]
            label(axes, x, y, text, color, side)
    above.text(15, 1e-11, words["noise"], color=FG, horizontalalignment="right", verticalalignment="center")
    above.set_title(words["difference"])
    log_axis(above, "y", range(-12, 3, 2))
    above.set_ylim(1e-12, 1e2)
    below.set_title(words["loss"])
    below.set_xlabel(words["epoch"])
    below.set_yticks([0, 0.5, 1, 1.5, 2, 2.5])
    below.set_ylim(0, 2.5)
    below.set_xticks([1, 3, 5, 7, 9, 11, 13, 15])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    value, times = fixed(data["value"], 1), fixed(data["growth"], 1)
    noises = [power(n) for n in EXPONENTS]
    last = [fixed(data[name]["last"], 2) for name in LOOKS]
    if lang == "ko":
        return (
            f"모든 가중치를 {value}로 두고 은닉층의 가중치에만 표준편차 {noises[0]}, {noises[1]}, {noises[2]}인 "
            f"난수를 더한 신경망의 학습. 위: 뉴런 사이의 차이. {noises[0]}에서 시작한 차이는 첫 에포크 뒤의 "
            f"{data['straight']}에포크 동안 에포크마다 평균 {times}배로 커짐. 아래: 손실. 차이가 정확히 0이면 "
            f"{last[0]}까지만 내려가고, 나머지는 난수가 클수록 일찍 떨어짐. {data['epochs']}번째 에포크의 값은 "
            f"차례로 {last[1]}, {last[2]}, {last[3]}. 시드 {data['seeds']}개의 평균(차이는 기하평균)."
        )
    return (
        f"Training of networks whose weights are all {value}, but for random numbers of standard deviation "
        f"{noises[0]}, {noises[1]} and {noises[2]} added to those of the hidden layer. Above: the difference between "
        f"neurons. The one that starts at {noises[0]} grows {times}-fold in each of the {data['straight']} epochs "
        f"after the first, on average. Below: the loss. With a difference of exactly 0 it comes down to {last[0]} "
        f"only; the others drop the earlier the larger the random numbers, to {last[1]}, {last[2]} and {last[3]} in "
        f"epoch {data['epochs']}. Means over {data['seeds']} seeds (geometric for the differences)."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    noises = [power(n) for n in EXPONENTS]
    last = [fixed(data[name]["last"], 2) for name in LOOKS]
    if lang == "ko":
        return (
            f"위아래 두 그래프, 가로축은 에포크. 위는 로그 눈금이고, {noises[0]}, {noises[1]}, {noises[2]}에서 "
            f"시작한 세 선이 거의 곧게 나란히 올라가다 위쪽에서 평평해짐. 아래는 손실이고, 차이 0인 선은 {last[0]}에 "
            f"머물며, 나머지 세 선은 {noises[2]}, {noises[1]}, {noises[0]}의 차례로 그 선에서 떨어져 내려감."
        )
    return (
        f"Two charts over the epochs. Above, on a logarithmic axis, three lines that start from {noises[0]}, "
        f"{noises[1]} and {noises[2]} rise side by side, almost straight, and level off at the top. Below, the loss: "
        f"the line of difference 0 stays at {last[0]}, and the other three leave it one after another, {noises[2]} "
        f"first, then {noises[1]}, then {noises[0]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    exact, small, middle, large = (data[name] for name in LOOKS)
    rises = {name: np.diff(np.log10(data[name]["difference"])) for name in ("-12", "-8", "-4")}
    leaves = [int(np.argmax(np.array(exact["loss"]) - np.array(d["loss"]) > 0.05)) for d in (large, middle, small)]
    return {
        "neurons that are exactly equal stay equal, but for rounding": max(exact["largest"]) < 1e-3
        and exact["largest"][0] < 1e-12,
        "a small difference grows all the time": bool(np.all(rises["-12"] > 0)),
        "almost straight: by about the same factor in each epoch": bool(np.ptp(rises["-12"][1:STRAIGHT]) < 0.4),
        "side by side: the smaller ones grow alike": bool(np.abs(rises["-12"][:5] - rises["-8"][:5]).max() < 0.02),
        "they level off at the top": bool(rises["-4"][-3:].max() < 0.1) and large["difference"][-1] < 3,
        "the larger the noise the earlier the loss drops": leaves[0] < leaves[1] < leaves[2],
        "exactly equal neurons end far above": exact["last"] > 1.4
        and large["last"] < middle["last"] < small["last"] < exact["last"],
    }
