"""Turn the marker comments of a page into check marks: what was checked, and a link to the row that says so."""

import html
import re
from collections.abc import Callable
from itertools import count
from urllib.parse import quote, unquote

from . import spans

WORDS = {
    "ko": {
        "eq": "검증한 내용", "eq-wrong": "거짓임을 보인 내용", "link": "검증 목록에서 보기",
        "num": "이 수를 다음 식의 값과 견주었습니다.",
        "fig": "그림의 수를 계산해 얻었고, 설명이 그 수와 맞는지 시험했습니다.",
        "tab": "표의 수는 모두 weightinit로 계산해 적었습니다.",
    },
    "en": {
        "eq": "What was checked", "eq-wrong": "Why this is false", "link": "See it in the list of checks",
        "num": "This number was compared with the value of",
        "fig": "The figure's numbers are computed, and its caption is tested against them.",
        "tab": "Every number in this table is computed with weightinit.",
    },
}  # fmt: skip
MARKER = re.compile(
    r"<!--\s*(?P<display>display )?(?P<kind>eq-wrong|eq|num|skip|term):\s*(?P<arg>.*?)\s*-->"
    r'|<span data-mark="(?P<block>fig|tab):(?P<name>[^"]+)"></span>',
    re.DOTALL,
)


def shield(markdown: str) -> str:
    """Percent-encode what the markers say: Markdown would take fig('a')['b'][0] in a comment for a link."""
    pieces, end = [], 0
    for match in MARKER.finditer(spans.without_code(markdown)):
        if match["kind"]:
            marker = markdown[match.start() : match.end()].replace(match["arg"], quote(match["arg"], safe=" :"))
            pieces += [markdown[end : match.start()], marker]
            end = match.end()
    return "".join(pieces) + markdown[end:]


def fill(page: str, lang: str, checked: str, describe: Callable[[str, str], str]) -> str:
    """Replace a page's markers by check marks, or by nothing where nothing is claimed.

    `checked` is the address of the page with the list of checks, `describe` says in a language what was
    checked for a formula. Marks of inline formulas and numbers stay hidden until the reader asks for them.
    """
    numbers = count(1)

    def mark(match: re.Match[str]) -> str:
        kind, arg = match["kind"] or match["block"], unquote(match["arg"] or match["name"])
        if kind in ("skip", "term") or (kind == "num" and arg == "given"):
            return ""
        if kind == "num":
            return _mark(kind, f"<code>{html.escape(arg)}</code>", f"{checked}#numbers", True)
        if kind in ("fig", "tab"):
            return _mark(kind, "", f"{checked}#{kind}-{arg}", False)
        return _mark(kind, _text(describe(arg, lang)), f"{checked}#eq-{arg}", match["display"] is None)

    def _mark(kind: str, said: str, href: str, inline: bool) -> str:
        words, name = WORDS[lang], f"wi-check-{next(numbers)}"
        sign, wrong = ("✗", " wi-check--wrong") if kind == "eq-wrong" else ("✓", "")
        text = " ".join(part for part in ("" if kind.startswith("eq") else words[kind], said) if part)
        label = words["eq-wrong" if wrong else "eq"]
        return (
            f'<span class="wi-check{wrong}{" wi-check--inline" if inline else ""}">'
            f'<button type="button" aria-label="{label}" aria-describedby="{name}">{sign}</button>'
            f'<span role="tooltip" class="wi-check__note" id="{name}">{text} '
            f'<a href="{html.escape(href)}">{words["link"]}</a></span></span>'
        )

    return MARKER.sub(mark, page)


def _text(said: str) -> str:
    """A description as HTML: what stands between backticks is code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(said))
