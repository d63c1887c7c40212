"""Curves over the layers of a network: lines for the theory, markers for what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from scripts.book.figstyle import label


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
    looks: Mapping[str, tuple[str, Any, str]],
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
