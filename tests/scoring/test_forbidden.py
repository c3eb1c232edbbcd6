"""An exercise whose code uses what it is to do without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grader.outcome import CheckResult, Outcome
from grader.sandbox.zygote import Zygote
from grader.scoring.ended_check import EndedCheck
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from .conftest import Mini, submission

SEEN_LATE = """\
import numpy as np

def double(x):
    return np.convolve(x, [2.0]) if x.ndim == 1 else 2 * x

def shrink(values, factor=0.5):
    values *= factor
"""

USES = "double uses numpy.convolve, which contains what this exercise asks you to write."


def graded(
    mini: Mini, zygote: Zygote, text: str, told: list[EndedCheck] | None = None
) -> list[CheckResult]:
    """Return the checks of double and shrink, where double is to do without NumPy's convolve."""
    exercises = tuple(
        replace(e, forbidden=("convolution",)) if e.name == "double" else e
        for e in mini.plan.assignment.exercises
    )
    plan = replace(mini.plan, assignment=replace(mini.plan.assignment, exercises=exercises))
    job = Job("ann", submission(text), frozenset(["double", "shrink"]))
    observe = told.extend if told is not None else None
    with collected_checks(plan, mini.reference) as runner:
        return list(runner.grade(job, zygote, observe=observe).checks)


def test_a_use_seen_in_one_check_fails_all(mini: Callable[..., Mini], zygote: Zygote) -> None:
    """Checks that passed before the use was seen fail, too; other exercises do not."""
    results = graded(mini(), zygote, SEEN_LATE)

    assert [Outcome.FAILED] * 3 == [r.outcome for r in results if r.exercise == "double"]
    assert [Outcome.PASSED] == [r.outcome for r in results if r.exercise == "shrink"]
    place = "\n  mine.py, line 4: return np.convolve(x, [2.0]) if x.ndim == 1 else 2 * x"
    assert {USES + place} == {r.message for r in results if r.exercise == "double"}


def test_no_hint_is_sought(mini: Callable[..., Mini], zygote: Zygote) -> None:
    """There is nothing to explain about values that the learner has not computed."""
    told: list[EndedCheck] = []
    graded(mini(), zygote, SEEN_LATE, told)

    assert all(not one.trace for one in told if one.check.exercise == "double")


def test_a_use_that_is_read_fails_every_check(mini: Callable[..., Mini], zygote: Zygote) -> None:
    """What reading finds is told in hidden checks in the same words."""
    text = "import numpy as np\ndef double(x):\n    return np.convolve(x.ravel(), [2.0])\n"
    results = graded(mini(), zygote, text)[:3]

    assert [Outcome.FAILED] * 3 == [r.outcome for r in results]
    assert [False, False, True] == [r.hidden for r in results]
    assert 1 == len({r.message for r in results})


def test_without_a_list_everything_may_be_used(mini: Callable[..., Mini], zygote: Zygote) -> None:
    """An exercise that lists nothing is graded by its values alone."""
    course = mini()
    job = Job("ann", submission(SEEN_LATE), frozenset(["double"]))
    with collected_checks(course.plan, course.reference) as runner:
        results = runner.grade(job, zygote).checks

    assert [Outcome.PASSED] * 3 == [r.outcome for r in results]
