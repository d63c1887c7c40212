"""The tree that a formula is read into, and the cursor over its tokens with what every reader needs."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass

from .texlex import ACCENTS, BIG, FRACTIONS, FUNCTIONS, OPENERS, TexError, Token, tokenize

SYMBOLS = frozenset(("letter", "greek", "name", "operator", "mathcal"))
SHOWN = {"": "the end of the formula", r"\\": r"\\ (line break)"}


@dataclass(frozen=True)
class Node:
    r"""One part of an expression and the slice of the source that it was read from.

    A symbol has its name (with primes), its subscript as text (`sub`), the same subscript read as indices
    (`args`) and the indices of a superscript in parentheses (`upper`).
    """

    kind: str
    start: int
    end: int
    args: tuple["Node", ...] = ()
    name: str = ""
    sub: str = ""
    upper: tuple["Node", ...] = ()

    @property
    def key(self) -> str:
        r"""Canonical spelling of a symbol: `n_{\text{in}}` is "n_in"."""
        return f"{self.name}_{self.sub}" if self.sub else self.name


class Reader(ABC):
    """A cursor over the tokens of one formula; `closers` is the stack of brackets that are still open."""

    def __init__(self, source: str, functions: Collection[str]) -> None:
        self.source, self.functions = source, functions
        self.tokens = tokenize(source)
        self.at = 0
        self.closers: list[str] = []

    @abstractmethod
    def expression(self) -> Node: ...

    @abstractmethod
    def product(self, explicit: bool = True) -> Node: ...

    @abstractmethod
    def atom(self) -> Node: ...

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def advance(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def accept(self, *texts: str) -> Token | None:
        return self.advance() if self.token.text in texts and self.token.text else None

    def expect(self, text: str, opened: str) -> None:
        if not self.accept(text):
            raise self.error(f"expected {text} to close {opened}, found {self.found()}")

    def found(self) -> str:
        return SHOWN.get(self.token.text, self.source[self.token.start : self.token.end])

    def error(self, message: str, pos: int | None = None) -> TexError:
        return TexError(message, self.source, self.token.start if pos is None else pos)

    def node(self, kind: str, start: int, *args: Node, name: str = "") -> Node:
        return Node(kind, start, self.tokens[self.at - 1].end, args, name)

    def starts_factor(self) -> bool:
        """Whether the next token continues a product without a sign."""
        token = self.token
        if token.text in (*OPENERS, "d") and self.closers and self.closers[-1] == token.text:
            return False  # the second | of a pair, or the d that ends an integral
        commands = OPENERS.keys() | ACCENTS | FRACTIONS | FUNCTIONS | BIG | {"{", r"\sqrt"}
        return token.kind in SYMBOLS | {"number", "mathbb"} or token.text in commands

    def starts_group(self) -> bool:
        """Whether brackets follow, other than the bars of an absolute value."""
        return self.token.text in OPENERS and not self.token.text.endswith(("|", "vert"))

    def enclosed(self, close: str, read: Callable[[], Node], opened: str) -> Node:
        self.closers.append(close)
        node = read()
        self.closers.pop()
        self.expect(close, opened)
        return node

    def group(self) -> tuple[Node, ...]:
        """The comma-separated expressions between two brackets."""
        opening = self.advance()
        self.closers.append(OPENERS[opening.text])
        nodes = [self.expression()]
        while self.accept(","):
            nodes.append(self.expression())
        self.expect(self.closers.pop(), opening.text)
        return tuple(nodes)

    def script(self, what: str) -> Node:
        """The argument of a command, of `^` or of `_`: braces, or one single digit, letter or name."""
        if self.accept("{"):
            return self.enclosed("}", self.expression, "{")
        token = self.token
        if token.kind in SYMBOLS or re.fullmatch(r"\d", token.text):
            self.advance()
            kind = "number" if token.kind == "number" else "symbol"
            return self.node(kind, token.start, name=token.text.lstrip("\\"))
        raise self.error(f"{what} takes one digit or letter, or braces {{ }}: found {self.found()}")
