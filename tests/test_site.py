"""The built site holds together in pages, links, names and search indexes, and a faulty page stops the build.
완성된 사이트에서 두 언어의 쪽과 링크, 이름, 검색 색인이 서로 맞고, 잘못된 쪽이 있으면 빌드가 멈추는지 확인합니다."""

import gzip
import json
import re
import shutil
import time
import tomllib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from scripts.book import fontcut, marks

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "", "signal/", "fans/", "symmetry/", "uniform/", "random/", "xavier/", "he/", "lecun/", "sparse/",
    "pretrained/", "compare/", "beyond/", "corrections/", "errors/", "schemes/", "notation/",
    "measure/", "train/",
}  # fmt: skip
SLUGS = PAGES | {"checked/", "glossary/", "references/", "api/"}
SITE_URL = "http://127.0.0.1:8000/"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Element:
    """One start tag with what it needs to be judged: its attributes, its ancestors and the text inside."""

    def __init__(self, tag: str, attributes: dict[str, str], parents: list["Element"]) -> None:
        self.tag, self.attributes, self.parents, self.text = tag, attributes, parents, ""

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def inside(self, *tags: str) -> bool:
        return any(parent.tag in tags for parent in self.parents)


class Document(HTMLParser):
    """A built page: its elements in order, its prose and its comments."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.comments: list[str] = []
        self.prose = ""
        self._open: list[Element] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs}, list(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
        if not {e.tag for e in self._open} & {"script", "style", "pre", "code", "annotation"}:
            self.prose += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data.strip())

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def ids(self) -> list[str]:
        return [element.get("id") for element in self.elements if element.get("id")]


@pytest.fixture(scope="session")
def documents(site: Path) -> dict[str, Document]:
    """Every page of the site by its address from the root: '', 'xavier/', 'en/xavier/', '404.html'."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): Document(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def pages(documents: dict[str, Document]) -> dict[str, Document]:
    """The pages without the 404 pages, which have no twin."""
    return {url: document for url, document in documents.items() if not url.endswith("404.html")}


def lang_of(url: str) -> str:
    return "en" if url.startswith("en/") else "ko"


def test_both_languages_have_the_same_pages(pages: dict[str, Document]) -> None:
    assert {url for url in pages if lang_of(url) == "ko"} == SLUGS
    assert {url.removeprefix("en/") for url in pages if lang_of(url) == "en"} == SLUGS


def test_every_page_says_its_language_and_what_it_is_about(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        assert document.all("html")[0].get("lang") == lang_of(url), url
        described = [meta.get("content") for meta in document.all("meta") if meta.get("name") == "description"]
        assert len(described) == 1 and described[0], url
        assert bool(re.search("[가-힣]", described[0])) == (lang_of(url) == "ko"), url


def test_descriptions_are_the_pages_own(pages: dict[str, Document]) -> None:
    for lang in ("ko", "en"):
        described = [
            meta.get("content")
            for url, document in pages.items()
            for meta in document.all("meta")
            if meta.get("name") == "description" and lang_of(url) == lang
        ]
        assert len(set(described)) == len(SLUGS), f"{lang}: pages share a description, or lack one of their own"


def test_titles_name_the_page_and_the_book_once(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        parts = document.all("title")[0].text.split(" - ")
        assert len(parts) == (1 if url in ("", "en/") else 2) == len(set(parts)), url


def test_the_sites_own_icon_is_shown(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        icons = [link.get("href") for link in document.all("link") if link.get("rel") == "icon"]
        assert [icon.rpartition("/")[2] for icon in icons] == ["favicon.svg"], url


def test_heads_name_the_page_and_its_twin(pages: dict[str, Document]) -> None:
    for url, document in pages.items():
        slug = url.removeprefix("en/")
        links = document.all("link")
        assert [a.get("href") for a in links if a.get("rel") == "canonical"] == [SITE_URL + url]
        alternates = {a.get("hreflang"): a.get("href") for a in links if a.get("rel").split() == ["alternate"]}
        korean, english = SITE_URL + slug, f"{SITE_URL}en/{slug}"
        assert alternates == {"ko": korean, "en": english, "x-default": korean}, url


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_sitemap_names_every_page_and_its_twin(site: Path, lang: str) -> None:
    folder = site / "en" if lang == "en" else site
    text = (folder / "sitemap.xml").read_bytes()
    assert gzip.decompress((folder / "sitemap.xml.gz").read_bytes()) == text
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {}
    for entry in ElementTree.fromstring(text).findall("s:url", space):
        alternates = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", space)}
        found[entry.findtext("s:loc", None, space)] = alternates
    root = SITE_URL + ("en/" if lang == "en" else "")
    assert found == {
        root + slug: {"ko": SITE_URL + slug, "en": f"{SITE_URL}en/{slug}", "x-default": SITE_URL + slug}
        for slug in SLUGS
    }


def test_each_language_has_its_own_search_index(site: Path) -> None:
    for lang, folder in (("ko", site), ("en", site / "en")):
        index = json.loads((folder / "search" / "search_index.json").read_text(encoding="utf-8"))
        entries = {entry["location"]: entry for entry in index["docs"]}
        assert {location.partition("#")[0] for location in entries} == SLUGS
        words = " ".join(entry["text"] for location, entry in entries.items() if location.startswith("xavier/"))
        hangul, latin = len(re.findall("[가-힣]", words)), len(re.findall("[A-Za-z]", words))
        assert (hangul > latin) if lang == "ko" else hangul == 0
        for location, entry in entries.items():
            assert not re.search(r"\\(?:frac|sqrt|sigma|text|[(\[])", entry["text"]), f"math in the index: {location}"


def test_twin_pages_share_the_ids_of_their_headings(pages: dict[str, Document]) -> None:
    for slug in SLUGS - {"api/"}:
        korean, english = (
            [e.get("id") for e in pages[prefix + slug].all("h1", "h2", "h3", "h4") if e.get("id")]
            for prefix in ("", "en/")
        )
        assert korean == english and (korean or slug == ""), slug
        assert not any(name.startswith("_") for name in korean), f"{slug}: a heading lacks its explicit id"


def test_no_formula_and_no_marker_is_left_raw(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        assert not re.search(r"\$\$|\\[(\[]|\\frac|\\begin", document.prose), url
        assert not [e for e in document.elements if "arithmatex" in e.get("class")], url
        assert not [e for e in document.elements if e.get("data-mark") or (e.get("data-figure") and not e.text)], url
        assert not [c for c in document.comments if re.match(r"(display |eq|num|skip|term|fig|table|source)", c)], url


def test_formulas_come_as_html_and_mathml(pages: dict[str, Document]) -> None:
    for prefix in ("", "en/"):
        document = pages[prefix + "xavier/"]
        assert len(document.all("math")) > 20
        styles = [link.get("href") for link in document.all("link") if link.get("rel") == "stylesheet"]
        assert any("katex" in style for style in styles)
        assert not any("katex" in script.get("src") for script in document.all("script"))


def test_pages_without_formulas_load_no_style_for_them(pages: dict[str, Document]) -> None:
    for url, document in pages.items():
        loads = any("katex" in link.get("href") for link in document.all("link"))
        assert loads == bool(document.all("math")), url


def test_every_internal_link_leads_somewhere(site: Path, documents: dict[str, Document]) -> None:
    ids = {url: set(document.ids()) for url, document in documents.items()}
    for url, document in documents.items():
        for element in document.elements:
            target = element.get("href") or element.get("src")
            if not target or element.get("rel").strip() in ("canonical", "alternate") or target.startswith("data:"):
                continue
            address = urlsplit(urljoin(SITE_URL + url, target))
            if f"{address.scheme}://{address.netloc}/" != SITE_URL:
                assert element.tag == "a" or element.inside("svg"), f"{url}: loads {target} from elsewhere"
                continue
            path = address.path.lstrip("/")
            file = site / path / "index.html" if path == "" or path.endswith("/") else site / path
            assert file.is_file(), f"{url}: {target} leads nowhere"
            anchor = address.fragment
            page = path.removesuffix("index.html")
            if anchor and page in ids and not anchor.startswith("__"):
                assert anchor in ids[page], f"{url}: {target}: no such anchor"


def test_styles_load_nothing_from_elsewhere(site: Path) -> None:
    for path in sorted((site / "assets").rglob("*.css")):
        for target in re.findall(r"url\(\s*[\"']?([^)\"']+)", path.read_text(encoding="utf-8")):
            assert not re.match(r"(https?:)?//", target), f"{path.name}: {target}"


def test_404_speaks_both_languages(documents: dict[str, Document]) -> None:
    for url in ("404.html", "en/404.html"):
        document = documents[url]
        sections = {e.get("lang"): e for e in document.all("section") if e.get("lang")}
        assert sections.keys() == {"ko", "en"} and "페이지" in sections["ko"].text and "page" in sections["en"].text
        for lang, home in (("ko", "/"), ("en", "/en/")):
            links = [a for a in document.all("a") if sections[lang] in a.parents]
            assert [urlsplit(urljoin(f"{SITE_URL}lost/deep/", a.get("href"))).path for a in links] == [home]


def test_every_picture_has_a_name(pages: dict[str, Document]) -> None:
    for url, document in pages.items():
        for image in document.all("img"):
            assert image.get("alt"), f"{url}: {image.get('src')} has no alternative text"
        for svg in document.all("svg"):
            if svg.get("role") == "img":
                ids = svg.get("aria-labelledby").split()
                named = [e.text for e in document.elements if e.get("id") in ids]
                assert len(named) == len(ids) == 2 and all(named), f"{url}: a figure without title and description"
            elif not any(parent.get("aria-hidden") for parent in svg.parents):
                assert svg.inside("a", "button", "label", "div"), f"{url}: an svg that is neither figure nor icon"


def test_figures_stand_in_the_page(pages: dict[str, Document]) -> None:
    for url, document in pages.items():
        for figure in document.all("figure"):
            if "wi-figure" in figure.get("class"):
                inside = [e for e in document.elements if figure in e.parents]
                assert {"svg", "title", "desc", "figcaption"} <= {e.tag for e in inside}, url
                caption = next(e for e in inside if e.tag == "figcaption")
                assert bool(re.search("[가-힣]", caption.text)) == (lang_of(url) == "ko"), url
    assert all(pages[url].all("desc") for url in ("xavier/", "en/xavier/"))


def test_ids_are_unique(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        ids = document.ids()
        assert len(ids) == len(set(ids)), f"{url}: {sorted({i for i in ids if ids.count(i) > 1})}"


def test_check_marks_lead_to_their_rows(pages: dict[str, Document]) -> None:
    for prefix in ("", "en/"):
        rows = set(pages[prefix + "checked/"].ids())
        notes = [e for e in pages[prefix + "xavier/"].elements if "wi-check__note" in e.get("class")]
        links = [a.get("href") for a in pages[prefix + "xavier/"].all("a") if any(n in a.parents for n in notes)]
        assert len(links) == len(notes) > 50
        assert all(link.startswith("../checked/#") for link in links)
        assert {link.partition("#")[2] for link in links} <= rows


@pytest.mark.parametrize(
    ("lang", "marker", "said"),
    [
        ("ko", "<!-- eq: a -->", "<code>std</code> &lt;b&gt;"),
        ("ko", "<!-- eq-wrong: a -->", "틀린 식임을 확인했습니다: <code>std</code> &lt;b&gt;"),
        ("en", "<!-- eq-wrong: a -->", "Shown to be false: <code>std</code> &lt;b&gt;"),
        ("ko", '<span data-mark="tab:schemes"></span>', "weightinit으로 계산한 값입니다."),
        ("ko", '<span data-mark="tab:counts"></span>', "이 표는 원고와 테스트 파일에서 자동으로 만들었습니다."),
        ("en", '<span data-mark="tab:tests"></span>', "This table is generated from the pages and the test files."),
        ("en", "<!-- num: 1%20%3C%202 -->", "This number was compared with the value of <code>1 &lt; 2</code>"),
    ],
)
def test_a_note_says_what_was_checked(lang: str, marker: str, said: str) -> None:
    page = marks.fill(marker, lang, "../checked/", lambda name, lang: "`std` <b>")
    assert f'id="wi-check-1">{said} <a href="../checked/#' in page


def test_the_head_box_uses_up_no_mention_of_a_term(pages: dict[str, Document]) -> None:
    for url, document in pages.items():
        linked = [a for a in document.all("a") if a.get("class") == "term"]
        assert not [a for a in linked if any("wi-head" in parent.get("class") for parent in a.parents)], url
    head = next(e for e in pages["xavier/"].all("aside") if "wi-head" in e.get("class"))
    words = {a.text for a in pages["xavier/"].all("a") if a.get("class") == "term"}
    assert any(word in head.text for word in words), "the box names no term: nothing was tried"


def test_source_listings_are_shown_but_not_searched(site: Path, pages: dict[str, Document]) -> None:
    line = "raise ValueError("
    for prefix in ("", "en/"):
        listings = [e for e in pages[prefix + "api/"].all("details") if e.get("class") == "mkdocstrings-source"]
        assert len(listings) > 20 and any(line in listing.text for listing in listings)
        index = json.loads((site / prefix / "search" / "search_index.json").read_text(encoding="utf-8"))
        words = " ".join(entry["text"] for entry in index["docs"] if entry["location"].startswith("api/"))
        assert "fan_in" in words and line not in words


def test_the_font_has_whatever_a_page_shows(site: Path) -> None:
    assert fontcut.characters("&mdash;&#x2713; a &amp") >= set("—✓ a&")
    for path in fontcut.html_files(site):
        text = path.read_text(encoding="utf-8")
        assert fontcut.characters(text) >= fontcut.shown(text), path


def test_english_pages_need_no_hangul_font(site: Path, documents: dict[str, Document]) -> None:
    rules = re.findall(
        r'url\("(\w+-\w+\.woff2)"\).*?unicode-range:([^}]*)',
        (site / "assets/book/fonts/fonts.css").read_text(encoding="utf-8"),
    )
    covered = {name: {ord(c) for c in _characters(ranges)} for name, ranges in rules}
    assert set(covered) == {f"{weight}-{part}.woff2" for weight in ("regular", "bold") for part in ("latin", "hangul")}
    shown = {ord(c) for c in documents["en/xavier/"].prose}
    assert not shown & covered["regular-hangul.woff2"]
    assert {ord(c) for c in "한국어"} <= covered["regular-latin.woff2"]
    for name in covered:
        assert (site / "assets/book/fonts" / name).stat().st_size < 200_000


def _characters(ranges: str) -> str:
    spans = [item.removeprefix("U+").split("-") for item in ranges.split(",")]
    return "".join(chr(c) for span in spans for c in range(int(span[0], 16), int(span[-1], 16) + 1))


def test_vendored_font_has_its_own_name() -> None:
    from fontTools.ttLib import TTFont

    folder = ROOT / "docs" / "shared" / "vendor"
    listed = {entry["path"] for entry in tomllib.loads((folder / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]}
    fonts = sorted((folder / "font").glob("*.ttf"))
    assert len(fonts) == 2 and {f"font/{path.name}" for path in fonts} <= listed
    for path in fonts:
        assert path.stat().st_size < 600_000
        names = {record.nameID: str(record) for record in TTFont(path)["name"].names}
        assert all("Weightinit" in names[number] for number in (1, 3, 4, 6))
        assert not any("Pretendard" in names[number] for number in (1, 3, 4, 6))


# A bad page stops the build: tried on a copy of the project that has one page and the cached notebook.

INDEX = {
    "ko": "---\ntitle: 홈\ndescription: 설명\n---\n\n# 홈 {#home}\n\n글입니다. $x^2$<!-- skip: notation -->\n",
    "en": "---\ntitle: Home\ndescription: About\n---\n\n# Home {#home}\n\nText. $x^2$<!-- skip: notation -->\n",
}
LINES = {"unknown macro": r"식 $\unknown{x}$ 하나", "raw math": "값 $$ x", "missing glyph": "한자 漢 하나",
         "broken link": "[가기](nowhere.md)", "broken anchor": "[가기](#nowhere)"}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path, site: Path) -> Path:
    """A copy of the project with one page in each language; `site` has filled the caches that it takes along."""
    root = tmp_path / "book"
    for name in ("weightinit", "scripts", "docs/shared", ".cache"):
        shutil.copytree(
            ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".writing-*", "frameworks")
        )
    shutil.copy(ROOT / "pyproject.toml", root)
    for readme in ("README.md", "LICENSE"):  # the wheel holds them
        shutil.copy(ROOT / readme, root)
    for name, lang in (("mkdocs.yml", "ko"), ("mkdocs.en.yml", "en")):
        config = (ROOT / name).read_text(encoding="utf-8")
        config = re.sub(r"^  - .*: (?!index|measure|train)\w+\.md\n", "", config, flags=re.MULTILINE)
        (root / name).write_text(config, encoding="utf-8", newline="\n")
        page = root / "docs" / lang / "index.md"
        page.parent.mkdir()
        page.write_text(INDEX[lang], encoding="utf-8", newline="\n")
    return root


def run(start: Callable[..., object], root: Path, target: Path, **environment: str) -> tuple[int, str]:
    process = start(root, target, **environment)
    output, _ = process.communicate()  # type: ignore[attr-defined]
    return process.returncode, output  # type: ignore[attr-defined]


def append(root: Path, lang: str, line: str) -> None:
    page = root / "docs" / lang / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("kind", "lang", "said"),
    [
        ("unknown macro", "ko", [r"docs/ko/index.md:10", r"\unknown", "correct the formula"]),
        ("raw math", "en", ["docs/en/index.md:10", "formula left as TeX", "on lines of its own"]),
        ("missing glyph", "ko", ["docs/ko/index.md:10", "U+6F22", "write it as a formula"]),
        ("broken link", "ko", ["index.md", "nowhere.md"]),
        ("broken anchor", "en", ["index.md", "#nowhere"]),
    ],
)
def test_bad_line_stops_the_build(
    small: Path, tmp_path: Path, start: Callable[..., object], kind: str, lang: str, said: list[str]
) -> None:
    append(small, lang, LINES[kind])
    code, output = run(start, small, tmp_path / "site")
    assert code != 0 and all(words in output for words in said), output


@pytest.mark.parametrize(("lang", "other"), [("ko", "en"), ("en", "ko")])
def test_page_in_one_language_only_stops_the_build(
    small: Path, tmp_path: Path, start: Callable[..., object], lang: str, other: str
) -> None:
    shutil.copy(small / "docs" / lang / "index.md", small / "docs" / lang / "extra.md")
    code, output = run(start, small, tmp_path / "site")
    assert code != 0 and f"docs/{other}/extra.md: missing" in output, output


def test_site_below_a_path_has_a_404_page_that_finds_its_files(
    small: Path, tmp_path: Path, start: Callable[..., object]
) -> None:
    code, output = run(start, small, tmp_path / "site", SITE_URL="https://example.org/book/")
    assert code == 0, output
    for name in ("404.html", "en/404.html"):
        document = Document((tmp_path / "site" / name).read_text(encoding="utf-8"))
        loaded = [e.get("href") or e.get("src") for e in document.all("link", "script")]
        used = [urlsplit(urljoin("https://example.org/book/lost/deep/", target)).path for target in loaded if target]
        assert used and all((tmp_path / "site" / path.removeprefix("/book/")).exists() for path in used), used


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differing(left: Path, right: Path) -> list[str]:
    mine, other = contents(left), contents(right)
    return sorted(name for name in mine.keys() | other.keys() if mine.get(name) != other.get(name))


def test_two_builds_are_the_same_to_the_byte(site: Path, tmp_path: Path, start: Callable[..., object]) -> None:
    """In another folder, with another order of hashing and another time zone, formulas, fonts and the API made anew."""
    root = tmp_path / "elsewhere"
    kept = shutil.ignore_patterns(
        "__pycache__",
        ".venv",
        ".git",
        "site",
        "katex",
        "fonts",
        "api",
        "templates",
        ".*_cache",
        ".hypothesis",
        "frameworks",
    )
    shutil.copytree(ROOT, root, ignore=lambda folder, names: set() if "vendor" in folder else kept(folder, names))
    code, output = run(start, root, tmp_path / "site", PYTHONHASHSEED="7", TZ="Asia/Seoul")
    assert code == 0, output
    assert differing(site, tmp_path / "site") == []


def test_killed_build_and_damaged_cache_leave_the_next_build_right(
    small: Path, tmp_path: Path, start: Callable[..., object]
) -> None:
    for lang in INDEX:
        append(small, lang, "\n\n".join(f"$x_{{{n}}}^2$<!-- skip: notation -->" for n in range(40)))
    katex = small / ".cache" / "katex"
    shutil.rmtree(katex)
    process = start(small, tmp_path / "killed")
    deadline = time.monotonic() + 60
    while not (katex.is_dir() and any(katex.iterdir())):
        assert process.poll() is None and time.monotonic() < deadline  # type: ignore[attr-defined]
        time.sleep(0.002)
    process.kill()  # type: ignore[attr-defined]
    process.communicate()  # type: ignore[attr-defined]
    made = [path for path in katex.iterdir() if not path.name.startswith(".")]
    assert 0 < len(made) < 40, "the build was not killed in its middle"
    made[0].write_bytes(made[0].read_bytes()[:-20])
    code, output = run(start, small, tmp_path / "after")
    assert code == 0, output
    shutil.rmtree(small / ".cache" / "katex")
    assert run(start, small, tmp_path / "clean")[0] == 0
    assert differing(tmp_path / "after", tmp_path / "clean") == []
