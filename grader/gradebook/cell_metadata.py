"""An assignment's notebook for nbgrader: cells with nbgrader's metadata, version 3.

An exercise has two cells there: the one that learners fill in, ``<exercise>-solution``, and below
it the graded one with the name of the exercise, which contains only ``check("<exercise>")``.
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
from grader.course.editions import EDITIONS
from grader.course.solved import blank_cell, solved_cells
from grader.course.starters import checked_by, render
from grader.exercise import Assignment, Exercise, Language

#: version of the metadata that nbgrader 0.6 and later write
SCHEMA = 3

#: a dictionary whose keys are also attributes; nbformat has no type hints
Node: Any = nbformat.NotebookNode


def solution_id(exercise: str) -> str:
    """Return the id of the cell that learners fill in."""
    return f"{exercise}-solution"


def check_text(exercise: str) -> str:
    """Return the code of the graded cell."""
    return f'from grader import check\n\ncheck("{exercise}")'


def source_notebook(
    course: Course, assignment: Assignment, language: Language, framework: str = ""
) -> Any:
    """Return the notebook with solutions, from which nbgrader generates the learners' notebook.

    Where there is no solution in *framework*, its place is marked and empty.
    """
    notebook = release_notebook(course, assignment, language, framework)
    solved = solved_cells(course, assignment, framework or assignment.framework)
    for cell in notebook.cells:
        for exercise in assignment.exercises:
            if grade_id_of(cell) == solution_id(exercise.name):
                cell.source = solved.get(exercise.name) or blank_cell(cell.source)
                cell.metadata.nbgrader["checksum"] = checksum(cell)
    return notebook


def release_notebook(
    course: Course, assignment: Assignment, language: Language, framework: str = ""
) -> Any:
    """Return the learners' notebook: the starter, and a graded cell for each exercise."""
    reads: Any = nbformat.reads  # nbformat's functions have no type hints
    used = framework or assignment.framework
    text = render(course, assignment, language, used)[f"{assignment.name}.ipynb"]
    notebook = reads(text, as_version=nbformat.NO_CONVERT)
    cells = []
    for cell in notebook.cells:
        checks = checked_by(cell)
        if checks or (checks is not None and not EDITIONS[used].late):
            continue  # The graded cells replace the check cells.
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
    """Mark *cell* as the one that learners fill in for *exercise*."""
    cell.metadata["nbgrader"] = _metadata(solution_id(exercise), solution=True)


def grade_cell(exercise: Exercise) -> Any:
    """Return the graded cell of *exercise*."""
    cell = graded_cell(exercise.name, check_text(exercise.name), exercise.points)
    cell["id"] = f"{exercise.name}-check"
    return cell


def graded_cell(grade_id: str, source: str, points: Fraction | float) -> Any:
    """Return a graded cell with the id *grade_id*."""
    v4: Any = nbformat.v4
    marks = {"nbgrader": _metadata(grade_id, points=points), "deletable": False, "editable": False}
    cell = v4.new_code_cell(source, metadata=marks)
    cell.metadata.nbgrader["checksum"] = checksum(cell)
    return cell


def _metadata(grade_id: str, solution: bool = False, points: Fraction | float | None = None) -> Any:
    """Return nbgrader's metadata of a cell to fill in or, with *points*, of a graded cell."""
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
    """Return a cell's checksum as nbgrader computes it, to detect changes."""
    metadata = cell.metadata.nbgrader
    grade, solution = bool(metadata.grade), bool(metadata.solution)
    locked = not solution and (grade or bool(metadata.locked))
    parts = [cell.source, cell.cell_type, str(grade), str(solution), str(locked), metadata.grade_id]
    if grade:
        parts.append(str(float(metadata.points)))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def grade_id_of(cell: Any) -> str:
    """Return nbgrader's id of *cell*; empty if it has none."""
    metadata = cell.metadata.get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, Mapping) else None
    return name if isinstance(name, str) else ""


def checked_in(code: str) -> tuple[str, ...]:
    """Return the exercises checked by *code* if it does nothing else; empty for other code.

    ``check("softmax")``, ``grader.check("softmax")`` and ``check(softmax)`` are such code, even
    after imports and a string.
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
    """Whether ``check`` in *code* is imported from gradproof."""
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
    """Return the exercises that *statement* names if it calls ``check``; empty otherwise."""
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
