"""What must old weights have learned to be better than a fresh start, and where is nothing to be gained?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from scripts.book.figstyle import BLUE, FG, GREEN, figure, fixed
from scripts.figures._transfer import (
    SETUP,
    SOURCES,
    STARTS,
    continued,
    features,
    few,
    one_step,
    points,
    right,
    separation,
    spread,
    task,
)

LABELS, LONG, RUNS = 10, 100, 6  # with ten images of each digit, nothing changes after a hundred steps
LOOKS = {"tuned": (BLUE, "o", -0.13), "frozen": (GREEN, "s", 0.2)}
WORDS = {
    "ko": {
        "title": "처음부터 훈련한 것과의 차이 (퍼센트포인트)",
        "moved": "다른 다섯 숫자를 배운 뒤",
        "pixels": "화소의 자리를 섞은 다섯 숫자를 배운 뒤",
        "labels": "레이블을 섞은 다섯 숫자를 배운 뒤",
        "centered": "다른 다섯 숫자를 배운 뒤, 가운데 놓인 그림",
        "worse": "못함",
        "better": "나음",
        "tuned": "미세 조정",
        "frozen": "은닉층 동결",
    },
    "en": {
        "title": "Difference from a start from scratch, in points",
        "moved": "after five other digits",
        "pixels": "after five digits with shuffled pixels",
        "labels": "after five digits with shuffled labels",
        "centered": "after five other digits, images centered",
        "worse": "worse",
        "better": "better",
        "tuned": "fine-tuned",
        "frozen": "hidden layers frozen",
    },
}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = dict(SETUP) | {"images": LABELS, "steps": LONG, "seeds": RUNS}
    for source in SOURCES:
        found: dict[str, list[float]] = {name: [] for name in STARTS}
        raw, learned, old = [], [], []
        steps: dict[str, list[float]] = {"raw": [], "learned": []}
        for seed in range(RUNS):
            rng = np.random.default_rng(seed)
            given = task(source, rng)
            for name in STARTS:
                found[name].append(right(continued(name, given, LABELS, rng, LONG), given.test))
            raw.append(separation(*given.test))
            learned.append(separation(features(given.old, given.test.x), given.test.labels))
            old.append(given.old_right)
            shown = few(given, LABELS)
            steps["raw"].append(one_step(shown, given.test))
            seen, unseen = (part._replace(x=features(given.old, part.x)) for part in (shown, given.test))
            steps["learned"].append(one_step(seen, unseen))
        data[source] = {name: spread(found[name]) for name in STARTS} | {
            "tuned_over": points(found["tuned"], found["scratch"]),
            "frozen_over": points(found["frozen"], found["scratch"]),
            "separation_raw": spread(raw),
            "separation": spread(learned),
            "old_right": spread(old),
            "one_step_raw": spread(steps["raw"]),
            "one_step": spread(steps["learned"]),
        }
        data["test"] = len(given.test.x)
    return data


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(330)
    axes.axvline(0, color=FG, linewidth=1)
    for row, source in enumerate(SOURCES):
        for name, (color, marker, shift) in LOOKS.items():
            each = data[source][f"{name}_over"]["each"]
            axes.plot(each, [row + shift] * len(each), color=color, linestyle="none", marker=marker, fillstyle="none")
        axes.text(-32.3, row - 0.42, words[source], color=FG, verticalalignment="center")
    for name, x in (("tuned", -32.3), ("frozen", -19.3)):
        color, marker, _ = LOOKS[name]
        axes.plot([x + 0.6], [3.72], color=color, linestyle="none", marker=marker, fillstyle="none", clip_on=False)
        axes.text(x + 2.1, 3.72, words[name], color=color, verticalalignment="center")
    for side, x, end in (("worse", -1, "right"), ("better", 1, "left")):
        axes.text(x, -0.82, words[side], color=FG, verticalalignment="center", horizontalalignment=end)
    axes.set_title(words["title"])
    axes.set_xlim(-33, 20)
    axes.set_xticks([-20, -10, 0, 10, 20], ["−20", "−10", "0", "10", "20"])
    axes.set_ylim(4.0, -1.05)
    axes.set_yticks([])
    axes.grid(False, axis="y")
    axes.spines["left"].set_visible(False)
    return result


def _means(data: dict[str, Any], name: str) -> list[str]:
    return [fixed(data[source][f"{name}_over"]["mean"], 1) for source in SOURCES]


def caption(data: dict[str, Any], lang: str) -> str:
    tuned, frozen = _means(data, "tuned"), _means(data, "frozen")
    if lang == "ko":
        return (
            "옛 가중치로 시작한 신경망이 처음부터 훈련한 신경망보다 더 맞힌 비율. 숫자마다 그림이 "
            f"{data['images']}장이고 {data['steps']}걸음 훈련. 표식 하나가 시드 하나이고 모두 {data['seeds']}개. 미세 "
            f"조정의 평균은 다른 다섯 숫자를 배운 뒤 {tuned[0]}, 화소를 섞어 배운 뒤 {tuned[1]}, 레이블을 섞어 배운 뒤 "
            f"{tuned[2]}, 가운데 놓인 그림에서 {tuned[3]}퍼센트포인트. 은닉층을 동결하면 차례로 {frozen[0]}, "
            f"{frozen[1]}, {frozen[2]}, {frozen[3]}."
        )
    return (
        "How much more often a network that starts from old weights is right than one that starts from scratch, with "
        f"{data['images']} images of each digit and {data['steps']} steps. Each marker is one of {data['seeds']} seeds."
        f" Fine-tuned, the mean difference is {tuned[0]} percentage points after five other digits, {tuned[1]} after "
        f"shuffled pixels, {tuned[2]} after shuffled labels and {tuned[3]} where all images are centered. With the "
        f"hidden layers frozen it is {frozen[0]}, {frozen[1]}, {frozen[2]} and {frozen[3]}, in this order."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    low, high = (fixed(data["moved"]["tuned_over"][end], 1) for end in ("low", "high"))
    worst = fixed(max(data[source]["frozen_over"]["high"] for source in SOURCES[1:]), 1)
    if lang == "ko":
        return (
            "네 줄에 시드마다 동그라미와 네모 하나씩, 0에 세로선. 맨 윗줄에서는 동그라미가 모두 0의 오른쪽, "
            f"{low}부터 {high}까지에 있음. 아래 세 줄에서는 동그라미가 0의 둘레나 왼쪽에 있고, 네모는 모두 왼쪽에 있음"
            f"(가장 가까운 것이 {worst})."
        )
    return (
        "Four rows with a circle and a square for each seed, and a vertical line at 0. In the top row all circles are "
        f"to the right of it, from {low} to {high}. In the three rows below, the circles are around 0 or to the left, "
        f"and all squares are to the left, the nearest at {worst}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    moved, pixels, labels, centered = (data[source] for source in SOURCES)
    return {
        "related digits help": moved["tuned_over"]["low"] > 3 and moved["frozen_over"]["mean"] > 3,
        "unrelated training brings little or nothing": all(
            abs(d["tuned_over"]["mean"]) < 2 and d["tuned_over"]["high"] < moved["tuned_over"]["low"]
            for d in (pixels, labels)
        ),
        "centered images gain nothing, and rather lose": centered["tuned_over"]["high"] < 1
        and centered["tuned_over"]["mean"] < 0,
        "frozen layers lose wherever fine-tuning gains nothing": all(
            d["frozen_over"]["high"] < 0 and d["frozen_over"]["mean"] < -5 for d in (pixels, labels, centered)
        ),
        "only related training separates the new classes better than the pixels do": moved["separation"]["low"]
        > 2.5 * moved["separation_raw"]["high"]
        and all(d["separation"]["mean"] < 1.05 * d["separation_raw"]["mean"] for d in (pixels, labels, centered)),
        "centered pixels separate well already": centered["separation_raw"]["low"]
        > 10 * moved["separation_raw"]["high"],
        "shuffled labels cannot be learned, shuffled pixels can": labels["old_right"]["high"] < 0.4
        and pixels["old_right"]["low"] > 0.8,
    }
