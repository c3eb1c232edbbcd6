"""Solved starters: the cells of exercises with a solution in the starter's own framework.

The reference is in one framework. For the others, accepted variants have solutions; the first
counts that fits into the starter as it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..errors import SubmissionError
from ..exercise import Assignment
from ..submission.read import read_submission
from .catalogue import Course
from .editions import bound_by, unbound
from .source import BEGIN, END, Cell, code_cell
from .starters import starter_cells

_SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def solved_cells(course: Course, assignment: Assignment, framework: str) -> dict[str, str]:
    """Return the code of each exercise, with a marked solution in *framework*.

    Exercises without a solution that fits are left out. Raises AuthoringError if the source cannot
    be used.
    """
    cells = course.source(assignment, framework)
    starter = starter_cells(course, assignment, framework)
    solved: dict[str, str] = {}
    for exercise in (one.name for one in assignment.exercises):
        own = code_cell(cells, exercise)
        if framework == assignment.framework or own.frameworks == (framework,):
            solved[exercise] = own.text
            continue
        stub = code_cell(starter, exercise)
        # A notebook is run from above: what stands below is not there yet.
        above = starter[: starter.index(stub)]
        given = [cell.text for cell in above if cell.kind == "code" and not cell.story]
        for text in _variants(course, assignment, framework):
            code = _filled(stub, text, given)
            if code:
                solved[exercise] = code
                break
    return solved


def blank_cell(stub: str) -> str:
    """Return the code of an exercise in a starter, with its ``raise`` marked as the solution."""
    lines = []
    for line in stub.split("\n"):
        if line.strip().startswith("raise NotImplementedError("):
            indent = line[: len(line) - len(line.lstrip())]
            lines += [f"{indent}{BEGIN}", line, f"{indent}{END}"]
        else:
            lines.append(line)
    return "\n".join(lines)


def _variants(course: Course, assignment: Assignment, framework: str) -> Iterator[str]:
    """Yield the code of the accepted variants in *framework*."""
    for path in course.accepted(assignment):
        try:
            submission = read_submission(path, assignment.name)
        except SubmissionError:
            continue  # The audit reports it.
        if submission.framework == framework:
            yield "\n".join(chunk.text for chunk in submission.chunks)


def _filled(stub: Cell, variant: str, given: Sequence[str]) -> str:
    """Return the function of *stub* as *variant* solves it; empty if that does not fit.

    What the solution needs beside the starter, *given*, stands at its beginning.
    """
    ours = _function(stub.text, stub.exercise)
    theirs = _function(variant, stub.exercise)
    if ours is None or theirs is None or ast.dump(ours.args) != ast.dump(theirs.args):
        return ""
    body = _without_docstring(theirs.body)
    if not body or body[0].lineno == theirs.lineno or theirs.decorator_list:
        return ""
    (place,) = [n for n, line in enumerate(stub.text.split("\n")) if "NotImplementedError" in line]
    head, indent = stub.text.split("\n")[:place], " " * body[0].col_offset
    lines = variant.split("\n")
    others = [node for node in ast.parse(variant).body if node is not theirs]
    needed: set[int] = set()
    while True:
        beside = [
            indent + line if line else ""
            for number in sorted(needed)
            for line in lines[_start(others[number]) - 1 : others[number].end_lineno]
        ]
        own = lines[body[0].lineno - 1 : theirs.end_lineno]
        code = "\n".join([*head, f"{indent}{BEGIN}", *beside, *own, f"{indent}{END}"])
        missing = {name for _index, name in unbound([*given, code])}
        more = {n for n, node in enumerate(others) if missing & set(_names_bound(node))}
        if not missing:
            # What stands at its beginning is local there: a global name would be nobody's.
            globally = (one for one in ast.walk(ast.parse(code)) if isinstance(one, ast.Global))
            return "" if next(globally, None) else code
        if more <= needed:
            return ""
        needed |= more


def _start(node: ast.stmt) -> int:
    """Return the first line of a statement, with its decorators."""
    lines = [one.lineno for one in node.decorator_list] if isinstance(node, _SCOPES) else []
    return min([node.lineno, *lines])


def _names_bound(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement at the top level binds there."""
    inner = [node] if isinstance(node, _SCOPES) else ast.walk(node)
    for part in inner:
        yield from bound_by(part)


def _function(text: str, name: str | None) -> ast.FunctionDef | None:
    """Return the only function called *name* at the top level of *text*."""
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    named = [node for node in found if node.name == name]
    return named[0] if len(named) == 1 else None


def _without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    first = body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if said else body
