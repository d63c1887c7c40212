"""Every side of every formula on every page is computed and compared with the package.
모든 쪽에 실린 식의 모든 변을 계산하여 패키지의 값과 같은지 확인합니다."""

import ast
import pkgutil
from pathlib import Path

import pytest

from scripts.book import claims, formulas, spans
from scripts.book.pages import ROOT, Book

BOOK = Book.load()
XAVIER = BOOK.page("ko", "xavier")


def test_formulas_on_all_pages_hold() -> None:
    assert not formulas.problems(BOOK), "\n".join(map(str, formulas.problems(BOOK)))


def broken(old: str, new: str) -> list[str]:
    """What the check says of the Xavier page after one change."""
    assert old in XAVIER.text
    book = BOOK.with_text("ko", "xavier", XAVIER.text.replace(old, new, 1))
    return [str(problem) for problem in formulas.problems(book)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"\sigma^2 = \frac{2}{n_", r"\sigma^2 = \frac{3}{n_", "'xavier-variance' does not hold"),
        (r"= \sqrt{\frac{6}{n", r"= {\frac{6}{n", "'xavier-limit' does not hold"),
        (r"= \sqrt{\frac{6}{n", r"= \sqrt{\frac{6}n", "docs/ko/xavier.md"),
        (r"\mathcal{U}(-\sigma, \sigma)", r"\mathcal{U}(-a, a)", "marked eq-wrong but holds"),
        (r"\mathcal{U}(-\sigma, \sigma)", r"\mathcal{U}(-u, u)", "not by the mistake it stands for"),
        ("% eq: layer\n", "", "unmarked formula"),
        ("% eq: layer\n", "% eq: layers\n", "unknown claim 'layers' (did you mean 'layer'?)"),
        ("% eq: layer\n", "% skip:\n", "'skip' needs a reason"),
        (r"\phi(0) = 0$<!-- eq: tanh-origin -->", r"\phi(0) = 0$", "unmarked formula"),
        (r"\phi(0) = 0$", r"\phy(0) = 0$", r"\phy"),
        (r"\phi(0) = 0$", r"\psi(0) = 0$", "unknown symbol"),
    ],
)
def test_a_broken_formula_is_named(old: str, new: str, said: str) -> None:
    problems = broken(old, new)
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith(("docs/ko/xavier.md:", "scripts/book/claims")) for problem in problems)


def test_the_build_refuses_an_unknown_claim() -> None:
    with pytest.raises(ValueError, match=r"^docs/ko/xavier.md:2: unknown claim 'laier' \(did you mean 'layer'\?\)"):
        formulas.refuse_unknown("text\n$z = x$<!-- eq: laier -->", "docs/ko/xavier.md")
    formulas.refuse_unknown(XAVIER.text, XAVIER.where)


def test_too_many_skips_are_refused() -> None:
    text = XAVIER.text.replace("% eq:", "% skip:")
    problems = formulas.problems(BOOK.with_text("ko", "xavier", text))
    assert any("at most one in 10" in str(problem) for problem in problems)


def test_a_claim_on_no_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(claims.CLAIMS, "idle", claims.CLAIMS["layer"])
    assert "claim 'idle' is on no page" in str(formulas.problems(BOOK)[0])


CLAIM_FILES = sorted((ROOT / "scripts" / "book" / "claims").glob("[a-z]*.py"))


def test_an_id_has_one_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = list(pkgutil.iter_modules(claims.__path__))
    monkeypatch.setattr(pkgutil, "iter_modules", lambda path: pages * 2)
    with pytest.raises(ValueError, match=r"^scripts/book/claims/\w+\.py: .+ means something already$"):
        claims._joined()


def retyped(source: str) -> list[str]:
    """Numbers and arithmetic in a module of claims."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.BinOp | ast.UnaryOp)
        or (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and not isinstance(node.value, bool)
        )
    ]


@pytest.mark.parametrize("path", CLAIM_FILES, ids=lambda path: path.name)
def test_claims_hold_no_number_and_no_formula(path: Path) -> None:
    assert not retyped(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", ["x = 2", "f = lambda n: n * n", "x = -y"])
def test_a_retyped_formula_is_found(source: str) -> None:
    assert retyped(source)


def test_fans_differ_in_every_case() -> None:
    for name, claim in claims.CLAIMS.items():
        for case in claim.cases:
            if hasattr(case, "fan_in"):
                assert case.fan_in != case.fan_out, name


def test_every_stating_span_is_seen() -> None:
    text = (
        "$a = 1$ and `$b = 2$`\n\n$$\n% eq: x\nc = 3\n$$\n\n```\n$d = 4$\n```\n\n$n$ $e=5$<!-- skip: why -->"
    )
    found = [(f.tex.strip(), f.kind, f.arg, f.states) for f in spans.formulas(text)]
    assert found == [
        ("a = 1", "", "", True), ("c = 3", "eq", "x", True), ("n", "", "", False), ("e=5", "skip", "why", True)
    ]  # fmt: skip
