"""What is rendered for the API page is kept only while nothing it depends on changes, and no warning is swallowed.
API 쪽에 쓰려고 저장해 둔 결과는 바탕이 그대로일 때만 다시 쓰이고, 경고가 있었다면 쓰이지 않는지 확인합니다."""

import ast
import logging
import re
import shutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, tostring

import jinja2
import pytest

import weightinit
from scripts.book import api, pages


class Handler:
    """Renders like mkdocstrings' handler: HTML, headings on the side, and names that rendering finds out."""

    def __init__(self) -> None:
        self.env = jinja2.Environment()
        self.times, self.warn = 0, False
        self._headings: list[Element] = []

    def render(self, data: Any, options: Any, locale: str | None = None) -> str:
        self.times += 1
        heading = Element("h3", {"id": data.path, "data-toc-label": "<b>fans</b>"})
        heading.text = "fans & more"
        self._headings.append(heading)
        if self.warn:
            logging.getLogger("mkdocs.plugins.griffe").warning("no type")
        return f"<p>{data.path} {options} {locale}</p>"

    def get_aliases(self, name: str) -> tuple[str, ...]:
        return (name, "found while rendering") if self.times else (name,)


def build(page: str = "api/") -> Handler:
    """A new build, as after a restart."""
    handler = Handler()
    plugin = SimpleNamespace(get_handler=lambda name: handler)
    config: Any = SimpleNamespace(plugins={"mkdocstrings": plugin}, _current_page=SimpleNamespace(url=page))
    api.keep(config)
    return handler


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "CACHE", tmp_path / "api")


FANS = SimpleNamespace(path="weightinit.fans")


def test_the_second_build_gives_the_same_without_rendering() -> None:
    first = build()
    html = first.render(FANS, "options", locale="ko")
    second = build()
    assert second.render(FANS, "options", locale="ko") == html
    assert (first.times, second.times) == (1, 0)
    assert [tostring(e) for e in second._headings] == [tostring(e) for e in first._headings]
    assert second.get_aliases(FANS.path) == first.get_aliases(FANS.path) == (FANS.path, "found while rendering")


def test_another_object_option_language_or_page_is_rendered() -> None:
    build().render(FANS, "options", locale="ko")
    again = build()
    again.render(SimpleNamespace(path="weightinit.schemes"), "options", locale="ko")
    again.render(FANS, "others", locale="ko")
    again.render(FANS, "options", locale="en")
    other = build("another/")
    other.render(FANS, "options", locale="ko")
    assert (again.times, other.times) == (3, 1)


def test_an_edit_of_package_or_settings_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "book"
    for name in (*api.SETTINGS, "weightinit/fans.py", "weightinit/schemes/he.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(pages.ROOT / name, root / name)
    monkeypatch.setattr(api, "ROOT", root)
    build().render(FANS, "options")
    for name in (*api.SETTINGS, "weightinit/schemes/he.py"):
        with (root / name).open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n")
        edited = build()
        edited.render(FANS, "options")
        assert edited.times == 1, name


def test_a_warning_is_given_at_each_build() -> None:
    for _ in range(2):
        handler = build()
        handler.warn = True
        handler.render(FANS, "options")
        assert handler.times == 1


def documented(module: str) -> Iterator[str]:
    """The names of a module that mkdocstrings shows: those with a docstring and without an underscore."""
    path = pages.ROOT.joinpath(*module.split(".")).with_suffix(".py")
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node, after in zip_longest(body, body[1:]):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) and node.name[0] != "_":
            yield node.name
        if isinstance(node, ast.AnnAssign) and isinstance(after, ast.Expr):
            yield ast.unparse(node.target)


@pytest.mark.parametrize("lang", pages.LANGUAGES)
def test_the_page_shows_what_the_package_offers_and_nothing_else(lang: str) -> None:
    modules = re.findall(r"(?m)^::: (weightinit[\w.]*)$", pages.Book.load().page(lang, "api").text)
    names = [name for module in modules for name in documented(module)]
    assert sorted(names) == sorted([*weightinit.__all__, "HeParams"])  # the type of variance's keywords


def test_listings_come_back_where_they_were() -> None:
    page = '<p>a</p><details class="mkdocstrings-source">\n<pre>x</pre></details><p>b</p>' * 2
    page = page.replace("x", r"\1", 1)
    folded, listings = api.fold(page)
    assert "<pre>" not in folded and len(listings) == 2
    assert api.unfold(folded, listings) == page
