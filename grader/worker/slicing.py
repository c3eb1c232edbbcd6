"""Which of a submission's statements the graded function needs.

A notebook is full of training cells, plots and experiments; a script may end in a loop of an
hour. Replaying them costs time and points. Instead the statements that the wanted name needs,
directly or through others, are found by reading: imports, definitions, assignments. Loops and
bare calls are left out unless nothing else defines a name that is needed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement and the names that matter about it.

    Attributes:
        chunk: index of the chunk it stands in.

        binds: names it gives a value at module level.

        uses: names it reads, now or when a function in it is called.

        changes: names whose object it changes (``table[0] = 1``, ``words.append(...)``).
    """

    node: ast.stmt
    chunk: int
    binds: frozenset[str]
    uses: frozenset[str]
    changes: frozenset[str]

    @property
    def is_import(self) -> bool:
        """Whether it is an import."""
        return isinstance(self.node, (ast.Import, ast.ImportFrom))

    @property
    def is_star_import(self) -> bool:
        """Whether it binds names that cannot be read off it."""
        return isinstance(self.node, ast.ImportFrom) and self.node.names[0].name == "*"

    @property
    def is_loop(self) -> bool:
        """Whether it is the kind of statement that trains, plots or reads files."""
        return isinstance(self.node, _LOOPS)


def describe(node: ast.stmt, chunk: int) -> Statement:
    """Return what matters about one top-level statement."""
    binds = frozenset(_bound(node))
    uses = frozenset(
        n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    ) | frozenset(name for n in ast.walk(node) if isinstance(n, ast.Global) for name in n.names)
    return Statement(node, chunk, binds, uses, frozenset(_changed(node)))


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield names that *node* binds in the scope it stands in."""
    if isinstance(node, _DEFINITIONS):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0]
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.ExceptHandler):
        for child in node.body:
            yield from _bound(child)
    elif not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _bound(child)


def _changed(node: ast.stmt) -> Iterator[str]:
    """Yield names whose object a simple statement changes."""
    targets: Iterable[ast.expr] = ()
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        targets = (node.target,)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        if isinstance(node.value.func, ast.Attribute):
            yield from _root(node.value.func.value)
    elif isinstance(node, _DEFINITIONS):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                for argument in decorator.args:
                    yield from _root(argument)
    for target in targets:
        if isinstance(target, (ast.Subscript, ast.Attribute)):
            yield from _root(target.value)


def _root(node: ast.expr) -> Iterator[str]:
    """Yield the name at the bottom of ``name.attribute[index]``."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def needed(statements: Sequence[Statement], wanted: str) -> list[Statement]:
    """Return the statements that *wanted* needs, in their order."""
    simple = {n for s in statements if not s.is_loop for n in s.binds}
    imported = {n for s in statements if s.is_import for n in s.binds}
    names, todo = {wanted}, [wanted]
    chosen: set[int] = {i for i, s in enumerate(statements) if s.is_star_import}
    while todo:
        name = todo.pop()
        for index, statement in enumerate(statements):
            if index in chosen or not _serves(statement, name, simple, imported):
                continue
            chosen.add(index)
            fresh = (statement.uses | statement.binds | statement.changes) - names
            names |= fresh
            todo.extend(sorted(fresh))
    return [statements[index] for index in sorted(chosen)]


def _serves(statement: Statement, name: str, simple: set[str], imported: set[str]) -> bool:
    if statement.is_loop:
        return name in statement.binds and name not in simple
    if name in statement.binds:
        return True
    return name in statement.changes and name not in imported
