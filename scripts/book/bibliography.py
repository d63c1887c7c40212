"""Citations: `[@key]` in a page becomes (Glorot & Bengio, 2010), linked to the page of references."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from pybtex.database import Entry, Person, parse_file

from . import spans
from .pages import ROOT, Book, Page
from .terms import nearest

BIB = ROOT / "docs" / "shared" / "references.bib"
CITATION = re.compile(r"\[(?P<items>@[\w-]+[^\]\n]*)\]")
ITEM = re.compile(r"@(?P<key>[\w-]+)(?:,[ ]*(?P<locator>.+))?")
CITED_ON = {"ko": "인용한 쪽", "en": "Cited on"}


class Citation(NamedTuple):
    """One `[@a, sec. 1; @b]`: its (key, locator) pairs, and where it stands."""

    items: tuple[tuple[str, str], ...]
    start: int
    end: int


def load(path: Path = BIB) -> dict[str, Entry]:
    """Read the references; each has at least authors, a title and a year."""
    entries: dict[str, Entry] = dict(parse_file(path, bib_format="bibtex", encoding="utf-8").entries)
    for key, entry in entries.items():
        missing = {"title", "year"} - {name.lower() for name in entry.fields}
        missing |= {"author"} - set(entry.persons)
        if missing:
            raise ValueError(
                f"{path.name}: '{key}' has no {' and no '.join(sorted(missing))}; write what is missing"
            )
    return entries


def label(entry: Entry) -> str:
    """How the text names a reference: 'Glorot & Bengio, 2010'; from three authors on 'He et al., 2015'."""
    names = [_last(person) for person in entry.persons["author"]]
    authors = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    return f"{authors}, {entry.fields['year']}"


def citations(text: str) -> Iterator[Citation]:
    """The citations of a text, in order; code, formulas and comments have none."""
    source = spans.without_code(text)
    for pattern in (spans.COMMENT, spans.DISPLAY, spans.INLINE):
        source = spans.blank(pattern, source)
    for match in CITATION.finditer(source):
        items = []
        for part in match["items"].split(";"):
            item = ITEM.fullmatch(part.strip())
            items.append((item["key"], (item["locator"] or "").strip()) if item else ("", part.strip()))
        yield Citation(tuple(items), match.start(), match.end())


def cite(markdown: str, lang: str, where: str, root: str) -> str:
    """Replace the citations of a page; `root` is the relative URL of the language's root, e.g. '../'."""
    entries = load()
    pieces, done = [], 0
    for citation in citations(markdown):
        parts = []
        for key, locator in citation.items:
            if key not in entries:
                raise ValueError(
                    _unknown(key, locator, entries, f"{where}:{spans.line_of(markdown, citation.start)}")
                )
            link = f'<a class="citation" href="{root}references/#{key}">{escape(label(entries[key]))}</a>'
            parts.append(f"{link}, {locator}" if locator else link)
        pieces += [markdown[done : citation.start], f"({'; '.join(parts)})"]
        done = citation.end
    return "".join([*pieces, markdown[done:]])


def _unknown(key: str, part: str, entries: dict[str, Entry], place: str) -> str:
    if not key:
        return f"{place}: cannot read '{part}' in a citation; write [@key], [@key, sec. 4.2] or [@a; @b]"
    return f"{place}: unknown citation '{key}'{nearest(key, entries)}; add it to docs/shared/references.bib"


def table(lang: str, book: Book | None = None) -> str:
    """All references, by author and year, each with its links and the pages that cite it."""
    pages = [page for page in book or Book.load() if page.lang == lang]
    entries = sorted(load().items(), key=lambda item: label(item[1]).lower())
    return "\n".join(
        ['<ul class="references">', *(_row(key, entry, lang, pages) for key, entry in entries), "</ul>"]
    )


def _row(key: str, entry: Entry, lang: str, pages: list[Page]) -> str:
    authors = ", ".join(f"{_last(person)}, {_initials(person)}" for person in entry.persons["author"])
    title = f'<cite lang="en">{escape(_plain(entry, "title"))}</cite>'
    stop = "" if title.endswith("?</cite>") else "."
    parts = [f"{escape(authors)} ({entry.fields['year']}). {title}{stop}"]
    venue = ", ".join(
        filter(None, (_plain(entry, "journal") or _plain(entry, "booktitle"), _volume(entry), _pages(entry)))
    )
    parts += [f'<span lang="en">{escape(venue)}.</span>'] if venue else []
    parts += [f'<a href="{escape(url)}">{escape(text)}</a>' for text, url in _links(entry)]
    cited = [page for page in pages if any(key == item for c in citations(page.text) for item, _ in c.items)]
    if cited:
        links = ", ".join(f'<a href="../{_url(page)}">{escape(_title(page))}</a>' for page in cited)
        parts.append(f'<span class="cited">{CITED_ON[lang]} {links}</span>')
    return f'<li id="{key}">{" ".join(parts)}</li>'


def _links(entry: Entry) -> Iterator[tuple[str, str]]:
    if doi := entry.fields.get("doi"):
        yield f"doi:{doi}", f"https://doi.org/{doi}"
    if number := entry.fields.get("eprint"):
        yield f"arXiv:{number}", f"https://arxiv.org/abs/{number}"
    if url := entry.fields.get("url"):
        yield url.removeprefix("https://"), url


def _volume(entry: Entry) -> str:
    number = entry.fields.get("number")
    issue = f"({number})" if number else ""
    return " ".join(filter(None, (entry.fields.get("series", ""), entry.fields.get("volume", "") + issue)))


def _pages(entry: Entry) -> str:
    return str(entry.fields.get("pages", "")).replace("--", "–")


def _plain(entry: Entry, field: str) -> str:
    return str(entry.fields.get(field, "")).replace("{", "").replace("}", "")


def _last(person: Person) -> str:
    return " ".join(str(name) for name in person.rich_last_names)


def _initials(person: Person) -> str:
    names = [str(name) for name in (*person.rich_first_names, *person.rich_middle_names)]
    return " ".join("-".join(part[0] + "." for part in name.split("-")) for name in names)


def _url(page: Page) -> str:
    return "" if page.slug == "index" else f"{page.slug}/"


def _title(page: Page) -> str:
    match = re.search(r"^title: *(.+)$", page.text.partition("\n---\n")[0], re.MULTILINE)
    return match[1].strip("\"' ") if match else page.slug
