"""The box under a page's title: what to know before, what the reader will be able to do, how long it takes."""

import math
import re
from collections.abc import Mapping

from . import spans, structure

WORDS = {
    "ko": {"needs": "먼저 알아 둘 것", "goals": "이 글을 읽고 나면", "switch": "검증 보기",
           "label": "이 글의 안내", "time": "읽는 시간: 약 {}분"},
    "en": {"needs": "Before you start", "goals": "You will be able to", "switch": "Show checks",
           "label": "About this page", "time": "Reading time: about {} min"},
}  # fmt: skip
CHARACTERS_A_MINUTE = 500  # of Korean text; both languages show the Korean page's time
SECONDS_A_FORMULA = 12
TITLE = re.compile(r"^# .+$", re.MULTILINE)


def insert(markdown: str, meta: Mapping[str, object], lang: str, korean: str) -> str:
    """The page with its head box after the title; `korean` is the Korean page's text, which is timed."""
    title = TITLE.search(spans.without_code(markdown))
    box = _box(markdown, meta, lang, korean)
    if not (title and box):
        return markdown
    return f"{markdown[: title.end()]}\n\n{box}\n{markdown[title.end() :]}"


def _box(markdown: str, meta: Mapping[str, object], lang: str, korean: str) -> str:
    words, parts = WORDS[lang], []
    for field in ("needs", "goals"):
        items = meta.get(field)
        if isinstance(items, list) and items:
            listed = "\n".join(f"- {item}" for item in items)
            parts.append(f'<p class="wi-head__title">{words[field]}</p>\n\n{listed}\n')
    foot = [f"<span>{words['time'].format(minutes(korean))}</span>"] if parts else []
    if _has_inline_marks(markdown):
        foot.append(
            '<label class="wi-switch"><input type="checkbox" role="switch" id="wi-show-checks">'
            f"<span>{words['switch']}</span></label>"
        )
    if foot:
        parts.append(f'<p class="wi-head__foot">{"".join(foot)}</p>\n')
    if not parts:
        return ""
    head = f'<aside class="wi-head" aria-label="{words["label"]}" data-search-exclude markdown="1">'
    return "\n".join([head, "", *parts, "</aside>"]) + "\n"


def _has_inline_marks(markdown: str) -> bool:
    """Whether there is anything for the reader's switch to show."""
    formulas = any(formula.kind.startswith("eq") and not formula.display for formula in spans.formulas(markdown))
    return formulas or any(number.expr != "given" for number in spans.numbers(markdown))


def minutes(korean: str) -> int:
    """How long a page takes to read: its characters at a reader's pace, and a pause at each formula."""
    source = structure.FRONT.sub("", korean)
    formulas = len(spans.formulas(source))
    for pattern in (spans.COMMENT, spans.DISPLAY, spans.INLINE, spans.TARGET):
        source = pattern.sub("", source)
    characters = len(re.sub(r"\s+", "", source))
    return math.ceil(characters / CHARACTERS_A_MINUTE + formulas * SECONDS_A_FORMULA / 60)
