"""How a score follows from the points of the exercises, line by line, as a learner can check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.exercise import Text
from grader.language import _, current
from grader.outcome import ExerciseResult, Result

from .points_text import decimal_text
from .remarks import by_hand_remark, exercise_remarks, origin, result_remarks
from .safe_text import clean


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of a sum.

    Attributes:
        points: with a minus if they are taken off.

        max_points: those available; empty where there are none.

        why: reasons, such as those of an override or a penalty.

        total: whether it adds up the lines above it.
    """

    name: str
    points: str
    max_points: str = ""
    why: str = ""
    total: bool = False


def sum_lines(result: Result, titles: Mapping[str, Text]) -> list[SumLine]:
    """Return the lines of the sum of *result*: exercises, then what is taken off, then the score.

    Args:
        titles: the exercises' titles by name; an exercise without one is shown by name.
    """
    return list(_lines(result, titles))


def _lines(result: Result, titles: Mapping[str, Text]) -> Iterator[SumLine]:
    for exercise in result.exercises:
        title = titles.get(exercise.exercise)
        name = title.get(current()) if title else clean(exercise.exercise)
        if not exercise.counted:
            yield SumLine(name, "–", why=_("not graded on this machine"))
            continue
        points = decimal_text(exercise.points)
        points = f"({points})" if exercise.counts == "optional" else points
        offered = decimal_text(exercise.max_points) if exercise.counts == "yes" else ""
        yield SumLine(name, points, offered, " ".join(_given(exercise)))
    for line in result.rubric:
        title = titles.get(line.line)
        name = title.get(current()) if title else clean(line.line)
        points = "–" if line.points is None else decimal_text(line.points)
        yield SumLine(name, points, decimal_text(line.max_points), by_hand_remark(line))
    reasons = " ".join(result_remarks(result))
    offered = decimal_text(result.max_score)
    if result.penalty is not None or result.cap is not None:
        yield SumLine(_("Sum"), decimal_text(result.points), offered, total=True)
    if result.penalty is not None:
        taken = decimal_text(result.points - result.after_penalty)
        yield SumLine(_("Penalty"), f"−{taken}", why=reasons)
        reasons = ""
    if result.cap is not None:
        over = decimal_text(result.after_penalty - result.score)
        yield SumLine(_("Above the cap"), f"−{over}", why=reasons)
        reasons = ""
    yield SumLine(_("Score"), decimal_text(result.score), offered, reasons, total=True)


def _given(exercise: ExerciseResult) -> Iterator[str]:
    """Yield what a person, or the course, has changed."""
    places = set(origin(exercise))
    if exercise.override is not None or exercise.counts != "yes":
        yield from (remark for remark in exercise_remarks(exercise) if remark not in places)
