"""What other definitions of an exercise in a submission would earn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from grader.outcome import ExerciseResult, Result


def with_rival(result: Result, file: str, rival: Result) -> Result:
    """Return *result*, with what the definitions in another *file* earn, graded as *rival*."""
    earned = {one.exercise: one.points for one in rival.exercises if one.settled}
    compared = tuple(_compared(one, file, earned) for one in result.exercises)
    return replace(result, exercises=compared)


def _compared(
    exercise: ExerciseResult, file: str, earned: Mapping[str, Fraction]
) -> ExerciseResult:
    if exercise.source is None or exercise.exercise not in earned:
        return exercise
    others = tuple(
        replace(other, points=earned[exercise.exercise]) if other.file == file else other
        for other in exercise.source.others
    )
    return replace(exercise, source=replace(exercise.source, others=others))
