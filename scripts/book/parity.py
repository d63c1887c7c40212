"""Compare the two languages of each page, block by block; what is not on both comes as a list."""

from collections import Counter
from collections.abc import Hashable, Iterator
from functools import lru_cache
from itertools import zip_longest

from . import spans, structure
from .pages import LANGUAGES, Book, Page, Problem


def problems(book: Book) -> list[Problem]:
    """Both languages have the same pages with the same blocks, formulas, numbers, terms, code and citations."""
    found: list[Problem] = []
    for slug in book.slugs:
        missing = [lang for lang in LANGUAGES if (lang, slug) not in book.texts]
        if missing:
            other = next(lang for lang in LANGUAGES if lang not in missing)
            message = f"is missing: write the twin of docs/{other}/{slug}.md"
            found.append(Problem(f"docs/{missing[0]}/{slug}.md", 1, message))
        else:
            found += _twin_problems(book.page("ko", slug), book.page("en", slug))
    return found


def _twin_problems(korean: Page, english: Page) -> Iterator[Problem]:
    for page in (korean, english):
        for line, message in structure.foreign(page.text, page.lang):
            yield Problem(page.where, line, message)
    for what in structure.INVENTORY:
        mine, other = _count(what, korean.text), _count(what, english.text)
        for page, extra in ((korean, mine - other), (english, other - mine)):
            for item in extra:
                yield Problem(
                    page.where, _line_with(page.text, item), f"{what} {item!r} is not on the twin page"
                )
    pairs = zip_longest(
        structure.blocks(korean.text), structure.blocks(english.text), fillvalue=("nothing", 0)
    )
    for (left, line), (right, twin) in pairs:
        if left != right:
            yield Problem(
                korean.where, line, f"here stands {left!r}, but {right!r} at {english.where}:{twin}"
            )
            return


@lru_cache(maxsize=4096)
def _count(what: str, text: str) -> Counter[Hashable]:
    return Counter(structure.INVENTORY[what](text))


def _line_with(text: str, item: object) -> int:
    parts = [str(part) for part in (item if isinstance(item, tuple) else (item,))]
    return spans.line_of(text, max(text.find(part) if part else 0 for part in parts))
