"""The notebook of an assignment as nbgrader has it: cells with its metadata, version 3.

An exercise has two cells there: the one that learners fill, ``<exercise>-solution``, and below it
the one that is graded, called like the exercise, which holds nothing but ``check("<exercise>")``.
nbgrader itself is not needed for this.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import nbformat

from grader.course.catalogue import Course
from grader.course.source import code_cell
from grader.course.starters import checked_by, render
from grader.exercise import Assignment, Exercise, Language

#: of the metadata that nbgrader 0.6 and later write
SCHEMA = 3

#: a dictionary whose keys are attributes, too; nbformat gives no types
Node: Any = nbformat.NotebookNode


def solution_id(exercise: str) -> str:
    """Return what the cell that learners fill is called."""
    return f"{exercise}-solution"


def check_text(exercise: str) -> str:
    """Return the code of the cell that is graded."""
    return f'from grader import check\n\ncheck("{exercise}")'


def source_notebook(course: Course, assignment: Assignment, language: Language) -> Any:
    """Return the notebook with its solutions, of which nbgrader makes the one for learners."""
    notebook = release_notebook(course, assignment, language)
    cells = course.source(assignment)
    for cell in notebook.cells:
        for exercise in assignment.exercises:
            if grade_id_of(cell) == solution_id(exercise.name):
                cell.source = code_cell(cells, exercise.name).text
                cell.metadata.nbgrader["checksum"] = checksum(cell)
    return notebook


def release_notebook(course: Course, assignment: Assignment, language: Language) -> Any:
    """Return the notebook that learners fill: the starter, and a graded cell per exercise."""
    reads: Any = nbformat.reads  # nbformat's functions carry no types
    text = render(course, assignment, language)[f"{assignment.name}.ipynb"]
    notebook = reads(text, as_version=nbformat.NO_CONVERT)
    cells = []
    for cell in notebook.cells:
        if checked_by(cell) is not None:
            continue  # the graded cells do it here
        cells.append(cell)
        name = cell.metadata.get("gradproof", {}).get("exercise")
        if cell.cell_type == "code" and name:
            mark_solution(cell, name)
            cell.metadata.nbgrader["checksum"] = checksum(cell)
            cells.append(grade_cell(assignment.exercise(name)))
    notebook.cells = cells
    nbformat.validate(notebook)
    return notebook


def mark_solution(cell: Any, exercise: str) -> None:
    """Make *cell* the one that learners fill for *exercise*."""
    cell.metadata["nbgrader"] = _metadata(solution_id(exercise), solution=True)


def grade_cell(exercise: Exercise) -> Any:
    """Return the cell of *exercise* that is graded."""
    cell = graded_cell(exercise.name, check_text(exercise.name), exercise.points)
    cell["id"] = f"{exercise.name}-check"
    return cell


def graded_cell(grade_id: str, source: str, points: Fraction | float) -> Any:
    """Return a graded cell that nbgrader calls *grade_id*."""
    v4: Any = nbformat.v4
    marks = {"nbgrader": _metadata(grade_id, points=points), "deletable": False, "editable": False}
    cell = v4.new_code_cell(source, metadata=marks)
    cell.metadata.nbgrader["checksum"] = checksum(cell)
    return cell


def _metadata(grade_id: str, solution: bool = False, points: Fraction | float | None = None) -> Any:
    """Return nbgrader's metadata: of a cell to fill, or with *points* of a graded one."""
    metadata: dict[str, object] = {
        "schema_version": SCHEMA,
        "grade_id": grade_id,
        "grade": not solution,
        "solution": solution,
        "locked": not solution,
        "task": False,
        "cell_type": "code",
    }
    if points is not None:
        metadata["points"] = float(points)
    return Node(metadata)


def checksum(cell: Any) -> str:
    """Return the identity of a cell as nbgrader computes it, to see what has been changed."""
    metadata = cell.metadata.nbgrader
    grade, solution = bool(metadata.grade), bool(metadata.solution)
    locked = not solution and (grade or bool(metadata.locked))
    parts = [cell.source, cell.cell_type, str(grade), str(solution), str(locked), metadata.grade_id]
    if grade:
        parts.append(str(float(metadata.points)))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def grade_id_of(cell: Any) -> str:
    """Return what nbgrader calls *cell*; empty if it does not know it."""
    metadata = cell.metadata.get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, Mapping) else None
    return name if isinstance(name, str) else ""


def checked_in(code: str) -> tuple[str, ...]:
    """Return the exercises that *code* does nothing but check; empty for any other code.

    ``check("softmax")``, ``grader.check("softmax")`` and ``check(softmax)`` are such code, with
    imports and a sentence before them.
    """
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError):
        return ()
    names: list[str] = []
    for statement in body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)) or _is_sentence(statement):
            continue
        found = _checked_by(statement)
        if not found:
            return ()
        names += found
    return tuple(dict.fromkeys(names))


def asks_gradproof(code: str) -> bool:
    """Whether *code* takes its ``check`` from gradproof, and not from something else called so."""
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError):
        return False
    for statement in body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "grader":
            return True
        if isinstance(statement, ast.Import) and any(n.name == "grader" for n in statement.names):
            return True
    return False


def _is_sentence(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _checked_by(statement: ast.stmt) -> list[str]:
    """Return what *statement*, if it is a call of ``check``, names; empty if it is not."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or call.keywords:
        return []
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    found = [
        argument.value if isinstance(argument, ast.Constant) else getattr(argument, "id", None)
        for argument in call.args
    ]
    if name != "check" or not all(isinstance(one, str) for one in found):
        return []
    return [one for one in found if isinstance(one, str)]
