"""What a learner handed in as the graded notebook that nbgrader and its formgrader show."""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

import jupytext
import nbformat

from grader.course.starters import checked_by
from grader.exercise import Assignment, Exercise, Submission
from grader.language import _
from grader.outcome import Result
from grader.report.markdown import exercise_to_markdown
from grader.report.points_text import decimal_text
from grader.submission.files import NOTEBOOK
from grader.submission.magics import to_python
from grader.submission.notebook import is_notebook, without_outputs
from grader.submission.source_text import decode
from grader.worker.definitions import last_defining
from grader.worker.slicing import bound

from .cell_metadata import Node, checked_in, grade_cell, grade_id_of, mark_solution, solution_id
from .nbgrader_import import nbgrader_module


def notebook_of(
    data: bytes, name: str, submission: Submission, exercises: Collection[str] = ()
) -> Any:
    """Return a hand-in as a notebook of format 4.5, whatever state it is in.

    Args:
        data: the bytes of the file.

        name: of the file, a ``.py`` or an ``.ipynb``.

        submission: as it was read, for files that no notebook can be made of.

        exercises: that begin a cell each where a ``.py`` has several in one.
    """
    v4: Any = nbformat.v4
    try:
        text = decode(without_outputs(data) if name.lower().endswith(NOTEBOOK) else data)
        if is_notebook(text, name):
            return _tidied(_cells_in(text))
        cells = jupytext.reads(text, fmt="py:percent").cells
        return _tidied([part for cell in cells for part in _parts(cell, exercises)])
    except Exception:
        # nbformat and jupytext raise anything on damaged files; the code was read all the same
        return _tidied([v4.new_code_cell(chunk.text) for chunk in submission.chunks])


def _cells_in(text: str) -> list[Any]:
    """Return the cells of the notebook whose JSON is *text*, without asking whether it is valid."""
    reads: Any = nbformat.reads
    from_dict: Any = nbformat.from_dict
    raw = json.loads(text)
    notebook = from_dict(raw) if "cells" in raw else reads(text, as_version=4)
    return list(notebook.cells)


def _parts(cell: Any, exercises: Collection[str]) -> list[Any]:
    """Return *cell* cut before each of *exercises* in it but the first.

    So each has its code, its comment and its points together where a person grades it.
    """
    v4: Any = nbformat.v4
    lines = _source(cell).split("\n")
    try:
        body = ast.parse("\n".join(lines)).body if cell.cell_type == "code" else []
    except (SyntaxError, ValueError):
        return [cell]
    starts: list[int] = []
    seen: set[str] = set()
    end = 0
    for statement in body:
        new = set(exercises) & set(bound(statement)) - seen
        # what stands above a definition, a comment or a decorator, belongs to it
        if new and seen and end < statement.lineno:
            starts.append(end)
        seen |= new
        end = statement.end_lineno or end
    if not starts:
        return [cell]
    pieces = zip([0, *starts], [*starts, len(lines)], strict=True)
    return [v4.new_code_cell("\n".join(lines[a:b]).strip("\n")) for a, b in pieces]


def _tidied(old_cells: list[Any]) -> Any:
    """Return a valid notebook of what was written in *old_cells*.

    Outputs go: they are the learner's to choose, and whoever grades would run their scripts. So
    does metadata, other people's extensions' too, and ids, which copied cells have twice.
    """
    v4: Any = nbformat.v4
    make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}
    cells = []
    for number, old in enumerate(old_cells):
        if old.cell_type not in make or _checks_only(old):
            continue
        new = make[old.cell_type](_source(old), id=f"cell-{number}")
        if grade_id_of(old):
            new.metadata["was"] = grade_id_of(old)
        cells.append(new)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    tidied = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    tidied.nbformat_minor = 5
    nbformat.validate(tidied)
    return tidied


def _checks_only(cell: Any) -> bool:
    """Whether *cell* is a kit's check as it was handed out; a graded cell takes its place."""
    name = checked_by(cell)
    return bool(name) and checked_in(_source(cell)) == (name,)


def _source(cell: Any) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def marked_notebook(
    notebook: Any, assignment: Assignment, others: Mapping[str, Any] | None = None
) -> Any:
    """Return *notebook* with nbgrader's cells in it: each exercise's, and a graded one below.

    Args:
        notebook: as :func:`notebook_of` returns it.

        others: metadata of cells that nbgrader alone knows, by their id.
    """
    ours = {exercise.name for exercise in assignment.exercises}
    cells = [cell for cell in notebook.cells if cell.metadata.get("was") not in ours]
    below: dict[int, list[Any]] = {}
    homeless = []
    for exercise in assignment.exercises:
        home, graded = _home(exercise.name, cells), grade_cell(exercise)
        if home is None:
            homeless.append(graded)
            continue
        if not grade_id_of(home):
            mark_solution(home, exercise.name)
        below.setdefault(id(home), []).append(graded)
    _mark_others(cells, others or {})
    for cell in cells:
        cell.metadata.pop("was", None)
    together = [new for cell in cells for new in (cell, *below.get(id(cell), ()))]
    notebook.cells = together + homeless
    nbformat.validate(notebook)
    return notebook


def _mark_others(cells: list[Any], others: Mapping[str, Any]) -> None:
    """Give cells that nbgrader alone knows their metadata back; of copies, the last one."""
    last = {cell.metadata.get("was"): cell for cell in cells if not grade_id_of(cell)}
    for name, metadata in others.items():
        cell = last.get(name)
        if cell is not None and cell.cell_type == metadata["cell_type"]:
            cell.metadata["nbgrader"] = Node(metadata)


def graded_notebook(notebook: Any, assignment: Assignment, result: Result) -> Any:
    """Return *notebook*, a marked one, with what came of each exercise in its graded cell."""
    for cell in notebook.cells:
        for exercise in assignment.exercises:
            if grade_id_of(cell) == exercise.name:
                show(cell, [exercise], result)
    nbformat.validate(notebook)
    return notebook


def _home(exercise: str, cells: list[Any]) -> Any:
    """Return the cell that defines *exercise*; else the one that was there to be filled, if any.

    Of several the last one counts, as when the notebook is run.
    """
    codes = [cell for cell in cells if cell.cell_type == "code"]
    index = last_defining([to_python(cell.source) for cell in codes], exercise)
    if index is not None:
        return codes[index]
    marked = [cell for cell in codes if cell.metadata.get("was") == solution_id(exercise)]
    return marked[-1] if marked else None


def auto_score(
    exercises: list[Exercise], result: Result, points: float | None = None
) -> float | None:
    """Return what *exercises* have earned; None while that is no grade.

    Args:
        points: that the cell offers; None for those of the exercises.
    """
    part = result.only([exercise.name for exercise in exercises])
    if not part.final:
        return None
    if points is None:
        return float(part.points)
    return float(Fraction(points) * part.points / part.max_score) if part.max_score else 0.0


def show(cell: Any, exercises: list[Exercise], result: Result) -> None:
    """Put what came of *exercises* into the outputs of the graded *cell*.

    The value is the bare number that nbgrader reads points from, so that whatever looks at the
    notebook again finds the same grade. Nothing is written to stderr, which would cost them all.
    """
    v4: Any = nbformat.v4
    score = auto_score(exercises, result, float(cell.metadata.nbgrader.points))
    page = markdown_page("\n".join(exercise_to_markdown(result, e) for e in exercises))
    cell.execution_count = 1
    cell.outputs = [v4.new_output("display_data", data={"text/html": page})]
    if score is not None:
        data = {"text/plain": repr(score), "text/html": _short(score, cell)}
        cell.outputs.append(v4.new_output("execute_result", data=data, execution_count=1))


def _short(score: float, cell: Any) -> str:
    """Return the score as a reader of the notebook sees it."""
    text = _("Score: {points} / {max_points}")
    offered = Fraction(cell.metadata.nbgrader.points)
    return text.format(points=f"{score:g}", max_points=decimal_text(offered))


def markdown_page(text: str) -> str:
    """Return Markdown as HTML, by what nbgrader's own pages are made with.

    Headings are small: it stands between cells, and is not the page.
    """
    nbgrader_module("api")
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Small(IPythonRenderer):
        def heading(self, text: str, level: int, **attributes: Any) -> str:
            return super().heading(text, level + 2, **attributes)

    renderer = Small(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(text))
