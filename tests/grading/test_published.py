"""``gradproof publish`` and ``diff``: what learners saw, and what scoring would change about it."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.grading import setup
from grader.grading.published import difference, last_publication
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.sandbox.zygote import Zygote
from grader.submission.files import File

from ..warmup import CHECKS, RIGHT, edited, made

PART = RIGHT.replace("factor * x", "x * abs(factor)")


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


def hand_in(course, **texts):
    """Store what each learner submitted."""
    for learner, text in texts.items():
        file = File("warmup.py", text.encode(), 0)
        submissions_of(course).add("warmup", learner, [file], f"{learner}.py")


def run(course, *arguments):
    """Run a command; return its exit code, what it printed, and what it said beside."""
    done = CliRunner().invoke(cli.main, [*arguments, "--course", str(course.root)])
    return done.exit_code, done.stdout, " ".join(done.stderr.split())


@pytest.fixture
def course(tmp_path):
    """Return a course with two learners, scored and published."""
    course = made(tmp_path / "course")
    hand_in(course, ada=RIGHT, bob=PART)
    score(course, course.assignments[0], ScoreOptions())
    code, _out, said = run(course, "publish", "warmup")
    assert (code, "published/warmup/001, with 2 reports." in said) == (0, True)
    return course


def test_what_was_published_stays_as_it_was(course):
    """Whatever is scored later; another publication has its own number."""
    (course.root / "overrides.csv").write_text(
        "assignment,learner,exercise,points\nwarmup,bob,scale,1\n"
    )
    score(course, course.assignments[0], ScoreOptions())
    results = last_publication(course, course.assignments[0]).results
    kept = {one.learner: one.score for one in results}
    assert {"ada": 4, "bob": 3} == kept
    assert "3 / 4 points" in (course.root / "published/warmup/001/bob/report.md").read_text("utf-8")

    assert run(course, "publish", "warmup")[0] == 0
    assert last_publication(course, course.assignments[0]).path.name == "002"


def test_reports_that_the_rules_have_overtaken_are_named(course):
    """Before they are published, or become a total; scoring again is enough."""
    (course.root / "overrides.csv").write_text(
        "assignment,learner,exercise,points\nwarmup,bob,scale,1\n"
    )
    told = "changed since warmup was scored, for bob: score it again."
    assert told in run(course, "publish", "warmup")[2]
    assert told in run(course, "term")[2]

    score(course, course.assignments[0], ScoreOptions())
    assert "score it again" not in run(course, "term")[2]


def test_a_difference_says_whose_points_would_move_and_why(course):
    """By a mended check, an override, new work, or a rule; nothing is written."""
    assert run(course, "diff", "warmup")[:2] == (0, "")
    mended = edited(course, f"{CHECKS}/test_public.py", "@points(2)", "@points(1)")
    mended = edited(mended, f"{CHECKS}/test_hidden.py", "@points(1)", "@points(2)")
    mended = edited(mended, "assignments/course.toml", "[[assignment]]", "[late]\n[[assignment]]")
    hand_in(mended, bob=RIGHT, cyd=RIGHT)
    (course.root / "overrides.csv").write_text(
        "assignment,learner,exercise,points,by,reason\nwarmup,ada,scale,2,Eva,copied\n"
    )
    files = {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}
    code, out, said = run(mended, "diff", "warmup")

    assert code == 1
    first, second, third = out.splitlines()
    assert first.startswith("ada: 4 → 2 points (scale/test_values: 2 → 1 points; ")
    assert first.endswith("scale: override, 2 points: copied)")
    assert (second, third) == (
        "bob: 3 → 4 points (other work counts: bob.py)",
        "cyd: 4 points, not published yet",
    )
    assert "2 would move, 0 would stay. Nothing was written." in said
    assert files == {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}


def test_without_a_publication_there_is_nothing_to_compare_with(tmp_path, course):
    """The message names the command; a damaged one is named."""
    (course.root / "published/warmup/001/ada/report.json").write_text("{}")
    assert "001 is damaged" in run(course, "diff", "warmup")[2]
    other = made(tmp_path / "other")
    hand_in(other, ada=RIGHT)
    code, _out, said = run(other, "diff", "warmup")
    assert (code, "Run: gradproof publish warmup" in said) == (2, True)
    code, _out, said = run(other, "publish", "warmup")
    assert (code, "Run: gradproof score warmup" in said) == (2, True)


def test_who_has_no_result_any_more_is_named(course):
    """A learner whose submission was removed was told of points that are gone."""
    shutil.rmtree(course.root / "submissions/warmup/bob")
    found = difference(course, course.assignments[0], ScoreOptions(dry_run=True))
    assert (["bob"], 1) == (found.gone, found.same)
