"""What do four activation functions make of the same LeCun weights, layer by layer?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, BROWN, GREEN, RED, figure, fixed, log_axis, order
from scripts.figures._layers import curves, legend

WIDTH, DEPTH, BATCH, SEEDS = 256, 50, 32, 5
LOOKS = {
    "selu": (BLUE, "solid", "o"),
    "lecun_tanh": (GREEN, (0, (6, 2, 1, 2)), "s"),
    "tanh": (BROWN, (0, (1, 1.2)), "v"),
    "relu": (RED, (0, (4, 1.6)), "^"),
}
NAMES = {
    "ko": {"selu": "SELU", "lecun_tanh": "LeCun의 tanh", "tanh": "tanh", "relu": "ReLU"},
    "en": {"selu": "SELU", "lecun_tanh": "LeCun's tanh", "tanh": "tanh", "relu": "ReLU"},
}
KINDS = ("activation", "gradient")


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"width": WIDTH, "depth": DEPTH, "batch": BATCH, "seeds": SEEDS}
    widths = [WIDTH] * (DEPTH + 1)
    variances = [weightinit.variance("lecun", WIDTH, WIDTH)] * DEPTH
    networks = {name: np.array([_run(name, seed) for seed in range(SEEDS)]) for name in LOOKS}
    for name, runs in networks.items():
        lengths = weightinit.forward_profile(widths, variances, name)
        last = weightinit.mean_square_slope(name, float(lengths[-1]))
        theory = {
            "activation": np.array([weightinit.mean_square(name, float(q)) for q in lengths]),
            "gradient": weightinit.backward_profile(widths, variances, name, delta=last),
        }
        data[name] = {}
        for i, kind in enumerate(KINDS):
            end = 0 if kind == "gradient" else -1
            mean = runs[:, i].mean(axis=0)
            data[name][kind] = {
                "layers": mean.tolist(),
                "theory": theory[kind].tolist(),
                "end": float(mean[end]),
                "low": float(runs[:, i, end].min()),
                "high": float(runs[:, i, end].max()),
                "theory_end": float(theory[kind][end]),
            }
    return data


def _run(name: str, seed: int) -> NDArray[np.float64]:
    """Second moments of activations and of gradients; the four networks of a seed have the same weights."""
    rng = np.random.default_rng(seed)
    x, gradient = rng.standard_normal((2, BATCH, WIDTH))
    weights = weightinit.random_network([WIDTH] * (DEPTH + 1), "lecun", rng=rng, dtype=np.float64)
    traced = weightinit.trace(x, weights, name, gradient)
    return np.array([[np.mean(h**2) for h in layers] for layers in (traced.post, traced.grad)])


WORDS = {
    "ko": {"activation": "활성값의 2차 적률", "gradient": "그래디언트의 2차 적률", "layer": "층"},
    "en": {
        "activation": "Second moment of activations",
        "gradient": "Second moment of gradients",
        "layer": "layer",
    },
}
LABELS = {
    "activation": {
        "selu": (50, 0.4, "right"),
        "lecun_tanh": (50, -0.85, "right"),
        "tanh": (50, -2.35, "right"),
        "relu": (14, -2.6, "left"),
    },
    "gradient": {
        "selu": (13, 1.85, "left"),
        "lecun_tanh": (1, -0.34, "left"),
        "tanh": (8, -2.1, "left"),
        "relu": (38, -2.6, "right"),
    },
}
SHOWN = [1, 10, 20, 30, 40, 50]


def draw(data: dict[str, Any], lang: str) -> Figure:
    result, panels = figure(480, rows=2)
    for axes, kind in zip(panels, KINDS, strict=True):
        curves(axes, {name: data[name][kind] for name in LOOKS}, LOOKS, NAMES[lang], LABELS[kind], SHOWN)
        axes.set_title(WORDS[lang][kind])
        log_axis(axes, "y", range(-3, 3 if kind == "gradient" else 2))
        axes.set_ylim(6e-4, 150 if kind == "gradient" else 10)
    panels[1].set_xlabel(WORDS[lang]["layer"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    selu, lecun, tanh, relu = (data[name] for name in LOOKS)
    low, high = fixed(selu["activation"]["low"], 2), fixed(selu["activation"]["high"], 2)
    ends = fixed(lecun["activation"]["end"], 2), fixed(tanh["activation"]["end"], 3), order(relu["activation"]["end"])
    back = fixed(selu["gradient"]["end"], 0), order(relu["gradient"]["end"])
    if lang == "ko":
        return (
            f"너비 {data['width']}, 깊이 {data['depth']}인 신경망의 활성값과 그래디언트. 네 신경망의 가중치는 같은 "
            "LeCun 가중치이고 활성화 함수만 다름. 입력의 2차 적률과, 마지막 활성값에 대한 그래디언트의 2차 적률은 1. "
            f"마지막 층에서 활성값의 2차 적률은 SELU에서 시드에 따라 {low}에서 {high}, LeCun의 tanh에서 {ends[0]}, "
            f"tanh에서 {ends[1]}, ReLU에서 약 {ends[2]}. 첫 층의 그래디언트는 SELU에서 {back[0]}까지 커지고 "
            f"ReLU에서 약 {back[1]}까지 줄어듦. {legend(data['seeds'], lang)}"
        )
    return (
        f"Activations and gradients of networks of width {data['width']} and depth {data['depth']}. All four have the "
        "same LeCun weights and differ in the activation function alone. The input, and the gradient with respect to "
        "the last activations, have second moment 1. In the last layer the second moment of the activations is "
        f"{low} to {high} for SELU, depending on the seed, {ends[0]} for LeCun's tanh, {ends[1]} for tanh and about "
        f"{ends[2]} for ReLU. The gradient of the first layer grows to {back[0]} for SELU and shrinks to about "
        f"{back[1]} for ReLU. {legend(data['seeds'], lang)}"
    )


def alt(data: dict[str, Any], lang: str) -> str:
    selu, lecun, tanh, _ = (data[name] for name in LOOKS)
    up = fixed(selu["activation"]["end"], 2), fixed(lecun["activation"]["end"], 2), fixed(tanh["activation"]["end"], 3)
    down = fixed(lecun["gradient"]["end"], 2), fixed(tanh["gradient"]["end"], 3)
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 위는 활성값의 2차 적률로, SELU는 "
            f"수평이고 끝에서 {up[0]}, LeCun의 tanh는 열 층쯤 내려간 뒤 {up[1]}에서 수평, tanh는 점점 느리게 내려가 "
            f"{up[2]}, ReLU는 곧게 내려가 열 층째에 그래프를 벗어남. 아래는 그래디언트의 2차 적률로, 첫 층으로 갈수록 "
            f"SELU는 곧게 올라가고, LeCun의 tanh는 조금 올라갔다가 {down[0]}까지 돌아오고, tanh는 {down[1]}까지 "
            "내려가고, ReLU는 열 층쯤 만에 그래프를 벗어남."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']}, with logarithmic vertical axes. Above, the second moment of "
        f"the activations: SELU is level and ends at {up[0]}; LeCun's tanh sinks for some ten layers and stays level "
        f"at {up[1]}; tanh sinks ever more slowly to {up[2]}; ReLU falls straight and leaves the chart at layer ten. "
        "Below, that of the gradients, from the last layer back to the first: SELU rises straight, LeCun's tanh rises "
        f"a little and comes back to {down[0]}, tanh sinks to {down[1]}, and ReLU leaves the chart after some ten "
        "layers."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    def layers(name: str, kind: str) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.array(data[name][kind]["theory"])
        return found

    def agrees(name: str, kind: str) -> bool:
        ratio = np.array(data[name][kind]["layers"]) / np.array(data[name][kind]["theory"])
        return bool(np.all(np.abs(np.log(ratio)) < math.log(2)))

    back = layers("selu", "gradient")
    tanh = layers("tanh", "activation")
    relu = layers("relu", "activation")
    return {
        "in theory SELU keeps the second moment of 1": bool(np.allclose(layers("selu", "activation"), 1)),
        "measured, it stays near 1 in every seed": data["selu"]["activation"]["low"] > 0.7
        and data["selu"]["activation"]["high"] < 1.3,
        "the gradient of SELU grows by 7.2 percent a layer": bool(
            np.allclose(back[:-1] / back[1:], weightinit.mean_square_slope("selu"))
        )
        and abs(back[0] / back[1] - 1.072) < 1e-3
        and data["selu"]["gradient"]["low"] > 20,
        "LeCun's tanh settles after some ten layers, at 0.38": bool(
            np.all(np.abs(layers("lecun_tanh", "activation")[10:] / 0.38 - 1) < 0.06)
        )
        and abs(data["lecun_tanh"]["activation"]["end"] - 0.38) < 0.03,
        "the gradient of LeCun's tanh rises a little and comes back": 1.5
        < max(data["lecun_tanh"]["gradient"]["theory"])
        < 2.5
        and 0.7 < data["lecun_tanh"]["gradient"]["low"] < data["lecun_tanh"]["gradient"]["high"] < 1.6,
        "tanh keeps sinking, but ever more slowly": bool(np.all(np.diff(tanh) < 0))
        and bool(np.all(np.diff(tanh, 2) > 0))
        and data["tanh"]["activation"]["high"] < 0.02,
        "the gradient of tanh sinks too, that of ReLU halves": max(data["tanh"]["gradient"]["theory"])
        == data["tanh"]["gradient"]["theory"][-1]
        and data["tanh"]["gradient"]["high"] < 0.03
        and bool(np.allclose(np.diff(np.log2(layers("relu", "gradient"))), 1)),
        "ReLU halves and leaves the chart": bool(np.allclose(relu[1:] / relu[:-1], 0.5) and relu[9] < 1.1e-3),
        "measured and theory agree within a factor of 2, for ReLU within 5": all(
            agrees(name, kind) for name in ("selu", "lecun_tanh", "tanh") for kind in KINDS
        )
        and all(
            abs(math.log(data["relu"][kind]["end"] / data["relu"][kind]["theory_end"])) < math.log(5) for kind in KINDS
        ),
    }
