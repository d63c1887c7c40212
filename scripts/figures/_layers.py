"""Curves over the layers of a network: lines for the theory, markers for what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from scripts.book.figstyle import label


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
