"""Due dates, extensions and what lateness costs: each rule at its edge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import language
from grader.course.catalogue import Course
from grader.course.deadlines import Deadlines, LateTable
from grader.errors import AuthoringError
from grader.grading.lateness import with_lateness
from grader.outcome import Outcome
from grader.submission.metadata import Metadata

from ..made_results import made_check, made_result
from ..warmup import made

DUE = datetime(2026, 12, 6, 23, 59, tzinfo=UTC)
HALF = LateTable(percent=12.5, at_most=50, days=7, grace_minutes=15)
RESULT = made_result(made_check("softmax.test_a", Outcome.PASSED, 8))


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


def share(seconds, rule=HALF):
    """Return what being late by *seconds* costs."""
    return Deadlines(late=rule).judged(DUE + timedelta(seconds=seconds), DUE).share


@pytest.mark.parametrize(
    ("seconds", "eighths"),
    [
        (-1, 0),
        (0, 0),
        (15 * 60, 0),  # the last second of grace
        (15 * 60 + 1, 1),
        (86400, 1),
        (86401, 2),
        (4 * 86400, 4),
        (5 * 86400, 4),  # at most half
        (7 * 86400, 4),
        (7 * 86400 + 1, 8),  # nothing counts any more
    ],
)
def test_each_started_day_costs_its_share(seconds, eighths):
    """Up to the most that lateness takes, and until nothing counts."""
    assert share(seconds) == Fraction(eighths, 8)


@pytest.mark.parametrize(
    ("seconds", "percent"),
    [(900, 0), (901, 10), (86400, 10), (86401, 25), (2 * 86400 + 1, 40), (6 * 86400, 40)],
)
def test_steps_say_what_each_started_day_costs_together(seconds, percent):
    """The last step is for all days after it."""
    rule = LateTable(percent=[10, 25, 40], grace_minutes=15)

    assert Fraction(percent, 100) == share(seconds, rule)


def test_hours_are_counted_likewise():
    """One that has begun counts."""
    rule = LateTable(percent=1, per="hour")

    assert [Fraction(n, 100) for n in (1, 1, 2, 100)] == [
        share(seconds, rule) for seconds in (1, 3600, 3601, 1_000_000)
    ]


@given(st.integers(-(10**6), 10**7), st.integers(0, 10**6), st.floats(0, 100), st.floats(0, 100))
def test_later_never_costs_less_and_never_more_than_all(seconds, more, percent, at_most):
    """Whatever the rule."""
    rule = LateTable(percent=percent, at_most=at_most, days=30)

    assert 0 <= share(seconds, rule) <= share(seconds + more, rule) <= 1


def test_summer_time_makes_nobody_late():
    """The night on which clocks are put back has an hour more, and it is the learner's."""
    berlin = ZoneInfo("Europe/Berlin")
    due = datetime(2026, 10, 25, 4, 0, tzinfo=berlin)
    deadlines = Deadlines({"basics": due}, zone=berlin, late=LateTable(percent=10))
    utc = datetime(2026, 10, 25, 3, 0, tzinfo=UTC)

    assert deadlines.judged(utc, due).seconds == 0
    assert deadlines.judged(utc + timedelta(seconds=1), due).seconds == 1


def judged(submitted, deadlines=None, result=RESULT):
    """Return the result of what a platform says was submitted then."""
    usual = Deadlines({"basics": DUE}, late=HALF)
    return with_lateness(result, Metadata(submitted=submitted), deadlines or usual)


def test_the_penalty_is_of_the_points_earned_and_says_why():
    """It is exact, and the sum can be checked from the report."""
    late = judged("2026-12-07T10:00:00+00:00")

    assert (Fraction(7), Fraction(1)) == (late.score, late.penalty.points)
    assert "12.5 percent of the points, due 2026-12-06 23:59:00+00:00" in late.penalty.reason
    assert late.late_seconds == 36060
    assert judged("2026-12-06T23:00:00+00:00") == RESULT
    assert with_lateness(late, Metadata(submitted="2026-12-06T10:00:00Z"), Deadlines()) == RESULT


def test_a_time_without_a_zone_is_in_that_of_the_due_date():
    """Platforms show the course's own time."""
    shanghai = datetime(2026, 12, 6, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    deadlines = Deadlines({"basics": shanghai}, late=HALF)

    assert judged("2026-12-06T23:58:00", deadlines).late_seconds == 0
    assert judged("2026-12-07T00:58:00", deadlines).late_seconds == 3540


@pytest.mark.parametrize("said", ["", "2026-12-08", "yesterday"])
def test_without_a_time_nobody_is_late_and_a_note_says_so(said):
    """A file's date is nobody's word; a second score says it once."""
    once = judged(said)

    assert (RESULT.score, 0) == (once.score, once.late_seconds)
    assert "lateness was not judged" in once.notes[0]
    assert judged(said, result=once).notes == once.notes


def test_an_extension_counts_for_its_learner_and_assignment():
    """Others keep the date."""
    later = DUE + timedelta(days=2)
    extended = Deadlines({"basics": DUE}, {("ada", "basics"): later}, late=HALF)

    assert judged("2026-12-08T10:00:00+00:00", extended) == RESULT
    assert extended.due_for("bob", "basics") == DUE
    assert extended.due_for("ada", "other") is None


def course(tmp_path, late="", due="", top="", extensions=None, roster=None):
    """Return the scaffolded course with these deadlines."""
    root = made(tmp_path / "course").root
    path = root / "assignments/course.toml"
    text = path.read_text("utf-8")
    head, assignment = text.split("[[assignment]]", 1)
    text = f"{top}{head}\n{late}\n[[assignment]]\n{due}{assignment}"
    path.write_text(text, "utf-8")
    if roster is not None:
        (root / "roster.csv").write_text(roster, "utf-8")
    if extensions is not None:
        (root / "extensions.csv").write_text(extensions, "utf-8")
    return Course.load(root)


def test_a_course_says_when_and_what(tmp_path):
    """A date with its own zone, or in the course's."""
    found = course(
        tmp_path,
        top='timezone = "Europe/Berlin"\n',
        late="[late]\npercent = 10\nat_most = 50\ndays = 7\ngrace_minutes = 5\n",
        due="due = 2026-12-06T23:59:00\n",
        extensions="learner,assignment,due\nada,warmup,2026-12-08T12:00:00+08:00\n",
    ).deadlines

    assert found.due_for("bob", "warmup").isoformat() == "2026-12-06T23:59:00+01:00"
    assert found.due_for("ada", "warmup").isoformat() == "2026-12-08T12:00:00+08:00"
    assert (10, 50, 7, 5) == (
        found.late.percent,
        found.late.at_most,
        found.late.days,
        found.late.grace_minutes,
    )


def test_an_extension_of_a_group_counts_for_its_members(tmp_path):
    """But what a member got alone counts before it."""
    roster = "id,email,group\nada,a@x,red\nbob,b@x,red\ncyd,c@x,\n"
    rows = "red,warmup,2026-12-09T00:00:00Z\nB@x,warmup,2026-12-08T00:00:00Z\n"
    made = course(
        tmp_path,
        due="due = 2026-12-06T23:59:00Z\n",
        extensions=f"learner,assignment,due\n{rows}",
        roster=roster,
    ).deadlines
    days = [made.due_for(who, "warmup").day for who in ("ada", "bob", "cyd")]

    assert [9, 8, 6] == days


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"due": "due = 2026-12-06T23:59:00\n"}, "has no time zone"),
        ({"top": 'timezone = "Berlin/Mitte"\n'}, "'Berlin/Mitte' is not a time zone"),
        ({"late": '[late]\nper = "week"\n'}, "'per' is 'week'; write hour or day"),
        ({"late": "[late]\npercent = 120\n"}, "a percentage is a number from 0 to 100"),
        ({"late": "[late]\npercent = []\n"}, "a percentage is a number from 0 to 100"),
        ({"late": "[late]\npercent = [20, 10]\n"}, "'percent' must not fall"),
        ({"extensions": "who,until\n"}, "a column is missing: learner, assignment, due"),
        (
            {"extensions": "learner,assignment,due\na,warm,x\n"},
            "extensions.csv:2: there is no assignment warm; write one of warmup",
        ),
        (
            {"extensions": "learner,assignment,due\na,warmup,soon\n"},
            "extensions.csv:2: soon is not a date",
        ),
        (
            {"extensions": "learner,assignment,due\na,warmup,2026-12-08T12:00:00\n"},
            "extensions.csv:2: the date 2026-12-08T12:00:00 has no time zone",
        ),
        (
            {"extensions": "learner,assignment,due\n" + 2 * "a,warmup,2026-12-08T12:00:00Z\n"},
            "extensions.csv:3: a second row for a/warmup, which line 2 has already",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(parts, said, tmp_path):
    """Before anything is graded."""
    with pytest.raises(AuthoringError) as error:
        course(tmp_path, **parts)
    assert said in str(error.value)
