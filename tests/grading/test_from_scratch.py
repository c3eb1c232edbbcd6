"""The course of this repository: each exercise refuses the library function that does its job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.audit.offences import tells, told_by
from grader.course.catalogue import Course
from grader.exercise import Submission
from grader.grading.setup import plan_for, reference_for
from grader.sandbox.zygote import Zygote
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.submission.read import read_submission

COURSE = Course.load(Path(__file__).parent.parent.parent)
#: the exercise and the hand-in of every offence, by assignment and framework
OFFENCES: dict[tuple[str, str], list[tuple[str, Path, Submission]]] = {}
for _assignment in COURSE.assignments:
    for _exercise, _folder in COURSE.folders(_assignment).items():
        for _path in _folder.offences:
            _handed_in = read_submission(_path, _assignment.name)
            OFFENCES.setdefault((_assignment.name, _handed_in.framework), []).append(
                (_exercise, _path, _handed_in)
            )


#: every run tries the edition in which most learners write
MARKS = {"torch": (), "numpy": ()}
EDITIONS = [
    pytest.param(*key, marks=MARKS.get(key[1], (pytest.mark.slow, pytest.mark.rare)))
    for key in OFFENCES
]


@pytest.mark.parametrize(("name", "framework"), EDITIONS)
def test_the_library_function_fails_by_its_name(
    zygote_of: Callable[[str], Zygote], name: str, framework: str
) -> None:
    """Every check of an exercise fails and names the library function that stood in for it."""
    zygote = zygote_of(framework)
    assignment = COURSE.assignment(name)
    offences = OFFENCES[name, framework]

    results = {}
    plan, reference = plan_for(COURSE, assignment), reference_for(COURSE, assignment)
    with collected_checks(plan, reference) as runner:
        for exercise, path, handed_in in offences:
            job = Job("ann", handed_in, frozenset([exercise]))
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
