"""Pages spoilt on purpose are noticed: a sample here, all of them with scripts/mutate_book.py.
일부러 망가뜨린 쪽을 알아채는지 표본으로 확인합니다. 전체는 scripts/mutate_book.py가 확인합니다."""

from itertools import islice

import pytest

from scripts import mutate_book
from scripts.book import code_mutants, mutants
from scripts.book.pages import ROOT, Book

BOOK = Book.load()
STEP = 40


@pytest.mark.parametrize("group", mutants.KINDS)
def test_a_sample_of_spoilt_pages_is_noticed(group: str) -> None:
    sample = list(islice(mutants.mutants(BOOK, group), 0, None, STEP))
    assert sample
    for mutant in sample:
        book = BOOK.with_text(mutant.page.lang, mutant.page.slug, mutant.text)
        assert mutate_book.noticed(book, book.page(mutant.page.lang, mutant.page.slug)), str(mutant)


def test_the_book_as_it_is_raises_no_alarm() -> None:
    for page in BOOK:
        assert not mutate_book.noticed(BOOK, page), page.where


@pytest.mark.parametrize(
    ("tex", "kind", "wrong"),
    [
        ("a^2", "digit", "a^3"),
        (r"n_{\text{in}}", "in/out", r"n_{\text{out}}"),
        (r"\sqrt{x}", "root", "{x}"),
        ("a^{2}", "square", "a"),
        (r"\phi'(0)", "prime", r"\phi(0)"),
        ("-a", "sign", "a"),
        (r"\frac{a}{b+c}", "fraction", r"\frac{b+c}{a}"),
        (r"\mathcal{U}(a)", "U/N", r"\mathcal{N}(a)"),
    ],
)
def test_each_slip_of_the_pen_is_made(tex: str, kind: str, wrong: str) -> None:
    assert wrong in [edit.apply(tex) for name, edit in mutants.formula_edits(tex) if name == kind]


def test_code_mutants_leave_documentation_and_checks_alone() -> None:
    example = ROOT / "docs" / "shared" / "code" / "xavier_by_hand.py"
    changes = {mutant.change for mutant in code_mutants.mutants(example)}
    assert "784 -> 785" in changes and "fan_in + fan_out -> fan_in - fan_out" in changes
    assert not any("0.01" in change for change in changes)  # the tolerance of an assertion


def test_an_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate_book.main(["formula"]) == 2
    assert "unknown group 'formula': expected one of formulas, numbers" in capsys.readouterr().out
