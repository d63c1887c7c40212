"""Statements: what stands on the sides of relations, and how a formula separates one from the next."""

from collections.abc import Collection
from typing import NamedTuple

from .texexpression import ExpressionReader
from .texlex import ARROWS, OPENERS, QUADS, RELATIONS, Token
from .textree import Node

BEGIN, END, NEWLINE = r"\begin{aligned}", r"\end{aligned}", r"\\"
SEPARATORS = QUADS | ARROWS | {",", NEWLINE}


class Statement(NamedTuple):
    """A chain such as a = b < c: its sides and, between them, its relations."""

    sides: tuple[Node, ...]
    relations: tuple[Token, ...]


def parse(source: str, functions: Collection[str]) -> list[Statement]:
    """Read every statement of a formula; `functions` are the symbols that `(` applies to an argument."""
    return Parser(source, functions).statements()


class Parser(ExpressionReader):
    """Recursive descent over the tokens of one formula."""

    def statements(self) -> list[Statement]:
        aligned = self.accept(BEGIN) is not None
        for token in self.tokens:
            if token.text in ("&", NEWLINE) and not aligned:
                raise self.error(f"{token.text} is allowed only in aligned", token.start)
        chains: list[tuple[list[Node], list[Token]]] = []
        newline = False
        while True:
            start = self.at
            self.skip("&")
            if self.token.text in RELATIONS and newline:
                self.at = start
            else:
                chains.append(([self.expression()], []))
            self.chain(*chains[-1])
            if self.ends(aligned):
                return [Statement(tuple(sides), tuple(relations)) for sides, relations in chains]
            newline = self.separator()

    def skip(self, *texts: str) -> None:
        while self.accept(*texts):
            pass

    def chain(self, sides: list[Node], relations: list[Token]) -> None:
        while True:
            start = self.at
            self.skip(*QUADS, "&")
            if self.token.text not in RELATIONS:
                self.at = start
                return
            relations.append(self.advance())
            self.skip(*QUADS, "&")
            sides.append(self.distribution() if relations[-1].text == r"\sim" else self.expression())

    def ends(self, aligned: bool) -> bool:
        """Whether only the end follows, with at most one full stop or comma; then the cursor moves there."""
        start = self.at
        point = self.accept(".", ",")
        if aligned:
            self.accept(NEWLINE)
            if not self.accept(END):
                self.at = start
                return False
        if not point:
            self.accept(".", ",")
        if self.token.kind == "end":
            return True
        if aligned:
            raise self.error(f"{self.found()} follows {END}")
        self.at = start
        return False

    def separator(self) -> bool:
        """Pass what separates two statements; whether the next may continue the chain, on a new line."""
        first = self.token
        run: list[str] = []
        while token := self.accept(*SEPARATORS, *("&" for text in run if text == NEWLINE)):
            run.append(token.text)
        if not run:
            raise self.error(f"unexpected {self.found()}")
        if run.count(",") > 1 or set(run) <= {","} or set(run) == {r"\quad"}:
            raise self.error(
                r"between two statements write ,\quad or \qquad or \iff or \implies", first.start
            )
        return NEWLINE in run and not ARROWS & set(run)

    def distribution(self) -> Node:
        start = self.token.start
        law = self.accept("mathcal U", "mathcal N")
        opening = self.token.text
        if not law or opening not in OPENERS or opening[-1] not in "([":
            raise self.error(r"\sim takes \mathcal{U}(low, high) or \mathcal{N}(mean, variance)", start)
        self.advance()
        self.closers.append(OPENERS[opening])
        first = self.expression()
        if not self.accept(","):
            raise self.error(f"expected a comma between the two parameters, found {self.found()}")
        second = self.expression()
        close = self.closers.pop()
        either = {close[:-1] + bracket for bracket in (")]" if law.text == "mathcal U" else close[-1])}
        if not self.accept(*either):
            raise self.error(f"expected {close} to close {opening}, found {self.found()}")
        return self.node(law.text[-1], start, first, second)
