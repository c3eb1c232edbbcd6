"""Sentences that explain why points are not simply those of the passed checks.

Reasons are an instructor's text and are clean; renderers must escape them.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.adjustments import ByHand
from grader.exercise import OtherPlace, Source
from grader.language import _, listed
from grader.outcome import CheckResult, ExerciseResult, Result

from .points_text import decimal_text
from .safe_text import one_line
from .score_sum import sum_sentence


def check_remarks(check: CheckResult) -> Iterator[str]:
    """Yield remarks on a check's points."""
    if check.through:
        text = _("Passed with a correct {exercise} in place of yours.")
        yield text.format(exercise=listed(one_line(check.through).split(", ")))
    if check.credit is not None:
        text = _("Partial credit, {points} of {max_points} points: {reason}")
        points = {
            "points": decimal_text(check.points),
            "max_points": decimal_text(check.max_points),
        }
        yield text.format(reason=one_line(check.credit.reason), **points)


def exercise_remarks(exercise: ExerciseResult) -> Iterator[str]:
    """Yield remarks on an exercise's points, and on where it was taken from, if it is elsewhere."""
    if exercise.counts == "bonus":
        yield _("This is a bonus: its points come on top of those on offer.")
    elif exercise.counts == "optional":
        yield _("This is optional: its points are shown, and do not count.")
    if exercise.source is not None and any(o.state != "blank" for o in exercise.source.others):
        yield from origin(exercise)
        if any(other.state == "written" and not other.same for other in exercise.source.others):
            yield _("Of several written definitions, the file's name decided, then its date.")
    if (override := exercise.override) is not None:
        text = _("Overridden by {by}, {points} points instead of {raw}: {reason}")
        yield text.format(
            points=decimal_text(override.points),
            by=one_line(override.by),
            raw=decimal_text(exercise.raw_points),
            reason=one_line(override.reason),
        )


def origin(exercise: ExerciseResult) -> Iterator[str]:
    """Yield the sentences on where an exercise was taken from, and what else defines it."""
    if exercise.source is not None:
        yield taken_from(exercise.source)
        yield from (_elsewhere(other, exercise) for other in exercise.source.others)


def taken_from(source: Source) -> str:
    """Return the sentence on where an exercise was taken from."""
    return _("Taken from {place}.").format(place=place_of(source))


def place_of(source: Source | OtherPlace) -> str:
    """Return file and cell in one line."""
    file, cell = one_line(source.file), one_line(source.cell)
    return _("{file}, {cell}").format(file=file, cell=cell) if cell else file


def _elsewhere(other: OtherPlace, exercise: ExerciseResult) -> str:
    """Return the sentence on another definition of *exercise*."""
    place = place_of(other)
    if other.state == "blank":
        return _("It is empty in {place}, as in the starter.").format(place=place)
    if other.state == "script":
        text = _('It is also in {place}, under if __name__ == "__main__", which does not run.')
        return text.format(place=place)
    if other.points is not None and other.points != exercise.raw_points:
        text = _(
            "It is also in {place}, with other code, which would earn {points} / {max_points}."
        )
        points, offered = decimal_text(other.points), decimal_text(exercise.max_points)
        return text.format(place=place, points=points, max_points=offered)
    if other.same:
        return _("It is also in {place}, with the same code.").format(place=place)
    if other.points is not None:
        text = _("It is also in {place}, with other code, which would earn the same.")
        return text.format(place=place)
    return _("It is also in {place}, with other code.").format(place=place)


def by_hand_remark(line: ByHand) -> str:
    """Return the sentence on what a person gave for a line of the rubric."""
    if line.points is None:
        return _("This waits for a person.")
    text = _("Given by hand.")
    if line.by and line.reason:
        text = _("Given by {by}: {reason}")
    elif line.by:
        text = _("Given by {by}.")
    elif line.reason:
        text = _("Given by hand: {reason}")
    text = text.format(by=one_line(line.by), reason=one_line(line.reason))
    if line.earlier:
        earlier = _("These points were given for an earlier version of this work.")
        return _("{sentence} {another}").format(sentence=text, another=earlier)
    return text


def result_remarks(result: Result) -> Iterator[str]:
    """Yield remarks on a score; the last is its sum, if it has several terms."""
    if (attempt := result.attempt) is not None:
        text = _("Of {of} attempts, number {number} counts: the best.")
        if attempt.rule == "before deadline":
            text = _("Of {of} attempts, number {number} counts: the last before the deadline.")
            if result.late_seconds:
                text = _("Of {of} attempts, number {number} counts: the last, as none was in time.")
        yield text.format(number=attempt.number, of=attempt.of)
    if result.late_seconds:
        yield _("Submitted {time} late.").format(time=_duration(result.late_seconds))
    if (days := result.late_days) is not None:
        yield _("Late days used: {used}; left: {left}.").format(used=days.used, left=days.left)
    if (penalty := result.penalty) is not None:
        text = _("Penalty of {penalty} on {points} points: {reason}")
        yield text.format(
            penalty=decimal_text(penalty.points),
            points=decimal_text(result.points),
            reason=one_line(penalty.reason),
        )
    if (cap := result.cap) is not None:
        text = _("No more than {points} points count: {reason}")
        yield text.format(points=decimal_text(cap.points), reason=one_line(cap.reason))
    if sentence := sum_sentence(result):
        yield sentence


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
    for line in result.rubric:
        yield text.format(exercise=one_line(line.line), sentence=by_hand_remark(line))
    yield from result_remarks(result)


def _duration(seconds: int) -> str:
    """Return a duration in its two largest units; minutes are rounded up."""
    minutes = -(-seconds // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes % 60)
