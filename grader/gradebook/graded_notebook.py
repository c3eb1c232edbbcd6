"""A submission as the graded notebook that nbgrader and its formgrader show."""

from __future__ import annotations

import ast
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
from grader.submission import notebook_json
from grader.submission.magics import to_python
from grader.submission.marimo_cells import is_marimo
from grader.submission.notebook import is_notebook
from grader.submission.source_text import decode
from grader.worker.definitions import last_defining
from grader.worker.slicing import bound

from .cell_metadata import Node, checked_in, grade_cell, grade_id_of, mark_solution, solution_id
from .nbgrader_import import nbgrader_module


def notebook_of(
    data: bytes, name: str, submission: Submission, exercises: Collection[str] = ()
) -> Any:
    """Return a submitted file as a notebook of format 4.5, whatever state it is in.

    Args:
        data: the content of the file.

        name: the name of the file, a ``.py`` or an ``.ipynb``.

        submission: the submission as it was read, for files that cannot become a notebook.

        exercises: start a new cell each where a ``.py`` has several in one cell.
    """
    v4: Any = nbformat.v4
    try:
        text = decode(data)
        if is_notebook(text, name):
            return _tidied(_cells_in(text))
        if is_marimo(text):
            return _tidied([v4.new_code_cell(chunk.text) for chunk in submission.chunks])
        cells = jupytext.reads(text, fmt="py:percent").cells
        return _tidied([part for cell in cells for part in _parts(cell, exercises)])
    except Exception:
        # nbformat and jupytext can raise anything on damaged files; the code was read anyway.
        return _tidied([v4.new_code_cell(chunk.text) for chunk in submission.chunks])


def _cells_in(text: str) -> list[Any]:
    """Return the cells of the notebook whose JSON is *text*, without validation."""
    from_dict: Any = nbformat.from_dict
    return [
        from_dict({"cell_type": one.kind, "source": one.source, "metadata": one.metadata or {}})
        for one in notebook_json.cells(text)
    ]


def _parts(cell: Any, exercises: Collection[str]) -> list[Any]:
    """Return *cell*, split before each of *exercises* in it except the first.

    A person who grades an exercise then sees its code, comment and points together.
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
        # Comments and decorators above a definition belong to it.
        if new and seen and end < statement.lineno:
            starts.append(end)
        seen |= new
        end = statement.end_lineno or end
    if not starts:
        return [cell]
    pieces = zip([0, *starts], [*starts, len(lines)], strict=True)
    return [v4.new_code_cell("\n".join(lines[a:b]).strip("\n")) for a, b in pieces]


def _tidied(old_cells: list[Any]) -> Any:
    """Return a valid notebook with the content of *old_cells*.

    Outputs are dropped: learners can choose them, and a grader's browser would run their scripts.
    So are metadata (including those of extensions) and ids, which copied cells have twice.
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
    """Whether *cell* is an unchanged check cell of a kit; a graded cell replaces it."""
    name = checked_by(cell)
    return bool(name) and checked_in(_source(cell)) == (name,)


def _source(cell: Any) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def marked_notebook(
    notebook: Any, assignment: Assignment, others: Mapping[str, Any] | None = None
) -> Any:
    """Return *notebook* with nbgrader's cells: each exercise's, and a graded one below it.

    Args:
        notebook: the return value of :func:`notebook_of`.

        others: metadata of cells that only nbgrader knows, by id.
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
    """Restore the metadata of cells that only nbgrader knows; of copies, the last one gets it."""
    last = {cell.metadata.get("was"): cell for cell in cells if not grade_id_of(cell)}
    for name, metadata in others.items():
        cell = last.get(name)
        if cell is not None and cell.cell_type == metadata["cell_type"]:
            cell.metadata["nbgrader"] = Node(metadata)


def graded_notebook(notebook: Any, assignment: Assignment, result: Result) -> Any:
    """Return *notebook*, a marked one, with each exercise's result in its graded cell."""
    for cell in notebook.cells:
        for exercise in assignment.exercises:
            if grade_id_of(cell) == exercise.name:
                show(cell, [exercise], result)
    nbformat.validate(notebook)
    return notebook


def _home(exercise: str, cells: list[Any]) -> Any:
    """Return the cell that defines *exercise*; otherwise the one to fill in, if any.

    If several define it, the last one counts, as when the notebook is run.
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
    """Return the points of *exercises*; None if they are not final.

    Args:
        points: the points of the cell; None for those of the exercises.
    """
    part = result.only([exercise.name for exercise in exercises])
    if not part.final:
        return None
    if points is None:
        return float(part.points)
    # nbgrader's own cells know no bonus: there they count as any other
    offered = sum((one.max_points for one in part.exercises), Fraction(0))
    earned = sum((one.points for one in part.exercises), Fraction(0))
    return float(Fraction(points) * earned / offered) if offered else 0.0


def show(cell: Any, exercises: list[Exercise], result: Result) -> None:
    """Write the results of *exercises* to the outputs of the graded *cell*.

    The value is the bare number from which nbgrader reads points, so that reading the notebook
    again gives the same grade. Nothing is written to stderr, which would cost all points.
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
    """Return the score for readers of the notebook."""
    text = _("Score: {points} / {max_points}")
    offered = Fraction(cell.metadata.nbgrader.points)
    return text.format(points=f"{score:g}", max_points=decimal_text(offered))


def markdown_page(text: str) -> str:
    """Return Markdown as HTML, rendered like nbgrader's own pages.

    Headings are small, because the text is between cells.
    """
    nbgrader_module("api")
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Small(IPythonRenderer):
        def heading(self, text: str, level: int, **attributes: Any) -> str:
            return super().heading(text, level + 2, **attributes)

    renderer = Small(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(text))
