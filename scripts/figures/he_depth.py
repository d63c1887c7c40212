"""What do activations and gradients of a deep ReLU network become under He, and under three other variances?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, BROWN, GREEN, RED, fixed, order
from scripts.figures._layers import Panel, both_ways, legend, second_moments

WIDTH, DEPTH, BATCH, SEEDS = 256, 50, 128, 5
LOOKS = {
    "variance": (RED, (0, (4, 1.6)), "^"),
    "he": (BLUE, "solid", "o"),
    "xavier": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "default": (BROWN, (0, (1, 1.2)), "v"),
}
NAMES = {
    "ko": {"variance": "분산에 맞춤", "he": "He", "xavier": "Xavier", "default": "균등 분포 ±1/√팬인"},
    "en": {"variance": "fitted to variance", "he": "He", "xavier": "Xavier", "default": "uniform ±1/√fan-in"},
}


def relu_variance() -> float:
    """The variance of ReLU's output for z ~ N(0, 1): its second moment less the square of its mean."""
    mean = 1 / math.sqrt(2 * math.pi)
    return weightinit.mean_square("relu") - mean**2


def weight_variance(name: str) -> float:
    if name == "variance":
        return weightinit.variance("lecun", WIDTH, WIDTH) / relu_variance()
    return weightinit.variance({"default": "fan_in_uniform"}.get(name, name), WIDTH, WIDTH)


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "width": WIDTH,
        "depth": DEPTH,
        "batch": BATCH,
        "seeds": SEEDS,
        "left": relu_variance(),
        "times": 1 / relu_variance(),
        "gain": math.sqrt(1 / relu_variance()),
    }
    widths = [WIDTH] * (DEPTH + 1)
    for name in LOOKS:
        variances = [weight_variance(name)] * DEPTH
        lengths = weightinit.forward_profile(widths, variances, "relu")
        slope = weightinit.mean_square_slope("relu")
        theory = {
            "activation": np.array([weightinit.mean_square("relu", float(q)) for q in lengths]),
            "gradient": weightinit.backward_profile(widths, variances, "relu", delta=slope),
        }
        runs = [_run(name, seed) for seed in range(SEEDS)]
        data[name] = {"factor": weightinit.forward_factor(variances[0], WIDTH, "relu")}
        for i, kind in enumerate(theory):
            measured = np.array([run[i] for run in runs])
            mean = measured.mean(axis=0)
            ends = (0, -1) if kind == "gradient" else (-1, 0)
            data[name][kind] = {
                "layers": mean.tolist(),
                "theory": theory[kind].tolist(),
                "end": float(mean[ends[0]]),
                "low": float(measured[:, ends[0]].min()),
                "high": float(measured[:, ends[0]].max()),
                "theory_end": float(theory[kind][ends[0]]),
            }
    data["apart"] = data["variance"]["factor"] ** DEPTH
    return data


def _run(name: str, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Second moments of activations and gradients; the four networks of a seed differ in scale alone."""
    rng = np.random.default_rng(seed)
    x, gradient = rng.standard_normal((2, BATCH, WIDTH))
    if name == "default":
        weights = weightinit.random_network([WIDTH] * (DEPTH + 1), "fan_in_uniform", rng=rng, dtype=np.float64)
    else:
        std = math.sqrt(weight_variance(name))
        weights = weightinit.random_network([WIDTH] * (DEPTH + 1), std, rng=rng, dtype=np.float64)
    return second_moments(x, weights, "relu", gradient)


PANELS = {
    "activation": Panel(
        {
            "variance": (38, 9.5, "right"),
            "he": (50, 4.2, "right"),
            "xavier": (50, -8.6, "right"),
            "default": (27, -27, "right"),
        },
        range(-40, 11, 10),
        (1e-43, 1e14),
    ),
    "gradient": Panel(
        {
            "variance": (13, 9.5, "left"),
            "he": (1, 3.4, "left"),
            "xavier": (1, -8.6, "left"),
            "default": (24, -27, "left"),
        },
        range(-40, 11, 10),
        (1e-43, 1e14),
    ),
}
SHOWN = [1, 10, 20, 30, 40, 50]


def draw(data: dict[str, Any], lang: str) -> Figure:
    return both_ways(data, lang, LOOKS, NAMES[lang], PANELS, SHOWN)


def caption(data: dict[str, Any], lang: str) -> str:
    he, xavier, default, variance = (data[name] for name in ("he", "xavier", "default", "variance"))
    ends = [order(d["activation"]["end"]) for d in (variance, xavier, default)]
    low, high = fixed(he["activation"]["low"], 2), fixed(he["activation"]["high"], 2)
    factors = fixed(xavier["factor"], 2), fixed(variance["factor"], 3)
    if lang == "ko":
        return (
            f"너비 {data['width']}, 깊이 {data['depth']}인 ReLU 신경망의 활성값과 그래디언트. 입력의 2차 적률과, "
            "마지막 활성값에 대한 그래디언트의 2차 적률은 1. He에서는 마지막 층에서 활성값의 2차 적률이 시드에 따라 "
            f"{low}에서 {high}. ReLU 출력의 분산에 맞추어 가중치를 더 키우면 층마다 {factors[1]}배가 되어 약 "
            f"{ends[0]}까지 커지고, Xavier에서는 층마다 {factors[0]}배가 되어 약 {ends[1]}, PyTorch의 기본값인 "
            f"균등 분포 ±1/√팬인에서는 약 {ends[2]}까지 줄어듦. {legend(data['seeds'], lang)}"
        )
    return (
        f"Activations and gradients of a ReLU network of width {data['width']} and depth {data['depth']}. The "
        "input, and the gradient with respect to the last activations, have second moment 1. Under He the "
        f"activations of the last layer have a second moment of {low} to {high}, depending on the seed. Larger "
        f"weights, fitted to the variance of ReLU's output, multiply it by {factors[1]} at each layer, up to about "
        f"{ends[0]}; Xavier multiplies it by {factors[0]}, down to about {ends[1]}; the uniform distribution "
        f"±1/√fan-in, PyTorch's default, leaves about {ends[2]}. {legend(data['seeds'], lang)}"
    )


def alt(data: dict[str, Any], lang: str) -> str:
    he, xavier, default, variance = (data[name] for name in ("he", "xavier", "default", "variance"))
    up = [order(d["activation"]["end"]) for d in (variance, xavier, default)]
    down = [order(d["gradient"]["end"]) for d in (variance, xavier, default)]
    level = fixed(he["gradient"]["end"], 2)
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 위는 활성값의 2차 적률로, 마지막 "
            f"층에서 분산에 맞춘 것은 {up[0]}, Xavier는 {up[1]}, 균등 분포 ±1/√팬인은 {up[2]}까지 곧게 뻗고, He는 1 "
            f"부근에서 수평. 아래는 그래디언트의 2차 적률로, 첫 층으로 갈수록 차례로 {down[0]}, {down[1]}, "
            f"{down[2]}까지 곧게 뻗고, He는 {level}에 머묾."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']}, with logarithmic vertical axes. Above, the second moment "
        f"of the activations runs straight to {up[0]} where the weights are fitted to the variance, to {up[1]} "
        f"under Xavier and to {up[2]} under uniform ±1/√fan-in; under He it stays level near 1. Below, that of the "
        f"gradients, from the last layer back to the first, runs straight to {down[0]}, {down[1]} and {down[2]}; "
        f"under He it stays at {level}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    kinds = ("activation", "gradient")

    def per_layer(name: str, kind: str) -> NDArray[np.float64]:
        """By what the theory multiplies, layer by layer, in the direction of the pass."""
        theory: NDArray[np.float64] = np.array(data[name][kind]["theory"])
        theory = theory if kind == "activation" else theory[::-1]
        return theory[1:] / theory[:-1]

    def agrees(name: str, kind: str) -> bool:
        ratio = np.array(data[name][kind]["layers"]) / np.array(data[name][kind]["theory"])
        return bool(np.all(np.abs(np.log(ratio)) < math.log(5)))

    return {
        "in theory He keeps the second moment, both ways": all(
            bool(np.allclose(per_layer("he", kind), 1)) for kind in kinds
        ),
        "under He it stays within a factor of ten in every seed": all(
            data["he"][kind]["low"] > 0.1 and data["he"][kind]["high"] < 10 for kind in kinds
        ),
        "the others multiply by their factor at each layer": all(
            bool(np.allclose(per_layer(name, kind), data[name]["factor"]))
            for name in ("variance", "xavier", "default")
            for kind in kinds
        ),
        "Xavier halves, fitting the variance grows by half, the default leaves a sixth": abs(
            data["xavier"]["factor"] - 0.5
        )
        < 1e-9
        and abs(data["variance"]["factor"] - 1.467) < 1e-3
        and abs(data["default"]["factor"] - 1 / 6) < 1e-9,
        "the ends stay apart by orders of magnitude, both ways": all(
            data["variance"][kind]["low"] > 1e7
            and data["xavier"][kind]["high"] < 1e-14
            and data["default"][kind]["high"] < 1e-37
            for kind in kinds
        ),
        "measured and theory agree within a factor of 5": all(agrees(name, kind) for name in LOOKS for kind in kinds),
    }
