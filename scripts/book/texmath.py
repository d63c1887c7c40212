r"""Check a formula as it is printed: every side of every statement is evaluated and compared.

A letter stands for a number, an array over outcomes, a Uniform or Normal, a function or, with indices, an
Indexed, a sequence or a mapping; "range i" gives the range of `\sum_i`: N for 1..N, or (first, last). Its
key is its name without backslash, its primes and its subscript: `n_{\text{in}}` is "n_in", `\phi'` "phi'",
`\hat{x}` "hat x", `\mathcal{L}` "mathcal L". If the key with the subscript is not bound, the name alone is
looked up and the subscript gives indices.

The supported LaTeX; whatever is not listed is refused, with its place:

- spacing: white space, `\,` `\;` `\:` `\!` `\ ` `~` `\quad` `\qquad`; one `aligned` around all, with `&`
  and `\\`; a final `.` or `,`; the marker lines `% eq: id`, `% eq-wrong: id`, `% skip: reason`
- statements, separated by `,\quad`, `\qquad`, `\iff`, `\implies`, `\Rightarrow` or a line break in
  `aligned` (a line that begins with a relation continues the chain)
- relations: `=` `\ne` `\neq` `<` `>` `\le` `\leq` `\ge` `\geq`; `\approx` with a printed number, to which the
  other side must round (on the right also times something: `8.9 \times 10^{-16}\,m`); `\sim` with
  `\mathcal{U}(low, high)` or `\mathcal{N}(mean, variance)`
- arithmetic: `+` `-` `\cdot` `\times` `/` `\div`, juxtaposition, `\frac` `\tfrac` `\dfrac`, `\sqrt`
  `\sqrt[3]`, powers, `( ) [ ] \{ \}` with `\left \right`, `\big`, `\bigl \bigr` and so on, `|x|`,
  `\lvert x \rvert`
- functions: `\exp \ln \sin \cos \tan \tanh \arccos \max \min`, also `\tanh^2 x`; `\pi`; `e` as base of a
  power
- `\mathbb{E}[x]`, `\operatorname{E}`, `\operatorname{Var}`, `\operatorname{Cov}[x, y]`,
  `\operatorname{std}`
- `\sum_{i=1}^{n}`, `\prod_{i=1}^{n}`, `\sum_i`, `\int\mathcal{D}z` (the mean over z ~ N(0, 1)): over the
  factors that follow, up to + or -; `\int_{a}^{b} ... \,dw`
- symbols: one letter, Greek, `\ell`, `\mathcal{L}`, `\hat \bar \tilde`, and names of several letters in
  `\mathrm` `\text` `\mathit` `\operatorname`; primes; subscripts, a name or indices (`w_{ij}`, `w_{1,2}`,
  `x_{l+1}`); `^{(l)}`
"""

from collections.abc import Mapping

from numpy.typing import ArrayLike

from .texcompare import Comparison, Mismatch
from .texeval import Evaluator
from .texlex import TexError
from .texparse import Statement, parse
from .texvalues import Indexed, Normal, Uniform, probabilities

__all__ = ["Indexed", "Mismatch", "Normal", "Statement", "TexError", "Uniform", "check", "parse"]


def check(
    source: str,
    letters: Mapping[str, object],
    weights: ArrayLike | None = None,
    value: float | None = None,
    rtol: float = 1e-9,
) -> int:
    r"""Check every relation and, if `value` is given, that every side equals it (except those of `\sim`).

    `weights` are the probabilities of the outcomes that arrays in `letters` run over, (K,). Returns how many
    relations were checked; an expression alone, allowed only with `value`, counts as one. Raises TexError for
    what cannot be read or evaluated, Mismatch for what does not hold.
    """
    statements = parse(source, {key for key, letter in letters.items() if callable(letter)})
    comparison = Comparison(Evaluator(source, letters, probabilities(weights)), rtol)
    count, valued = 0, 0
    for sides, relations in statements:
        ops = [relation.text for relation in relations]
        if not ops and value is None:
            raise TexError(
                "this states nothing: write a relation, or give the value to expect", source, sides[0].start
            )
        literals = [comparison.relate(*statement) for statement in zip(sides, ops, sides[1:], strict=False)]
        count += max(len(ops), 1)
        if value is not None and r"\sim" not in ops:
            valued += 1
            for side in sides:
                comparison.equals(side, value, literal=side in literals)
    if value is not None and not valued:
        raise TexError(f"no side can be compared with the expected value {value}", source, 0)
    return count
