"""The API page: what mkdocstrings renders is kept on disk until the package, a setting or a tool changes."""

import json
import logging
import re
from importlib.metadata import version
from typing import Any
from xml.etree import ElementTree

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import CountHandler

from . import cache, templates
from .pages import ROOT

CACHE = ROOT / ".cache" / "api"
TOOLS = ("mkdocs", "mkdocs-material", "mkdocstrings", "mkdocstrings-python", "mkdocs-autorefs", "griffelib",
         "jinja2", "markdown", "pymdown-extensions", "pygments", "ruff")  # fmt: skip
# Besides the package: what sets its docstrings.
SETTINGS = ("mkdocs.yml", "mkdocs.en.yml", "docs/shared/glossary.csv", "scripts/book/api.py",
            "scripts/book/tooltips.py", "scripts/book/terms.py")  # fmt: skip
LISTING = re.compile(r'<details class="mkdocstrings-source">.*?</details>', re.DOTALL)
FOLDED = "<wi-listing></wi-listing>"


def keep(config: MkDocsConfig) -> None:
    """Let mkdocstrings' handler render an object only if it has not done so before."""
    handler = config.plugins["mkdocstrings"].get_handler("python")  # type: ignore[attr-defined]
    render, aliases_of, common = handler.render, handler.get_aliases, _common()
    aliases: dict[str, list[str]] = {}  # rendering resolves imports; what is kept keeps what it found out
    templates.keep(handler.env, "mkdocstrings")

    def kept(data: Any, options: Any, locale: str | None = None) -> str:
        page = config._current_page
        path = CACHE / cache.key(common, data.path, repr(options), str(locale), page.url if page else "")
        stored = cache.load(path)
        if stored is not None:
            html, headings, found = json.loads(stored)
            handler._headings.extend(map(ElementTree.fromstring, headings))
            aliases.update(found)
            return str(html)
        before, warnings = len(handler._headings), CountHandler(level=logging.WARNING)
        logger = logging.getLogger("mkdocs")
        logger.addHandler(warnings)
        try:
            html = render(data, options, locale=locale)
        finally:
            logger.removeHandler(warnings)
        if not warnings.get_counts():  # what is complained about is rendered, and complained about, each time
            made = handler._headings[before:]
            headings = [ElementTree.tostring(heading, encoding="unicode") for heading in made]
            found = {heading.get("id"): aliases_of(heading.get("id")) for heading in made}
            cache.store(path, json.dumps([html, headings, found], ensure_ascii=False).encode())
        return str(html)

    handler.render = kept
    handler.get_aliases = lambda name: tuple(aliases[name]) if name in aliases else aliases_of(name)


def _common() -> str:
    """A digest of all that every rendering depends on."""
    paths = [*sorted((ROOT / "weightinit").rglob("*.py")), *(ROOT / name for name in SETTINGS)]
    files = (part for path in paths for part in (path.relative_to(ROOT).as_posix(), path.read_bytes()))
    return cache.key(*map(version, TOOLS), *files)


def fold(html: str) -> tuple[str, list[str]]:
    """Take the source listings out of a page while it is indexed for the search: nobody searches in them."""
    return LISTING.sub(FOLDED, html), LISTING.findall(html)


def unfold(html: str, listings: list[str]) -> str:
    """Put them back."""
    rest = iter(listings)
    return re.sub(re.escape(FOLDED), lambda _: next(rest), html)
