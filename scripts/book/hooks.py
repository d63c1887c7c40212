"""MkDocs events: each only calls functions of scripts/book, so that another site generator can call them too.

Modules are imported inside the events, because `mkdocs serve` loads this file once but must see later edits
of the others.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
OWN = ("weightinit", "scripts")
_state: dict[str, Any] = {"twin": None, "sources": None, "tooltips": {}, "listings": {}}


@contextmanager
def _plainly() -> Iterator[None]:
    """Stop the build with the message alone: it says what is wrong and what to do."""
    try:
        yield
    except (ValueError, RuntimeError) as error:
        raise PluginError(str(error)) from error


def on_startup(command: str, dirty: bool) -> None:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from scripts.book.twin import Twin

    _state["twin"] = Twin(serving=command == "serve")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    lang = config.extra["lang"]
    if lang == "ko":
        _forget_edited_modules()
    from scripts.book import build, twin
    from scripts.book.glossary import Tooltips

    with _plainly():
        twin.check_pairs()
        build.prepare()
    twin.share_settings(config)
    _state["tooltips"][lang] = Tooltips(lang)
    config.markdown_extensions.append(_state["tooltips"][lang])
    return config


def _forget_edited_modules() -> None:
    """Under `mkdocs serve` the package and the book's modules may have changed since the last build."""
    paths = (path for name in OWN for path in (ROOT / name).rglob("*.py"))
    sources = {path: path.stat().st_mtime_ns for path in paths}
    if _state["sources"] not in (None, sources):
        for name in [name for name in sys.modules if name.split(".")[0] in OWN]:
            del sys.modules[name]
    _state["sources"] = sources


def on_pre_build(config: MkDocsConfig) -> None:
    from scripts.book import api

    api.keep(config)
    if config.extra["lang"] == "ko":
        _state["twin"].keep_english(config)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    from scripts.book import notebooks, twin

    with _plainly():
        for file in notebooks.files(config, config.extra["lang"]):
            files.append(file)
    if config.extra["lang"] == "ko":
        for file in twin.assets(config):
            files.append(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    from scripts.book import bibliography, figkit, formulas, marks, pagehead, tables

    lang, where = config.extra["lang"], _where(page, config)
    _state["tooltips"][lang].open_page(page.url)
    # MkDocs has cut the front matter off; with empty lines in its place, messages name the file's own lines.
    padding = "\n" * (_source(page).count("\n") - markdown.count("\n"))
    with _plainly():
        formulas.refuse_unknown(padding + markdown, where)
        text = bibliography.cite(padding + markdown, lang, where, "../" * page.url.count("/") or "./")
        text = tables.place(figkit.place(text, where), lang, where)
        return marks.shield(pagehead.insert(text.lstrip("\n"), page.meta, lang, _korean(page)))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    from scripts.book import api, katex

    html, _state["listings"][_where(page, config)] = api.fold(html)
    return katex.exclude_from_search(html)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    from scripts.book import templates

    templates.keep(env, "theme")
    return env


@event_priority(-100)  # after the search plugin, which would take every formula apart
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    from scripts.book import api, claims, figkit, katex, links, marks, typeset

    lang, where = config.extra["lang"], _where(page, config)
    with _plainly():
        html = typeset.widen(typeset.glue(page.content or ""))
        html = katex.render(html, where, _source(page))
        html = figkit.inline(html, lang)
        html = marks.fill(html, lang, f"{context['base_url']}/checked/", claims.describe)
    page.content = api.unfold(html, _state["listings"].pop(where))
    context["book"] = links.links(config, context["base_url"], page.url)
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    from scripts.book import links

    context["book"] = links.links(config, context["base_url"], None)
    context["alternates"] = lambda url: links.alternates(config, url)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    from scripts.book import katex

    with _plainly():
        katex.check_nothing_raw(output, _where(page, config), _source(page))
    return output


def on_post_build(config: MkDocsConfig) -> None:
    from scripts.book import fontcut

    if config.extra["lang"] == "ko":
        _state["twin"].finish(config)
        with _plainly():
            fontcut.cut(Path(config.site_dir))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    def english() -> None:
        from scripts.book import fontcut

        _state["twin"].build_english(config)
        with _plainly():
            fontcut.cut(Path(config.site_dir))

    server.builder = _state["twin"].rebuilder(server.builder, english)
    return server


def _where(page: Page, config: MkDocsConfig) -> str:
    return f"docs/{config.extra['lang']}/{page.file.src_uri}"


def _source(page: Page) -> str:
    return page.file.content_string


def _korean(page: Page) -> str:
    path = ROOT / "docs" / "ko" / page.file.src_uri
    return path.read_text(encoding="utf-8") if path.is_file() else _source(page)
