"""Symbols with their primes, subscripts, index superscripts, powers and arguments."""

from dataclasses import replace

from .texlex import ACCENTS, OPENERS
from .textree import SYMBOLS, Node, Reader


class SymbolReader(Reader):
    """Reads one symbol with all that hangs on it."""

    def symbol(self) -> Node:
        token = self.advance()
        name = token.text.lstrip("\\")
        if token.text in ACCENTS:
            inside = self.script(token.text)
            if inside.kind != "symbol" or inside.key != inside.name or inside.upper:
                raise self.error(f"{token.text} takes one symbol without scripts", inside.start)
            name += f" {inside.name}"
        return self.scripts(self.node("symbol", token.start, name=name))

    def scripts(self, symbol: Node) -> Node:
        """What follows a symbol: scripts in any order that TeX allows, then the argument of a function."""
        power: Node | None = None
        while mark := self.accept("'", "_", "^"):
            if mark.text == "_":
                if symbol.sub:
                    raise self.error("double subscript", mark.start)
                symbol = self.subscript(symbol)
            elif power or symbol.upper:
                raise self.error("double superscript", mark.start)
            elif mark.text == "'":
                symbol = replace(symbol, name=symbol.name + "'")
            elif self.opens_index():
                self.at += 2
                upper = tuple(self.indices())
                self.expect(")", "(")
                self.expect("}", "{")
                symbol = replace(symbol, upper=upper)
            else:
                power = self.script("^")
        symbol = replace(symbol, end=self.tokens[self.at - 1].end)
        if power:
            return self.node("^", symbol.start, symbol, power)
        applied = symbol.key in self.functions and not symbol.upper
        if applied and self.token.text in OPENERS and self.token.text.endswith("("):
            return self.node("apply", symbol.start, *self.group(), name=symbol.key)
        return symbol

    def subscript(self, symbol: Node) -> Node:
        if not self.accept("{"):
            index = self.script("_")
            return replace(symbol, sub=index.name, args=(index,))
        first = self.at
        indices = tuple(self.indices())
        inside = [token.text.lstrip("\\") for token in self.tokens[first : self.at]]
        self.expect("}", "{")
        return replace(symbol, sub="".join(text for text in inside if text not in ("{", "}")), args=indices)

    def opens_index(self) -> bool:
        """Whether `{(...)}` follows, an index such as the number of a layer, rather than a power."""
        if [token.text for token in self.tokens[self.at : self.at + 2]] != ["{", "("]:
            return False
        depth = 0
        for after, token in enumerate(self.tokens[self.at + 1 : -1], self.at + 2):
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return self.tokens[after].text == "}"
        return False

    def indices(self) -> list[Node]:
        """Indices such as `ij`, `i,j`, `1j` or `l+1`."""
        nodes: list[Node] = []
        while True:
            piece = [self.index()]
            while self.token.kind in SYMBOLS | {"number"} or self.token.text in ACCENTS:
                if piece[-1].kind == self.token.kind == "number":
                    raise self.error("two numbers side by side read as one: write a comma")
                piece.append(self.index())
            while sign := self.accept("+", "-"):
                if len(piece) > 1:
                    raise self.error("separate the indices with commas", sign.start)
                right = self.index()
                piece = [self.node(sign.text, piece[0].start, piece[0], right)]
            nodes += piece
            if not self.accept(","):
                return nodes

    def index(self) -> Node:
        """A whole number or a letter, such as `i` or `i_1`."""
        token = self.token
        if token.kind == "number" and token.text.isdigit():
            self.advance()
            return self.node("number", token.start, name=token.text)
        if token.kind not in SYMBOLS and token.text not in ACCENTS:
            raise self.error(f"expected a name or an index, found {self.found()}")
        node = self.symbol()
        if node.kind != "symbol":
            raise self.error("an index is a letter or a whole number", node.start)
        return node

    def variable(self) -> Node:
        """The letter that a sum or an integral runs over."""
        node = self.index()
        if node.kind != "symbol" or node.upper or node.name == "d":
            raise self.error("expected a letter to run over, other than d", node.start)
        return node
