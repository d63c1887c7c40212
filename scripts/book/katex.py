"""Render the pages' formulas with KaTeX at build time, as HTML and MathML: readers load no math script."""

import html
import json
import re
from functools import lru_cache
from pathlib import Path

import quickjs

from . import cache

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "docs" / "shared" / "vendor" / "katex" / "katex.min.js"
CACHE = ROOT / ".cache" / "katex"
OPTIONS = {"output": "htmlAndMathml", "throwOnError": True, "strict": "error", "trust": False}

WRAPPER = re.compile(r'<(span|div) class="arithmatex"[^>]*>\\([(\[])(.*?)\\[)\]]</\1>', re.DOTALL)
MARKER = re.compile(r"\A\s*%[ \t]*((?:eq|eq-wrong|skip):[^\n]*?)[ \t]*\n")
NEXT_PART = '</span><span class="base">'
# What holds no prose: code, scripts, drawings, comments, the formulas' TeX annotation, and the tags themselves.
NOT_PROSE = re.compile(r"<(pre|code|script|style|svg|annotation)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
RAW = re.compile(r"\$\$|\\[(\[]|\\begin\{|(?<![\\\w])\$(?=\S)[^$\n]{1,200}(?<=\S)\$(?!\w)")


class MathError(ValueError):
    """A formula that cannot be set, with its page."""


def exclude_from_search(page: str) -> str:
    """Mark the formulas so that the search index leaves their TeX out."""
    return page.replace('class="arithmatex"', 'class="arithmatex" data-search-exclude')


def render(page: str, where: str, source: str) -> str:
    """Set every formula of a page's HTML; `source` is the page's text, to tell the line of a bad one."""

    def rendered(match: re.Match[str]) -> str:
        tex, display = html.unescape(match[3]), match[2] == "["
        marker = MARKER.match(tex)
        tex = tex[marker.end() :] if marker else tex
        try:
            formula = to_html(tex.strip(), display)
        except MathError as error:
            raise MathError(f"{where}{_line(source, tex)}: {error}") from None
        if not display:
            # A long formula may break between its parts even where the text around it must not.
            breakable = formula.replace(NEXT_PART, f"</span><wbr>{NEXT_PART.removeprefix('</span>')}")
            return f'<span class="wi-math">{breakable}</span>'
        comment = f"<!-- display {marker[1]} -->" if marker else ""
        return f'<span class="wi-eq"><span class="wi-eq__scroll">{formula}</span>{comment}</span>'

    return WRAPPER.sub(rendered, page)


def check_nothing_raw(page: str, where: str, source: str) -> None:
    """Refuse HTML in which a formula stands as TeX: in prose, headings, the table of contents."""
    found = RAW.search(NOT_PROSE.sub(" ", page))
    if found or 'class="arithmatex"' in page:
        shown = html.unescape(found[0]) if found else 'class="arithmatex"'
        raise MathError(
            f"{where}{_line(source, shown)}: formula left as TeX near {shown!r}; put $$ on lines of its own with an "
            "empty line before and after, write $x$ without inner spaces, and keep formulas out of headings"
        )


def to_html(tex: str, display: bool) -> str:
    """One formula as HTML and MathML; results are kept on disk."""
    script, options = _script(), json.dumps(OPTIONS | {"displayMode": display}, sort_keys=True)
    path = CACHE / cache.key(script, options, tex)
    stored = cache.load(path)
    if stored is None:
        stored = _run(tex, options).encode()
        cache.store(path, stored)
    return stored.decode()


@lru_cache(maxsize=1)
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _engine() -> quickjs.Context:
    engine = quickjs.Context()
    engine.eval(_script())
    # Results cross to Python as JSON: other values of the engine do not.
    engine.eval(
        "function render(tex, options) { try { return JSON.stringify({html: katex.renderToString(tex, options)}) }"
        " catch (error) { return JSON.stringify({error: String(error.message || error)}) } }"
    )
    return engine


def _run(tex: str, options: str) -> str:
    answer = json.loads(_engine().eval(f"render({json.dumps(tex)}, {options})"))
    if "error" in answer:
        raise MathError(f"KaTeX cannot set {tex!r}: {answer['error']}; correct the formula or use a command KaTeX has")
    return str(answer["html"])


def _line(source: str, tex: str) -> str:
    """':41' where the formula's first line stands in the page's text, or nothing."""
    first = next((line for line in tex.strip().split("\n") if line.strip()), "").strip()
    offset = source.find(first)
    return f":{source.count(chr(10), 0, offset) + 1}" if first and offset >= 0 else ""
