"""Writes grades into the file that a platform gave out, for that platform to read back.

Only a file that comes from the platform names its learners and its columns as it wants them, so
that file is filled in and nothing is made up. Canvas: *Grades → Export*; a row for each student.
Moodle: *Download grading worksheet* of the assignment, which must allow offline grading.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import SubmissionError, UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.report.points_text import rounded
from grader.scoring.results import Results
from grader.submission.labels import Person
from grader.submission.register import Register
from grader.submission.roster import naming_rules

from .score import submissions_of

#: both platforms compare grades to two decimals
_PLACES = 2
#: Moodle's headings in the languages whose worksheets were seen
_GRADE = ("grade", "成绩", "分数", "bewertung", "note", "calificación")
_CANVAS_STUDENT = (
    *("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Integration ID"),
    *("Root Account", "Section"),
)


@dataclass
class Exported:
    """The result of an export.

    Attributes:
        filled: learners whose grade was written.

        unknown: rows, by their first cell, that name no learner with a grade.

        missing: learners with a grade whom no row names.

        maximum: the points that the platform expects at most, if it says so.
    """

    filled: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    maximum: str = ""


@dataclass(frozen=True, slots=True)
class Class:
    """The grades of one assignment, and who is called what."""

    points: Mapping[str, Fraction]
    called: Mapping[str, str]
    register: Register

    def who(self, cells: Sequence[str]) -> str:
        """Return the learner whom the first of *cells* names that names one; empty if none does."""
        for cell in filter(None, map(str.strip, cells)):
            try:
                found = self.register.identify(Person(cell, (cell,)))
            except SubmissionError:
                found = ()
            for learner in (*found, self.called.get(cell.casefold(), "")):
                if learner in self.points:
                    return learner
        return ""


def export(
    course: Course,
    assignment: Assignment,
    platform: str,
    given: Path,
    target: Path,
    column: str = "",
) -> Exported:
    """Fill grades into the file *given* by a platform, and write it to *target*.

    Args:
        platform: ``canvas`` or ``moodle``.

        column: the heading of the column to fill, if it cannot be found by the assignment's name.

    Raises:
        UsageError: nothing is graded, or *given* is not that platform's file; nothing is written.
    """
    everybody = _class(course, assignment)
    try:
        text = given.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise UsageError(_("{file}: {reason}").format(file=given, reason=reason)) from None
    delimiter = (
        ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    )
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not rows:
        raise UsageError(_("{file}: {reason}").format(file=given, reason=_("the file is empty")))
    fill = {"canvas": _canvas, "moodle": _moodle}[platform]
    done = Exported()
    titles = (column,) if column else (assignment.title.en, assignment.title.zh, assignment.name)
    filled = fill(rows, titles, everybody, done)
    done.missing = [one for one in everybody.points if one not in done.filled]
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=delimiter, lineterminator="\r\n").writerows(filled)
    write_whole(target, page.getvalue().encode())
    return done


def _class(course: Course, assignment: Assignment) -> Class:
    results = Results(course.root / "results", assignment.name)
    store = submissions_of(course)
    points: dict[str, Fraction] = {}
    called: dict[str, str] = {}
    for learner in store.learners(assignment.name):
        known = results.read(learner)
        if known is None or not known[0].final:
            continue
        points[learner] = known[0].score
        version = store.latest(assignment.name, learner)
        said = [version.metadata.platform_id, version.metadata.name] if version else []
        for name in filter(None, [learner, *said]):
            # what several are called names nobody
            name = name.casefold()
            called[name] = learner if called.get(name, learner) == learner else ""
    if not points:
        text = _("No grade of {name} is there to export. Run: gradproof score {name}")
        raise UsageError(text.format(name=assignment.name))
    return Class(points, called, naming_rules(course.root).register)


def _canvas(
    rows: list[list[str]], titles: Sequence[str], everybody: Class, done: Exported
) -> list[list[str]]:
    """Return the columns that say who a student is, and the assignment's, filled."""
    head = rows[0]
    if len(head) < 4 or "Student" not in head[0] or "ID" not in head[1]:
        text = _("This is not a gradebook of Canvas: its first columns must be Student and ID.")
        raise UsageError(text)
    place = _column(head, titles, lambda one: re.sub(r" \(\d+\)$", "", one))
    kept = [n for n, name in enumerate(head) if name in _CANVAS_STUDENT]
    identity = [n for n in kept if head[n] in ("ID", "SIS User ID", "SIS Login ID", "Student")]
    filled = [[head[n] for n in kept] + [head[place]]]
    for row in rows[1:]:
        cells = row + [""] * (len(head) - len(row))
        if "Points Possible" in cells[0]:
            done.maximum = cells[place].strip()
            filled.append([cells[n] for n in kept] + [cells[place]])
            continue
        # the ids first: names may be those of several
        learner = everybody.who([cells[n] for n in identity[1:]] + [cells[0]])
        grade = _note(learner, cells[0], everybody, done)
        if grade:
            filled.append([cells[n] for n in kept] + [grade])
    return filled


def _moodle(
    rows: list[list[str]], titles: Sequence[str], everybody: Class, done: Exported
) -> list[list[str]]:
    """Return the worksheet as it came, with its grades filled."""
    head = rows[0]
    names = titles if len(titles) == 1 else _GRADE
    place = _column(head, names, str.strip)
    filled = [head]
    for row in rows[1:]:
        cells = row + [""] * (len(head) - len(row))
        number = re.sub(r"\D", "", cells[0])
        learner = everybody.who([number, *cells[1:place]])
        grade = _note(learner, cells[0], everybody, done)
        if grade:
            cells[place] = grade
        filled.append(cells)
    return filled


def _column(head: Sequence[str], names: Sequence[str], bare: Callable[[str], str]) -> int:
    """Return the place of the one column that is called like one of *names*; raises UsageError."""
    wanted = {name.casefold() for name in names}
    found = [n for n, name in enumerate(head) if {name.casefold(), bare(name).casefold()} & wanted]
    if len(found) == 1:
        return found[0]
    text = _("Which column? None is called {names}; name it with --column. There are: {columns}.")
    if found:
        text = _("Which column? Several are called {names}; name one with --column: {columns}.")
    columns = [head[n] for n in found] or head
    raise UsageError(text.format(names=" / ".join(names), columns=", ".join(columns)))


def _note(learner: str, row: str, everybody: Class, done: Exported) -> str:
    """Note whom a row is about; return the grade as the platform reads it, empty if none."""
    if not learner:
        done.unknown.append(row.strip())
        return ""
    done.filled.append(learner)
    return rounded(everybody.points[learner], _PLACES)
