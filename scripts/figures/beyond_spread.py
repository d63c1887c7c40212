"""What do many linear layers do to the singular values of their product, if they are normal and if orthogonal?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, GREEN, PURPLE, RED, figure, fixed, label, log_axis, order
from weightinit.sampling import Array

WIDTH, DEPTH, SEEDS = 128, 20, 5
# The variance of the squared singular values scatters: wider layers and more networks.
WIDE, EXAMPLE, MORE = 192, 10, 10
LOOKS = {
    "largest": (RED, (0, (4, 1.6)), "^"),
    "median": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "tenth": (PURPLE, (0, (1, 1.2)), "v"),
}
SHOWN = [1, 5, 10, 15, 20]


def layer(kind: str, width: int, rng: np.random.Generator, gain: float = 1.0) -> Array:
    if kind == "orthogonal":
        return weightinit.orthogonal((width, width), rng=rng, gain=gain, dtype=np.float64)
    return gain * weightinit.lecun_normal((width, width), rng=rng, dtype=np.float64)


def _values(kind: str, seed: int) -> list[Array]:
    """The singular values of the product of the first 1, 2, ... layers."""
    rng, product, found = np.random.default_rng(seed), np.eye(WIDTH), []
    for _ in range(DEPTH):
        product = layer(kind, WIDTH, rng) @ product
        found.append(np.linalg.svd(product, compute_uv=False))
    return found


def _variance(kind: str, activation: str, seed: int) -> float:
    """The variance of the squared singular values of how a network's output depends on one input; their mean is 1."""
    rng = np.random.default_rng(seed)
    weights = [layer(kind, WIDE, rng, weightinit.gain(activation)) for _ in range(EXAMPLE)]
    pre, _ = weightinit.forward(rng.standard_normal((1, WIDE)), weights, activation)
    jacobian = np.eye(WIDE)
    for w, z in zip(weights, pre, strict=True):
        jacobian = weightinit.activation(activation).df(z[0])[:, None] * (w @ jacobian)
    gram = jacobian @ jacobian.T
    return float(np.mean(np.sum(gram**2, axis=1)) / np.mean(np.diag(gram)) ** 2 - 1)


def compute() -> dict[str, Any]:
    normal, orthogonal = (np.array([_values(kind, seed) for seed in range(SEEDS)]) for kind in ("normal", "orthogonal"))
    depths = np.arange(1, DEPTH + 1)
    curves = {
        "largest": normal.max(axis=2),
        "median": np.median(normal, axis=2),
        "tenth": np.quantile(normal, 0.1, axis=2),
    }
    data: dict[str, Any] = {
        "width": WIDTH, "depth": DEPTH, "seeds": SEEDS, "wide": WIDE, "example": EXAMPLE, "more": MORE,
        "edge": np.sqrt((depths + 1.0) ** (depths + 1) / depths**depths.astype(float)).tolist(),
        "off": float(np.abs(orthogonal - 1).max()),
    }  # fmt: skip
    for activation in ("linear", "relu"):
        data[activation] = {
            kind: _summary(np.array([_variance(kind, activation, seed) for seed in range(MORE)]))
            for kind in ("normal", "orthogonal")
        }
    for name, values in curves.items():
        middle = np.exp(np.log(values).mean(axis=0))
        data[name] = {"values": middle.tolist(), "end": float(middle[-1])}
    return data


def _summary(values: Array) -> dict[str, float]:
    return {"mean": float(values.mean()), "low": float(values.min()), "high": float(values.max())}


WORDS = {
    "ko": {
        "title": "가중치 행렬을 곱한 것의 특잇값",
        "layer": "곱한 층의 수",
        "orthogonal": "직교: 모두 1",
        "largest": "정규 분포: 가장 큰 것",
        "median": "정규 분포: 중앙값",
        "tenth": "정규 분포: 아래 10 %",
    },
    "en": {
        "title": "Singular values of a product of weights",
        "layer": "number of layers multiplied",
        "orthogonal": "orthogonal: all 1",
        "largest": "normal: largest",
        "median": "normal: median",
        "tenth": "normal: lowest 10 %",
    },
}
LABELS = {"largest": (20, 40, "right"), "median": (20, 1.2e-4, "right"), "tenth": (8.5, 1.2e-6, "right")}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(300)
    depths = np.arange(1, data["depth"] + 1)
    axes.plot(depths, np.ones(len(depths)), color=BLUE, marker="o", markevery=[n - 1 for n in SHOWN])
    axes.plot(depths, data["edge"], color=LOOKS["largest"][0], linestyle=LOOKS["largest"][1])
    for name, (color, dash, marker) in LOOKS.items():
        line = "none" if name == "largest" else dash
        axes.plot(
            depths, data[name]["values"], color=color, linestyle=line, marker=marker, markevery=[n - 1 for n in SHOWN]
        )
        x, y, side = LABELS[name]
        label(axes, x, y, words[name], color, side)
    label(axes, 20, 0.16, words["orthogonal"], BLUE, "right")
    axes.set_title(words["title"])
    axes.set_xlabel(words["layer"])
    axes.set_xticks(SHOWN)
    log_axis(axes, "y", range(-10, 3, 2))
    axes.set_ylim(1e-12, 1e3)
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    largest = fixed(data["largest"]["end"], 1)
    median, tenth = (order(data[name]["end"]) for name in ("median", "tenth"))
    if lang == "ko":
        return (
            f"너비 {data['width']}인 선형층을 차례로 곱한 행렬의 특잇값. 직교 행렬이면 {data['depth']}층을 곱해도 "
            f"모두 1. 분산이 1/팬인인 정규 분포이면 가장 큰 것은 {largest}까지 커지는데, 중앙값은 약 {median}까지, "
            f"아래 10 %의 경계는 약 {tenth}까지 줄어듦. 가장 큰 것의 선은 너비가 무한할 때의 이론값, 나머지 선과 "
            f"표식은 시드 {data['seeds']}개의 기하평균."
        )
    return (
        f"Singular values of the product of linear layers of width {data['width']}. If they are orthogonal, all are "
        f"1 even after {data['depth']} layers. If they are normal with variance 1/fan-in, the largest grows to "
        f"{largest}, while the median falls to about {median} and the lowest 10 % to about {tenth} and below. The "
        "line of the largest is the theory of infinite width; other lines and the markers are geometric means over "
        f"{data['seeds']} seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    first = fixed(data["largest"]["values"][0], 2)
    if lang == "ko":
        return (
            f"가로축은 곱한 층의 수 1부터 {data['depth']}, 세로축은 로그 눈금의 특잇값. 직교는 1에서 수평. 정규 "
            f"분포의 세 선은 부챗살처럼 벌어져, 가장 큰 것은 {first}에서 완만히 오르고, 중앙값과 아래 10 %의 경계는 "
            "곧게 내려가며 뒤의 것이 더 가파름."
        )
    return (
        f"Singular values on a logarithmic axis over 1 to {data['depth']} layers. Orthogonal is level at 1. The "
        f"three lines of normal weights fan out: the largest rises gently from {first}, the median and the lowest "
        "tenth fall straight, the latter more steeply."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    largest, median, tenth = (np.array(data[name]["values"]) for name in LOOKS)
    falls = np.diff(np.log(median)), np.diff(np.log(tenth))
    linear, relu = data["linear"], data["relu"]
    return {
        "orthogonal singular values are all 1": data["off"] < 1e-12,
        "the largest grows, the others fall": bool(
            largest[-1] > 2.5 * largest[0] and all(np.all(fall < 0) for fall in falls)
        ),
        "the lowest tenth falls more steeply": bool(np.all(falls[1] < falls[0])),
        "straight": all(float(np.ptp(fall[4:])) < 0.7 for fall in falls),
        "the largest is near the theory of infinite width": bool(
            np.all(np.abs(largest / np.array(data["edge"]) - 1) < 0.25)
        ),
        "the variance of the squares is about the depth, and 0 for orthogonal layers": abs(
            linear["normal"]["mean"] / EXAMPLE - 1
        )
        < 0.1
        and linear["orthogonal"]["high"] < 1e-12,
        "under ReLU both spread, orthogonal layers less": 1.2 * relu["orthogonal"]["mean"] < relu["normal"]["mean"]
        and relu["orthogonal"]["mean"] > 0.5 * EXAMPLE,
    }
