"""The rules of a course, applied to graded submissions: the one place where points become a score.

In this order: overrides, what counts as a bonus or not at all, points given by hand, what lateness
takes of their sum, and the cap. Nothing is rounded. Applying them again gives the same result.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from grader.adjustments import Cap
from grader.course.catalogue import Course
from grader.course.score_rules import exact_share
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.outcome import Result
from grader.report.points_text import decimal_text
from grader.scoring.results import Results
from grader.submission.metadata import Metadata
from grader.submission.register import Register
from grader.submission.roster import naming_rules
from grader.submission.store import Store, Version

from .attempts import chosen, counted
from .late_days import LateDayBudget
from .lateness import with_lateness
from .overrides import applied, read_overrides, require_known
from .rubric import read_rubric, with_rubric


class Policies:
    """The rules of *course* for one assignment, and what its instructors gave.

    Args:
        learners: who has submitted.

    Raises AuthoringError if one of the files is wrong.
    """

    def __init__(
        self,
        course: Course,
        assignment: Assignment,
        store: Store,
        register: Register,
        learners: Collection[str],
    ) -> None:
        self._course = course
        self._assignment = assignment
        self._store = store
        self._overrides = read_overrides(course.root)
        require_known(self._overrides, assignment, course.root, learners, register)
        self._points = read_rubric(course)
        self._budget = LateDayBudget(course, store)

    def adjusted(self, graded: Result, version: Version | None) -> Result:
        """Return *graded*, which is of *version*, by the rules; what others changed is undone."""
        result = applied(graded, self._assignment, self._overrides)
        result = with_rubric(with_counts(result, self._assignment), self._assignment, self._points)
        left = self._budget.left(result.learner, self._assignment)
        said = version.metadata if version else Metadata()
        result = with_lateness(result, said, self._course.deadlines, left)
        if version is not None:
            result = chosen(self._course, self._store, result, version)
        return self._capped(result)

    def _capped(self, result: Result) -> Result:
        percent = self._course.score.at_most
        if percent is None:
            return replace(result, cap=None)
        most = exact_share(percent) * result.max_score
        text = _("at most {percent} percent of {points} points")
        points = decimal_text(result.max_score)
        reason = text.format(percent=decimal_text(exact_share(percent) * 100), points=points)
        return replace(result, cap=Cap(most, reason) if result.after_penalty > most else None)


def outdated(course: Course, assignment: Assignment, store: Store) -> list[str]:
    """Return the learners whose last report has other points than the rules give today.

    An override, a date or a rule was changed after the last score, or the late days that an earlier
    assignment uses. Nothing is graded for this.

    Raises AuthoringError if one of the course's tables is wrong.
    """
    learners = store.learners(assignment.name)
    register = naming_rules(course.root).register
    policies = Policies(course, assignment, store, register, learners)
    known = Results(course.root / "results", assignment.name)
    found = []
    for learner in learners:
        report = known.read(learner)
        if report is None:
            continue
        with suppress(UsageError):  # damaged: whoever scores is told
            version = counted(course, store, assignment, learner)
            if _points(policies.adjusted(report[0], version)) != _points(report[0]):
                found.append(learner)
    return found


def _points(result: Result) -> tuple[object, ...]:
    """Return what does not depend on the language of a report."""
    return result.score, result.max_score, result.late_days, result.waits


def with_counts(result: Result, assignment: Assignment) -> Result:
    """Return *result* with what *assignment* says of each exercise: on offer, bonus, optional."""
    counts = {exercise.name: exercise.counts for exercise in assignment.exercises}
    exercises = (replace(one, counts=counts.get(one.exercise, "yes")) for one in result.exercises)
    return replace(result, exercises=tuple(exercises))
