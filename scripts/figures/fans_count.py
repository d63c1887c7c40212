"""What do fan-in and fan-out count in a dense layer and in a convolution?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

import weightinit
from scripts.book.figstyle import BG, BLUE, FG, GRID, RED, figure, fixed

# A unit is (channel, position); a dense layer has one channel of inputs and one of outputs.
DENSE = (4, 3)
CHANNELS_IN, CHANNELS_OUT, KERNEL, POSITIONS = 2, 3, 3, 5
CONVOLVED = POSITIONS - KERNEL + 1
MIDDLE = POSITIONS // 2
FANS = {"fan_in": (BLUE, "solid"), "fan_out": (RED, (0, (3, 1.2)))}
Unit = tuple[int, int]
Line = tuple[Unit, Unit]


def connections() -> dict[str, list[Line]]:
    """Every multiplication of the two layers: from which input to which output."""
    return {
        "dense": [((0, i), (0, j)) for i in range(DENSE[0]) for j in range(DENSE[1])],
        "conv": [
            ((c, p + r), (j, p))
            for c in range(CHANNELS_IN)
            for j in range(CHANNELS_OUT)
            for p in range(CONVOLVED)
            for r in range(KERNEL)
        ],
    }


#: The output whose fan-in and the input whose fan-out is shown: the middle of the first channel.
SHOWN: dict[str, dict[str, Unit]] = {
    "dense": {"fan_in": (0, 1), "fan_out": (0, 1)},
    "conv": {"fan_in": (0, CONVOLVED // 2), "fan_out": (0, MIDDLE)},
}
SHAPES = {"dense": (DENSE[1], DENSE[0]), "conv": (CHANNELS_OUT, CHANNELS_IN, KERNEL)}


def chosen(kind: str, fan: str) -> list[Line]:
    """The connections that meet at the unit shown."""
    end = 1 if fan == "fan_in" else 0
    return [line for line in connections()[kind] if line[end] == SHOWN[kind][fan]]


def compute() -> dict[str, Any]:
    data: dict[str, Any] = {
        "kernel": KERNEL,
        "channels": {"inputs": CHANNELS_IN, "outputs": CHANNELS_OUT},
        "positions": {"inputs": POSITIONS, "outputs": CONVOLVED},
    }
    for kind, shape in SHAPES.items():
        read = weightinit.fans(shape)
        data[kind] = {
            "read": {"fan_in": read.fan_in, "fan_out": read.fan_out},
            "counted": {fan: len(chosen(kind, fan)) for fan in FANS},
            "inputs": len({line[0] for line in connections()[kind]}),
            "outputs": len({line[1] for line in connections()[kind]}),
            "connections": len(connections()[kind]),
            "weights": int(np.prod(shape)),
            "he_std": weightinit.std("he", *read),
        }
    return data


WORDS = {
    "ko": {
        "dense": "완전 연결층",
        "conv": "합성곱층",
        "fan_in": "팬인",
        "fan_out": "팬아웃",
        "inputs": "입력",
        "outputs": "출력",
        "channel": "채널",
    },
    "en": {
        "dense": "Dense",
        "conv": "Convolution",
        "fan_in": "fan-in",
        "fan_out": "fan-out",
        "inputs": "inputs",
        "outputs": "outputs",
        "channel": "channel",
    },
}
GAP = 0.7  # between channels, in units


def height(unit: Unit, positions: int, channels: int) -> float:
    """How far up a unit stands; the column of its layer is centred on 0."""
    channel, position = unit
    total = channels * (positions - 1) + (channels - 1) * (1 + GAP)
    return total / 2 - channel * (positions + GAP) - position


def layout(kind: str) -> dict[str, tuple[int, int]]:
    """Positions and channels of the two columns."""
    if kind == "dense":
        return {"inputs": (DENSE[0], 1), "outputs": (DENSE[1], 1)}
    return {"inputs": (POSITIONS, CHANNELS_IN), "outputs": (CONVOLVED, CHANNELS_OUT)}


def panel(axes: Axes, kind: str, fan: str, count: int, lang: str) -> None:
    words, (color, dash), columns = WORDS[lang], FANS[fan], layout(kind)
    lines = connections()[kind]

    def ends(line: Line) -> list[tuple[float, float]]:
        return [
            (0.0, height(line[0], *columns["inputs"])),
            (1.0, height(line[1], *columns["outputs"])),
        ]

    bright = chosen(kind, fan)
    axes.add_collection(LineCollection([ends(line) for line in lines], colors=GRID, linewidths=0.6))
    axes.add_collection(
        LineCollection([ends(line) for line in bright], colors=color, linewidths=1.7, linestyles=[dash])
    )
    top = 0.0
    for x, side in enumerate(columns):
        positions, channels = columns[side]
        met = {line[x] for line in bright}
        for unit in [(c, p) for c in range(channels) for p in range(positions)]:
            face = color if unit in met else BG
            y = height(unit, positions, channels)
            axes.plot(x, y, "o" if side == "inputs" else "s", color=color if unit in met else FG, mfc=face, ms=6)
            top = max(top, y)
        if kind == "conv":
            for channel in range(channels):
                y = height((channel, positions // 2), positions, channels)
                outside = -0.12 if x == 0 else 1.12
                axes.text(outside, y, str(channel + 1), ha="right" if x == 0 else "left", va="center")
    for x, side in enumerate(columns):
        name = words[side] if kind == "dense" else f"{words[side]}\n{words['channel']}"
        axes.text(x, top + 0.75, name, ha="center", va="bottom", linespacing=1.15)
    axes.set_title(f"{words[kind]}: {words[fan]} {count}" if lang == "ko" else f"{words[kind]}\n{words[fan]} {count}")
    axes.set_xlim(-0.35, 1.35)
    axes.set_ylim(-top - 0.6, top + (2.0 if kind == "dense" else 2.9))
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_axis_off()


def draw(data: dict[str, Any], lang: str) -> Figure:
    result, panels = figure(440, rows=2, columns=2, height_ratios=(2, 5))
    for row, kind in zip(panels, SHAPES, strict=True):
        for axes, fan in zip(row, FANS, strict=True):
            panel(axes, kind, fan, data[kind]["counted"][fan], lang)
    return result


def caption(data: dict[str, Any], lang: str) -> str:
    dense, conv = data["dense"], data["conv"]
    d, c = dense["counted"], conv["counted"]
    stds = fixed(dense["he_std"], 3), fixed(conv["he_std"], 3)
    inputs, outputs = data["channels"]["inputs"], data["channels"]["outputs"]
    if lang == "ko":
        return (
            "선 하나가 곱셈 하나. 왼쪽은 출력 하나로 들어오는 선(팬인), 오른쪽은 입력 하나에서 나가는 "
            f"선(팬아웃). 위의 완전 연결층은 입력이 {dense['inputs']}개, 출력이 {dense['outputs']}개여서 팬인 "
            f"{d['fan_in']}, 팬아웃 {d['fan_out']}. 아래의 합성곱층은 입력 채널이 {inputs}개, 출력 채널이 "
            f"{outputs}개, 커널이 {data['kernel']}칸이어서 팬인 {c['fan_in']}, 팬아웃 {c['fan_out']}. 입력 "
            f"{conv['inputs']}개와 출력 {conv['outputs']}개를 선 {conv['connections']}개가 잇지만 가중치는 "
            f"{conv['weights']}개뿐이고, 같은 가중치가 여러 선에 쓰임. He 초기화의 표준편차는 완전 연결층에서 "
            f"{stds[0]}, 합성곱층에서 {stds[1]}."
        )
    return (
        "Each line is one multiplication. Left: the lines that enter one output, its fan-in; right: the lines "
        f"that leave one input, its fan-out. The dense layer above has {dense['inputs']} inputs and "
        f"{dense['outputs']} outputs, hence fan-in {d['fan_in']} and fan-out {d['fan_out']}. The convolution "
        f"below has {inputs} input channels, {outputs} output channels and a kernel of {data['kernel']} "
        f"positions, hence fan-in {c['fan_in']} and fan-out {c['fan_out']}. Its {conv['inputs']} inputs and "
        f"{conv['outputs']} outputs are joined by {conv['connections']} lines, but there are only "
        f"{conv['weights']} weights: one weight serves several lines. He initialization would give the dense "
        f"layer a standard deviation of {stds[0]}, the convolution {stds[1]}."
    )


def alt(data: dict[str, Any], lang: str) -> str:
    d, c = data["dense"]["counted"], data["conv"]["counted"]
    positions = data["positions"]["inputs"], data["positions"]["outputs"]
    if lang == "ko":
        return (
            "네 칸의 그림. 칸마다 왼쪽 열의 원이 입력, 오른쪽 열의 네모가 출력이고 옅은 선이 둘을 이음. "
            f"완전 연결층에서는 출력 하나로 들어오는 실선 {d['fan_in']}개와 입력 하나에서 나가는 파선 "
            f"{d['fan_out']}개가 진함. 합성곱층에서는 입력 채널마다 원 {positions[0]}개, 출력 채널마다 네모 "
            f"{positions[1]}개가 한 묶음이고, 출력 하나로 들어오는 실선 {c['fan_in']}개와 입력 하나에서 "
            f"나가는 파선 {c['fan_out']}개가 진함."
        )
    return (
        "Four panels. In each, circles on the left are inputs, squares on the right are outputs, and pale "
        f"lines join them. In the dense layer, {d['fan_in']} solid lines that enter one output and "
        f"{d['fan_out']} dashed lines that leave one input stand out. In the convolution each input channel "
        f"is a group of {positions[0]} circles and each output channel one of {positions[1]} squares; "
        f"{c['fan_in']} solid lines that enter one output and {c['fan_out']} dashed lines that leave one input "
        "stand out."
    )


def claims(data: dict[str, Any]) -> dict[str, bool]:
    conv = data["conv"]
    return {
        "the lines counted are the fans that the package reads": all(
            data[kind]["counted"] == data[kind]["read"] for kind in SHAPES
        ),
        "the dense fans are the numbers of inputs and outputs": data["dense"]["counted"]
        == {"fan_in": data["dense"]["inputs"], "fan_out": data["dense"]["outputs"]},
        "the convolution's are channels times kernel": conv["counted"]
        == {
            "fan_in": data["kernel"] * data["channels"]["inputs"],
            "fan_out": data["kernel"] * data["channels"]["outputs"],
        },
        "there are fewer weights than lines, each in several": conv["connections"]
        == conv["weights"] * data["positions"]["outputs"]
        and data["positions"]["outputs"] > 1,
        "every output of the convolution has the fan-in shown": conv["connections"]
        == conv["outputs"] * conv["counted"]["fan_in"],
        "He's standard deviations are the roots of two over the fan-in": all(
            abs(data[kind]["he_std"] ** 2 * data[kind]["counted"]["fan_in"] - 2) < 1e-12 for kind in SHAPES
        ),
    }
