"""How deep may a ReLU network be that learns digits from PyTorch's default start, and from that of He?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, BROWN, FG, figure, fixed, label
from scripts.figures._digits import CLASSES, PIXELS, digits

WIDTH, DEPTHS, SEEDS = 64, (2, 3, 4, 6, 8), 5
RATE, MOMENTUM, BATCH, EPOCHS, LONG, SLOW = 0.02, 0.9, 64, 5, 15, 6
SCALE = 3.0  # brings the pixels' second moment to about 1
LOOKS: dict[str, tuple[str, Any, str]] = {"he": (BLUE, "solid", "o"), "default": (BROWN, (0, (1, 1.2)), "v")}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "width": WIDTH, "depths": list(DEPTHS), "seeds": SEEDS, "rate": RATE, "momentum": MOMENTUM, "batch": BATCH,
        "epochs": EPOCHS, "long": LONG, "slow": SLOW, "chance": 1 / CLASSES, "moment": _moment(),
    }  # fmt: skip
    for name in LOOKS:
        runs = np.array([[_run(name, depth, seed, EPOCHS) for seed in range(SEEDS)] for depth in DEPTHS])
        data[name] = {
            str(depth): {"right": found.tolist(), "mean": float(found.mean())}
            for depth, found in zip(DEPTHS, runs, strict=True)
        }
    later = [_run("default", SLOW, seed, LONG) for seed in range(SEEDS)]
    return data | {"later": {"right": later, "mean": float(np.mean(later)), "low": min(later), "high": max(later)}}


def _moment() -> float:
    return float(np.mean((SCALE * digits(np.random.default_rng(0)).x) ** 2))


def _run(name: str, depth: int, seed: int, epochs: int) -> float:
    """The share of the images held back that is named rightly."""
    rng = np.random.default_rng(seed)
    data = digits(rng)
    widths = [PIXELS, *[WIDTH] * (depth - 1), CLASSES]
    scheme = "he" if name == "he" else "fan_in_uniform"
    weights = [
        weightinit.initialize(scheme, (out, into), rng=rng, distribution="uniform")
        for into, out in pairwise(widths)
    ]
    limits = [weightinit.bound("fan_in_uniform", *w.shape[::-1]) for w in weights]
    biases = [weightinit.random_uniform((len(w),), c, rng=rng) for w, c in zip(weights, limits, strict=True)]
    run = weightinit.train(
        weights, None if name == "he" else biases, (SCALE * data.x).astype(np.float32), data.labels,
        activation="relu", rng=rng, learning_rate=RATE, momentum=MOMENTUM, batch_size=BATCH, epochs=epochs,
    )  # fmt: skip
    test = (SCALE * data.test_x).astype(np.float32)
    return weightinit.accuracy(run.weights, run.biases, test, data.test_labels, activation="relu")


WORDS = {
    "ko": {
        "title": "맞힌 비율",
        "depth": "층의 수",
        "he": "He, 편향 0",
        "default": "PyTorch 기본값",
        "chance": "찍어서 맞힐 비율",
    },
    "en": {
        "title": "Share of images named rightly",
        "depth": "number of layers",
        "he": "He, biases 0",
        "default": "PyTorch's default",
        "chance": "by guessing",
    },
}
LABELS = {"he": (7.1, 0.83), "default": (5.35, 0.55)}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(280)
    for name, (color, dash, marker) in LOOKS.items():
        rows = [data[name][str(depth)] for depth in DEPTHS]
        axes.plot(DEPTHS, [row["mean"] for row in rows], color=color, linestyle=dash)
        for depth, row in zip(DEPTHS, rows, strict=True):
            axes.plot([depth] * SEEDS, row["right"], color=color, linestyle="none", marker=marker, alpha=0.7)
        label(axes, *LABELS[name], words[name], color, "left" if name == "default" else "center")
    axes.plot([2, 8], [data["chance"]] * 2, color=FG, linewidth=0.8, linestyle=(0, (1, 2)))
    label(axes, 2, data["chance"] + 0.055, words["chance"], FG)
    axes.set_title(words["title"])
    axes.set_xlabel(words["depth"])
    axes.set_xticks(list(DEPTHS))
    axes.set_ylim(0, 1.04)
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    he, default = ([fixed(data[name][str(d)]["mean"], 2) for d in DEPTHS] for name in ("he", "default"))
    later = fixed(data["later"]["low"], 2), fixed(data["later"]["high"], 2)
    if lang == "ko":
        return (
            f"너비 {data['width']}인 ReLU 신경망이 손글씨 숫자를 {data['epochs']}에포크 동안 배운 뒤 시험 자료에서 "
            f"맞힌 비율. 층이 {DEPTHS[0]}개이면 기본값 {default[0]}, He {he[0]}(차이 없음), {DEPTHS[2]}개이면 "
            f"{default[2]}, {he[2]}, {DEPTHS[-1]}개이면 {default[-1]}, {he[-1]}. 점은 시드 {data['seeds']}개, 선은 "
            f"평균. 층이 {data['slow']}개인 기본값 신경망도 {data['long']}에포크를 주면 {later[0]}부터 {later[1]}까지 "
            f"맞힘. 학습률 {fixed(data['rate'], 2)}, 모멘텀 {fixed(data['momentum'], 1)}, 미니배치 {data['batch']}."
        )
    return (
        f"Share of held-back images that ReLU networks of width {data['width']} name rightly after {data['epochs']} "
        f"epochs on handwritten digits. With {DEPTHS[0]} layers the default gives {default[0]} and He {he[0]}, no "
        f"difference; with {DEPTHS[2]} layers {default[2]} and {he[2]}; with {DEPTHS[-1]} layers {default[-1]} and "
        f"{he[-1]}. Points: {data['seeds']} seeds; lines: their means. Given {data['long']} epochs, the default with "
        f"{data['slow']} layers comes to between {later[0]} and {later[1]}. Learning rate {fixed(data['rate'], 2)}, "
        f"momentum {fixed(data['momentum'], 1)}, minibatches of {data['batch']}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    he, default = ([fixed(data[name][str(d)]["mean"], 2) for d in DEPTHS] for name in ("he", "default"))
    if lang == "ko":
        return (
            f"가로축은 층의 수, 세로축은 맞힌 비율. He의 선은 층의 수와 관계없이 위쪽에 머물러 마지막에 {he[-1]}. "
            f"기본값의 선은 {default[0]}에서 출발하여 층이 {DEPTHS[3]}개일 때 {default[3]}까지 떨어지고, 층이 "
            f"{DEPTHS[-1]}개이면 찍어서 맞힐 비율과 같은 높이인 {default[-1]}."
        )
    return (
        f"The share named rightly over the number of layers. The line of He stays at the top, {he[-1]} in the end. "
        f"That of the default starts at {default[0]}, has dropped to {default[3]} at {DEPTHS[3]} layers and lies, at "
        f"{DEPTHS[-1]} layers, at {default[-1]}, as high as guessing."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    he, default = ({d: np.array(data[name][str(d)]["right"]) for d in DEPTHS} for name in ("he", "default"))
    return {
        "with two and three layers the means differ by less than the seeds": all(
            bool(abs(he[d].mean() - default[d].mean()) < max(np.ptp(he[d]), np.ptp(default[d]))) for d in (2, 3)
        ),
        "with four layers every He network is ahead": bool(he[4].min() > default[4].max()),
        "with eight layers the default has learned nothing": bool(np.all(np.abs(default[8] - data["chance"]) < 0.05)),
        "He learns at every depth": all(bool(rights.min() > 0.85) for rights in he.values()),
        "the default drops with depth": bool(np.all(np.diff([default[d].mean() for d in DEPTHS[1:]]) < 0)),
        "with more time six layers learn": data["later"]["low"] > 0.9,
        "the pixels have a second moment near 1": abs(data["moment"] - 1) < 0.4,
    }
