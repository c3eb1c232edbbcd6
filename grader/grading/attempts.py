"""Which of a learner's attempts counts: the last, the best, or the last one before the deadline.

A version in which nothing is written is no attempt unless all are so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.adjustments import Attempt
from grader.course.catalogue import Course
from grader.exercise import Assignment
from grader.outcome import Result
from grader.scoring.results import Results
from grader.submission.metadata import time_of
from grader.submission.store import Store, Version


def eligible(course: Course, store: Store, assignment: Assignment, learner: str) -> list[Version]:
    """Return the versions of which one counts, oldest first: several only where the best does.

    Raises UsageError if one is damaged.
    """
    if course.score.attempt == "last":
        latest = store.latest(assignment.name, learner)
        return [latest] if latest else []
    versions = _attempts(store, assignment.name, learner)
    if course.score.attempt == "best":
        return versions
    in_time = [version for version in versions if _in_time(course, assignment, learner, version)]
    return in_time[-1:] or versions[-1:]


def counted(course: Course, store: Store, assignment: Assignment, learner: str) -> Version | None:
    """Return the version that counts; where the best does, that of the last report.

    Raises UsageError if a version is damaged.
    """
    versions = eligible(course, store, assignment, learner)
    if len(versions) > 1:
        known = Results(course.root / "results", assignment.name).read(learner)
        chosen = known[0].attempt if known else None
        if chosen and chosen.number <= len(versions):
            return versions[chosen.number - 1]
    return versions[-1] if versions else None


def chosen(course: Course, store: Store, result: Result, version: Version) -> Result:
    """Return *result* with which attempt it is of, where the course chooses among several."""
    attempt = None
    if course.score.attempt != "last":
        attempts = [one.sequence for one in _attempts(store, result.assignment, result.learner)]
        if len(attempts) > 1:
            number = attempts.index(version.sequence) + 1
            attempt = Attempt(number, len(attempts), course.score.attempt)
    return replace(result, attempt=attempt)


def best(results: Sequence[Result]) -> int:
    """Return the place of the best of several results, oldest first.

    The one with the most points counts, of equals the one that takes fewest late days, then the
    last. What has no final grade counts only if nothing has one.
    """

    def order(place: int) -> tuple[bool, object, int, int]:
        result = results[place]
        used = result.late_days.used if result.late_days else 0
        return result.final, result.score, -used, place

    return max(range(len(results)), key=order)


def _attempts(store: Store, assignment: str, learner: str) -> list[Version]:
    versions = store.versions(assignment, learner)
    return [version for version in versions if not version.blank] or versions


def _in_time(course: Course, assignment: Assignment, learner: str, version: Version) -> bool:
    """Whether *version* is not known to be late."""
    due = course.deadlines.due_for(learner, assignment.name)
    submitted = time_of(version.metadata, due) if due else None
    return not (submitted and due and course.deadlines.judged(submitted, due).seconds)
