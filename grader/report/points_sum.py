"""How a score follows from the points of the exercises, line by line, as a learner can check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.exercise import Text
from grader.language import SENTENCES, _, current, listed
from grader.outcome import ExerciseResult, Result

from .points_text import decimal_text
from .remarks import by_hand_remark, exercise_remarks, origin
from .safe_text import clean
from .score_sum import terms


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
        name = _called(exercise.exercise, titles)
        if not exercise.counted:
            yield SumLine(name, "–", why=_("not graded on this machine"))
            continue
        points, offered = decimal_text(exercise.points), decimal_text(exercise.max_points)
        if exercise.counts == "optional":
            points = f"({points})"  # shown, and no part of the sum
        yield SumLine(name, points, offered, listed(_changed(exercise), SENTENCES))
    for line in result.rubric:
        points = "–" if line.points is None else decimal_text(line.points)
        offered, why = decimal_text(line.max_points), by_hand_remark(line)
        yield SumLine(_called(line.line, titles), points, offered, why)
    found = terms(result)
    taken = [(_("Penalty"), found["penalty"]), (_("Above the cap"), found["over_cap"])]
    offered = decimal_text(result.max_score)
    if any(less for _name, less in taken):
        yield SumLine(_("Sum"), decimal_text(result.points), offered, total=True)
    for name, less in taken:
        if less:
            yield SumLine(name, f"−{decimal_text(-less)}")
    yield SumLine(_("Score"), decimal_text(result.score), offered, total=True)


def _called(name: str, titles: Mapping[str, Text]) -> str:
    return titles[name].get(current()) if name in titles else clean(name)


def _changed(exercise: ExerciseResult) -> Iterator[str]:
    """Yield what a person or a rule has changed about the points of *exercise*."""
    places = set(origin(exercise))
    if exercise.override is not None or exercise.counts != "yes":
        yield from (remark for remark in exercise_remarks(exercise) if remark not in places)
