"""Formulas are read by the rules of mathematical notation: wrong ones fail, and ambiguous ones are refused.
수식을 수학 표기법대로 해석하여, 틀린 수식은 통과시키지 않고 두 가지로 읽히는 수식은 거부하는지 확인합니다."""

import math
import re
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
import scipy.integrate
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.book import texmath
from scripts.book.texlex import COMMANDS, GREEK
from scripts.book.texmath import Indexed, Mismatch, Normal, TexError, Uniform, check, parse

N_IN, N_OUT = 300, 100
XAVIER, HE, LECUN = 2 / (N_IN + N_OUT), 2 / N_IN, 1 / N_IN


def relu(x: Any) -> Any:
    return np.maximum(x, 0.0)


def step(x: Any) -> Any:
    """Slope of twice ReLU."""
    return (np.asarray(x) > 0) * 2.0


# Two independent weights and inputs in every combination of their outcomes: expectations are exact sums.
_OUTCOMES = np.array(list(product((-0.5, 2.0), (-0.5, 2.0), (-1.0, 0.5, 4.0), (0.0, 2.0))))
_CHANCES = np.array(
    [np.prod(p) for p in product((0.8, 0.2), (0.8, 0.2), (0.5, 0.2, 0.3), (0.25, 0.75))], dtype=np.float64
)
_W, _X = _OUTCOMES[:, :2].T, _OUTCOMES[:, 2:].T
_BATCH = [[1.0, 2.0, 4.0], [3.0, 5.0, 8.0]]

LETTERS: dict[str, object] = {
    "n_in": N_IN, "n_out": N_OUT, "n": 7, "a": 0.01, "k": 3, "g_k": 5.0, "x": 0.7, "y": -1.3, "b": 2.5,
    "t": -0.4, "sigma": math.sqrt(XAVIER), "sigma_w": 1.4, "sigma_b": 0.2, "q": 0.8, "v": 1 / N_OUT,
    "u": 1 / N_IN, "limit": math.sqrt(6 / (N_IN + N_OUT)), "fan_in": N_IN, "L": 4, "l": 2, "mathcal L": 0.3,
    "hat x": 0.9, "bar x": 1.1, "tilde x": 1.2, "x'": 3.3, "theta": 0.5, "ell": 2,
    "U": Uniform(-0.1, 0.3), "N": Normal(0.25, XAVIER), "W": Uniform(-math.sqrt(6 / 400), math.sqrt(6 / 400)),
    "phi": lambda x: 2 * relu(x), "phi'": step, "f": lambda x, y: 10 * x + y, "ReLU": relu, "T": np.tanh,
    "w": list(_W), "X": list(_X), "A": _BATCH, "B": Indexed(lambda i, j: _BATCH[i - 1][j - 1]),
    "H": Indexed(lambda layer, i: 100 * layer + i), "m": {0: 1.0, 1: 0.5, 2: 0.25},
    "s": Indexed(lambda i: float(i)), "range i": 2, "range j": 2, "range k": (1, 3),
    "P": 2 * _W[0] + _X[0], "Z": _W[0] * _X[0] + _W[1] * _X[1],
    "Y": _X[0], "V": _W[0],
}  # fmt: skip


def run(source: str, value: float | None = None) -> int:
    return check(source, LETTERS, _CHANCES, value)


#: What must hold, each construct at least once; SPOILERS make each of them wrong in every place they can.
_EXACT = r"""
    \sigma^2 = \frac{2}{n_{\text{in}} + n_{\text{out}}}
    \sigma = \sqrt{\frac{2}{n_{\text{in}} + n_{\text{out}}}}
    \mathrm{limit} = \sqrt{\frac{6}{n_{\text{in}} + n_{\text{out}}}} = \sqrt3\,\sigma
    \text{limit}^2 = 3\sigma^2, \quad n_{\mathrm{in}} = \text{fan\_in}
    \sigma^2 = \frac{2}{\frac{1}{u} + \frac{1}{v}}, \qquad u = \frac{1}{n_{\text{in}}}
    W \sim \mathcal{U}\left(-\sqrt{\frac{6}{n_{\text{in}} + n_{\text{out}}}},\ \sqrt{\frac{6}{400}}\right)
    U \sim \mathcal{U}(-0.1, 0.3)
    U \sim \mathcal{U}[-0.1, 0.3)
    N \sim \mathcal{N}\bigl(\tfrac14, \sigma^2\bigr)
    \operatorname{Var}[W] = \frac{\mathit{limit}^2}{3}
    \int_{-a}^{a} \frac{t^2}{2a}\,dt \cdot b = \frac{b a^2}{3}
    \operatorname{Var}(N) = \sigma^2, \quad \mathbb{E}[N] = 0.25, \quad \operatorname{std}(N) = \sigma
    \operatorname{E}[U] = 0.1, \quad \operatorname{Var}[U] = \frac{0.4^2}{12}
    \operatorname{Var}[Y] = \mathbb{E}\!\left[(Y - \mathbb{E}[Y])^2\right] = \operatorname{std}[Y]^2
    \operatorname{Cov}[P, Y] = \mathbb{E}[PY] - \mathbb{E}[P]\,\mathbb{E}[Y] \iff \mathbb{E}[Y] + 0.3 = 1.1
    Z = \sum_{i=1}^{2} w_i X_i = \sum_i w_i X_i
    \prod_{i=1}^{L} s_{i+1} = 120, \quad \sum_{i=1}^{n} i^2 = \frac{n(n+1)(2n+1)}{6}
    \sum_{i=1}^n s_{i+1} = 35, \quad \sum_{i=1}^{3} 2i + 1 = 13
    \sum_{i=1}^{3} i \sum_{j=1}^{i} j = 25
    B_{1,2} = 2, \quad B_{2k} = 8, \quad \sum_i \sum_k A_{ik} = 23, \quad \prod_i i = 2
    H^{(l)}_{k} = 203, \quad H_k^{(l+1)} = 303, \quad s_{12} = 12, \quad m_{\ell} = \frac14
    \int\mathcal{D}z\,\phi(z)^2 = 2 = 2\int \mathcal{D}z\, \phi'(z)
    \int\mathcal{D}z\,z^2 = 1, \quad \int\mathcal{D}z\,\phi(z) = \frac{2}{\sqrt{2\pi}}
    \sigma_w^2 \int\mathcal{D}z\,\phi\left(\sqrt{q}z\right)^2 + \sigma_b^2 = 2\sigma^2_w q + \sigma_b^{2}
    \frac{2}{n}{g}_{k}+3 = \frac{2 \cdot 5}{7} + 3
    \tanh^2 x = \tanh(x)^2 = T(x)^2, \quad \ln(e^x) = x, \quad \exp(x)\exp\{y\} = e^{x+y}
    \sin^2 x + \cos^2 x = 1, \quad \tan x = \frac{\sin x}{\cos x}, \quad \arccos(\cos x) = x
    \max(a, b) = \max\{x, b, y\} = b, \quad \min(x, y) = y, \quad f(x, y) = 10x + y
    |y| = -y = \lvert y \rvert = \left|y\right| = |x + |y|| - x, \quad |x||y| = -xy
    x/b = x \div b = \frac{x}{b}, \quad 2 \times 3 \cdot 4 = 24, \quad (x + y)/2 = \dfrac{x + y}{2}
    \sqrt[3]{8} = 2, \quad \frac12 = 0.5, \quad \frac1n = \tfrac{1}{7}, \quad 2^{-3} = 0.125
    \sqrt2^2 = 2, \quad (-x)^3 = -x^3, \quad \ell = 2
    \{[(x)]\} = \Bigl\{\bigl[\left(x\right)\bigr]\Bigr\}, \quad {x}^{2} = x^2 = -(-x^2)
    \sigma \approx 0.0707, \quad 0.07 \approx \sigma, \quad y \approx -1
    \sigma_b^2/n \approx 5.7 \times 10^{-3}, \quad 2^{-50}\,x \approx 8.9 \times 10^{-16}\,x
    2^{-10} \approx 10^{-3}
    \mathcal{L} = 0.3, \quad \bar{x} = 1.1, \quad \tilde x = 1.2, \quad x' = 3.3, \quad \cos \pi = -1
    \operatorname{ReLU}(y) = \text{ReLU}(y) = \max(0, y), \quad a(b + x) = ab + ax, \quad \phi'(x)^2 = 4
"""
_ALIGNED = r"""
    % eq: some-id
    \begin{aligned}
    \mathbb{E}[Z^2] &= \sum_i \sum_j \mathbb{E}[w_i w_j]\,\mathbb{E}[X_i X_j] \\
      &= \sum_i \mathbb{E}[w_i^2]\,\mathbb{E}[X_i^2], \\
    &\implies y^2 &= 1.69 \\
      &\approx 1.7 \\
    \end{aligned}.
"""
EXACT = [*map(str.strip, _EXACT.strip().splitlines()), _ALIGNED.lstrip("\n")]
#: What holds too, but may also hold when changed.
LOOSE = [
    r"y < t < a \le x \leq b, \quad b \ge \hat{x} \geq x > t, \quad x \neq y, \quad Y < 4.5",
    r"\mathbb{E}[Y]^2 = (\mathbb{E}[Y])^2 \ne \mathbb{E}[Y^2] \Rightarrow \operatorname{Var}[3] = 0",
    r"\mathbb{E}[w_1] = 0 \implies \mathbb{E}[w_1 X_1] = 0 \implies \operatorname{Cov}[V, Y] = 0",
    r"\begin{aligned} x \quad &= \quad 0.7 \\[4pt] b &= 2.5~~\;\: \end{aligned}",
]
HOLDS = EXACT + LOOSE


def outcome(source: str) -> type[Exception] | None:
    try:
        run(source)
    except (TexError, Mismatch) as error:
        return type(error)
    return None


@pytest.mark.parametrize("source", HOLDS)
def test_what_is_true_holds(source: str) -> None:
    signs = re.sub(r"%.*\n|_\{\w=", "", source)
    relations = re.findall(r"[=<>]|\\(?:approx|sim|ne|neq|le|leq|ge|geq)(?![a-z])", signs)
    assert run(source) == len(relations)


def swap_fraction(source: str, at: int) -> str:
    """\frac{A}{B} to \frac{B}{A}."""
    parts, pos = [], at + len(r"\frac")
    for _ in "AB":
        end = pos + 1
        if source[pos] == "{":
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(source[end], 0)
                end += 1
        parts.append(source[pos:end])
        pos = end
    above, below = parts
    return source[:at] + r"\frac" + below + ("" if below[0] == "{" else " ") + above + source[pos:]


#: name -> pattern, and what each match of it becomes (a string, or a function of source and place)
SPOILERS: dict[str, tuple[str, str | Callable[[re.Match[str]], str]]] = {
    "digit": (r"\d", lambda m: str((int(m[0]) + 1) % 10)),
    "in for out": (r"\{in\}", "{out}"),
    "out for in": (r"\{out\}", "{in}"),
    "root": (r"\\sqrt(?=[{\d])", ""),
    "power": (r"\^(?:\d|\{\d\})", ""),
    "prime": (r"'", ""),
    "sign": (r"(?<=[{(=\[] )-|(?<=[{(=\[])-", ""),
    "plus": (r"\+", "-"),
    "minus": (r"(?<=[\w\])] )- ", "+"),
    "fraction": (r"\\frac(?=[{\d])", lambda m: swap_fraction(m.string, m.start())),
    "uniform": (r"\\mathcal\{U\}", r"\\mathcal{N}"),
    "normal": (r"\\mathcal\{N\}", r"\\mathcal{U}"),
    "equal": (r"(?<![a-z])=", r"\\ne "),
    "rounded": (r"\\approx", "="),
    "variance": (r"\\operatorname\{Var\}", r"\\operatorname{std}"),
    "expectation": (r"\\mathbb\{E\}", r"\\operatorname{std}"),
    "sum": (r"\\sum", r"\\prod"),
    "product": (r"\\prod", r"\\sum"),
    "extreme": (r"\\max", r"\\min"),
    "function": (r"\\(?:sin|tanh|exp)", r"\\cos"),
    "times": (r"\\(?:cdot|times)", "+"),
    "divide": (r"/|\\div", r"\\cdot"),
    "absolute value": (r"\|y\|", "(y)"),
    "layer": (r"\(l(\+1)?\)", "(L)"),
    "letter": (r"\\hat|\\bar|\\tilde", ""),
    "base": (r"\be\^", "b^"),
}


@pytest.mark.parametrize("name", SPOILERS)
def test_what_is_spoiled_fails(name: str) -> None:
    pattern, change = SPOILERS[name]
    outcomes = {}
    for source in EXACT:
        for match in re.finditer(pattern, source):
            if name == "fraction":
                assert callable(change)
                spoiled = change(match)
            else:
                new = change(match) if callable(change) else match.expand(change)
                spoiled = source[: match.start()] + new + source[match.end() :]
            outcomes[spoiled] = outcome(spoiled)
    assert [source for source, result in outcomes.items() if result is None] == []
    assert Mismatch in outcomes.values()


def test_swaps_are_only_seen_where_the_fans_differ() -> None:
    swapped = r"\sigma^2 = \frac{2}{n_{\text{out}}}"
    assert check(swapped, {"sigma": 0.1, "n_in": 200, "n_out": 200}) == 1
    with pytest.raises(Mismatch):
        check(swapped, {"sigma": 0.1, "n_in": 200, "n_out": 100})


@pytest.mark.parametrize("source", HOLDS)
def test_every_place_is_read(source: str) -> None:
    """An unbound letter put anywhere is noticed: no text is dropped."""
    first = source.index("\n") + 1 if "%" in source else 0
    unread = [
        pos for pos in range(first, len(source) + 1) if outcome(source[:pos] + "Q" + source[pos:]) is None
    ]
    assert unread == []


#: What is refused, with ‸ before the place that the error must show, and a part of its message.
REFUSED = r"""
    x = ‸− y                            | minus sign
    x = y ‸* 2                          | \cdot
    x = ‸\log y                        | \ln
    x < ‸\infty                        | not a number
    x ‸\to 0                           | limit
    x = ‸\pm y                         | two values
    x = 1 + ‸\dots + n                 | \sum
    x = ‸\fraq{1}{2}                   | did you mean \frac
    x = ‸\foo                          | unknown command \foo
    x = y ‸% half                       | comments
    x = n‸!                             | factorial
    x = ‸가                             | U+AC00
    ‸\begin{cases} x = y \end{cases}  | only aligned
    \begin{aligned} x &= y‸            | end of the formula
    \begin{aligned} x &= y ‸& b &= b \end{aligned} | unexpected &
    \begin{aligned} x &= y \end{aligned} ‸+ 1 | follows
    \begin{aligned} x &= x \\ \implies &‸= x \end{aligned} | found =
    x ‸&= y                             | only in aligned
    x = y ‸\\ b = b                   | only in aligned
    x = y‸, b = b                       | \quad
    x = y ‸\quad b = b                 | \qquad
    x = y‸, , \quad b = b              | \qquad
    x = y ‸)                            | unexpected )
    x = y‸. b                           | unexpected .
    x = (y‸                             | expected ) to close (
    x = \frac{1}{y‸                    | expected } to close {
    x = \left(y‸)                      | expected \right) to close \left(
    x = \left(y‸\right]               | expected \right) to close \left(
    x = \bigl(y‸\Bigr)                | expected \bigr) to close \bigl(
    x = (y‸]                            | expected ) to close (
    x = |y‸                             | expected | to close |
    x = ‸\left. y \right)             | \left needs one of
    x = \frac{1}{‸}                    | expected an expression, found }
    x =‸                                | expected an expression
    x = y +‸                            | expected an expression
    x = y \cdot ‸-b                    | found -
    x \approx ‸= y                     | found =
    x = ‸= y                            | found =
    ‸= y                                | found =
    x^2‸^3 = y                          | double superscript
    {x^2}‸^3 = y                        | double superscript
    x^2‸' = y                           | double superscript
    x_1‸_2 = y                          | double subscript
    (x)‸_2 = y                          | subscript needs a symbol
    (x)‸' = y                           | prime needs a symbol
    (x)^‸{(l)} = y                      | index in parentheses
    x^‸12 = y                           | braces
    x^‸-1 = y                           | braces
    x_‸12 = y                           | braces
    \sqrt‸12 = y                       | braces
    \frac‸123 = y                      | braces
    \frac{1}{2}‸^2 = y                 | parentheses
    {x ‸+ y} b = x                      | does not show
    {x ‸y}^2 = x                        | does not show
    x ‸2 = y                            | \cdot
    2 ‸3 = y                            | \cdot
    2 \, ‸000 = y                      | begins with 0
    2 ‸\frac{1}{2} = y                 | mixed number
    x = ‸1e-5                           | 10^{-17}
    x = 1‸,500                          | \quad
    x = 1{‸,}500                        | found ,
    x / ‸b y = 1                        | divisor
    x / ‸b / y = 1                      | divisor
    x / ‸b \cdot y = 1                 | divisor
    1 / ‸\sum_i i = 1                  | divisor
    \prod_i i ‸\cdot 2 = 1            | \prod
    \sin ‸2 x = 1                      | parentheses
    \ln ‸x^2 = 1                       | parentheses
    \ln ‸x / 2 = 1                     | parentheses
    \tanh ‸-x = 1                      | found -
    \sin^{‸-1} x = 1                   | positive whole number
    \max ‸x = 1                        | brackets
    \max‸(x) = 1                       | two or more
    \exp‸(x, y) = 1                    | takes 1
    ‸\mathbb{R} = 1                    | \mathbb{E}
    \mathbb{E}‸_x[x] = 1               | brackets
    \mathbb{E}‸[x, y] = 1              | takes 1
    \operatorname{Cov}‸[x] = 1         | takes 2
    \operatorname{Var}‸^2[x] = 1       | brackets
    x = (y, ‸b)                         | argument of a function
    \sum ‸i = 1                        | index
    ‸\sum_{i=1} i = 1                  | both bounds
    ‸\sum_{i}^{n} i = 1                | both bounds
    \sum_{‸1} i = 1                    | run over
    \sum_{i=1}^{2} ‸\sum_{i=1}^{2} i = 1 | already running
    ‸\sum_{i=2}^{1} i = 1              | nothing to add
    ‸\sum_p 1 = 1                      | has no range
    \int ‸x = 1                        | \int\mathcal{D}z
    \int_{0}^{1} t ‸= 1                | expected d
    \int_{0}^{1} t\,d‸d = 1           | other than d
    \int\mathcal{D}z\,z ‸\int\mathcal{D}s\,s = 1 | inside an integral
    \int\mathcal{D}z\,‸\mathbb{E}[z] = 1 | inside an integral
    \int\mathcal{D}z\,‸Y = 1         | expected a number here
    ‸\text{if so} = 1                  | one name
    ‸\mathcal{xy} = 1                  | one capital letter
    \hat{‸xy} = 1                      | one symbol
    ‸p = 1                              | unknown symbol 'p'
    ‸n_{\text{inn}} = 1                | did you mean 'n_in'
    ‸\mathrm{Var}(x) = 1               | \operatorname{Var}[...]
    ‸\operatorname{erf}(x) = 1         | unknown symbol 'erf'
    ‸e = 2                              | unknown symbol 'e'
    ‸\sigma_v = 1                      | unknown symbol 'sigma_v'
    ‸x'' = 1                            | unknown symbol "x''"
    ‸y' = 1                             | unknown symbol "y'"
    \sum_k ‸g_k = 1                    | index is running
    ‸w_3 = 1                            | expected one of [1, 2]
    ‸w = 1                              | needs its indices
    ‸s = 1                              | needs its indices
    ‸B_1 = 1                            | B_1
    s_{‸x} = 1                          | whole number
    s_{‸V} = 1                          | not a random variable
    s_{ij‸+1} = 1                       | commas
    s_{1 ‸2} = 1                        | comma
    s_{‸2.5} = 1                        | found 2.5
    s_{‸i^2} = 1                        | index is a letter
    ‸\phi = 1                          | write its argument
    ‸\phi^2(x) = 1                     | write its argument
    ‸\phi^{(l)}(x) = 1                 | expected no index
    ‸f(x) = 1                           | missing
    ‸U + 1 = 1                          | distribution
    ‸U = U                              | distribution
    W \sim ‸x                          | \mathcal{U}(low, high)
    W \sim \mathcal{U}(0‸)            | comma
    N \sim \mathcal{N}(0, 1‸]         | expected )
    ‸x \sim \mathcal{U}(0, 1)         | stands for a distribution
    ‸2W \sim \mathcal{U}(0, 1)        | stands for a distribution
    W \sim \mathcal{U}(‸Y, 1)         | not a random variable
    \sigma \approx ‸\sqrt{v}         | printed number
    b \approx ‸2                       | between two roundings
    x \approx ‸0.0\,y                  | printed number
    x \approx ‸1.5\,(b - b)            | is 0 here
    x \approx ‸2\,y                    | printed number
    ‸x                                  | states nothing
    1/‸(b - b) = 1                      | division by zero
    1/‸(Y - 0.5) = 1                    | division by zero
    \sqrt{‸y} = 1                      | not real
    \sqrt[‸x]{b} = 1                   | whole number
    ‸y^{0.5} = 1                        | not a finite real number
    ‸\ln(0) = 1                        | not a finite real number
    ‸\exp(1000) = 1                    | not a finite real number
    ‸0^{-1} = 1                         | not a finite real number
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_what_is_unclear_is_refused_in_its_place(line: str) -> None:
    source, message = (part.strip() for part in line.split(" | ", 1))
    plain = source.replace("‸", "")
    with pytest.raises(TexError) as caught:
        run(plain)
    assert caught.value.pos == source.index("‸")
    assert message in caught.value.message


def test_error_shows_line_and_place() -> None:
    with pytest.raises(TexError) as caught:
        run("% eq: two-lines\n\\begin{aligned}\n\tx &= y \\\\\n\t  &= \\log z\n\\end{aligned}")
    assert str(caught.value) == "\\log is ambiguous: write \\ln\n    \t  &= \\log z\n    \t     ^"


def test_spaces_that_do_not_show_are_refused() -> None:
    with pytest.raises(TexError, match=r"U\+00A0"):
        run("x =\u00a00.7")


def test_mismatch_shows_both_sides() -> None:
    with pytest.raises(Mismatch) as caught:
        run(r"\sigma^2 = \frac{2}{n_{\text{in}}}")
    assert str(caught.value) == r"\sigma^2 [0.005] = \frac{2}{n_{\text{in}}} [0.00666666666667] does not hold"
    assert caught.value.op == "="


def test_mismatch_names_the_outcome() -> None:
    x = np.array([1.0, 2.0, 3.0])
    with pytest.raises(Mismatch, match=r"x\^2 \[9\] < 8 \[8\] does not hold in outcome 2"):
        check("x^2 < 8", {"x": x}, [0.2, 0.3, 0.5])


def test_distribution_shown() -> None:
    with pytest.raises(
        Mismatch, match=r"W \[Normal\(mean=0, variance=2\)\] .sim .* \[Uniform\(low=0.0, high=2.0\)\]"
    ):
        check(r"W \sim \mathcal{U}(0, 2)", {"W": Normal(0, 2)})


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (r"\frac{2}{n_{\text{in}} + n_{\text{out}}}", XAVIER),
        (r"\sigma^2 = \frac{2}{n_{\text{in}} + n_{\text{out}}} = 0.005", XAVIER),
        (r"\sigma^2 \approx 0.00500, \quad \frac{1}{200}", XAVIER),
        (r"\frac{2}{n_{\text{in}}} \approx 0.0067", HE),
        (r"\frac{1}{n_{\text{in}}}", LECUN),
    ],
)
def test_expected_value(source: str, value: float) -> None:
    assert run(source, value) >= 1
    for wrong in (value * (1 + 1e-6) if "approx" not in source else value * 1.02, -value, value + 1):
        with pytest.raises(Mismatch):
            run(source, wrong)


def test_expected_value_concerns_every_side() -> None:
    assert run(r"x = x, \quad W \sim \mathcal{U}(-\mathrm{limit}, \mathrm{limit})", 0.7) == 2
    with pytest.raises(Mismatch):
        run(r"x = x, \quad b = b", 0.7)
    with pytest.raises(TexError, match="no side can be compared"):
        run(r"W \sim \mathcal{U}(-\mathrm{limit}, \mathrm{limit})", 0.7)


def test_rounding_is_that_of_the_printed_digits() -> None:
    value = {"v": math.sqrt(2) / 20}  # 0.0707106...
    for good in ("0.07", "0.071", "0.0707", "0.07071", r"7.1 \times 10^{-2}", r"7.07 \times 10^{-2}", "0"):
        assert check(rf"v \approx {good}", value) == 1
    for bad in (
        "0.08",
        "0.070",
        "0.0708",
        "0.0706",
        "0.07070",
        "0.07072",
        r"7.0 \times 10^{-2}",
        "-0.07",
        "0.0",
    ):
        with pytest.raises(Mismatch):
            check(rf"v \approx {bad}", value)
    with pytest.raises(TexError, match="between two roundings"):
        check(r"v \approx 0.12", {"v": 0.125})


def test_tolerance() -> None:
    """Rounding errors pass, beside zero relative to the terms that cancel; no more does."""
    assert check("x = y", {"x": 1.0, "y": 1 + 1e-10}) == 1
    with pytest.raises(Mismatch):
        check("x = y", {"x": 1.0, "y": 1 + 1e-8})
    assert check("x = y", {"x": 1.0, "y": 1 + 1e-8}, rtol=1e-7) == 1
    assert check("a - b + c = 0", {"a": 0.1, "b": 0.3, "c": 0.2}) == 1
    with pytest.raises(Mismatch):
        check("x = 0", {"x": 1e-17})
    with pytest.raises(Mismatch):
        check("a - b + c = 0", {"a": 0.1, "b": 0.3, "c": 0.2 + 1e-11})
    with pytest.raises(Mismatch):
        check(r"n x = 0", {"n": 1e9, "x": 1e-17})


def test_order_of_sides_that_differ_by_rounding() -> None:
    assert check(r"a + b \le c, \quad c \ge a + b, \quad x \ge y", {"a": 0.1, "b": 0.2, "c": 0.3, "x": 2, "y": 1}) == 3
    for wrong in ("a + b > c", "c < a + b", "a > b", r"b \le a", r"a + b \ne c"):
        with pytest.raises(Mismatch):
            check(wrong, {"a": 0.1, "b": 0.2, "c": 0.3})


def test_weights_are_probabilities() -> None:
    x = np.array([1.0, 2.0])
    assert check(r"\mathbb{E}[x] = 1.75", {"x": x}, [0.25, 0.75]) == 1
    for wrong in ([0.5, 0.6], [-0.5, 1.5], [[0.5, 0.5]]):
        with pytest.raises(ValueError, match="probabilities"):
            check(r"\mathbb{E}[x] = 1.5", {"x": x}, wrong)
    with pytest.raises(TexError, match="array"):
        check("x = x", {"x": x})
    with pytest.raises(TexError, match="array"):
        check("x = x", {"x": x}, [0.2, 0.3, 0.5])


@pytest.mark.parametrize("value", [math.nan, math.inf, 1j, "1", None])
def test_letters_are_finite_real_numbers(value: object) -> None:
    with pytest.raises(TexError):
        check("x = x", {"x": value})


def test_application_or_product() -> None:
    assert [side.kind for side in parse("f(x) = f", {"f"})[0].sides] == ["apply", "symbol"]
    assert [side.kind for side in parse("f(x) = f", ())[0].sides] == ["*", "symbol"]
    with pytest.raises(TexError, match=r"f\(x\): math domain error"):
        check("f(x) = 1", {"f": math.sqrt, "x": -1.0})


def test_letter_wins_over_constant() -> None:
    assert check(r"\pi = 3, \quad e^2 = 25", {"pi": 3, "e": 5}) == 2
    assert check(r"\pi > 3.14, \quad e^0 + e^{1} > 3.71", {}) == 2


def test_full_key_wins_over_indices() -> None:
    assert check(r"x_1 = 5, \quad x_2 = 8", {"x_1": 5.0, "x": [7.0, 8.0]}) == 2


@pytest.mark.parametrize("q", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("name", ["tanh", "slope of tanh", "ReLU", "leaky ReLU", "slope of leaky ReLU"])
def test_gaussian_mean_against_adaptive_quadrature(name: str, q: float) -> None:
    functions: dict[str, Callable[[Any], Any]] = {
        "tanh": np.tanh,
        "slope of tanh": lambda x: 1 - np.tanh(x) ** 2,
        "ReLU": relu,
        "leaky ReLU": lambda x: np.where(x > 0, x, 0.1 * x),
        "slope of leaky ReLU": lambda x: np.where(x > 0, 1.0, 0.1),
    }
    function = functions[name]

    def integrand(z: float) -> float:
        return float(function(np.sqrt(q) * z)) ** 2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)

    sides = [
        scipy.integrate.quad(integrand, *ends, epsabs=0, epsrel=1e-12)[0] for ends in ((-14, 0), (0, 14))
    ]
    letters = {"phi": function, "q": q}
    source = r"\int\mathcal{D}z\,\phi\left(\sqrt{q}\,z\right)^2"
    assert check(source, letters, value=sum(sides), rtol=1e-10) == 1
    with pytest.raises(Mismatch):
        check(source, letters, value=sum(sides) * (1 + 1e-8))


def test_documentation_lists_every_command() -> None:
    listed = set(re.findall(r"\\[A-Za-z]+", texmath.__doc__ or ""))
    assert {
        command for command in COMMANDS if command.startswith("\\") and command[1:] not in GREEK
    } <= listed
    used = set(re.findall(r"\\[A-Za-z]+", "".join(HOLDS)))
    assert {command for command in COMMANDS if command.startswith("\\") and command[1:] not in GREEK} <= used
    assert all(check(rf"\{name} = 2", {name: 2}) for name in GREEK)


# Random expressions, printed as LaTeX with as few brackets as a mathematician would set

Tree = tuple[Any, ...]
NAMES = {"x": 0.7, "y": -1.3, "sigma_w": 1.4, "n_in": 300.0, "pi": math.pi, "hat x": 0.9}
PRINTED = {"sigma_w": r"\sigma_w", "n_in": r"n_{\text{in}}", "pi": r"\pi", "hat x": r"\hat{x}"}
UNARY: dict[str, tuple[Callable[[float], float], str]] = {
    "neg": (np.negative, "-%s"), "sqrt": (np.sqrt, r"\sqrt{%s}"), "exp": (np.exp, r"\exp(%s)"),
    "tanh": (np.tanh, r"\tanh\left(%s\right)"), "abs": (np.abs, "|%s|"),
    "half": (lambda x: x / 2, r"\frac{%s}2"),
}  # fmt: skip
SIGN = {"+": " + ", "-": " - ", "cdot": r" \cdot ", "beside": r"\,", "slash": " / ", "frac": ""}
LEVEL = {"+": 1, "-": 1, "neg": 1, "cdot": 2, "beside": 2, "slash": 2}
leaves = st.sampled_from([*NAMES]) | st.integers(0, 30) | st.sampled_from([0.5, 2.25])
trees: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from([*SIGN]), inner, inner),
        st.tuples(st.sampled_from([*UNARY]), inner),
        st.tuples(st.just("power"), inner, st.integers(0, 3)),
    ),
    max_leaves=12,
)


def evaluate(tree: Any) -> float:
    match tree:
        case str():
            return NAMES[tree]
        case (str() as name, inner):
            return UNARY[name][0](np.float64(evaluate(inner)))
        case ("power", inner, exponent):
            return float(np.power(np.float64(evaluate(inner)), float(exponent)))
        case (str() as sign, left, right):
            a, b = np.float64(evaluate(left)), np.float64(evaluate(right))
            return float({"+": a + b, "-": a - b, "slash": a / b, "frac": a / b}.get(sign, a * b))
    return float(tree)


def level(tree: Any) -> int:
    return LEVEL.get(tree[0], 3) if isinstance(tree, tuple) else 3


def tex(tree: Any, least: int = 0) -> str:
    """LaTeX of a tree, in parentheses if it binds more loosely than `least`."""
    if level(tree) < least:
        return f"({tex(tree)})"
    match tree:
        case (str() as name, inner):
            return UNARY[name][1] % tex(inner, 2 if name == "neg" else 0)
        case ("power", inner, exponent):
            return (
                f"({tex(inner)})^{exponent}" if isinstance(inner, tuple) else f"{tex(inner)}^{{{exponent}}}"
            )
        case ("frac", left, right):
            return rf"\frac{{{tex(left)}}}{{{tex(right)}}}"
        case (str() as sign, left, right):
            own = LEVEL[sign]
            after = tex(right, own + 1)
            if (sign == "beside" and after[0].isdigit()) or (sign == "beside" and after.startswith(r"\frac")):
                after = f"({after})"
            loose = isinstance(left, tuple) and left[0] in ("slash", "neg") and own == 2
            return (f"({tex(left)})" if loose else tex(left, own)) + SIGN[sign] + after
        case str():
            return PRINTED.get(tree, tree)
    return str(tree)


@settings(max_examples=200, deadline=None)
@given(trees)
def test_random_expressions(tree: Any) -> None:
    with np.errstate(all="ignore"):
        value = evaluate(tree)
    source = tex(tree)
    if math.isfinite(value):
        try:
            check(source, NAMES, value=value)
        except TexError as error:  # an intermediate result may be infinite where the whole is not
            assert re.search("finite|division by zero|not real", error.message), error
            return
        if not re.search("'[-+]'", repr(tree)):  # large terms that cancel widen the tolerance
            with pytest.raises(Mismatch):
                check(source, NAMES, value=value + 1e-3 * max(1, abs(value)))
    else:
        with pytest.raises(TexError, match="finite|division by zero|not real"):
            check(source, NAMES, value=1.0)


PIECES = [*sorted(COMMANDS), *"xyWUZ0123+-=<>()[]{}|_^&,.'/"]
PIECES += [r"\\", r"\{", r"\}", r"\left(", r"\right)", r"\mathbb{E}", r"\operatorname{Var}", r"\mathcal{D}"]
PIECES += [r"\mathcal{U}", "_{i=1}^{2}", r"\begin{aligned}", r"\end{aligned}"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_nonsense_is_refused_and_nothing_worse(source: str) -> None:
    try:
        run(source)
    except (TexError, Mismatch) as error:
        assert str(error)
