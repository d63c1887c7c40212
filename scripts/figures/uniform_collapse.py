"""Do biases save a signal that the weights ±1/√fan_in make fade? Its size, and what two inputs still differ by."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, BROWN, RED, figure, fixed, log_axis, order
from scripts.figures._layers import curves, legend

WIDTH, DEPTH, BATCH, SEEDS = 128, 15, 64, 5
LOOKS: dict[str, tuple[str, Any, str]] = {
    "he": (BLUE, "solid", "o"),
    "biased": (RED, (0, (4, 1.6)), "^"),
    "plain": (BROWN, (0, (1, 1.2)), "v"),
}
NAMES = {
    "ko": {"he": "He, 편향 0", "biased": "±1/√팬인, 편향도 ±1/√팬인", "plain": "±1/√팬인, 편향 0"},
    "en": {"he": "He, biases 0", "biased": "±1/√fan-in, biases too", "plain": "±1/√fan-in, biases 0"},
}
KINDS = ("moment", "gap")


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"width": WIDTH, "depth": DEPTH, "pairs": BATCH, "seeds": SEEDS}
    runs = [_run(seed) for seed in range(SEEDS)]
    for name in LOOKS:
        theory = _theory(name)
        data[name] = {}
        for kind in KINDS:
            measured = np.array([run[name][kind] for run in runs])
            mean = np.exp(np.log(measured).mean(axis=0))
            data[name][kind] = {
                "layers": mean.tolist(),
                "theory": theory[kind],
                "end": float(mean[-1]),
                "low": float(measured[:, -1].min()),
                "high": float(measured[:, -1].max()),
            }
    variance = weightinit.variance("fan_in_uniform", WIDTH, WIDTH)
    (kept,) = weightinit.fixed_points(weightinit.forward_factor(variance, WIDTH), "relu", variance)
    return data | {
        "plateau": weightinit.mean_square("relu", kept.q),
        "factor": weightinit.forward_factor(variance, WIDTH, "relu"),
    }


def _scales(name: str) -> tuple[float, float]:
    """Variances of weights and biases."""
    weights = weightinit.variance("he" if name == "he" else "fan_in_uniform", WIDTH, WIDTH)
    return weights, weightinit.variance("fan_in_uniform", WIDTH, WIDTH) if name == "biased" else 0.0


def _theory(name: str) -> dict[str, list[float]]:
    """Second moment of the activations, and half their mean squared difference over it, for independent inputs."""
    variance, bias = _scales(name)
    sigma2 = weightinit.forward_factor(variance, WIDTH)
    q = weightinit.length_map(1.0, variance, WIDTH, bias_variance=bias)
    c = bias / q
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(DEPTH):
        found["moment"].append(weightinit.mean_square("relu", q))
        found["gap"].append(1 - weightinit.correlation_map(c, q, 1.0, "relu"))
        c = weightinit.correlation_map(c, q, sigma2, "relu", bias)
        q = weightinit.length_map(q, variance, WIDTH, "relu", bias)
    return found


def _run(seed: int) -> dict[str, dict[str, NDArray[np.float64]]]:
    """The three networks of a seed have the same weights but for their scale."""
    rng = np.random.default_rng(seed)
    weights = weightinit.random_network([WIDTH] * (DEPTH + 1), "fan_in_uniform", rng=rng, dtype=np.float64)
    limit = weightinit.bound("fan_in_uniform", WIDTH, WIDTH)
    biases = [weightinit.random_uniform((WIDTH,), limit, rng=rng, dtype=np.float64) for _ in range(DEPTH)]
    x = rng.standard_normal((2 * BATCH, WIDTH))
    larger = weightinit.std("he", WIDTH, WIDTH) / weightinit.std("fan_in_uniform", WIDTH, WIDTH)
    stacks = {"he": ([larger * w for w in weights], None), "biased": (weights, biases), "plain": (weights, None)}
    return {name: _measured(x, *stack) for name, stack in stacks.items()}


def _measured(x: Any, weights: Any, biases: Any) -> dict[str, NDArray[np.float64]]:
    _, post = weightinit.forward(x, weights, "relu", biases)
    moment = np.array([np.mean(h**2) for h in post])
    gap = np.array([np.mean((h[:BATCH] - h[BATCH:]) ** 2) for h in post])
    return {"moment": moment, "gap": gap / (2 * moment)}


WORDS = {
    "ko": {"moment": "활성값의 2차 적률", "gap": "두 입력이 달라서 생긴 몫의 비율", "layer": "층"},
    "en": {"moment": "Second moment of activations", "gap": "Share that two inputs differ by", "layer": "layer"},
}
LABELS = {
    "moment": {"he": (15, 1.2, "right"), "biased": (15, -1.4, "right"), "plain": (9.2, -8.6, "right")},
    "gap": {"he": (15, 0.7, "right"), "biased": (9.6, -7.6, "right")},
}
SHOWN = [1, 3, 5, 7, 9, 11, 13, 15]


def draw(data: dict[str, Any], lang: str) -> Figure:
    result, panels = figure(470, rows=2)
    both = {"ko": "편향 0 (He와 ±1/√팬인이 같음)", "en": "biases 0 (He and ±1/√fan-in alike)"}
    for axes, kind in zip(panels, KINDS, strict=True):
        looks = {name: look for name, look in LOOKS.items() if name in LABELS[kind]}
        names = NAMES[lang] | ({"he": both[lang]} if kind == "gap" else {})
        curves(axes, {name: data[name][kind] for name in looks}, looks, names, LABELS[kind], SHOWN)
        axes.set_title(WORDS[lang][kind])
        log_axis(axes, "y", range(-12, 1, 3))
        axes.set_ylim(1e-13, 1e2)
    panels[1].set_xlabel(WORDS[lang]["layer"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    he, biased, plain = (data[name] for name in LOOKS)
    plateau, small = fixed(data["plateau"], 4), order(plain["moment"]["end"])
    gap, kept = order(biased["gap"]["end"]), fixed(he["gap"]["end"], 2)
    if lang == "ko":
        return (
            f"너비 {data['width']}, 깊이 {data['depth']}인 ReLU 신경망에 서로 무관한 두 입력을 넣은 결과. 위: "
            f"활성값의 2차 적률. ±1/√팬인에서는 마지막 층에서 약 {small}까지 줄고, 편향도 같은 분포에서 뽑으면 "
            f"{plateau}에 멈춤. 아래: 두 입력의 활성값의 차이를 제곱해 평균하고 2차 적률의 두 배로 나눈 비율. 편향이 "
            f"있으면 마지막 층에서 약 {gap}, 편향이 0이면 가중치의 크기와 무관하게 {kept}. "
            f"{legend(data['seeds'], lang)}"
        )
    return (
        f"A ReLU network of width {data['width']} and depth {data['depth']} with two unrelated inputs. Above: the "
        f"second moment of the activations. Under ±1/√fan-in it falls to about {small} in the last layer; with biases "
        f"from the same distribution it stops at {plateau}. Below: the mean squared difference of the two inputs' "
        "activations, divided by twice their second moment. With biases about "
        f"{gap} of it is left in the last layer; with biases of 0, {kept}, whatever the size of the weights. "
        f"{legend(data['seeds'], lang)}"
    )


def alt(data: dict[str, Any], lang: str) -> str:
    plateau, small = fixed(data["plateau"], 4), order(data["plain"]["moment"]["end"])
    gap = order(data["biased"]["gap"]["end"])
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 위에서 He는 1 부근에 머물고, 편향 "
            f"0인 ±1/√팬인은 {small}까지 곧게 내려가며, 편향이 있는 것은 처음 몇 층만 내려가다 {plateau}에서 수평. "
            f"아래에서 편향이 0인 선은 천천히 내려가고, 편향이 있는 선은 {gap}까지 거의 곧게 내려감."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']}, with logarithmic vertical axes. Above, He stays near 1, "
        f"±1/√fan-in with biases of 0 falls straight to {small}, and with biases it falls for a few layers and is then "
        f"level at {plateau}. Below, the line without biases falls slowly, and the one with biases falls almost "
        f"straight to {gap}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    he, biased, plain = (data[name] for name in LOOKS)

    def steps(of: dict[str, Any], values: str = "theory") -> NDArray[np.float64]:
        series: NDArray[np.float64] = np.array(of[values])
        return series[1:] / series[:-1]

    def agrees(of: dict[str, Any]) -> bool:
        return bool(np.abs(np.log(np.array(of["layers"]) / np.array(of["theory"]))).max() < math.log(2))

    share = np.array(biased["gap"]["layers"]) * np.array(biased["moment"]["layers"])
    return {
        "He keeps the second moment, in theory and, within a factor of three, in every seed": bool(
            np.allclose(steps(he["moment"]), 1)
        )
        and 1 / 3 < he["moment"]["low"] < he["moment"]["high"] < 3,
        "without biases the default leaves a sixth at each layer": bool(np.allclose(steps(plain["moment"]), 1 / 6))
        and abs(data["factor"] - 1 / 6) < 1e-12,
        "with biases the second moment stops at 1/(5n), in every seed": abs(5 * WIDTH * data["plateau"] - 1) < 1e-9
        and abs(biased["moment"]["theory"][-1] / data["plateau"] - 1) < 1e-6
        and abs(biased["moment"]["low"] / data["plateau"] - 1) < 0.3
        and abs(biased["moment"]["high"] / data["plateau"] - 1) < 0.3,
        "it falls for a few layers only": bool(np.all(steps(biased["moment"])[5:] > 0.98)),
        "with biases the share falls by a sixth at each layer in the end": bool(
            np.all(np.abs(steps(biased["gap"])[8:] - 1 / 6) < 0.01)
        ),
        "and the squared difference by a sixth or more, all the way": bool(np.all(share[1:] / share[:-1] < 0.2)),
        "in every seed hardly anything is left": biased["gap"]["high"] < 1e-8,
        "without biases the share falls slowly, and much is left": he["gap"]["low"] > 0.03
        and bool(np.all(steps(he["gap"])[5:] > 0.75)),
        "He and the default share it exactly": bool(np.allclose(he["gap"]["layers"], plain["gap"]["layers"])),
        "measured and theory agree within a factor of 2": all(
            agrees(data[name][kind]) for name in LOOKS for kind in KINDS
        ),
    }
