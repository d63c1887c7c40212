"""Does a sparse start classify more unseen digits correctly than a dense one of the same second moment?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, PURPLE, figure, fixed, label, percent
from scripts.figures._digits import CLASSES, PIXELS, TRAIN, digits
from scripts.figures._sparse_digits import CONNECTIONS, KINDS, RATE, WIDTH, start

SEEDS, FEW = 20, 100
#: From the top: images learned from, size of a minibatch, epochs, whether the hidden layers are trained.
TASKS: dict[str, tuple[int, int, int, bool]] = {
    "all": (TRAIN, 128, 12, True),
    "few": (FEW, 25, 20, True),
    "drawn": (TRAIN, 128, 12, False),
}
LOOKS = {"all": (BLUE, "o"), "few": (GREEN, "s"), "drawn": (PURPLE, "^")}
WORDS = {
    "ko": {
        "title": "희소 초기화가 더 맞힌 몫",
        "points": "퍼센트포인트",
        "all": "그림 1347개로 학습",
        "few": "그림 100개로 학습",
        "drawn": "은닉층은 뽑은 그대로",
    },
    "en": {
        "title": "What the sparse start gets right beyond the dense one",
        "points": "percentage points",
        "all": "trained on 1347 images",
        "few": "trained on 100 images",
        "drawn": "hidden layers as drawn",
    },
}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "pixels": PIXELS, "width": WIDTH, "classes": CLASSES, "connections": CONNECTIONS, "seeds": SEEDS,
        "rate": RATE, "train": TRAIN, "few_images": FEW, "test": 1797 - TRAIN,
    }  # fmt: skip
    for name, task in TASKS.items():
        shares = np.array([[_learn(kind, seed, *task) for kind in KINDS] for seed in range(SEEDS)])
        unseen, seen = shares[:, :, 0], shares[:, :, 1]
        points = 100 * (unseen[:, 0] - unseen[:, 1])
        data[name] = {
            "points": points.round(3).tolist(),
            "mean": float(points.mean()),
            "std": float(points.std(ddof=1)),
            "two_errors": float(2 * points.std(ddof=1) / math.sqrt(SEEDS)),
            "low": float(points.min()),
            "high": float(points.max()),
        } | {
            kind: {"unseen": float(unseen[:, at].mean()), "seen": float(seen[:, at].mean())}
            for at, kind in enumerate(KINDS)
        }
    return data


def _learn(kind: str, seed: int, images: int, batch: int, epochs: int, trained: bool) -> tuple[float, float]:
    """The shares of unseen and of seen images that are classified correctly; both starts see the same minibatches."""
    data = digits(np.random.default_rng(seed))
    x, unseen = data.x[:images].astype(np.float32), data.test_x.astype(np.float32)
    labels, weights = data.labels[:images], start(kind, seed)
    if not trained:  # only the output layer learns, from what the hidden layers make of the images
        hidden, weights = weights[:2], weights[2:]
        x, unseen = (weightinit.forward(images, hidden, "tanh")[1][-1] for images in (x, unseen))
    run = weightinit.train(
        weights, None, x, labels, activation="tanh", rng=np.random.default_rng((seed, 2)),
        learning_rate=RATE, momentum=0.0, batch_size=batch, epochs=epochs,
    )  # fmt: skip
    right, known = (
        weightinit.accuracy(run.weights, run.biases, *shown, activation="tanh")
        for shown in ((unseen, data.test_labels), (x, labels))
    )
    return right, known


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(270)
    axes.axvline(0, color=FG, linewidth=0.8)
    for row, (name, (color, marker)) in enumerate(LOOKS.items()):
        points = np.array(data[name]["points"])
        heights = row + 0.09 * _stacked(points)
        axes.plot(points, heights, color=color, linestyle="none", marker=marker, markersize=3.5)
        mean, error = data[name]["mean"], data[name]["two_errors"]
        axes.plot([mean - error, mean + error], [row + 0.24] * 2, color=color, linewidth=2.2)
        axes.plot([mean], [row + 0.24], color=color, marker=marker, markersize=7)
        label(axes, -5.4, row - 0.42, words[name], color)
        label(axes, 5.4, row + 0.24, _mean(data[name]), color, "right")
    axes.set_ylim(2.55, -0.62)
    axes.set_xlim(-5.5, 5.5)
    axes.set_xticks([-4, -2, 0, 2, 4], ["−4", "−2", "0", "2", "4"])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_title(words["title"])
    axes.set_xlabel(words["points"])
    return result


def _stacked(points: Any) -> Any:
    """How many points of the same place lie below each."""
    bins = np.round(points / 0.25).astype(int)
    return -np.array([np.sum(bins[:at] == bins[at]) for at in range(len(bins))])


def caption(data: dict[str, Any], lang: str) -> str:
    size = f"{data['pixels']} → {data['width']} → {data['width']} → {data['classes']}"
    means = [_mean(data[name]) for name in TASKS]
    ends = [_signed(data["all"][end]) for end in ("low", "high")]
    unseen = [percent(data["few"][kind]["unseen"], 0) for kind in KINDS]
    if lang == "ko":
        return (
            f"{size} tanh 신경망이 처음 보는 손글씨 숫자 {data['test']}개를 맞힌 비율. 뉴런마다 연결이 "
            f"{data['connections']}개인 희소 초기화의 비율에서, 2차 적률이 같은 LeCun 초기화의 비율을 뺀 값. 작은 "
            f"표식은 시드 하나, 큰 표식은 시드 {data['seeds']}개의 평균, 가로줄은 표준오차의 두 배. "
            f"평균과 가로줄은 위에서부터 {means[0]}, {means[1]}, {means[2]}. "
            f"맨 위의 차이는 시드에 따라 {ends[0]}에서 {ends[1]}까지. 그림 "
            f"{data['few_images']}개로 학습하면 둘 다 배운 그림은 거의 모두 맞히지만 처음 보는 그림은 희소 초기화가 "
            f"{unseen[0]}, LeCun 초기화가 {unseen[1]}를 맞힘."
        )
    return (
        f"The share of {data['test']} unseen handwritten digits that a {size} tanh network classifies correctly: that "
        f"of a sparse start with {data['connections']} connections for each neuron, less that of LeCun initialization, "
        f"which has the same second moment. Small markers: one seed each; large ones: means of {data['seeds']} seeds; "
        f"bars: two standard errors. Means and bars from the top: {means[0]}, {means[1]}, {means[2]}. In the top row "
        f"the difference ranges from {ends[0]} to {ends[1]}, depending on the seed. Trained on {data['few_images']} "
        f"images, both get almost all of these right, but of the unseen ones {unseen[0]} after the sparse start and "
        f"{unseen[1]} after the other."
    )


def _mean(row: dict[str, Any]) -> str:
    return f"{_signed(row['mean'])} ± {fixed(row['two_errors'], 1)}"


def _signed(points: float) -> str:
    tenths = round(points, 1) + 0.0  # no minus sign before a zero
    return ("+" if tenths > 0 else "") + fixed(tenths, 1)


def alt(data: dict[str, Any], lang: str) -> str:
    means = [_signed(data[name]["mean"]) for name in TASKS]
    if lang == "ko":
        return (
            "가로축은 퍼센트포인트, 가운데 0에 세로선. 점 무리 셋이 위에서 아래로 놓이고, 셋 다 0의 양쪽에 걸쳐 있음. "
            f"평균은 {means[0]}, {means[1]}, {means[2]}."
        )
    return (
        "Percentage points along the axis, with a vertical line at 0. Three clouds of dots, one below the other, all "
        f"of them on both sides of 0. Their means are {means[0]}, {means[1]} and {means[2]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    rows = {name: data[name] for name in TASKS}
    return {
        "in each row either start wins for some seeds": all(d["low"] < 0 < d["high"] for d in rows.values()),
        "the mean difference is smaller than the spread of the seeds": all(
            abs(d["mean"]) < d["std"] for d in rows.values()
        ),
        "and less than one point where the hidden layers learn": all(
            abs(rows[name]["mean"]) < 1 for name in ("all", "few")
        ),
        "all points are within the axis": all(max(abs(p) for p in d["points"]) < 5.5 for d in rows.values()),
        "with few images both know all of them by heart, and neither does well on unseen ones": all(
            rows["few"][kind]["seen"] > 0.99 and rows["few"][kind]["unseen"] < 0.93 for kind in KINDS
        ),
        "with all images both do well": all(rows["all"][kind]["unseen"] > 0.94 for kind in KINDS),
        "the names say the numbers of images": (data["train"], data["few_images"]) == (1347, 100),
    }
