"""Does it matter for training whether weights are normal or uniform, if their standard deviation is the same?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, RED, doubling_axis, figure, fixed, label, percent
from scripts.figures._digits import CLASSES, PIXELS, digits
from weightinit.sampling import Array

HIDDEN, RATE, BATCH, EPOCHS, SEEDS = 3, 0.2, 128, 5, 5
GAINS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
LOOKS = {"normal": (BLUE, "o", 0.95), "uniform": (RED, "^", 1 / 0.95)}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "width": PIXELS,
        "hidden": HIDDEN,
        "rate": RATE,
        "batch": BATCH,
        "epochs": EPOCHS,
        "seeds": SEEDS,
    }
    for gain in GAINS:
        right = {name: np.array([_learn(name, gain, seed) for seed in range(SEEDS)]) for name in LOOKS}
        apart = right["normal"] - right["uniform"]
        data[f"{gain:g}"] = {
            name: {"mean": float(shares.mean()), "low": float(shares.min()), "high": float(shares.max())}
            for name, shares in right.items()
        } | {"apart": float(apart.mean()), "error": float(apart.std(ddof=1) / math.sqrt(SEEDS))}
    data["most"] = max(abs(data[f"{gain:g}"]["apart"]) for gain in GAINS)
    data["most_errors"] = max(abs(data[f"{gain:g}"]["apart"]) / data[f"{gain:g}"]["error"] for gain in GAINS)
    means = [data[f"{gain:g}"][name]["mean"] for gain in GAINS for name in LOOKS]
    data["worst"], data["best"] = min(means), max(means)
    return data


def _learn(name: str, gain: float, seed: int) -> float:
    """The share of the images held back that are told right; images and their order are those of the seed."""
    rng = np.random.default_rng(seed)
    seen = digits(rng)
    widths = [PIXELS] * (HIDDEN + 1) + [CLASSES]
    drawing = np.random.default_rng([seed, 1])
    weights = [_draw(name, (widths[k + 1], widths[k]), gain / math.sqrt(PIXELS), drawing) for k in range(HIDDEN + 1)]
    run = weightinit.train(
        weights,
        None,
        seen.x,
        seen.labels,
        activation="tanh",
        rng=rng,
        learning_rate=RATE,
        momentum=0.0,
        batch_size=BATCH,
        epochs=EPOCHS,
    )
    return weightinit.accuracy(run.weights, run.biases, seen.test_x, seen.test_labels, activation="tanh")


def _draw(name: str, shape: tuple[int, int], std: float, rng: np.random.Generator) -> Array:
    if name == "normal":
        return weightinit.random_normal(shape, std, rng=rng, dtype=np.float64)
    return weightinit.random_uniform(shape, math.sqrt(3) * std, rng=rng, dtype=np.float64)


WORDS = {
    "ko": {
        "title": "학습한 뒤의 정답률",
        "gain": "이득 (표준편차를 1/√n의 몇 배로 하는가)",
        "normal": "정규 분포",
        "uniform": "균등 분포",
    },
    "en": {
        "title": "Accuracy after training",
        "gain": "gain (std over 1/√n)",
        "normal": "normal",
        "uniform": "uniform",
    },
}
LABELS = {"normal": (0.44, 0.5), "uniform": (0.59, 0.53)}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(270)
    for name, (color, marker, shift) in LOOKS.items():
        ones = [data[f"{gain:g}"][name] for gain in GAINS]
        mean = np.array([one["mean"] for one in ones])
        reach = [mean - [one["low"] for one in ones], [one["high"] for one in ones] - mean]
        at = np.array(GAINS) * shift
        axes.errorbar(at, mean, yerr=reach, color=color, linestyle="none", marker=marker, elinewidth=1.4)
        label(axes, *LABELS[name], words[name], color, "right" if name == "normal" else "left")
    axes.set_title(words["title"])
    doubling_axis(axes, "x", range(-2, 4))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(words["gain"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    most, errors = percent(data["most"]), fixed(data["most_errors"], 1)
    worst, best = percent(data["worst"], 0), percent(data["best"], 0)
    if lang == "ko":
        return (
            f"손글씨 숫자를 너비 {data['width']}인 tanh 은닉층 {data['hidden']}개로 {data['epochs']}에포크 동안 "
            f"학습한 결과. 표식은 시드 {data['seeds']}개의 평균, 세로선은 가장 작은 값부터 가장 큰 값까지. 이득에 따라 "
            f"평균이 {worst}에서 {best}까지 달라지지만, 이득이 같은 정규 분포와 균등 분포의 평균은 많아야 {most} 차이. "
            f"시드마다 뺀 차이의 평균은 어느 이득에서나 그 표준오차의 {errors}배 이하."
        )
    return (
        f"Handwritten digits, learned by {data['hidden']} hidden tanh layers of width {data['width']} in "
        f"{data['epochs']} epochs. Markers: mean of {data['seeds']} seeds; bars: from the lowest to the highest. The "
        f"gain moves the mean from {worst} to {best}; normal and uniform weights of one gain differ by {most} at "
        f"most. Taken seed by seed, the mean difference is nowhere more than {errors} of its standard errors."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    ends = [percent(data[gain]["normal"]["mean"], 0) for gain in ("0.25", "2", "8")]
    if lang == "ko":
        return (
            f"가로축은 이득 1/4부터 8까지, 세로축은 정답률. 정규 분포의 정답률은 {ends[0]}에서 출발하여 이득 2에서 "
            f"{ends[1]}로 가장 높고 이득 8에서 {ends[2]}. 균등 분포의 표식과 세로선이 "
            "모든 이득에서 바로 옆에 나란히 놓임."
        )
    return (
        f"Accuracy against gains from 1/4 to 8. With normal weights it starts at {ends[0]}, is highest for gain 2 with "
        f"{ends[1]} and ends at {ends[2]} for gain 8. The markers and bars of uniform weights stand right beside."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    ones = [data[f"{gain:g}"] for gain in GAINS]
    normal = [one["normal"]["mean"] for one in ones]
    return {
        "the bars of the two overlap for every gain": all(
            one["normal"]["low"] <= one["uniform"]["high"] and one["uniform"]["low"] <= one["normal"]["high"]
            for one in ones
        ),
        "the differences are within three standard errors": data["most_errors"] < 3,
        "the gain matters more than ten times as much": data["best"] - data["worst"] > 10 * data["most"],
        "gain 2 is best, and both ends are worse": normal.index(max(normal)) == GAINS.index(2.0)
        and normal[0] < 0.3
        and normal[-1] < normal[-2] < normal[3] - 0.05,
    }
