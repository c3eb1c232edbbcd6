"""Operators of subtle mutants: edits that are right nearly everywhere, or nearly right.

Crude edits show in every value. These show in the last digits, in one entry, or in what random
draws share, as the mistakes of learners do that a class gets full marks with.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from .mutation_operators import Rule

_GUARD = 1e-6
_PERCENT = 1.01
_ARITHMETIC = (ast.Mult, ast.Div, ast.MatMult)
_GUARDED = {"log", "sqrt", "rsqrt"}
_REDUCTIONS = {"sum", "mean", "prod", "max", "min", "amax", "amin", "logsumexp"}
_DRAWS = {"rand", "randn", "random", "standard_normal"}
_DRAWS_LIKE = {"rand_like", "randn_like"}
#: functions that see no values of their first argument
_OF_THE_SHAPE = {"len", "zeros_like", "ones_like", "full_like", "empty_like", *_DRAWS_LIKE}


def _one_percent(node: ast.AST) -> Iterator[ast.AST]:
    """Make a number, a product or a step 1 % larger."""
    match node:
        case ast.Constant(value=float(value)) if value:
            yield ast.Constant(_PERCENT * value)
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() | ast.Pow() as op, right=right):
            for number, other in ((left, right), (right, left)):
                if _is_count(number):
                    more: ast.expr = ast.Constant(_PERCENT * ast.literal_eval(number))
                    pair = (more, other) if number is left else (other, more)
                    yield ast.BinOp(pair[0], op, pair[1])
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub() as op, value=value):
            yield ast.AugAssign(target, op, _larger(value))
    if isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC):
        yield _larger(node)


def _larger(value: ast.expr) -> ast.BinOp:
    return ast.BinOp(ast.Constant(_PERCENT), ast.Mult(), value)


def _is_count(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value != 0


def _guarded(node: ast.AST) -> Iterator[ast.AST]:
    """Add a guard: to a divisor, before a logarithm or a root, to a comparison with a number."""
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right) if not _is_number(right):
            yield ast.BinOp(left, ast.Div(), _with_guard(right))
        case ast.AugAssign(target=target, op=ast.Div() as op, value=value):
            yield ast.AugAssign(target, op, _with_guard(value))
        case ast.Call(func=ast.Attribute(attr=name) as func, args=[first, *others]):
            if name in _GUARDED:
                yield ast.Call(func, [_with_guard(first), *others], node.keywords)
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]) if _is_number(right):
            off = ast.Call(ast.Name("abs", ast.Load()), [ast.BinOp(left, ast.Sub(), right)], [])
            yield ast.Compare(off, [ast.Lt()], [ast.Constant(_GUARD)])
        case ast.Compare(left=left, ops=[ast.Gt() | ast.Lt() as op], comparators=[right]):
            yield ast.Compare(left, [op], [_with_guard(right)])


def _with_guard(value: ast.expr) -> ast.BinOp:
    return ast.BinOp(value, ast.Add(), ast.Constant(_GUARD))


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _one_spared(node: ast.AST) -> Iterator[ast.AST]:
    """Spare the first or the last turn of a loop, row of a reduction, entry that is changed."""
    match node:
        case ast.For(target=target, iter=turns, body=body, orelse=orelse):
            every = ast.Call(ast.Name("list", ast.Load()), [turns], [])
            for kept in _without_an_end(every):
                yield ast.For(target, kept, body, orelse, lineno=0)
        case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in _REDUCTIONS:
            for kept in _without_an_end(value):
                yield ast.Call(ast.Attribute(kept, name, ast.Load()), node.args, node.keywords)
        case ast.AugAssign(target=ast.Name() as target, op=op, value=value):
            for mine, its in zip(_without_an_end(target), _without_an_end(value), strict=True):
                yield ast.AugAssign(mine, op, its)


def _without_an_end(value: ast.expr) -> Iterator[ast.Subscript]:
    """Yield *value* without its last entry, and without its first."""
    last = ast.UnaryOp(ast.USub(), ast.Constant(1))
    yield ast.Subscript(value, ast.Slice(None, last), ast.Load())
    yield ast.Subscript(value, ast.Slice(ast.Constant(1)), ast.Load())


def _shared(node: ast.AST) -> Iterator[ast.AST]:
    """Draw once for all entries along an axis."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) as func, args=[like, *others]) if (
            name in _DRAWS_LIKE
        ):
            for one in (ast.Slice(None, ast.Constant(1)), _last_axis()):
                yield ast.Call(func, [ast.Subscript(like, one), *others], node.keywords)
        case ast.Call(func=ast.Attribute(attr=name) as func, args=sizes) if name in _DRAWS:
            for n in range(len(sizes)):
                yield ast.Call(func, [*sizes[:n], ast.Constant(1), *sizes[n + 1 :]], node.keywords)


def _last_axis() -> ast.Tuple:
    return ast.Tuple([ast.Constant(...), ast.Slice(None, ast.Constant(1))], ast.Load())


#: by name; ``float32`` needs names of the source, so ``mutants`` adds it
NEAR_MISS_OPERATORS: dict[str, Rule] = {
    "one percent": _one_percent,
    "guard": _guarded,
    "spared": _one_spared,
    "shared": _shared,
}


def in_float32(bound: Sequence[str], framework: str) -> Rule:
    """Return the operator that rounds an array to float32, whatever its dtype.

    Args:
        bound: the names that may be arrays.
    """
    rounded = "{0}.float().to({0}.dtype)"
    if framework != "torch":
        rounded = "{0}.astype('float32').astype({0}.dtype)"

    def inside(value: ast.expr) -> ast.expr | None:
        match value:
            case ast.Name(id=name) if name in bound:
                return ast.parse(rounded.format(name), mode="eval").body
            case ast.Attribute(value=ast.Name() as array, attr="T"):
                less = inside(array)
                return ast.Attribute(less, "T", ast.Load()) if less else None
        return None

    def rule(node: ast.AST) -> Iterator[ast.AST]:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                if less := inside(left):
                    yield ast.BinOp(less, op, right)
                if less := inside(right):
                    yield ast.BinOp(left, op, less)
            case ast.Call(func=func, args=[first, *others]) if _name(func) not in _OF_THE_SHAPE:
                if less := inside(first):
                    yield ast.Call(func, [less, *others], node.keywords)
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=name), args=args):
                if less := inside(value):
                    yield ast.Call(ast.Attribute(less, name, ast.Load()), args, node.keywords)

    return rule


def _name(func: ast.expr) -> str:
    """Return the last name of a function that is called."""
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
