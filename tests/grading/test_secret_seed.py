"""Inputs of hidden checks follow from a seed that nobody outside the class's results knows."""

from __future__ import annotations

import pytest

from grader import language
from grader.errors import InternalError
from grader.grading import setup
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.grading.secret_seed import known_seed, secret_seed
from grader.report.json_report import from_json
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect

from ..warmup import RIGHT, made


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda frameworks, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


@pytest.fixture
def course(tmp_path):
    """Return a course with one submission collected."""
    course = made(tmp_path / "course")
    path = tmp_path / "in" / "ada" / "warmup.py"
    path.parent.mkdir(parents=True)
    path.write_text(RIGHT, encoding="utf-8")
    collect(tmp_path / "in", "warmup", submissions_of(course))
    return course


def seeds(course, **options):
    """Score the class; return how many were graded, and the seeds of public and hidden checks."""
    done = score(course, course.assignments[0], ScoreOptions(**options))
    path = course.root / "results" / "warmup" / "ada" / "report.json"
    checks = from_json(path.read_bytes())[0].checks
    public = {check.seed for check in checks if not check.hidden}
    return done.graded, public, {check.seed for check in checks if check.hidden}


def test_a_regrade_draws_the_same_hidden_inputs(course):
    """The seed is kept with the results: nothing has changed, nobody is graded again."""
    first = seeds(course)
    again = seeds(course)

    assert (first[0], again[0]) == (1, 0)
    assert first[1:] == again[1:]


def test_another_secret_changes_hidden_checks_alone(course):
    """Everyone is graded again; what learners could practise on stays as it was."""
    _graded, public, hidden = seeds(course)
    graded, public_after, hidden_after = seeds(course, reseed=True)

    assert graded == 1
    assert public == public_after
    assert hidden.isdisjoint(hidden_after)


def test_two_classes_have_different_secrets(course, tmp_path):
    """Nothing in a course's files tells what hidden checks will ask."""
    other = made(tmp_path / "other")

    assert secret_seed(course) != secret_seed(other)
    assert secret_seed(course) == secret_seed(course) == known_seed(course)


@pytest.mark.parametrize(("folder", "seed"), [(0o755, 0o600), (0o2775, 0o640)])
def test_the_secret_is_for_the_instructors_eyes(course, folder, seed):
    """Others on the machine cannot read it; a group that may write the course can, to grade."""
    course.root.chmod(folder)
    secret_seed(course)

    assert seed == (course.root / "results" / "seed").stat().st_mode & 0o777


def test_without_a_scored_class_there_is_no_secret(course):
    """A single submission is then graded by the course's own seed."""
    assert known_seed(course) == ""


@pytest.mark.parametrize("text", ["", "0123", "x" * 32, "0" * 32 + "\n\n"])
def test_a_damaged_secret_stops_the_grading(course, text):
    """Nobody's hidden inputs change because a file was edited; the message says what to do."""
    secret_seed(course)
    (course.root / "results" / "seed").write_text(text, encoding="utf-8")

    with pytest.raises(InternalError, match="--reseed"):
        secret_seed(course)
    assert secret_seed(course, renew=True)
