"""Whatever a learner does to a notebook, every exercise in it that can be graded is graded."""

from __future__ import annotations

import shutil
from collections import defaultdict
from fractions import Fraction

import pytest

pytest.importorskip("torch")

from grader import language
from grader.course.catalogue import Course
from grader.errors import SubmissionError
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.outcome import Outcome
from grader.submission.collect import collect
from grader.submission.read import read_submission

from .maltreated import (
    ANSWERS,
    ASSIGNMENT,
    COURSE,
    MALTREATMENTS,
    code,
    maltreated,
    sound,
    written,
)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Return the results of a class in which everyone's notebook has been maltreated."""
    language.use("en")
    root = tmp_path_factory.mktemp("course")
    for tree in ("assignments", "solutions", "autograder_tests"):
        (root / tree).symlink_to(COURSE.root / tree)
    inbox = root / "inbox"
    inbox.mkdir()
    for name in MALTREATMENTS:
        (inbox / f"{name}.ipynb").write_bytes(maltreated(name))
    course = Course.load(root)
    taken = collect(inbox, ASSIGNMENT.name, submissions_of(course))
    shutil.rmtree(inbox)
    done = score(course, ASSIGNMENT, ScoreOptions())

    assert ((), {}) == (taken.refused, done.lost)
    return {result.learner: result for result in done.results}


def points(result):
    """Return what each exercise that the notebook answers has earned."""
    earned = defaultdict(Fraction)
    for check in result.checks:
        earned[check.exercise] += check.points
    assert not any(points for exercise, points in earned.items() if exercise not in ANSWERS)
    return {exercise: earned[exercise] for exercise in ANSWERS if exercise in earned}


def test_the_sound_notebook_earns_what_it_should(results):
    """What the others are compared with is neither all nor nothing."""
    assert points(results["untouched"]) == {
        "softmax": 9,
        "log_softmax": 7,
        "cross_entropy": 6,
        "softmax_cross_entropy_gradient": 8,
    }


@pytest.mark.parametrize("name", MALTREATMENTS)
def test_what_can_be_graded_is_graded(name, results):
    """Every exercise that is still there earns what it did; of the others, it is said why not."""
    costs = MALTREATMENTS[name].costs
    sound = points(results["untouched"])
    expected = {exercise: 0 if exercise in costs else sound[exercise] for exercise in ANSWERS}
    told = {
        exercise: "\n".join(c.message for c in results[name].checks if c.exercise == exercise)
        for exercise in costs
    }

    assert expected == points(results[name])
    assert [exercise for exercise, words in costs.items() if words not in told[exercise]] == []
    assert all(check.outcome is not Outcome.INTERNAL for check in results[name].checks)


def test_a_notebook_that_is_large_without_outputs_is_refused(tmp_path):
    """What learners write themselves is never that much; the advice says what helps."""
    notebook = sound()
    notebook["cells"].append(code("x = 1\n" * 6_000_000))
    path = tmp_path / "large.ipynb"
    path.write_bytes(written(notebook))

    with pytest.raises(SubmissionError, match=r"over the limit of 32 MiB; clear the outputs"):
        read_submission(path, ASSIGNMENT.name)
