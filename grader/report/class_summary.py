"""A class at a glance: one row per learner, and a phrase for what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from grader.language import _
from grader.outcome import CheckResult, Outcome, Result

from .safe_text import one_line

#: what a row tells of an exercise with several troubles: the one that explains most
_TELLING = (
    Outcome.INTERNAL,
    Outcome.CRASHED,
    Outcome.TIMED_OUT,
    Outcome.NOT_IMPLEMENTED,
    Outcome.FAILED,
    Outcome.BLOCKED,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One learner in a table of the class; its texts are clean and on one line.

    Attributes:
        exercises: points earned, by exercise, in the order of the checks; without
            exercises whose checks were all skipped.

        trouble: what went wrong, in the language of the run; empty if nothing did.
    """

    learner: str
    score: Fraction
    max_score: Fraction
    final: bool
    exercises: dict[str, Fraction]
    trouble: str


def class_rows(results: Iterable[Result]) -> list[Row]:
    """Return a row for each of *results*, sorted by learner as people count: 2 before 10."""
    return [
        Row(
            learner=one_line(result.learner),
            score=result.score,
            max_score=result.max_score,
            final=result.final,
            exercises={
                one_line(name): sum((check.points for check in checks), Fraction(0))
                for name, checks in by_exercise(result).items()
                if any(check.outcome is not Outcome.SKIPPED for check in checks)
            },
            trouble=trouble(result),
        )
        for result in by_learner(results)
    ]


def by_learner(results: Iterable[Result]) -> list[Result]:
    """Return *results* sorted by learner as people count: 2 before 10."""
    return sorted(results, key=lambda result: _natural(result.learner))


def by_exercise(result: Result) -> dict[str, list[CheckResult]]:
    """Return the checks of each exercise, in the order in which they stand in *result*."""
    groups: dict[str, list[CheckResult]] = {}
    for check in result.checks:
        groups.setdefault(check.exercise, []).append(check)
    return groups


def trouble(result: Result) -> str:
    """Return a phrase naming what went wrong in each exercise; empty if nothing did."""
    if not result.checks:
        return _("no check ran")
    if result.notes and {check.message for check in result.checks} == {result.notes[0]}:
        # the submission could not be read: one reason for everything
        return one_line(result.notes[0])
    phrases = []
    for name, checks in by_exercise(result).items():
        seen = {check.outcome for check in checks}
        for outcome in _TELLING:
            if outcome in seen:
                phrase = _("{exercise}: {outcome}")
                phrases.append(
                    phrase.format(exercise=one_line(name), outcome=outcome_word(outcome))
                )
                break
    return _("; ").join(phrases)


def outcome_word(outcome: Outcome) -> str:
    """Return *outcome* in the language of the run."""
    return {
        Outcome.PASSED: _("passed"),
        Outcome.FAILED: _("failed"),
        Outcome.NOT_IMPLEMENTED: _("not implemented"),
        Outcome.TIMED_OUT: _("timed out"),
        Outcome.CRASHED: _("crashed"),
        Outcome.BLOCKED: _("blocked"),
        Outcome.SKIPPED: _("skipped"),
        Outcome.INTERNAL: _("broken on our side"),
    }[outcome]


def _natural(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Return a key in which runs of digits count as numbers; the text itself breaks ties."""
    parts = re.findall("[0-9]+|[^0-9]+", text.casefold())
    return [_natural_part(part) for part in parts], text


def _natural_part(part: str) -> tuple[int, int, str]:
    # By length and then by digits is by value, however long the number.
    digits = part.lstrip("0") if part.isascii() and part.isdigit() else None
    return (1, 0, part) if digits is None else (0, len(digits), digits)
