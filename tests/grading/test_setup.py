"""Setting up a grading: what is ready in it, what refuses it, and that it leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader import language
from grader.errors import AuthoringError, InternalError
from grader.grading import setup
from grader.grading.setup import Unread, grading, plan_for, text_submission, warmed_up
from grader.outcome import Outcome
from grader.sandbox.zygote import Zygote
from grader.scoring.plan import Job

from ..warmup import CHECKS, RIGHT, edited, made

WRONG = RIGHT.replace("factor * x", "abs(factor) * x")


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes, and return those that are started."""
    language.use("en")
    zygotes = []

    class Noted(Zygote):
        def __init__(self, wanted, *walls):
            super().__init__(("numpy",), *walls)
            zygotes.append((self, wanted))

    monkeypatch.setattr(setup, "Zygote", Noted)
    yield zygotes
    language.use("en")


@pytest.fixture
def warmup(tmp_path):
    """Return a fresh course."""
    return made(tmp_path / "course")


def job(text):
    """Return a job of one learner's text."""
    return Job("ada", text_submission("mine.py", text, "numpy"))


def test_a_grading_grades_with_hints(warmup):
    """One submission after another, read or not."""
    with grading(warmup, warmup.assignments[0], [], secret="s") as ready:
        right, wrong = ready.grade(job(RIGHT)), ready.grade(job(WRONG))
        unread = ready.grade_unread("bob", Unread(job("").submission, "It is empty."))

    assert (right.final, right.score) == (True, right.max_score)
    assert [c.hints[-1] for c in wrong.checks if c.hints] == ["What sign does -2 times 3 have?"]
    assert {(c.outcome, c.message) for c in unread.checks} == {
        (Outcome.NOT_IMPLEMENTED, "It is empty.")
    }
    assert ready.isolation == right.isolation == unread.isolation


def test_the_zygote_imports_what_reference_and_submissions_need(warmup, started):
    """All of it before the first worker is asked for."""
    with warmed_up(warmup, warmup.assignments[0], ["jax"]):
        pass

    assert [wanted for _zygote, wanted in started] == [["jax", "numpy"]]


def test_there_are_as_many_zygotes_as_processes(warmup, monkeypatch):
    """Each grades by itself; all of them end with the grading."""
    closed, close = [], Zygote.close
    monkeypatch.setattr(Zygote, "close", lambda zygote: closed.append(zygote) or close(zygote))
    assignment = warmup.assignments[0]
    with (
        warmed_up(warmup, assignment, []) as warm,
        warm.grading(plan_for(warmup, assignment), processes=3) as ready,
    ):
        results = [ready.grade(job(RIGHT), zygote) for zygote in ready.zygotes]

    assert len(set(map(id, ready.zygotes))) == len(results) == 3
    assert all(result.final for result in results)
    assert ready.zygote is warm.zygote
    assert set(map(id, closed)) == set(map(id, ready.zygotes))


def test_weak_isolation_refuses_before_anything_is_collected(warmup, monkeypatch):
    """A course that asks for walls that are not here is not even read."""
    monkeypatch.setattr(setup, "collected_checks", None)
    demanding = replace(warmup, min_isolation="bubblewrap")

    with (
        pytest.raises(InternalError, match="min_isolation"),
        grading(demanding, demanding.assignments[0], [], secret="", level="process"),
    ):
        pytest.fail("it must not begin")


def test_a_reference_that_fails_refuses_the_grading(warmup, started):
    """For the exercises that are graded; the others are not looked at. Nothing stays running."""
    broken = edited(warmup, f"{CHECKS}/test_public.py", "reference.scale(x, 2.5)", "x")
    assignment = broken.assignments[0]

    with (
        pytest.raises(AuthoringError, match="the reference fails test_values"),
        grading(broken, assignment, [], secret=""),
    ):
        pytest.fail("it must not begin")
    with grading(broken, assignment, [], secret="", only=frozenset()) as ready:
        assert ready.runner.checks


def test_hidden_checks_draw_from_the_secret(warmup):
    """Public ones do not."""
    seeds = []
    for secret in ("one", "two"):
        with grading(warmup, warmup.assignments[0], [], secret=secret) as ready:
            seeds.append({c.name: (c.hidden, ready.runner.seed_of(c)) for c in ready.runner.checks})

    first, second = seeds
    changed = {first[name][0] for name in first if first[name] != second[name]}
    assert changed == {True}
