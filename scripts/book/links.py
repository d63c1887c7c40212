"""The links of a page to the shared assets and to its twin in the other language."""

import posixpath
from typing import NamedTuple
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig

NAMES = {"ko": "한국어", "en": "English"}
PREFIX = {"ko": "", "en": "en/"}  # where each language lies below the root of the site


class Alternate(NamedTuple):
    """One <link rel="alternate"> of a page."""

    hreflang: str
    url: str


class Home(NamedTuple):
    """A link to a page in a language."""

    lang: str
    name: str
    href: str


class Links(NamedTuple):
    """What the templates need to reach the shared assets and the other language from one page."""

    assets: str
    other: Home
    homes: list[Home]
    alternates: list[Alternate]


def links(config: MkDocsConfig, base_url: str, url: str | None) -> Links:
    """The links of the page at `url` of its language; None for the 404 page, which has no twin."""
    lang = config.extra["lang"]
    root = base_url.rstrip("/") + ("/.." if lang == "en" else "")
    homes = [Home(code, NAMES[code], _tidy(f"{root}/{PREFIX[code]}{url or ''}")) for code in NAMES]
    homes.sort(key=lambda home: home.lang != lang)
    return Links(_tidy(f"{root}/assets/book"), homes[1], homes, [] if url is None else alternates(config, url))


def _tidy(path: str) -> str:
    """The same path without detours; what ends in a slash keeps it."""
    return posixpath.normpath(path).rstrip("/") + ("/" if path.endswith("/") else "")


def alternates(config: MkDocsConfig, url: str) -> list[Alternate]:
    """The addresses of a page in each language; readers of other languages get Korean, the default."""
    site = config.site_url or ""
    site = site.removesuffix("en/") if config.extra["lang"] == "en" else site
    pages = [Alternate(lang, urljoin(site, PREFIX[lang] + url)) for lang in NAMES]
    return [*pages, Alternate("x-default", pages[0].url)]
