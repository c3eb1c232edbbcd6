"""The budget of late days: how many a learner has left before an assignment."""

from __future__ import annotations

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.submission.metadata import Metadata, time_of
from grader.submission.store import Store

from .attempts import counted


class LateDayBudget:
    """What learners have left of their late days.

    Days are used in the order in which the assignments are due in the course, whatever was
    extended; of equal dates in the order of the course. So what was used for an assignment never
    depends on a later one.
    """

    def __init__(self, course: Course, store: Store) -> None:
        self._course = course
        self._store = store
        due = course.deadlines.due
        self._order = sorted(
            (one for one in course.assignments if one.name in due), key=lambda one: due[one.name]
        )

    def left(self, learner: str, assignment: Assignment) -> int:
        """Return the late days that *learner* has left when *assignment* is due."""
        left = self._course.deadlines.late.late_days
        for earlier in self._order if left else ():
            if earlier.name == assignment.name:
                break
            left -= self._used(learner, earlier, left)
        return left

    def _used(self, learner: str, assignment: Assignment, left: int) -> int:
        deadlines = self._course.deadlines
        due = deadlines.due_for(learner, assignment.name)
        submitted = time_of(self._said(learner, assignment), due) if due else None
        return deadlines.judged(submitted, due, left).late_days if submitted and due else 0

    def _said(self, learner: str, assignment: Assignment) -> Metadata:
        try:
            version = counted(self._course, self._store, assignment, learner)
        except UsageError:
            # damaged: whoever scores that assignment is told
            version = None
        return version.metadata if version else Metadata()
