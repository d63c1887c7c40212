"""Where are the weights that are not zero, if each unit has the same number of them, and if each input has?"""

from __future__ import annotations

import math
from itertools import count
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, RED, figure, fixed, percent
from weightinit.sampling import Array

UNITS, INPUTS, PER_UNIT, PER_INPUT = 18, 12, 2, 3
#: A layer that widens, as PyTorch would fill it: units, inputs, the share of an input's weights that are zero.
WIDE_UNITS, WIDE_INPUTS, SPARSITY = 512, 64, 0.98


def compute() -> dict[str, Any]:
    of_units = _places((UNITS, INPUTS), PER_UNIT, 0)
    seed, of_inputs = next((seed, drawn) for seed in count() if not (drawn := _of_inputs(seed)).any(axis=1).all())
    per_input = WIDE_UNITS - math.ceil(SPARSITY * WIDE_UNITS)
    share = per_input / WIDE_UNITS
    return {
        "units": UNITS,
        "inputs": INPUTS,
        "per_unit": PER_UNIT,
        "per_input": PER_INPUT,
        "seed": seed,
        "of_units": of_units.astype(int).tolist(),
        "of_inputs": of_inputs.astype(int).tolist(),
        "fewest": int(of_inputs.sum(axis=1).min()),
        "most": int(of_inputs.sum(axis=1).max()),
        "empty": int((~of_inputs.any(axis=1)).sum()),
        "probability": (1 - PER_INPUT / UNITS) ** INPUTS,
        "wide": {
            "units": WIDE_UNITS,
            "inputs": WIDE_INPUTS,
            "per_input": per_input,
            "sparsity": SPARSITY,
            "mean": WIDE_INPUTS * share,
            "none": (1 - share) ** WIDE_INPUTS,
        },
    }


def _places(shape: tuple[int, int], connections: int, seed: int) -> Array:
    drawn = weightinit.sparse(shape, rng=np.random.default_rng(seed), connections=connections)
    places: Array = drawn != 0
    return places


def _of_inputs(seed: int) -> Array:
    """The same number for each input: inputs and units have changed places."""
    return _places((INPUTS, UNITS), PER_INPUT, seed).T


WORDS = {
    "ko": {
        "of_units": "뉴런마다 2개",
        "of_inputs": "입력마다 3개",
        "input": "입력",
        "unit": "뉴런",
        "sum": "개수",
    },
    "en": {
        "of_units": "2 for each neuron",
        "of_inputs": "3 for each input",
        "input": "input",
        "unit": "neuron",
        "sum": "count",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(340, columns=2)
    for name, color, axes in zip(("of_units", "of_inputs"), (BLUE, RED), panels, strict=True):
        _dots(axes, np.array(data[name]), color, "s" if name == "of_units" else "o")
        axes.set_title(words[name])
        axes.set_xlabel(words["input"])
        axes.text(INPUTS + 0.9, -1.1, words["sum"], color=FG, horizontalalignment="center")
    panels[0].set_ylabel(words["unit"])
    return result


def _dots(axes: Axes, places: Array, color: str, marker: str) -> None:
    """One row a unit; behind it how many inputs it has."""
    units, inputs = np.nonzero(places)
    axes.plot(inputs, units, color=color, linestyle="none", marker=marker, markersize=6)
    for unit, number in enumerate(places.sum(axis=1)):
        bare = not number
        axes.text(
            INPUTS + 0.9, unit, str(number), color=color if bare else FG, fontweight="bold" if bare else "normal",
            horizontalalignment="center", verticalalignment="center_baseline",
        )  # fmt: skip
    axes.set_xlim(-0.6, INPUTS + 1.6)
    axes.set_ylim(UNITS - 0.4, -1.8)
    axes.set_xticks(range(INPUTS), [""] * INPUTS)
    axes.set_yticks(range(UNITS), [""] * UNITS)
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def caption(data: dict[str, Any], lang: str) -> str:
    share, fewest, most = percent(data["probability"], 0), data["fewest"], data["most"]
    mean = fixed(data["inputs"] * data["per_input"] / data["units"], 0)
    if lang == "ko":
        return (
            f"입력이 {data['inputs']}개, 뉴런이 {data['units']}개인 층에서 0이 아닌 가중치의 자리. 한 줄이 한 "
            f"뉴런이고, 줄 끝의 수는 그 뉴런의 연결 수. 왼쪽: 뉴런마다 {data['per_unit']}개. 오른쪽: 입력마다 "
            f"{data['per_input']}개. 뉴런 하나의 연결은 평균 {mean}개로 같지만 이 추출에서는 {fewest}개부터 "
            f"{most}개까지이고, 연결이 없는 뉴런은 {data['empty']}개. 뉴런 하나에 연결이 없을 확률은 {share}. "
            "오른쪽은 연결이 없는 뉴런이 나온 추출을 골라 보인 것."
        )
    return (
        f"The places of the weights that are not zero, in a layer of {data['inputs']} inputs and {data['units']} "
        "neurons. A row is a neuron, and the number behind it says how many connections it has. Left: "
        f"{data['per_unit']} for each neuron. Right: {data['per_input']} for each input. A neuron still has {mean} "
        f"connections on average, but in this draw from {fewest} to {most}; neurons without any: {data['empty']}. "
        f"A neuron has none with probability {share}. The draw on the right was chosen to show such a neuron."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    fewest, most = data["fewest"], data["most"]
    if lang == "ko":
        return (
            f"{data['units']}줄 {data['inputs']}칸의 점 그림 둘. 왼쪽은 줄마다 점이 {data['per_unit']}개. 오른쪽은 "
            f"칸마다 점이 {data['per_input']}개이고, 줄에는 {fewest}개부터 {most}개까지."
        )
    return (
        f"Two dot patterns of {data['units']} rows and {data['inputs']} columns. On the left every row has "
        f"{data['per_unit']} dots. On the right every column has {data['per_input']}, and the rows have from {fewest} "
        f"to {most}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    units, inputs = np.array(data["of_units"]), np.array(data["of_inputs"])
    return {
        "left: every unit has the same number": set(units.sum(axis=1)) == {data["per_unit"]},
        "right: every input has the same number": set(inputs.sum(axis=0)) == {data["per_input"]},
        "right: the units do not": data["fewest"] < data["per_unit"] < data["most"],
        "a unit without a connection is shown": data["fewest"] == 0 < data["empty"]
        and data["empty"] == int((inputs.sum(axis=1) == 0).sum()),
        "both have the same number in all": int(units.sum()) == int(inputs.sum()),
        "the titles say these numbers": (data["per_unit"], data["per_input"]) == (2, 3),
    }
