"""The catalogue of a course: the content of ``course.toml``, and the paths of the course's files.

A course is a directory with ``assignments/``, ``solutions/`` and ``autograder_tests/``.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.sandbox.isolation import WEAKEST

from ..errors import AuthoringError, SubmissionError, UsageError
from ..exercise import Assignment, Mistake, Text
from ..language import _, listed
from ..submission.given import Given, read_given
from .catalogue_format import CourseTable, assignment_of, level_of, refuse_twins
from .check_helpers import helpers_of
from .deadlines import Deadlines, read_deadlines
from .exercise_folder import ExerciseFolder, is_flat
from .mistakes import apply_mistake, read_mistakes
from .score_rules import ScoreTable, TotalTable
from .source import Cell, code_cell, exercises_of, parameters, positions, read_source
from .stories import check_stories
from .tolerances import precision_from, read_tolerances
from .toml_file import TomlFile

#: the folder of what learners get beside the starter
GIVEN = "files"

__all__ = ["Course", "apply_mistake"]


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its catalogue describes it; sources and checks are read on demand.

    Attributes:
        root: the directory that contains the three trees.

        seed: seed of the random inputs that checks draw.

        min_isolation: the lowest isolation level at which submissions are graded.

        deadlines: when assignments are due, and what lateness costs.

        score: how the score of an assignment comes about.

        total: how the total of the term comes about.
    """

    root: Path
    title: Text
    seed: int
    assignments: tuple[Assignment, ...]
    min_isolation: str = WEAKEST
    deadlines: Deadlines = field(default_factory=Deadlines)
    score: ScoreTable = field(default_factory=ScoreTable)
    total: TotalTable = field(default_factory=TotalTable)

    @classmethod
    def load(cls, root: Path) -> Course:
        """Read ``assignments/course.toml`` under *root*; raises AuthoringError, UsageError."""
        if not (root / "assignments").is_dir():
            message = _(
                "There is no course in {directory}. Change to a course directory, name one with "
                "--course, or create one with `gradproof new course`."
            )
            raise UsageError(message.format(directory=root.resolve()))
        if ".." in root.parts:
            # Checks are identified by their paths, and pytest reports them without "..".
            root = root.resolve()
        file = TomlFile.read(catalogue_file(root))
        raw = file.convert(CourseTable)
        for table in raw.assignment:
            home = _checks_dir(root, table.name)
            if is_flat(home, [exercise.name for exercise in table.exercise]):
                what = "this is the file layout of older versions; run `gradproof migrate` once"
                raise AuthoringError(what, home)
        assignments = tuple(
            _completed(root, assignment_of(file, raw, number))
            for number in range(len(raw.assignment))
        )
        if not assignments:
            raise AuthoringError("there is no assignment; add an [[assignment]]", file.path)
        refuse_twins(file, "$.assignment", [a.name for a in assignments])
        dates = {
            table.name: (table.due, f"$.assignment[{number}].due")
            for number, table in enumerate(raw.assignment)
        }
        deadlines = read_deadlines(root, file, dates, raw.timezone, raw.late)
        level = level_of(file, raw.min_isolation)
        rules = raw.score, raw.total
        return cls(root, raw.title.text(), raw.seed, assignments, level, deadlines, *rules)

    def assignment(self, name: str) -> Assignment:
        """Return the assignment called *name*; raises UsageError with the nearest names."""
        for assignment in self.assignments:
            if assignment.name == name:
                return assignment
        names = [assignment.name for assignment in self.assignments]
        near = difflib.get_close_matches(name, names) or names
        message = _("There is no assignment {name}; choose from {near}.")
        raise UsageError(message.format(name=name, near=listed(near)))

    def assignment_with(self, exercise: str) -> Assignment:
        """Return the assignment that has *exercise*; raises UsageError with the nearest names."""
        for assignment in self.assignments:
            if exercise in [one.name for one in assignment.exercises]:
                return assignment
        names = [one.name for assignment in self.assignments for one in assignment.exercises]
        message = _("There is no exercise {name}; choose from {near}.")
        near = difflib.get_close_matches(exercise, names) or names
        raise UsageError(message.format(name=exercise, near=listed(near)))

    def reference(self, assignment: Assignment) -> Path:
        """Return the path of the source: statements and reference."""
        return _reference(self.root, assignment.name)

    def starters(self, assignment: Assignment) -> Path:
        """Return the directory of the starters."""
        return self.root / "assignments" / assignment.name

    def given_dir(self, assignment: Assignment) -> Path:
        """Return the absolute directory of the files that learners get beside the starter."""
        return (self.starters(assignment) / GIVEN).absolute()

    def given(self, assignment: Assignment) -> Given:
        """Return the files that learners get beside the starter; raises AuthoringError."""
        home = self.given_dir(assignment)
        old = home.with_name("data")
        if old.exists():
            what = f"what learners are given lies in {GIVEN}; move this to {GIVEN}/data"
            raise AuthoringError(what, old)
        try:
            given = read_given(home, frozenset(assignment.editable))
        except (SubmissionError, ValueError) as error:
            raise AuthoringError(str(error), home) from None
        names = {name for name, _data in given.files}
        taken = {f"{assignment.name}.py", f"{assignment.name}.ipynb", "README.md"}
        for name in sorted(names & taken):
            raise AuthoringError("a kit already has a file of this name; rename it", home / name)
        for name in sorted(given.editable - names):
            what = f"{name!r}, which course.toml calls editable, is not here; add or remove it"
            raise AuthoringError(what, home)
        return given

    def checks_dir(self, assignment: Assignment) -> Path:
        """Return the directory of the exercises' folders."""
        return _checks_dir(self.root, assignment.name)

    def accepted_dir(self, assignment: Assignment) -> Path:
        """Return the directory of accepted variants."""
        return self.root / "solutions" / assignment.name / "accepted"

    def folder(self, assignment: Assignment, exercise: str) -> ExerciseFolder:
        """Return the folder of *exercise*, with its checks, mistakes and so on."""
        return ExerciseFolder(self.checks_dir(assignment) / exercise)

    def folders(self, assignment: Assignment) -> dict[str, ExerciseFolder]:
        """Return the folder of each exercise by name, in order."""
        return {e.name: self.folder(assignment, e.name) for e in assignment.exercises}

    def mistakes_files(self, assignment: Assignment) -> tuple[Path, ...]:
        """Return the existing files of known mistakes, in the order of the exercises."""
        files = [folder.mistakes for folder in self.folders(assignment).values()]
        return tuple(path for path in files if path.exists())

    def check_files(self, assignment: Assignment, public_only: bool = False) -> tuple[Path, ...]:
        """Return the existing check files in the order of the exercises, public before hidden.

        Raises AuthoringError for an exercise without checks.
        """
        files: list[Path] = []
        for name, folder in self.folders(assignment).items():
            if not folder.public.exists() and not folder.hidden.exists():
                raise AuthoringError(f"{name!r} has no checks; write this file", folder.public)
            wanted = (folder.public,) if public_only else (folder.public, folder.hidden)
            files += [path for path in wanted if path.exists()]
        return tuple(files)

    def helper_files(self, assignment: Assignment, public_only: bool = False) -> tuple[Path, ...]:
        """Return the modules that the checks import from beside them; raises AuthoringError."""
        top = self.checks_dir(assignment).parent
        return helpers_of(self.check_files(assignment, public_only), top)

    def accepted(self, assignment: Assignment) -> tuple[Path, ...]:
        """Return the accepted variants, sorted by name."""
        return tuple(sorted(self.accepted_dir(assignment).glob("*.py")))

    def source(self, assignment: Assignment, framework: str = "") -> tuple[Cell, ...]:
        """Read statements and reference; raises AuthoringError if they contradict the catalogue.

        Args:
            framework: that of the cells; empty for that of the reference.
        """
        path = self.reference(assignment)
        framework = framework or assignment.framework
        cells = read_source(path, framework)
        wanted = [exercise.name for exercise in assignment.exercises]
        found = exercises_of(cells)
        for cell in cells:
            if cell.exercise and cell.exercise not in wanted:
                what = f"{cell.exercise!r} is not in {catalogue_file(self.root)}; add it there"
                raise AuthoringError(what, path, cell.line)
        for name in wanted:
            if name not in found:
                of = (
                    f"of {name!r}"
                    if framework == assignment.framework
                    else f"of {name!r} for {framework}"
                )
                what = f"there is no cell {of}; add its two statements and its code cell"
                raise AuthoringError(what, path)
        if found != wanted:
            what = f"exercises are not in the order of {catalogue_file(self.root)}"
            raise AuthoringError(f"{what}; put the cells in this order: {', '.join(wanted)}", path)
        check_stories(path, cells)
        self._check_arguments(assignment, cells)
        return cells

    def _check_arguments(self, assignment: Assignment, cells: Sequence[Cell]) -> None:
        """Raise AuthoringError if the catalogue names an argument that the reference lacks."""
        for number, exercise in enumerate(assignment.exercises):
            named = {"changes": exercise.changes, "varies": [v.argument for v in exercise.varies]}
            known = parameters(code_cell(cells, exercise.name), exercise.name)
            for key, arguments in named.items():
                for name in arguments:
                    if name not in known:
                        what = f"{exercise.name!r} has no argument {name!r}"
                        place = f"$.assignment[{self.assignments.index(assignment)}]"
                        file = TomlFile.read(catalogue_file(self.root))
                        what = f"{what}; write one of {', '.join(known)}"
                        raise file.fault(what, f"{place}.exercise[{number}].{key}")

    def mistakes(self, assignment: Assignment) -> tuple[Mistake, ...]:
        """Read the known mistakes; raises AuthoringError if one is not an edit of the reference."""
        cells = self.source(assignment)
        return tuple(
            mistake
            for name, folder in self.folders(assignment).items()
            for mistake in read_mistakes(folder.mistakes, name, cells)
        )


def catalogue_file(root: Path) -> Path:
    """Return the path of the catalogue of the course in *root*."""
    return root / "assignments" / "course.toml"


def _reference(root: Path, assignment: str) -> Path:
    return root / "solutions" / assignment / f"{assignment}.py"


def _checks_dir(root: Path, assignment: str) -> Path:
    return root / "autograder_tests" / assignment


def _completed(root: Path, assignment: Assignment) -> Assignment:
    """Return *assignment* with the tolerances and the places of arguments, which lie elsewhere."""
    exercises = []
    cells: tuple[Cell, ...] = ()
    if any(exercise.changes for exercise in assignment.exercises):
        # what is wrong with it is said when it is needed
        with contextlib.suppress(AuthoringError):
            cells = read_source(_reference(root, assignment.name), assignment.framework)
    for exercise in assignment.exercises:
        folder = ExerciseFolder(_checks_dir(root, assignment.name) / exercise.name)
        precision = precision_from(read_tolerances(folder.tolerances))
        changed_at = positions(cells, exercise.name, exercise.changes)
        exercises.append(replace(exercise, precision=precision, changed_at=changed_at))
    return replace(assignment, exercises=tuple(exercises))
