"""Where do the pre-activations of LeCun weights fall on LeCun's tanh, for three ways to write the same pixels?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

import weightinit
from scripts.book.figstyle import BLUE, BROWN, FG, GREEN, RED, figure, fixed, label, percent

WIDTH, SEEDS = 256, 5
KINDS = ("standardized", "unit", "raw")
LOOKS = {"standardized": (BLUE, "o"), "unit": (GREEN, "s"), "raw": (RED, "^")}
FLAT = 0.1  # a unit is called saturated where the slope has fallen to this share of the slope at 0


def compute() -> dict[str, Any]:
    f = weightinit.activation("lecun_tanh")
    grid = np.linspace(-6, 6, 121)
    data: dict[str, Any] = {
        "width": WIDTH,
        "seeds": SEEDS,
        "flat": FLAT,
        "x": grid.tolist(),
        "lecun": f.f(grid).tolist(),
        "tanh": np.tanh(grid).tolist(),
        "at_one": float(f.f(np.float64(1.0))),
    }
    images = inputs()
    data["images"], data["pixels"] = images["raw"].shape
    for kind, x in images.items():
        found = np.array([_layer(x, seed) for seed in range(SEEDS)])
        low, high = found[:, :2].T
        square, flat, shared = found[:, 2:].T
        data[kind] = {
            "moment": float(np.mean(x**2)),
            "mean": float(np.mean(x)),
            "low": float(low.mean()),
            "high": float(high.mean()),
            "square": float(square.mean()),
            "square_low": float(square.min()),
            "square_high": float(square.max()),
            "flat": float(flat.mean()),
            "flat_low": float(flat.min()),
            "flat_high": float(flat.max()),
            "shared": float(shared.mean()),
            "shared_low": float(shared.min()),
            "shared_high": float(shared.max()),
        }
    return data


def inputs() -> dict[str, NDArray[np.float64]]:
    """The handwritten digits as they come (0 to 16), between 0 and 1, and with each pixel standardized."""
    raw, _ = load_digits(return_X_y=True)
    spread = raw.std(axis=0)
    standardized = (raw - raw.mean(axis=0)) / np.where(spread, spread, 1)  # pixels that never change stay 0
    return {"standardized": standardized, "unit": raw / 16, "raw": raw}


def _layer(x: NDArray[np.float64], seed: int) -> list[float]:
    """Quartiles and second moment of the pre-activations, share of saturated ones, share common to all images."""
    rng = np.random.default_rng(seed)
    weights = weightinit.lecun_normal((WIDTH, x.shape[1]), rng=rng, dtype=np.float64)
    (z,), _ = weightinit.forward(x, [weights], "lecun_tanh")
    slope = weightinit.activation("lecun_tanh").df
    flat = slope(z) < FLAT * slope(np.zeros(1))
    square = np.mean(z**2)
    low, high = np.quantile(z, (0.25, 0.75))
    return [low, high, square, float(np.mean(flat)), float(np.mean(z.mean(axis=0) ** 2) / square)]


WORDS = {
    "ko": {
        "title": "LeCun의 tanh와 전활성값이 놓이는 곳",
        "lecun": "LeCun의 tanh",
        "tanh": "tanh",
        "standardized": "표준화한 화소",
        "unit": "0부터 1까지의 화소",
        "raw": "0부터 16까지의 화소",
        "z": "전활성값",
    },
    "en": {
        "title": "LeCun's tanh, and where pre-activations fall",
        "lecun": "LeCun's tanh",
        "tanh": "tanh",
        "standardized": "standardized pixels",
        "unit": "pixels from 0 to 1",
        "raw": "pixels from 0 to 16",
        "z": "pre-activation",
    },
}


def draw(data: dict[str, Any], lang: str) -> Figure:
    words = WORDS[lang]
    result, (above, below) = figure(430, rows=2, sharex=True, height_ratios=[3, 2])
    above.plot(data["x"], data["lecun"], color=BLUE)
    above.plot(data["x"], data["tanh"], color=BROWN, linestyle=(0, (4, 1.6)))
    above.plot([-1, 1], [-1, 1], color=FG, linestyle="none", marker="D")
    label(above, 3.2, 1.3, words["lecun"], BLUE)
    label(above, 3.2, 0.6, words["tanh"], BROWN)
    label(above, 0.6, 1.2, "(1, 1)", FG, "right")
    label(above, -0.6, -1.2, "(−1, −1)", FG)
    above.set_title(words["title"])
    above.set_yticks([-1, 0, 1], ["−1", "0", "1"])
    for row, kind in enumerate(KINDS):
        color, marker = LOOKS[kind]
        one = data[kind]
        below.plot([one["low"], one["high"]], [row, row], color=color, linewidth=4, solid_capstyle="butt")
        below.plot([one["low"], one["high"]], [row, row], color=color, linestyle="none", marker=marker, markersize=6)
        label(below, -5.9, row + 0.42, words[kind], color)
    below.set_yticks([])
    below.set_ylim(-0.5, 2.8)
    below.set_xlim(-6.2, 6.2)
    below.set_xticks(range(-6, 7, 2), [str(n).replace("-", "−") for n in range(-6, 7, 2)])
    below.set_xlabel(words["z"])
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    ranges = [fixed(data[kind]["high"], 2) for kind in KINDS]
    flats = [percent(data["raw"][key], 0) for key in ("flat_low", "flat_high")]
    if lang == "ko":
        return (
            f"LeCun의 tanh와, 손글씨 숫자 {data['images']:,}장을 LeCun 가중치의 첫 층(입력 {data['pixels']}개, 뉴런 "
            f"{data['width']}개)에 넣었을 때 전활성값의 가운데 절반이 놓이는 구간. 오른쪽 끝은 표준화한 화소에서 "
            f"{ranges[0]}, 0부터 1까지의 화소에서 {ranges[1]}, 0부터 16까지의 화소에서 {ranges[2]}. 0부터 16까지의 "
            f"화소에서는 전활성값의 {flats[0]}에서 {flats[1]}가 포화 상태(미분계수가 원점의 10분의 1 미만). "
            f"시드 {data['seeds']}개의 평균과 범위."
        )
    return (
        f"LeCun's tanh, and the interval that holds the middle half of the pre-activations when {data['images']:,} "
        f"handwritten digits enter a first layer of LeCun weights ({data['pixels']} inputs, {data['width']} units). "
        f"Its right end is {ranges[0]} for standardized pixels, {ranges[1]} for pixels from 0 to 1 and {ranges[2]} "
        f"for pixels from 0 to 16. In the last case {flats[0]} to {flats[1]} of the pre-activations are saturated "
        f"(slope below a tenth of that at 0). Mean and range over {data['seeds']} seeds."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    low = [fixed(data[kind]["low"], 2) for kind in KINDS]
    high = [fixed(data[kind]["high"], 2) for kind in KINDS]
    if lang == "ko":
        return (
            "위는 S자 곡선 둘로, LeCun의 tanh는 (−1, −1)과 (1, 1)을 지나고 tanh는 그보다 완만함. 아래는 0 둘레에 놓인 "
            f"가로 막대 셋으로, 0부터 16까지의 화소의 막대는 {low[2]}부터 {high[2]}까지, 0부터 1까지의 화소의 막대는 "
            f"{low[1]}부터 {high[1]}까지, 표준화한 화소의 막대는 {low[0]}부터 {high[0]}까지 뻗음."
        )
    return (
        "Above, two S-shaped curves: LeCun's tanh passes through (−1, −1) and (1, 1), tanh is flatter. Below, three "
        f"horizontal bars about 0: that of pixels from 0 to 16 reaches from {low[2]} to {high[2]}, that of pixels from "
        f"0 to 1 from {low[1]} to {high[1]}, that of the standardized pixels from {low[0]} to {high[0]}."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    standardized, unit, raw = (data[kind] for kind in KINDS)
    return {
        "LeCun's tanh passes through (1, 1)": abs(data["at_one"] - 1) < 1e-5,
        "plain tanh stays below it": bool(np.all(np.abs(data["lecun"]) + 1e-12 >= np.abs(data["tanh"]))),
        "the bars are centered at 0": all(
            abs(data[kind]["low"] + data[kind]["high"]) < 0.1 * data[kind]["high"] for kind in KINDS
        ),
        "the second moment of the pre-activations is that of the inputs": all(
            data[kind]["square_low"] * 0.98 < data[kind]["moment"] < data[kind]["square_high"] * 1.02 for kind in KINDS
        ),
        "standardized inputs have a second moment of nearly 1": 0.9 < standardized["moment"] < 1,
        "raw pixels saturate most units, the others next to none": raw["flat_low"] > 0.6
        and max(standardized["flat_high"], unit["flat_high"]) < 0.03,
        "saturated is a slope below a tenth": data["flat"] == 0.1,
        "most of what unstandardized pixels send is common to all images": min(unit["shared_low"], raw["shared_low"])
        > 0.5
        and standardized["shared_high"] < 1e-9,
        "scaling alone changes the size and not the common share": math.isclose(
            unit["shared"], raw["shared"], rel_tol=1e-9
        )
        and math.isclose(256 * unit["square"], raw["square"], rel_tol=1e-9),
    }
