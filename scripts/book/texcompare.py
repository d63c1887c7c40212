r"""Whether the two sides of a relation agree: exactly, as printed digits, or as distributions."""

from dataclasses import astuple
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from .texeval import Evaluator
from .textree import Node
from .texvalues import Array, Normal, Uniform

ATOL = 1e-12  # relative to the terms that a side is added up from


class Mismatch(ValueError):
    """A relation that does not hold; `left` and `right` are the LaTeX of its sides, each with its value."""

    def __init__(self, left: str, op: str, right: str, outcome: int | None = None) -> None:
        place = "" if outcome is None else f" in outcome {outcome}"
        super().__init__(f"{left} {op} {right} does not hold{place}")
        self.left, self.op, self.right = left, op, right


class Printed(Decimal):
    """A number with the digits that were printed."""

    @property
    def half(self) -> Decimal:
        """Half a unit of the last digit."""
        return Decimal(5).scaleb(int(self.as_tuple().exponent) - 1)


def printed(node: Node) -> Printed | None:
    r"""The number that a node spells out, such as 0.0442, -2 or 6.1 \times 10^{-17}; else None."""
    match node.kind, node.args:
        case "number", _:
            return Printed(node.name)
        case "neg", (inner,):
            number = printed(inner)
            return None if number is None else Printed(number.copy_negate())
        case "^", (base, power) if base.kind == "number" and base.name == "10":
            exponent = printed(power)
            whole = exponent is not None and exponent == exponent.to_integral_value()
            return Printed(Decimal(1).scaleb(int(exponent))) if exponent is not None and whole else None
        case "*", (mantissa, ten) if mantissa.kind == "number" and ten.kind == "^":
            factor = printed(ten)
            return None if factor is None else Printed(Decimal(mantissa.name).scaleb(factor.adjusted()))
    return None


def leading(node: Node) -> Printed | None:
    r"""The decimal factor that a product begins with: 8.9 \times 10^{-16} of 8.9 \times 10^{-16}\,m."""
    while node.kind in ("*", "neg") and printed(node) is None:
        node = node.args[0]
    number = printed(node)
    return number if number and "." in _mantissa(node) else None


def _mantissa(node: Node) -> str:
    return node.name if node.kind == "number" else _mantissa(node.args[0]) if node.kind == "*" else ""


class Comparison:
    """Compares the sides of relations, to the relative tolerance `rtol` where no digits are printed."""

    def __init__(self, evaluator: Evaluator, rtol: float) -> None:
        self.evaluator, self.rtol = evaluator, rtol

    def relate(self, left: Node, op: str, right: Node) -> Node | None:
        r"""Raise Mismatch unless the relation holds in every outcome; return the literal side of \approx."""
        if op == r"\sim":
            self.distributed(left, right)
        elif op == r"\approx":
            literal = self.literal(left, right)
            self.rounds(self.evaluator.value(left if literal is right else right), literal, (left, right))
            return literal
        else:
            first, second = self.evaluator.value(left), self.evaluator.value(right)
            near = self.near(first, second, left, right)
            order = {"<": first < second, ">": first > second, r"\le": first < second, r"\ge": first > second}
            holds = {"=": near, r"\ne": ~near, r"\le": near | order[r"\le"], r"\ge": near | order[r"\ge"]}
            self.require(holds[op] if op in holds else order[op] & ~near, op, first, second, (left, right))
        return None

    def equals(self, side: Node, value: float, literal: bool) -> None:
        """Raise Mismatch unless `side` has the expected value or, if a `literal`, is its rounding."""
        if literal:
            self.rounds(np.asarray(value), side, (None, side))
            return
        first, second = self.evaluator.value(side), np.asarray(value)
        self.require(self.near(first, second, side), "=", first, second, (side, None))

    def near(self, first: Array, second: Array, *sides: Node) -> NDArray[np.bool_]:
        gap = np.abs(first - second)
        near = np.asarray(gap <= self.rtol * np.maximum(np.abs(first), np.abs(second)))
        return near if near.all() else near | (gap <= ATOL * max(map(self.evaluator.magnitude, sides)))

    def literal(self, left: Node, right: Node) -> Node:
        r"""The side of \approx that is a printed number or, on the right, begins with one."""
        for side, number in ((right, printed(right)), (left, printed(left)), (right, leading(right))):
            if number is not None:
                return side
        raise self.evaluator.error(r"\approx needs a printed number on one side", right)

    def rounds(self, value: Array, literal: Node, sides: tuple[Node | None, Node]) -> None:
        """Raise Mismatch unless `value` rounds to the digits that `literal` shows."""
        number = printed(literal)
        if number is None:  # a printed factor times something: compare that factor
            number, product = leading(literal), self.evaluator.value(literal)
            if number is None or not np.all(product):
                raise self.evaluator.error(
                    f"{self.evaluator.slice(literal)} is 0 here: no digits to compare", literal
                )
            shown = value / product * float(number)
        else:
            shown = value
        off = np.array(
            [abs(Decimal(float(one)) - number) / number.half for one in np.ravel(shown)], dtype=np.float64
        )
        if np.any(np.abs(off - 1) < 1e-9):
            raise self.evaluator.error("the value lies between two roundings: print another digit", literal)
        left = value if sides[0] is not literal else self.evaluator.value(literal)
        right = value if sides[1] is not literal else self.evaluator.value(literal)
        self.require((off < 1).reshape(shown.shape), r"\approx", left, right, sides)

    def distributed(self, left: Node, law: Node) -> None:
        actual = self.evaluator.lookup(left) if left.kind == "symbol" else None
        if not isinstance(actual, (Uniform, Normal)):
            raise self.evaluator.error(
                r"the left side of \sim must be a letter that stands for a distribution", left
            )
        first, second = (self.evaluator.scalar(arg) for arg in law.args)
        stated = Uniform(first, second) if law.kind == "U" else Normal(first, second)
        pairs = np.array([astuple(actual), astuple(stated)])
        gap, size = np.abs(pairs[0] - pairs[1]), np.abs(pairs).max(axis=0)
        if type(actual) is not type(stated) or np.any(gap > np.maximum(self.rtol * size, ATOL * size.max())):
            raise Mismatch(
                f"{self.evaluator.slice(left)} [{actual}]", r"\sim", f"{self.evaluator.slice(law)} [{stated}]"
            )

    def require(
        self,
        holds: Array | NDArray[np.bool_],
        op: str,
        first: Array,
        second: Array,
        sides: tuple[Node | None, Node | None],
    ) -> None:
        if np.all(holds):
            return
        outcome = int(np.argmin(holds)) if np.ndim(holds) else None
        shown = []
        for value, side in zip((first, second), sides, strict=True):
            one = f"{value[outcome] if value.ndim else value:.12g}"
            shown.append(f"{self.evaluator.slice(side)} [{one}]" if side else f"the expected value [{one}]")
        raise Mismatch(shown[0], op, shown[1], outcome)
