"""What learners stumble over in JAX alone, read from the code of an exercise that failed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from grader.language import _

#: what makes a key; the last is the book's
_KEYS = ("PRNGKey", "get_key")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
#: functions of ``jax.random`` that a key may be given to twice: the others draw, or use it up
_NO_DRAWS = {*_KEYS, "key", "split", "fold_in", "clone", "key_data", "wrap_key_data", "key_impl"}
#: after these, what stands below is not run
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


class Found(NamedTuple):
    """A place in the code of an exercise: the number of the statement, what is said, and the line.

    Attributes:
        more: what stands in the text beside ``file`` and ``line``.
    """

    statement: int
    text: str
    line: int
    more: Mapping[str, str] = MappingProxyType({})


def found(nodes: Sequence[ast.AST], every: Sequence[ast.AST]) -> Iterator[Found]:
    """Yield what is found in the code of an exercise.

    Args:
        nodes: the statements that the exercise needs.

        every: all statements, which import.
    """
    unused = _(
        "{file}, line {line}: the result of .at[].{method} is not used. It is a new array; the old "
        "one does not change."
    )
    same = _(
        "{file}, line {line}: this key is the same in every call, and so are the numbers that "
        "follow from it. Draw a new key in each call."
    )
    again = _(
        "{file}, line {line}: this key has been used before, so these numbers are not new ones. "
        "Make a key for each use with jax.random.split."
    )
    kept = dict(pair for node in nodes for pair in _kept_keys(node))
    draws = _Draws.of(every)
    for place, top in enumerate(nodes):
        for node in ast.walk(top):
            if isinstance(node, ast.Expr) and (method := _update(node.value)):
                yield Found(place, unused, node.lineno, {"method": method})
            if not isinstance(node, _FUNCTIONS):
                continue
            if line := _fixed_key(node) or draws.of_kept(node, kept):
                yield Found(place, same, line)
            if line := next(draws.repeated(node.body, set()), 0):
                yield Found(place, again, line)


def _update(node: ast.expr) -> str:
    """Return ``set`` for ``x.at[i].set(y)``, and likewise; empty for anything else."""
    match node:
        case ast.Call(ast.Attribute(ast.Subscript(ast.Attribute(attr="at")), method)):
            return method
    return ""


def _fixed_key(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the line of a key that is the same in all calls of *function*; 0 if there is none."""
    defaults = [one for one in (*function.args.defaults, *function.args.kw_defaults) if one]
    for key in (key for one in defaults for key in _keys(one)):
        return key.lineno
    for key in (key for one in function.body for key in _keys(one)):
        if key.args and all(isinstance(argument, ast.Constant) for argument in key.args):
            return key.lineno
    return 0


def _kept_keys(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the names of the keys that a statement of the module makes, with their line."""
    if isinstance(node, ast.Assign) and any(_keys(node.value)):
        yield from ((name, node.lineno) for target in node.targets for name in _bound(target))


@dataclass(frozen=True, slots=True)
class _Draws:
    """Finds the calls that draw.

    Attributes:
        modules: how the code calls ``jax.random``.
    """

    modules: frozenset[str]

    @classmethod
    def of(cls, statements: Sequence[ast.AST]) -> _Draws:
        """Return what finds the draws of code in which *statements* import."""
        found = {"jax.random"}
        for node in statements:
            if isinstance(node, ast.ImportFrom) and node.module == "jax":
                found |= {one.asname or one.name for one in node.names if one.name == "random"}
            if isinstance(node, ast.Import):
                found |= {one.asname or one.name for one in node.names if one.name == "jax.random"}
        return cls(frozenset(found))

    def of_kept(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef, kept: Mapping[str, int]
    ) -> int:
        """Return the line where one of the module's keys is made with which *function* draws.

        Not if it makes new ones under that name; 0 if there is none.
        """
        nodes = [node for one in function.body for node in ast.walk(one)]
        own = {name for node in nodes for name in _bound(node)}
        own |= {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
        names = (name for node in nodes for name, _line in self._drawn(node))
        return next((kept[name] for name in names if name in kept and name not in own), 0)

    def repeated(self, body: Sequence[ast.stmt], used: set[str]) -> Iterator[int]:
        """Yield the lines in which a key draws again.

        Args:
            used: the names of keys that have drawn before; those of *body* are added.
        """
        for statement in body:
            if isinstance(statement, ast.If):
                ends = []
                for branch in (statement.body, statement.orelse):
                    drawn = set(used)
                    yield from self.repeated(branch, drawn)
                    ends += [] if branch and isinstance(branch[-1], _ENDS) else [drawn]
                used |= set().union(*ends)
            elif isinstance(statement, (ast.For, ast.While)):
                bound = {name for node in ast.walk(statement) for name in _bound(node)}
                yield from self.repeated(statement.body, used.difference(bound))
                yield from self._each_time(statement.body, bound)
            elif isinstance(statement, (ast.With, ast.Try)):
                yield from self.repeated(statement.body, used)
            elif not isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
                yield from self._repeated_in(statement, used)
                used -= {name for node in ast.walk(statement) for name in _bound(node)}

    def _repeated_in(self, statement: ast.stmt, used: set[str]) -> Iterator[int]:
        for node in _parts(statement):
            if isinstance(node, _COMPREHENSIONS):
                bound = {name for part in ast.walk(node) for name in _bound(part)}
                yield from self._each_time([node], bound)
            for name, line in self._drawn(node):
                if name in used:
                    yield line
                used.add(name)

    def _each_time(self, body: Sequence[ast.AST], bound: set[str]) -> Iterator[int]:
        """Yield the lines of a loop in which a key draws that it does not make itself."""
        for node in (node for one in body for node in _parts(one)):
            yield from (line for name, line in self._drawn(node) if name not in bound)

    def _drawn(self, node: ast.AST) -> Iterator[tuple[str, int]]:
        """Yield the name of the key with which a call draws, and its line."""
        match node:
            case ast.Call(ast.Attribute(module, method), [ast.Name(name), *_]):
                if method not in _NO_DRAWS and ast.unparse(module) in self.modules:
                    yield name, node.lineno


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield *node* and what is in it; of ``a if b else c`` no ``c``, nothing of a lambda."""
    yield node
    if not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            if not isinstance(node, ast.IfExp) or child is not node.orelse:
                yield from _parts(child)


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that are assigned to where *node* stands."""
    match node:
        case ast.Name(name, ast.Store()):
            yield name
        case ast.Tuple(parts) | ast.List(parts):
            for part in parts:
                yield from _bound(part)


def _keys(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls in *node* that make a key, as ``jax.random.PRNGKey`` does."""
    for call in ast.walk(node):
        match call:
            case ast.Call(ast.Attribute(attr=name) | ast.Name(id=name)) if name in _KEYS:
                yield call
            case ast.Call(ast.Attribute(ast.Attribute(attr="random"), "key")):
                yield call
