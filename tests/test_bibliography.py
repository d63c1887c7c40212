"""Every citation names an entry of references.bib, and each entry is listed with the pages that cite it.
모든 인용이 references.bib의 문헌을 가리키고, 참고 문헌마다 그것을 인용한 쪽이 적혀 있는지 확인합니다."""

import re
from collections import Counter
from pathlib import Path

import pytest

from scripts.book import bibliography
from scripts.book.pages import LANGUAGES, ROOT, Book, Page

BOOK = Book.load()
ENTRIES = bibliography.load()
KEY = re.compile(r"`([a-z]+(?:19|20)\d\d)`")


def cite(text: str, root: str = "../") -> str:
    return bibliography.cite(text, "ko", "docs/ko/xavier.md", root)


def link(key: str, label: str) -> str:
    return f'<a class="citation" href="../references/#{key}">{label}</a>'


GLOROT = link("glorot2010", "Glorot &amp; Bengio, 2010")
HE = link("he2015", "He et al., 2015")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가 [@glorot2010]는", f"가 ({GLOROT})는"),
        ("[@martens2010]", f"({link('martens2010', 'Martens, 2010')})"),
        ("[@he2015, 2.2절]", f"({HE}, 2.2절)"),
        ("[@he2015, sec. 2.2, eq. (10)]", f"({HE}, sec. 2.2, eq. (10))"),
        ("[@glorot2010; @he2015, 2.2절]", f"({GLOROT}; {HE}, 2.2절)"),
        ("[@glorot2010] [@he2015]", f"({GLOROT}) ({HE})"),
        ("[링크](x.md) a@b.org [^1]", "[링크](x.md) a@b.org [^1]"),
    ],
)
def test_citations_become_links(text: str, expected: str) -> None:
    assert cite(text) == expected


@pytest.mark.parametrize(
    "text", ["`[@glorot2010]`", "```\n[@glorot2010]\n```", "$[@glorot2010]$", "$$\n[@x]\n$$", "<!-- [@x] -->"]
)
def test_code_formulas_and_comments_are_left_alone(text: str) -> None:
    assert cite(text) == text
    assert cite(f"{text} [@he2015]") == f"{text} ({HE})"


def test_links_start_at_the_root_of_the_language() -> None:
    assert 'href="./references/#he2015"' in cite("[@he2015]", root="./")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "\n\n[@glorot2011]",
            "docs/ko/xavier.md:3: unknown citation 'glorot2011' (did you mean 'glorot2010'?); add it",
        ),
        (
            "[@he2015; @nobody]",
            "docs/ko/xavier.md:1: unknown citation 'nobody'; add it to docs/shared/references.bib",
        ),
        (
            "[@he2015; glorot2010]",
            "docs/ko/xavier.md:1: cannot read 'glorot2010' in a citation; write [@key]",
        ),
    ],
)
def test_an_unknown_citation_stops_the_build(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        cite(text)


def test_an_incomplete_entry_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text("@misc{key1,\n  title = {A title},\n}\n", encoding="utf-8", newline="\n")
    with pytest.raises(
        ValueError, match="references.bib: 'key1' has no author and no year; write what is missing"
    ):
        bibliography.load(path)


def test_keys_are_surname_and_year() -> None:
    for key, entry in ENTRIES.items():
        surname = re.sub(r"[^a-z]", "", str(entry.persons["author"][0].rich_last_names[0]).lower())
        assert key == surname + entry.fields["year"]


def test_no_two_works_look_alike_in_the_text() -> None:
    labels = Counter(bibliography.label(entry) for entry in ENTRIES.values())
    assert max(labels.values()) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_lists_every_work_once_in_order(lang: str) -> None:
    keys = re.findall(r'<li id="([^"]+)"', bibliography.table(lang))
    assert sorted(keys) == sorted(ENTRIES)
    assert keys == sorted(keys, key=lambda key: bibliography.label(ENTRIES[key]).lower())


def row(key: str, pages: list[Page], lang: str = "ko") -> str:
    table = bibliography.table(lang, Book({(page.lang, page.slug): page.text for page in pages}))
    return next(line for line in table.split("\n") if f'<li id="{key}">' in line)


def test_a_row_tells_what_is_known() -> None:
    line = row("lecun1998", [])
    assert "LeCun, Y., Bottou, L., Orr, G. B., Müller, K.-R. (1998). " in line
    assert '<cite lang="en">Efficient BackProp</cite>.' in line
    assert "Neural Networks: Tricks of the Trade, LNCS 1524, 9–50." in line
    assert '<a href="https://doi.org/10.1007/3-540-49430-8_2">doi:10.1007/3-540-49430-8_2</a>' in line
    assert '<a href="https://arxiv.org/abs/1502.01852">arXiv:1502.01852</a>' in row("he2015", [])
    assert "features in deep neural networks?</cite> " in row("yosinski2014", [])


def test_a_row_names_the_pages_of_its_language_that_cite_it() -> None:
    pages = [
        Page("ko", "xavier", '---\ntitle: "Xavier 초기화"\n---\n[@glorot2010, 3절]'),
        Page("ko", "index", "---\ntitle: 처음\n---\n[@he2015; @glorot2010]"),
        Page("ko", "other", "`[@glorot2010]`"),
        Page("en", "xavier", "---\ntitle: Xavier initialization\n---\n[@glorot2010]"),
    ]
    korean = (
        '<span class="cited">인용한 쪽 <a href="../xavier/">Xavier 초기화</a>, <a href="../">처음</a></span>'
    )
    assert korean in row("glorot2010", pages)
    assert '<span class="cited">Cited on <a href="../xavier/">Xavier initialization</a></span>' in row(
        "glorot2010", pages, "en"
    )
    assert "cited" not in row("lecun1998", pages)


@pytest.mark.parametrize("path", sorted((ROOT / "weightinit").rglob("*.py")), ids=lambda path: path.stem)
def test_the_package_names_known_works_as_its_sources(path: Path) -> None:
    assert set(KEY.findall(path.read_text(encoding="utf-8"))) <= set(ENTRIES)


def test_a_key_in_a_docstring_is_seen() -> None:
    assert KEY.findall("`glorot2010`, whose `fan_in2` is not `nobody1999`") == ["glorot2010", "nobody1999"]


@pytest.mark.parametrize("page", list(BOOK), ids=lambda page: page.where)
def test_the_pages_cite_known_works(page: Page) -> None:
    made = bibliography.cite(page.text, page.lang, page.where, "../")
    assert not list(bibliography.citations(made))
