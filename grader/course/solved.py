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
from .editions import unbound
from .source import BEGIN, END, Cell, code_cell
from .starters import starter_cells


def solved_cells(course: Course, assignment: Assignment, framework: str) -> dict[str, str]:
    """Return the code of each exercise, with a marked solution in *framework*.

    Exercises without a solution that fits are left out. Raises AuthoringError if the source cannot
    be used.
    """
    cells = course.source(assignment, framework)
    starter = starter_cells(course, assignment, framework)
    given = [cell.text for cell in starter if cell.kind == "code"]
    solved: dict[str, str] = {}
    for exercise in (one.name for one in assignment.exercises):
        own = code_cell(cells, exercise)
        if framework == assignment.framework or own.frameworks == (framework,):
            solved[exercise] = own.text
            continue
        stub = code_cell(starter, exercise)
        for text in _variants(course, assignment, framework):
            code = _filled(stub, text)
            if code and not unbound([*given, code]):
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


def _filled(stub: Cell, variant: str) -> str:
    """Return the function of *stub* with the body that *variant* gives it; empty if it has none."""
    ours = _function(stub.text, stub.exercise)
    theirs = _function(variant, stub.exercise)
    if ours is None or theirs is None or ast.dump(ours.args) != ast.dump(theirs.args):
        return ""
    body = _without_docstring(theirs.body)
    if not body or body[0].lineno == theirs.lineno or theirs.decorator_list:
        return ""
    lines = variant.split("\n")[body[0].lineno - 1 : theirs.end_lineno]
    indent = " " * body[0].col_offset
    (place,) = [n for n, line in enumerate(stub.text.split("\n")) if "NotImplementedError" in line]
    head = stub.text.split("\n")[:place]
    return "\n".join([*head, f"{indent}{BEGIN}", *lines, f"{indent}{END}"])


def _function(text: str, name: str | None) -> ast.FunctionDef | None:
    """Return the only function called *name* at the top level of *text*."""
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    named = [node for node in found if node.name == name]
    return named[0] if len(named) == 1 else None


def _without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    first = body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if said else body
