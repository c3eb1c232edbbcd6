"""Sentences that explain why points are not simply those of the passed checks.

Reasons are an instructor's text and are clean; renderers must escape them.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.language import _
from grader.outcome import CheckResult, ExerciseResult, Result

from .points_text import decimal_text
from .safe_text import one_line


def check_remarks(check: CheckResult) -> Iterator[str]:
    """Yield remarks on a check's points."""
    if check.through:
        text = _("Passed with a correct {exercise} in place of yours.")
        yield text.format(exercise=one_line(check.through))
    if check.credit is not None:
        text = _("Partial credit, {points} of {max_points} points: {reason}")
        points = {
            "points": decimal_text(check.points),
            "max_points": decimal_text(check.max_points),
        }
        yield text.format(reason=one_line(check.credit.reason), **points)


def exercise_remarks(exercise: ExerciseResult) -> Iterator[str]:
    """Yield remarks on an exercise's points."""
    if (override := exercise.override) is not None:
        text = _("Overridden by {by}, {points} points instead of {raw}: {reason}")
        yield text.format(
            points=decimal_text(override.points),
            by=one_line(override.by),
            raw=decimal_text(exercise.raw_points),
            reason=one_line(override.reason),
        )


def result_remarks(result: Result) -> Iterator[str]:
    """Yield remarks on a score."""
    if result.late_seconds:
        yield _("Submitted {time} late.").format(time=_duration(result.late_seconds))
    if (penalty := result.penalty) is not None:
        text = _("Penalty of {penalty} on {points} points: {reason}")
        yield text.format(
            penalty=decimal_text(penalty.points),
            points=decimal_text(result.points),
            reason=one_line(penalty.reason),
        )


def all_remarks(result: Result) -> Iterator[str]:
    """Yield every remark in *result*, each with its place."""
    text = _("{exercise}: {sentence}")
    for exercise in result.exercises:
        name = one_line(exercise.exercise)
        for remark in exercise_remarks(exercise):
            yield text.format(exercise=name, sentence=remark)
        for check in exercise.checks:
            place = f"{name}/{one_line(check.name)}"
            for remark in check_remarks(check):
                yield text.format(exercise=place, sentence=remark)
    yield from result_remarks(result)


def _duration(seconds: int) -> str:
    """Return a duration in its two largest units; minutes are rounded up."""
    minutes = -(-seconds // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes % 60)
