"""Figures as pages use them: a marker becomes a placeholder, and that an inline SVG with its caption."""

from __future__ import annotations

import difflib
import html as markup
import re
from typing import Any

from scripts.book import build
from scripts.book.build import Drawn

MARKER = re.compile(r"<!--\s*fig:\s*(\S+?)\s*-->")
PLACEHOLDER = re.compile(r'(<figure\b[^>]*\bdata-figure="([^"]+)"[^>]*>)\s*</figure>')


def slugs() -> list[str]:
    """All figures: scripts/figures/xavier_depth.py is `xavier-depth`."""
    return sorted(build.scripts())


def figure(slug: str, lang: str) -> Drawn:
    """The inline SVG, caption and alternative text of a figure; ValueError for an unknown one."""
    return build.entries()[_known(slug)].drawn[lang]


def data(slug: str) -> dict[str, Any]:
    """The numbers that the figure's `compute()` gave."""
    return build.entries()[_known(slug)].data


def claims(slug: str) -> list[str]:
    """The statements of a figure's caption and alternative text that its numbers were found to bear out."""
    return build.entries()[_known(slug)].claims


def place(markdown: str, where: str) -> str:
    """Replace each line `<!-- fig: slug -->` by a placeholder that `inline` fills once the page is HTML."""
    lines = markdown.split("\n")
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        for match in MARKER.finditer(line):
            at = f"{where}:{number}"
            slug = _known(match[1], f"{at}: ")
            if line.strip() != match[0]:
                raise ValueError(
                    f"{at}: the marker of figure '{slug}' shares its line; give it a line of its own"
                )
            if slug in seen:
                raise ValueError(
                    f"{at}: figure '{slug}' stands on this page already; link to #fig-{slug} instead"
                )
            seen.add(slug)
            names = f'class="wi-figure" id="fig-{slug}" data-figure="{slug}"'
            lines[number - 1] = line.replace(match[0], f"<figure {names} data-search-exclude></figure>")
    return "\n".join(lines)


def inline(html: str, lang: str) -> str:
    """Fill each placeholder with the figure and its caption in the page's language."""

    def fill(match: re.Match[str]) -> str:
        opening, slug = match[1], match[2]
        drawn = figure(slug, lang)
        mark = f'<span data-mark="fig:{slug}"></span>'
        caption = markup.escape(drawn.caption, quote=False)
        return f"{opening}{drawn.svg}<figcaption>{caption}{mark}</figcaption></figure>"

    return PLACEHOLDER.sub(fill, html)


def _known(slug: str, where: str = "") -> str:
    known = slugs()
    if slug in known:
        return slug
    near = difflib.get_close_matches(slug, known, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    raise ValueError(f"{where}unknown figure '{slug}': expected one of {', '.join(known)}{hint}")
