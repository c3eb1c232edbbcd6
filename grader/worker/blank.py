"""Is a function or class still empty, as a starter leaves it?

It is empty if it can never answer: its body does nothing, or raises NotImplementedError before it
returns anything. A class is empty if all its methods are. What starters give beside that differs
from course to course; :func:`normal_form` is for comparing with them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeGuard

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)
_ANSWERS = (ast.Return, ast.Yield, ast.YieldFrom)
#: parts of the syntax that change nothing about what code computes
_SILENT = frozenset(["annotation", "returns", "type_comment", "ctx", "kind", "type_params"])


def is_blank(node: ast.stmt) -> bool:
    """Whether *node* defines a function or class that is empty.

    A class that only inherits is not: its base may be the work.
    """
    if _is_function(node):
        return _never_answers(node.body)
    if isinstance(node, ast.ClassDef):
        members = [part for part in node.body if not _does_nothing(part)]
        extends = any(isinstance(base, ast.Name) and base.id == node.name for base in node.bases)
        if extends or (node.bases and not members):
            return False
        return all(map(is_blank, members))
    return False


def normal_form(node: ast.AST) -> str:
    """Return *node* without what makes no difference: layout, comments, docstrings, annotations.

    Nor does it show statements that do nothing, or raise NotImplementedError. Two functions that
    are equal in this form are the same work. Raises RecursionError for code nested too deep.
    """
    parts = []
    for field, value in ast.iter_fields(node):
        if field in _SILENT or value is None:
            continue
        if isinstance(value, list):
            kept = [part for part in value if not _does_nothing(part) and not _is_missing(part)]
            parts.append(f"{field}=[{','.join(map(_shown, kept))}]")
        else:
            parts.append(f"{field}={_shown(value)}")
    return f"{type(node).__name__}({','.join(parts)})"


def _shown(value: object) -> str:
    return normal_form(value) if isinstance(value, ast.AST) else repr(value)


def _is_function(node: ast.AST) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    return isinstance(node, _FUNCTIONS)


def _never_answers(body: Sequence[ast.stmt]) -> bool:
    real = [part for part in body if not _does_nothing(part)]
    if not real or (len(real) == 1 and _returns_nothing(real[0])):
        return True
    for part in real:
        if _is_missing(part):
            return True
        if any(isinstance(node, _ANSWERS) for node in _own(part)):
            return False
    return False


def _does_nothing(node: object) -> bool:
    """Whether *node* is ``pass``, ``...`` or a docstring."""
    constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return constant or isinstance(node, ast.Pass)


def _is_missing(node: object) -> bool:
    """Whether *node* raises NotImplementedError."""
    raised = node.exc if isinstance(node, ast.Raise) else None
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _returns_nothing(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Return):
        return False
    return node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """Yield *node* and what is in it, but not what is in functions and classes of its own."""
    todo = [node]
    while todo:
        part = todo.pop()
        yield part
        if not isinstance(part, _SCOPES):
            todo.extend(ast.iter_child_nodes(part))
