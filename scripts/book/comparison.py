"""The tables of the page "Side by side": rows are schemes, columns are activations and depths."""

import math
from collections.abc import Callable
from typing import Any

from . import figkit
from .figstyle import fixed
from .pages import LANGUAGES

Row = dict[str, Any]
NAMES = {
    "small": ("작은 난수", "small"),
    "fan_in_uniform": ("균등 분포", "uniform"),
    "lecun": ("LeCun", "LeCun"),
    "xavier": ("Xavier", "Xavier"),
    "he": ("He", "He"),
    "orthogonal": ("직교", "orthogonal"),
    "lsuv": ("LSUV", "LSUV"),
    "sparse": ("희소", "sparse"),
}
ACTIVATIONS = {"relu": ("ReLU", "ReLU"), "tanh": ("tanh", "tanh"), "sigmoid": ("시그모이드", "sigmoid")}


def power_of_ten(name: str) -> Callable[[Row, str], str]:
    """The decimal logarithm of the median, and half the range of the logarithms over the seeds."""

    def cell(row: Row, lang: str) -> str:
        if row[name] is None:
            return "–"
        low, middle, high = (math.log10(row[key]) for key in (f"{name}_low", name, f"{name}_high"))
        return f"{fixed(middle, 1)}<br>± {fixed((high - low) / 2, 1)}".replace("−0.0", "0.0")

    return cell


def accuracy(row: Row, lang: str) -> str:
    """Median and range in percent; what happened instead, if a run diverged."""
    if row["diverged"]:
        return diverged(row, lang)
    low, middle, high = (f"{100 * row[key]:.0f}" for key in ("accuracy_low", "accuracy", "accuracy_high"))
    return f"{middle}<br>({low}–{high})"


def steps(row: Row, lang: str) -> str:
    """Median and range of the steps to the goal, and how many seeds reached it, if not all."""
    if row["diverged"]:
        return diverged(row, lang)
    if not row["reached"]:
        return "–"
    low, middle, high = (f"{row[key]:g}" for key in ("steps_low", "steps", "steps_high"))
    share = "" if row["reached"] == row["seeds"] else f"<br>{row['reached']}/{row['seeds']}"
    return f"{middle}<br>({low}–{high}){share}"


def diverged(row: Row, lang: str) -> str:
    low, high, seeds = row["diverged_at_low"], row["diverged_at_high"], f"{row['diverged']}/{row['seeds']}"
    when = f"{low}" if low == high else f"{low}–{high}"
    if lang == "ko":
        return f"발산<br>{when}걸음<br>{seeds}"
    return f"diverged<br>at step {when}<br>{seeds}"


CELLS: dict[str, Callable[[Row, str], str]] = {
    "signal": power_of_ten("signal"),
    "gradient": power_of_ten("gradient"),
    "accuracy": accuracy,
    "steps": steps,
}


def table(name: str, lang: str) -> tuple[list[str], list[list[str]]]:
    """Head and rows of one table, from the runs of the figure compare-map."""
    data, at = figkit.data("compare-map"), LANGUAGES.index(lang)
    columns = [(activation, depth) for activation in ACTIVATIONS for depth in data[activation]]
    unit = ("{} {}층", "{} {}")[at]
    head = [("초기화", "Scheme")[at], *(unit.format(ACTIVATIONS[a][at], depth) for a, depth in columns)]
    rows = [
        [names[at], *(CELLS[name](data[a][d][scheme], lang) for a, d in columns)] for scheme, names in NAMES.items()
    ]
    return head, rows
