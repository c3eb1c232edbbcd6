"""How each platform's own table is filled in: which column, which rows, what else stays.

Only a file that comes from the platform names its learners and its columns as it wants them, so
that file is filled in and nothing is made up. A platform that takes over every column of an import
gets back those that name the learners and the one that is filled, so that no other grade is set
back to what it was at the download.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.errors import UsageError
from grader.language import _, listed
from grader.report.points_text import nearest_decimal, rounded
from grader.submission.platform_table import PlatformTable
from grader.submission.roster import naming_columns

from .graded_class import GradedClass

#: Canvas and Moodle compare grades to two decimals, the others show as many
_PLACES = 2
#: Moodle's headings in the languages whose worksheets were seen
_GRADE = ("grade", "成绩", "分数", "bewertung", "note", "calificación")
_MOST = (
    "maximum grade",
    "最高成绩",
    "最高分",
    "bestwertung",
    "note maximale",
    "calificación máxima",
)
_CANVAS_STUDENT = (
    *("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Integration ID"),
    *("Root Account", "Section"),
)
#: what stands in the cells of a row on how grades are posted
_CANVAS_POSTING = re.compile(r"(?i)\s*(Muted|Manual Posting.*)?\s*")
_BLACKBOARD_STUDENT = ("Last Name", "First Name", "Username", "Student ID")
#: ``Title [Total Pts: 4 Score] |123``; without a number, Blackboard makes a new column
_BLACKBOARD = re.compile(
    r"(?P<title>.+?) \[Total Pts: (?:up to )?(?P<most>[^\]\s]+)(?: (?P<kind>[^\]|]+))?\]"
    r"(?: *\|(?P<number>\d+))?"
)
_BRIGHTSPACE_STUDENT = ("OrgDefinedId", "Username")
_BRIGHTSPACE_END = "End-of-Line Indicator"
#: ``Title Points Grade <Numeric MaxPoints:4 Weight:5>``
_BRIGHTSPACE = re.compile(
    r"(?P<title>.+?) (?P<kind>\w+) Grade(?: <[^>]*?MaxPoints:(?P<most>[\d.]+)[^>]*>| <[^>]*>)?"
)


@dataclass
class Filled:
    """The result of filling a table.

    Attributes:
        rows: the table to write.

        learners: whose grade was written.

        unknown: rows, by their first cell, that name no learner with a grade.

        missing: learners with a grade whom no row names.

        waiting: learners who are left out, as a person has still to give points.

        maximum: the points that the platform expects at most, if it says so.

        above: learners whose grade the platform would not take, as it is above that.
    """

    rows: list[list[str]] = field(default_factory=list)
    learners: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    maximum: str = ""
    above: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is done with a platform's table.

    Attributes:
        column: the place of the column to fill.

        kept: the places of the columns to write; all others are left out.

        names: the places of what may name a learner, the surest first.

        only_known: whether rows without a grade are left out.

        bare: what a cell that names a learner says, by the place of its column.
    """

    column: int
    kept: tuple[int, ...]
    names: tuple[int, ...]
    only_known: bool = True
    bare: Callable[[int, str], str] = lambda place, cell: cell


def fill(
    table: PlatformTable, platform: str, titles: Sequence[str], everybody: GradedClass
) -> Filled:
    """Return *table* with the grades of *everybody*.

    Args:
        platform: one of :data:`PLATFORMS`.

        titles: the headings that the column to fill may have.

    Raises:
        UsageError: it is not that platform's, its column is not clear, or two rows are one
            learner's.
    """
    done = Filled()
    plan = PLATFORMS[platform](table, titles, done)
    done.rows = [[table.head[n] for n in plan.kept]]
    seen: dict[str, int] = {}
    for number, row in enumerate(table.rows[1:], 1):
        if not any(cell.strip("# ") for cell in row):
            continue
        cells = list(row)
        if platform == "canvas" and all(map(_CANVAS_POSTING.fullmatch, cells)):
            continue
        if platform == "canvas" and "Points Possible" in cells[0]:
            done.maximum = cells[plan.column].strip()
            if "read only" in done.maximum:
                text = _("Canvas takes no grades for {name}, which is read only there")
                raise table.fault(text.format(name=table.head[plan.column]), number)
            done.rows.append([cells[n] for n in plan.kept])
            continue
        learner = everybody.who([plan.bare(n, cells[n]) for n in plan.names])
        if learner in seen:
            text = _("a second row for {learner}, whom line {line} names already; remove one")
            what = text.format(learner=learner, line=table.lines[seen[learner]])
            raise table.fault(what, number)
        if learner:
            seen[learner] = number
            done.learners.append(learner)
            cells[plan.column] = _grade(everybody, learner, platform)
        else:
            done.unknown.append(next(filter(None, (cell.strip("# ") for cell in row))))
        if learner or not plan.only_known:
            done.rows.append([cells[n] for n in plan.kept])
        if platform == "moodle" and _ends_in_backslash(table, cells):
            text = _(
                "a backslash stands before a quotation mark, after which Moodle reads nothing "
                "right; take it out of that comment there, and download the file again"
            )
            raise table.fault(text, number)
    if not done.learners:
        text = _("no row names anybody with a grade; is it the file of another course?")
        raise table.fault(text)
    done.missing = [one for one in everybody.results if one not in seen]
    if platform == "moodle" and (most := as_points(done.maximum)) is not None:
        done.above = [one for one in done.learners if everybody.results[one].score > most]
    return done


def as_points(text: str) -> Fraction | None:
    """Return the number of points in a platform's *text*: 4.00 and 4,00 are 4; None if none is."""
    try:
        return Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None


def _ends_in_backslash(table: PlatformTable, cells: Sequence[str]) -> bool:
    """Whether a cell would be written with a backslash before a quotation mark.

    To PHP, with which Moodle reads, that mark does not end the cell.
    """
    return any(
        '\\"' in cell
        or (cell.endswith("\\") and (table.quoted or bool({table.delimiter, '"', "\n"} & {*cell})))
        for cell in cells
    )


def _grade(everybody: GradedClass, learner: str, platform: str) -> str:
    score = everybody.results[learner].score
    return nearest_decimal(score) if platform == "csv" else rounded(score, _PLACES)


def _canvas(table: PlatformTable, titles: Sequence[str], done: Filled) -> _Plan:
    """Canvas: *Grades → Export*; a row for each student."""
    head = table.head
    one_name = len(head) > 3 and "Student" in head[0] and "ID" in head[1]
    if not one_name and head[:3] != ["LastName", "FirstName", "ID"]:
        text = _("This is not a gradebook of Canvas: its first columns must be Student and ID.")
        raise table.fault(text)
    column = _column(table, titles, lambda one: re.sub(r" \(\d+\)$", "", one))
    kept = [n for n, name in enumerate(head) if name in _CANVAS_STUDENT]
    # the ids first: names may be those of several
    names = [n for n in kept if head[n] in ("ID", "SIS User ID", "SIS Login ID")]
    return _Plan(column, (*kept, column), (*names, 0) if one_name else tuple(names))


def _moodle(table: PlatformTable, titles: Sequence[str], done: Filled) -> _Plan:
    """Moodle: *Download grading worksheet*; everything else stays, which it compares."""
    column = _column(table, titles if len(titles) == 1 else _GRADE, str.strip)
    head = [name.strip().casefold() for name in table.head]
    most = next((n for n, name in enumerate(head) if name in _MOST), None)
    if most is not None and len(table.rows) > 1:
        done.maximum = table.rows[1][most].strip()
    return _Plan(column, tuple(range(len(head))), tuple(range(column)), False, _participant)


def _participant(place: int, cell: str) -> str:
    """Return the number in "Participant 501", which is how a hand-in is called, too."""
    return cell if place else re.sub(r"\D", "", cell)


def _blackboard(table: PlatformTable, titles: Sequence[str], done: Filled) -> _Plan:
    """Blackboard: *Download Grades*; the user name and the column's number are what it reads."""
    if "Username" not in table.head:
        text = _("This is not a gradebook of Blackboard: there is no column {name}.")
        raise table.fault(text.format(name="Username"))
    column = _column(table, titles, lambda one: _part(_BLACKBOARD, one, "title"))
    heading = table.head[column]
    kind = _part(_BLACKBOARD, heading, "kind") or "Score"
    if not _part(_BLACKBOARD, heading, "number"):
        text = _(
            "the column {name} has no number (|123), so Blackboard would make a new one; "
            "download the file again"
        )
        raise table.fault(text.format(name=heading))
    if kind.strip() != "Score":
        text = _(
            "the column {name} shows {kind}; set its primary display to Score, "
            "and download the file again"
        )
        raise table.fault(text.format(name=heading, kind=kind.strip()))
    done.maximum = _part(_BLACKBOARD, heading, "most")
    kept = [n for n, name in enumerate(table.head) if name in _BLACKBOARD_STUDENT]
    sure = [table.head.index(n) for n in ("Username", "Student ID") if n in table.head]
    return _Plan(column, (*kept, column), tuple(sure))


def _brightspace(table: PlatformTable, titles: Sequence[str], done: Filled) -> _Plan:
    """Brightspace: *Enter Grades → Export*, with points; its ids begin with #."""
    names = [n for n, name in enumerate(table.head) if name.strip() in _BRIGHTSPACE_STUDENT]
    ends = [n for n, name in enumerate(table.head) if name.strip() == _BRIGHTSPACE_END]
    if not names or not ends:
        missing = _BRIGHTSPACE_END if names else " / ".join(_BRIGHTSPACE_STUDENT)
        text = _("This is not a gradebook of Brightspace: there is no column {name}.")
        raise table.fault(text.format(name=missing))
    column = _column(table, titles, lambda one: _part(_BRIGHTSPACE, one, "title"))
    heading = table.head[column]
    if _part(_BRIGHTSPACE, heading, "kind") != "Points":
        text = _("the column {name} holds no points; export the file again with Points grade")
        raise table.fault(text.format(name=heading))
    done.maximum = _part(_BRIGHTSPACE, heading, "most").removesuffix(".00")
    kept = (*names, column, ends[0])
    return _Plan(column, kept, tuple(names), bare=lambda _place, cell: cell.strip().lstrip("#"))


def _any_table(table: PlatformTable, titles: Sequence[str], done: Filled) -> _Plan:
    """Any table with a row for each learner; everything else stays."""
    column = _column(table, titles, str.strip)
    names = tuple(place for place in naming_columns(table.head) if place != column)
    if not names:
        raise table.fault(_("no column names the learners; call one id, email or name"))
    return _Plan(column, tuple(range(len(table.head))), names, False)


#: whose tables are filled in
PLATFORMS: dict[str, Callable[[PlatformTable, Sequence[str], Filled], _Plan]] = {
    "canvas": _canvas,
    "moodle": _moodle,
    "blackboard": _blackboard,
    "brightspace": _brightspace,
    "csv": _any_table,
}


def _part(form: re.Pattern[str], heading: str, name: str) -> str:
    """Return a part of a *heading* that has this *form*; empty if it has not."""
    found = form.fullmatch(heading.strip())
    return (found[name] or "") if found else ""


def _column(table: PlatformTable, names: Sequence[str], bare: Callable[[str], str]) -> int:
    """Return the place of the one column that is called like one of *names*; raises UsageError."""
    head = table.head
    wanted = {name.casefold() for name in names}
    found = [n for n, name in enumerate(head) if {name.casefold(), bare(name).casefold()} & wanted]
    if len(found) == 1:
        return found[0]
    text = _("Which column? None is called {names}; name it with --column. There are: {columns}.")
    if found:
        text = _("Which column? Several are called {names}; name one with --column: {columns}.")
    columns = [head[n] for n in found] or head
    said = text.format(names=" / ".join(names), columns=listed(columns))
    error: UsageError = table.fault(said)
    raise error
