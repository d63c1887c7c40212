"""Curves over the layers of a network, both ways: lines for the theory, markers for what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

import weightinit
from scripts.book.figstyle import figure, label, log_axis
from weightinit.sampling import Array

#: What a panel shows, by the key of its data and by what was measured.
TITLES = {
    "ko": {
        "activation": {"std": "활성값의 표준편차", "moment": "활성값의 2차 적률"},
        "gradient": {"std": "그래디언트의 표준편차", "moment": "그래디언트의 2차 적률"},
    },
    "en": {
        "activation": {"std": "Standard deviation of activations", "moment": "Second moment of activations"},
        "gradient": {"std": "Standard deviation of gradients", "moment": "Second moment of gradients"},
    },
}
LAYER = {"ko": "층", "en": "layer"}
Looks = Mapping[str, tuple[str, Any, str]]


class Panel(NamedTuple):
    """How one of two panels is laid out: where the names stand, the marked powers of ten, the ends, the height."""

    labels: Mapping[str, tuple[float, float, str]]
    exponents: Sequence[int]
    limits: tuple[float, float]
    height: int = 1


def second_moments(
    x: Array, weights: Sequence[Array], activation: str, gradient: Array
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Those of the activations and of the gradients of every layer of one network."""
    traced = weightinit.trace(x, weights, activation, gradient)
    return np.array([np.mean(h**2) for h in traced.post]), np.array([np.mean(g**2) for g in traced.grad])


def both_ways(
    data: Mapping[str, Any],
    lang: str,
    looks: Looks,
    names: Mapping[str, str],
    panels: Mapping[str, Panel],
    shown: Sequence[int],
    measure: str = "moment",
) -> Figure:
    """Activations above, gradients below, one curve a name of `looks`."""
    result, both = figure(480, rows=2, height_ratios=tuple(panel.height for panel in panels.values()))
    for axes, (kind, panel) in zip(both, panels.items(), strict=True):
        curves(axes, {name: data[name][kind] for name in looks}, looks, names, panel.labels, shown)
        axes.set_title(TITLES[lang][kind][measure])
        log_axis(axes, "y", panel.exponents)
        axes.set_ylim(*panel.limits)
    both[-1].set_xlabel(LAYER[lang])
    return result


def legend(seeds: int, lang: str) -> str:
    """The last sentence of a caption: how the lines were computed and what the markers are."""
    if lang == "ko":
        return (
            "선은 전활성값을 정규 분포로 보고 층마다 적분한 이론값, "
            f"표식은 시드 {seeds}개에서 잰 값."
        )
    return (
        "Lines: theory, taking the pre-activations as normal and integrating layer by layer; markers: "
        f"measured, {seeds} seeds."
    )


def curves(
    axes: Axes,
    series: Mapping[str, Mapping[str, Any]],
    looks: Looks,
    names: Mapping[str, str],
    labels: Mapping[str, tuple[float, float, str]],
    shown: Sequence[int],
) -> None:
    """One curve a name. `labels`: layer and power of ten where its name stands; `shown`: marked layers."""
    for name, (color, dash, marker) in looks.items():
        theory, measured = series[name]["theory"], np.array(series[name]["layers"])
        axes.plot(np.arange(1, len(theory) + 1), theory, color=color, linestyle=dash)
        axes.plot(shown, measured[np.array(shown) - 1], color=color, linestyle="none", marker=marker)
        layer, exponent, side = labels[name]
        label(axes, layer, 10.0**exponent, names[name], color, side)
    axes.set_xticks(shown)
