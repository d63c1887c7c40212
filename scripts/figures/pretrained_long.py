"""Does a network that starts from scratch catch up if it is trained for long?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from scripts.book.figstyle import BLUE, RED, figure, label, percent
from scripts.figures._transfer import (
    NEW_BATCH,
    NEW_RATE,
    SEEDS,
    SETUP,
    few,
    learn,
    points,
    right,
    spread,
    start,
    task,
)

LABELS, CHECKS = (10, 100), (20, 40, 80, 160, 320, 640)
EARLY = 1  # the place of an early check in CHECKS
LOOKS: dict[str, tuple[str, Any, str]] = {"tuned": (BLUE, "solid", "o"), "scratch": (RED, (0, (4, 1.6)), "^")}
# Step and share at which a curve's name starts, in each panel.
PLACES = {("tuned", 10): (75, 57), ("scratch", 10): (75, 30), ("tuned", 100): (21, 80), ("scratch", 100): (75, 45)}
WORDS = {
    "ko": {
        "title": "처음 보는 새 숫자를 맞힌 비율",
        "panel": "숫자마다 {}장",
        "step": "걸음",
        "tuned": "미세 조정",
        "scratch": "처음부터 (He)",
    },
    "en": {
        "title": "Share of unseen new digits classified correctly",
        "panel": "{} images a digit",
        "step": "step",
        "tuned": "fine-tuned",
        "scratch": "from scratch (He)",
    },
}


def compute() -> dict[str, Any]:
    found: dict[tuple[int, str], list[list[float]]] = {(labels, name): [] for labels in LABELS for name in LOOKS}
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        given = task("moved", rng)
        for labels, name in found:
            params, data, done, shares = start(name, given.old, rng), few(given, labels), 0, []
            for step in CHECKS:
                params = learn(params, data, NEW_RATE, NEW_BATCH, (step - done) * NEW_BATCH // len(data.x), rng)
                shares.append(right(params, given.test))
                done = step
            found[labels, name].append(shares)
    result: dict[str, Any] = dict(SETUP) | {"labels": list(LABELS), "checks": list(CHECKS), "test": len(given.test.x)}
    result["early"] = CHECKS[EARLY]
    for labels in LABELS:
        by_start = {name: list(zip(*found[labels, name], strict=True)) for name in LOOKS}
        result[str(labels)] = {name: [spread(list(each)) for each in by_start[name]] for name in LOOKS} | {
            "over": [points(list(a), list(b)) for a, b in zip(by_start["tuned"], by_start["scratch"], strict=True)],
        }
        for when, place in (("early", EARLY), ("end", -1)):
            result[str(labels)][f"{when}_over"] = result[str(labels)]["over"][place]
            for name in LOOKS:
                result[str(labels)][f"{when}_{name}"] = result[str(labels)][name][place]
    return result


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, panels = figure(290, columns=2, sharey=True)
    for labels, axes in zip(data["labels"], panels, strict=True):
        axes.set_xscale("log")
        for name, (color, dash, marker) in LOOKS.items():
            series = data[str(labels)][name]
            low, mean, high = ([100 * each[part] for each in series] for part in ("low", "mean", "high"))
            axes.fill_between(data["checks"], low, high, color=color, alpha=0.2, linewidth=0)
            axes.plot(data["checks"], mean, color=color, linestyle=dash, marker=marker)
            label(axes, *PLACES[name, labels], words[name], color)
        axes.set_title(words["panel"].format(labels), fontweight="normal", fontsize=10.8)
        axes.set_xlabel(words["step"])
        axes.set_xticks([20, 80, 320], ["20", "80", "320"])
        axes.minorticks_off()
        axes.set_ylim(15, 90)
        axes.set_yticks([20, 40, 60, 80])
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0f}\N{NO-BREAK SPACE}%")
    result.suptitle(words["title"], x=0.01, horizontalalignment="left", fontweight="bold", fontsize=11.5)
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    few_, many = (data[str(labels)] for labels in data["labels"])
    ends = [percent(panel[f"end_{name}"]["mean"], 0) for panel in (few_, many) for name in LOOKS]
    early = [percent(many[f"early_{name}"]["mean"], 0) for name in LOOKS]
    least, most = data["labels"]
    last = data["checks"][-1]
    if lang == "ko":
        return (
            f"새 숫자를 오래 훈련할 때 처음 보는 그림 {data['test']}장을 맞힌 비율. 숫자마다 그림이 {least}장이면 "
            f"{last}걸음 뒤에 미세 조정이 {ends[0]}, 처음부터 훈련한 것이 {ends[1]}이고, 차이가 남음. {most}장이면 "
            f"{data['early']}걸음에는 {early[0]}와 {early[1]}로 벌어지지만, {last}걸음 뒤에는 {ends[2]}와 {ends[3]}로 "
            f"가까워짐. 선은 시드 {data['seeds']}개의 평균, 띠는 최솟값에서 최댓값까지."
        )
    return (
        f"Share of {data['test']} unseen images classified correctly when the new digits are trained for long. With "
        f"{least} images of each digit it is {ends[0]} fine-tuned and {ends[1]} from scratch after {last} steps: a gap "
        f"remains. With {most} images the two are far apart at step {data['early']}, {early[0]} and {early[1]}, but "
        f"close after {last} steps, {ends[2]} and {ends[3]}. Lines: mean of {data['seeds']} seeds; bands: smallest to "
        "largest."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    few_, many = (data[str(labels)] for labels in data["labels"])
    ends = [percent(panel[f"end_{name}"]["mean"], 0) for panel in (few_, many) for name in LOOKS]
    steps = f"{data['checks'][0]}", f"{data['checks'][-1]}"
    if lang == "ko":
        return (
            f"가로축은 {steps[0]}걸음부터 {steps[1]}걸음까지, 세로축은 맞힌 비율인 그래프 둘. 왼쪽에서는 두 선이 일찍 "
            f"수평이 되어 {ends[0]}와 {ends[1]}에 머묾. 오른쪽에서는 처음부터 훈련한 선이 늦게 올라와 "
            f"{ends[3]}에 이르고, 미세 조정한 선의 {ends[2]}에 다가감."
        )
    return (
        f"Two panels, steps {steps[0]} to {steps[1]} against the share classified correctly. On the left both "
        f"lines soon become level, at {ends[0]} and {ends[1]}. On the right the line from scratch rises later, to "
        f"{ends[3]}, and approaches the fine-tuned line at {ends[2]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    few_, many = (data[str(labels)] for labels in data["labels"])
    return {
        "with few labels the gap stays, at every seed": few_["end_over"]["low"] > 3
        and few_["end_scratch"]["mean"] < few_["end_tuned"]["mean"] - 0.05,
        "both have stopped improving by then": all(
            abs(few_[name][-1]["mean"] - few_[name][-3]["mean"]) < 0.02 for name in LOOKS
        ),
        "with many labels the gap nearly closes": many["early_over"]["low"] > 5
        and many["early_over"]["mean"] > 4 * many["end_over"]["mean"]
        and few_["end_over"]["mean"] > 2 * many["end_over"]["mean"],
        "at the end the ranges overlap": many["end_tuned"]["low"] < many["end_scratch"]["high"],
        "from scratch needs about twice as many steps to the same share": all(
            abs(many["scratch"][place + 1]["mean"] - many["tuned"][place]["mean"]) < 0.05 for place in (1, 2, 3)
        ),
    }
