"""Find what must be checked in a page's Markdown: formulas, numbers, inclusions, and the prose that is left."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

FENCE = re.compile(
    r"(?m)^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?(?P=indent)(?P=mark)[ \t]*$"
)
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
TARGET = re.compile(
    r"(?<=\])\([^)\n]*\)|<[a-zA-Z/][^>\n]*>|\{[#.:][^}\n]*\}|\[@[^\]\n]*\]|^\[[^\]]+\]:.*$", re.M
)
DISPLAY = re.compile(r"\$\$(?P<tex>.+?)\$\$", re.S)
INLINE = re.compile(r"(?<![\\$])\$(?P<tex>[^$\n]+?)(?<!\\)\$(?!\$)")
MARKER = re.compile(r"\s*(?P<kind>eq-wrong|eq|skip)\s*:\s*(?P<arg>.*?)\s*$")
#: A formula with none of these is a bare symbol: a name, which states nothing.
STATES = re.compile(r"[0-9=<>]|\\(?:frac|tfrac|dfrac|sqrt|sim|approx|ne|neq|le|leq|ge|geq|propto)\b")

_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_POWER = r"(?:\s?×\s?10[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
NUMBER = re.compile(
    rf"(?P<token>[−-]?(?:{_DIGITS}{_POWER}?|10[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s?%?)<!-- num: (?P<expr>.+?) -->"
)
#: Words that state a number, with their value; they are bound just as digits are.
WORDS = {
    "절반": 0.5, "반": 0.5, "두 배": 2, "세 배": 3, "네 배": 4, "⅓": 1 / 3, "¼": 0.25, "½": 0.5,
    "half": 0.5, "halves": 0.5, "twice": 2, "two": 2, "three": 3, "four": 4,
    "a quarter": 0.25, "a third": 1 / 3, "4분의 1": 0.25, "3분의 1": 1 / 3,
}  # fmt: skip
WORD = re.compile(rf"(?P<token>{'|'.join(sorted(WORDS, key=len, reverse=True))})<!-- num: (?P<expr>.+?) -->")
#: What states a result in prose and so needs a marker: decimals, percentages, multiples, powers of ten.
UNMARKED = re.compile(
    rf"(?<![\d.])\d+\.\d+(?!\.?\d)|{_DIGITS}\s?%|{_DIGITS}\s?배|{_DIGITS}\s+times\b|10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"
)


class Formula(NamedTuple):
    """One math span: `kind` is the marker ("eq", "eq-wrong", "skip" or "" for none), `arg` its id or reason."""

    tex: str
    display: bool
    kind: str
    arg: str
    line: int
    start: int  # offsets of the LaTeX in the page's text, marker line excluded
    end: int

    @property
    def states(self) -> bool:
        """Whether the span states something that could be wrong; a marked name states what it stands for."""
        return bool(self.kind) or STATES.search(self.tex) is not None


class Number(NamedTuple):
    """One marked number or number word of the prose, and the expression that it must equal."""

    token: str
    expr: str
    line: int
    start: int
    end: int


def line_of(text: str, offset: int) -> int:
    """The 1-based line in which an offset lies."""
    return text.count("\n", 0, offset) + 1


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Replace each match by spaces: offsets and line numbers stay true."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def without_code(text: str) -> str:
    """The page with fenced blocks and code spans blanked."""
    return blank(CODE, blank(FENCE, text))


@lru_cache(maxsize=4096)
def formulas(text: str) -> tuple[Formula, ...]:
    """Every math span of a page, in order."""
    source = without_code(text)
    found = [*_display(source), *_inline(blank(DISPLAY, source))]
    return tuple(sorted(found, key=lambda f: f.start))


def _display(source: str) -> Iterator[Formula]:
    for match in DISPLAY.finditer(source):
        body = re.match(r"\s*%(?P<marker>[^\n]*)\n", match["tex"])
        marker = MARKER.match(body["marker"]) if body else None
        start = match.start("tex") + (body.end() if body else 0)
        yield Formula(
            source[start : match.end("tex")],
            True,
            marker["kind"] if marker else "",
            marker["arg"] if marker else "",
            line_of(source, match.start()),
            start,
            match.end("tex"),
        )


def _inline(source: str) -> Iterator[Formula]:
    for match in INLINE.finditer(blank(COMMENT, source)):
        comment = re.compile(r"<!--(.*?)-->").match(source, match.end())
        marker = MARKER.match(comment[1]) if comment else None
        yield Formula(
            source[match.start("tex") : match.end("tex")],
            False,
            marker["kind"] if marker else "",
            marker["arg"] if marker else "",
            line_of(source, match.start()),
            match.start("tex"),
            match.end("tex"),
        )


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """Every marked number of a page, digits and words, in order."""
    source = blank(FENCE, text)
    found = [
        Number(m["token"], m["expr"], line_of(text, m.start()), m.start("token"), m.end("token"))
        for m in [*WORD.finditer(source), *NUMBER.finditer(blank(WORD, source))]
    ]
    return tuple(sorted(found, key=lambda n: n.start))


@lru_cache(maxsize=4096)
def prose(text: str) -> str:
    """What is left to read as sentences: code, math, comments, link targets and marked numbers are blanked."""
    source = text
    for pattern in (FENCE, WORD, NUMBER, COMMENT, CODE, DISPLAY, INLINE, TARGET):
        source = blank(pattern, source)
    return source


def markers(text: str, name: str) -> list[tuple[str, int]]:
    """The arguments and lines of all `<!-- name: argument -->` markers outside code."""
    pattern = re.compile(rf"<!-- {re.escape(name)}: (.+?) -->")
    source = without_code(text)
    return [(m[1], line_of(source, m.start())) for m in pattern.finditer(source)]
