"""Does what can be measured before the first step, signal and gradient, tell which networks will learn?"""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BLUE, FG, GREEN, RED, figure, label, order, percent, power
from scripts.figures._compare import (
    ACTIVATIONS,
    BATCH,
    DEPTHS,
    EPOCHS,
    GOAL,
    RATE,
    SCHEMES,
    SEEDS,
    SMALL,
    STEPS,
    WIDTH,
    widths,
)
from scripts.figures._digits import CLASSES, PIXELS, TRAIN
from scripts.sweep import table

LOOKS = {"relu": (BLUE, "o"), "tanh": (GREEN, "s"), "sigmoid": (RED, "^")}
SIDE = 2  # half the side of the square around "nothing has changed", in powers of ten
UNUSUAL = ("small", "sparse")  # the two that look at no fan


def compute() -> dict[str, Any]:
    rows = table((SCHEMES, ACTIVATIONS, DEPTHS, [RATE], [EPOCHS]), SEEDS)
    data: dict[str, Any] = {
        "width": WIDTH,
        "pixels": PIXELS,
        "classes": CLASSES,
        "train": TRAIN,
        "test": 1797 - TRAIN,
        "batch": BATCH,
        "rate": RATE,
        "epochs": EPOCHS,
        "epoch": STEPS,
        "steps": STEPS * EPOCHS,
        "goal": GOAL,
        "seeds": SEEDS,
        "schemes": len(SCHEMES),
        "small": SMALL,
        "runs": len(rows) * SEEDS,
        "rows": len(rows),
        "times": 10**SIDE,
    }
    for row in rows:
        data.setdefault(row["activation"], {}).setdefault(str(row["depth"]), {})[row["scheme"]] = row | _theory(row)
    inside = [row for row in rows if _inside(row)]
    return data | {
        "inside": len(inside),
        "inside_learned": sum(_learned(row) for row in inside),
        "outside": len(rows) - len(inside),
        "outside_learned": sum(_learned(row) for row in rows) - sum(_learned(row) for row in inside),
        "pairs": math.comb(len(SCHEMES), 2),
        "usual_pairs": math.comb(len(SCHEMES) - len(UNUSUAL), 2),
        "usual_apart": {name: {depth: _apart(found) for depth, found in data[name].items()} for name in ACTIVATIONS},
        "twins_apart": sum(
            separated(found["xavier"], found["lecun"]) for name in ACTIVATIONS for found in data[name].values()
        ),
        "columns": len(ACTIVATIONS) * len(DEPTHS),
        "by_chance": len(ACTIVATIONS) * len(DEPTHS) * math.comb(len(SCHEMES), 2) * 2 / math.comb(2 * SEEDS, SEEDS),
        "theory_off": max(_off(row) for name in ACTIVATIONS for row in _rows(data, name)),
    }


def _theory(row: dict[str, Any]) -> dict[str, float | None]:
    """What the layer-by-layer theory says of the start, for the schemes that are rules of the fans."""
    if row["scheme"] not in weightinit.SCHEMES:
        return {"theory_signal": None, "theory_gradient": None}
    sizes = widths(row["depth"])
    variances = [weightinit.variance(row["scheme"], before, after) for before, after in pairwise(sizes)]
    return {
        "theory_signal": float(weightinit.forward_profile(sizes, variances, row["activation"])[-1]),
        "theory_gradient": float(weightinit.backward_profile(sizes, variances, row["activation"])[0]),
    }


def _off(row: dict[str, Any]) -> float:
    """How many times larger or smaller than in theory the start is."""
    if row["theory_signal"] is None:
        return 1.0
    logs = [math.log(row[name] / row[f"theory_{name}"]) for name in ("signal", "gradient")]
    return math.exp(max(map(abs, logs)))


def _learned(row: dict[str, Any]) -> bool:
    return bool(row["reached"] == row["seeds"])


def _inside(row: dict[str, Any], times: float = 10.0**SIDE) -> bool:
    return all(1 / times <= row[name] <= times for name in ("signal", "gradient"))


def separated(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Every run of one is better than every run of the other; a run that diverged is no better than any."""
    low, high = ((0.0 if row["note"] else row["accuracy_low"], row["accuracy_high"] or 0.0) for row in (a, b))
    return bool(low[0] > high[1] or high[0] > low[1])


def _apart(found: dict[str, dict[str, Any]]) -> int:
    usual = [row for name, row in found.items() if name not in UNUSUAL]
    return sum(separated(a, b) for a, b in combinations(usual, 2))


WORDS = {
    "ko": {
        "all": "모든 신경망",
        "near": "점선 네모 안",
        "x": "마지막 층에서 신호의 2차 적률",
        "y": "그래디언트의 비",
        "relu": "ReLU",
        "tanh": "tanh",
        "sigmoid": "시그모이드",
    },
    "en": {
        "all": "All networks",
        "near": "Inside the dotted square",
        "x": "second moment of the signal, last layer",
        "y": "ratio of gradients",
        "relu": "ReLU",
        "tanh": "tanh",
        "sigmoid": "sigmoid",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, (top, bottom) = figure(520, rows=2)
    for axes, small in ((top, False), (bottom, True)):
        for name, (color, marker) in LOOKS.items():
            for row in _rows(data, name):
                if not small or _inside(row):
                    _point(axes, row, color, marker, 6.5 if small else 4.5)
        axes.set_ylabel(words["y"])
    side = SIDE
    top.plot([-side, side, side, -side, -side], [-side, -side, side, side, -side], color=FG, linestyle=(0, (1, 1.2)))
    _ticks(top, range(-30, 20, 10), range(-30, 20, 10))
    top.set_xlim(-31, 13)
    top.set_ylim(-37, 12)
    _ticks(bottom, range(-2, 3), range(-2, 3))
    bottom.set_xlim(-2.1, 2.1)
    bottom.set_ylim(-2.1, 2.1)
    bottom.set_xlabel(words["x"])
    top.set_title(words["all"])
    bottom.set_title(words["near"])
    places = {"relu": (-15, -9.5, "right"), "tanh": (-23, -26, "left"), "sigmoid": (-2, -34, "left")}
    for name, (x, y, end) in places.items():
        label(top, x, y, words[name], LOOKS[name][0], end)
    return result


def _rows(data: dict[str, Any], activation: str) -> list[dict[str, Any]]:
    return [row for found in data[activation].values() for row in found.values()]


def _point(axes: Axes, row: dict[str, Any], color: str, marker: str, size: float) -> None:
    """A full mark has learned with every seed, a hollow one not."""
    inner = color if _learned(row) else "none"
    axes.plot(
        [math.log10(row["signal"])],
        [math.log10(row["gradient"])],
        linestyle="none",
        marker=marker,
        markersize=size,
        markerfacecolor=inner,
        markeredgecolor=color,
    )


def _ticks(axes: Axes, x: range, y: range) -> None:
    axes.set_xticks(list(x), [power(n) for n in x])
    axes.set_yticks(list(y), [power(n) for n in y])


def caption(data: dict[str, Any], lang: str) -> str:
    goal = percent(data["goal"], 0)
    if lang == "ko":
        return (
            f"학습하기 전에 잰 두 값과 학습의 결과. 점 하나가 초기화 {data['schemes']}가지, 활성화 함수 "
            f"{len(LOOKS)}가지, 깊이 {len(DEPTHS)}가지의 한 조합이고, 자리는 시드 {data['seeds']}개의 중앙값. 가로축은 "
            "마지막 층에서 잰 신호의 2차 적률, 세로축은 그래디언트의 2차 적률을 첫 층에서 잰 값과 마지막 층에서 잰 "
            f"값의 비. 속이 찬 점은 시드 {data['seeds']}개가 모두 {data['steps']}걸음 안에 정확도 {goal}에 이른 "
            f"신경망. 두 값이 모두 1/{data['times']}과 {data['times']} 사이인 점선 네모 안에서는 {data['inside']}개 중 "
            f"{data['inside_learned']}개가, 네모 밖에서는 {data['outside']}개 중 {data['outside_learned']}개가 이름."
        )
    return (
        "Two values measured before training, and what training came to. Each mark is one combination of "
        f"{data['schemes']} schemes, {len(LOOKS)} activations and {len(DEPTHS)} depths, placed at the median of "
        f"{data['seeds']} seeds. Across: second moment of the signal at the last layer. Up: second moment of the "
        f"gradient, first layer over last. A full mark: all {data['seeds']} seeds reach an accuracy of {goal} within "
        f"{data['steps']} steps. Of the {data['inside']} networks inside the dotted square, where both values lie "
        f"between 1/{data['times']} and {data['times']}, {data['inside_learned']} do; of the {data['outside']} outside "
        f"it, {data['outside_learned']}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    low = order(min(row["gradient"] for name in LOOKS for row in _rows(data, name)))
    if lang == "ko":
        return (
            "위 그래프에서 ReLU와 tanh의 점은 왼쪽 아래로 뻗는 비스듬한 띠를 이루고, 시그모이드의 점은 신호가 별로 "
            f"변하지 않아도 {low}까지 아래로 떨어짐. 희소 초기화를 쓴 ReLU의 점은 오른쪽 위로 벗어남. 속이 찬 점은 "
            "점선 네모 안과 그 가까이에만 있음. 아래 그래프는 네모 안을 확대한 것으로, 거의 모든 점의 속이 참."
        )
    return (
        "In the upper chart the marks of ReLU and tanh form a slanting band towards the lower left, while those of the "
        f"sigmoid fall down to {low} although their signal changes little. The ReLU marks of sparse initialization go "
        "off to the upper right. Full marks stand only in the dotted square and near it. The lower chart enlarges the "
        "square: almost all marks in it are full."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    rows = [row for name in LOOKS for row in _rows(data, name)]
    shallow, deep = ({name: data[name][str(depth)] for name in LOOKS} for depth in (DEPTHS[0], DEPTHS[-1]))
    relu, tanh, sigmoid = deep.values()
    return {
        "inside the square almost all networks learn, outside it almost none": 10 * data["inside_learned"]
        > 9 * data["inside"]
        and 10 * data["outside_learned"] < data["outside"]
        and data["inside"] + data["outside"] == data["rows"] == len(rows),
        "those that learn outside it are near it": all(
            _inside(row, 10.0**5) for row in rows if _learned(row) and not _inside(row)
        ),
        "signal and gradient of ReLU and tanh fade together": all(
            abs(math.log10(row["signal"] / row["gradient"])) < 3 for found in (relu, tanh) for row in found.values()
        ),
        "under the sigmoid gradients fade and the signal does not": all(
            row["gradient"] < 1e-4 and row["signal"] > 1e-4 for row in sigmoid.values()
        ),
        "sparse ReLU networks explode": relu["sparse"]["signal"] > 1e8 and relu["sparse"]["gradient"] > 1e6,
        "some of their runs diverge, and no others do": "diverged at step" in relu["sparse"]["note"]
        and all(row["scheme"] == "sparse" for row in rows if row["note"])
        and not any(row["note"] for row in [*_rows(data, "tanh"), *_rows(data, "sigmoid")]),
        "theory gives the start of the four rules of the fans within a factor of 3": data["theory_off"] < 3
        and {row["scheme"] for row in rows if row["theory_signal"] is not None} == weightinit.SCHEMES.keys(),
        "of two layers nearly all learn": all(
            row["reached"] >= 4 for name in ("relu", "tanh") for row in shallow[name].values()
        ),
        "of ten ReLU layers only the three that keep the signal do": [n for n, row in relu.items() if row["reached"]]
        == ["he", "orthogonal", "lsuv"]
        and all(_learned(relu[name]) for name in ("he", "orthogonal", "lsuv")),
        "He apart from Xavier under ReLU, not under tanh": separated(relu["he"], relu["xavier"])
        and not separated(tanh["he"], tanh["xavier"]),
        "of ten tanh layers all but small, uniform and sparse learn": [n for n, row in tanh.items() if row["reached"]]
        == ["lecun", "xavier", "he", "orthogonal", "lsuv"],
        "Xavier and LeCun are nowhere apart": data["twins_apart"] == 0,
        "deeper sigmoid networks learn under no scheme": not any(
            row["reached"] for depth in DEPTHS[1:] for row in data["sigmoid"][str(depth)].values()
        ),
        "there sparse is the best of all, and all its runs better": all(
            data["sigmoid"]["5"]["sparse"]["accuracy_low"] > row["accuracy_high"]
            for name, row in data["sigmoid"]["5"].items()
            if name != "sparse"
        ),
    }
