"""Due dates and what lateness costs: ``due`` and ``[late]`` in ``course.toml``, ``extensions.csv``.

A date without a time zone is in the course's ``timezone``; without that it is refused. Lateness is
counted in elapsed time, so that a change to summer time makes nobody late by an hour.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..language import _
from ..submission.csv_table import Row, read_table
from ..submission.roster import naming_rules
from .toml_file import TomlFile

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
    return Deadlines(dates, _extensions(root, set(due), known), known, late)


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
    root: Path, assignments: set[str], zone: ZoneInfo | None
) -> dict[tuple[str, str], datetime]:
    rows = read_table(root / EXTENSIONS, _COLUMNS, _COLUMNS[:2])
    if not rows:
        return {}
    register = naming_rules(root).register
    given: dict[bool, dict[tuple[str, str], datetime]] = {False: {}, True: {}}
    for row in rows:
        if row["assignment"] not in assignments:
            text = _("there is no assignment {name}; write one of {names}")
            names = ", ".join(sorted(assignments))
            raise row.fault(text.format(name=row["assignment"] or "''", names=names))
        date, learners = _date(row, zone), row.learners(register)
        own = len(learners) == 1
        for learner in learners:
            if given[own].setdefault((learner, row["assignment"]), date) != date:
                text = _("a second date of {assignment} for {learner}; remove one")
                raise row.fault(text.format(assignment=row["assignment"], learner=learner))
    # what somebody got alone counts before what their group got
    return given[False] | given[True]


def _date(row: Row, zone: ZoneInfo | None) -> datetime:
    text = row["due"]
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        what = _("{text} is not a date; write one such as 2026-12-06T23:59:00+08:00")
        raise row.fault(what.format(text=text or "''")) from None
    if date.tzinfo is None and zone is None:
        what = _(
            "the date {text} has no time zone; write {text}+08:00, say, or name the course's in "
            "course.toml"
        )
        raise row.fault(what.format(text=text))
    return date if date.tzinfo else date.replace(tzinfo=zone)
