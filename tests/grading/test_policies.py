"""The rules of a course: each at its edge, and all of them without grading again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.adjustments import Attempt, LateDays
from grader.course.catalogue import Course
from grader.course.deadlines import Deadlines, LateTable
from grader.errors import AuthoringError
from grader.grading import setup
from grader.grading.attempts import best
from grader.grading.late_days import LateDayBudget
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.outcome import Outcome
from grader.sandbox.zygote import Zygote
from grader.submission.files import File
from grader.submission.metadata import Metadata

from ..made_results import made_check, made_result
from ..warmup import RIGHT, made

DUE = datetime(2026, 12, 6, 23, 59, tzinfo=UTC)
WRONG = RIGHT.replace("factor * x", "factor + x")
PART = RIGHT.replace("factor * x", "x * abs(factor)")
DAY = 86400
PLOT = """
[[assignment.rubric]]
name = "plot"
points = 2
title = { en = "The plot", zh = "图" }
"""


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


def ruled(root, top="", assignment="", rubric="", exercise=""):
    """Return the scaffolded course at *root*, with these rules in its catalogue."""
    if not root.exists():
        made(root)
        (root / "plain.toml").write_text((root / "assignments/course.toml").read_text("utf-8"))
    head, rest = (root / "plain.toml").read_text("utf-8").split("[[assignment]]", 1)
    text = f"{head}\n{top}\n[[assignment]]\n{assignment}{rest}\n{exercise}\n{rubric}\n"
    (root / "assignments/course.toml").write_text(text, "utf-8")
    return Course.load(root)


def hand_in(course, learner, text, submitted=""):
    """Store what *learner* submitted then."""
    said = Metadata(submitted=submitted)
    file = File("warmup.py", text.encode(), 0)
    submissions_of(course).add("warmup", learner, [file], "warmup.py", said)


def scored(course, **options):
    """Score the class; return the results by learner, and how many were graded."""
    done = score(course, course.assignments[0], ScoreOptions(**options))
    return {result.learner: result for result in done.results}, done


# -- late days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "left", "used", "eighths"),
    [
        (0, 3, 0, 0),
        (900, 3, 0, 0),  # the last second of grace
        (901, 3, 1, 0),  # a day that has begun is a day
        (DAY + 900, 3, 1, 0),  # grace counts from the date that was moved
        (DAY + 901, 3, 2, 0),
        (2 * DAY + 901, 2, 2, 1),  # what is not covered costs
        (2 * DAY + 901, 0, 0, 3),
        (7 * DAY, 1, 0, 4),  # the most is taken anyway: none is wasted
        (7 * DAY + 901, 1, 1, 4),  # after seven days nothing counts; a late day saves it
        (20 * DAY, 3, 0, 8),  # nothing saves this
    ],
)
def test_the_fewest_late_days_are_used_that_save_the_most(seconds, left, used, eighths):
    """Each moves the due date by 24 hours."""
    rule = LateTable(percent=12.5, at_most=50, days=7, grace_minutes=15, late_days=3)
    found = Deadlines(late=rule).judged(DUE + timedelta(seconds=seconds), DUE, left)

    assert (used, Fraction(eighths, 8)) == (found.late_days, found.share)


def test_no_more_late_days_than_one_assignment_may_take():
    """The rest stays for others."""
    rule = LateTable(percent=10, late_days=5, late_days_each=2)
    found = Deadlines(late=rule).judged(DUE + timedelta(days=4), DUE, 5)

    assert (2, Fraction(1, 5)) == (found.late_days, found.share)


def test_late_days_are_used_in_the_order_of_due_dates(tmp_path):
    """Whatever was extended; a group's members use their own; what nothing saves uses none."""
    late = "[late]\npercent = 10\nlate_days = 3\n"
    course = ruled(tmp_path / "course", late, "due = 2026-12-20T00:00:00Z\n")
    (first,) = course.assignments
    second = replace(first, name="other")
    due = {"warmup": DUE + timedelta(days=14), "other": DUE}
    later = {("bob", "other"): DUE + timedelta(days=20)}
    deadlines = replace(course.deadlines, due=due, extensions=later)
    both = replace(course, assignments=(first, second), deadlines=deadlines)
    store = submissions_of(course)
    for who, hours in (("ada", 25), ("bob", 30 * 24), ("cyd", 2000)):
        said = Metadata(submitted=(DUE + timedelta(hours=hours)).isoformat(), group=("ada", "bob"))
        store.add("other", who, [File("other.py", b"x = 1", 0)], "other.py", said)
    budget = LateDayBudget(both, store)

    assert [3, 3] == [budget.left(who, second) for who in ("ada", "bob")]
    assert [1, 0, 3, 3] == [budget.left(who, first) for who in ("ada", "bob", "cyd", "dan")]


# -- attempts --------------------------------------------------------------------------------------


def test_the_best_attempt_counts_after_what_lateness_takes(tmp_path):
    """Each is graded once; another rule chooses among them without grading what it knows."""
    late = "[late]\npercent = 50\nlate_days = 1\n"
    due = "due = 2026-12-06T23:59:00Z\n"
    rule = '[score]\nattempt = "{}"\n'
    course = ruled(tmp_path / "course", late + rule.format("best"), due)
    for text, when in (
        (WRONG, "2026-12-01T10:00:00Z"),
        (PART, "2026-12-02T10:00:00Z"),
        (WRONG + "\n", "2026-12-03T10:00:00Z"),
        (RIGHT, "2026-12-08T10:00:00Z"),
    ):
        hand_in(course, "ada", text, when)

    results, done = scored(course)
    (ada,) = results.values()
    assert (Fraction(3), 1, Attempt(2, 4, "best")) == (ada.score, done.graded, ada.attempt)
    report = (course.root / "results/warmup/ada/report.md").read_text("utf-8")
    assert "Of 4 attempts, number 2 counts: the best." in report
    assert scored(course)[1].graded == 0

    before, done = scored(ruled(course.root, late + rule.format("before deadline"), due))
    assert (0, 0, Attempt(3, 4, "before deadline")) == (
        before["ada"].score,
        done.graded,
        before["ada"].attempt,
    )
    last, done = scored(ruled(course.root, late, due))
    assert (2, 0, None, LateDays(1, 0)) == (
        last["ada"].score,
        done.graded,
        last["ada"].attempt,
        last["ada"].late_days,
    )


def test_where_no_attempt_was_in_time_the_last_counts_with_its_penalty(tmp_path):
    """And an attempt whose time nobody knows is in time."""
    top = '[late]\npercent = 25\n[score]\nattempt = "before deadline"\n'
    course = ruled(tmp_path / "course", top, "due = 2026-12-06T23:59:00Z\n")
    hand_in(course, "ada", WRONG, "2026-12-07T10:00:00Z")
    hand_in(course, "ada", RIGHT, "2026-12-07T11:00:00Z")
    hand_in(course, "bob", RIGHT)
    hand_in(course, "bob", WRONG, "2026-12-07T11:00:00Z")
    results, _done = scored(course)

    assert (3, 4) == (results["ada"].score, results["bob"].score)


def test_of_equal_attempts_the_one_counts_that_takes_fewest_late_days_then_the_last():
    """What broke on our side counts only where nothing else is there."""
    plain = made_result(made_check("f.test_a", Outcome.PASSED))
    costly = replace(plain, late_days=LateDays(1, 0))
    broken = made_result(made_check("f.test_a", Outcome.INTERNAL))

    assert [1, 0, 0, 1] == list(
        map(best, ([plain, plain], [plain, costly], [plain, broken], [broken, broken]))
    )


# -- points ----------------------------------------------------------------------------------------

EXTRA = """
[[assignment.exercise]]
name = "{name}"
counts = "{counts}"
points = 4
title = {{ en = "More", zh = "更多" }}
"""


def test_a_bonus_is_capped_last_and_rules_change_without_grading(tmp_path):
    """A score is never above the percentage of what is on offer."""
    course = ruled(tmp_path / "course")
    hand_in(course, "ada", RIGHT)
    scored(course)
    (course.root / "overrides.csv").write_text(
        "assignment,learner,exercise,points,by,reason\nwarmup,ada,scale,5,Eva,neat\n"
    )
    free, done = scored(course)
    capped, again = scored(ruled(course.root, "[score]\nat_most = 110\n"))

    assert (5, 0) == (free["ada"].score, done.graded)
    assert (Fraction(22, 5), 0) == (capped["ada"].score, again.graded)
    assert "at most 110 percent of 4 points" in capped["ada"].cap.reason


@pytest.mark.parametrize(("counts", "score", "most"), [("bonus", 4, 0), ("optional", 0, 0)])
def test_an_exercise_counts_as_the_course_says(tmp_path, counts, score, most):
    """A bonus is earned and not on offer; what is optional is only shown."""
    course = made(tmp_path / "course")
    path = course.root / "assignments/course.toml"
    text = path.read_text("utf-8")
    hand_in(course, "ada", RIGHT)
    assert scored(course)[0]["ada"].max_score == 4

    path.write_text(text.replace("points = 4", f'points = 4\ncounts = "{counts}"'), "utf-8")
    results, done = scored(Course.load(course.root))
    assert (score, most, 0) == (results["ada"].score, results["ada"].max_score, done.graded)


# -- by hand ---------------------------------------------------------------------------------------


def run(course, *arguments):
    """Run a command; return its exit code and output on one line."""
    done = CliRunner().invoke(cli.main, [*arguments, "--course", str(course.root)])
    return done.exit_code, done.output


def test_the_rubric_waits_for_a_person_is_filled_by_a_sheet_and_survives(tmp_path):
    """Who waits is said; new work keeps the points and is flagged."""
    course = ruled(tmp_path / "course", rubric=PLOT)
    for learner in ("ada", "bob"):
        hand_in(course, learner, RIGHT)
    results, done = scored(course)
    grades = done.grades.read_text("utf-8-sig")
    assert (4, 6, True) == (results["ada"].score, results["ada"].max_score, results["ada"].final)
    assert "ada,4,,4,6,66.67,waiting,plot: waits" in grades
    assert run(course, "rubric", "warmup") == (0, "ada waits for plot\nbob waits for plot\n")

    sheet = tmp_path / "sheet.csv"
    run(course, "rubric", "warmup", "--to", str(sheet))
    text = sheet.read_text("utf-8-sig")
    sheet.write_text(text.replace("ada,plot,,,", "ada,plot,1.5,Eva,no labels"), "utf-8")
    code, said = run(course, "rubric", "warmup", "--from", str(sheet))
    assert (code, "1 rows taken in, 1 without points." in said) == (0, True)

    results, done = scored(course)
    report = (course.root / "results/warmup/ada/report.md").read_text("utf-8")
    assert (Fraction(11, 2), 0, 4) == (results["ada"].score, done.graded, results["bob"].score)
    assert "## The plot: 1.5 / 2 points\n\nGiven by Eva: no labels" in report

    hand_in(course, "ada", RIGHT + "\n")
    assert scored(course)[0]["ada"].score == Fraction(11, 2)
    assert (
        "ada: the work has changed since points were given for plot"
        in run(course, "rubric", "warmup")[1]
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("other,ada,plot,1", "sheet.csv:2: this row is of other, not of warmup"),
        ("warmup,ada,plott,1", "sheet.csv:2: the rubric of warmup has no line plott; write one"),
        ("warmup,ada,plot,3", "sheet.csv:2: 3 points are more than the 2 of plot; correct them"),
        ("warmup,ada,plot,x", "sheet.csv:2: x is not a number of points"),
        ("warmup,,plot,1", "sheet.csv:2: the learner is missing"),
        ("warmup,ada,plot,1\nwarmup,ada,plot,2", "sheet.csv:3: a second row for warmup/ada/plot"),
    ],
)
def test_a_sheet_that_is_wrong_is_refused_and_nothing_is_written(tmp_path, row, said):
    """With its line, and what to do."""
    course = ruled(tmp_path / "course", rubric=PLOT)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"assignment,learner,line,points\n{row}\n", "utf-8")
    code, text = run(course, "rubric", "warmup", "--from", str(sheet))

    assert (3, True) == (code, said in " ".join(text.split()))
    assert not (course.root / "rubric.csv").exists()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"top": '[score]\nattempt = "first"\n'}, "'attempt' is 'first'; write one of \"last\""),
        ({"top": "[score]\nat_most = -1\n"}, "'at_most' is a percentage of at least 0"),
        ({"top": "[total]\nround_to = 0\n"}, "'round_to' is 0; write a step such as 0.5 or 1"),
        ({"top": "[total]\ndrop_lowest = -1\n"}, "'drop_lowest' is a number of at least 0"),
        ({"top": "[late]\nlate_days = -1\n"}, "a time is a number of at least 0"),
        ({"assignment": "weight = -1\n"}, "a weight cannot be -1; write 0 or more"),
        ({"rubric": PLOT.replace("plot", "scale")}, "'scale' is an exercise already"),
        ({"rubric": PLOT + PLOT}, "the name 'plot' is used twice"),
        ({"rubric": PLOT.replace("= 2", "= 0")}, "points cannot be 0"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused_with_their_line(tmp_path, parts, said):
    """Before anything is graded."""
    with pytest.raises(AuthoringError) as error:
        ruled(tmp_path / "course", **parts)
    assert said in str(error.value) and error.value.line


def test_a_dry_run_says_whose_points_would_move_and_writes_nothing(tmp_path):
    """Not even a seed, in a course that was never scored."""
    course = ruled(tmp_path / "course")
    hand_in(course, "ada", RIGHT)
    _results, first = scored(course, dry_run=True)
    assert (first.graded, (course.root / "results").exists()) == (1, False)

    scored(course)
    (course.root / "overrides.csv").write_text(
        "assignment,learner,exercise,points,by,reason\nwarmup,ada,scale,1,Eva,copied\n"
    )
    files = {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}
    results, done = scored(course, dry_run=True)
    assert (1, ["ada: 4 → 1 points"]) == (
        results["ada"].score,
        [move.sentence.partition(" (")[0] for move in done.moved],
    )
    assert files == {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}


def test_every_policy_has_the_test_that_the_page_names():
    """The table has a rule and a test for each, and the tests are there."""
    root = Path(__file__).parents[2]
    page = (root / "docs/policies.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|") and "`test_" in line]
    tests = "\n".join(path.read_text("utf-8") for path in (root / "tests").rglob("test_*.py"))

    assert len(rows) > 12
    for row in rows:
        (name,) = re.findall(r"`(test_\w+)`", row)
        assert f"def {name}(" in tests, row
