"""Is the gap between He and Xavier in a deep ReLU network only a matter of the learning rate?"""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from scripts.book.figstyle import BLUE, GREEN, figure, fixed, label, percent
from scripts.figures._compare import DEPTHS, EPOCHS, SEEDS, STEPS
from scripts.sweep import table

RATES = [0.03, 0.1, 0.3]
LOOKS: dict[str, tuple[str, Any, str]] = {"he": (BLUE, "solid", "o"), "xavier": (GREEN, (0, (6, 2, 1, 2)), "s")}
NAMES = {"he": ("He", 0.105, 93), "xavier": ("Xavier", 0.105, 36)}
WORDS = {
    "ko": {"title": "정확도", "x": "학습률"},
    "en": {"title": "Accuracy", "x": "learning rate"},
}


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {"depth": DEPTHS[-1], "seeds": SEEDS, "steps": STEPS * EPOCHS, "rates": RATES}
    for row in table((LOOKS, ["relu"], [DEPTHS[-1]], RATES, [EPOCHS]), SEEDS):
        data.setdefault(row["scheme"], {})[str(row["rate"])] = row
    return data


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, axes = figure(250)
    for name, (color, dash, marker) in LOOKS.items():
        rows = [data[name][str(rate)] for rate in data["rates"]]
        low, middle, high = ([100 * row[key] for row in rows] for key in ("accuracy_low", "accuracy", "accuracy_high"))
        axes.fill_between(data["rates"], low, high, color=color, alpha=0.2, linewidth=0)
        axes.plot(data["rates"], middle, color=color, linestyle=dash, marker=marker)
        label(axes, NAMES[name][1], NAMES[name][2], NAMES[name][0], color)
    axes.set_xscale("log")
    axes.set_xticks(data["rates"], [f"{rate:g}" for rate in data["rates"]])
    axes.set_xticks([], minor=True)
    axes.set_ylim(0, 101)
    shares = [0, 0.25, 0.5, 0.75, 1]
    axes.set_yticks([100 * share for share in shares], [percent(share, 0) for share in shares])
    axes.set_title(words["title"])
    axes.set_xlabel(words["x"])
    return result


def _ends(data: dict[str, Any], name: str) -> list[str]:
    return [percent(data[name][str(rate)]["accuracy"], 0) for rate in data["rates"]]


def caption(data: dict[str, Any], lang: str) -> str:
    he, xavier = (", ".join(_ends(data, name)) for name in LOOKS)
    rates = ", ".join(fixed(rate, 2 if rate < 0.1 else 1) for rate in data["rates"])
    if lang == "ko":
        return (
            f"{data['depth']}층 ReLU 신경망에서 학습률을 {rates}로 바꾸었을 때 {data['steps']}걸음 뒤의 정확도. "
            f"중앙값은 He에서 차례로 {he}, Xavier에서 {xavier}. 선은 시드 {data['seeds']}개 가운데 발산하지 않은 것의 "
            "중앙값, 띠는 최솟값에서 최댓값까지."
        )
    return (
        f"Accuracy of ReLU networks of {data['depth']} layers after {data['steps']} steps with learning rates of "
        f"{rates}. The medians of He are, in this order, {he}, those of Xavier {xavier}. Lines: median of those of "
        f"{data['seeds']} seeds that did not diverge; bands: smallest to largest."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    he = _ends(data, "he")
    if lang == "ko":
        return (
            f"He의 선은 {he[0]}에서 {he[1]}로 올라갔다가 {he[2]}로 내려와 Xavier의 선과 만남. Xavier의 선은 올라간 뒤 "
            "거의 수평."
        )
    return (
        f"The line of He rises from {he[0]} to {he[1]} and falls to {he[2]}, where it meets that of Xavier, which "
        "rises and then stays nearly level."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    he, xavier = ([data[name][str(rate)] for rate in data["rates"]] for name in LOOKS)
    return {
        "the middle rate is the best for He": he[1]["accuracy"] > max(he[0]["accuracy"], he[2]["accuracy"]),
        "at the two lower rates every He run beats every Xavier run": all(
            he[i]["accuracy_low"] > xavier[i]["accuracy_high"] for i in (0, 1)
        ),
        "at its best rate it beats Xavier at any rate": he[1]["accuracy_low"]
        > max(row["accuracy_high"] for row in xavier),
        "at the highest rate the two cannot be told apart": he[2]["accuracy_low"] < xavier[2]["accuracy_high"]
        and xavier[2]["accuracy_low"] < he[2]["accuracy_high"],
        "and some He runs diverge there, nowhere else": [bool(row["note"]) for row in he] == [False, False, True]
        and not any(row["note"] for row in xavier),
        "Xavier is level between the two higher rates": abs(xavier[1]["accuracy"] - xavier[2]["accuracy"]) < 0.05,
    }
