"""Code in a normal form: without what can be changed in it without understanding it.

Names that the learner chose, comments, docstrings, annotations, layout and prints are left out;
``x += 1`` is ``x = x + 1``, ``np.sum(x)`` is ``x.sum()``, ``b * a`` is ``a * b``, and a loop that
only appends is a comprehension. Which library a function comes from does not matter, either: the
same code in another framework is the same in this form.

Statements are parted into their heads and what stands below them, so their order does not count.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from grader.worker.slicing import bound

#: most symbols of one exercise that are compared
MOST_SYMBOLS = 20_000

#: what several libraries call by several names
_SAME = {
    "dot": "matmul",
    "mm": "matmul",
    "bmm": "matmul",
    "T": "transpose",
    "dim": "axis",
    "keepdim": "keepdims",
    "multiply": "mul",
    "maximum": "max",
    "amax": "max",
    "concat": "concatenate",
    "cat": "concatenate",
    "float": "astype",
    "double": "astype",
}
_COMMUTE = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr)
#: labels of what means the same in any order
_IN_ANY_ORDER = frozenset(["Add", "Mult", "BitAnd", "BitOr", "And", "Or", "Eq", "NotEq"])
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.Lt, ast.GtE: ast.LtE}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
#: longer texts, and those of several words, are told to people: another language is no other code
_WORD = 16


@dataclass(frozen=True, slots=True)
class Part:
    """A part of code in normal form, with its own parts.

    Attributes:
        label: what it is; a name that the learner chose begins with ``$``.

        line, last: its first and last line.

        size: how many symbols it consists of.

        shape: it without chosen names, which could have been others.
    """

    label: str
    parts: tuple[Part, ...] = ()
    line: int = 0
    last: int = 0
    size: int = field(init=False, default=1)
    shape: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", 1 + sum(part.size for part in self.parts))
        label = "$" if self.is_chosen else self.label
        shape = f"{label}({','.join([part.shape for part in self.parts])})"
        object.__setattr__(self, "shape", shape)

    @property
    def every(self) -> Iterator[Part]:
        """It and its parts, the whole before its parts."""
        yield self
        for part in self.parts:
            yield from part.every

    @property
    def key(self) -> str:
        """What it is equal to another by: chosen names only count by where they come again."""
        counts = Counter(part.label for part in self.every if part.is_chosen)
        return _written(self, {}, counts)

    @property
    def is_chosen(self) -> bool:
        """Whether it is a name that the learner chose."""
        return self.label.startswith("$")


def _written(part: Part, names: dict[str, str], counts: Mapping[str, int]) -> str:
    label = names.setdefault(part.label, f"${len(names)}") if part.is_chosen else part.label
    parts: Sequence[Part] = part.parts
    if label in _IN_ANY_ORDER:
        # Of terms that differ in names only, the one that is used more comes first.
        parts = sorted(
            parts, key=lambda one: (one.shape, names.get(one.label, "~"), -counts[one.label])
        )
    inside = ",".join([_written(one, names, counts) for one in parts])
    return f"{label}({inside})" if inside else label


def normal_parts(statements: Sequence[ast.stmt], kept: Collection[str]) -> list[Part]:
    """Return *statements* in normal form, each simple statement and each head of a block as one.

    Args:
        kept: names that are not the learner's choice, such as those of exercises.

    Raises:
        RecursionError: they are nested too deep.
    """
    imported = {
        alias.asname or alias.name.partition(".")[0]: alias.name
        for statement in statements
        for node in ast.walk(statement)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    modules = frozenset(
        alias.asname or alias.name.partition(".")[0]
        for statement in statements
        for node in ast.walk(statement)
        if isinstance(node, ast.Import)
        for alias in node.names
    ) | {"np", "torch", "tf", "jnp", "jax", "nn", "F"}
    chosen = {name for one in statements for name in _bound_below(one)}
    attributes = {
        node.attr
        for one in statements
        for node in ast.walk(one)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    chosen -= {*imported, *kept}
    reader = _Reader(frozenset(chosen), frozenset(attributes), modules, imported)
    return list(reader.block(statements))


def _bound_below(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds, at any depth."""
    for node in ast.walk(statement):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.ExceptHandler)):
            yield node.name or ""
        elif isinstance(node, (ast.Name, ast.MatchAs, ast.MatchStar, ast.MatchMapping)):
            yield from bound(node)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads code into parts.

    Attributes:
        chosen: names that the learner chose, of variables, functions and classes.

        attributes: attributes that the learner's code sets.

        modules: names of modules.

        imported: what names were imported as.
    """

    chosen: frozenset[str]
    attributes: frozenset[str]
    modules: frozenset[str]
    imported: dict[str, str]

    # -- statements --------------------------------------------------------------------------------

    def block(self, statements: Sequence[ast.stmt]) -> Iterator[Part]:
        """Yield the parts of some statements in a row."""
        filled = {name for one in statements if (name := _filled(one))}
        for one in statements:
            if _is_empty_list(one, filled) or _says_nothing(one):
                continue
            yield from self._statement(one)

    def _statement(self, one: ast.stmt) -> Iterator[Part]:
        match one:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                defaults = [*one.args.defaults, *filter(None, one.args.kw_defaults)]
                yield from (self._of(one, "default", self.value(value)) for value in defaults)
                yield from self.block(one.body)
            case ast.ClassDef():
                yield from self.block(one.body)
            case ast.For() | ast.AsyncFor() if _filled(one):
                yield self._filling(one)
            case ast.For() | ast.AsyncFor():
                yield self._of(one, "each", self.value(one.target), self.value(one.iter))
                yield from self.block([*one.body, *one.orelse])
            case ast.While() | ast.If():
                yield self._of(one, "if", self.value(one.test))
                yield from self.block([*one.body, *one.orelse])
            case ast.With() | ast.AsyncWith():
                yield from (
                    self._of(one, "with", self.value(item.context_expr)) for item in one.items
                )
                yield from self.block(one.body)
            case ast.Try():
                handlers = [part for handler in one.handlers for part in handler.body]
                yield from self.block([*one.body, *handlers, *one.orelse, *one.finalbody])
            case ast.Assign([ast.Tuple(to)], ast.Tuple(values)) if len(to) == len(values):
                for target, value in zip(to, values, strict=True):
                    yield self._of(one, "=", self.value(target), self.value(value))
            case ast.Assign():
                given = self.value(one.value)
                yield from (self._of(one, "=", self.value(to), given) for to in one.targets)
            case ast.AnnAssign():
                if one.value is not None:
                    yield self._of(one, "=", self.value(one.target), self.value(one.value))
            case ast.AugAssign():
                value = ast.copy_location(ast.BinOp(one.target, one.op, one.value), one)
                yield self._of(one, "=", self.value(one.target), self.value(value))
            case ast.Expr():
                yield self._of(one, "do", self.value(one.value))
            case ast.Return():
                yield self._of(one, "return", *map(self.value, _of_tuple(one.value)))
            case ast.Raise():
                yield self._of(one, "raise", *map(self.value, filter(None, [one.exc])))
            case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Global() | ast.Nonlocal():
                pass
            case _:
                yield self._of(one, type(one).__name__, *self._children(one))

    def _filling(self, one: ast.For | ast.AsyncFor) -> Part:
        """Return a loop that only fills a list, as the comprehension that it could be."""
        heads: list[Part] = []
        inside: ast.stmt = one
        while not isinstance(inside, ast.Expr):
            assert isinstance(inside, (ast.For, ast.AsyncFor, ast.If))
            heads.append(self.value(inside.test if isinstance(inside, ast.If) else inside.iter))
            inside = inside.body[0]
        assert isinstance(inside.value, ast.Call)
        function = inside.value.func
        assert isinstance(function, ast.Attribute)
        made = self._of(one, "every", self.value(inside.value.args[0]), *heads)
        return self._of(one, "=", self.value(function.value), made)

    # -- expressions -------------------------------------------------------------------------------

    def value(self, node: ast.AST) -> Part:
        """Return an expression as one part."""
        match node:
            case ast.Name():
                return self._of(node, self._name(node.id))
            case ast.Constant():
                return self._of(node, _constant(node.value))
            case ast.JoinedStr():
                return self._of(node, "text")
            case ast.Attribute(attr="T"):
                return self._of(node, "transpose", self.value(node.value))
            case ast.Attribute():
                if self._is_module(node.value):
                    return self._of(node, _SAME.get(node.attr, node.attr))
                own = f"$.{node.attr}" if node.attr in self.attributes else f".{node.attr}"
                return self._of(node, own, self.value(node.value))
            case ast.Call():
                return self._call(node)
            case ast.BinOp(_, ast.MatMult()):
                return self._of(node, "matmul()", self.value(node.left), self.value(node.right))
            case ast.BinOp():
                return self._of(node, type(node.op).__name__, *map(self.value, _terms(node)))
            case ast.BoolOp():
                return self._of(node, type(node.op).__name__, *map(self.value, node.values))
            case ast.Compare(ops=[operator]):
                sides = [self.value(node.left), self.value(node.comparators[0])]
                turned = _TURNED.get(type(operator), type(operator))
                if turned is not type(operator):
                    sides.reverse()
                return self._of(node, turned.__name__, *sides)
            case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)):
                return self._of(node, _constant(-number))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                heads = [
                    part
                    for one in node.generators
                    for part in map(self.value, [one.iter, *one.ifs])
                ]
                return self._of(node, "every", self.value(node.elt), *heads)
            case ast.NamedExpr():
                return self.value(node.value)
            case ast.Lambda():
                return self._of(node, "lambda", self.value(node.body))
            case ast.Starred():
                return self._of(node, "*", self.value(node.value))
            case ast.List() | ast.Tuple():
                return self._of(node, "row", *map(self.value, node.elts))
        return self._of(node, type(node).__name__, *self._children(node))

    def _call(self, node: ast.Call) -> Part:
        arguments = list(map(self.value, node.args))
        named = sorted(
            (
                self._of(
                    one, f"{_SAME.get(one.arg or '**', one.arg or '**')}=", self.value(one.value)
                )
                for one in node.keywords
            ),
            key=lambda part: part.label,
        )
        function = node.func
        if isinstance(function, ast.Attribute) and not self._is_module(function.value):
            called = _SAME.get(function.attr, function.attr)
            called = f"$.{called}" if called in self.attributes else called
            return self._of(node, f"{called}()", self.value(function.value), *arguments, *named)
        if isinstance(function, (ast.Name, ast.Attribute)):
            called = self._of_function(function)
            return self._of(node, f"{called}()", *arguments, *named)
        return self._of(node, "()", self.value(function), *arguments, *named)

    def _of_function(self, function: ast.Name | ast.Attribute) -> str:
        if isinstance(function, ast.Name):
            return self._name(function.id)
        return _SAME.get(function.attr, function.attr)

    def _name(self, name: str) -> str:
        if name in self.chosen:
            return f"${name}"
        return _SAME.get(name, self.imported.get(name, name).rpartition(".")[2])

    def _is_module(self, node: ast.expr) -> bool:
        """Whether *node* is a module, such as ``np`` or ``torch.nn.functional``."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self.modules - self.chosen

    def _children(self, node: ast.AST) -> list[Part]:
        kinds = (ast.expr, ast.comprehension, ast.keyword, ast.stmt)
        return [self.value(one) for one in ast.iter_child_nodes(node) if isinstance(one, kinds)]

    def _of(self, node: ast.AST, label: str, *parts: Part) -> Part:
        line = getattr(node, "lineno", 0) or min((one.line for one in parts), default=0)
        is_block = isinstance(getattr(node, "body", None), list)
        lasts = [one.last for one in parts]
        last = max(lasts, default=line) if is_block else getattr(node, "end_lineno", None) or line
        return Part(label, parts, line, last)


def _constant(value: object) -> str:
    if isinstance(value, str):
        return repr(value) if len(value) <= _WORD and " " not in value else "text"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return repr(value)


def _terms(node: ast.BinOp) -> list[ast.expr]:
    """Return the terms of a sum or product, however it is bracketed."""
    if not isinstance(node.op, _COMMUTE):
        return [node.left, node.right]
    terms: list[ast.expr] = []
    for side in (node.left, node.right):
        same = isinstance(side, ast.BinOp) and type(side.op) is type(node.op)
        terms += _terms(side) if same and isinstance(side, ast.BinOp) else [side]
    return terms


def _of_tuple(value: ast.expr | None) -> list[ast.expr]:
    if value is None:
        return []
    return value.elts if isinstance(value, ast.Tuple) else [value]


def _says_nothing(one: ast.stmt) -> bool:
    """Whether a statement is a docstring or a print."""
    if not isinstance(one, ast.Expr):
        return False
    value = one.value
    is_print = isinstance(value, ast.Call) and getattr(value.func, "id", "") == "print"
    return is_print or isinstance(value, ast.Constant)


def _filled(one: ast.stmt) -> str:
    """Return the name of the list that a loop only appends to; empty if it does anything else."""
    if not isinstance(one, (ast.For, ast.AsyncFor)):
        return ""
    inside: ast.stmt = one
    while _is_head(inside) and len(inside.body) == 1 and not inside.orelse:
        inside = inside.body[0]
    match inside:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "append"), [_])):
            return name
    return ""


def _is_head(one: ast.stmt) -> TypeGuard[ast.For | ast.AsyncFor | ast.If]:
    return isinstance(one, (ast.For, ast.AsyncFor, ast.If))


def _is_empty_list(one: ast.stmt, filled: Collection[str]) -> bool:
    """Whether a statement makes one of the lists *filled*, still empty."""
    match one:
        case ast.Assign([ast.Name(name)], ast.List([]) | ast.Call(ast.Name("list"), [])):
            return name in filled
    return False
