"""Read every number of the text back and compare it with what its expression gives; what is wrong comes as a list."""

import io
import math
import runpy
from collections.abc import Iterator
from contextlib import redirect_stdout
from decimal import Decimal
from functools import cache

import weightinit

from . import figkit, spans
from .pages import ROOT, Book, Page, Problem

SUPERSCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")


def problems(book: Book) -> list[Problem]:
    """Every number that states a result is marked, and every marked one is what its expression gives."""
    return [problem for page in book for problem in _page_numbers(page)]


def _page_numbers(page: Page) -> Iterator[Problem]:
    for number in spans.numbers(page.text):
        message = message_for(number.token, number.expr)
        if message:
            yield Problem(page.where, number.line, message)
    for marker, line in spans.markers(spans.blank(spans.WORD, spans.blank(spans.NUMBER, page.text)), "num"):
        yield Problem(page.where, line, f"marker 'num: {marker}' follows no number or number word")
    text = spans.prose(page.text)
    for match in spans.UNMARKED.finditer(text):
        remedy = "append <!-- num: expression --> (or <!-- num: given --> for an assumption)"
        yield Problem(
            page.where, spans.line_of(text, match.start()), f"unmarked number '{match[0]}': {remedy}"
        )


@cache
def message_for(token: str, expr: str) -> str | None:
    """Why the printed number is not what the expression gives, or None."""
    if expr == "given":
        return None
    try:
        value = float(eval(expr, {"__builtins__": {}}, NAMES))
    except Exception as error:
        return f"cannot evaluate '{expr}': {type(error).__name__}: {error}"
    if not math.isfinite(value):
        return f"'{expr}' is {value}, not a finite number"
    if token in spans.WORDS:
        good = math.isclose(value, spans.WORDS[token], rel_tol=1e-9)
        return None if good else f"'{token}' stands for {spans.WORDS[token]:g}, but {expr} = {value!r}"
    printed, unit = read_number(token)
    off = abs(Decimal(value) - printed)
    half = unit / 2
    if abs(off - half) < half * Decimal("1e-9"):
        return f"'{token}' lies exactly between two roundings of {value!r}: print another digit"
    return None if off < half else f"'{token}' is printed, but {expr} = {value!r}"


@cache
def example(name: str) -> dict[str, object]:
    """The names that an example of docs/shared/code leaves behind."""
    with redirect_stdout(io.StringIO()):
        return runpy.run_path(str(ROOT / "docs" / "shared" / "code" / f"{name}.py"))


#: What a number's expression may use: the public package, the figures' numbers, and a little arithmetic.
NAMES = {name: getattr(weightinit, name) for name in weightinit.__all__} | {
    "fig": figkit.data, "example": example, "abs": abs, "min": min, "max": max, "sqrt": math.sqrt,
    "floor": math.floor, "log10": math.log10,
}  # fmt: skip


def read_number(token: str) -> tuple[Decimal, Decimal]:
    """The printed value and the unit of its last digit: '7.4 %' gives 0.074 and 0.001."""
    percent = token.endswith("%")
    text = token.rstrip("% ").replace("−", "-").replace(",", "").replace(" ", "")
    mantissa, _, power = text.partition("×10")
    if mantissa.startswith("10") and mantissa[2:3] and mantissa[2:3] in "⁻⁰¹²³⁴⁵⁶⁷⁸⁹":
        mantissa, power = "1", mantissa[2:]
    exponent = int(power.translate(SUPERSCRIPTS) or 0) - (2 if percent else 0)
    number = Decimal(mantissa)
    unit = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return number.scaleb(exponent), unit.scaleb(exponent)
