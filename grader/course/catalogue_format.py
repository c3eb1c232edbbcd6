"""The content of ``course.toml``: its tables, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import msgspec

from grader.sandbox.from_scratch import fault_in
from grader.sandbox.isolation import WEAKEST

from ..exercise import FRAMEWORKS, Assignment, Counts, Exercise, Limits, RubricLine, Variation
from ..worker import walls
from .bilingual_text import BothLanguages, check_name
from .deadlines import LateTable
from .score_rules import ScoreTable, TotalTable
from .toml_file import TomlFile
from .variations import read_phrase

#: how many processes learners' code may start, where an assignment allows it
_PROCESSES = 64


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
    varies: dict[str, str] | list[str] = {}
    #: ``bonus``: beyond the points on offer; ``optional``: shown, counted for nothing
    counts: Counts = "yes"

    def __post_init__(self) -> None:
        check_name(self.name)


class _RubricLine(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[assignment.rubric]]``."""

    name: str
    title: BothLanguages
    points: int | float | str

    def __post_init__(self) -> None:
        check_name(self.name)


class _Assignment(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[assignment]]``."""

    name: str
    title: BothLanguages
    framework: str
    exercise: list[_Exercise]
    frameworks: list[str] | None = None
    allow_tf32: bool = False
    allow_processes: bool = False
    editable: list[str] = []
    due: datetime | None = None
    rubric: list[_RubricLine] = []
    weight: int | float | str | None = None
    #: the address on Canvas that a browser shows
    canvas: str = ""

    def __post_init__(self) -> None:
        check_name(self.name)
        if not self.exercise:
            raise ValueError(f"{self.name!r} has no exercise; add an [[assignment.exercise]]")


class _Kit(msgspec.Struct, forbid_unknown_fields=True):
    """``[kit]``: what all kits say.

    Attributes:
        install: the command that installs gradproof; ``{package}`` in it becomes its name with what
            the framework needs. Empty for ``pip install``.
    """

    install: str = ""

    def __post_init__(self) -> None:
        if len(self.install.splitlines()) > 1:
            raise ValueError("'install' must be one command in one line")


class CourseTable(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``course.toml``."""

    title: BothLanguages
    seed: int
    assignment: list[_Assignment]
    limits: _Limits = msgspec.field(default_factory=_Limits)
    min_isolation: str = WEAKEST
    #: those of the starters, where an assignment does not say
    frameworks: list[str] = []
    #: of dates that name none
    timezone: str = ""
    late: LateTable = msgspec.field(default_factory=LateTable)
    kit: _Kit = msgspec.field(default_factory=_Kit)
    score: ScoreTable = msgspec.field(default_factory=ScoreTable)
    total: TotalTable = msgspec.field(default_factory=TotalTable)


def level_of(file: TomlFile, name: str) -> str:
    """Return *name* if it is a level that grading can fall back to; raises AuthoringError."""
    levels = [level for level in walls.LEVELS if level != "off"]
    if name not in levels:
        what = f"{name!r} is not an isolation level; write one of {', '.join(levels)}"
        raise file.fault(what, "$.min_isolation")
    return name


def assignment_of(file: TomlFile, whole: CourseTable, number: int) -> Assignment:
    """Return assignment *number*, counted from 0; raises AuthoringError."""
    raw, where = whole.assignment[number], f"$.assignment[{number}]"
    defaults = whole.limits.over(Limits())
    _known_framework(file, raw.framework, f"{where}.framework")
    own, place = raw.frameworks, f"{where}.frameworks"
    if own is None:
        own, place = whole.frameworks, "$.frameworks"
    for name in own:
        _known_framework(file, name, place)
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
            counts=exercise.counts,
        )
        for j, exercise in enumerate(raw.exercise)
    )
    refuse_twins(file, f"{where}.exercise", [exercise.name for exercise in exercises])
    rubric = tuple(
        RubricLine(
            line.name, line.title.text(), _points(file, line.points, f"{where}.rubric[{j}].points")
        )
        for j, line in enumerate(raw.rubric)
    )
    refuse_twins(file, f"{where}.rubric", [line.name for line in rubric])
    for j, line in enumerate(rubric):
        if line.name in [exercise.name for exercise in exercises]:
            what = f"{line.name!r} is an exercise already; name the line of the rubric otherwise"
            raise file.fault(what, f"{where}.rubric[{j}].name")
    title = raw.title.text()
    return Assignment(
        raw.name,
        title,
        raw.framework,
        exercises,
        raw.allow_tf32,
        editable=tuple(raw.editable),
        frameworks=tuple(dict.fromkeys([raw.framework, *own])),
        install=whole.kit.install.strip(),
        rubric=rubric,
        weight=_weight(file, whole, number),
        canvas=raw.canvas,
    )


def _weight(file: TomlFile, whole: CourseTable, number: int) -> Fraction | None:
    """Return what an assignment counts for in the total; None if no assignment says so."""
    raw, where = whole.assignment[number], f"$.assignment[{number}]"
    if raw.weight is None:
        if any(one.weight is not None for one in whole.assignment):
            what = f"{raw.name!r} has no weight, but others have; give it one, or 0"
            raise file.fault(what, f"{where}.name")
        return None
    try:
        weight = Fraction(str(raw.weight))
    except (ValueError, ZeroDivisionError):
        weight = Fraction(-1)
    if weight < 0:
        raise file.fault(f"a weight cannot be {raw.weight!r}; write 0 or more", f"{where}.weight")
    return weight


def _known_framework(file: TomlFile, name: str, where: str) -> None:
    """Raise AuthoringError unless *name* is a framework."""
    if name not in FRAMEWORKS:
        what = f"{name!r} is not a framework; write one of {', '.join(FRAMEWORKS)}"
        raise file.fault(what, where)


def _forbidden(file: TomlFile, raw: list[str], where: str) -> tuple[str, ...]:
    """Return the names that an exercise forbids."""
    for entry in raw:
        fault = fault_in(entry)
        if fault:
            raise file.fault(fault, where)
    return tuple(raw)


def _listed(raw: str | list[str]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def _varies(file: TomlFile, raw: dict[str, str] | list[str], where: str) -> tuple[Variation, ...]:
    """Return what arguments must be in the calls of checks."""
    if isinstance(raw, list):
        what = "'varies' has a phrase for each argument now: varies = { x = \"any shape\" }"
        raise file.fault(what, where)
    try:
        return tuple(read_phrase(argument, phrase) for argument, phrase in raw.items())
    except ValueError as error:
        raise file.fault(str(error), where) from None


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


def refuse_twins(file: TomlFile, where: str, names: Iterable[str]) -> None:
    """Raise AuthoringError if two names are equal or differ only in case."""
    seen: dict[str, str] = {}
    for index, name in enumerate(names):
        other = seen.setdefault(name.casefold(), name)
        if len(seen) <= index:
            what = f"{name!r} differs from {other!r} only in case"
            if name == other:
                what = f"the name {name!r} is used twice"
            raise file.fault(f"{what}; rename one of them", f"{where}[{index}].name")
