"""Due dates and what lateness costs: ``due`` and ``[late]`` in ``course.toml``, ``extensions.csv``.

A date without a time zone is in the course's ``timezone``; without that it is refused. Lateness is
counted in elapsed time, so that a change to summer time makes nobody late by an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..language import _, listed
from ..submission.csv_table import Row, read_table
from ..submission.roster import naming_rules
from .score_rules import exact_share
from .toml_file import TomlFile

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EXTENSIONS = "extensions.csv"
_COLUMNS = ("learner", "assignment", "due")
_DAY = timedelta(days=1)
_STEPS = {"hour": timedelta(hours=1), "day": _DAY}


class LateTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[late]``: what lateness costs in every assignment."""

    grace_minutes: int = 0
    #: percent of the points earned that each started hour or day takes; of a list, what the first,
    #: the second and so on take together, and the last is for all after it
    percent: int | float | list[int | float] = 0
    per: str = "day"
    #: percent that lateness never takes more than
    at_most: int | float = 100
    #: after this many days nothing counts
    days: int | float | None = None
    #: days that a learner may be late over the term at no cost
    late_days: int = 0
    #: of which so many in one assignment
    late_days_each: int | None = None

    def __post_init__(self) -> None:
        if self.per not in _STEPS:
            raise ValueError(f"'per' is {self.per!r}; write hour or day")
        steps = self.percent if isinstance(self.percent, list) else [self.percent]
        if not steps or not all(0 <= percent <= 100 for percent in (*steps, self.at_most)):
            raise ValueError("a percentage is a number from 0 to 100")
        if steps != sorted(steps):
            raise ValueError("'percent' must not fall: what is later would cost less")
        times = (self.grace_minutes, self.days, self.late_days, self.late_days_each)
        if any(time is not None and time < 0 for time in times):
            raise ValueError("a time is a number of at least 0")


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a submission is, and what that costs.

    Attributes:
        seconds: after the due date; 0 if it is on time or within the grace period.

        share: of the points earned that is taken off, from 0 to 1.

        late_days: how many of the learner's are used.
    """

    seconds: int = 0
    share: Fraction = Fraction(0)
    late_days: int = 0


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

    def judges(self, assignment: str) -> bool:
        """Whether *assignment* has a due date, for all or for somebody."""
        return assignment in {*self.due, *(name for _learner, name in self.extensions)}

    def judged(self, submitted: datetime, due: datetime, late_days: int = 0) -> Lateness:
        """Return the lateness of what was *submitted* for *due*; both have time zones.

        Each late day moves the due date by 24 hours. Of those that the learner has left, the fewest
        are used that save the most.
        """
        elapsed = submitted.astimezone(UTC) - due.astimezone(UTC)
        if elapsed <= timedelta(minutes=self.late.grace_minutes):
            return Lateness()
        at_hand = min(late_days, self._most_late_days, -(-elapsed // _DAY))
        shares = [self._share(elapsed - days * _DAY) for days in range(at_hand + 1)]
        least = min(shares)
        return Lateness(-(-elapsed // timedelta(seconds=1)), least, shares.index(least))

    @property
    def _most_late_days(self) -> int:
        each = self.late.late_days_each
        return self.late.late_days if each is None else each

    def _share(self, elapsed: timedelta) -> Fraction:
        """Return the share of the points that being late by so much takes."""
        rule = self.late
        if elapsed <= timedelta(minutes=rule.grace_minutes):
            return Fraction(0)
        if rule.days is not None and _exact(elapsed) > Fraction(str(rule.days)) * _exact(_DAY):
            return Fraction(1)
        steps = -(-elapsed // _STEPS[rule.per])
        if isinstance(rule.percent, list):
            share = exact_share(rule.percent[min(steps, len(rule.percent)) - 1])
        else:
            share = steps * exact_share(rule.percent)
        return min(share, exact_share(rule.at_most))


def _exact(time: timedelta) -> Fraction:
    """Return *time* in microseconds."""
    return Fraction(time // timedelta(microseconds=1))


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
            names = listed(sorted(assignments))
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
