"""Wrong pages, one small change each: what a tired author or a careless editor might do to a page."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import spans, structure
from .pages import Book, Page

ID = re.compile(r"(?<=<!-- term: )[\w-]+|(?<=\[@)[\w-]+|(?<=<!-- fig: )[\w-]+|(?<=<!-- table: )[\w-]+")


class Edit(NamedTuple):
    """Replace text[start:end] by `new`."""

    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]


class Mutant(NamedTuple):
    """One change to one page, and what kind of slip it is."""

    kind: str
    page: Page
    edit: Edit

    @property
    def text(self) -> str:
        return self.edit.apply(self.page.text)

    def __str__(self) -> str:
        old = self.page.text[self.edit.start : self.edit.end]
        line = spans.line_of(self.page.text, self.edit.start)
        return f"{self.page.where}:{line}: {self.kind}: {_short(old)!r} -> {_short(self.edit.new)!r}"


def formula_edits(tex: str) -> Iterator[tuple[str, Edit]]:
    """Every slip of the pen that the formula admits, with its name."""
    for match in re.finditer(r"\d", tex):
        yield "digit", Edit(*match.span(), str((int(match[0]) + 1) % 10))
    for match in re.finditer(r"(?<=\\text\{)(in|out)(?=\})", tex):
        yield "in/out", Edit(*match.span(), "out" if match[0] == "in" else "in")
    for match in re.finditer(r"\\sqrt(?=[\s{])", tex):
        yield "root", Edit(*match.span(), "")
    for match in re.finditer(r"\^(?:2|\{2\})", tex):
        yield "square", Edit(*match.span(), "")
    for match in re.finditer(r"'", tex):
        yield "prime", Edit(*match.span(), "")
    for match in re.finditer(r"-", tex):
        yield "sign", Edit(*match.span(), "")
    for match in re.finditer(r"\\frac", tex):
        first = _group(tex, match.end())
        second = _group(tex, first)
        if second:
            yield "fraction", Edit(match.end(), second, tex[first:second] + tex[match.end() : first])
    for match in re.finditer(r"(?<=\\mathcal\{)[UN](?=\})", tex):
        yield "U/N", Edit(*match.span(), "N" if match[0] == "U" else "U")


def _group(tex: str, start: int) -> int:
    """Where the braces that open at `start` close; 0 where none open."""
    depth = 0
    for offset in range(start, len(tex)):
        depth += {"{": 1, "}": -1}.get(tex[offset], 0)
        if depth == 0:
            return offset + 1 if tex[start] == "{" else 0
    return 0


def formulas(page: Page) -> Iterator[tuple[str, Edit]]:
    """Formula mutants of a page, bare symbols and skipped formulas included."""
    for formula in spans.formulas(page.text):
        for kind, edit in formula_edits(formula.tex):
            yield f"formula {kind}", Edit(formula.start + edit.start, formula.start + edit.end, edit.new)


def numbers(page: Page) -> Iterator[tuple[str, Edit]]:
    """Each digit of each number in the text, marked or not, and each number word."""
    for number in spans.numbers(page.text):
        if number.token in spans.WORDS:
            other = next(word for word, value in spans.WORDS.items() if value != spans.WORDS[number.token])
            yield "number word", Edit(number.start, number.end, other)
        for match in re.finditer(r"\d", number.token):
            yield "number digit", _shifted(match, number.start)
    for match in re.finditer(r"\d", spans.prose(page.text)):
        yield "plain number digit", _shifted(match, 0)


def _shifted(match: re.Match[str], offset: int) -> Edit:
    return Edit(match.start() + offset, match.end() + offset, str((int(match[0]) + 1) % 10))


MARKER = re.compile(
    r"(?:<!-- |% )(?P<kind>eq-wrong|eq|skip|num|term|fig|table|source): (?P<arg>[^\n]*?)(?P<end> -->|\n)"
)


def markers(page: Page) -> Iterator[tuple[str, Edit]]:
    """Markers removed, exchanged for another of the page, or turned from right to wrong; citations removed."""
    found = list(MARKER.finditer(spans.blank(spans.FENCE, page.text)))
    for match in found:
        yield "marker removed", Edit(*match.span(), "")
        others = sorted({m["arg"] for m in found if m["kind"] == match["kind"]} - {match["arg"]})
        if others:
            yield (
                "marker swapped",
                Edit(*match.span("arg"), others[sum(map(ord, match["arg"])) % len(others)]),
            )
        if match["kind"] in ("eq", "eq-wrong"):
            yield "marker turned", Edit(*match.span("kind"), "eq-wrong" if match["kind"] == "eq" else "eq")
    for match in re.finditer(r" ?\[@[^\]\n]+\]", spans.without_code(page.text)):
        yield "citation removed", Edit(*match.span(), "")


def translations(page: Page) -> Iterator[tuple[str, Edit]]:
    """Headings, paragraphs, list items, boxes and lines of the front matter left out."""
    lines = [*page.text.split("\n"), ""]
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    for kind, number in structure.blocks(page.text):
        if kind == "paragraph" or kind.startswith(("#", "item", "!!!", "???", "===", "row")):
            name = "heading" if kind.startswith("#") else "block"
            last = number
            while (
                kind in ("paragraph", "item")
                and lines[last].strip()
                and not structure.ITEM.match(lines[last].strip())
            ):
                last += 1
            yield f"translation {name}", Edit(offsets[number - 1], offsets[last] - 1, "")
    front = structure.FRONT.match(page.text)
    for match in re.finditer(r"(?m)^(?:  - |\w+:).*$", front[1] if front else ""):
        yield "translation front matter", Edit(match.start() + 4, match.end() + 4, "")


KINDS = {"formulas": formulas, "numbers": numbers, "markers": markers, "translations": translations}


def mutants(book: Book, group: str) -> Iterator[Mutant]:
    """All mutants of one group, on every page in both languages."""
    return (Mutant(kind, page, edit) for page in book for kind, edit in KINDS[group](page))


def twin_edit(mutant: Mutant, twin: Page) -> Edit | None:
    """The same slip on the other language's page, or None where the formula or number cannot be found there."""
    text, spots = mutant.page.text, spans.formulas if mutant.kind.startswith("formula") else spans.numbers
    mine = next((spot for spot in spots(text) if spot.start <= mutant.edit.start < spot.end), None)
    for other in spots(twin.text) if mine else ():
        if (
            mine
            and text[mine.start : mine.end] == twin.text[other.start : other.end]
            and bound(mine) == bound(other)
        ):
            shift = other.start - mine.start
            return Edit(mutant.edit.start + shift, mutant.edit.end + shift, mutant.edit.new)
    return None


def bound(spot: spans.Formula | spans.Number) -> str:
    """What a formula or number is bound to."""
    return spot.expr if isinstance(spot, spans.Number) else spot.arg


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:57] + "..."
