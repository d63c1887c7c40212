"""The tables to look things up are whole and computed: functions, factors, gains, symbols.
찾아보는 표에 빠진 함수나 기호가 없고, 적힌 분산과 배율과 이득이 다시 계산한 값과 같은지 확인합니다."""

import inspect
import re

import numpy as np
import pytest

import weightinit as wi
from scripts.book import libraries, lookup, notation, tables
from scripts.book.pages import LANGUAGES
from tests.support import Z, rng
from weightinit.schemes.registry import _FUNCTIONS


def rows(table: str, lang: str = "en") -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    lines = [line for line in tables.TABLES[table](lang).split("\n") if line.startswith("| ")]
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_every_scheme_has_its_row() -> None:
    assert {f.name for f in lookup.FUNCTIONS} == {*_FUNCTIONS, "variance_scaling"}
    assert [row[0] for row in rows("factors")] == list(wi.SCHEMES)
    assert {n.scheme for n in libraries.NAMES} == set(wi.SCHEMES)


@pytest.mark.parametrize("function", lookup.FUNCTIONS, ids=lambda function: function.name)
def test_the_variance_of_a_function_is_what_the_table_says(function: lookup.Function) -> None:
    if not function.variance:
        assert function.name in ("lsuv", "from_pretrained"), "which depend on data or on a file"
        return
    draw = getattr(wi, function.name)
    outputs, fan_in = 300, 500
    chosen = {"std": 0.3, "limit": 0.7, "scale": 1.3, "mode": "fan_in", "gain": 1.2, "connections": 20, "value": 2.0}
    takes = inspect.signature(draw).parameters
    given = {name: value for name, value in (chosen | {"rng": rng()}).items() if name in takes}
    shape = (outputs, fan_in)
    if function.name in ("dirac", "delta_orthogonal"):
        shape = (outputs, 200, 1)  # one place: the center is all there is
    weights = draw(shape, **given).astype(np.float64)
    expected = eval(function.variance, {}, {**chosen, "n": fan_in, "fan_in": fan_in, "outputs": outputs})
    if expected == 0:
        assert "rng" not in takes, "nothing is drawn"
    else:
        assert np.mean(weights**2) == pytest.approx(expected, rel=Z * (5 / weights.size) ** 0.5)
        assert np.mean(weights**2) != pytest.approx(1.1 * expected, rel=Z * (5 / weights.size) ** 0.5)


def test_factors_are_those_of_the_recursion() -> None:
    n, depth = lookup.WIDTH, lookup.DEPTH
    for name, linear, relu, deep in rows("factors"):
        variances = [wi.variance(name, n, n)] * depth
        assert float(linear) == pytest.approx(n * variances[0], rel=1e-3)
        profile = wi.forward_profile([n] * (depth + 1), variances, "relu")
        assert float(relu) == pytest.approx(profile[1] / profile[0], rel=1e-3)
        assert float(deep) == pytest.approx((profile[1] / profile[0]) ** depth, rel=0.05)


def test_gains_keep_what_they_promise() -> None:
    z = rng().standard_normal(400_000)
    leaky = (2 / 1.0001) ** 0.5
    conventions = {"linear": 1, "sigmoid": 1, "tanh": 5 / 3, "relu": 2**0.5, "leaky_relu": leaky, "selu": 0.75}
    for name, forward, backward, convention in rows("gains"):
        phi = wi.activation(name)
        assert float(forward) == pytest.approx(np.mean(phi.f(z) ** 2) ** -0.5, rel=0.01)
        assert float(backward) == pytest.approx(np.mean(phi.df(z) ** 2) ** -0.5, rel=0.01)
        assert convention == (f"{conventions[name]:.4f}" if name in conventions else "–")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_symbols_are_found_where_the_table_says_and_none_is_missing(lang: str) -> None:
    used = notation.used(lang)
    listed = {symbol.key for symbol in notation.SYMBOLS}
    chapter = [page for pages in used.values() for page in pages]
    most = len({page.slug for page in chapter}) * 2 / 3
    missing = {key for key, pages in used.items() if len(pages) > most} - listed - {"in", "out"}
    assert not missing, f"used on most pages that have formulas, yet not in the table: {missing}"
    for symbol, (_, meaning, page) in zip(notation.SYMBOLS, rows("symbols", lang), strict=True):
        slug = re.search(r"\((\w+)\.md\)", page)
        assert slug and slug[1] == used[symbol.key][0].slug and meaning == symbol.words(lang)


def test_symbols_are_told_apart_by_prime_and_fan() -> None:
    from scripts.book.texparse import parse

    ((sides, _),) = parse(r"\phi'(z_j)^2 n_{\text{in}} = w_{ji}", {"phi'"})
    assert {key for side in sides for key in notation._symbols(side)} >= {"n_in", "z", "w"}
