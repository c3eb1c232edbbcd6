"""``gradproof export --format canvas --push``, against a Canvas on this machine."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from grader import language
from grader.course.catalogue import Course
from grader.grading import canvas_push as module
from grader.grading.score import submissions_of
from grader.outcome import Outcome
from grader.scoring.results import Results
from grader.submission.files import File
from grader.submission.metadata import Metadata

from ..made_results import made_check, made_result
from ..warmup import made
from .fake_canvas import TOKEN, Canvas, running

pytest.importorskip("canvasapi")

ROSTER = "id,name,email,login\n" + "".join(
    f"{one},{one.title()},{one}@x.org,{one[0]}1\n" for one in ("ada", "bob", "cyd", "dan", "eve")
)
#: points by learner; a check of 4, 3 and 1 points each decides
SCORES = {"ada": "4", "bob": "8/3", "cyd": "0", "dan": "1"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course in which four learners have a grade."""
    root = tmp_path_factory.mktemp("canvas") / "course"
    course = made(root)
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    results, store = Results(root / "results", "warmup"), submissions_of(course)
    for learner, points in SCORES.items():
        outcome = Outcome.FAILED if points == "0" else Outcome.PASSED
        check = made_check("scale.test_values", outcome, "1" if points == "0" else points)
        results.write(made_result(check, learner=learner, assignment="warmup"), "f", "")
        file = File("warmup.py", learner.encode(), datetime.now(UTC).timestamp())
        store.add("warmup", learner, [file], f"{learner}.py", Metadata())
    return course


@pytest.fixture
def canvas(monkeypatch: pytest.MonkeyPatch) -> Iterator[Canvas]:
    """Return a Canvas that knows each learner in another way, and one whom nobody knows."""
    language.use("en")
    monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
    monkeypatch.setattr(module, "_PAUSES", (0.0, 0.0))
    canvas = Canvas()
    canvas.add(101, "Lovelace, Ada", sis_user_id="ada")
    canvas.add(102, "Ross, Bob", login_id="b1")
    canvas.add(103, "Cyd", email="cyd@x.org")
    canvas.add(104, "Zoe", sis_user_id="zoe")
    canvas.add(105, "Dan", sis_user_id=None, login_id="dan")
    with running(canvas):
        yield canvas


def push(course: Course, address: str = "", *words: str, code: int = 0) -> Result:
    """Run the command."""
    asked = ["export", "warmup", "--format", "canvas", "--push", address, *words]
    done = CliRunner().invoke(cli.main, [*asked, "--course", str(course.root)])
    assert done.exit_code == code, done.output
    assert TOKEN not in done.output
    return done


def test_first_it_is_shown_what_differs_and_nothing_is_sent(course: Course, canvas: Canvas) -> None:
    """Learners are found by ids, logins and addresses; a third is written with two decimals."""
    canvas.grade(102, 1.0)
    canvas.grade(105, 1.004)
    done = push(course, canvas.address)

    assert done.stdout.splitlines() == [
        "ada: no grade → 4",
        "bob: 1 → 2.67",
        "cyd: no grade → 0",
    ]
    assert "Grades that differ on Canvas: 3; that stand there already: 1." in done.stderr
    assert "Students on Canvas who have no grade here: Zoe" in done.stderr
    assert "Nothing was sent. To send it, add --yes." in done.stderr
    assert canvas.puts == []


def test_only_what_differs_is_sent_and_nothing_twice(course: Course, canvas: Canvas) -> None:
    """A second run finds everything there."""
    canvas.grade(101, 4.0)
    done = push(course, canvas.address, "--yes")
    again = push(course, canvas.address, "--yes")

    assert [(number, said["submission[posted_grade]"]) for number, said in canvas.puts] == [
        (102, "2.67"),
        (103, "0"),
        (105, "1"),
    ]
    assert "Sent to Canvas: 3 grades." in done.stderr
    assert "Grades that differ on Canvas: 0; that stand there already: 4." in again.stderr


@pytest.mark.parametrize("due", [True, False])
def test_lateness_is_taken_once(course: Course, canvas: Canvas, tmp_path: Path, due: bool) -> None:
    """By this course where it has a due date, otherwise by the policy of Canvas."""
    canvas.takes = 0.5
    canvas.submissions[101]["late"] = True
    path = course.root / "assignments" / "course.toml"
    before = path.read_text("utf-8")
    if due:
        line = 'name = "warmup"\ndue = 2026-12-06T23:59:00Z'
        path.write_text(before.replace('name = "warmup"', line, 1), encoding="utf-8")
    try:
        done = push(course, canvas.address, "--yes")
        again = push(course, canvas.address)
    finally:
        path.write_text(before, encoding="utf-8")

    assert canvas.submissions[101]["entered_score"] == 4.0
    assert canvas.submissions[101]["score"] == (4.0 if due else 2.0)
    assert ("takes nothing for lateness" in done.stdout) is due
    assert "differ on Canvas: 0" in again.stderr


def test_who_is_excused_or_not_assigned_is_left_alone(course: Course, canvas: Canvas) -> None:
    """And named; somebody's missing place ends with 1."""
    canvas.submissions[101]["excused"] = True
    del canvas.submissions[103]
    canvas.users = [one for one in canvas.users if one["id"] != 105]
    done = push(course, canvas.address, "--yes", code=1)

    assert [number for number, _said in canvas.puts] == [102]
    assert "Excused on Canvas, and left alone: ada" in done.stderr
    assert "to whom Canvas does not assign this: cyd, dan" in done.stderr


def test_requests_that_come_too_fast_wait(course: Course, canvas: Canvas) -> None:
    """In vain at last: then it is said what was sent, and a later run continues."""
    fast = (403, "403 Forbidden (Rate Limit Exceeded)")
    canvas.faults = [(0, ""), fast, (429, ""), (0, ""), fast, fast, fast]
    done = push(course, canvas.address, "--yes", code=4)

    assert [number for number, _said in canvas.puts] == [101, 102]
    assert "Sent to Canvas: 2 grades." in done.stderr
    assert "Canvas takes no more requests for now; wait some minutes." in done.stderr
    assert "Not sent: cyd, dan" in done.stderr
    assert "Sent to Canvas: 2 grades." in push(course, canvas.address, "--yes").stderr


def test_a_connection_that_is_lost_halfway_leaves_no_doubt(course: Course, canvas: Canvas) -> None:
    """What may have arrived is named apart, and the next run asks."""
    canvas.faults = [(0, ""), None]
    done = push(course, canvas.address, "--yes", code=4)

    assert "Sent to Canvas: 1 grades." in done.stderr
    assert "The connection to Canvas failed" in done.stderr
    assert "Not known whether it arrived: bob" in done.stderr
    assert "Not sent: cyd, dan" in done.stderr
    again = push(course, canvas.address, "--yes")
    assert "differ on Canvas: 2; that stand there already: 2." in again.stderr


def test_what_canvas_refuses_for_one_stops_nobody_else(course: Course, canvas: Canvas) -> None:
    """Each is named with the reason."""
    canvas.faults = [(404, "{}"), (400, "too many points"), (401, '{"status": "unauthorized"}')]
    done = push(course, canvas.address, "--yes", code=1)

    assert "Sent to Canvas: 1 grades." in done.stderr
    assert "Not taken: ada. Canvas knows no such course, assignment or student." in done.stderr
    assert "Not taken: bob. Canvas refuses it: too many points." in done.stderr
    assert "Not taken: cyd. Canvas does not let the owner of the token do this" in done.stderr


def test_a_server_that_fails_stops_the_rest(course: Course, canvas: Canvas) -> None:
    """Whether it took that grade is asked by the next run."""
    canvas.faults = [(502, "Bad Gateway")]
    done = push(course, canvas.address, "--yes", code=4)

    assert "Sent to Canvas: 0 grades." in done.stderr
    assert "Not known whether it arrived: ada" in done.stderr
    assert "Not sent: bob, cyd, dan" in done.stderr


@pytest.mark.parametrize(
    ("token", "code", "said"),
    [
        ("", 2, "There is no access token."),
        ("7~old", 4, "does not accept the token in CANVAS_TOKEN"),
    ],
)
def test_without_a_token_that_holds_nothing_is_asked(
    course: Course,
    canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
    token: str,
    code: int,
    said: str,
) -> None:
    """It stands in the environment only."""
    monkeypatch.setenv("CANVAS_TOKEN", token)

    assert said in push(course, canvas.address, "--yes", code=code).stderr
    assert canvas.puts == []


def test_the_token_is_never_logged(
    course: Course, canvas: Canvas, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even where everything else is."""
    with caplog.at_level(logging.DEBUG):
        push(course, canvas.address, "--yes")

    assert "submissions/101" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"grading_type": "pass_fail"}, "grades of Warm-up are no points, but pass_fail"),
        ({"group_category_id": 3}, "Warm-up gives a group one grade"),
        ({"moderated_grading": True, "grades_published": False}, "Warm-up is moderated"),
    ],
)
def test_an_assignment_whose_grade_a_number_is_not_is_refused(
    course: Course, canvas: Canvas, fields: dict[str, object], said: str
) -> None:
    """Before anything is compared."""
    canvas.assignment = fields

    assert said in push(course, canvas.address, "--yes", code=2).stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "'' is not the address of an assignment on Canvas"),
        ("https://x.org/courses/12", "is not the address of an assignment"),
        ("http://x.org/courses/12/assignments/345", "over https only"),
        ("http://127.0.0.1:9/courses/12/assignments/345", "The connection to Canvas failed"),
    ],
)
def test_what_is_no_address_of_an_assignment_is_said(
    course: Course, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    """Nothing is sent to where it should not go."""
    language.use("en")
    monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
    code = 4 if said.startswith("The connection") else 2

    assert said in push(course, address, code=code).stderr


def test_two_people_who_are_one_learner_are_refused(course: Course, canvas: Canvas) -> None:
    """Nobody can tell whose grade it is."""
    canvas.add(106, "Ada Two", login_id="a1")

    said = push(course, canvas.address, code=2).stderr
    assert "Two people on Canvas are ada here: Lovelace, Ada and Ada Two." in said


def test_the_address_may_stand_in_the_catalogue(course: Course, canvas: Canvas) -> None:
    """Other options than --yes make no sense then."""
    path = course.root / "assignments" / "course.toml"
    before = path.read_text("utf-8")
    line = f'name = "warmup"\ncanvas = "{canvas.address}"'
    path.write_text(before.replace('name = "warmup"', line, 1), encoding="utf-8")
    try:
        assert "ada: no grade → 4" in push(course).stdout
        assert "with no file" in push(course, "", "--to", "x.csv", code=2).stderr
    finally:
        path.write_text(before, encoding="utf-8")
    done = CliRunner().invoke(
        cli.main,
        ["export", "warmup", "--format", "csv", "--yes", "--course", str(course.root)],
    )
    assert "--yes goes with --push." in done.stderr
