"""Does a SELU network find its own size back, and what does the gain 3/4 do instead?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, BROWN, GREEN, RED, figure, fixed, label, log_axis

WIDTH, DEPTH, BATCH, SEEDS = 256, 50, 32, 5
#: The second moment of the input, and the gain.
RUNS = {"large": (10.0, 1.0), "one": (1.0, 1.0), "small": (0.1, 1.0), "convention": (1.0, 0.75)}
LOOKS = {
    "large": (RED, (0, (4, 1.6)), "^"),
    "one": (BLUE, "solid", "o"),
    "small": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "convention": (BROWN, (0, (1, 1.2)), "v"),
}
SHOWN = [1, 5, 10, 15, 20, 30, 40, 50]


def compute() -> dict[str, Any]:
    convention = weightinit.convention_gain("selu")
    (_, kept) = weightinit.fixed_points(convention**2, "selu")
    (_, own) = weightinit.fixed_points(1.0, "selu")
    mean, second = _mean(kept.q), weightinit.mean_square("selu", kept.q)
    data: dict[str, Any] = {
        "width": WIDTH,
        "depth": DEPTH,
        "batch": BATCH,
        "seeds": SEEDS,
        "gain": convention,
        "slope": own.slope,
        "ten": own.slope**10,
        "chi": weightinit.mean_square_slope("selu"),
        "chi_depth": weightinit.mean_square_slope("selu") ** DEPTH,
        "kept_slope": kept.slope,
        "kept_moment": second,
        "kept_mean": mean,
        "kept_std": math.sqrt(second - mean**2),
        "kept_chi": convention**2 * weightinit.mean_square_slope("selu", kept.q),
    }
    widths = [WIDTH] * (DEPTH + 1)
    for name, (start, gain) in RUNS.items():
        variances = [gain**2 * weightinit.variance("lecun", WIDTH, WIDTH)] * DEPTH
        lengths = weightinit.forward_profile(widths, variances, "selu", start)
        last = weightinit.mean_square_slope("selu", float(lengths[-1]))
        back = weightinit.backward_profile(widths, variances, "selu", start, last)
        runs = np.array([_run(start, gain, seed) for seed in range(SEEDS)])  # (seeds, 3, depth)
        post, grad, means = runs[:, 0], runs[:, 1], runs[:, 2]
        theory = [weightinit.mean_square("selu", float(q)) for q in lengths]
        data[name] = {
            "start": start,
            "theory": theory,
            "layers": post.mean(axis=0).tolist(),
            "low": post.min(axis=0).tolist(),
            "high": post.max(axis=0).tolist(),
            "first": float(post[:, 0].mean()),
            "end": float(post[:, -1].mean()),
            "end_low": float(post[:, -1].min()),
            "end_high": float(post[:, -1].max()),
            "mean_low": float(means[:, -1].min()),
            "mean_high": float(means[:, -1].max()),
            "std": float(np.sqrt(post[:, -1] - means[:, -1] ** 2).mean()),
            "gradient": grad.mean(axis=0).tolist(),
            "gradient_theory": back.tolist(),
            "gradient_end": float(grad[:, 0].mean()),
            "gradient_low": float(grad[:, 0].min()),
            "gradient_high": float(grad[:, 0].max()),
        }
    return data


def _mean(q: float) -> float:
    """The mean of SELU's output at a normal input of second moment q: a dense sum over the distribution."""
    z = np.linspace(-12, 12, 240_001)
    density = np.exp(-(z**2) / 2)
    return float(np.sum(density * weightinit.activation("selu").f(math.sqrt(q) * z)) / density.sum())


def _run(start: float, gain: float, seed: int) -> NDArray[np.float64]:
    """Second moments of activations and gradients, and means of activations; one seed, one set of weights."""
    rng = np.random.default_rng(seed)
    x, gradient = rng.standard_normal((2, BATCH, WIDTH))
    weights = weightinit.random_network([WIDTH] * (DEPTH + 1), "lecun", rng=rng, dtype=np.float64)
    traced = weightinit.trace(math.sqrt(start) * x, [gain * w for w in weights], "selu", gradient)
    squares = [[np.mean(h**2) for h in layers] for layers in (traced.post, traced.grad)]
    return np.array([*squares, [np.mean(h) for h in traced.post]])


WORDS = {
    "ko": {
        "activation": "활성값의 2차 적률 (SELU)",
        "gradient": "그래디언트의 2차 적률 (SELU)",
        "layer": "층",
        "large": "입력 10",
        "one": "입력 1",
        "small": "입력 0.1",
        "convention": "입력 1, 이득 3/4",
        "lecun": "LeCun",
        "gain": "이득 3/4",
    },
    "en": {
        "activation": "Second moment of activations (SELU)",
        "gradient": "Second moment of gradients (SELU)",
        "layer": "layer",
        "large": "input 10",
        "one": "input 1",
        "small": "input 0.1",
        "convention": "input 1, gain 3/4",
        "lecun": "LeCun",
        "gain": "gain 3/4",
    },
}
LABELS = {"large": (5.5, 4.0), "one": (38, 1.7), "small": (6, 0.33), "convention": (22, 0.028)}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, (above, below) = figure(500, rows=2)
    layers = np.arange(1, DEPTH + 1)
    at = np.array(SHOWN) - 1
    for name, (color, dash, marker) in LOOKS.items():
        one = data[name]
        above.plot(layers, one["theory"], color=color, linestyle=dash)
        above.fill_between(layers, one["low"], one["high"], color=color, alpha=0.2, linewidth=0)
        above.plot(SHOWN, np.array(one["layers"])[at], color=color, linestyle="none", marker=marker)
        x, y = LABELS[name]
        above.text(x, y, words[name], color=color, verticalalignment="center")
    above.set_title(words["activation"])
    log_axis(above, "y", range(-2, 2))
    above.set_ylim(1e-2, 20)
    for name, text, y in (("one", "lecun", 30.0), ("convention", "gain", 0.25)):
        color, dash, marker = LOOKS[name]
        below.plot(layers, data[name]["gradient_theory"], color=color, linestyle=dash)
        below.plot(SHOWN, np.array(data[name]["gradient"])[at], color=color, linestyle="none", marker=marker)
        label(below, 14, y, words[text], color)
    below.set_title(words["gradient"])
    log_axis(below, "y", range(-1, 3))
    below.set_ylim(0.05, 100)
    for axes in (above, below):
        axes.set_xticks([1, 10, 20, 30, 40, 50])
    below.set_xlabel(words["layer"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    large, one, small, convention = (data[name] for name in RUNS)
    low = fixed(min(run["end_low"] for run in (large, one, small)), 2)
    high = fixed(max(run["end_high"] for run in (large, one, small)), 2)
    stuck = fixed(convention["end"], 3)
    back = [fixed(one[key], 0) for key in ("gradient_low", "gradient_high")]
    kept = [fixed(convention[key], 2) for key in ("gradient_low", "gradient_high")]
    if lang == "ko":
        return (
            f"너비 {data['width']}, 깊이 {data['depth']}인 SELU 신경망. LeCun 가중치에서는 입력의 2차 적률이 10이든 "
            f"1이든 {fixed(small['start'], 1)}이든 활성값의 2차 적률이 1로 다가가, 마지막 층에서 시드 "
            f"{data['seeds']}개 모두 {low}에서 {high} 사이. 가중치에 3/4을 곱하면 {stuck}까지 내려감. 첫 층의 "
            f"그래디언트는 LeCun에서 {back[0]}에서 {back[1]}. 3/4을 곱하면 20층까지는 조금만 줄지만, 신호가 아직 큰 "
            f"앞쪽 층에서 크게 줄어 첫 층에서 {kept[0]}에서 {kept[1]}. 선은 이론값, 표식은 평균, 위 그림의 띠는 시드 "
            "가운데 가장 작은 값부터 가장 큰 값까지."
        )
    return (
        f"A SELU network of width {data['width']} and depth {data['depth']}. Under LeCun weights the second moment "
        "of the activations moves toward 1, whether that of the input is 10, 1 or "
        f"{fixed(small['start'], 1)}; in the last layer it lies between {low} and {high} for all {data['seeds']} "
        f"seeds. Multiplied by 3/4, the weights lead it down to {stuck}. The gradient of the first layer is {back[0]} "
        f"to {back[1]} under LeCun. With 3/4 it shrinks little down to layer 20, but much in the early layers, where "
        f"the signal is still large, and is {kept[0]} to {kept[1]} in the first. Lines: theory; markers: mean; band "
        "in the upper chart: the smallest to the largest seed."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    large, one, small, convention = (data[name] for name in RUNS)
    firsts = [fixed(run["first"], 2) for run in (large, one, small)]
    ends = [fixed(one["gradient_end"], 0), fixed(convention["gradient_end"], 2)]
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 위는 활성값의 2차 적률. LeCun의 세 "
            f"곡선이 첫 층의 {firsts[0]}, {firsts[1]}, {firsts[2]}에서 출발해 열댓 층 안에 1에서 만나고, 이득 3/4의 "
            f"곡선은 {fixed(convention['end'], 3)}까지 내려가 수평이 됨. 아래는 그래디언트의 2차 적률. 마지막 층에서 "
            f"첫 층으로 갈수록 LeCun의 직선은 {ends[0]}까지 올라가고, 이득 3/4의 곡선은 20층까지 거의 수평이다가 "
            f"첫 층의 {ends[1]}까지 내려감."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']}, with logarithmic vertical axes. Above, the second moment of "
        f"the activations: the three curves of LeCun start at {firsts[0]}, {firsts[1]} and {firsts[2]} in the first "
        "layer and meet at 1 within some fifteen layers; that of the gain 3/4 sinks to "
        f"{fixed(convention['end'], 3)} and becomes level. Below, that of the gradients, from the last layer back to "
        f"the first: the line of LeCun climbs to {ends[0]}, the curve of the gain 3/4 is nearly level down to layer 20 "
        f"and then sinks to {ends[1]} in the first layer."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    lecun = ("large", "one", "small")
    ten = [abs(data[name]["theory"][15] - 1) for name in lecun]
    gap = np.array(data["large"]["theory"]) - 1
    return {
        "in theory the three starts meet at 1 within fifteen layers": max(ten) < 0.1,
        "one starts above 1, one at it, one below": data["large"]["theory"][0]
        > 2
        > data["one"]["theory"][0]
        > 0.5
        > data["small"]["theory"][0],
        "near 1 a layer leaves 0.78 of the gap": abs(gap[-1] / gap[-2] - data["slope"]) < 1e-2
        and abs(data["slope"] - 0.78) < 5e-3,
        "measured, every seed ends near 1": all(
            data[name]["end_low"] > 0.75 and data[name]["end_high"] < 1.25 for name in lecun
        ),
        "the mean stays at 0": all(max(-data[n]["mean_low"], data[n]["mean_high"]) < 0.05 for n in lecun),
        "with 3/4 the second moment sinks to 0.04 in every seed": 0.03
        < data["convention"]["end_low"]
        < data["convention"]["end_high"]
        < 0.06
        and abs(data["convention"]["end"] / data["kept_moment"] - 1) < 0.25
        and data["gain"] == RUNS["convention"][1],
        "the standard deviation there is 0.2": abs(data["kept_std"] - 0.1996) < 1e-4
        and abs(data["convention"]["std"] - 0.2) < 0.03,
        "the gradient grows by 7.2 percent a layer under LeCun": data["one"]["gradient_low"] > 15
        and abs(data["chi"] - 1.072) < 1e-3,
        "with 3/4 it shrinks little down to layer 20, but much in the early layers": 0.7
        < data["convention"]["gradient_theory"][19] / data["convention"]["gradient_theory"][-1]
        < 1
        and data["convention"]["gradient_high"] < 0.2
        and abs(data["kept_chi"] - 1) < 4e-3,
        "measured and theory agree within a factor of 1.5": all(
            bool(np.all(np.abs(np.log(np.array(data[n][a]) / np.array(data[n][b]))) < math.log(1.5)))
            for n in RUNS
            for a, b in (("layers", "theory"), ("gradient", "gradient_theory"))
        ),
    }
