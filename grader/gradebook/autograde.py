"""``nbgrader autograde`` with gradproof, configured in ``nbgrader_config.py``.

::

    c.Autograde.autograde_preprocessors = [
        "grader.gradebook.autograde.GradproofGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]

gradproof grades a graded cell that calls ``check("softmax")`` if the course has that exercise:
it gets the share of its points that the exercise's checks, including hidden ones, have earned, and
no kernel runs it. nbgrader runs and grades all other cells as usual.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
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
from grader.errors import SubmissionError, UsageError
from grader.exercise import Assignment, Exercise
from grader.language import _, listed
from grader.outcome import Result
from grader.report.markdown import exercise_to_comment
from grader.submission.files import MAX_FILES, list_folder, most_bytes
from grader.submission.learner_names import is_assignment

from .cell_metadata import Node, asks_gradproof, checked_in, grade_id_of
from .database import marks_of
from .graded_notebook import auto_score, show
from .nbgrader_import import at_ease, keep_engines
from .save_grades import Saving
from .warm_grader import grade_next

#: what gradproof grades in a notebook: exercises by the index of their graded cell
_Ours = Mapping[int, list[Exercise]]


class GradproofGrades(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades the cells that gradproof has checks for, and leaves the rest to nbgrader."""

    course = Unicode(
        "",
        help="The gradproof course; by default nbgrader's own folder.",
    ).tag(config=True)
    assignments = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="gradproof's name of an assignment by nbgrader's, where they differ; case and word "
        "separators make no difference.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return *nb* graded, and write its grades to the gradebook."""
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
        """Return the gradproof course, and its assignment for nbgrader's *name*, if they exist."""
        root = Path(self.course).expanduser() if self.course else Path.cwd()
        if not self.course and not catalogue_file(root).exists():
            return None, None
        course = Course.load(root)
        name = self.assignments.get(name, name)
        alike = [one for one in course.assignments if is_assignment(name, one.name)]
        same = [one for one in alike if one.name == name]
        return course, next(iter(same or alike), None)

    def _look_for_strays(self, nb: Any, course: Course | None, name: str, ours: _Ours) -> None:
        """Raise UsageError for a cell that checks an exercise that the course does not have.

        A kernel would run only its public checks, beside the learner's code, and nobody would
        notice. A call of ``check`` without an import may mean another function, so it only warns.
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
        """Run *nb* like nbgrader, except for our cells; do not run it if nothing depends on it."""
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
        """Apply nbgrader's own preprocessor *step* to *nb*, with its usual configuration."""
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
        """Grade *nb* in isolation, and return the result."""
        names = {e.name for exercises in ours.values() for e in exercises}
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "handed-in"
            beside = Path.cwd() / self._handed_in(place)
            ignored = shutil.ignore_patterns(".*", "*.ipynb", "timestamp.txt")
            # Links remain links, and links are not followed.
            shutil.copytree(beside, folder, symlinks=True, ignore=ignored)
            submitted = Path.cwd() / self._submitted(place)
            _add_other_notebooks(submitted, f"{place['notebook']}.ipynb", folder)
            main = folder / f"{assignment.name}.ipynb"
            writes: Any = nbformat.writes
            main.write_text(writes(nb, version=nbformat.NO_CONVERT), encoding="utf-8")
            with suppress(OSError):
                date = (submitted / f"{place['notebook']}.ipynb").stat().st_mtime
                os.utime(main, (date, date))
            student = place["student"]
            result = grade_next(course, assignment, student, folder, frozenset(names))
        if result.isolation.warning:
            self.log.warning(result.isolation.warning)
        return result

    def _handed_in(self, place: Mapping[str, str]) -> str:
        """Return the folder from which nbgrader reads *place*."""
        return self._folder("autograded_directory", place)

    def _submitted(self, place: Mapping[str, str]) -> str:
        """Return the folder that the learner's own files lie in."""
        return self._folder("submitted_directory", place)

    def _folder(self, step: str, place: Mapping[str, str]) -> str:
        directory = self.parent.parent.coursedir
        name = getattr(directory, step)
        return str(directory.format_path(name, place["student"], place["assignment"]))


class UniqueCells(DeduplicateIds):  # type: ignore[misc]
    """Replaces nbgrader's step: every graded cell exists once, whatever the learner changed.

    The metadata is restored before nbgrader's own steps read it. Of a copied cell, the last copy
    keeps it; nbgrader's own step leaves the others with empty metadata, which it then refuses as
    outdated. Deleted cells are appended; nbgrader's own setting for this gives up on the notebook
    if the graded cell was deleted, too.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return *nb* with exactly the graded cells that nbgrader knows."""
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
        """Return *cell*, as an ordinary cell if another one with its id follows."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
        return cell, resources

    def _restore(self, cell: Any, marks: Mapping[str, Mapping[str, object]]) -> None:
        """Give *cell* the metadata that nbgrader knows for its id; remove that of an unknown id.

        A locked cell that was changed to another type is the learner's own: its text is kept.
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
        # Cells that are not locked were for the learner to write.
        if name in there or not known["locked"] or not (known["grade"] or known["task"]):
            continue
        make = v4.new_code_cell if known["cell_type"] == "code" else v4.new_markdown_cell
        metadata = {"nbgrader": Node(known), "deletable": False, "editable": False}
        cell = make(sources[name], metadata=metadata)
        if (nb.nbformat, nb.nbformat_minor) < (4, 5):
            del cell["id"]
        nb.cells.append(cell)


def _add_other_notebooks(submitted: Path, own: str, folder: Path) -> None:
    """Copy to *folder* the notebooks in *submitted* except *own*: the work may be in one of them.

    nbgrader passes over notebooks with names that it does not know.
    """
    try:
        items = list_folder(submitted, MAX_FILES).items
    except (OSError, SubmissionError):
        return
    for item in items:
        if not item.name.lower().endswith(".ipynb") or item.name == own:
            continue
        copy = folder.joinpath(*item.parts)
        with suppress(SubmissionError):
            data = item.read(most_bytes(item.name))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
            os.utime(copy, (item.modified, item.modified))


def _ours(nb: Any, assignment: Assignment) -> dict[int, list[Exercise]]:
    """Return the exercises of *assignment* that the graded cells of *nb* check.

    nbgrader has already restored the text of locked cells; learners cannot choose it.
    """
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    found: dict[int, list[Exercise]] = {}
    for index, cell in enumerate(nb.cells):
        names = checked_in(cell.source) if _is_check(cell) else ()
        if names and all(name in exercises for name in names):
            found[index] = [exercises[name] for name in names]
    return found


def _is_check(cell: Any) -> bool:
    """Whether *cell* is code that grades another cell."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _stray(cell: str, names: Sequence[str], course: Course | None, assignment: str) -> str:
    """Return why gradproof does not grade *cell*, which checks *names*."""
    if course is None:
        text = _(
            "The graded cell {cell} checks {names}, but there is no gradproof course in "
            "{directory}. Name it in nbgrader_config.py: c.GradproofGrades.course"
        )
        return text.format(cell=cell, names=listed(names), directory=Path.cwd())
    text = _(
        "The graded cell {cell} checks {names}, but the gradproof course in {directory} has no "
        "such exercise in an assignment {assignment}."
    )
    where = course.root.absolute()
    return text.format(cell=cell, names=listed(names), directory=where, assignment=assignment)


def _scores(nb: Any, ours: _Ours, result: Result) -> dict[str, float | None]:
    """Return the scores of our graded cells in *nb*, by their ids."""
    return {
        grade_id_of(nb.cells[index]): auto_score(
            exercises, result, float(nb.cells[index].metadata.nbgrader.points)
        )
        for index, exercises in ours.items()
    }


def _comments(nb: Any, ours: _Ours, result: Result) -> dict[str, str]:
    """Return the comments on the answers that our graded cells grade, by the ids of the answers."""
    comments: dict[str, list[str]] = {}
    for index, exercises in ours.items():
        # Several graded cells may follow one answer.
        told = comments.setdefault(_answer(nb, index), [])
        told += (exercise_to_comment(result, exercise) for exercise in exercises)
    return {answer: "\n".join(told) for answer, told in comments.items() if answer}


def _answer(nb: Any, index: int) -> str:
    """Return the id of the cell that the graded cell at *index* grades: the nearest above it."""
    for cell in reversed(nb.cells[:index]):
        if is_solution(cell) and not is_grade(cell):
            return grade_id_of(cell)
    return ""
