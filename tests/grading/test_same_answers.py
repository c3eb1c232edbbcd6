"""``gradproof similarity``: the same unusual wrong answers, with how rare they are in the class."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.grading import setup
from grader.grading.same_answers import Wrong, _is_telling, same_answers
from grader.grading.score import ScoreOptions, score
from grader.grading.similarity import similarity
from grader.sandbox.zygote import Zygote
from grader.submission.files import File
from grader.submission.store import Store

from ..warmup import RIGHT, made

#: the same unusual mistake in other words, a known mistake, errors, and nothing at all
CLASS = {
    "ada": RIGHT,
    "bob": RIGHT.replace("factor * x", "factor * x + 0.25 * x * x"),
    "cyd": RIGHT.replace("factor * x", "(factor + x / 4) * x"),
    "dan": RIGHT.replace("factor * x", "x * abs(factor)"),
    "eve": RIGHT.replace("factor * x", "abs(factor) * x"),
    "fay": RIGHT.replace("factor * x", "unknown"),
    "gus": RIGHT.replace("factor * x", "unknown"),
    "hal": RIGHT.replace("factor * x", "x * 0"),
    "ida": RIGHT.replace("factor * x", "0 * x"),
    "jon": RIGHT.replace("factor * x", "factor * x - 0.75"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course with a scored class."""
    language.use("en")
    patch = pytest.MonkeyPatch()
    patch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    course = made(tmp_path_factory.mktemp("answers") / "course")
    store = Store(course.root / "submissions")
    for learner, text in CLASS.items():
        store.add("warmup", learner, [File("warmup.py", text.encode(), 0.0)], "warmup.py")
    score(course, course.assignments[0], ScoreOptions(level="process"))
    yield course
    patch.undo()


def test_the_same_unusual_wrong_answers_are_found_with_their_rarity(course):
    """Two of ten give the same wrong numbers; known mistakes, errors and zeros are no evidence."""
    found = similarity(course, course.assignments[0], level="process")
    (one,) = found.answers

    assert one.exercise == "scale"
    assert one.learners == ("bob", "cyd")
    assert one.wrote == 10
    assert one.told.startswith("scale(")
    assert all(name.startswith("scale/test_") for name in one.checks)
    assert found.pairs == ()


def test_the_command_says_how_many_gave_them(course):
    """The terminal names the learners and the count; without answers it says so."""
    line = ["--lang", "en", "similarity", "warmup", "--isolation", "process"]
    line += ["--course", str(course.root), "--jobs", "1"]

    printed = CliRunner().invoke(cli.main, line, catch_exceptions=False).stdout
    without = CliRunner().invoke(cli.main, [*line, "--code-only", "--json"], catch_exceptions=False)

    assert "scale: bob, cyd" in printed
    assert "2 of 10 who wrote it gave these" in printed
    assert json.loads(without.stdout)["answers"] is None


def test_answers_that_many_gave_are_not_unusual():
    """Two of any class, or a tenth of a larger one, are few; more are many, and a group is one."""

    def groups(count, wrote, owners=None):
        wrong = [Wrong("test_values", "f", "told")]
        given = {"scale": {f"learner{number}": wrong for number in range(count)}}
        return [one.learners for one in same_answers(given, owners or {}, {"scale": wrote})]

    assert len(groups(2, 5)) == 1
    assert groups(3, 20) == []
    assert len(groups(3, 30)) == 1
    assert groups(1, 30) == []
    assert groups(2, 30, {"learner0": "learner0", "learner1": "learner0"}) == []


@pytest.mark.parametrize(
    ("numbers", "telling"),
    [
        ([1.0, 2.0, 4.0], True),
        ([2.345], True),
        ([0.0, 0.0], False),
        ([3.0, 3.0, 3.0], False),
        ([1.0], False),
        ([np.nan, 1.0], False),
        ([np.inf], False),
    ],
)
def test_an_answer_that_says_little_is_no_evidence(numbers, telling):
    """Zeros, one number everywhere, and what is not finite come of many mistakes."""
    assert _is_telling(np.array(numbers)) is telling
