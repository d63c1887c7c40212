"""What do 50 layers make of a signal and of a gradient, from too small to too large weights?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, PURPLE, RED, doubling_axis, figure, fixed, label, log_axis, order
from weightinit.sampling import Array

WIDTH, DEPTH, BATCH, SEEDS = 128, 50, 16, 5
GAINS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
FINE = tuple(float(2**k) for k in np.arange(-2, 4.01, 0.5))
LOOKS = {
    "linear": (BLUE, "solid", "o"),
    "relu": (RED, (0, (4, 1.6)), "^"),
    "tanh": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "sigmoid": (PURPLE, (0, (1, 1.2)), "v"),
}
NAMES = {
    "ko": {"linear": "선형", "relu": "ReLU", "tanh": "tanh", "sigmoid": "시그모이드"},
    "en": {"linear": "linear", "relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid"},
}
KINDS = ("activation", "gradient")


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"width": WIDTH, "depth": DEPTH, "batch": BATCH, "seeds": SEEDS}
    drawn = [_draw(seed) for seed in range(SEEDS)]
    for name in LOOKS:
        theory = {gain: _theory(name, gain) for gain in FINE}
        runs = np.array([[_run(name, gain, *one) for gain in GAINS] for one in drawn])
        logs = np.log10(runs)
        data[name] = {}
        for i, kind in enumerate(KINDS):
            data[name][kind] = {
                "theory": [theory[gain][i] for gain in FINE],
                "measured": (10 ** logs[:, :, i].mean(axis=0)).tolist(),
                "low": runs[:, :, i].min(axis=0).tolist(),
                "high": runs[:, :, i].max(axis=0).tolist(),
            }
            for gain in GAINS:
                data[name][kind][f"{gain:g}"] = theory[gain][i]
    return data


def _theory(name: str, gain: float) -> tuple[float, float]:
    """The second moments of the last activations, and of the first layer's gradient over that of the last."""
    widths, variances = [WIDTH] * (DEPTH + 1), [gain**2 / WIDTH] * DEPTH
    lengths = weightinit.forward_profile(widths, variances, name)
    gradients = weightinit.backward_profile(widths, variances, name)
    return weightinit.mean_square(name, float(lengths[-1])), float(gradients[0] / gradients[-1])


def _draw(seed: int) -> tuple[Array, Array, list[Array]]:
    """Inputs, gradients at the last activations, and weights of gain 1."""
    rng = np.random.default_rng(seed)
    x, gradient = rng.standard_normal((2, BATCH, WIDTH))
    return x, gradient, weightinit.random_network([WIDTH] * (DEPTH + 1), "lecun", rng=rng, dtype=np.float64)


def _run(name: str, gain: float, x: Array, gradient: Array, weights: list[Array]) -> tuple[float, float]:
    """What `_theory` predicts, in one network; the networks of a seed differ in gain and activation alone."""
    traced = weightinit.trace(x, [gain * layer for layer in weights], name, gradient)
    first, last = (np.mean(traced.grad[layer] ** 2) for layer in (0, -1))
    return float(np.mean(traced.post[-1] ** 2)), float(first / last)


WORDS = {
    "ko": {
        "activation": "마지막 층 활성값의 2차 적률",
        "gradient": "첫 층 그래디언트의 2차 적률 (마지막 층의 몇 배)",
        "gain": "이득 (표준편차를 1/√n의 몇 배로 하는가)",
    },
    "en": {
        "activation": "Second moment of the last activations",
        "gradient": "Gradient of the first layer over the last",
        "gain": "gain (std over 1/√n)",
    },
}
LABELS = {
    "activation": {
        "linear": (3.2, 88, "right"),
        "relu": (9.5, 50, "left"),
        "tanh": (0.27, -82, "left"),
        "sigmoid": (8.5, -17, "left"),
    },
    "gradient": {
        "linear": (3.2, 88, "right"),
        "relu": (9.5, 60, "left"),
        "tanh": (5.2, 11, "left"),
        "sigmoid": (1.6, -68, "left"),
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    result, panels = figure(500, rows=2)
    for axes, kind in zip(panels, KINDS, strict=True):
        axes.axhline(1, color=FG, linewidth=0.8)
        for name, (color, dash, marker) in LOOKS.items():
            axes.plot(FINE, data[name][kind]["theory"], color=color, linestyle=dash)
            axes.plot(GAINS, data[name][kind]["measured"], color=color, linestyle="none", marker=marker)
            gain, exponent, side = LABELS[kind][name]
            label(axes, gain, 10.0**exponent, NAMES[lang][name], color, side)
        axes.set_title(WORDS[lang][kind])
        doubling_axis(axes, "x", range(-2, 5))
        log_axis(axes, "y", range(-120, 121, 60))
        axes.set_ylim(1e-135, 1e135)
    panels[1].set_xlabel(WORDS[lang]["gain"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    linear = [order(data["linear"]["activation"][gain]) for gain in ("0.25", "16")]
    bounded = fixed(data["tanh"]["activation"]["16"], 2)
    tanh, sigmoid = order(data["tanh"]["gradient"]["16"]), order(data["sigmoid"]["gradient"]["4"])
    if lang == "ko":
        return (
            f"너비 {data['width']}, 깊이 {data['depth']}인 신경망을 가중치의 크기만 바꾸어 가며 잰 결과. 입력의 2차 "
            f"적률은 1. 활성화 함수가 없는 선형 신경망의 신호는 이득 1/4에서 {linear[0]}, 이득 16에서 {linear[1]}. "
            f"tanh의 신호는 이득이 16이어도 {bounded}에 머물지만 그래디언트는 {tanh}배가 됨. 로지스틱 시그모이드의 "
            f"그래디언트는 이득이 4여도 {sigmoid}배로 줄고, 이득 16에서는 커짐. 선은 이론값, 표식은 시드 "
            f"{data['seeds']}개의 기하평균."
        )
    return (
        f"Networks of width {data['width']} and depth {data['depth']} that differ in the size of their weights; the "
        "input has second moment 1. Without activation functions, in the linear network, the signal ends at "
        f"{linear[0]} for gain 1/4 and at {linear[1]} for gain 16. Under tanh it stays at {bounded} even for gain 16, "
        f"but the gradient is multiplied by {tanh}. Under the logistic sigmoid it is multiplied by {sigmoid} even for "
        f"gain 4, and grows for gain 16. Lines: theory; markers: geometric mean of {data['seeds']} seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    relu = [order(data["relu"]["activation"][gain]) for gain in ("0.25", "16")]
    tanh = [order(data["tanh"]["gradient"][gain]) for gain in ("0.25", "16")]
    sigmoid = [order(data["sigmoid"]["gradient"][gain]) for gain in ("0.25", "16")]
    if lang == "ko":
        return (
            "가로축이 이득 1/4부터 16까지, 세로축이 로그 눈금인 두 그래프. 위는 신호로, 선형과 ReLU는 곧게 올라가고"
            f"(ReLU는 {relu[0]}에서 {relu[1]}까지), tanh는 이득 1까지만 올라간 뒤 1 부근에서 수평, 시그모이드는 "
            f"처음부터 수평. 아래는 그래디언트로, 선형과 ReLU는 위와 같고, tanh는 {tanh[0]}에서 {tanh[1]}까지 이득 "
            f"1에서 꺾여 올라가고, 시그모이드는 {sigmoid[0]}에서 {sigmoid[1]}까지 올라가며 이득 10 부근에서 1을 지남."
        )
    return (
        "Two charts against gains from 1/4 to 16, with logarithmic vertical axes. Above, the signal: linear and ReLU "
        f"rise straight, ReLU from {relu[0]} to {relu[1]}; tanh rises up to gain 1 and stays level near 1; the sigmoid "
        f"is level throughout. Below, the gradient: linear and ReLU as above; tanh rises from {tanh[0]} to {tanh[1]}, "
        f"less steeply beyond gain 1; the sigmoid rises from {sigmoid[0]} to {sigmoid[1]} and crosses 1 near gain 10."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    at = [FINE.index(gain) for gain in GAINS]

    def theory(name: str, kind: str) -> NDArray[np.float64]:
        return np.array(data[name][kind]["theory"])

    def off(name: str, kind: str) -> float:
        """The largest distance between measured and theory, in powers of ten for each layer."""
        return float(np.max(np.abs(np.log10(data[name][kind]["measured"]) - np.log10(theory(name, kind)[at]))) / DEPTH)

    large = [k for k, gain in enumerate(FINE) if gain > 1]
    return {
        "measured and theory agree within 10 % a layer": all(
            off(name, kind) < math.log10(1.1) for name in LOOKS for kind in KINDS
        ),
        "linear: the same power both ways": bool(
            np.allclose(theory("linear", "activation"), np.array(FINE) ** (2 * DEPTH), rtol=1e-9)
            and np.allclose(theory("linear", "gradient"), np.array(FINE) ** (2 * (DEPTH - 1)), rtol=1e-9)
        ),
        "ReLU rises straight, too": bool(
            np.allclose(theory("relu", "gradient"), (np.array(FINE) ** 2 / 2) ** (DEPTH - 1), rtol=1e-9)
        ),
        "bounded signals stay bounded": bool(
            theory("tanh", "activation").max() < 1
            and theory("sigmoid", "activation").max() < 1
            and theory("tanh", "activation")[large].min() > 0.1
            and theory("sigmoid", "activation").min() > 0.2
        ),
        "tanh: gradients explode for every gain above 1": bool(
            np.all(theory("tanh", "gradient")[large] > 1) and np.all(np.diff(theory("tanh", "gradient")) > 0)
        ),
        "sigmoid: gradients vanish up to gain 8 and explode at 16, in every seed": max(
            data["sigmoid"]["gradient"]["high"][:-1]
        )
        < 1
        < data["sigmoid"]["gradient"]["low"][-1],
        "it crosses 1 near gain 10": 9 < math.sqrt(weightinit.critical_line("sigmoid").sigma_w2) < 11,
    }
