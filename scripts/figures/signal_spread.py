"""How far does one network of finite width stray from what the recursion foretells for all of them?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, FG, RED, figure, label, log_axis, percent

WIDTHS, DEPTH, NETWORKS = (32, 128), 30, 200
LOW, HIGH = 0.1, 0.9
CHECKED = 5  # a layer at which the spread can still be estimated from so many networks
# The gradient under the logistic sigmoid, whose independence from the weights is only approximate.
SIGMOID = {8: 400, 128: 50}
SIGMOID_DEPTH, SIGMOID_BATCH = 10, 4


def compute() -> dict[str, Any]:
    rng = np.random.default_rng(15)
    data: dict[str, Any] = {"depth": DEPTH, "networks": NETWORKS, "share": HIGH - LOW, "checked": CHECKED}
    for width in WIDTHS:
        moments = np.array([_moments(width, rng) for _ in range(NETWORKS)])
        low, middle, high = np.quantile(moments, (LOW, 0.5, HIGH), axis=0)
        squares = moments[:, CHECKED - 1] ** 2
        data[f"width {width}"] = {
            "width": width,
            "low": low.tolist(),
            "median": middle.tolist(),
            "high": high.tolist(),
            "last_low": float(low[-1]),
            "last_median": float(middle[-1]),
            "last_high": float(high[-1]),
            "below": float(np.mean(moments[:, -1] < 1)),
            "mean": float(moments[:, CHECKED - 1].mean()),
            "mean_error": float(moments[:, CHECKED - 1].std() / math.sqrt(NETWORKS)),
            "spread": float(squares.mean()),
            "spread_error": float(squares.std() / math.sqrt(NETWORKS)),
            "theory": weightinit.he_relu_spread(width, CHECKED),
            "last_theory": weightinit.he_relu_spread(width, DEPTH),
        }
    return data | {"sigmoid": {f"width {width}": _sigmoid(width, nets, rng) for width, nets in SIGMOID.items()}}


def _moments(width: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Second moments of the activations of one network under He, for one input of second moment 1."""
    x = rng.standard_normal((1, width)).astype(np.float32)
    x /= np.sqrt(np.mean(x**2))
    weights = weightinit.random_network([width] * (DEPTH + 1), "he", rng=rng)
    _, post = weightinit.forward(x, weights, "relu")
    return np.array([np.mean(h**2, dtype=np.float64) for h in post])


def _sigmoid(width: int, networks: int, rng: np.random.Generator) -> dict[str, float]:
    """Measured over theory: the second moment of the gradient at the first layer, and its standard error."""
    widths = [width] * (SIGMOID_DEPTH + 1)
    variances = [weightinit.variance("xavier", width, width)] * SIGMOID_DEPTH
    theory = weightinit.backward_profile(widths, variances, "sigmoid")[0]
    found = []
    for _ in range(networks):
        x, gradient = rng.standard_normal((2, SIGMOID_BATCH, width))
        weights = weightinit.random_network(widths, "xavier", rng=rng, dtype=np.float64)
        pre, _ = weightinit.forward(x, weights, "sigmoid")
        first = weightinit.backward(weights, pre, gradient, "sigmoid", last="linear")[0]
        found.append(np.mean(first**2) / theory)
    return {
        "width": width,
        "networks": networks,
        "ratio": float(np.mean(found)),
        "error": float(np.std(found) / math.sqrt(networks)),
    }


WORDS = {
    "ko": {
        "title": "활성값의 2차 적률 (He)",
        "layer": "층",
        "width": "너비",
        "mean": "이론: 평균 1",
        "median": "중앙값",
    },
    "en": {
        "title": "Second moment of activations (He)",
        "layer": "layer",
        "width": "width",
        "mean": "theory: mean 1",
        "median": "median",
    },
}
LOOKS = {32: (RED, (0, (4, 1.6)), "^"), 128: (BLUE, "solid", "o")}
SHOWN = [1, 5, 10, 15, 20, 25, 30]


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(460, rows=2, sharex=True, sharey=True)
    layers = np.arange(1, data["depth"] + 1)
    for axes, width in zip(panels, WIDTHS, strict=True):
        color, dash, marker = LOOKS[width]
        found = data[f"width {width}"]
        axes.fill_between(layers, found["low"], found["high"], color=color, alpha=0.22, linewidth=0)
        axes.plot(layers, found["median"], color=color, linestyle=dash)
        axes.plot(SHOWN, [found["median"][s - 1] for s in SHOWN], color=color, linestyle="none", marker=marker)
        axes.axhline(1, color=FG, linewidth=0.9)
        axes.set_title(f"{words['title']}: {words['width']} {width}")
        axes.set_xticks(SHOWN)
        log_axis(axes, "y", range(-3, 2))
        axes.set_ylim(1e-3, 30)
        label(axes, 30, 5.5, words["mean"], FG, "right")
    for axes, width, height in zip(panels, WIDTHS, (0.1, 0.44), strict=True):  # no patch: it would cut the band
        axes.text(12, height, words["median"], color=LOOKS[width][0], verticalalignment="center")
    panels[1].set_xlabel(words["layer"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    narrow, wide = (data[f"width {width}"] for width in WIDTHS)
    share = percent(data["share"], 0)
    ends = [f"{found[key]:.2g}" for found in (narrow, wide) for key in ("last_median", "last_low", "last_high")]
    if lang == "ko":
        return (
            f"He로 초기화한 ReLU 신경망 {data['networks']}개에서 층마다 잰 활성값의 2차 적률. 입력의 2차 적률은 1. "
            f"띠는 가운데 {share}의 신경망, 표식이 있는 선은 중앙값. 이론의 평균은 어느 너비에서나 1. "
            f"{data['depth']}층에서 중앙값은 너비 {narrow['width']}에서 {ends[0]}(띠는 {ends[1]}부터 {ends[2]}까지), "
            f"너비 {wide['width']}에서 {ends[3]}(띠는 {ends[4]}부터 {ends[5]}까지)."
        )
    return (
        f"Second moment of the activations in each layer of {data['networks']} ReLU networks under He. That of the "
        f"input is 1. Band: the middle {share} of the networks; line with markers: median. In theory the mean is 1 "
        f"at any width. In layer {data['depth']} the median is {ends[0]} at width {narrow['width']} (band from "
        f"{ends[1]} to {ends[2]}) and {ends[3]} at width {wide['width']} (band from {ends[4]} to {ends[5]})."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    narrow, wide = (data[f"width {width}"] for width in WIDTHS)
    ends = [f"{found[key]:.2g}" for found in (narrow, wide) for key in ("last_low", "last_high")]
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 띠가 층을 따라 나팔처럼 벌어져, "
            f"너비 {narrow['width']}에서는 {ends[0]}부터 {ends[1]}까지, 너비 {wide['width']}에서는 {ends[2]}부터 "
            f"{ends[3]}까지 퍼짐. 두 그래프 모두 중앙값은 1에서 서서히 내려가고, 너비가 작은 쪽이 훨씬 가파름."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']} with logarithmic vertical axes. A band opens like a "
        f"trumpet: at width {narrow['width']} it reaches from {ends[0]} to {ends[1]} in the end, at width "
        f"{wide['width']} from {ends[2]} to {ends[3]}. In both the median sinks slowly from 1, far more steeply at "
        "the smaller width."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    narrow, wide = (data[f"width {width}"] for width in WIDTHS)

    def opening(found: dict[str, Any]) -> NDArray[np.float64]:
        return np.log(np.array(found["high"]) / np.array(found["low"]))

    few, many = (data["sigmoid"][f"width {width}"] for width in SIGMOID)
    return {
        "the mean is kept at any width": all(
            abs(found["mean"] - 1) < 4 * found["mean_error"] for found in (narrow, wide)
        ),
        "the spread is that of he_relu_spread": all(
            abs(found["spread"] - found["theory"]) < 4 * found["spread_error"]
            and found["spread"] > 1 + 2 * found["spread_error"]
            for found in (narrow, wide)
        ),
        "the band opens from layer to layer, at the smaller width faster": all(
            opening(found)[29] > opening(found)[9] > opening(found)[0] for found in (narrow, wide)
        )
        and bool(np.all(opening(narrow) > opening(wide))),
        "the median sinks, at the smaller width faster": narrow["last_median"] < 0.2 < wide["last_median"] < 0.9
        and narrow["median"][9] < wide["median"][9] < 1,
        "most networks lie below the mean": min(narrow["below"], wide["below"]) > 0.5,
        "at width 8 the theory of the sigmoid's gradient is off, at width 128 it is not seen to be": few["ratio"] - 1
        < -3 * few["error"]
        and abs(many["ratio"] - 1) < 3 * many["error"],
    }
