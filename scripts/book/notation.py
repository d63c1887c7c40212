"""The symbols of the book: what each means, and the page on which it is first found."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from . import spans
from .pages import ROOT, Book, Page
from .tabular import Words, grid
from .texparse import parse
from .textree import Node


class Symbol(NamedTuple):
    """A symbol that keeps its meaning through the book; `key` is its spelling in the parser, indices left out."""

    key: str
    tex: str
    words: Words


SYMBOLS = (
    Symbol("n_in", r"n_{\text{in}}", Words("팬인", "fan-in")),
    Symbol("n_out", r"n_{\text{out}}", Words("팬아웃", "fan-out")),
    Symbol("n", "n", Words("팬인과 팬아웃이 같을 때의 너비", "width, where fan-in and fan-out are equal")),
    Symbol("l", "l", Words("층의 번호", "number of a layer")),
    Symbol("L", "L", Words("층의 수, 깊이", "number of layers, depth")),
    Symbol("i", "i", Words("입력의 번호", "number of an input")),
    Symbol("j", "j", Words("뉴런의 번호", "number of a neuron")),
    Symbol("k", "k", Words("그 밖의 번호", "any other index")),
    Symbol("x", "x_i", Words("층의 입력, 곧 아래층의 활성값", "input of a layer: an activation of the layer below")),
    Symbol("w", "w_{ji}", Words("입력 i에서 뉴런 j로 가는 가중치", "weight from input i to neuron j")),
    Symbol("W", "W", Words("가중치", "a weight, as a random variable")),
    Symbol("b", "b_j", Words("편향", "bias")),
    Symbol("z", "z_j", Words("전활성값", "pre-activation")),
    Symbol("phi", r"\phi", Words("활성화 함수", "activation function")),
    Symbol("phi'", r"\phi'", Words("활성화 함수의 미분계수", "slope of the activation function")),
    Symbol("delta", r"\delta_j", Words("손실을 전활성값으로 미분한 값", "derivative of the loss by a pre-activation")),
    Symbol("sigma", r"\sigma", Words("가중치의 표준편차", "standard deviation of the weights")),
    Symbol("m", "m", Words("입력의 2차 적률", "second moment of the inputs")),
    Symbol("q", "q", Words("전활성값의 2차 적률", "second moment of the pre-activations")),
    Symbol("d", "d", Words("그래디언트의 2차 적률", "second moment of the gradients")),
    Symbol("u", "u", Words("표준 정규 분포를 따르는 수", "a standard normal number")),
    Symbol("a", "a", Words("균등 분포의 범위, leaky ReLU의 기울기", "limit of a uniform law; slope in leaky ReLU")),
    Symbol("f", "f", Words("한 층이 2차 적률에 곱하는 배율", "what one layer multiplies a second moment by")),
)


@cache
def used(lang: str) -> dict[str, list[Page]]:
    """The pages whose formulas hold a symbol, by its key without indices, in the order of the book."""
    found: dict[str, list[Page]] = {}
    order = re.findall(r"(?m)^  - .+: (\w+)\.md$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    for page in sorted((page for page in Book.load() if page.lang == lang), key=lambda page: order.index(page.slug)):
        for key in _of(page):
            found.setdefault(key, []).append(page)
    return found


def _of(page: Page) -> set[str]:
    read = (parse(f.tex, set()) for f in spans.formulas(page.text) if f.kind != "skip")
    return {key for statements in read for sides, _ in statements for side in sides for key in _symbols(side)}


def _symbols(node: Node) -> set[str]:
    below = {key for child in (*node.args, *node.upper) for key in _symbols(child)}
    named = {f"{node.name}_{node.sub}" if node.sub in ("in", "out") else node.name} if node.kind == "symbol" else set()
    return below | named


def symbols(lang: str) -> str:
    """The symbols of the book, each with the first page whose formulas hold it."""
    head = Words("기호|뜻|처음 나오는 페이지", "Symbol|Meaning|First page")(lang)
    rows = [[f"${s.tex}$", s.words(lang), used(lang)[s.key][0].link] for s in SYMBOLS]
    return grid("symbols", head.split("|"), rows)


TABLES: dict[str, tuple[Callable[[str], str], Words]] = {
    "symbols": (symbols, Words("식에서 찾은 기호와 그 뜻", "symbols found in the formulas, and their meaning")),
}
