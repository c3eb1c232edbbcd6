"""``overrides.csv``: points that a person gave for an exercise, in place of those of its checks.

A row per learner and exercise, in the course's directory; ``gradproof override`` writes it, and a
person may. ``score`` applies it to every report, also to those that need no grading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from grader.adjustments import Override
from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import AuthoringError, UsageError
from grader.exercise import Assignment
from grader.language import _, listed
from grader.outcome import Result
from grader.report.points_text import decimal_text
from grader.report.safe_text import one_line
from grader.scoring.results import Results
from grader.submission.csv_table import Row, read_table
from grader.submission.register import AnyName, Register
from grader.submission.roster import naming_rules

FILE = "overrides.csv"
_COLUMNS = ("assignment", "learner", "exercise", "points", "by", "reason", "work")
#: of a submission's digest, as much as tells versions apart
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Overridden:
    """An override, and the work that it was given for.

    Attributes:
        work: the first digits of the submission's digest; empty if nobody said.

        line: where it stands in the file; 0 if it is new.
    """

    override: Override
    work: str
    line: int = field(default=0, compare=False)


#: by assignment, learner and exercise
Overrides = Mapping[tuple[str, str, str], Overridden]


def read_overrides(root: Path) -> dict[tuple[str, str, str], Overridden]:
    """Return the overrides of the course at *root*; raises AuthoringError with file and line."""
    rows = read_table(root / FILE, _COLUMNS[:4], _COLUMNS[:3])
    register = naming_rules(root).register if rows else AnyName()
    found: dict[tuple[str, str, str], Overridden] = {}
    for row in rows:
        override = Override(points_in(row), row["reason"], row["by"])
        for learner in row.learners(register):
            key = row["assignment"], learner, row["exercise"]
            if key in found:
                text = _("a second override for {what}, by another name; remove one")
                raise row.fault(text.format(what="/".join(key)))
            found[key] = Overridden(override, row["work"], row.line)
    return found


def points_in(row: Row) -> Fraction:
    """Return the points in *row*; raises AuthoringError."""
    try:
        return parsed_points(row["points"])
    except UsageError as error:
        raise row.fault(str(error)) from None


def parsed_points(text: str) -> Fraction:
    """Return points from *text* such as ``2``, ``2.5`` or ``5/2``; raises UsageError."""
    try:
        points = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        points = Fraction(-1)
    if points < 0 or len(text) > 40:  # a number of a thousand digits is a mistake
        what = _("{text} is not a number of points; write one such as 2 or 2.5.")
        raise UsageError(what.format(text=text.strip()[:40] or "''"))
    return points


def write_overrides(root: Path, overrides: Overrides) -> None:
    """Write the overrides of the course at *root*, sorted."""
    page = io.StringIO(newline="")
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for key, one in sorted(overrides.items()):
        override = one.override
        rows.writerow([*key, decimal_text(override.points), override.by, override.reason, one.work])
    write_whole(root / FILE, page.getvalue().encode())


def applied(result: Result, assignment: Assignment, overrides: Overrides) -> Result:
    """Return *result* with the overrides of its learner, and without any others.

    What was given for other work than this one holds, and a note says so.
    """
    known = {e.name: (assignment.name, result.learner, e.name) for e in assignment.exercises}
    exercises, notes = [], [n for n in result.notes if not _is_note(n, known)]
    for one in result.exercises:
        given = overrides.get(known.get(one.exercise, ("", "", "")))
        exercises.append(replace(one, override=given.override if given else None))
        if given and given.work and not result.digest.startswith(given.work):
            notes.append(_note(one.exercise))
    return replace(result, exercises=tuple(exercises), notes=tuple(notes))


def outdated(result: Result) -> tuple[str, ...]:
    """Return the notes of *result* on overrides that were given for other work than this one."""
    names = {one.exercise: one for one in result.exercises}
    return tuple(note for note in result.notes if _is_note(note, names))


def _note(exercise: str) -> str:
    text = _("{exercise}: the override was given for an earlier version of this work.")
    return text.format(exercise=exercise)


def _is_note(note: str, exercises: Mapping[str, object]) -> bool:
    return note in map(_note, exercises)


def require_known(
    overrides: Overrides,
    assignment: Assignment,
    root: Path,
    learners: Collection[str],
    register: Register,
) -> None:
    """Raise AuthoringError if an override of *assignment* is for nobody, or for no exercise.

    Args:
        learners: who has submitted.
    """
    names = {exercise.name for exercise in assignment.exercises}
    for (one, learner, exercise), given in overrides.items():
        if one != assignment.name:
            continue
        if exercise not in names:
            text = _("{assignment} has no exercise {exercise}; write one of {names}")
            what = text.format(assignment=one, exercise=exercise or "''", names=listed(names))
            raise AuthoringError(what, root / FILE, given.line)
        if learner not in learners and not register.knows(learner):
            text = _("{learner} has not submitted {assignment}; correct the name or remove the row")
            what = text.format(learner=learner, assignment=one)
            raise AuthoringError(what, root / FILE, given.line)


def override(
    course: Course, learner: str, exercise: str, points: str, reason: str, by: str
) -> Assignment:
    """Keep an override, in place of an older one; return the assignment that it is in.

    Raises:
        UsageError: there is no such exercise, no report of the learner to override, no reason, or
            no number of points.
    """
    assignment = course.assignment_with(exercise)
    known = Results(course.root / "results", assignment.name).read(learner)
    if known is None:
        text = _("There is no report of {learner} on {assignment}. Score first.")
        raise UsageError(text.format(learner=learner, assignment=assignment.name))
    if not reason.strip():
        raise UsageError(_("Say why with --reason: learners read it in their report."))
    overrides = read_overrides(course.root)
    given = Override(parsed_points(points), reason.strip(), by)
    work = known[0].digest[:DIGITS]
    overrides[assignment.name, learner, exercise] = Overridden(given, work)
    write_overrides(course.root, overrides)
    return assignment


def remove_override(course: Course, learner: str, exercise: str) -> Assignment:
    """Let the checks count again; raises UsageError if there is no such override."""
    assignment = course.assignment_with(exercise)
    overrides = read_overrides(course.root)
    if overrides.pop((assignment.name, learner, exercise), None) is None:
        text = _("There is no override of {exercise} for {learner}.")
        raise UsageError(text.format(exercise=exercise, learner=learner))
    write_overrides(course.root, overrides)
    return assignment


def lines_of(course: Course) -> list[str]:
    """Return a line for each override, as it stands in the file."""
    text = _("{learner}, {exercise}: {points} points by {by}: {reason}")
    return [
        text.format(
            learner=one_line(learner),
            exercise=f"{assignment}/{exercise}",
            points=decimal_text(one.override.points),
            by=one_line(one.override.by),
            reason=one_line(one.override.reason),
        )
        for (assignment, learner, exercise), one in sorted(read_overrides(course.root).items())
    ]
