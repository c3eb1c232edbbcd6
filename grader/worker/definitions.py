"""Does this text define the exercise? The one answer that collecting, grading and resetting share.

A name is defined where a module gives it a function, a class or another value: by ``def``, ``async
def`` or ``class``, decorated or not, or by an assignment such as ``f = partial(g, 2)``; also inside
an ``if``, ``try``, ``with`` or loop. It is not defined by an import, by what stands inside another
function or class, or by a try at it: ``accuracy = accuracy(net)``.

Text that is not valid Python is searched for lines that look like a definition.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from .slicing import describe

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
#: how sure it is that a text defines a name
_NOT_AT_ALL, _BY_VALUE, _BY_DEFINITION = range(3)


def defines(text: str, name: str) -> bool:
    """Return whether *text*, Python with any line ends, defines *name*."""
    return _how(text, name) != _NOT_AT_ALL


def last_defining(texts: Sequence[str], name: str) -> int | None:
    """Return the index of the text that defines *name*, None if none does.

    Of several it is the last one, as when the cells of a notebook are run in their order. A
    function or class comes before another value: ``accuracy = evaluate(net)`` is a result.
    """
    return _last_of_surest([_how(text, name) for text in texts])


def lines_defining(text: str, name: str) -> slice | None:
    """Return the lines of the statement that defines *name*, of several the last one.

    They start with its decorators and count from 0. None if there is no such statement, or if
    *text* is not valid Python.
    """
    statements = _parsed(text) or []
    index = _last_of_surest([_how_by([statement], name) for statement in statements])
    if index is None:
        return None
    found = statements[index]
    decorators = found.decorator_list if isinstance(found, _DEFINITIONS) else []
    first = min([found.lineno, *(decorator.lineno for decorator in decorators)])
    return slice(first - 1, found.end_lineno)


def seems_to_define(text: str, name: str) -> bool:
    """Return whether a line of *text*, which is not valid Python, looks like a definition."""
    return _how_it_seems(text, name) != _NOT_AT_ALL


def _how(text: str, name: str) -> int:
    statements = _parsed(text)
    if statements is None:
        return _how_it_seems(text, name)
    return _how_by(statements, name)


def _last_of_surest(ways: Sequence[int]) -> int | None:
    surest = max(ways, default=_NOT_AT_ALL)
    return len(ways) - 1 - ways[::-1].index(surest) if surest != _NOT_AT_ALL else None


def _parsed(text: str) -> list[ast.stmt] | None:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _reached(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield *statements* and those in their branches, but not in functions and classes."""
    for statement in statements:
        yield statement
        if not isinstance(statement, _DEFINITIONS):
            for branch in ast.iter_child_nodes(statement):
                if isinstance(branch, ast.stmt):
                    yield from _reached([branch])
                elif isinstance(branch, (ast.ExceptHandler, ast.match_case)):
                    yield from _reached(branch.body)


def _how_by(statements: Sequence[ast.stmt], name: str) -> int:
    """Return how *statements*, with their branches, define *name*."""
    return max((_how_itself(one, name) for one in _reached(statements)), default=_NOT_AT_ALL)


def _how_itself(statement: ast.stmt, name: str) -> int:
    """Return how *statement*, apart from its branches, defines *name*."""
    if isinstance(statement, _DEFINITIONS):
        return _BY_DEFINITION if statement.name == name else _NOT_AT_ALL
    if isinstance(statement, ast.Assign) or (
        isinstance(statement, ast.AnnAssign) and statement.value is not None
    ):
        about = describe(statement, 0)
        return _BY_VALUE if name in about.binds - about.tries else _NOT_AT_ALL
    return _NOT_AT_ALL


def _how_it_seems(text: str, name: str) -> int:
    word = re.escape(name)
    if re.search(rf"^(?:async\s+def|def|class)\s+{word}\b", text, re.MULTILINE):
        return _BY_DEFINITION
    # indented, it may belong to a class, or be why the text is not valid
    indented = rf"^\s+(?:async\s+def|def|class)\s+{word}\b"
    assigned = rf"^{word}\s*(?::[^=\n]+)?=(?!=)"
    found = re.search(f"{indented}|{assigned}", text, re.MULTILINE)
    return _BY_VALUE if found else _NOT_AT_ALL
