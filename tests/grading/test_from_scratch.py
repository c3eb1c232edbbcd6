"""The course of this repository: each exercise refuses the library function that does its job."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.audit.offences import tells, told_by
from grader.course.catalogue import Course
from grader.grading.setup import plan_for, reference_for
from grader.sandbox.zygote import Zygote
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.submission.read import read_submission

COURSE = Course.load(Path(__file__).parent.parent.parent)


@pytest.mark.parametrize("name", [assignment.name for assignment in COURSE.assignments])
def test_the_library_function_fails_by_its_name(zygote: Zygote, name: str) -> None:
    """Every check of an exercise fails and names the library function that stood in for it."""
    assignment = COURSE.assignment(name)
    offences = {
        path: exercise
        for exercise, folder in COURSE.folders(assignment).items()
        for path in folder.offences
    }

    results = {}
    plan, reference = plan_for(COURSE, assignment), reference_for(COURSE, assignment)
    with collected_checks(plan, reference) as runner:
        for path, exercise in offences.items():
            job = Job("ann", read_submission(path, name), frozenset([exercise]))
            results[path] = runner.grade(job, zygote).checks

    assert offences
    for path, checks in results.items():
        assert checks
        assert [] == [one.message for one in checks if not tells(one, told_by(path))]


def test_what_is_forbidden_has_an_offence_that_shows_it() -> None:
    """A list that nothing was held against may be misspelt."""
    without = [
        exercise.name
        for assignment in COURSE.assignments
        for exercise in assignment.exercises
        if exercise.forbidden and not COURSE.folder(assignment, exercise.name).offences
    ]

    assert without == []
