"""The catalogue of a course: the content of ``course.toml``, and the paths of the course's files.

A course is a directory with ``assignments/``, ``solutions/`` and ``autograder_tests/``.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import msgspec

from grader.sandbox.from_scratch import fault_in
from grader.sandbox.isolation import WEAKEST

from ..errors import AuthoringError, SubmissionError, UsageError
from ..exercise import (
    FRAMEWORKS,
    QUALITIES,
    Assignment,
    Exercise,
    Limits,
    Mistake,
    Text,
    Variation,
)
from ..language import _
from ..submission.given import Given, read_given
from ..worker import walls
from .bilingual_text import BothLanguages, check_name
from .check_helpers import helpers_of
from .exercise_folder import ExerciseFolder, is_flat
from .mistakes import apply_mistake, read_mistakes
from .source import Cell, code_cell, exercises_of, parameters, positions, read_source
from .tolerances import precision_from, read_tolerances
from .toml_file import TomlFile

#: the folder of what learners get beside the starter
GIVEN = "files"
#: how many processes learners' code may start, where an assignment allows it
_PROCESSES = 64

__all__ = ["Course", "apply_mistake"]


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its catalogue describes it; sources and checks are read on demand.

    Attributes:
        root: the directory that contains the three trees.

        seed: seed of the random inputs that checks draw.

        min_isolation: the lowest isolation level at which submissions are graded.
    """

    root: Path
    title: Text
    seed: int
    assignments: tuple[Assignment, ...]
    min_isolation: str = WEAKEST

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
        raw = file.convert(_Course)
        defaults = raw.limits.over(Limits())
        for table in raw.assignment:
            home = _checks_dir(root, table.name)
            if is_flat(home, [exercise.name for exercise in table.exercise]):
                what = "this is the file layout of older versions; run `gradproof migrate` once"
                raise AuthoringError(what, home)
        assignments = tuple(
            _completed(root, _assignment(file, table, f"$.assignment[{i}]", defaults))
            for i, table in enumerate(raw.assignment)
        )
        if not assignments:
            raise AuthoringError("there is no assignment; add an [[assignment]]", file.path)
        _refuse_twins(file, "$.assignment", [a.name for a in assignments])
        return cls(root, raw.title.text(), raw.seed, assignments, _level(file, raw.min_isolation))

    def assignment(self, name: str) -> Assignment:
        """Return the assignment called *name*; raises UsageError with the nearest names."""
        for assignment in self.assignments:
            if assignment.name == name:
                return assignment
        names = [assignment.name for assignment in self.assignments]
        near = difflib.get_close_matches(name, names) or names
        message = _("There is no assignment {name}; choose from {near}.")
        raise UsageError(message.format(name=name, near=", ".join(near)))

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

    def source(self, assignment: Assignment) -> tuple[Cell, ...]:
        """Read statements and reference; raises AuthoringError if they contradict the catalogue."""
        path = self.reference(assignment)
        cells = read_source(path, assignment.framework)
        wanted = [exercise.name for exercise in assignment.exercises]
        found = exercises_of(cells)
        for cell in cells:
            if cell.exercise and cell.exercise not in wanted:
                what = f"{cell.exercise!r} is not in {catalogue_file(self.root)}; add it there"
                raise AuthoringError(what, path, cell.line)
        for name in wanted:
            if name not in found:
                what = f"there is no cell of {name!r}; add its two statements and its code cell"
                raise AuthoringError(what, path)
        if found != wanted:
            what = f"exercises are not in the order of {catalogue_file(self.root)}"
            raise AuthoringError(f"{what}; put the cells in this order: {', '.join(wanted)}", path)
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


def _level(file: TomlFile, name: str) -> str:
    """Return *name* if it is a level that grading can fall back to; raises AuthoringError."""
    levels = [level for level in walls.LEVELS if level != "off"]
    if name not in levels:
        what = f"{name!r} is not an isolation level; write one of {', '.join(levels)}"
        raise file.fault(what, "$.min_isolation")
    return name


class _Limits(msgspec.Struct, forbid_unknown_fields=True):
    """Limits of the course or of one exercise."""

    seconds: float | None = None
    memory_mb: int | None = None
    disk_mb: int | None = None
    #: of older versions, where ``seconds`` was wall time
    cpu_seconds: float | None = None

    def __post_init__(self) -> None:
        if self.cpu_seconds is not None:
            raise ValueError("'seconds' limits processor time now; remove 'cpu_seconds'")
        given = msgspec.structs.asdict(self).values()
        if any(limit is not None and not 0 < limit < float("inf") for limit in given):
            raise ValueError("a limit must be a number above 0; raise it")

    def over(self, defaults: Limits) -> Limits:
        """Return *defaults*, overridden by the limits given here."""
        given = msgspec.structs.asdict(self)
        return replace(defaults, **{key: value for key, value in given.items() if value})


class _Exercise(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[assignment.exercise]]``."""

    name: str
    title: BothLanguages
    points: int | float | str
    limits: _Limits = msgspec.field(default_factory=_Limits)
    forbidden: list[str] = []
    changes: str | list[str] = []
    varies: list[str] = []

    def __post_init__(self) -> None:
        check_name(self.name)


class _Assignment(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[assignment]]``."""

    name: str
    title: BothLanguages
    framework: str
    exercise: list[_Exercise]
    allow_tf32: bool = False
    allow_processes: bool = False
    editable: list[str] = []

    def __post_init__(self) -> None:
        check_name(self.name)
        if not self.exercise:
            raise ValueError(f"{self.name!r} has no exercise; add an [[assignment.exercise]]")


class _Course(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``course.toml``."""

    title: BothLanguages
    seed: int
    assignment: list[_Assignment]
    limits: _Limits = msgspec.field(default_factory=_Limits)
    min_isolation: str = WEAKEST


def _assignment(file: TomlFile, raw: _Assignment, where: str, defaults: Limits) -> Assignment:
    """Return the assignment in table *where*."""
    if raw.framework not in FRAMEWORKS:
        what = f"{raw.framework!r} is not a framework; write one of {', '.join(FRAMEWORKS)}"
        raise file.fault(what, f"{where}.framework")
    if raw.allow_processes:
        defaults = replace(defaults, processes=_PROCESSES)
    exercises = tuple(
        Exercise(
            exercise.name,
            exercise.title.text(),
            _points(file, exercise.points, f"{where}.exercise[{j}].points"),
            exercise.limits.over(defaults),
            forbidden=_forbidden(file, exercise.forbidden, f"{where}.exercise[{j}].forbidden"),
            changes=_listed(exercise.changes),
            varies=_varies(file, exercise.varies, f"{where}.exercise[{j}].varies"),
        )
        for j, exercise in enumerate(raw.exercise)
    )
    _refuse_twins(file, f"{where}.exercise", [exercise.name for exercise in exercises])
    title = raw.title.text()
    editable = tuple(raw.editable)
    return Assignment(raw.name, title, raw.framework, exercises, raw.allow_tf32, editable)


def _forbidden(file: TomlFile, raw: list[str], where: str) -> tuple[str, ...]:
    """Return the names that an exercise forbids."""
    for entry in raw:
        fault = fault_in(entry)
        if fault:
            raise file.fault(fault, where)
    return tuple(raw)


def _listed(raw: str | list[str]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def _varies(file: TomlFile, raw: list[str], where: str) -> tuple[Variation, ...]:
    """Return what must differ between calls: ``X``, an argument's value, or ``X.shape``."""
    found = []
    for entry in raw:
        argument, _dot, quality = entry.partition(".")
        if quality and quality not in QUALITIES:
            what = f"{quality!r} of {argument!r} cannot vary; write one of {', '.join(QUALITIES)}"
            raise file.fault(what, where)
        found.append(Variation(argument, quality or "value"))
    return tuple(found)


def _points(file: TomlFile, raw: int | float | str, where: str) -> Fraction:
    """Return points as written: 0.1 is one tenth, not the nearest float."""
    try:
        points = Fraction(str(raw))
    except (ValueError, ZeroDivisionError):
        points = Fraction(0)
    if points <= 0:
        what = f'points cannot be {raw!r}; write a number above 0, such as 2, 0.5 or "1/3"'
        raise file.fault(what, where)
    return points


def _refuse_twins(file: TomlFile, where: str, names: Iterable[str]) -> None:
    """Raise AuthoringError if two names are equal or differ only in case."""
    seen: dict[str, str] = {}
    for index, name in enumerate(names):
        other = seen.setdefault(name.casefold(), name)
        if len(seen) <= index:
            what = f"{name!r} differs from {other!r} only in case"
            if name == other:
                what = f"the name {name!r} is used twice"
            raise file.fault(f"{what}; rename one of them", f"{where}[{index}].name")
