"""Which exercise is at hand: what changed, or else what fails, or else what comes next."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from grader.desk.progress import Progress
from grader.outcome import Outcome

from ..made_results import made_check, made_result

PASSED, FAILED, UNWRITTEN = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_IMPLEMENTED


#: as much of a kit as is asked for: four exercises
KIT = SimpleNamespace(
    assignment=SimpleNamespace(exercises=[SimpleNamespace(name=name) for name in "abcd"])
)


def checked(progress, codes=None, **outcomes):
    """Note a check with these *outcomes*; return what follows."""
    result = made_result(*(made_check(f"{n}.test_x", o) for n, o in outcomes.items()))
    progress.note(result, codes)
    return progress.standing(KIT).following


def test_what_has_changed_is_at_hand():
    """Other exercises may fail, too, before it and behind it."""
    progress = Progress()
    first = dict.fromkeys("abcd", "0")
    assert "a" == checked(progress, first, a=FAILED, b=FAILED, c=FAILED, d=UNWRITTEN)

    again = checked(progress, first | {"c": "1"}, a=FAILED, b=FAILED, c=FAILED, d=UNWRITTEN)

    assert "c" == again == checked(progress, first | {"c": "1"}, a=FAILED, b=FAILED, c=FAILED)


def test_after_an_exercise_the_next_one_comes():
    """Not the first of the course, which the learner has left out."""
    progress = Progress()
    checked(progress, dict.fromkeys("abcd", "0"), a=UNWRITTEN, b=FAILED, c=UNWRITTEN, d=UNWRITTEN)
    codes = {"a": "0", "b": "1", "c": "0", "d": "0"}

    assert "c" == checked(progress, codes, a=UNWRITTEN, b=PASSED, c=UNWRITTEN, d=UNWRITTEN)
    codes = codes | {"d": "1"}
    assert "a" == checked(progress, codes, a=UNWRITTEN, b=PASSED, c=PASSED, d=PASSED)


@pytest.mark.parametrize("outcome", [PASSED, UNWRITTEN])
def test_what_fails_comes_before_what_is_not_written(outcome):
    """On the first look at a file."""
    codes = dict.fromkeys("abcd", "0")

    assert "c" == checked(Progress(), codes, a=outcome, b=outcome, c=FAILED, d=UNWRITTEN)


def test_in_a_notebook_what_is_checked_is_at_hand():
    """There, each exercise is checked by itself."""
    progress = Progress()
    checked(progress, a=FAILED)

    assert "b" == checked(progress, b=FAILED)
    assert "c" == checked(progress, b=PASSED)


def test_what_the_exercise_at_hand_calls_comes_first():
    """If it was seen to fail: nothing is said of what was never checked."""
    progress = Progress()
    progress.calls = {"c": ["a", "b"]}

    assert "c" == checked(progress, dict.fromkeys("abcd", "0"), c=FAILED)
    assert "b" == checked(progress, dict.fromkeys("abcd", "0"), a=PASSED, b=UNWRITTEN, c=FAILED)
    assert "c" == checked(progress, dict.fromkeys("abcd", "1"), a=PASSED, b=PASSED, c=FAILED)
