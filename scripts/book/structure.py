"""The skeleton of a page: what must be the same in both languages, block by block."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator

import yaml

from . import bibliography, spans

FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
HEADING = re.compile(r"^(#{1,6}) .*\{#(?P<id>[\w-]+)\}\s*$")
BOX = re.compile(r"^(?P<sign>!!!|\?\?\?\+?|===)\s+(?P<kind>[\w-]+|\".*\")")
ITEM = re.compile(r"^(?:[-*+]|\d+\.)\s")
#: Digits in the text, apart from those of a term: 2차 적률 is "second moment".
PLAIN = re.compile(r"\d[\d.,]*\d|(?!2차 적률)\d")
HANGUL = re.compile(r"[가-힣]")


def blocks(text: str) -> Iterator[tuple[str, int]]:
    """The kinds of a page's blocks with their lines: headings with ids, boxes, formulas, paragraphs, list items."""
    source = FRONT.sub(lambda m: "\n" * m[0].count("\n"), text)
    inside = ""  # the fence or formula that is open
    fresh = True
    options = False  # the indented lines below `:::`
    for line, raw in enumerate(source.split("\n"), start=1):
        content = raw.strip()
        if inside:
            inside = "" if content.endswith(inside) else inside
            continue
        if not content:
            fresh = True
            options = False
            continue
        options = (options and raw.startswith("    ")) or content.startswith(":::")
        if options and not content.startswith(":::"):
            continue
        kind = _kind(content)
        if kind or fresh:
            yield kind or "paragraph", line
        fresh = kind is not None and not kind.startswith("item")
        if content.startswith(("```", "~~~")):
            inside = content[:3]
        elif content.startswith("$$") and not (content.endswith("$$") and len(content) > 2):
            inside = "$$"


def _kind(content: str) -> str | None:
    heading, box = HEADING.match(content), BOX.match(content)
    if heading:
        return f"{heading[1]} {heading['id']}"
    if content.startswith("#"):
        return f"{content.split()[0]} (no id)"
    if box:
        return box["sign"] + " " + (box["kind"] if box["sign"] != "===" else "tab")
    if content.startswith(("```", "~~~", "$$", "--8<--", ":::")):
        return content if content.startswith((":::", "--8<--")) else content[:3].strip("$") or "formula"
    if content.startswith("<!-- ") and content.endswith("-->"):
        return content
    if content.startswith("|"):
        return f"row of {content.count('|')}"
    return "item" if ITEM.match(content) else None


def heading_ids(text: str) -> list[str]:
    """The explicit ids of a page's headings."""
    lines = spans.without_code(text).split("\n")
    return [m["id"] for line in lines if (m := HEADING.match(line))]


def citations(text: str) -> list[str]:
    """The keys cited, e.g. glorot2010."""
    return [key for citation in bibliography.citations(text) for key, _ in citation.items]


def code(text: str) -> list[str]:
    """Fenced blocks, included files and code spans, to the letter."""
    inline = spans.blank(spans.FENCE, spans.blank(spans.COMMENT, text))
    return [m[0] for p, t in ((spans.FENCE, text), (spans.CODE, inline)) for m in p.finditer(t)]


def links(text: str) -> list[str]:
    """The targets of a page's links and images."""
    return re.findall(r"\]\(([^)\s]+)\)", spans.without_code(text))


def front_matter(text: str) -> list[tuple[str, int]]:
    """The keys of the front matter, with the length of those that hold a list."""
    match = FRONT.match(text)
    fields = yaml.safe_load(match[1]) if match else {}
    return [(key, len(value) if isinstance(value, list) else 1) for key, value in fields.items()]


def foreign(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Blocks of prose that are not in the page's language: left untranslated, or pasted from the other page."""
    source = spans.prose(text)
    lines = source.split("\n")
    starts = [line for kind, line in blocks(text) if kind in ("paragraph", "item") or kind.startswith("#")]
    for line in starts:
        words = lines[line - 1]
        if lang == "en" and HANGUL.search(words):
            yield line, "Korean text on the English page"
        if lang == "ko" and not HANGUL.search(words) and len(re.findall(r"[A-Za-z]{3,}", words)) > 3:
            yield line, "text without a word of Korean on the Korean page"


def _formula(f: spans.Formula) -> Hashable:
    return f.kind, f.arg, " ".join(f.tex.split())


def _number(n: spans.Number) -> Hashable:
    return f"{spans.WORDS[n.token]:.9g}" if n.token in spans.WORDS else n.token.replace(" ", ""), n.expr


def _marker(name: str) -> Callable[[str], Iterable[Hashable]]:
    return lambda text: [argument for argument, _ in spans.markers(text, name)]


#: What a page holds that its twin must hold too, wherever in a sentence it stands.
INVENTORY: dict[str, Callable[[str], Iterable[Hashable]]] = {
    "heading": heading_ids,
    "formula": lambda text: map(_formula, spans.formulas(text)),
    "number": lambda text: map(_number, spans.numbers(text)),
    "plain number": lambda text: PLAIN.findall(spans.prose(text)),
    "term": _marker("term"),
    "citation": citations,
    "code": code,
    "link": links,
    "front matter": front_matter,
}
