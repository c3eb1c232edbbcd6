"""A report in another language than the one it was written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from grader.course.catalogue import Course
from grader.exercise import Assignment, Text
from grader.language import current
from grader.outcome import CheckResult, Result

from .sentences import sentences_of


def in_another_language(
    course: Course, assignment: Assignment, reports: Iterable[Result]
) -> frozenset[str]:
    """Return the learners whose *reports* were written in another language than the run's."""
    told = sentences_of(course, assignment)
    return frozenset(
        report.learner
        for report in reports
        if any(
            check.sentence in told and told[check.sentence].get(current()) != check.sentence
            for check in report.checks
        )
    )


def retold(report: Result, again: Result | None, told: Mapping[str, Text]) -> Result:
    """Return *report* in the language of the run: the same points, other words.

    Args:
        again: what running it again in that language gave.

        told: the sentences of its checks.
    """
    words = {(check.exercise, check.name): check for check in again.checks} if again else {}

    def in_words(check: CheckResult) -> CheckResult:
        sentence = told[check.sentence].get(current()) if check.sentence in told else ""
        check = replace(check, sentence=sentence or check.sentence)
        other = words.get((check.exercise, check.name))
        if other is None or other.outcome is not check.outcome:
            return check
        credit = check.credit
        if credit is not None and other.credit is not None and credit.share == other.credit.share:
            credit = other.credit
        return replace(check, message=other.message, hints=other.hints, credit=credit)

    exercises = tuple(
        replace(one, checks=tuple(map(in_words, one.checks))) for one in report.exercises
    )
    return replace(report, exercises=exercises)
