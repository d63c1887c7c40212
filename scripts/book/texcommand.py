"""Fractions, roots, functions, expectations, sums and integrals."""

import re

from .texlex import BIG, DIVIDE, FUNCTIONS
from .texsymbol import SymbolReader
from .textree import Node

OPERATORS = {"mathbb E": "E", "E": "E", "Var": "Var", "Cov": "Cov", "std": "std"}
BODIES = frozenset(("sum", "prod", "int", "gauss"))  # what extends over the factors that follow


class CommandReader(SymbolReader):
    """Reads what begins with a command."""

    def command(self) -> Node | None:
        """The expression that the command at the cursor begins, or None if it begins none."""
        text = self.token.text
        if text in FUNCTIONS:
            return self.function()
        if text in BIG:
            return self.integral() if text == r"\int" else self.series()
        if text == r"\sqrt":
            start = self.advance().start
            degree = (self.enclosed("]", self.expression, "["),) if self.accept("[") else ()
            return self.node("sqrt", start, self.script(text), *degree)
        return None

    def fraction(self) -> Node:
        token = self.advance()
        digits = self.token
        if re.fullmatch(r"\d\d", digits.text):  # \frac12: TeX takes one digit each
            self.advance()
            above, below = (
                Node("number", digits.start + i, digits.start + i + 1, name=digits.text[i]) for i in (0, 1)
            )
        else:
            above, below = self.script(token.text), self.script(token.text)
        return self.node("/", token.start, above, below)

    def operator(self) -> Node:
        token = self.advance()
        if token.text not in OPERATORS:
            raise self.error(r"of \mathbb only \mathbb{E} is supported", token.start)
        name = OPERATORS[token.text]
        return self.node(name, token.start, *self.arguments(name, 2 if name == "Cov" else 1))

    def arguments(self, name: str, count: int | None) -> tuple[Node, ...]:
        """The bracketed arguments of an operator or function: exactly `count`, or at least two if None."""
        if not self.starts_group():
            raise self.error(f"{name} needs its argument in brackets, found {self.found()}")
        start = self.token.start
        nodes = self.group()
        if len(nodes) != count and (count or len(nodes) < 2):
            raise self.error(f"{name} takes {count or 'two or more'} argument(s), got {len(nodes)}", start)
        return nodes

    def function(self) -> Node:
        token = self.advance()
        extreme = token.text in (r"\max", r"\min")
        power = None
        if self.accept("^"):
            power = self.script("^")
            if extreme or power.kind != "number" or not re.fullmatch(r"[1-9]\d*", power.name):
                raise self.error(
                    f"{token.text}^ takes a positive whole number; else use parentheses", power.start
                )
        if extreme or self.starts_group():
            args = self.arguments(token.text, None if extreme else 1)
        else:
            args = (self.bare(token.text),)
        node = self.node("function", token.start, *args, name=token.text[1:])
        return self.node("^", token.start, node, power) if power else node

    def bare(self, name: str) -> Node:
        """The argument of a function without brackets: one atom, after which the argument clearly ends."""
        node = self.atom()
        more = self.starts_factor() and self.token.text not in FUNCTIONS
        if more or node.kind in BODIES | {"^"} or self.token.text in DIVIDE | {"^"}:
            raise self.error(f"where does the argument of {name} end? Use parentheses", node.start)
        return node

    def series(self) -> Node:
        r"""\sum or \prod; the arguments of the node are (first, last, body), or (body,) without a range."""
        token = self.advance()
        if not self.accept("_"):
            raise self.error(f"{token.text} needs its index first: _{{i=1}}^{{n}} or _i")
        first = None
        if self.accept("{"):
            index = self.variable()
            first = self.expression() if self.accept("=") else None
            self.expect("}", "{")
        else:
            index = self.script("_")
        last = self.script("^") if self.accept("^") else None
        if index.kind != "symbol" or (first is None) != (last is None):
            raise self.error(f"{token.text} takes both bounds or none: _{{i=1}}^{{n}} or _i", token.start)
        body = self.product(explicit=token.text == r"\sum")
        bounds = (first, last) if first and last else ()
        return self.node(token.text[1:], token.start, *bounds, body, name=index.key)

    def integral(self) -> Node:
        r"""\int\mathcal{D}z with its body, or \int_{a}^{b} body dw with (a, b, body)."""
        start = self.advance().start
        if self.accept("mathcal D"):
            variable = self.variable()
            return self.node("gauss", start, self.product(), name=variable.key)
        bounds = []
        for mark in "_^":
            if not self.accept(mark):
                raise self.error(r"an integral is \int\mathcal{D}z ... or \int_{a}^{b} ... \,dw")
            bounds.append(self.script(mark))
        body = self.enclosed("d", self.product, r"\int")
        variable = self.variable()
        return self.node("int", start, *bounds, body, name=variable.key)
