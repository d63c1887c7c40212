"""Where does Xavier fail: what happens to activations and gradients under ReLU and the logistic sigmoid?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, PURPLE, RED, fixed, order
from scripts.figures._layers import Panel, both_ways, legend, second_moments

WIDTH, DEPTH, BATCH, SEEDS = 256, 30, 128, 5
LOOKS = {
    "tanh": (BLUE, "solid", "o"),
    "relu": (RED, (0, (4, 1.6)), "^"),
    "sigmoid": (PURPLE, (0, (6, 2, 1, 2)), "s"),
}
NAMES = {
    "ko": {"tanh": "tanh", "relu": "ReLU", "sigmoid": "로지스틱 시그모이드"},
    "en": {"tanh": "tanh", "relu": "ReLU", "sigmoid": "logistic sigmoid"},
}


def compute() -> dict[str, Any]:
    variance = weightinit.variance("xavier", WIDTH, WIDTH)
    widths, variances = [WIDTH] * (DEPTH + 1), [variance] * DEPTH
    data: dict[str, Any] = {"width": WIDTH, "depth": DEPTH, "batch": BATCH, "seeds": SEEDS}
    for name in LOOKS:
        lengths = weightinit.forward_profile(widths, variances, name)
        slope = weightinit.mean_square_slope(name, float(lengths[-1]))
        theory = {
            "activation": np.array([weightinit.mean_square(name, float(q)) for q in lengths]),
            "gradient": weightinit.backward_profile(widths, variances, name, delta=slope),
        }
        runs = [_run(name, seed) for seed in range(SEEDS)]
        data[name] = {
            # χ₁: what the last layer's pre-activations make of the gradient's second moment.
            "gradient_factor": weightinit.backward_factor(variance, WIDTH, name, float(lengths[-1])),
            "length": float(lengths[-1]),
        }
        for i, kind in enumerate(theory):
            measured = np.array([run[i] for run in runs])
            mean = measured.mean(axis=0)
            data[name][kind] = {
                "layers": mean.tolist(),
                "low": measured.min(axis=0).tolist(),
                "high": measured.max(axis=0).tolist(),
                "theory": theory[kind].tolist(),
                "first": float(mean[0]),
                "last": float(mean[-1]),
                "per_layer": float((mean[-1] / mean[0]) ** (1 / (DEPTH - 1))),
                "per_layer_backward": float((mean[0] / mean[-1]) ** (1 / (DEPTH - 1))),
            }
    return data


def _run(name: str, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Second moments of the activations and of the gradients of every layer of one network."""
    rng = np.random.default_rng(seed)
    x, gradient = rng.standard_normal((2, BATCH, WIDTH))
    weights = weightinit.random_network([WIDTH] * (DEPTH + 1), "xavier", rng=rng, dtype=np.float64)
    return second_moments(x, weights, name, gradient)


PANELS = {
    "activation": Panel(
        {"sigmoid": (30, 0.9, "right"), "tanh": (30, -3.3, "right"), "relu": (22, -9, "right")},
        range(-10, 1, 5),
        (1e-11, 1e2),
        4,
    ),
    "gradient": Panel(
        {"tanh": (1, 2.8, "left"), "relu": (11, -12.5, "left"), "sigmoid": (15, -25, "left")},
        range(-40, 1, 10),
        (1e-40, 1e5),
        6,
    ),
}
SHOWN = [1, 5, 10, 15, 20, 25, 30]


def draw(data: dict[str, Any], lang: str) -> Figure:
    return both_ways(data, lang, LOOKS, NAMES[lang], PANELS, SHOWN)


def caption(data: dict[str, Any], lang: str) -> str:
    tanh, _, sigmoid = (data[name] for name in LOOKS)
    chi = fixed(sigmoid["gradient_factor"], 4)
    if lang == "ko":
        return (
            f"너비 {data['width']}, 깊이 {data['depth']}인 신경망을 Xavier로 초기화하고 활성화 함수만 바꿔 "
            "견준 결과. 그래디언트는 손실을 전활성값으로 미분한 값이고, 마지막 층의 활성값에 대한 "
            "그래디언트의 2차 적률은 1로 둠. ReLU는 층마다 활성값과 그래디언트의 2차 적률을 절반으로 줄임. "
            f"로지스틱 시그모이드에서는 활성값의 2차 적률이 {fixed(sigmoid['activation']['last'], 2)}에 "
            f"머물지만, 그래디언트의 2차 적률은 층을 거슬러 갈 때마다 {chi}배로 줄어 첫 층에서 약 "
            f"{order(sigmoid['gradient']['first'])}. tanh에서는 첫 층에서도 그래디언트의 2차 적률이 "
            f"{fixed(tanh['gradient']['first'], 3)}. {legend(data['seeds'], lang)}"
        )
    return (
        f"One network of width {data['width']} and depth {data['depth']}, initialized with Xavier, under "
        "three activation functions. The gradient is the derivative of the loss with respect to the "
        "pre-activations; with respect to the last layer's activations its second moment is set to 1. ReLU "
        "halves the second moment of activations and of gradients at each layer. Under the logistic sigmoid "
        f"the activations' second moment stays at {fixed(sigmoid['activation']['last'], 2)}, but that of the "
        f"gradients is multiplied by {chi} at each layer on the way back, down to about "
        f"{order(sigmoid['gradient']['first'])} in the first layer. Under tanh it is still "
        f"{fixed(tanh['gradient']['first'], 3)} there. {legend(data['seeds'], lang)}"
    )


def alt(data: dict[str, Any], lang: str) -> str:
    tanh, relu, sigmoid = (data[name] for name in LOOKS)
    up = order(relu["activation"]["last"]), fixed(tanh["activation"]["last"], 3)
    down = order(relu["gradient"]["first"]), order(sigmoid["gradient"]["first"])
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 위는 활성값의 2차 적률로, "
            f"로지스틱 시그모이드는 수평이고, tanh는 {up[1]}까지 천천히, ReLU는 약 {up[0]}까지 곧게 내려감. "
            "아래는 그래디언트의 2차 적률로, 마지막 층에서 첫 층으로 가면서 tanh는 거의 수평이고, ReLU는 약 "
            f"{down[0]}까지, 로지스틱 시그모이드는 약 {down[1]}까지 곧게 내려감."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']}, with logarithmic vertical axes. Above, the second "
        f"moment of the activations: level under the logistic sigmoid, slowly down to {up[1]} under tanh, "
        f"straight down to about {up[0]} under ReLU. Below, the second moment of the gradients, from the "
        f"last layer back to the first: nearly level under tanh, straight down to about {down[0]} under ReLU "
        f"and to about {down[1]} under the logistic sigmoid."
    )


def _geometric_mean(values: NDArray[np.float64]) -> float:
    return float(np.exp(np.mean(np.log(values))))


def claims(data: dict[str, Any]) -> dict[str, bool]:
    tanh, _, sigmoid = (data[name] for name in LOOKS)

    def steps(name: str, kind: str, source: str = "layers") -> NDArray[np.float64]:
        """By what the second moment is multiplied, layer by layer, in the direction of the pass."""
        layers: NDArray[np.float64] = np.array(data[name][kind][source])
        layers = layers if kind == "activation" else layers[::-1]
        return layers[1:] / layers[:-1]

    def agrees(name: str, kind: str) -> bool:
        ratio = np.array(data[name][kind]["layers"]) / np.array(data[name][kind]["theory"])
        return bool(np.all(np.abs(np.log(ratio)) < math.log(2)))

    return {
        "ReLU halves both second moments at each layer": all(
            bool(np.allclose(steps("relu", kind, "theory"), 0.5))
            and abs(_geometric_mean(steps("relu", kind)) - 0.5) < 0.02
            for kind in ("activation", "gradient")
        ),
        "under the sigmoid the activations stay level": bool(
            np.ptp(sigmoid["activation"]["layers"][1:]) < 0.1 * sigmoid["activation"]["last"]
        ),
        "and the gradient shrinks by its factor at each layer": bool(
            np.all(np.abs(steps("sigmoid", "gradient")[:-2] / sigmoid["gradient_factor"] - 1) < 0.05)
        )
        and sigmoid["gradient"]["high"][0] < 1e-30,
        "tanh's gradient is nearly level, its activations fall slowly": tanh["gradient"]["low"][0] > 1e-3
        and bool(np.all(steps("tanh", "activation") > 0.5)),
        "measured and theory agree within a factor of 2": all(
            agrees(name, kind) for name in LOOKS for kind in ("activation", "gradient")
        ),
    }
