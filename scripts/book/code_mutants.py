"""Wrong code, one small change each: a constant, an operator, a comparison or a name exchanged."""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
KEPT = (ast.Import, ast.ImportFrom, ast.Assert)
COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


class CodeMutant(NamedTuple):
    """One changed file: its path, the function, the line, what was changed, and the whole new source."""

    path: Path
    function: str
    line: int
    change: str
    source: str


def mutants(path: Path) -> Iterator[CodeMutant]:
    """Every mutant of a Python file; docstrings, annotations and imports are left alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spots = list(_spots(tree))
    for index, spot in enumerate(spots):
        for variant in range(_variants(spot, tree)):
            changed = copy.deepcopy(tree)
            node = list(_spots(changed))[index]
            old = _shown(node)
            _change(node, variant, changed)
            ast.fix_missing_locations(changed)
            change, source = f"{old} -> {_shown(node)}", ast.unparse(changed) + "\n"
            yield CodeMutant(path, _function(spot, tree), spot.lineno, change, source)


def negations(path: Path) -> Iterator[CodeMutant]:
    """Each comparison of a file turned into its opposite."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for index, spot in enumerate(_comparisons(tree)):
        changed = copy.deepcopy(tree)
        node = list(_comparisons(changed))[index]
        opposite = ast.copy_location(ast.Compare(node.left, node.ops, node.comparators), node)
        shown = ast.unparse(node)
        node.left, node.ops, node.comparators = opposite, [ast.Is()], [ast.Constant(False)]
        ast.fix_missing_locations(changed)
        yield CodeMutant(
            path, _function(spot, tree), spot.lineno, f"{shown} -> not", ast.unparse(changed) + "\n"
        )


def _comparisons(tree: ast.AST) -> list[ast.Compare]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]


Spot = ast.Constant | ast.BinOp | ast.UnaryOp | ast.Compare | ast.BoolOp | ast.Name | ast.IfExp


def _spots(tree: ast.AST) -> Iterator[Spot]:
    """The nodes that can be changed, in a fixed order."""
    for node in _walk(tree):
        match node:
            case ast.Constant(value=bool() | int() | float() | str()) | ast.Name(ctx=ast.Load()):
                yield node
            case ast.BinOp() | ast.Compare() | ast.BoolOp() | ast.IfExp():
                yield node
            case ast.UnaryOp(op=ast.USub() | ast.Not()):
                yield node


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Depth first, without docstrings, annotations, imports and the parts of f-strings that are only format."""
    for name, field in ast.iter_fields(node):
        if name in ("annotation", "returns", "format_spec", "decorator_list"):
            continue
        for child in field if isinstance(field, list) else [field]:
            # An assertion in an example is the check, not the code that is checked.
            if isinstance(child, ast.AST) and not isinstance(child, KEPT) and not _is_docstring(child):
                yield child
                yield from _walk(child)


def _is_docstring(node: ast.AST) -> bool:
    """A string alone on its line: of a module, class or function, or below a name."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _function(spot: Spot, tree: ast.Module) -> str:
    """The top-level function or class around a node, or nothing."""
    around = (n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef))
    return next((n.name for n in around if n.lineno <= spot.lineno <= (n.end_lineno or 0)), "")


def _siblings(node: ast.Name, tree: ast.AST) -> list[str]:
    """The other parameters of the function in which a parameter is used: what a slip of the pen would write."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.lineno <= node.lineno <= (
            function.end_lineno or 0
        ):
            names = [a.arg for a in function.args.posonlyargs + function.args.args + function.args.kwonlyargs]
            if node.id in names:
                return [name for name in names if name != node.id][:1]
    return []


def _variants(spot: Spot, tree: ast.AST) -> int:
    return len(_siblings(spot, tree)) if isinstance(spot, ast.Name) else 1


def _change(node: Spot, variant: int, tree: ast.AST) -> None:
    if isinstance(node, ast.Constant):
        node.value = _other(node.value)
    elif isinstance(node, ast.BinOp):
        node.op = BINARY[type(node.op)]()
    elif isinstance(node, ast.Compare):
        node.ops[0] = COMPARE[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        if isinstance(node.op, ast.Not):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.IfExp):
        node.body, node.orelse = node.orelse, node.body
    else:
        node.id = _siblings(node, tree)[variant]


def _other(value: object) -> bool | int | float | str:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else f"{value!s}~"


def _shown(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 50 else text[:47] + "..."
