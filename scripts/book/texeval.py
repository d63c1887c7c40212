"""The value of an expression, given what its letters stand for."""

from collections.abc import Callable, Iterator
from functools import cache, reduce
from typing import Any

import numpy as np

from .texlookup import Lookup
from .textree import Node
from .texvalues import Array, Normal, Uniform, gauss_rule, trapezoid_rule

FUNCTIONS: dict[str, Callable[..., Array]] = {
    "exp": np.exp, "ln": np.log, "sin": np.sin, "cos": np.cos, "tan": np.tan, "tanh": np.tanh,
    "arccos": np.arccos, "max": lambda *args: reduce(np.maximum, args),
    "min": lambda *args: reduce(np.minimum, args),
    "+": np.add, "-": np.subtract, "*": np.multiply, "neg": np.negative, "abs": np.abs, "group": np.positive,
}  # fmt: skip
gauss = cache(gauss_rule)


class Evaluator(Lookup):
    """Values of the nodes of one formula: 0-d for a number, (K,) for a random variable with K outcomes."""

    def value(self, node: Node) -> Array:
        """The value of a node; TexError where it is not a finite real number."""
        with np.errstate(all="ignore"):
            result = np.asarray(self.compute(node), dtype=np.float64)
        if not np.isfinite(result).all():
            raise self.error(f"{self.slice(node)} is not a finite real number here", node)
        return result

    def compute(self, node: Node) -> object:
        match node.kind:
            case "number":
                return float(node.name)
            case "symbol":
                return self.number(self.lookup(node), node)
            case "apply":
                return self.apply(node)
            case "E" | "Var" | "std" | "Cov":
                return self.expectation(node)
            case "sum":
                return sum(inner.value(node.args[-1]) for inner in self.terms(node))
            case "prod":
                return reduce(np.multiply, (inner.value(node.args[-1]) for inner in self.terms(node)))
            case "gauss" | "int":
                (inner,) = self.terms(node)
                return inner.total(node.args[-1])
            case "U" | "N":
                raise self.error("a distribution stands only after \\sim, at the end of a statement", node)
            case "^" if node.args[0].kind == "symbol" and node.args[0].key == "e" and "e" not in self.letters:
                return np.exp(self.value(node.args[1]))
        if node.kind == "sqrt":
            return self.root(*node.args)
        args = [self.value(arg) for arg in node.args]
        if node.kind == "/" and not np.all(args[1]):
            raise self.error(f"division by zero: {self.slice(node.args[1])} is 0 here", node.args[1])
        if node.kind in ("/", "^"):
            return args[0] / args[1] if node.kind == "/" else np.power(*args)
        return FUNCTIONS[node.name or node.kind](*args)

    def root(self, radicand: Node, degree: Node | None = None) -> Array:
        value = self.value(radicand)
        order = 2 if degree is None else self.integer(degree)
        if np.any(value < 0) or order < 1:
            least = f"{self.slice(radicand)} = {np.min(value):g}"
            raise self.error(f"root of degree {order} of {least} is not real", radicand)
        return np.asarray(np.sqrt(value) if order == 2 else np.power(value, 1 / order))

    def mean(self, values: Array) -> Array:
        if self.weights is None or not values.ndim:
            return values
        return np.asarray(np.sum(self.weights * values))

    def expectation(self, node: Node) -> object:
        law = self.lookup(node.args[0]) if node.args[0].kind == "symbol" else None
        if isinstance(law, (Uniform, Normal)) and node.kind != "Cov":
            return {"E": law.mean, "Var": law.variance, "std": np.sqrt(law.variance)}[node.kind]
        if self.integral:
            raise self.error("an expectation inside an integral is not supported", node)
        first, *more = (self.value(arg) for arg in node.args)
        if node.kind == "E":
            return self.mean(first)
        second = more[0] if more else first
        moment = self.mean((first - self.mean(first)) * (second - self.mean(second)))
        return np.sqrt(moment) if node.kind == "std" else moment

    def terms(self, node: Node) -> Iterator["Evaluator"]:
        """Evaluators for the body: one for each term of a sum or product, one for all of an integral."""
        if node.name in self.running:
            raise self.error(f"{node.name!r} is already running here: use another letter", node)
        if node.kind in ("gauss", "int"):
            if self.integral:
                raise self.error("an integral inside an integral is not supported", node)
            limits = [self.scalar(arg) for arg in node.args[:-1]]
            nodes, weights = trapezoid_rule(*limits) if limits else gauss()
            values: Array | range = nodes[np.newaxis]
            inner = Evaluator(self.source, self.letters, weights, integral=True)
        else:
            values = self.range(node)
            inner = Evaluator(self.source, self.letters, self.weights, self.integral)
        inner.running = self.running | {node.name}
        for value in values:
            inner.letters[node.name] = value
            yield inner

    def total(self, body: Node) -> float:
        """The weighted sum over the nodes of an integral."""
        assert self.weights is not None
        return float(np.sum(self.weights * self.value(body)))

    def range(self, node: Node) -> range:
        if len(node.args) == 3:
            low, high = (self.integer(arg) for arg in node.args[:2])
        else:
            given: Any = self.letters.get(f"range {node.name}")
            if given is None:
                raise self.error(
                    f"{node.name!r} has no range: write both bounds or bind 'range {node.name}'", node
                )
            low, high = given if isinstance(given, tuple) else (1, given)
        if high < low:
            raise self.error(f"nothing to add or multiply: {node.name} runs from {low} to {high}", node)
        return range(low, high + 1)

    def magnitude(self, node: Node) -> float:
        """The size of the terms that a value is added up from: what its rounding errors are relative to."""
        match node.kind:
            case "+" | "-" | "neg" | "group" | "E":
                return max(map(self.magnitude, node.args))
            case "*" | "Cov":
                return float(np.prod([self.magnitude(arg) for arg in node.args]))
            case "/":
                return self.magnitude(node.args[0]) / float(np.min(np.abs(self.value(node.args[1]))))
            case "Var":
                return self.magnitude(node.args[0]) ** 2
            case "sum":
                return sum(inner.magnitude(node.args[-1]) for inner in self.terms(node))
            case _:
                return float(np.max(np.abs(self.value(node))))
