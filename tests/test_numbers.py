"""Every number that states a result in the text is computed anew and must round to what is printed.
본문에 결과로 적힌 수를 모두 다시 계산하고 반올림하여, 적힌 값과 같은지 확인합니다."""

from decimal import Decimal

import pytest

from scripts.book import quantities, spans
from scripts.book.pages import Book

BOOK = Book.load()
XAVIER = BOOK.page("en", "xavier")


def test_numbers_on_all_pages_are_what_the_package_gives() -> None:
    assert not quantities.problems(BOOK), "\n".join(map(str, quantities.problems(BOOK)))


@pytest.mark.parametrize(
    ("token", "expr", "right"),
    [
        ("0.0439", "std('xavier', 784, 256)", True),
        ("0.0438", "std('xavier', 784, 256)", False),
        ("0.0440", "std('xavier', 784, 256)", False),
        ("half", "forward_factor(variance('xavier', 8, 8), 8, 'relu')", True),
        ("절반", "forward_factor(variance('he', 8, 8), 8, 'relu')", False),
        ("twice", "variance('he', 8, 8) / variance('lecun', 8, 8)", True),
        ("8.9×10⁻¹⁶", "0.5**50", True),
        ("8.8×10⁻¹⁶", "0.5**50", False),
        ("8.9×10⁻¹⁵", "0.5**50", False),
        ("10⁻¹⁵", "0.5**50", True),
        ("10⁻¹⁶", "0.5**50", False),
        ("7.4 %", "0.0742", True),
        ("7.4 %", "0.742", False),
        ("−1.5", "-1.5", True),
        ("1.5", "-1.5", False),
        ("1,024", "1024", True),
        ("0.5", "given", True),
    ],
)
def test_rounding(token: str, expr: str, right: bool) -> None:
    assert (quantities.message_for(token, expr) is None) is right


def test_a_value_between_two_roundings_is_refused() -> None:
    assert "exactly between" in str(quantities.message_for("0.12", "0.125"))
    assert "exactly between" in str(quantities.message_for("0.13", "0.125"))
    assert quantities.message_for("0.125", "0.125") is None


@pytest.mark.parametrize(
    "expr", ["std('xavir', 784, 256)", "1 / 0", "unknown", "__import__('os')", "float('nan')"]
)
def test_an_expression_that_gives_no_number_is_refused(expr: str) -> None:
    assert "cannot evaluate" in str(quantities.message_for("1.0", expr))


def test_infinity_is_no_number() -> None:
    assert "not a finite number" in str(quantities.message_for("1.0", "1e308 * 10"))


@pytest.mark.parametrize(
    ("token", "value", "unit"),
    [
        ("0.050", "0.050", "0.001"),
        ("2 %", "0.02", "0.01"),
        ("5.4×10⁻⁷", "5.4E-7", "1E-8"),
        ("10⁻³⁰", "1E-30", "1E-30"),
    ],
)
def test_reading_a_printed_number(token: str, value: str, unit: str) -> None:
    assert quantities.read_number(token) == (Decimal(value), Decimal(unit))


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 0.5 here.",
        "about 30 % of it",
        "30% of it",
        "3배가 됩니다.",
        "12 times as many",
        "near 10⁻⁵ now",
    ],
)
def test_an_unmarked_number_is_named(sentence: str) -> None:
    book = BOOK.with_text("en", "xavier", f"{XAVIER.text}\n{sentence}\n")
    problems = [str(problem) for problem in quantities.problems(book)]
    assert (
        len(problems) == 1
        and "unmarked number" in problems[0]
        and problems[0].startswith("docs/en/xavier.md:")
    )


@pytest.mark.parametrize(
    "sentence", ["Chapter 2.3.6 here.", "`std=0.01`", "[x](a-0.5.md)", "$x$ and 12 neurons"]
)
def test_what_states_no_result_needs_no_marker(sentence: str) -> None:
    assert not spans.UNMARKED.search(spans.prose(sentence))


def test_a_marker_after_no_number_is_named() -> None:
    book = BOOK.with_text("en", "xavier", XAVIER.text + "\nvery small<!-- num: 1 -->\n")
    assert "follows no number" in str(quantities.problems(book)[0])
