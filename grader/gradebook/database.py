"""Grades, comments and cells in nbgrader's gradebook, written through its own API.

Entries made by a person stay: manual scores, extra credit, manual comments, penalties, due dates,
names. Only where the course judges lateness, or a result has a penalty, is an existing one
replaced. Writing the same results again changes nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _, listed
from grader.outcome import Result
from grader.report.markdown import exercise_to_comment

from .cell_metadata import SCHEMA, checked_in, grade_id_of, solution_id
from .graded_notebook import auto_score
from .nbgrader_import import at_ease, nbgrader_module


def default_url(root: Path) -> str:
    """Return the URL of nbgrader's default gradebook for a course in *root*."""
    return f"sqlite:///{(root / 'gradebook.db').resolve()}"


@contextmanager
def opened(url: str) -> Iterator[Book]:
    """Open the gradebook at *url*, in any form that SQLAlchemy accepts; create it if needed.

    Raises UsageError if it cannot be opened or written, or nbgrader is not installed.
    """
    api = nbgrader_module("api")
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with at_ease(), _quiet(), api.Gradebook(url) as book:
            yield Book(api, book)
    except (SQLAlchemyError, ModuleNotFoundError, api.InvalidEntry) as error:
        text = _("The gradebook {url} cannot be used: {what}")
        raise UsageError(text.format(url=without_password(url), what=_first(error))) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep nbgrader from logging tracebacks of errors that we report in a sentence."""
    log = logging.getLogger("tornado.application")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


@dataclass(frozen=True, slots=True)
class Book:
    """An open gradebook."""

    api: Any
    book: Any

    def refuse_double(self, assignment: Assignment) -> None:
        """Raise UsageError if nbgrader gives points for *assignment* in cells of its own.

        Ours would be added to them.
        """
        try:
            notebooks = self.book.find_assignment(assignment.name).notebooks
        except self.api.MissingEntry:
            return
        exercises = {exercise.name for exercise in assignment.exercises}
        theirs = [
            f"{notebook.name}/{cell.name}"
            for notebook in notebooks
            for cell in notebook.source_cells
            if exercises & set(checked_in(cell.source or ""))
            and (notebook.name != assignment.name or cell.name not in exercises)
        ]
        names = [notebook.name for notebook in notebooks]
        if assignment.name not in names:
            theirs = theirs or names
        if theirs:
            text = _(
                "In this gradebook, {assignment} already has points from nbgrader ({where}), and "
                "gradproof's points would be added to them. Grade it with `nbgrader autograde`."
            )
            raise UsageError(text.format(assignment=assignment.name, where=listed(theirs)))

    def enter_assignment(self, assignment: Assignment, notebook: Any) -> None:
        """Enter *assignment* and the cells of the learners' *notebook*."""
        name, book = assignment.name, self.book
        book.update_or_create_assignment(name)
        kernel = json.dumps(notebook.metadata.kernelspec)
        book.update_or_create_notebook(name, name, kernelspec=kernel)
        for exercise in assignment.exercises:
            # nbgrader knows no bonus: what is on offer is its points
            points = float(exercise.points) if exercise.counts == "yes" else 0.0
            place = (name, name)
            book.update_or_create_grade_cell(
                exercise.name, *place, max_score=points, cell_type="code"
            )
            book.update_or_create_solution_cell(solution_id(exercise.name), *place)
        for cell in notebook.cells:
            grade_id = grade_id_of(cell)
            if grade_id:
                book.update_or_create_source_cell(
                    grade_id,
                    name,
                    name,
                    cell_type=cell.cell_type,
                    locked=cell.metadata.nbgrader.locked,
                    source=cell.source,
                    checksum=cell.metadata.nbgrader.checksum,
                )

    def other_cells(self, assignment: Assignment) -> dict[str, dict[str, object]]:
        """Return nbgrader's metadata of cells that are not gradproof's, by id.

        These are, for example, prose answers that an instructor has added and grades by hand.
        """
        master = self.book.find_notebook(assignment.name, assignment.name)
        ours = {exercise.name for exercise in assignment.exercises}
        ours |= set(map(solution_id, ours))
        return {name: marks for name, marks in marks_of(master).items() if name not in ours}

    def enter_result(
        self,
        assignment: Assignment,
        result: Result,
        handed_in: datetime,
        judges_lateness: bool = False,
    ) -> None:
        """Enter the grades and comments of one learner.

        Args:
            judges_lateness: whether the course says what lateness costs; then no penalty of others
                stays.
        """
        when = handed_in.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        self.book.update_or_create_student(result.learner)
        earlier = self._handed_in(assignment.name, result.learner)
        submission = self.book.update_or_create_submission(
            assignment.name, result.learner, timestamp=when
        )
        notebook = self._submitted(submission, assignment.name)
        grades = {grade.cell.name: grade for grade in notebook.grades}
        comments = {comment.cell.name: comment for comment in notebook.comments}
        for exercise in assignment.exercises:
            enter_score(grades[exercise.name], auto_score([exercise], result))
            text = exercise_to_comment(result, exercise)
            comments[solution_id(exercise.name)].auto_comment = text
        if judges_lateness or result.penalty is not None or result.cap is not None:
            notebook.late_submission_penalty = float(result.points - result.score)
        ours = {exercise.name for exercise in assignment.exercises}
        if earlier is not None and earlier < submission.timestamp:
            for name in grades.keys() - ours:
                # The graded text has changed.
                grades[name].needs_manual_grade = True
        self.book.db.commit()

    def _handed_in(self, assignment: str, learner: str) -> datetime | None:
        """Return the gradebook's submission time: UTC, without a time zone."""
        try:
            when: datetime | None = self.book.find_submission(assignment, learner).timestamp
        except self.api.MissingEntry:
            return None
        return when

    def _submitted(self, submission: Any, name: str) -> Any:
        """Return the learner's notebook, with rows for cells that were added later."""
        db, api = self.book.db, self.api
        master = self.book.find_notebook(name, name)
        notebook = next((n for n in submission.notebooks if n.notebook_id == master.id), None)
        if notebook is None:
            notebook = api.SubmittedNotebook(notebook_id=master.id, assignment_id=submission.id)
            db.add(notebook)
            db.commit()
        for kind, cells, known in (
            (api.Grade, master.grade_cells, notebook.grades),
            (api.Comment, master.solution_cells, notebook.comments),
        ):
            have = {row.cell_id for row in known}
            db.add_all(
                kind(cell_id=cell.id, notebook_id=notebook.id)
                for cell in cells
                if cell.id not in have
            )
        db.commit()
        db.refresh(notebook)
        return notebook


def marks_of(master: Any) -> dict[str, dict[str, object]]:
    """Return nbgrader's metadata of every cell of the notebook *master*, by id."""
    points = {c.name: c.max_score for c in (*master.grade_cells, *master.task_cells)}
    solutions = {cell.name for cell in master.solution_cells}
    tasks = {cell.name for cell in master.task_cells}
    marks: dict[str, dict[str, object]] = {}
    for cell in master.source_cells:
        marks[cell.name] = {
            "schema_version": SCHEMA,
            "grade_id": cell.name,
            "grade": cell.name in points and cell.name not in tasks,
            "solution": cell.name in solutions,
            "locked": bool(cell.locked),
            "task": cell.name in tasks,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
        }
        if cell.name in points:
            marks[cell.name]["points"] = points[cell.name]
    return marks


def enter_score(grade: Any, score: float | None) -> None:
    """Enter *score*; None leaves the score to a person.

    A cell with manual points is marked for review only if our points have changed.
    """
    by_hand = grade.manual_score is not None
    if by_hand:
        changed = grade.auto_score != score
        grade.needs_manual_grade = bool(grade.needs_manual_grade) or changed
    else:
        grade.needs_manual_grade = score is None
    grade.auto_score = score


def _first(error: Exception) -> str:
    # The database's own message; SQLAlchemy may prefix it.
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def without_password(url: str) -> str:
    """Return *url* without its password, for display."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url
