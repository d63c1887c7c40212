"""How every figure looks: one style, one palette, numbers written in Unicode. Used by scripts/figures."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "docs" / "shared" / "vendor" / "font"
FONT = "Weightinit Sans"

# Points. At this width a figure fills a phone column at its own size; wider screens scale it up.
WIDTH = 360.0
# The smallest letters of a figure: what a phone shows has this size in CSS pixels, less a percent.
SMALL = 10.8

# Each colour stands for a CSS variable: the value here is the fallback, the page's theme decides.
# All six series colours keep a contrast of 4.9 or more on white.
FG, BG, GRID = "#24292f", "#ffffff", "#d5dae0"
BLUE, RED, GREEN, PURPLE, BROWN, SLATE = "#0072b2", "#c04a00", "#00795a", "#a3458a", "#8a6300", "#3a6f9f"
VARIABLES = {FG: "--fig-fg", BG: "--fig-bg", GRID: "--fig-grid"} | {
    color: f"--fig-{i}" for i, color in enumerate((BLUE, RED, GREEN, PURPLE, BROWN, SLATE), start=1)
}

STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.family": [FONT],
    "font.size": SMALL,
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "text.color": FG,
    "axes.labelcolor": FG,
    "axes.titlecolor": FG,
    "axes.edgecolor": FG,
    "xtick.color": FG,
    "ytick.color": FG,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "lines.linewidth": 1.6,
    "lines.markersize": 4.5,
    "text.parse_math": False,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.wspace": 0.08,
}


def use_style(hashsalt: str) -> None:
    """Set the style; `hashsalt` keeps the ids of one figure the same from build to build."""
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
    matplotlib.rcdefaults()
    style: Any = STYLE | {"svg.hashsalt": hashsalt}
    matplotlib.rcParams.update(style)
    # matplotlib takes another font in silence: the text would have other widths than on the page.
    font_manager.findfont(FONT, fallback_to_default=False)


def figure(height: float, rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """A figure `WIDTH` by `height` points with a grid of axes."""
    return plt.subplots(rows, columns, figsize=(WIDTH / 72, height / 72), **options)


def label(axes: Axes, x: float, y: float, text: str, color: str, side: str = "left") -> None:
    """The name of a curve, beside it; `side` is the end of the text that stands at x."""
    # The patch keeps grid lines from running through the letters.
    patch = {"facecolor": BG, "edgecolor": "none", "pad": 1}
    axes.text(x, y, text, color=color, horizontalalignment=side, verticalalignment="center", bbox=patch)


def fixed(x: float, digits: int) -> str:
    """0.04385 with 4 digits -> '0.0439'; a real minus sign."""
    return f"{x:.{digits}f}".replace("-", "−")


def percent(share: float, digits: int = 1) -> str:
    """0.083 -> '8.3 %'; the space does not break."""
    return fixed(100 * share, digits) + "\N{NO-BREAK SPACE}%"


def superscript(n: int) -> str:
    return str(n).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def power(exponent: int) -> str:
    """-5 -> '10⁻⁵'; the powers that are plainer as digits stay digits."""
    return {0: "1", 1: "10"}.get(exponent, "10" + superscript(exponent))


def order(x: float) -> str:
    """The nearest power of ten: 4e-40 -> '10⁻³⁹'."""
    return power(round(math.log10(x)))


def log_axis(axes: Axes, axis: str, exponents: range) -> None:
    """A logarithmic axis with ticks at these powers of ten, labelled without mathtext."""
    getattr(axes, f"set_{axis}scale")("log")
    _ticks(axes, axis, [10.0**n for n in exponents], lambda value: power(round(math.log10(value))))


def doubling_axis(axes: Axes, axis: str, exponents: range) -> None:
    """A logarithmic axis with ticks at these powers of two, written 1/4, 1/2, 1, 2, 4."""
    getattr(axes, f"set_{axis}scale")("log", base=2)
    _ticks(axes, axis, [2.0**n for n in exponents], lambda v: f"{v:.0f}" if v >= 1 else f"1/{1 / v:.0f}")


def _ticks(axes: Axes, axis: str, places: list[float], text: Any) -> None:
    side = axes.xaxis if axis == "x" else axes.yaxis
    side.set_major_locator(FixedLocator(places))
    side.set_minor_locator(NullLocator())
    side.set_major_formatter(FuncFormatter(lambda value, _: text(value)))
