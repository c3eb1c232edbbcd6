"""``rubric.csv``: points that a person gives for what no check can judge, a plot or an answer.

A row per learner and line of the rubric, in the course's directory. ``gradproof rubric`` writes a
sheet of those who wait, and takes it in when it is filled.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from grader.adjustments import ByHand
from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.exercise import Assignment
from grader.language import _, listed
from grader.outcome import Result
from grader.report.points_text import decimal_text
from grader.report.safe_text import defused, one_line
from grader.submission.csv_table import Row, read_table
from grader.submission.register import Register
from grader.submission.roster import naming_rules

from .overrides import DIGITS, points_in

FILE = "rubric.csv"
_COLUMNS = ("assignment", "learner", "line", "points", "by", "reason", "work")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave for one line.

    Attributes:
        work: the first digits of the submission's digest; empty if nobody said.
    """

    points: Fraction
    by: str
    reason: str
    work: str


#: by assignment, learner and line
Points = Mapping[tuple[str, str, str], Given]


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of a sheet: how many rows had points, and how many are still without."""

    rows: int
    without: int


def read_rubric(course: Course) -> dict[tuple[str, str, str], Given]:
    """Return all points given by hand; raises AuthoringError with file and line."""
    return _read(course, course.root / FILE)[0]


def with_rubric(result: Result, assignment: Assignment, points: Points) -> Result:
    """Return *result* with the lines of the rubric, and what was given for them."""
    lines = []
    for line in assignment.rubric:
        given = points.get((assignment.name, result.learner, line.name))
        one = ByHand(line.name, line.points)
        if given is not None:
            earlier = bool(given.work) and not result.digest.startswith(given.work)
            one = replace(
                one, points=given.points, by=given.by, reason=given.reason, earlier=earlier
            )
        lines.append(one)
    return replace(result, rubric=tuple(lines))


def sheet(assignment: Assignment, results: Iterable[Result]) -> bytes:
    """Return a sheet with a row for each line that waits for a person, to be filled."""
    page = io.StringIO(newline="")
    rows = csv.writer(page)
    rows.writerow(_COLUMNS)
    for result in results:
        for line in result.waits:
            work = result.digest[:DIGITS]
            row = [assignment.name, result.learner, line.line, "", "", "", work]
            rows.writerow(map(defused, row))
    return page.getvalue().encode("utf-8-sig")


def take_in(course: Course, assignment: Assignment, path: Path) -> Filled:
    """Take in the sheet at *path*: what it gives replaces what was given before.

    Raises AuthoringError if a row is wrong, or is of another assignment; nothing is written.
    """
    new, without = _read(course, path, assignment)
    everything = {**read_rubric(course), **new}
    page = io.StringIO(newline="")
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for key, one in sorted(everything.items()):
        rows.writerow([*key, decimal_text(one.points), one.by, one.reason, one.work])
    write_whole(course.root / FILE, page.getvalue().encode())
    return Filled(len(new), without)


def waiting(results: Iterable[Result]) -> list[str]:
    """Return a sentence for each learner who waits for a person, or whose work has changed."""
    waits = _("{learner} waits for {lines}")
    changed = _("{learner}: the work has changed since points were given for {lines}")
    said = []
    for result in results:
        earlier = [line for line in result.rubric if line.earlier]
        for text, lines in ((waits, result.waits), (changed, earlier)):
            if lines:
                names = listed(line.line for line in lines)
                said.append(text.format(learner=one_line(result.learner), lines=names))
    return said


def _read(
    course: Course, path: Path, only: Assignment | None = None
) -> tuple[dict[tuple[str, str, str], Given], int]:
    """Return what the table at *path* gives, and how many of its rows give nothing."""
    rows = read_table(path, _COLUMNS[:4], _COLUMNS[:3])
    register = naming_rules(course.root).register
    found: dict[tuple[str, str, str], Given] = {}
    without = 0
    for row in rows:
        assignment = _assignment(course, row, only)
        lines = {line.name: line.points for line in assignment.rubric}
        if row["line"] not in lines:
            text = _("the rubric of {assignment} has no line {line}; write one of {names}")
            names = listed(lines) or "–"
            said = {"assignment": assignment.name, "line": row["line"] or "''", "names": names}
            raise row.fault(text.format(**said))
        learners = _learners(row, register)
        if not row["points"]:
            without += 1
            continue
        points = points_in(row)
        if points > lines[row["line"]]:
            text = _("{points} points are more than the {most} of {line}; correct them")
            most = decimal_text(lines[row["line"]])
            raise row.fault(text.format(points=row["points"], most=most, line=row["line"]))
        for learner in learners:
            key = assignment.name, learner, row["line"]
            if key in found:
                text = _("points for {what} are given twice, by another name; remove one row")
                raise row.fault(text.format(what="/".join(key)))
            found[key] = Given(points, row["by"], row["reason"], row["work"])
    return found, without


def _learners(row: Row, register: Register) -> tuple[str, ...]:
    # a sheet of ours may have an apostrophe before a name that looks like a formula
    name = row["learner"]
    if name.startswith("'") and defused(name[1:]) == name:
        row = replace(row, cells={**row.cells, "learner": name[1:]})
    return row.learners(register)


def _assignment(course: Course, row: Row, only: Assignment | None) -> Assignment:
    for assignment in [only] if only else course.assignments:
        if assignment.name == row["assignment"]:
            return assignment
    if only is not None:
        text = _("this row is of {other}, not of {assignment}; take in its own sheet")
        other = row["assignment"] or "''"
        raise row.fault(text.format(other=other, assignment=only.name))
    text = _("there is no assignment {name}; write one of {names}")
    names = listed(one.name for one in course.assignments)
    raise row.fault(text.format(name=row["assignment"] or "''", names=names))
