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
        "tab": "이 표는 원고와 테스트 파일에서 자동으로 만들었습니다.",
        "tab:schemes": "weightinit으로 계산한 값입니다.",
        "tab:compare": "scripts/sweep.py로 신경망을 학습시켜 얻은 값입니다.",
        "false": "틀린 식임을 확인했습니다:",
    },
    "en": {
        "eq": "What was checked", "eq-wrong": "Why this is false", "link": "See it in the list of checks",
        "num": "This number was compared with the value of",
        "fig": "The figure's numbers are computed, and its caption is tested against them.",
        "tab": "This table is generated from the pages and the test files.",
        "tab:schemes": "Computed with weightinit.",
        "tab:compare": "Measured by scripts/sweep.py, which trains the networks.",
        "false": "Shown to be false:",
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
    numbers, words = count(1), WORDS[lang]

    def mark(match: re.Match[str]) -> str:
        kind, arg = match["kind"] or match["block"], unquote(match["arg"] or match["name"])
        if kind in ("skip", "term") or (kind == "num" and arg == "given"):
            return ""
        if kind == "num":
            said = f"{words['num']} <code>{html.escape(arg)}</code>"
            return _mark(kind, said, f"{checked}#numbers", True)
        if kind in ("fig", "tab"):
            family = words.get(f"{kind}:{arg.partition('-')[0]}", words[kind])  # compare-signal is one of "compare"
            return _mark(kind, family, f"{checked}#{kind}-{arg}", False)
        said = _text(describe(arg, lang))
        said = f"{words['false']} {said}" if kind == "eq-wrong" else said
        return _mark(kind, said, f"{checked}#eq-{arg}", match["display"] is None)

    def _mark(kind: str, text: str, href: str, inline: bool) -> str:
        name = f"wi-check-{next(numbers)}"
        sign, wrong = ("✗", " wi-check--wrong") if kind == "eq-wrong" else ("✓", "")
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
