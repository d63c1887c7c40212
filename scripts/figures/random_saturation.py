"""What do large weights do to the units of a tanh network, and to the gradients that come back through them?"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, RED, doubling_axis, figure, fixed, label, log_axis, percent
from weightinit.sampling import Array

WIDTH, DEPTH, BATCH, SEEDS, LAYER = 256, 14, 32, 5, 10
GAINS = (1.0, 2.0, 4.0, 8.0, 16.0)
SHOWN = (1.0, 4.0, 16.0)
FINE = tuple(float(2**k) for k in np.arange(0, 4.01, 0.25))
EDGES = np.linspace(-1, 1, 21)
SATURATED = 0.97  # as in layer_statistics
LOOKS = {
    "weights": (BLUE, (0, (4, 1.6)), "^"),
    "slopes": (RED, (0, (1, 1.2)), "v"),
    "gradient": (GREEN, "solid", "o"),
}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "width": WIDTH,
        "layer": LAYER,
        "batch": BATCH,
        "seeds": SEEDS,
        "limit": SATURATED,
        "slope": 1 - SATURATED**2,
        "fine": {key: [_theory(gain)[key] for gain in FINE] for key in LOOKS},
    }
    border = weightinit.critical_line("sigmoid")
    data["sigmoid"] = {
        "gain": math.sqrt(border.sigma_w2),
        # sigmoid(z) = (1 + tanh(z / 2)) / 2: its slope is as small a part of the largest one at twice the z
        "saturated": math.erfc(2 * math.atanh(SATURATED) / math.sqrt(2 * border.q)),
    }
    drawn = [_draw(seed) for seed in range(SEEDS)]
    for gain in GAINS:
        runs = [_run(gain, *one) for one in drawn]
        theory = _theory(gain)
        keys = ("weights", "slopes", "gradient", "saturated")
        data[f"{gain:g}"] = {
            key: {
                "theory": theory[key],
                "measured": float(np.mean([run[key] for run in runs])),
                "low": min(run[key] for run in runs),
                "high": max(run[key] for run in runs),
            }
            for key in keys
        } | {
            "histogram": np.mean([run["histogram"] for run in runs], axis=0).tolist(),
            "std": gain / math.sqrt(WIDTH),
        }
    return data


def _theory(gain: float) -> dict[str, float]:
    """What the layer above layer LAYER does to a gradient: weights, slopes, both; and the share of saturated units."""
    variance = gain**2 / WIDTH
    q = float(weightinit.forward_profile([WIDTH] * (LAYER + 1), [variance] * LAYER, "tanh")[-1])
    return {
        "weights": weightinit.backward_factor(variance, WIDTH),
        "slopes": weightinit.mean_square_slope("tanh", q),
        "gradient": weightinit.backward_factor(variance, WIDTH, "tanh", q),
        "saturated": math.erfc(math.atanh(SATURATED) / math.sqrt(2 * q)),
    }


def _draw(seed: int) -> tuple[Array, Array, list[Array]]:
    """Inputs, gradients at the last activations, and weights of gain 1."""
    rng = np.random.default_rng(seed)
    x, gradient = rng.standard_normal((2, BATCH, WIDTH))
    return x, gradient, weightinit.random_network([WIDTH] * (DEPTH + 1), "lecun", rng=rng, dtype=np.float64)


def _run(gain: float, x: Array, gradient: Array, weights: list[Array]) -> dict[str, Any]:
    """The same in one network, and a histogram of the activations of layer LAYER."""
    traced = weightinit.trace(x, [gain * layer for layer in weights], "tanh", gradient)
    slopes = weightinit.activation("tanh").df(traced.pre[LAYER - 1])
    above, below = traced.grad[LAYER], traced.grad[LAYER - 1]
    sums = above @ (gain * weights[LAYER])  # what the weights alone make of the gradient
    return {
        "weights": float(np.mean(sums**2) / np.mean(above**2)),
        "slopes": float(np.mean(slopes**2)),
        "gradient": float(np.mean(below**2) / np.mean(above**2)),
        "saturated": float(weightinit.layer_statistics(traced).saturated[LAYER - 1]),
        "histogram": np.histogram(traced.post[LAYER - 1], EDGES)[0] / traced.post[LAYER - 1].size,
    }


WORDS = {
    "ko": {
        "gain": "이득",
        "weights": "가중치의 몫",
        "slopes": "미분계수의 몫",
        "gradient": "그래디언트의 배율",
        "title": "층 하나가 그래디언트에 곱하는 배율과 두 몫",
        "activation": "활성값",
    },
    "en": {
        "gain": "gain",
        "weights": "the weights' share",
        "slopes": "the slopes' share",
        "gradient": "factor on the gradient",
        "title": "Factor of one layer on the gradient",
        "activation": "activation",
    },
}
LABELS = {"weights": (3.5, 60, "right"), "slopes": (3.2, 0.06, "right"), "gradient": (16, 2.2, "right")}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(430, rows=2, columns=len(SHOWN), height_ratios=(4, 7))
    for axes, gain in zip(panels[0], SHOWN, strict=True):
        axes.stairs(data[f"{gain:g}"]["histogram"], EDGES, fill=True, color=GREEN)
        axes.set_title(f"{words['gain']} {gain:g}")
        axes.set_xticks([-1, 0, 1], ["−1", "0", "1"])
        axes.set_yticks([0, 0.25, 0.5], ["0", "0.25", "0.5"] if gain == SHOWN[0] else ["", "", ""])
        axes.set_ylim(0, 0.52)
        axes.set_xlabel(words["activation"])
    grid = panels[1][0].get_gridspec()
    for axes in panels[1]:
        axes.remove()
    axes = result.add_subplot(grid[1, :])
    axes.axhline(1, color=FG, linewidth=0.8)
    for key, (color, dash, marker) in LOOKS.items():
        axes.plot(FINE, data["fine"][key], color=color, linestyle=dash)
        seen = [data[f"{gain:g}"][key]["measured"] for gain in GAINS]
        axes.plot(GAINS, seen, color=color, linestyle="none", marker=marker)
        label(axes, *LABELS[key][:2], words[key], color, LABELS[key][2])
    axes.set_title(words["title"])
    doubling_axis(axes, "x", range(5))
    log_axis(axes, "y", range(-2, 3))
    axes.set_ylim(0.015, 500)
    axes.set_xlabel(words["gain"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    shares = [percent(data[f"{gain:g}"]["saturated"]["measured"], 0) for gain in SHOWN]
    large = data["16"]
    parts = fixed(large["weights"]["theory"], 0), fixed(large["slopes"]["theory"], 3)
    factor = fixed(large["gradient"]["theory"], 1)
    low, high = fixed(large["gradient"]["low"], 1), fixed(large["gradient"]["high"], 1)
    if lang == "ko":
        return (
            f"너비 {data['width']}인 tanh 신경망의 {data['layer']}번째 층. 위: 활성값의 비율. 절댓값이 "
            f"{fixed(data['limit'], 2)}을 넘는, 곧 포화된 활성값은 이득 1에서 {shares[0]}, 4에서 {shares[1]}, 16에서 "
            f"{shares[2]}. 아래: 그래디언트의 2차 적률에 곱해지는 배율. 이득 16에서 가중치의 몫은 {parts[0]}, "
            f"미분계수의 몫은 {parts[1]}이고, 곱하면 {factor}(시드 {data['seeds']}개에서 {low}부터 {high}까지). 선은 "
            "이론값, 표식은 시드의 평균."
        )
    return (
        f"Layer {data['layer']} of a tanh network of width {data['width']}. Above: how the activations are spread. "
        f"Saturated, beyond {fixed(data['limit'], 2)} in absolute value, are {shares[0]} of them for gain 1, "
        f"{shares[1]} for 4 and {shares[2]} for 16. Below: the factor on the gradient's second moment. For gain 16 the "
        f"share of the weights is {parts[0]}, that of the slopes {parts[1]}, and their product {factor} ({low} to "
        f"{high} in {data['seeds']} seeds). Lines: theory; markers: mean of the seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    ends = {key: fixed(data["16"][key]["theory"], 3 if key == "slopes" else 0) for key in LOOKS}
    if lang == "ko":
        return (
            "위: 활성값의 막대그래프 셋. 이득 1에서는 0 둘레에 모이고, 4에서는 양 끝이 높고, 16에서는 거의 모두 ±1에 "
            "몰림. 아래: 가로축이 이득 1부터 16까지인 로그 그래프. 세 선이 모두 1 부근에서 출발하여, 가중치의 몫은 "
            f"{ends['weights']}까지 가파르게 올라가고, 미분계수의 몫은 {ends['slopes']}까지 내려가고, 그래디언트의 "
            f"배율은 {ends['gradient']}까지 완만하게 올라감."
        )
    return (
        "Above: three histograms of activations, gathered around 0 for gain 1, high at both ends for 4, almost all at "
        "±1 for 16. Below: a logarithmic chart against gains from 1 to 16. Three lines start near 1: the share of the "
        f"weights climbs steeply to {ends['weights']}, that of the slopes falls to {ends['slopes']}, the factor on the "
        f"gradient climbs gently to {ends['gradient']}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    ones = [data[f"{gain:g}"] for gain in GAINS]
    return {
        "measured and theory agree within 15 %": all(
            abs(one[key]["measured"] / one[key]["theory"] - 1) < 0.15 for one in ones for key in LOOKS
        ),
        "the share of saturated units agrees within 0.03, in every seed": all(
            abs(one["saturated"][end] - one["saturated"]["theory"]) < 0.03 for one in ones for end in ("low", "high")
        ),
        "the gradient's factor is the product of the shares": all(
            math.isclose(one["gradient"]["theory"], one["weights"]["theory"] * one["slopes"]["theory"]) for one in ones
        ),
        "more weight, more saturation, a larger factor": all(
            after[key]["theory"] > before[key]["theory"] and after[key]["measured"] > before[key]["measured"]
            for key in ("saturated", "gradient")
            for before, after in pairwise(ones)
        ),
        "for gain 16 the outermost bars hold most": ones[-1]["histogram"][0] + ones[-1]["histogram"][-1] > 0.8,
        "for gain 4 the ends are highest": max(ones[2]["histogram"])
        in (ones[2]["histogram"][0], ones[2]["histogram"][-1])
        and min(ones[2]["histogram"][0], ones[2]["histogram"][-1]) > 2 * max(ones[2]["histogram"][1:-1]),
        "for gain 1 they gather around 0": sum(ones[0]["histogram"][5:-5]) > 0.9,
    }
