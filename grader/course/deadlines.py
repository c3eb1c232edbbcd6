"""Due dates and what lateness costs: ``due`` and ``[late]`` in ``course.toml``, ``extensions.csv``.

A date without a time zone is in the course's ``timezone``; without that it is refused. Lateness is
counted in elapsed time, so that a change to summer time makes nobody late by an hour.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import AuthoringError
from .toml_file import TomlFile, read_text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EXTENSIONS = "extensions.csv"
_COLUMNS = ("learner", "assignment", "due")
_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


class LateTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[late]``: what lateness costs in every assignment."""

    grace_minutes: int = 0
    #: percent of the points earned that each started hour or day takes
    percent: int | float = 0
    per: str = "day"
    #: percent that lateness never takes more than
    at_most: int | float = 100
    #: after this many days nothing counts
    days: int | float | None = None

    def __post_init__(self) -> None:
        if self.per not in _STEPS:
            raise ValueError(f"'per' is {self.per!r}; write hour or day")
        if not 0 <= self.percent <= 100 or not 0 <= self.at_most <= 100:
            raise ValueError("a percentage is a number from 0 to 100")
        if self.grace_minutes < 0 or (self.days is not None and self.days < 0):
            raise ValueError("a time is a number of at least 0")


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a submission is, and what that costs.

    Attributes:
        seconds: after the due date; 0 if it is on time or within the grace period.

        share: of the points earned that is taken off, from 0 to 1.
    """

    seconds: int = 0
    share: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When each assignment is due, for whom later, and what lateness costs.

    Attributes:
        due: by assignment.

        extensions: by learner and assignment, in place of *due*.

        zone: of dates that name none; None if the course names none.
    """

    due: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    zone: ZoneInfo | None = None
    late: LateTable = field(default_factory=LateTable)

    def due_for(self, learner: str, assignment: str) -> datetime | None:
        """Return when *assignment* is due for *learner*; None if it has no due date."""
        return self.extensions.get((learner, assignment), self.due.get(assignment))

    def judged(self, submitted: datetime, due: datetime) -> Lateness:
        """Return the lateness of what was *submitted* for *due*; both have time zones."""
        elapsed = submitted.timestamp() - due.timestamp()
        rule = self.late
        if elapsed <= 60 * rule.grace_minutes:
            return Lateness()
        seconds = math.ceil(elapsed)
        if rule.days is not None and elapsed > 86400 * rule.days:
            return Lateness(seconds, Fraction(1))
        steps = math.ceil(Fraction(elapsed) / Fraction(_STEPS[rule.per].total_seconds()))
        share = min(steps * _share(rule.percent), _share(rule.at_most))
        return Lateness(seconds, share)


def read_deadlines(
    root: Path,
    file: TomlFile,
    due: Mapping[str, tuple[datetime | None, str]],
    zone: str,
    late: LateTable,
) -> Deadlines:
    """Return the deadlines of the course at *root*; raises AuthoringError with file and line.

    Args:
        due: by assignment, the date and its place in *file*.
    """
    known = _zone(file, zone) if zone else None
    dates = {}
    for name, (date, where) in due.items():
        if date is not None:
            if date.tzinfo is None and known is None:
                what = f"the date {date} has no time zone; write {date.isoformat()}+08:00, say"
                raise file.fault(f"{what}, or name the course's: timezone = ...", where)
            dates[name] = date if date.tzinfo else date.replace(tzinfo=known)
    return Deadlines(dates, _extensions(root / EXTENSIONS, set(due), known), known, late)


def _zone(file: TomlFile, name: str) -> ZoneInfo:
    # imported where a course needs it: it reads tables of the system
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        what = f"{name!r} is not a time zone; write one such as Europe/Berlin or Asia/Shanghai"
        raise file.fault(what, "$.timezone") from None


def _share(percent: int | float) -> Fraction:
    """Return a percentage as written: 12.5 is an eighth."""
    return Fraction(str(percent)) / 100


def _extensions(
    path: Path, assignments: set[str], zone: ZoneInfo | None
) -> dict[tuple[str, str], datetime]:
    if not path.exists():
        return {}
    found: dict[tuple[str, str], datetime] = {}
    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise AuthoringError(f"a column is missing: {', '.join(missing)}", path, 1)
    for row in rows:
        learner, assignment, date = ((row[name] or "").strip() for name in _COLUMNS)
        if assignment not in assignments:
            what = f"there is no assignment {assignment!r}; write one of {sorted(assignments)}"
            raise AuthoringError(what, path, rows.line_num)
        if (learner, assignment) in found:
            what = f"a second extension of {assignment} for {learner}"
            raise AuthoringError(what, path, rows.line_num)
        found[learner, assignment] = _date(date, zone, path, rows.line_num)
    return found


def _date(text: str, zone: ZoneInfo | None, path: Path, line: int) -> datetime:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        what = f"{text!r} is not a date; write one such as 2026-12-06T23:59:00+08:00"
        raise AuthoringError(what, path, line) from None
    if date.tzinfo is None and zone is None:
        what = f"the date {text} has no time zone; write {text}+08:00, say"
        raise AuthoringError(f"{what}, or name the course's in course.toml", path, line)
    return date if date.tzinfo else date.replace(tzinfo=zone)
