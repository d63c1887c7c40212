"""How do the activations and gradients of a deep tanh network depend on the initialization?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import fixed, order, percent, power
from scripts.figures._four import BATCH, DEPTH, LOOKS, NAMES, RULES, WIDTH, run, weight_variance
from scripts.figures._layers import Panel, both_ways, legend
from weightinit.network.experiment import SATURATED

SEEDS = 5


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "width": WIDTH,
        "depth": DEPTH,
        "batch": BATCH,
        "seeds": SEEDS,
        "saturation": SATURATED,
        # In a square layer LeCun's 1/√fan_in is Xavier's: the second curve is the older U(±1/√fan_in).
        "lecun_is_xavier": weightinit.std("lecun", WIDTH, WIDTH) == weightinit.std("xavier", WIDTH, WIDTH),
    }
    for name in RULES:
        runs = [weightinit.layer_statistics(run(name, seed)) for seed in range(SEEDS)]
        variances, widths = [weight_variance(name)] * DEPTH, [WIDTH] * (DEPTH + 1)
        lengths = weightinit.forward_profile(widths, variances, "tanh")
        slope = weightinit.mean_square_slope("tanh", float(lengths[-1]))
        theory = {
            "activation": [math.sqrt(weightinit.mean_square("tanh", float(q))) for q in lengths],
            "gradient": np.sqrt(weightinit.backward_profile(widths, variances, "tanh", delta=slope)).tolist(),
        }
        data[name] = {
            "std": math.sqrt(weight_variance(name)),
            "saturated": float(np.mean([r.saturated[-1] for r in runs])),
        }
        for kind in ("activation", "gradient"):
            data[name][kind] = _summary(np.array([getattr(r, f"{kind}_std") for r in runs]), theory[kind])
    return data


def _summary(runs: NDArray[np.float64], theory: list[float]) -> dict[str, Any]:
    """Over the seeds: the root of the mean square, the range, and what the first and last layers say."""
    middle = np.sqrt(np.mean(runs**2, axis=0))
    fall = runs[:, 0] / runs[:, -1]
    return {
        "layers": middle.tolist(),
        "low": runs.min(axis=0).tolist(),
        "high": runs.max(axis=0).tolist(),
        "theory": theory,
        "first": float(middle[0]),
        "last": float(middle[-1]),
        "last_over_first": float(middle[-1] / middle[0]),
        "first_over_last": float(middle[0] / middle[-1]),
        "per_layer": float((middle[-1] / middle[0]) ** (1 / (DEPTH - 1))),
        "smallest_first_over_last": float(fall.min()),
        "largest_first_over_last": float(fall.max()),
    }


# Layer and power of ten at which a curve's name starts or ends.
PANELS = {
    "activation": Panel(
        {
            "large": (50, 2.4, "right"),
            "xavier": (50, -4.2, "right"),
            "heuristic": (50, -17, "right"),
            "small": (21, -25, "right"),
        },
        range(-40, 1, 10),
        (1e-42, 1e6),
        5,
    ),
    "gradient": Panel(
        {
            "large": (14, 22.5, "left"),
            "xavier": (2, 2.6, "left"),
            "heuristic": (11, -14.5, "left"),
            "small": (16, -33, "left"),
        },
        range(-40, 21, 10),
        (1e-42, 1e26),
        6,
    ),
}
SHOWN = [1, 10, 20, 30, 40, 50]


def draw(data: dict[str, Any], lang: str) -> Figure:
    return both_ways(data, lang, LOOKS, NAMES[lang], PANELS, SHOWN, measure="std")


def caption(data: dict[str, Any], lang: str) -> str:
    small, heuristic, xavier, large = (data[name] for name in RULES)
    lost = [order(d["activation"]["last"]) for d in (small, heuristic)]
    level, held = fixed(xavier["activation"]["last"], 3), fixed(xavier["gradient"]["first_over_last"], 2)
    saturated = percent(large["saturated"], 0)
    exploding = power(math.floor(math.log10(large["gradient"]["smallest_first_over_last"])))
    if lang == "ko":
        return (
            f"너비 {data['width']}, 깊이 {data['depth']}인 tanh 신경망을 네 가지로 초기화했을 때 층마다 잰 "
            "활성값과 그래디언트의 표준편차. 그래디언트는 손실을 전활성값으로 미분한 값이고, 마지막 층의 "
            "활성값에 대한 그래디언트의 표준편차는 1로 둠. 마지막 층 활성값의 표준편차는 가중치의 표준편차가 "
            f"0.01일 때 약 {lost[0]}, 가중치를 균등 분포 ±1/√팬인에서 뽑을 때 약 {lost[1]}, Xavier일 때 "
            f"{level}. 가중치의 표준편차가 1이면 활성값의 {saturated}가 ±{fixed(data['saturation'], 2)} "
            f"밖에서 포화되고, 그래디언트는 첫 층으로 오면서 {exploding}배 넘게 커짐. Xavier에서 첫 층의 "
            f"그래디언트는 마지막 층의 {held}배. {legend(data['seeds'], lang)}"
        )
    return (
        "Standard deviations of the activations and gradients, layer by layer, of a tanh network of width "
        f"{data['width']} and depth {data['depth']} under four initializations. The gradient is the "
        "derivative of the loss with respect to the pre-activations; with respect to the last layer's "
        "activations its standard deviation is set to 1. In the last layer the standard deviation of the "
        f"activations is about {lost[0]} when that of the weights is 0.01, about {lost[1]} when the weights "
        f"are uniform on ±1/√fan-in, and {level} with Xavier. When the weights have standard deviation 1, "
        f"{saturated} of the activations saturate, beyond ±{fixed(data['saturation'], 2)}, and the gradient "
        f"grows more than {exploding}-fold on its way to the first layer; with Xavier it arrives there at "
        f"{held} times its size in the last. {legend(data['seeds'], lang)}"
    )


def alt(data: dict[str, Any], lang: str) -> str:
    small, heuristic, xavier, large = (data[name] for name in RULES)
    ends = [order(d["activation"]["last"]) for d in (small, heuristic)]
    starts = [order(d["gradient"]["first"]) for d in (small, heuristic, large)]
    flat = fixed(large["activation"]["last"], 2), fixed(xavier["gradient"]["first"], 2)
    if lang == "ko":
        return (
            f"가로축은 1층부터 {data['depth']}층, 세로축은 로그 눈금인 두 그래프. 위는 활성값의 표준편차로, "
            f"가중치 표준편차 0.01은 {ends[0]}, 균등 분포 ±1/√팬인은 {ends[1]}까지 곧게 내려가고, Xavier는 "
            f"{fixed(xavier['activation']['last'], 3)}, 가중치 표준편차 1은 {flat[0]} 부근에서 수평에 가까움. "
            f"아래는 그래디언트의 표준편차로, 마지막 층에서 첫 층으로 갈수록 가중치 표준편차 0.01은 {starts[0]}, "
            f"균등 분포 ±1/√팬인은 {starts[1]}까지 내려가고, 가중치 표준편차 1은 약 {starts[2]}까지 올라가며, "
            f"Xavier는 {flat[1]}에 머묾."
        )
    return (
        f"Two charts over the layers 1 to {data['depth']}, with logarithmic vertical axes. Above, the "
        f"standard deviation of the activations: weight std 0.01 falls straight to {ends[0]} and uniform ±1/√fan-in "
        f"to {ends[1]}, while Xavier ends at {fixed(xavier['activation']['last'], 3)} and weight std 1 at "
        f"{flat[0]}, both nearly level on this scale. Below, the standard deviation of the gradients: going "
        f"back from the last layer to the first, weight std 0.01 falls to {starts[0]} and uniform ±1/√fan-in to "
        f"{starts[1]}, weight std 1 climbs to about {starts[2]}, and Xavier stays at {flat[1]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    small, heuristic, xavier, large = (data[name] for name in RULES)
    falls = [d[kind] for d in (small, heuristic) for kind in ("activation", "gradient")]

    def falling(values: list[float]) -> bool:
        return bool(np.all(np.diff(values) < 0))

    def agrees(name: str, kind: str) -> bool:
        ratio = np.array(data[name][kind]["layers"]) / np.array(data[name][kind]["theory"])
        return bool(np.all(np.abs(np.log10(ratio)) < math.log10(2)))

    return {
        "std 0.01 and the uniform heuristic lose the activations": falling(small["activation"]["layers"])
        and falling(heuristic["activation"]["layers"])
        and small["activation"]["smallest_first_over_last"] > 1e35
        and heuristic["activation"]["smallest_first_over_last"] > 1e10,
        "and the gradients on the way back": falling(small["gradient"]["layers"][::-1])
        and falling(heuristic["gradient"]["layers"][::-1])
        and small["gradient"]["largest_first_over_last"] < 1e-35
        and heuristic["gradient"]["largest_first_over_last"] < 1e-10,
        "they fall straight: each layer multiplies by about the same": all(
            np.ptp(np.diff(np.log10(series["layers"]))[5:-5]) < 0.12 for series in falls
        ),
        "Xavier loses less than a factor of ten, both ways": xavier["activation"]["largest_first_over_last"]
        < 10
        and xavier["gradient"]["smallest_first_over_last"] > 0.1,
        "std 1 saturates the activations and keeps their std level": large["saturated"] > 0.8
        and 0.99 < large["activation"]["last_over_first"] < 1.01,
        "std 1 makes the gradient explode on the way back, in every seed": falling(
            large["gradient"]["layers"]
        )
        and large["gradient"]["smallest_first_over_last"] > 1e20,
        "measured and theory agree within a factor of 2": all(
            agrees(name, kind) for name in RULES for kind in ("activation", "gradient")
        ),
        "Xavier's last std is the theory's within a tenth": abs(
            xavier["activation"]["last"] / xavier["activation"]["theory"][-1] - 1
        )
        < 0.1,
    }
