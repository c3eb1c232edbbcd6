"""``nbgrader autograde`` by gradproof: what stands in ``nbgrader_config.py``.

::

    c.Autograde.autograde_preprocessors = [
        "grader.gradebook.autograde.GradproofGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]

A graded cell that calls ``check("softmax")`` is gradproof's if the course has that exercise: it
gets what the exercise's checks, hidden ones too, have earned of its points, and no kernel runs it.
All other cells are run and graded by nbgrader, as always.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    DeduplicateIds,
    Execute,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
)
from nbgrader.utils import is_grade, is_solution
from traitlets import Dict, Unicode

from grader import language
from grader.course.catalogue import Course, catalogue_file
from grader.errors import UsageError
from grader.exercise import Assignment, Exercise
from grader.language import _
from grader.outcome import Result
from grader.report.markdown import exercise_to_comment
from grader.submission.learner_names import is_assignment

from .cell_metadata import Node, asks_gradproof, checked_in, grade_id_of
from .database import marks_of
from .graded_notebook import auto_score, show
from .nbgrader_import import at_ease, keep_engines
from .save_grades import Saving
from .warm_grader import grade_next

#: what gradproof grades in a notebook: the exercises by the place of their graded cell
_Ours = Mapping[int, list[Exercise]]


class GradproofGrades(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades what gradproof has checks for, and leaves the rest to nbgrader."""

    course = Unicode(
        "",
        help="The gradproof course; by default nbgrader's own folder.",
    ).tag(config=True)
    assignments = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="What gradproof calls an assignment, by nbgrader's name, where that is another; case "
        "and what joins words make no difference.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return *nb* graded, with its grades in the gradebook."""
        language.use(language.preferred())
        keep_engines()
        place = resources["nbgrader"]
        course, assignment = self._assignment(place["assignment"])
        ours = _ours(nb, assignment) if assignment is not None else {}
        self._look_for_strays(nb, course, place["assignment"], ours)
        self._run_others(nb, resources, ours)
        saving = Saving(parent=self.parent)
        if course is not None and assignment is not None and ours:
            result = self._grade(nb, course, assignment, ours, place)
            for index, exercises in ours.items():
                show(nb.cells[index], exercises, result)
            saving.scores = _scores(nb, ours, result)
            saving.comments = _comments(nb, ours, result)
        with at_ease():
            saving(nb, resources)
        return nb, resources

    def _assignment(self, name: str) -> tuple[Course | None, Assignment | None]:
        """Return the gradproof course, and what nbgrader calls *name* in it, as far as they are."""
        root = Path(self.course).expanduser() if self.course else Path.cwd()
        if not self.course and not catalogue_file(root).exists():
            return None, None
        course = Course.load(root)
        name = self.assignments.get(name, name)
        alike = [one for one in course.assignments if is_assignment(name, one.name)]
        same = [one for one in alike if one.name == name]
        return course, next(iter(same or alike), None)

    def _look_for_strays(self, nb: Any, course: Course | None, name: str, ours: _Ours) -> None:
        """Raise UsageError for a cell that asks gradproof for what the course does not have.

        A kernel would run its public checks alone, beside the learner's code, and nobody would
        notice. Who calls ``check`` without importing it may mean another, and is warned.
        """
        for index, cell in enumerate(nb.cells):
            names = checked_in(cell.source) if _is_check(cell) else ()
            if not names or index in ours:
                continue
            text = _stray(grade_id_of(cell), names, course, name)
            if asks_gradproof(cell.source):
                raise UsageError(text)
            self.log.warning(text)

    def _run_others(self, nb: Any, resources: Any, ours: _Ours) -> None:
        """Run *nb* as nbgrader does, but for our cells; not at all if nothing depends on it."""
        others = [
            cell
            for index, cell in enumerate(nb.cells)
            if index not in ours and cell.cell_type == "code" and is_grade(cell)
        ]
        if ours and not others:
            return
        code = {index: nb.cells[index].source for index in ours}
        for index in ours:
            nb.cells[index].source = ""
        for step in (Execute, IgnorePattern, ClearMetadataPreprocessor, LimitOutput):
            self._apply(step, nb, resources)
        for index, source in code.items():
            nb.cells[index].source = source

    def _apply(self, step: type[Any], nb: Any, resources: Any) -> None:
        """Let nbgrader's own preprocessor *step* work on *nb*, configured as ever."""
        done, _resources = step(parent=self.parent)(nb, resources)
        nb.cells = done.cells

    def _grade(
        self,
        nb: Any,
        course: Course,
        assignment: Assignment,
        ours: _Ours,
        place: Mapping[str, str],
    ) -> Result:
        """Return what gradproof finds in *nb*, behind its walls."""
        names = {e.name for exercises in ours.values() for e in exercises}
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "handed-in"
            beside = Path.cwd() / self._handed_in(place)
            ignored = shutil.ignore_patterns(".*", "*.ipynb", "timestamp.txt")
            # links stay links, which are not read
            shutil.copytree(beside, folder, symlinks=True, ignore=ignored)
            main = folder / f"{assignment.name}.ipynb"
            writes: Any = nbformat.writes
            main.write_text(writes(nb, version=nbformat.NO_CONVERT), encoding="utf-8")
            student = place["student"]
            result = grade_next(course, assignment, student, folder, frozenset(names))
        if result.isolation.warning:
            self.log.warning(result.isolation.warning)
        return result

    def _handed_in(self, place: Mapping[str, str]) -> str:
        """Return the folder that nbgrader reads *place* from."""
        directory = self.parent.parent.coursedir
        return str(
            directory.format_path(
                directory.autograded_directory, place["student"], place["assignment"]
            )
        )


class UniqueCells(DeduplicateIds):  # type: ignore[misc]
    """Takes its place: every graded cell is there once, whatever was changed, copied or deleted.

    Metadata is nbgrader's again before its own steps read it. Of a copied cell, the last one stays
    nbgrader's; its own step leaves the others with empty metadata, which it then refuses as
    outdated. Deleted ones are put back at the end; its own setting for it gives up on the notebook
    if the cell to be graded was deleted, too.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return *nb* with the graded cells that nbgrader knows, and no others."""
        place = resources["nbgrader"]
        with at_ease(), Gradebook(place["db_url"]) as book:
            master = book.find_notebook(place["notebook"], place["assignment"])
            marks = marks_of(master)
            sources = {cell.name: cell.source for cell in master.source_cells}
        for cell in nb.cells:
            self._restore(cell, marks)
        nb, resources = super().preprocess(nb, resources)
        _put_back(nb, marks, sources)
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Return *cell*, an ordinary one if another with its id follows."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
        return cell, resources

    def _restore(self, cell: Any, marks: Mapping[str, Mapping[str, object]]) -> None:
        """Give *cell* the metadata that nbgrader knows for its id; none for an unknown one.

        A locked cell that was made another kind is the learner's own: its text is kept.
        """
        name = grade_id_of(cell)
        said, known = cell.metadata.pop("nbgrader", None), marks.get(name)
        if known is None or (known["locked"] and _kind(said) != _kind(known)):
            if said is not None:
                text = _("The metadata of cell {cell} was changed; it is an ordinary cell now.")
                self.log.warning(text.format(cell=name or "?"))
            return
        cell.metadata["nbgrader"] = Node(known)


def _kind(marks: Mapping[str, object]) -> tuple[bool, ...]:
    return tuple(bool(marks.get(key)) for key in ("grade", "solution", "task"))


def _put_back(
    nb: Any, marks: Mapping[str, Mapping[str, object]], sources: Mapping[str, str]
) -> None:
    """Append the graded cells in *marks* that *nb* lacks."""
    v4: Any = nbformat.v4
    there = {grade_id_of(cell) for cell in nb.cells}
    for name, known in marks.items():
        # what is not locked was the learner's to write
        if name in there or not known["locked"] or not (known["grade"] or known["task"]):
            continue
        make = v4.new_code_cell if known["cell_type"] == "code" else v4.new_markdown_cell
        metadata = {"nbgrader": Node(known), "deletable": False, "editable": False}
        cell = make(sources[name], metadata=metadata)
        if (nb.nbformat, nb.nbformat_minor) < (4, 5):
            del cell["id"]
        nb.cells.append(cell)


def _ours(nb: Any, assignment: Assignment) -> dict[int, list[Exercise]]:
    """Return which exercises of *assignment* the graded cells of *nb* ask to check.

    nbgrader has put the text of locked cells back by now; learners cannot choose it.
    """
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    found: dict[int, list[Exercise]] = {}
    for index, cell in enumerate(nb.cells):
        names = checked_in(cell.source) if _is_check(cell) else ()
        if names and all(name in exercises for name in names):
            found[index] = [exercises[name] for name in names]
    return found


def _is_check(cell: Any) -> bool:
    """Whether *cell* is code that grades what stands elsewhere."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _stray(cell: str, names: Sequence[str], course: Course | None, assignment: str) -> str:
    """Return why gradproof does not grade *cell*, which asks to check *names*."""
    if course is None:
        text = _(
            "The graded cell {cell} checks {names}, but there is no gradproof course in "
            "{directory}. Name it in nbgrader_config.py: c.GradproofGrades.course"
        )
        return text.format(cell=cell, names=", ".join(names), directory=Path.cwd())
    text = _(
        "The graded cell {cell} checks {names}, but the gradproof course in {directory} has no "
        "such exercise in an assignment {assignment}."
    )
    where = course.root.absolute()
    return text.format(cell=cell, names=", ".join(names), directory=where, assignment=assignment)


def _scores(nb: Any, ours: _Ours, result: Result) -> dict[str, float | None]:
    """Return what our graded cells of *nb* have earned, by their ids."""
    return {
        grade_id_of(nb.cells[index]): auto_score(
            exercises, result, float(nb.cells[index].metadata.nbgrader.points)
        )
        for index, exercises in ours.items()
    }


def _comments(nb: Any, ours: _Ours, result: Result) -> dict[str, str]:
    """Return what to say of the answers that our graded cells grade, by their ids."""
    comments: dict[str, list[str]] = {}
    for index, exercises in ours.items():
        # several graded cells may stand below one answer
        told = comments.setdefault(_answer(nb, index), [])
        told += (exercise_to_comment(result, exercise) for exercise in exercises)
    return {answer: "\n".join(told) for answer, told in comments.items() if answer}


def _answer(nb: Any, index: int) -> str:
    """Return the id of the cell that the graded one at *index* grades: the nearest above it."""
    for cell in reversed(nb.cells[:index]):
        if is_solution(cell) and not is_grade(cell):
            return grade_id_of(cell)
    return ""
