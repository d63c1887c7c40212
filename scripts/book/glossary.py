"""The glossary on its pages: its table, tooltips, markers of introduced terms, and the lint of words."""

import re
from html import escape
from typing import Literal

from . import spans
from .pages import Problem
from .termlint import lint
from .terms import Term, forms, load, nearest, written
from .tooltips import Tooltips

__all__ = ["Term", "Tooltips", "check_terms", "introduced", "lint", "load", "table"]

LABELS = {
    "ko": {"also": "다른 말", "avoid": "쓰지 않는 말"},
    "en": {"also": "Also", "avoid": "Not used"},
}
OTHER: dict[str, Literal["ko", "en"]] = {"ko": "en", "en": "ko"}
MARKER = re.compile(r"<!-- term: (?P<id>[^\s>]+) -->")


def table(lang: str) -> str:
    """The glossary as a definition list, sorted by the page's language; each entry's id is the term's id."""
    entries = sorted(load().values(), key=lambda term: _order(term.name(lang)))
    return "\n".join(['<dl class="glossary">', *(_entry(term, lang) for term in entries), "</dl>"])


def _order(name: str) -> tuple[bool, str]:
    """Hangul first, then names in Latin letters; no difference between capital and small ones."""
    return not re.match("[가-힣]", name), name.lower()


def _entry(term: Term, lang: str) -> str:
    other = OTHER[lang]
    lines = [
        f'<div id="{term.id}">',
        f'<dt>{escape(term.name(lang))} <span lang="{other}">{escape(term.name(other))}</span></dt>',
        f"<dd>{escape(term.definition(lang))}</dd>",
    ]
    for field, words in (("also", term.also), ("avoid", term.avoid)):
        if words:
            shown = f'<span lang="ko">{escape(", ".join(words))}</span>'
            lines.append(f'<dd class="{field}"><span>{LABELS[lang][field]}</span> {shown}</dd>')
    return "\n".join([*lines, "</div>"])


def introduced(markdown: str) -> list[tuple[str, int]]:
    """The terms that a page introduces with `<!-- term: id -->`, with their lines."""
    source = spans.without_code(markdown)
    return [(match["id"], spans.line_of(source, match.start())) for match in MARKER.finditer(source)]


def check_terms(text: str, where: str, lang: str) -> list[Problem]:
    """Each marker names a term, stands after that term, and is the only one of its term on the page."""
    glossary = load()
    problems = []
    first: dict[str, int] = {}
    source = spans.without_code(text)
    for match in MARKER.finditer(source):
        name, line = match["id"], spans.line_of(source, match.start())
        if name not in glossary:
            problem = f"unknown term '{name}'{nearest(name, glossary)}; add it to docs/shared/glossary.csv"
        elif name in first:
            problem = f"term '{name}' was introduced in line {first[name]}; remove this marker"
        elif not _introduces(glossary[name], source[: match.start()], lang):
            form = _expected(glossary[name], lang)
            problem = f"term '{name}' is introduced as '{form}'; write that before its marker"
        else:
            problem = ""
        first.setdefault(name, line)
        if problem:
            problems.append(Problem(where, line, problem))
    return problems


def _expected(term: Term, lang: str) -> str:
    english = forms(term, "en")[0]
    return f"{term.ko}({english})" if lang == "ko" else english


def _introduces(term: Term, before: str, lang: str) -> bool:
    """Whether the text before a marker ends in 팬인(fan-in), or fan-in in English; bold is allowed."""
    sentence = before.rpartition("\n\n")[2].replace("*", "")
    english = "|".join(written(form) for form in (*forms(term, "en"), term.en))
    pattern = rf"{written(term.ko)} ?\((?:{english})\)" if lang == "ko" else rf"(?:{english})(?:e?s)?"
    return re.search(rf"(?<!\w){pattern}\Z", sentence, re.IGNORECASE) is not None
