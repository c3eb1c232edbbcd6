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
import warnings
from collections.abc import Iterator, Sequence

from .slicing import bound, describe

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
#: how sure it is that a text defines a name
NOT_AT_ALL, BY_VALUE, BY_DEFINITION = range(3)


def defines(text: str, name: str) -> bool:
    """Return whether *text*, Python with any line ends, defines *name*."""
    return _how(text, name) != NOT_AT_ALL


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
    statements = parsed(text) or []
    index = _last_of_surest([_how_by([statement], name) for statement in statements])
    if index is None:
        return None
    found = statements[index]
    decorators = found.decorator_list if isinstance(found, _DEFINITIONS) else []
    first = min([found.lineno, *(decorator.lineno for decorator in decorators)])
    return slice(first - 1, found.end_lineno)


def seems_to_define(text: str, name: str) -> bool:
    """Return whether a line of *text*, which is not valid Python, looks like a definition."""
    return how_it_seems(text, name) != NOT_AT_ALL


def _how(text: str, name: str) -> int:
    statements = parsed(text)
    if statements is None:
        return how_it_seems(text, name)
    return _how_by(statements, name)


def _last_of_surest(ways: Sequence[int]) -> int | None:
    surest = max(ways, default=NOT_AT_ALL)
    return len(ways) - 1 - ways[::-1].index(surest) if surest != NOT_AT_ALL else None


def parsed(text: str) -> list[ast.stmt] | None:
    """Return the statements of *text*; None if it is not valid Python."""
    try:
        with warnings.catch_warnings():
            # A learner's wrong escape sequence is not the reader's business.
            warnings.simplefilter("ignore")
            return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def reached(
    statements: Sequence[ast.stmt], guarded: bool = False
) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield *statements* and those in their branches, but not in functions and classes.

    Each comes with whether it runs only in a script: below ``if __name__ == "__main__":``.
    """
    for statement in statements:
        yield statement, guarded
        if isinstance(statement, _DEFINITIONS):
            continue
        if isinstance(statement, ast.If) and _asks_for_main(statement.test):
            yield from reached(statement.body, guarded=True)
            yield from reached(statement.orelse, guarded)
            continue
        for branch in ast.iter_child_nodes(statement):
            if isinstance(branch, ast.stmt):
                yield from reached([branch], guarded)
            elif isinstance(branch, (ast.ExceptHandler, ast.match_case)):
                yield from reached(branch.body, guarded)


def _asks_for_main(test: ast.expr) -> bool:
    """Whether *test* is ``__name__ == "__main__"``."""
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, *test.comparators]
    return {"__name__", "__main__"} == {
        side.id if isinstance(side, ast.Name) else getattr(side, "value", None) for side in sides
    }


def _how_by(statements: Sequence[ast.stmt], name: str) -> int:
    """Return how *statements*, with their branches, define *name*."""
    return max((how_itself(one, name) for one, _ in reached(statements)), default=NOT_AT_ALL)


def how_itself(statement: ast.stmt, name: str) -> int:
    """Return how *statement*, apart from its branches, defines *name*."""
    if isinstance(statement, _DEFINITIONS):
        return BY_DEFINITION if statement.name == name else NOT_AT_ALL
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    else:
        return NOT_AT_ALL
    # The value, which may be a whole data set, is only looked at where it matters.
    if not any(name in bound(target) for target in targets):
        return NOT_AT_ALL
    return NOT_AT_ALL if name in describe(statement, 0).tries else BY_VALUE


def how_it_seems(text: str, name: str) -> int:
    """Return how *text*, which is not valid Python, seems to define *name*."""
    word = re.escape(name)
    if re.search(rf"^(?:async\s+def|def|class)\s+{word}\b", text, re.MULTILINE):
        return BY_DEFINITION
    # indented, it may belong to a class, or be why the text is not valid
    indented = rf"^\s+(?:async\s+def|def|class)\s+{word}\b"
    assigned = rf"^{word}\s*(?::[^=\n]+)?=(?!=)"
    found = re.search(f"{indented}|{assigned}", text, re.MULTILINE)
    return BY_VALUE if found else NOT_AT_ALL
