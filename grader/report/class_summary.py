"""A summary of a class: learners in natural order, with a phrase for each one's problems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from grader.language import CLAUSES, REMARKS, _, listed
from grader.outcome import NOT_LOST, ExerciseResult, Result

from .outcome_text import outcome_word
from .points_text import decimal_text
from .safe_text import one_line


def points_by_exercise(result: Result) -> dict[str, Fraction]:
    """Return the points of what is part of the grade, in the order of *result*, by name.

    Of the rubric, what a person has given.
    """
    points = {one_line(one.exercise): one.points for one in result.exercises if one.counted}
    given = {one_line(one.line): one.points for one in result.rubric if one.points is not None}
    return {**points, **given}


def by_learner(results: Iterable[Result]) -> list[Result]:
    """Return *results* sorted by learner in natural order: 2 before 10."""
    return sorted(results, key=lambda result: natural_order(result.learner))


def trouble(result: Result) -> str:
    """Return a phrase that names each exercise's problem; empty if there is none."""
    if not result.exercises:
        return _("no check ran")
    if result.notes and {check.message for check in result.checks} == {result.notes[0]}:
        # The submission could not be read: one reason for all exercises.
        return one_line(result.notes[0])
    phrase = _("{exercise}: {outcome}")
    phrases = []
    for one in result.exercises:
        said = [outcome_word(one.outcome)] if one.outcome not in NOT_LOST else []
        said += _rivals(one)
        if said:
            name = one_line(one.exercise)
            phrases.append(phrase.format(exercise=name, outcome=listed(said, REMARKS)))
    waits = [phrase.format(exercise=one_line(one.line), outcome=_("waits")) for one in result.waits]
    return listed([*phrases, *waits], CLAUSES)


def _rivals(exercise: ExerciseResult) -> list[str]:
    """Return phrases on other definitions of *exercise* that would earn other points."""
    text = _("{file} would earn {points}")
    return [
        text.format(points=decimal_text(other.points), file=one_line(other.file))
        for other in (exercise.source.others if exercise.source else ())
        if other.points is not None and other.points != exercise.raw_points
    ]


def missing_libraries(results: Iterable[Result]) -> dict[str, list[str]]:
    """Return the learners whose code needs a library that is not installed here, by library.

    The library that most learners need comes first.
    """
    found: dict[str, list[str]] = {}
    for result in by_learner(results):
        for library in sorted({check.missing_library for check in result.checks} - {""}):
            found.setdefault(library, []).append(result.learner)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def natural_order(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Return a sort key that compares runs of digits as numbers; the text itself breaks ties."""
    parts = re.findall("[0-9]+|[^0-9]+", text.casefold())
    return [_natural_part(part) for part in parts], text


def _natural_part(part: str) -> tuple[int, int, str]:
    # Sorting by length, then by digits, is sorting by value, however long the number.
    digits = part.lstrip("0") if part.isascii() and part.isdigit() else None
    return (1, 0, part) if digits is None else (0, len(digits), digits)
