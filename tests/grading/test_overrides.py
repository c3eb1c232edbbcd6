"""``gradproof override``: points that a person gives survive grading, and are explained."""

from __future__ import annotations

from fractions import Fraction

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.errors import AuthoringError
from grader.grading import setup
from grader.grading.overrides import FILE, read_overrides
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect

from ..warmup import CHECKS, RIGHT, edited, made

WRONG = RIGHT.replace("factor * x", "factor + x")


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


@pytest.fixture
def course(tmp_path):
    """Return a course with two learners, scored."""
    course = made(tmp_path / "course")
    hand_in(course, tmp_path / "first", ada=RIGHT, bob=WRONG)
    scored(course)
    return course


def hand_in(course, folder, **texts):
    """Collect *texts*, by learner."""
    for learner, text in texts.items():
        (folder / learner).mkdir(parents=True)
        (folder / learner / "warmup.py").write_text(text)
    collect(folder, "warmup", submissions_of(course))


def scored(course):
    """Score the class; return the results by learner, and how many were graded."""
    done = score(course, course.assignments[0], ScoreOptions())
    return {result.learner: result for result in done.results}, done


def run(course, *arguments):
    """Run the command; return its exit code and output."""
    command = ["override", *arguments, "--course", str(course.root)]
    done = CliRunner().invoke(cli.main, command)
    return done.exit_code, done.output


def test_an_override_reaches_reports_and_grades_without_grading(course):
    """With its reason, and who gave it; the checks stay as they are."""
    code, text = run(course, "bob", "scale", "2.5", "--reason", "the idea is right", "--by", "Eva")
    results, done = scored(course)
    report = (course.root / "results/warmup/bob/report.md").read_text("utf-8")
    grades = (course.root / "results/warmup/grades.csv").read_text("utf-8-sig")

    assert (code, done.graded) == (0, 0)
    assert "gradproof score warmup" in text
    assert (Fraction(5, 2), 0) == (results["bob"].score, results["bob"].raw_points)
    assert "Overridden by Eva, 2.5 points instead of 0: the idea is right" in report
    assert "bob,2.5,2.5,4" in grades
    assert ["bob: 0 → 2.5 points (scale: override, 2.5 points: the idea is right)"] == [
        m.sentence for m in done.moved
    ]
    assert "bob, warmup/scale: 2.5 points by Eva: the idea is right" in run(course)[1]


def test_it_survives_a_new_check_and_can_be_taken_back(course):
    """What the checks say then counts again."""
    run(course, "bob", "scale", "3", "--reason", "agreed")
    changed = edited(course, f"{CHECKS}/test_public.py", "normal(4)", "normal(5)")
    again, done = scored(changed)
    assert (3, 2) == (again["bob"].score, done.graded)

    assert run(course, "bob", "scale", "--remove")[0] == 0
    back, done = scored(changed)
    assert (0, 0) == (back["bob"].score, done.graded)
    assert back["bob"].notes == ()


def test_new_work_below_an_override_is_flagged(course, tmp_path):
    """It holds, and a note says that it was given for other work; another score says it once."""
    run(course, "bob", "scale", "3", "--reason", "agreed")
    hand_in(course, tmp_path / "second", bob=RIGHT)
    scored(course)
    (bob,) = [scored(course)[0]["bob"]]

    assert (3, 4) == (bob.score, bob.raw_points)
    told = "scale: the override was given for an earlier version of this work."
    assert (told,) == bob.notes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("zoe", "scale", "1", "--reason", "x"), "There is no report of zoe on warmup"),
        (("bob", "scal", "1", "--reason", "x"), "There is no exercise scal; choose from scale"),
        (("bob", "scale", "much", "--reason", "x"), "much is not a number of points"),
        (("bob", "scale", "1/0", "--reason", "x"), "1/0 is not a number of points"),
        (("bob", "scale", "1"), "Say why with --reason"),
        (("bob", "scale"), "Name a learner, an exercise and points"),
        (("bob", "scale", "--remove"), "There is no override of scale for bob"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(course, arguments, said):
    """A sentence, exit code 2."""
    code, text = run(course, *arguments)

    assert code == 2 and said in " ".join(text.split())
    assert not (course.root / FILE).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("learner,points\nbob,1\n", "a column is missing: assignment, exercise"),
        ("assignment,learner,exercise,points\nwarmup,bob,scale,lots\n", "overrides.csv:2: lots is"),
        (
            "assignment,learner,exercise,points\nwarmup,bob,scale,1\nwarmup,bob,scale,2\n",
            "overrides.csv:3: a second row for warmup/bob/scale, which line 2 has already",
        ),
        (
            "assignment,learner,exercise,points\nwarmup,bob,scal,1\n",
            "csv:2: warmup has no exercise scal",
        ),
        (
            "assignment,learner,exercise,points\nwarmup,zoe,scale,1\n",
            "overrides.csv:2: zoe has not submitted warmup; correct the name or remove the row",
        ),
    ],
)
def test_a_file_that_is_wrong_stops_scoring_with_its_line(course, text, said):
    """Nothing is graded by half of it."""
    (course.root / FILE).write_text(text)

    with pytest.raises(AuthoringError) as error:
        scored(course)
    assert said in str(error.value)


def test_a_spreadsheets_file_is_read(course):
    """With a byte order mark, Windows line ends, and fewer columns."""
    text = "assignment,learner,exercise,points\r\nwarmup,bob,scale,1.5\r\n"
    (course.root / FILE).write_bytes(text.encode("utf-8-sig"))

    ((key, one),) = read_overrides(course.root).items()
    assert (("warmup", "bob", "scale"), Fraction(3, 2)) == (key, one.override.points)
    assert scored(course)[0]["bob"].score == Fraction(3, 2)
