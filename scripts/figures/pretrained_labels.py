"""How often are new digits right after a start from old weights and from scratch, and does it depend on the labels?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from scripts.book.figstyle import BLUE, FG, GREEN, RED, figure, label, percent
from scripts.figures._transfer import (
    EDGE,
    HIDDEN,
    SEEDS,
    SETUP,
    STARTS,
    continued,
    network,
    points,
    right,
    spread,
    task,
)

LABELS = (5, 10, 20, 50)
# Colour, dash and marker each tell the three apart; then where the name of a curve starts.
LOOKS: dict[str, tuple[str, Any, str, tuple[float, float]]] = {
    "tuned": (BLUE, "solid", "o", (9.5, 59.5)),
    "scratch": (RED, (0, (4, 1.6)), "^", (6.0, 26.8)),
    "frozen": (GREEN, (0, (6, 2, 1, 2)), "s", (26.5, 46.5)),
}
WORDS = {
    "ko": {
        "title": "처음 보는 새 숫자를 맞힌 비율",
        "labels": "숫자마다 레이블이 붙은 그림의 수",
        "tuned": "미세 조정",
        "scratch": "처음부터 (He)",
        "frozen": "은닉층 동결",
        "chance": "찍을 때",
    },
    "en": {
        "title": "Share of unseen new digits classified correctly",
        "labels": "labeled images of each digit",
        "tuned": "fine-tuned",
        "scratch": "from scratch (He)",
        "frozen": "hidden layers frozen",
        "chance": "guessing",
    },
}


def compute() -> dict[str, Any]:
    found: dict[tuple[str, int], list[float]] = {(name, labels): [] for name in STARTS for labels in LABELS}
    old, tests = [], []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        given = task("moved", rng)
        tests.append(len(given.test.x))
        old.append(given.old_right)
        for labels in LABELS:
            for name in STARTS:
                found[name, labels].append(right(continued(name, given, labels, rng), given.test))
    fresh = network(EDGE, np.random.default_rng(0))
    counts = {"all": sum(part.size for part in fresh.values()), "output": fresh["W3"].size + fresh["b3"].size}
    data: dict[str, Any] = dict(SETUP) | {"labels": list(LABELS), "chance": 1 / SETUP["classes"], "numbers": counts}
    data["hidden"] = sum(fresh[name].size for name in HIDDEN)
    data["test"] = tests[0]
    data["old_right"] = spread(old)
    for name in STARTS:
        data[name] = {str(labels): spread(found[name, labels]) for labels in LABELS}
    for name in ("tuned", "frozen"):
        data[f"{name}_over"] = {str(labels): points(found[name, labels], found["scratch", labels]) for labels in LABELS}
    return data


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(300)
    axes.set_xscale("log")
    for name, (color, dash, marker, place) in LOOKS.items():
        low, mean, high = (
            [100 * data[name][str(labels)][part] for labels in data["labels"]] for part in ("low", "mean", "high")
        )
        axes.fill_between(data["labels"], low, high, color=color, alpha=0.2, linewidth=0)
        axes.plot(data["labels"], mean, color=color, linestyle=dash, marker=marker)
        label(axes, *place, words[name], color)
    axes.axhline(100 * data["chance"], color=FG, linewidth=1, linestyle=(0, (1, 1.5)))
    label(axes, 5.2, 100 * data["chance"] + 3.2, words["chance"], FG)
    axes.set_title(words["title"])
    axes.set_xlabel(words["labels"])
    axes.set_xticks(data["labels"], [str(labels) for labels in data["labels"]])
    axes.minorticks_off()
    axes.set_ylim(15, 76)
    axes.set_yticks([20, 30, 40, 50, 60, 70])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0f}\N{NO-BREAK SPACE}%")
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    least, most = str(data["labels"][0]), str(data["labels"][-1])
    first, last = (
        [percent(data[name][labels]["mean"], 0) for name in ("tuned", "frozen", "scratch")] for labels in (least, most)
    )
    size = f"{data['edge'] ** 2} → {data['width']} → {data['width']} → {data['classes']}"
    chance = percent(data["chance"], 0)
    if lang == "ko":
        return (
            f"0부터 4까지 배운 {size} ReLU 신경망을 5부터 9까지의 새 숫자로 이어서 훈련한 결과. 처음 보는 그림 "
            f"{data['test']}장을 맞힌 비율. 숫자마다 그림이 {least}장이면 미세 조정 {first[0]}, 은닉층을 동결하면 "
            f"{first[1]}, 처음부터 훈련하면 {first[2]}. {most}장이면 차례로 {last[0]}, {last[1]}, {last[2]}. 찍으면 "
            f"{chance}. 선은 시드 {data['seeds']}개의 평균, 띠는 최솟값에서 최댓값까지."
        )
    return (
        f"A {size} ReLU network that has learned the digits 0 to 4 is trained further on the new digits 5 to 9. Shown "
        f"is the share of {data['test']} unseen images classified correctly. With {least} images of each digit it is "
        f"{first[0]} fine-tuned, {first[1]} with the hidden layers frozen and {first[2]} from scratch; with {most} "
        f"images, {last[0]}, {last[1]} and {last[2]}. Guessing gives {chance}. Lines: mean of {data['seeds']} seeds; "
        "bands: smallest to largest."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    ends = [
        [percent(data[name][str(data["labels"][end])]["mean"], 0) for end in (0, -1)]
        for name in ("tuned", "frozen", "scratch")
    ]
    (a, b), (c, d), (e, f) = ends
    if lang == "ko":
        return (
            f"가로축은 숫자마다 레이블이 붙은 그림의 수 {data['labels'][0]}부터 {data['labels'][-1]}까지, "
            f"세로축은 맞힌 비율. 미세 조정은 {a}에서 {b}로, 처음부터 훈련한 선은 {e}에서 {f}로 올라가 서로 가까워짐. "
            f"은닉층을 동결한 선은 {c}에서 {d}로 완만하게 올라가, 처음부터 훈련한 선에 따라잡힘."
        )
    return (
        f"Labeled images of each digit, {data['labels'][0]} to {data['labels'][-1]}, against the share classified "
        f"correctly. The fine-tuned line rises from {a} to {b}, the line from scratch from {e} to {f}, and they come "
        f"closer. The line with frozen hidden layers rises slowly from {c} to {d} and is overtaken by the one from "
        "scratch."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    tuned, frozen, scratch = (data[name] for name in ("tuned", "frozen", "scratch"))
    least, ten, twenty, most = (str(labels) for labels in data["labels"])
    gain, loss = data["tuned_over"], data["frozen_over"]
    return {
        "old weights help with few labels, at every seed": min(gain[least]["low"], gain[ten]["low"]) > 2,
        "the gain shrinks as labels grow": min(gain[n]["mean"] for n in (least, ten, twenty))
        > 1.4 * gain[most]["mean"]
        > 0,
        "frozen layers help with few labels and harm with many": loss[least]["low"] > 0 > loss[most]["high"]
        and frozen[most]["high"] < scratch[most]["low"],
        "frozen is about as good as fine-tuned with few labels": abs(frozen[least]["mean"] - tuned[least]["mean"])
        < 0.03
        and tuned[most]["mean"] - frozen[most]["mean"] > 0.1,
        "all improve with labels": all(
            d[least]["mean"] < d[ten]["mean"] < d[most]["mean"] for d in (tuned, frozen, scratch)
        ),
        "none guesses": scratch[least]["low"] > data["chance"] + 0.05,
        "the old digits are learned": data["old_right"]["low"] > 0.8,
        "the hidden layers have most of the numbers": data["hidden"] + data["numbers"]["output"]
        == data["numbers"]["all"]
        and data["hidden"] > 30 * data["numbers"]["output"],
    }
