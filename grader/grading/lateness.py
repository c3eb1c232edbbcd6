"""Applies deadlines to a graded submission: how late it is, and what that costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from grader.adjustments import Penalty
from grader.course.deadlines import Deadlines
from grader.language import _
from grader.outcome import Result
from grader.report.points_text import decimal_text
from grader.submission.metadata import Metadata


def with_lateness(result: Result, metadata: Metadata, deadlines: Deadlines) -> Result:
    """Return *result* with its lateness and the penalty for it, in place of any others.

    Only the platform's own time is judged. Where it names no time zone, that of the due date is
    meant; a date without a time of day is not judged, since nobody knows.
    """
    plain = replace(result, late_seconds=0, penalty=None, notes=_without_ours(result))
    due = deadlines.due_for(result.learner, result.assignment)
    if due is None:
        return plain
    submitted = _time(metadata.submitted, due)
    if submitted is None:
        return replace(plain, notes=(*plain.notes, _unknown()))
    lateness = deadlines.judged(submitted, due)
    if not lateness.seconds:
        return plain
    text = _("{percent} percent of the points, due {due}, submitted {submitted}")
    reason = text.format(
        percent=decimal_text(lateness.share * 100),
        due=due.isoformat(sep=" "),
        submitted=submitted.isoformat(sep=" "),
    )
    penalty = Penalty(lateness.share * plain.points, reason)
    return replace(
        plain, late_seconds=lateness.seconds, penalty=penalty if lateness.share else None
    )


def _time(text: str, due: datetime) -> datetime | None:
    """Return the platform's time; None if it did not say when."""
    if len(text) <= len("2026-12-06"):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=due.tzinfo)


def _unknown() -> str:
    return _("No platform said when this was submitted, so lateness was not judged.")


def _without_ours(result: Result) -> tuple[str, ...]:
    return tuple(note for note in result.notes if note != _unknown())
