"""The pages of the book as plain text: read once, replaced freely (mutants are made of a Book, not of files)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ko", "en")


class Problem(NamedTuple):
    """Something on a page that is wrong, with what to do about it."""

    where: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.message}"


class Page(NamedTuple):
    """One page in one language."""

    lang: str
    slug: str
    text: str

    @property
    def where(self) -> str:
        return f"docs/{self.lang}/{self.slug}.md"

    @property
    def link(self) -> str:
        """A Markdown link with the page's title."""
        title = re.search(r"(?m)^title: (.+)$", self.text)
        return f"[{title[1] if title else self.slug}]({self.slug}.md)"


@dataclass(frozen=True)
class Book:
    """All Markdown pages, keyed by (language, slug)."""

    texts: Mapping[tuple[str, str], str]

    @classmethod
    def load(cls, root: Path = ROOT) -> "Book":
        """Read docs/ko and docs/en."""
        return cls(
            {
                (lang, path.relative_to(root / "docs" / lang).with_suffix("").as_posix()): path.read_text(
                    encoding="utf-8"
                )
                for lang in LANGUAGES
                for path in sorted((root / "docs" / lang).rglob("*.md"))
            }
        )

    def __iter__(self) -> Iterator[Page]:
        return (Page(lang, slug, text) for (lang, slug), text in self.texts.items())

    @property
    def slugs(self) -> list[str]:
        """The slugs of the pages in either language."""
        return sorted({slug for _, slug in self.texts})

    def page(self, lang: str, slug: str) -> Page:
        return Page(lang, slug, self.texts[lang, slug])

    def with_text(self, lang: str, slug: str, text: str) -> "Book":
        """The same book with one page's text exchanged."""
        return replace(self, texts={**self.texts, (lang, slug): text})
