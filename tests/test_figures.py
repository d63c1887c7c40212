"""Every figure is drawn in both languages, and its data support each statement of its caption and description.
모든 그림이 두 언어로 그려지고, 캡션과 대체 텍스트의 서술이 하나하나 그림의 데이터와 맞는지 확인합니다."""

from __future__ import annotations

import copy
import gzip
import math
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text
from scipy import integrate, stats
from sklearn.datasets import load_digits

from scripts.book import build, draw, figkit, figstyle

SVG = "{http://www.w3.org/2000/svg}"
SLUGS = figkit.slugs()
BOTH = pytest.mark.parametrize("lang", build.LANGUAGES)
EACH = pytest.mark.parametrize("slug", SLUGS)


# What is drawn


def load(slug: str) -> Any:
    return draw.load(build.scripts()[slug])


@EACH
def test_every_claim_holds(slug: str) -> None:
    claims = load(slug).claims(figkit.data(slug))
    assert claims
    assert all(value is True for value in claims.values()), claims


@EACH
@BOTH
def test_numbers_in_words_come_from_the_data(slug: str, lang: str) -> None:
    values = list(scalars(figkit.data(slug)))
    drawn = figkit.figure(slug, lang)
    for token in numbers(drawn.caption) + numbers(drawn.alt):
        assert token in PART_OF_A_NAME or any(prints(token, value) for value in values), token


PART_OF_A_NAME = {"0.01"}
TOKEN = re.compile(r"10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+\.\d+(?:\xa0%)?|\d+\xa0%")


def numbers(text: str) -> list[str]:
    return TOKEN.findall(text)


def scalars(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from scalars(item)
    elif isinstance(value, (int, float)) and value:
        yield abs(value)


def prints(token: str, value: float) -> bool:
    if token.startswith("10"):
        exponent = int(token[2:].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
        return exponent in (round(math.log10(value)), math.floor(math.log10(value)))
    digits = len(token.removesuffix("\xa0%").partition(".")[2])
    scaled = 100 * value if token.endswith("%") else value
    upward = math.ceil(scaled * 10**digits) / 10**digits  # "within 0.2 %" is rounded up
    return token.removesuffix("\xa0%") in (f"{scaled:.{digits}f}", f"{upward:.{digits}f}")


@EACH
def test_both_languages_say_the_same_numbers(slug: str) -> None:
    ko, en = (figkit.figure(slug, lang) for lang in build.LANGUAGES)
    assert Counter(numbers(ko.caption)) == Counter(numbers(en.caption))
    assert Counter(numbers(ko.alt)) == Counter(numbers(en.alt))
    assert numbers(ko.caption + ko.alt)


@EACH
@BOTH
def test_svg_is_inline_small_and_themed(slug: str, lang: str) -> None:
    drawn = figkit.figure(slug, lang)
    root = ET.fromstring(drawn.svg)
    assert root.get("role") == "img"
    assert not {"width", "height"} & root.attrib.keys()
    assert root.get("viewBox", "").startswith("0 0 360 ")
    assert len(gzip.compress(drawn.svg.encode())) < 8_000
    for absent in ("<g>", "<?xml", "<!DOCTYPE", "<style", "metadata", "font-family", "Date", "matplotlib"):
        assert absent not in drawn.svg
    assert "#" not in re.sub(
        r"var\(--fig-(?:fg|bg|grid|[1-6]), #[0-9a-f]{6}\)|(?:url\(|href=\")#", "", drawn.svg
    )
    assert all("fill:var(" in text.get("style", "") for text in root.iter(f"{SVG}text"))
    # A phone 390 pixels wide shows a figure 358 wide: its letters must keep 10.5 pixels there.
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)px", drawn.svg)) * 358 / 360 >= 10.5


@EACH
@BOTH
def test_title_and_description_speak_the_language(slug: str, lang: str) -> None:
    drawn = figkit.figure(slug, lang)
    root = ET.fromstring(drawn.svg)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text and drawn.caption.startswith(title.text)
    assert description.text == drawn.alt
    hangul = re.compile("[가-힣]")
    for words in (
        title.text,
        drawn.alt,
        drawn.caption,
        "".join(text.text or "" for text in root.iter(f"{SVG}text")),
    ):
        assert bool(hangul.search(words)) == (lang == "ko")


@EACH
def test_ids_are_unique_and_bear_the_slug(slug: str) -> None:
    svg = figkit.figure(slug, "ko").svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(name.startswith(f"{slug}-") for name in ids)
    assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg)) <= set(ids)


@EACH
@BOTH
def test_drawing_twice_gives_the_same_bytes(slug: str, lang: str) -> None:
    again = draw.drawn(load(slug), slug, figkit.data(slug), lang)
    assert again == figkit.figure(slug, lang)


@EACH
@BOTH
def test_labels_keep_clear_of_each_other_and_of_the_curves(slug: str, lang: str) -> None:
    figstyle.use_style(slug)
    figure = load(slug).draw(figkit.data(slug), lang)
    figure.canvas.draw()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    plt.close(figure)
    assert len(boxes) > 10
    for i, (words, box) in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, words
        assert figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1, words
        for other, beside in boxes[i + 1 :]:
            assert not box.overlaps(beside), (words, other)
    for axes in figure.axes:
        for text in (text for text in axes.texts if text.get_text()):  # an arrow alone has none
            for line in axes.lines:
                path = line.get_path().transformed(line.get_transform())
                assert not path.intersects_bbox(text.get_window_extent(), filled=False), text.get_text()


# Numbers that change must turn claims false


def swap(first: str, second: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data[first], data[second] = data[second], data[first]

    return change


def scale(name: str, key: str, factor: float) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data[name][key] *= factor

    return change


@pytest.mark.parametrize(
    ("slug", "change"),
    [
        ("xavier-depth", swap("small", "xavier")),
        ("xavier-depth", swap("heuristic", "xavier")),
        ("xavier-depth", swap("large", "xavier")),
        ("home-layers", swap("xavier", "large")),
        ("home-layers", swap("heuristic", "xavier")),
        ("xavier-breaks", swap("relu", "sigmoid")),
        ("xavier-breaks", swap("tanh", "relu")),
        ("xavier-breaks", scale("sigmoid", "gradient_factor", 1.1)),
        ("xavier-compromise", swap("one_over_fan_in", "one_over_fan_out")),
        ("xavier-compromise", swap("xavier", "one_over_fan_in")),
        ("he-depth", swap("he", "xavier")),
        ("he-depth", swap("variance", "he")),
        ("he-depth", scale("xavier", "factor", 1.1)),
        ("he-half", swap("kept", "variance")),
        ("he-half", scale("measured", "kept_high", 1.1)),
        ("he-dead", swap("2", "4")),
        ("he-dead", scale("example", "low", 1.1)),
        ("lecun-depth", swap("selu", "lecun_tanh")),
        ("lecun-depth", swap("tanh", "relu")),
        ("lecun-selu", swap("one", "convention")),
        ("lecun-selu", swap("large", "small")),
        ("lecun-selu", scale("one", "end_high", 1.3)),
        ("lecun-tanh", swap("unit", "raw")),
        ("lecun-tanh", scale("standardized", "moment", 1.1)),
        ("xavier-samples", swap("normal", "uniform")),
        ("xavier-samples", scale("uniform", "std", 1.01)),
        ("xavier-samples", scale("normal", "outside", 1.1)),
        ("signal-underflow", swap("he", "variance")),
        ("signal-underflow", swap("lecun", "default")),
        ("signal-underflow", scale("variance", "factor", 1.1)),
        ("signal-map", swap("nought", "fixed_point")),
        ("signal-spread", swap("width 32", "width 128")),
        ("signal-spread", scale("width 32", "last_median", 5)),
        ("sparse-width", swap("dense", "sparse")),
        ("sparse-places", swap("of_units", "of_inputs")),
        ("sparse-zeros", swap("zero", "small")),
        ("sparse-zeros", swap("small", "dense")),
        ("sparse-accuracy", swap("all", "few")),
        ("sparse-accuracy", scale("few", "std", 0.01)),
        ("symmetry-training", swap("constant", "random")),
        ("symmetry-training", swap("constant", "one")),
        ("symmetry-weights", swap("constant", "random")),
        ("symmetry-growth", swap("exact", "-12")),
        ("symmetry-growth", swap("-8", "-4")),
        ("symmetry-starts", swap("constant", "constant_biased")),
        ("symmetry-starts", swap("constant_biased", "random")),
        ("corrections-ranges", swap("empty", "default")),
        ("corrections-ranges", scale("std_as_limit", "std", 1.01)),
        ("corrections-dead", swap("low", "high")),
        ("corrections-dead", swap("stds", "sizes")),
        ("errors-reach", swap("default", "limit")),
        ("errors-reach", scale("variance", "factor", 1.1)),
        ("errors-cut", swap("absolute", "cut")),
        ("errors-cut", scale("corrected", "low", 0.98)),
        ("pretrained-labels", swap("tuned", "scratch")),
        ("pretrained-labels", swap("frozen", "scratch")),
        ("pretrained-long", swap("10", "100")),
        ("pretrained-sources", swap("moved", "pixels")),
        ("pretrained-sources", swap("pixels", "labels")),
        ("pretrained-sources", swap("moved", "centered")),
    ],
)
def test_wrong_numbers_turn_a_claim_false(slug: str, change: Callable[[dict[str, Any]], None]) -> None:
    data = copy.deepcopy(figkit.data(slug))
    change(data)
    assert not all(load(slug).claims(data).values())


def test_each_row_of_the_home_figure_bears_its_standard_deviation() -> None:
    """The histograms of two vanishing networks look the same from layer 10 on: the numbers tell them apart."""
    data = figkit.data("home-layers")
    shown = [text.text or "" for text in ET.fromstring(figkit.figure("home-layers", "en").svg).iter(f"{SVG}text")]
    for name in ("small", "heuristic", "xavier", "large"):
        stds = data[name]["stds"]
        assert stds[0] == data[name]["first"] and stds[-1] == data[name]["last"]
    rows = [std for name in ("small", "heuristic", "xavier", "large") for std in data[name]["stds"]]
    written = [text for text in shown if re.fullmatch(r"10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|0\.\d\d", text)]
    assert len(written) == len(rows) == 24
    assert all(prints(text, std) for text, std in zip(written, rows, strict=True))


# The same numbers by a way that shares no code with the package


def test_samples_second_way() -> None:
    data = figkit.data("xavier-samples")
    assert data["std"] == pytest.approx((2 / (784 + 256)) ** 0.5, rel=1e-12)
    assert data["bound"] == pytest.approx((6 / (784 + 256)) ** 0.5, rel=1e-12)
    assert data["outside_theory"] == pytest.approx(2 * stats.norm.sf(3**0.5), rel=1e-9)
    assert sum(data["uniform"]["counts"]) == data["n"] == 784 * 256


def test_depth_second_way() -> None:
    data = figkit.data("xavier-depth")
    # Where tanh is nearly the identity a layer multiplies the standard deviation by std·√n.
    for name, std in (("small", 0.01), ("heuristic", 1 / (3 * 256) ** 0.5)):
        assert data[name]["std"] == pytest.approx(std, rel=1e-12)
        tail = np.array(data[name]["activation"]["theory"][10:])
        assert tail[1:] / tail[:-1] == pytest.approx(std * 16, rel=1e-4)
        assert data[name]["activation"]["per_layer"] == pytest.approx(std * 16, rel=0.01)
        assert 1 / data[name]["gradient"]["per_layer"] == pytest.approx(std * 16, rel=0.01)
    rng = np.random.default_rng(99)
    h = rng.standard_normal((64, 256))
    for _ in range(50):
        h = np.tanh(h @ (rng.standard_normal((256, 256)) / 16))
    assert h.std() == pytest.approx(data["xavier"]["activation"]["last"], rel=0.15)
    assert data["lecun_is_xavier"] is True


def test_compromise_second_way() -> None:
    data = figkit.data("xavier-compromise")
    ratios = np.array(data["ratios"])
    assert data["xavier"]["forward"] == pytest.approx(2 * ratios / (1 + ratios), rel=1e-12)
    assert data["xavier"]["backward"] == pytest.approx(2 / (1 + ratios), rel=1e-12)
    assert (data["forward"], data["backward"]) == pytest.approx((1568 / 1040, 512 / 1040), rel=1e-12)


def test_training_second_way() -> None:
    """Constant weights, with the chain rule written out once more and a softmax of its own."""
    data = figkit.data("symmetry-training")
    x, labels = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    x, labels = (x[order] - x[order[:1347]].mean(axis=0))[:1347] / 16, labels[order][:1347]
    unit, bias, out, out_bias = np.full(64, 0.1), 0.0, np.full(10, 0.1), np.zeros(10)  # one unit stands for all 32
    losses: list[float] = []
    for _ in range(15):
        shuffled = rng.permutation(1347)
        for rows in (shuffled[first : first + 128] for first in range(0, 1347, 128)):
            h = np.tanh(x[rows] @ unit + bias)
            logits = 32 * np.outer(h, out) + out_bias
            share = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
            losses.append(-np.mean(np.log(share[np.arange(len(rows)), labels[rows]])))
            residual = (share - np.eye(10)[labels[rows]]) / len(rows)
            delta = residual @ out * (1 - h**2)
            unit, bias = unit - delta @ x[rows], bias - delta.sum()
            out, out_bias = out - h @ residual, out_bias - residual.sum(axis=0)
    last = float(np.mean(losses[-11:]))
    assert data["constant"]["last_low"] <= last <= data["constant"]["last_high"]
    assert np.ptp(unit) == pytest.approx(data["constant"]["within"], rel=0.1)
    assert data["zeros"]["last"] == pytest.approx(math.log(10), abs=0.005)


def test_breaks_second_way() -> None:
    data = figkit.data("xavier-breaks")

    def mean(f: Callable[[float], float]) -> float:
        return float(
            integrate.quad(lambda z: f(z) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi), -12, 12)[0]
        )

    def sigmoid(s: float) -> float:
        return 1 / (1 + math.exp(-s))

    def next_length(q: float) -> float:
        return mean(lambda z: sigmoid(math.sqrt(q) * z) ** 2)

    q = 1.0
    for _ in range(60):
        q = next_length(q)
    slope = mean(lambda z: (sigmoid(math.sqrt(q) * z) * (1 - sigmoid(math.sqrt(q) * z))) ** 2)
    assert data["sigmoid"]["gradient_factor"] == pytest.approx(slope, rel=1e-9)
    assert data["relu"]["activation"]["theory"] == pytest.approx(0.5 ** np.arange(1, 31), rel=1e-9)
