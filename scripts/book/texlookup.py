"""What the symbols of a formula stand for, given the letters that are bound."""

import difflib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from .texcommand import OPERATORS
from .texlex import TexError
from .textree import Node
from .texvalues import Array, Indexed, Normal, Uniform, element


def symbols(nodes: Iterable[Node]) -> Iterator[str]:
    """The keys of all symbols in some nodes."""
    for node in nodes:
        if node.kind == "symbol":
            yield node.key
        yield from symbols(node.args)


class Lookup(ABC):
    """Finds the values of symbols; `letters` is a copy, to which running indices may be added.

    `weights` are the probabilities of the outcomes or, inside an `integral`, the weights of its nodes.
    """

    def __init__(
        self, source: str, letters: Mapping[str, object], weights: Array | None, integral: bool = False
    ) -> None:
        self.source, self.letters, self.weights, self.integral = source, dict(letters), weights, integral
        self.running: frozenset[str] = frozenset()

    def error(self, message: str, node: Node) -> TexError:
        return TexError(message, self.source, node.start)

    def slice(self, node: Node) -> str:
        return " ".join(self.source[node.start : node.end].split())

    @abstractmethod
    def value(self, node: Node) -> Array: ...

    def lookup(self, node: Node) -> object:
        """What a symbol stands for: its full key first, else its name with the subscript as indices."""
        if node.key in self.letters:
            if self.running & set(symbols(node.args)):
                raise self.error(f"{node.key!r} is bound as one symbol, but its index is running here", node)
            value, indices = self.letters[node.key], node.upper
        elif node.sub and node.name in self.letters and not isinstance(self.letters[node.name], (int, float)):
            value, indices = self.letters[node.name], node.upper + node.args
        elif node.key == "pi" and not node.upper:
            return np.pi
        else:
            raise self.unknown(node)
        try:
            return element(value, [self.integer(index) for index in indices])
        except LookupError as error:
            raise self.error(f"{self.slice(node)}: {error}", node) from error

    def unknown(self, node: Node) -> TexError:
        known = sorted(key for key in self.letters if not key.startswith("range "))
        near = difflib.get_close_matches(node.key, known, 1)
        remedy = f"; did you mean {near[0]!r}?" if near else ""
        if node.key in OPERATORS.values():
            remedy = f"; did you mean \\operatorname{{{node.key}}}[...]?"
        return self.error(f"unknown symbol {node.key!r}, known: {', '.join(known)}{remedy}", node)

    def number(self, value: object, node: Node) -> Array:
        symbol = self.slice(node)
        if isinstance(value, (Uniform, Normal)):
            raise self.error(f"{symbol} is a distribution: only \\sim, E, Var and std take it", node)
        if callable(value):
            raise self.error(f"{symbol} is a function: write its argument in parentheses", node)
        if isinstance(value, (Indexed, list, tuple, Mapping)):
            raise self.error(f"{symbol} needs its indices", node)
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise self.error(f"{symbol} is not a real number: {value!r}", node)
        outcomes = () if self.weights is None else self.weights.shape
        if array.ndim and array.shape != outcomes:
            expected = f"a number or an array {outcomes}" if outcomes and not self.integral else "a number"
            raise self.error(f"{symbol} is an array {array.shape}: expected {expected} here", node)
        return array.astype(np.float64)

    def integer(self, node: Node) -> int:
        value = self.scalar(node)
        if not value.is_integer():
            raise self.error(f"{self.slice(node)} must be a whole number, got {value:g}", node)
        return int(value)

    def scalar(self, node: Node) -> float:
        value = self.value(node)
        if value.ndim:
            raise self.error(f"{self.slice(node)} must be a number here, not a random variable", node)
        return float(value)

    def apply(self, node: Node) -> Array:
        function = self.letters[node.name]
        assert callable(function)
        args = [self.value(arg)[()] for arg in node.args]
        try:
            return self.number(function(*args), node)
        except (TypeError, ValueError, ArithmeticError) as error:
            raise self.error(f"{self.slice(node)}: {error}", node) from error
