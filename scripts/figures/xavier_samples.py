"""Do sampled Xavier weights follow the normal and the uniform density that have the scheme's variance?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import BLUE, FG, RED, figure, fixed, label, percent

FAN_IN, FAN_OUT = 784, 256
# Bins of a tenth of the bound: the uniform histogram then ends at a bin's edge.
BINS_IN_BOUND, BINS = 10, 42
SAMPLERS = {"normal": weightinit.xavier_normal, "uniform": weightinit.xavier_uniform}
FOURTH_MOMENT = {"normal": 3.0, "uniform": 1.8}  # of the weight divided by its standard deviation
STANDARD_ERRORS = 5.85  # a false alarm once in 10⁸
DASHED = (0, (4, 2))


def compute() -> dict[str, Any]:
    rng = np.random.default_rng(2010)
    std = weightinit.std("xavier", FAN_IN, FAN_OUT)
    bound = weightinit.bound("xavier", FAN_IN, FAN_OUT)
    data: dict[str, Any] = {
        "fan_in": FAN_IN,
        "fan_out": FAN_OUT,
        "n": FAN_IN * FAN_OUT,
        "std": std,
        "bound": bound,
        "outside_theory": math.erfc(bound / std / math.sqrt(2)),
    }
    edges = bound / BINS_IN_BOUND * (np.arange(BINS + 1) - BINS / 2)
    data["edges"] = edges.tolist()
    for name, sampler in SAMPLERS.items():
        weights = sampler((FAN_OUT, FAN_IN), rng=rng).astype(np.float64).ravel()
        counts, _ = np.histogram(weights, edges)
        data[name] = {
            "std": float(weights.std()),
            "difference": float(weights.std() / std - 1),
            "largest": float(np.abs(weights).max()),
            "outside": float(np.mean(np.abs(weights) > bound)),
            "counts": counts.tolist(),
        }
    data["largest_difference"] = max(abs(data[name]["difference"]) for name in SAMPLERS)
    return data


def density(data: dict[str, Any], name: str, w: NDArray[np.float64]) -> NDArray[np.float64]:
    std, bound = float(data["std"]), float(data["bound"])
    if name == "uniform":
        return np.where(np.abs(w) < bound, 1 / (2 * bound), 0.0)
    return np.exp(-((w / std) ** 2) / 2) / (std * math.sqrt(2 * math.pi))


def histogram(data: dict[str, Any], name: str) -> NDArray[np.float64]:
    edges: NDArray[np.float64] = np.array(data["edges"])
    counts: NDArray[np.float64] = np.array(data[name]["counts"], dtype=np.float64)
    return counts / (int(data["n"]) * np.diff(edges))


WORDS = {
    "ko": {
        "normal": "정규 분포",
        "uniform": "균등 분포",
        "weight": "가중치",
        "density": "밀도",
        "theory": "이론",
        "std": "표준편차",
        "bound": "범위",
    },
    "en": {
        "normal": "Normal",
        "uniform": "Uniform",
        "weight": "weight",
        "density": "density",
        "theory": "theory",
        "std": "std",
        "bound": "limit",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(400, rows=2, sharex=True, sharey=True)
    std, bound = data["std"], data["bound"]
    w = np.linspace(-2.1 * bound, 2.1 * bound, 85)
    outline = np.array([-2.1, -1, -1, 1, 1, 2.1]) * bound, np.array([0, 0, 1, 1, 0, 0]) / (2 * bound)
    for axes, name, color in zip(panels, SAMPLERS, (BLUE, RED), strict=True):
        axes.stairs(histogram(data, name), data["edges"], fill=True, color=color, alpha=0.35, linewidth=0)
        curve = outline if name == "uniform" else (w, density(data, name, w))
        axes.plot(*curve, color=FG, linestyle=DASHED, linewidth=1.3)
        axes.set_title(f"{words[name]}: {words['std']} {fixed(data[name]['std'], 4)}")
        axes.set_ylabel(words["density"])
        axes.set_yticks([0, 5, 10])
        axes.set_ylim(0, 13)
        for place, text, height in ((std, words["std"], 12.2), (bound, words["bound"], 8.2)):
            for side in (-1, 1):
                axes.plot([side * place] * 2, [0, height], color=color, linewidth=1, linestyle=(0, (1, 1.5)))
            label(axes, place + 0.003, height - 0.5, f"±{fixed(place, 4)} {text}", color)
        key = np.array([-2, -1.75]) * bound
        axes.plot(key, [7.5, 7.5], color=FG, linestyle=DASHED, linewidth=1.3)
        label(axes, -1.7 * bound, 7.5, words["theory"], FG)
    panels[1].set_xlabel(words["weight"])
    panels[1].set_xticks([-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15])
    panels[1].xaxis.set_major_formatter(lambda value, _: fixed(value, 2) if value else "0")
    panels[1].set_xlim(-2.1 * bound, 2.1 * bound)
    return result


def _within(data: dict[str, Any]) -> float:
    """The share, rounded up to a tenth of a percent, within which the measured std keeps to the theory."""
    return math.ceil(1000 * float(data["largest_difference"])) / 1000


def caption(data: dict[str, Any], lang: str) -> str:
    normal, uniform = data["normal"], data["uniform"]
    if lang == "ko":
        return (
            f"Xavier로 뽑은 {data['fan_in']} → {data['fan_out']} 층의 가중치. 가중치 {data['n']:,}개의 "
            f"표준편차는 정규 분포 {fixed(normal['std'], 4)}, 균등 분포 {fixed(uniform['std'], 4)} (이론값 "
            f"{fixed(data['std'], 4)}, 차이 {percent(_within(data))} 이내). 균등 분포에서는 모든 값이 "
            f"±{fixed(data['bound'], 4)} 안에 들고, 정규 분포에서는 {percent(normal['outside'])}가 그 밖에 "
            "놓임."
        )
    return (
        f"Sampled Xavier weights of a {data['fan_in']} → {data['fan_out']} layer. Over {data['n']:,} weights "
        f"the standard deviation is {fixed(normal['std'], 4)} for the normal and {fixed(uniform['std'], 4)} "
        f"for the uniform distribution, within {percent(_within(data))} of the theoretical "
        f"{fixed(data['std'], 4)}. All uniform weights lie inside ±{fixed(data['bound'], 4)}; "
        f"{percent(normal['outside'])} of the normal ones lie outside."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    std, bound = fixed(data["std"], 4), fixed(data["bound"], 4)
    if lang == "ko":
        return (
            "위아래 두 히스토그램. 위의 정규 분포는 0에서 가장 높은 종 모양이고, 아래의 균등 분포는 "
            f"−{bound}부터 {bound}까지 평평한 직사각형. 둘 다 파선으로 그린 이론 밀도와 겹침. "
            f"표준편차(±{std})와 균등 분포의 범위(±{bound})를 세로 점선으로 표시."
        )
    return (
        "Two histograms, one above the other. The normal one is a bell, highest at 0; the uniform one is a "
        f"flat box from −{bound} to {bound}. Both follow the dashed theoretical densities. Dotted vertical lines "
        f"mark the standard deviation ±{std} and the limit ±{bound} of the uniform distribution."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    n, edges = data["n"], np.array(data["edges"])
    middles, width = (edges[:-1] + edges[1:]) / 2, edges[1] - edges[0]
    found = {name: histogram(data, name) for name in SAMPLERS}
    expected = {name: density(data, name, middles) for name in SAMPLERS}
    inside = np.abs(middles) < data["bound"]
    spread = {name: STANDARD_ERRORS * np.sqrt(expected[name] / (n * width)) + 0.01 for name in SAMPLERS}
    half = found["normal"][len(middles) // 2 :]
    return {
        "the variance agrees with theory within sampling error": all(
            abs((data[name]["std"] / data["std"]) ** 2 - 1)
            <= STANDARD_ERRORS * math.sqrt((FOURTH_MOMENT[name] - 1) / n)
            for name in SAMPLERS
        ),
        "both measured stds are within the printed share of theory": all(
            abs(data[name]["std"] / data["std"] - 1) <= _within(data) for name in SAMPLERS
        ),
        "all uniform weights lie inside the bound": data["uniform"]["outside"] == 0
        and data["uniform"]["largest"] <= data["bound"],
        "the share of normal weights outside agrees with theory": abs(
            data["normal"]["outside"] - data["outside_theory"]
        )
        <= STANDARD_ERRORS * math.sqrt(data["outside_theory"] / n),
        "both histograms follow the densities": all(
            bool(np.all(np.abs(found[name] - expected[name]) <= spread[name])) for name in SAMPLERS
        ),
        "the normal one is a bell, highest at 0": bool(
            found["normal"].argmax() in (BINS // 2 - 1, BINS // 2)
            and np.all(np.diff(half) < spread["normal"].max())
        ),
        "the uniform one is a flat box": bool(
            np.ptp(found["uniform"][inside]) < 0.1 * found["uniform"].max()
        ),
    }
