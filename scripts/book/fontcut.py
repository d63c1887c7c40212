"""Cut the site's font to the characters that its pages show, once all pages of both languages are built."""

import html
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from . import cache
from .links import NAMES

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "docs" / "shared" / "vendor" / "font"
CACHE = ROOT / ".cache" / "fonts"
FAMILY = "Weightinit Sans"
WEIGHTS = {"Regular": 400, "Bold": 700}
TYPED = {chr(point) for point in range(0x20, 0x7F)}  # readers type these into the search box
# Pages in English load no Hangul; pages in Korean load both parts.
HANGUL = re.compile("[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]")
# Set in another font: code in the reader's monospaced one, formulas in KaTeX's.
OTHER_FONT = {"pre", "code", "kbd", "script", "style", "math"}
OTHER_FONT_CLASS = "katex"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class FontError(ValueError):
    """A page shows a character that the site's font lacks."""


def cut(site: Path) -> None:
    """Write assets/book/fonts/ for the pages under `site`."""
    fonts = {style: (FONTS / f"WeightinitSans-{style}.ttf").read_bytes() for style in WEIGHTS}
    covered = _covered(fonts["Regular"])
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in html_files(site)}
    held = {page: characters(text) for page, text in pages.items()}
    # Reading a page with care takes long: only where a character might be missing does it matter what is shown.
    refuse_missing({page: shown(pages[page]) for page in held if _lacking(held[page], covered)}, covered)
    wanted = TYPED.union(*held.values()) & covered
    # The switcher's word for Korean travels with the Latin part: for it alone no page loads the Hangul part.
    hangul = {character for character in wanted if HANGUL.match(character)} - set(NAMES["ko"])
    rules = []
    for style, weight in WEIGHTS.items():
        for part, glyphs in (("latin", wanted - hangul), ("hangul", hangul)):
            name = f"{style.lower()}-{part}.woff2"
            cache.write(site / "assets" / "book" / "fonts" / name, _subset(fonts[style], glyphs))
            rules.append(_rule(name, weight, glyphs))
    cache.write(site / "assets" / "book" / "fonts" / "fonts.css", "".join(rules).encode())


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def refuse_missing(pages: dict[str, set[str]], covered: set[str]) -> None:
    """Stop at characters that would fall back to some other font of the reader's."""
    for page, held in pages.items():
        lacking = _lacking(held, covered)
        if lacking:
            named = ", ".join(f"'{c}' (U+{ord(c):04X} {unicodedata.name(c, 'unnamed')})" for c in lacking)
            raise FontError(
                f"{_source(page, lacking[0])}: the site's font lacks {named}; write it as a formula ($…$) or as code "
                "(`…`), choose another character, or add its block to BLOCKS in scripts/vendor.py"
            )


def _lacking(held: set[str], covered: set[str]) -> list[str]:
    return sorted(c for c in held - covered if unicodedata.category(c)[0] not in "CZ")


def _source(page: str, character: str) -> str:
    """'docs/en/xavier.md:7' for en/xavier/index.html; the built page where its source does not hold the character."""
    lang, path = ("en", page.removeprefix("en/")) if page.startswith("en/") else ("ko", page)
    source = ROOT / "docs" / lang / (path.removesuffix("/index.html").removesuffix(".html") + ".md")
    text = source.read_text(encoding="utf-8") if source.is_file() else ""
    before, found, _ = text.partition(character)
    return f"{source.relative_to(ROOT).as_posix()}:{before.count(chr(10)) + 1}" if found else page


def characters(text: str) -> set[str]:
    """Every character of a page, those of code and tags too: more than `shown`, at a fraction of the time."""
    return set(text).union(*map(html.unescape, set(re.findall(r"&#?\w+;?", text))))


def shown(text: str) -> set[str]:
    """The characters that a page shows in the site's font; kept, because pages with formulas are long."""
    path = CACHE / cache.key("shown", text, Path(__file__).read_bytes())
    data = cache.load(path)
    if data is None:
        reader = _Reader()
        reader.feed(text)
        reader.close()
        data = "".join(sorted(reader.characters)).encode()
        cache.store(path, data)
    return set(data.decode())


class _Reader(HTMLParser):
    """Collects the text of a page outside code, formulas and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.characters: set[str] = set()
        self._inside: list[str] = []  # the elements that are open within one set in another font

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = tag in OTHER_FONT or OTHER_FONT_CLASS in (given.get("class") or "").split()
        # Material's script shows the words of its settings, such as the search box's.
        if (self._inside or (foreign and given.get("id") != "__config")) and tag not in VOID:
            self._inside.append(tag)
        self.characters.update(given.get("placeholder") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.characters.update(data)


def _covered(font: bytes) -> set[str]:
    path = CACHE / cache.key("covered", font, Path(__file__).read_bytes())
    data = cache.load(path)
    if data is None:
        from fontTools import subset  # slow to import, and not needed once its results are kept

        points = subset.load_font(io.BytesIO(font), subset.Options()).getBestCmap()
        data = "".join(map(chr, points)).encode()
        cache.store(path, data)
    return set(data.decode())


def _subset(font: bytes, characters: set[str]) -> bytes:
    """The woff2 of these characters; cutting takes a second, so results are kept."""
    text = "".join(sorted(characters))
    path = CACHE / cache.key(font, text, Path(__file__).read_bytes())
    data = cache.load(path)
    if data is None:
        from fontTools import subset

        options = subset.Options(flavor="woff2", layout_features=["*"], recalc_timestamp=False)
        loaded = subset.load_font(io.BytesIO(font), options)
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(loaded)
        target = io.BytesIO()
        subset.save_font(loaded, target, options)
        data = target.getvalue()
        cache.store(path, data)
    return data


def _rule(name: str, weight: int, characters: set[str]) -> str:
    return (
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:{weight};font-display:swap;'
        f'src:url("{name}") format("woff2");unicode-range:{",".join(ranges(characters))}}}\n'
    )


def ranges(characters: Iterable[str]) -> Iterator[str]:
    """The characters as CSS unicode-range items, neighbours joined."""
    points = sorted(map(ord, characters))
    first = last = points[0]
    for point in [*points[1:], -1]:
        if point == last + 1:
            last = point
            continue
        yield f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
        first = last = point
