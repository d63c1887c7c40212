"""Read every formula of the pages back and compare all its sides with the package; what is wrong comes as a list."""

from functools import cache

from . import claims, spans, texmath
from .pages import Book, Problem

SKIP_SHARE = 0.1


def problems(book: Book) -> list[Problem]:
    """Every formula that states something is marked, and every marked one holds (or, if `eq-wrong`, fails)."""
    found_wrong: list[Problem] = []
    used: set[str] = set()
    for page in book:
        found = [f for f in spans.formulas(page.text) if f.states]
        for formula in found:
            used.add(formula.arg)
            message = _formula_message(formula)
            if message:
                found_wrong.append(Problem(page.where, formula.line, message))
        skipped = [f for f in found if f.kind == "skip"]
        if len(skipped) > SKIP_SHARE * len(found):
            limit = f"at most one in {round(1 / SKIP_SHARE)} may be: bind some with % eq: id"
            message = f"{len(skipped)} of {len(found)} formulas are skipped; {limit}"
            found_wrong.append(Problem(page.where, skipped[-1].line, message))
    for name in sorted(set(claims.CLAIMS) - used):
        found_wrong.append(
            Problem("scripts/book/claims", 1, f"claim '{name}' is on no page: remove it or use it")
        )
    return found_wrong


def refuse_unknown(text: str, where: str) -> None:
    """Stop a build whose page names a claim that does not exist; the tests check what the claims say."""
    for formula in spans.formulas(text):
        if formula.kind.startswith("eq") and formula.arg not in claims.CLAIMS:
            raise ValueError(f"{where}:{formula.line}: {_unknown(formula.arg)}")


def _unknown(name: str) -> str:
    return f"unknown claim '{name}'{claims.nearest(name)}: add it to scripts/book/claims"


def _formula_message(formula: spans.Formula) -> str | None:
    if not formula.kind:
        remedy = "bind it with 'eq: id' (scripts/book/claims) or say 'skip: reason'"
        return f"unmarked formula {formula.tex.strip()!r}: {remedy}"
    if formula.kind == "skip":
        return None if formula.arg else "'skip' needs a reason: 'skip: notation'"
    if formula.arg not in claims.CLAIMS:
        return _unknown(formula.arg)
    if formula.kind == "eq":
        failure = evaluate(formula.tex, formula.arg)
        return failure and f"formula '{formula.arg}' does not hold: {failure}"
    if claims.CLAIMS[formula.arg].mistaken is None:
        return f"claim '{formula.arg}' must say in 'mistaken' which error the formula makes"
    if evaluate(formula.tex, formula.arg) is None:
        return f"formula '{formula.arg}' is marked eq-wrong but holds"
    failure = evaluate(formula.tex, formula.arg, mistaken=True)
    return failure and f"formula '{formula.arg}' is wrong, but not by the mistake it stands for: {failure}"


@cache
def evaluate(tex: str, name: str, mistaken: bool = False) -> str | None:
    """Why the formula fails for some case of its claim, or None where it holds for all."""
    claim = claims.CLAIMS[name]
    letters = (claim.mistaken if mistaken else None) or claim.letters
    for case in claim.cases:
        try:
            texmath.check(tex, letters(case), weights=claim.weights(case), value=claim.value(case))
        except texmath.Mismatch as error:
            return f"sides differ for {case}: {error}"
        except texmath.TexError as error:
            return str(error)
    return None
