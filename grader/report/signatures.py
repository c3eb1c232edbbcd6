"""What a submission calls the arguments of its functions: read from its text, never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from grader.exercise import Chunk

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Signatures:
    """Names of arguments, as the last definition in *chunks* has them.

    Args:
        instead: code that has them where *chunks* do not.

    Attributes:
        bound: every name that the code itself gives something at its top level.
    """

    def __init__(self, chunks: Sequence[Chunk], instead: Sequence[Chunk] = ()) -> None:
        self.bound: set[str] = set()
        self._functions: dict[str, tuple[str, ...]] = {}
        for chunk in [*instead, *chunks]:
            try:
                tree = ast.parse(chunk.text)
            except (SyntaxError, ValueError):
                continue  # another part may define it
            self._read(tree)
            if chunk in chunks:
                self.bound.update(name for node in tree.body for name in _bound(node))

    def _read(self, tree: ast.Module) -> None:
        for node in tree.body:
            if isinstance(node, _Function):
                self._functions[node.name] = _arguments(node)
            elif isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, _Function):
                        self._functions[f"{node.name}.{method.name}"] = _arguments(method)[1:]

    def of(self, name: str) -> tuple[str, ...]:
        """Return the names of the positional arguments of a function, class or ``Class.method``.

        Empty if there is no such definition.
        """
        owner = name.removesuffix(".__call__")
        for known in (name, f"{name}.__init__", f"{owner}.forward"):
            if known in self._functions:
                return self._functions[known]
        return ()


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]


def _arguments(function: _Function) -> tuple[str, ...]:
    return tuple(a.arg for a in [*function.args.posonlyargs, *function.args.args])
