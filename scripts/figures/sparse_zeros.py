"""How long do the zeros of a sparse start last?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, GREEN, RED, figure, fixed, label, percent
from scripts.figures._digits import CLASSES, PIXELS, TRAIN, digits
from scripts.figures._sparse_digits import CONNECTIONS, RATE, WIDTH, start
from weightinit.sampling import Array

SEEDS, BATCH = 5, 64
STEPS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)
SMALL = 0.1  # in units of the root of a layer's mean square at the start
LOOKS: dict[str, tuple[str, Any, str]] = {
    "zero": (BLUE, "solid", "o"),
    "small": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "dense": (RED, (0, (4, 1.6)), "^"),
}
WORDS = {
    "ko": {
        "title": "은닉층의 가중치에서 차지하는 비율",
        "step": "걸음",
        "zero": "희소: 0인 것",
        "small": "희소: 작은 것",
        "dense": "모든 연결: 작은 것",
    },
    "en": {
        "title": "Share of the hidden layers' weights",
        "step": "step",
        "zero": "sparse: zero",
        "small": "sparse: small",
        "dense": "all connections: small",
    },
}
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8)
LABELS = {"zero": (2.25, 0.29, "left"), "small": (5.2, 0.68, "left"), "dense": (7.4, 0.13, "right")}


def compute() -> dict[str, Any]:
    runs = {kind: [_run(kind, seed) for seed in range(SEEDS)] for kind in ("sparse", "dense")}
    data: dict[str, Any] = {
        "pixels": PIXELS, "width": WIDTH, "classes": CLASSES, "connections": CONNECTIONS, "seeds": SEEDS,
        "batch": BATCH, "rate": RATE, "steps": list(STEPS), "small_is": SMALL, "train": TRAIN,
    }  # fmt: skip
    for name, kind, column in (("zero", "sparse", 0), ("small", "sparse", 1), ("dense", "dense", 1)):
        shares = np.array(runs[kind])[:, :, column]
        data[name] = {
            "mean": shares.mean(axis=0).tolist(),
            "low": shares.min(axis=0).tolist(),
            "high": shares.max(axis=0).tolist(),
        }
    silent = (1 - CONNECTIONS / WIDTH) ** CLASSES
    return data | {
        "start": 1 - CONNECTIONS / WIDTH,
        "silent": silent,
        "blank": float(np.mean(np.array(runs["sparse"])[:, -1, 2])),
        "elsewhere": float(np.max(np.array(runs["sparse"])[:, 2:, 3])),
    }


def _run(kind: str, seed: int) -> list[tuple[float, ...]]:
    """After each of STEPS: the shares that are zero and small, and where they are zero."""
    rng = np.random.default_rng(seed)
    data = digits(rng)
    x, labels = data.x.astype(np.float32), data.labels
    order = np.concatenate([rng.permutation(TRAIN) for _ in range(BATCH * STEPS[-1] // TRAIN + 1)])
    weights, biases = start(kind, seed), None
    sizes = [float(np.sqrt(np.mean(w**2))) for w in weights[:2]]
    blank = ~x.any(axis=0)  # pixels that are off in every image learned from
    looks = [_look(weights, sizes, blank)]
    for before, after in pairwise(STEPS):
        rows = order[before * BATCH : after * BATCH]
        run = weightinit.train(
            weights, biases, x[rows], labels[rows], activation="tanh", rng=rng,
            learning_rate=RATE, momentum=0.0, batch_size=BATCH,
        )  # fmt: skip
        weights, biases = run.weights, run.biases
        looks.append(_look(weights, sizes, blank))
    return looks


def _look(weights: list[Array], sizes: list[float], blank: Array) -> tuple[float, ...]:
    hidden = weights[:2]
    zero = float(np.mean([np.mean(w == 0) for w in hidden]))
    small = float(np.mean([np.mean(np.abs(w) < SMALL * size) for w, size in zip(hidden, sizes, strict=True)]))
    elsewhere = float(np.mean(hidden[0][:, ~blank] == 0) + np.mean(hidden[1] == 0))
    return zero, small, float(blank.sum()), elsewhere


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(280)
    places = np.arange(len(data["steps"]))
    for name, (color, dash, marker) in LOOKS.items():
        series = data[name]
        axes.fill_between(places, series["low"], series["high"], color=color, alpha=0.25, linewidth=0)
        axes.plot(places, series["mean"], color=color, linestyle=dash, marker=marker)
        x, y, side = LABELS[name]
        label(axes, x, y, words[name], color, side)
    axes.set_xticks(places, [str(step) for step in data["steps"]])
    axes.set_yticks(TICKS, [percent(share, 0) for share in TICKS])
    axes.set_ylim(-0.03, 0.9)
    axes.set_title(words["title"])
    axes.set_xlabel(words["step"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    size = f"{data['pixels']} → {data['width']} → {data['width']} → {data['classes']}"
    zero, small = ([percent(data[name]["mean"][at], 0) for at in (0, 1, 2, -1)] for name in ("zero", "small"))
    dense, small_is, last = percent(data["dense"]["mean"][-1], 0), fixed(data["small_is"], 1), data["steps"][-1]
    blank = fixed(data["blank"], 1)
    if lang == "ko":
        return (
            f"손글씨 숫자를 배우는 {size} tanh 신경망에서 은닉층 가중치의 비율. 뉴런마다 연결이 "
            f"{data['connections']}개인 희소 초기화에서 정확히 0인 것은 처음에 {zero[0]}, "
            f"한 걸음 뒤에 {zero[1]}, 두 걸음 뒤에 {zero[2]}. 끝까지 "
            f"0인 것은 배운 그림에서 늘 꺼져 있는 화소(평균 {blank}개)의 가중치뿐. 작은 것은 절댓값이 처음 제곱평균의 "
            f"제곱근의 {small_is}배에 못 미치는 것으로, {last}걸음 뒤에 {small[3]}이고, 모든 연결로 시작하면 {dense}. "
            f"미니배치 {data['batch']}개, 학습률 {fixed(data['rate'], 1)}. 선은 시드 {data['seeds']}개의 평균, 띠는 "
            "최솟값에서 최댓값까지. 가로축은 고른 눈금이 아님."
        )
    return (
        f"Shares of the hidden layers' weights in a {size} tanh network that learns handwritten digits. After a sparse "
        f"start with {data['connections']} connections for each neuron, exactly 0 are {zero[0]} at first, {zero[1]} "
        f"after one step and {zero[2]} after two. What stays 0 to the end are weights of pixels that are off in all "
        f"images learned from ({blank} pixels on average). Small means below {small_is} times the root of the mean "
        f"square at the start: {small[3]} after {last} steps, and {dense} if all connections had a weight. "
        f"Minibatches of {data['batch']}, learning rate {fixed(data['rate'], 1)}. Lines: mean of {data['seeds']} "
        "seeds; bands: smallest to largest. The horizontal axis is not to scale."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    first, last = percent(data["zero"]["mean"][0], 0), percent(data["small"]["mean"][-1], 0)
    if lang == "ko":
        return (
            f"가로축은 걸음 0부터 {data['steps'][-1]}까지, 세로축은 비율. 정확히 0인 것의 선은 {first}에서 두 걸음 "
            "만에 바닥으로 떨어져 수평. "
            f"작은 것의 선은 같은 곳에서 시작해 천천히 {last}까지 내려감. 모든 연결로 시작한 "
            "선은 처음부터 아래쪽에서 거의 수평."
        )
    return (
        f"Steps 0 to {data['steps'][-1]} against the share. The line of exact zeros drops from {first} to the bottom "
        f"within two steps and stays level. The line of small weights starts at the same place and slowly comes down "
        f"to {last}. The line of the dense start is almost level near the bottom."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    zero, small, dense = (np.array(data[name]["mean"]) for name in LOOKS)
    return {
        "at first all but the connections are zero": bool(abs(zero[0] - data["start"]) < 1e-6),
        "after one step few zeros are left": data["zero"]["high"][1] < 0.15,
        "after two steps hardly any": data["zero"]["high"][2] < 0.06,
        "from then on they do not change": bool(np.ptp(zero[2:]) < 0.003),
        "those that are left belong to pixels that are off": data["elsewhere"] < 1e-3 and data["blank"] >= 3,
        "the small weights begin with the zeros": bool(0 < small[0] - zero[0] < 0.1),
        "they become fewer all the time": bool(np.all(np.diff(small[2:]) < 0)),
        "and in the end are still several times as many as from a dense start": bool(small[-1] > 2 * dense[-1]),
        "a dense start has few small weights at any time": bool(np.all(np.abs(dense - 0.07) < 0.02)),
    }
