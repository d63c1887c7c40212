"""Sums, products and powers; whatever a reader could take in two ways is refused."""

from .texcommand import BODIES, OPERATORS, CommandReader
from .texlex import ACCENTS, DIVIDE, FRACTIONS, OPENERS, TIMES
from .textree import SYMBOLS, Node


class ExpressionReader(CommandReader):
    """Reads one side of a relation."""

    def expression(self) -> Node:
        start = self.token.start
        minus = self.accept("-")
        node = self.product()
        if minus:
            node = self.node("neg", start, node)
        while sign := self.accept("+", "-"):
            right = self.product()
            node = self.node(sign.text, start, node, right)
        return node

    def product(self, explicit: bool = True) -> Node:
        """A product up to + or -; without `explicit`, a product or division sign in it is refused."""
        start = self.token.start
        node = last = self.factor()
        while True:
            sign = self.accept(*TIMES, *DIVIDE)
            if sign and not explicit:
                raise self.error(rf"does \prod include what follows {sign.text}? Use parentheses", sign.start)
            if not sign and not self.starts_factor():
                return node
            if not sign and self.token.kind == "number":
                raise self.error(rf"number {self.token.text} follows a factor without a sign: write \cdot")
            right = self.factor()
            numbers = {part.kind for part in (last, *right.args)} == {"number"}
            if not sign and right.kind == "/" and numbers:
                raise self.error(r"reads as a mixed number: write \cdot or +", right.start)
            divided = sign is not None and sign.text in DIVIDE
            node, last = self.node("/" if divided else "*", start, node, right), right
            more = self.starts_factor() or self.token.text in TIMES | DIVIDE
            if divided and (more or right.kind in BODIES):
                raise self.error(r"where does the divisor end? Use parentheses or \frac", right.start)

    def factor(self) -> Node:
        node = self.atom()
        if self.token.text == "^" and node.kind != "^":
            if node.kind == "/":
                raise self.error("a power of a fraction needs parentheses around the fraction")
            self.advance()
            if self.opens_index():
                raise self.error(
                    "an index in parentheses needs a symbol before it; for a power drop the parentheses"
                )
            node = self.node("^", node.start, node, self.script("^"))
        if self.token.text in ("^", "'"):
            raise self.error("double superscript" if node.kind == "^" else "a prime needs a symbol before it")
        if self.token.text == "_":
            raise self.error("a subscript needs a symbol before it")
        return node

    def atom(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.advance()
            return self.node("number", token.start, name=token.text)
        if token.kind == "mathbb" or (token.kind == "operator" and token.text in OPERATORS):
            return self.operator()
        if token.kind in SYMBOLS or token.text in ACCENTS:
            return self.symbol()
        if token.text in FRACTIONS:
            return self.fraction()
        if self.accept("{"):
            # Braces do not show, so they may hold no more than what reads as one factor anyway.
            node = self.enclosed("}", self.factor, "{, which does not show and so may hold only one factor")
            return self.scripts(node) if node.kind == "symbol" and not node.upper else node
        if token.text in OPENERS:
            inside = self.group()
            if len(inside) > 1:
                raise self.error("a list in brackets is only the argument of a function", inside[1].start)
            return self.node("abs" if token.text.endswith(("|", "vert")) else "group", token.start, inside[0])
        node_or_none = self.command()
        if node_or_none is None:
            raise self.error(f"expected an expression, found {self.found()}")
        return node_or_none
