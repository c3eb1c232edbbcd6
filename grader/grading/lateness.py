"""Applies deadlines to a graded submission: how late it is, and what that costs."""

from __future__ import annotations

from dataclasses import replace

from grader.adjustments import LateDays, Penalty
from grader.course.deadlines import Deadlines
from grader.language import _
from grader.outcome import Result
from grader.report.points_text import decimal_text
from grader.submission.metadata import Metadata, time_of


def with_lateness(
    result: Result, metadata: Metadata, deadlines: Deadlines, late_days: int = 0
) -> Result:
    """Return *result* with its lateness and what that takes, in place of any others.

    Only the platform's own time is judged. Where it names no time zone, that of the due date is
    meant; a date without a time of day is not judged, since nobody knows.

    Args:
        late_days: what the learner has left.
    """
    notes = _without_ours(result)
    plain = replace(result, late_seconds=0, penalty=None, late_days=None, notes=notes)
    due = deadlines.due_for(result.learner, result.assignment)
    if due is None:
        return plain
    submitted = time_of(metadata, due)
    if submitted is None:
        return replace(plain, notes=(*plain.notes, _unknown()))
    lateness = deadlines.judged(submitted, due, late_days)
    if not lateness.seconds:
        return plain
    text = _("{percent} percent of the points, due {due}, submitted {submitted}")
    reason = text.format(
        percent=decimal_text(lateness.share * 100),
        due=due.isoformat(sep=" "),
        # in the same zone, so that the two can be compared at a glance
        submitted=submitted.astimezone(due.tzinfo).isoformat(sep=" "),
    )
    used = lateness.late_days
    return replace(
        plain,
        late_seconds=lateness.seconds,
        late_days=LateDays(used, late_days - used) if used else None,
        penalty=Penalty(lateness.share * plain.points, reason) if lateness.share else None,
    )


def _unknown() -> str:
    return _("No platform said when this was submitted, so lateness was not judged.")


def _without_ours(result: Result) -> tuple[str, ...]:
    return tuple(note for note in result.notes if note != _unknown())
