"""Operators of automatic mutants: the replacements for a node of the reference.

Each yields new nodes and leaves its argument unchanged.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import partial

Rule = Callable[[ast.AST], Iterator[ast.AST]]

_SIBLINGS = [
    ("sum", "mean"),
    ("max", "min"),
    ("amax", "amin"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("exp", "log"),
    ("tanh", "sigmoid"),
    ("rand", "randn"),
    ("rand_like", "randn_like"),
]
_TRANSPOSES = {"T", "mT", "H", "mH"}
_TRANSPOSING = {"t", "transpose", "swapaxes", "permute", "moveaxis"}
_KEEPING = {"keepdim", "keepdims"}
_AXES = {"axis", "axes", "dim", "dims"}
_COPYING = {"copy", "clone", "detach", "contiguous"}
_OTHER_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
}
_OTHER_COMPARISONS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
}


def _without_keyword(names: set[str], node: ast.AST) -> Iterator[ast.AST]:
    """Drop each keyword argument called one of *names*."""
    if isinstance(node, ast.Call):
        for dropped in node.keywords:
            if dropped.arg in names:
                kept = [keyword for keyword in node.keywords if keyword is not dropped]
                yield ast.Call(node.func, node.args, kept)


def _fewer_axes(node: ast.AST) -> Iterator[ast.AST]:
    """Drop the axis, or one of several axes."""
    yield from _without_keyword(_AXES, node)
    if isinstance(node, ast.keyword) and node.arg in _AXES:
        several = node.value
        if isinstance(several, (ast.Tuple, ast.List)) and len(several.elts) > 1:
            for n in range(len(several.elts)):
                kept = several.elts[:n] + several.elts[n + 1 :]
                yield ast.keyword(node.arg, ast.Tuple(kept, ast.Load()))


def _sibling(node: ast.AST) -> Iterator[ast.AST]:
    """Call a sibling: mean for sum, min for max."""
    if isinstance(node, ast.Call):
        for one, other in [*_SIBLINGS, *((b, a) for a, b in _SIBLINGS)]:
            if isinstance(node.func, ast.Attribute) and node.func.attr == one:
                func: ast.expr = ast.Attribute(node.func.value, other, ast.Load())
            elif isinstance(node.func, ast.Name) and node.func.id == one:
                func = ast.Name(other, ast.Load())
            else:
                continue
            yield ast.Call(func, node.args, node.keywords)


def _not_transposed(node: ast.AST) -> Iterator[ast.AST]:
    """Drop a transposition."""
    match node:
        case ast.Attribute(value=value, attr=name) if name in _TRANSPOSES:
            yield value
        case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in _TRANSPOSING:
            yield value


def _other_binary(node: ast.AST) -> Iterator[ast.AST]:
    """Flip a sign, divide instead of multiplying, multiply entries instead of matrices."""
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OTHER_BINARY:
            yield ast.BinOp(left, _OTHER_BINARY[type(op)](), right)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in _OTHER_BINARY:
            yield ast.AugAssign(target, _OTHER_BINARY[type(op)](), value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand


def _one_operand(node: ast.AST) -> Iterator[ast.AST]:
    """Drop a term of a sum, a factor of a product."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            yield left
            if isinstance(op, ast.Sub):
                yield ast.UnaryOp(ast.USub(), right)
            elif isinstance(op, ast.Div):
                yield ast.BinOp(ast.Constant(1), op, right)
            else:
                yield right


def _other_constant(node: ast.AST) -> Iterator[ast.AST]:
    """Change a number or negate a truth value."""
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            near = {0: [1], 1: [0, 2], 2: [1, 3]}.get(value, [value - 1, value + 1])
            yield from map(ast.Constant, near)
        case ast.Constant(value=float(value)):
            yield ast.Constant(2 * value)
            yield ast.Constant(value / 2)


def _other_comparison(node: ast.AST) -> Iterator[ast.AST]:
    """Move the boundary of a comparison, or reverse it."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for other in _OTHER_COMPARISONS.get(type(op), []):
                yield ast.Compare(left, [other()], [right])


def _off_by_one(value: ast.expr) -> Iterator[ast.expr]:
    """Yield one more and one less than *value*."""
    for op in (ast.Add(), ast.Sub()):
        yield ast.BinOp(value, op, ast.Constant(1))


def _other_slice(node: ast.AST) -> Iterator[ast.AST]:
    """Move or drop a bound of a slice, drop its step, drop an index."""
    if isinstance(node, ast.Slice):
        lower, upper, step = node.lower, node.upper, node.step
        if lower:
            yield from (ast.Slice(bound, upper, step) for bound in _off_by_one(lower))
            yield ast.Slice(None, upper, step)
        if upper:
            yield from (ast.Slice(lower, bound, step) for bound in _off_by_one(upper))
            yield ast.Slice(lower, None, step)
        if step:
            yield ast.Slice(lower, upper, None)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield node.value


def _other_range(node: ast.AST) -> Iterator[ast.AST]:
    """Move a bound of a range or of a written-out slice; drop the step."""
    match node:
        case ast.Call(func=ast.Name(id="range" | "slice") as func, args=args):
            for n, bound in enumerate(args[:2]):
                for moved in _off_by_one(bound):
                    yield ast.Call(func, [*args[:n], moved, *args[n + 1 :]], [])
            if len(args) == 1:
                yield ast.Call(func, [ast.Constant(1), *args], [])
            if len(args) == 3:
                yield ast.Call(func, args[:2], [])


def _other_assignment(node: ast.AST) -> Iterator[ast.AST]:
    """Assign instead of adding up; rebind a name instead of changing its array."""
    match node:
        case ast.AugAssign(target=target, op=op, value=value):
            yield _assign(target, value)
            yield _assign(target, ast.BinOp(target, op, value))
        case ast.Assign(targets=[ast.Subscript(value=ast.Name() as array)], value=value):
            yield _assign(array, value)


def _assign(target: ast.expr, value: ast.expr) -> ast.Assign:
    return ast.Assign([target], value, lineno=0)


def _swapped(values: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield *values* with each pair of neighbours swapped."""
    for n in range(len(values) - 1):
        yield [*values[:n], values[n + 1], values[n], *values[n + 2 :]]


def _other_order(node: ast.AST) -> Iterator[ast.AST]:
    """Swap neighbours: arguments of a call, values returned or yielded, names unpacked."""
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            yield from (ast.Call(func, swapped, keywords) for swapped in _swapped(args))
        case ast.Return(value=ast.Tuple(elts=values)):
            yield from (ast.Return(ast.Tuple(v, ast.Load())) for v in _swapped(values))
        case ast.Yield(value=ast.Tuple(elts=values)):
            yield from (ast.Yield(ast.Tuple(v, ast.Load())) for v in _swapped(values))
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=value):
            yield from (_assign(ast.Tuple(n, ast.Store()), value) for n in _swapped(names))


def _no_statement(node: ast.AST) -> Iterator[ast.AST]:
    """Delete a statement."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.Return, ast.For)):
        yield ast.Pass()


def _other_condition(node: ast.AST) -> Iterator[ast.AST]:
    """Negate a condition; confuse *and* with *or*; drop a part of it."""
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(_negated(test), body, orelse)
        case ast.While(test=test, body=body, orelse=orelse):
            yield ast.While(_negated(test), body, orelse)
        case ast.IfExp(test=test, body=first, orelse=second):
            yield ast.IfExp(test, second, first)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from values


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _not_copied(node: ast.AST) -> Iterator[ast.AST]:
    """Use an array itself where a copy was made."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=[]) if name in _COPYING:
            yield value


def other_name(bound: Sequence[str], node: ast.AST) -> Iterator[ast.AST]:
    """Use the name that is bound just before or just after the right one."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()) if name in bound:
            n = bound.index(name)
            for other in [*bound[max(n - 1, 0) : n], *bound[n + 1 : n + 2]]:
                yield ast.Name(other, ast.Load())


def without_call(modules: frozenset[str], node: ast.AST) -> Iterator[ast.AST]:
    """Replace a call by its argument, or by the object of a method call."""
    match node:
        case ast.Call(func=ast.Attribute(value=value)) if _root(value) not in modules:
            yield value
        case ast.Call(args=[first, *_]):
            yield first.value if isinstance(first, ast.Starred) else first


def _root(node: ast.expr) -> str:
    """Return the name that a chain of attributes begins with, or nothing."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


#: by name; ``name`` and ``call`` need names of the source, so ``mutants`` adds them
OPERATORS: dict[str, Rule] = {
    "axis": _fewer_axes,
    "keepdims": partial(_without_keyword, _KEEPING),
    "dtype": partial(_without_keyword, {"dtype"}),
    "sibling": _sibling,
    "transpose": _not_transposed,
    "operator": _other_binary,
    "term": _one_operand,
    "constant": _other_constant,
    "comparison": _other_comparison,
    "slice": _other_slice,
    "range": _other_range,
    "assignment": _other_assignment,
    "order": _other_order,
    "statement": _no_statement,
    "condition": _other_condition,
    "copy": _not_copied,
}
