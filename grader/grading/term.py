"""The total of a term: all assignments of a course, in one table."""

from __future__ import annotations

from grader.course.catalogue import Course
from grader.exercise import Assignment
from grader.outcome import Result
from grader.report.class_summary import by_learner
from grader.scoring.results import Results

from .score import submissions_of


def reports(course: Course, assignment: Assignment) -> list[Result]:
    """Return the last reports of everybody who has submitted, by learner."""
    known = Results(course.root / "results", assignment.name)
    learners = submissions_of(course).learners(assignment.name)
    found = (known.read(learner) for learner in learners)
    return by_learner(one[0] for one in found if one is not None)
