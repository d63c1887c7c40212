"""Both languages have the same pages, headings, paragraphs, formulas, numbers, figures, code and citations.
두 언어의 쪽이 제목, 문단, 식, 수, 그림, 코드, 인용까지 하나하나 대응하는지 확인합니다."""

import pytest

from scripts.book import parity
from scripts.book.pages import Book

BOOK = Book.load()


def problems(book: Book) -> list[str]:
    return [str(problem) for problem in parity.problems(book)]


def test_the_languages_agree() -> None:
    assert not problems(BOOK), "\n".join(problems(BOOK))


def changed(lang: str, old: str, new: str) -> list[str]:
    text = BOOK.page(lang, "xavier").text
    assert old in text
    return problems(BOOK.with_text(lang, "xavier", text.replace(old, new, 1)))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{#derivation}", "{#derivations}"),
        ("{#derivation}", ""),
        (r"$w_{ji}$", r"$w_{ij}$"),
        ("1.508<!-- num", "1.51<!-- num"),
        ("<!-- fig: xavier-depth -->\n", ""),
        ("<!-- term: fan-in -->", ""),
        ("[@glorot2010]", ""),
        ('--8<-- "code/xavier_use.py"', '--8<-- "code/xavier_by_hand.py"'),
        ("`xavier_uniform`", "`xavier_normal`"),
        ("(checked.md)", "(index.md)"),
        ("???", "!!!"),
        ("!!! exercise", "!!! quiz"),
        ("[@he2015]", "[@lecun1998]"),
    ],
)
def test_a_change_on_one_side_is_named(lang: str, old: str, new: str) -> None:
    assert changed(lang, old, new)


def paragraphs(lang: str) -> list[str]:
    """The paragraphs and list items of the Xavier page, each as it stands between empty lines."""
    return [
        part
        for part in BOOK.page(lang, "xavier").text.split("\n\n")
        if part.strip() and not part.startswith("---")
    ]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_missing_paragraph_is_named(lang: str) -> None:
    for paragraph in paragraphs(lang):
        assert changed(lang, paragraph, ""), paragraph


def test_a_missing_page_is_named() -> None:
    texts = {key: text for key, text in BOOK.texts.items() if key != ("en", "xavier")}
    assert problems(Book(texts)) == ["docs/en/xavier.md:1: is missing: write the twin of docs/ko/xavier.md"]


def test_text_in_the_wrong_language_is_named() -> None:
    assert "Korean text" in changed("en", "This is called", "이것을 부르기를")[0]
    korean = "NumPy만으로 구현하면 다음과 같습니다."
    assert "without a word of Korean" in changed("ko", korean, "In plain NumPy the rule looks like this.")[0]
