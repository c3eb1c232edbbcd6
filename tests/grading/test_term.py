"""The total of a term: weights, what is dropped, the cap and rounding, each at its edge."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.course.score_rules import TotalTable
from grader.errors import UsageError
from grader.exercise import Assignment, Exercise, Text
from grader.grading.score import submissions_of
from grader.grading.term import Part, part_of, standings, total, with_dropped
from grader.grading.term_csv import to_term_csv
from grader.outcome import Outcome
from grader.scoring.results import Results
from grader.submission.files import File

from ..made_results import made_check, made_result
from ..warmup import RIGHT, made

DUE = datetime(2026, 12, 6, 23, 59, tzinfo=UTC)
TITLE = Text("A", "A")


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


def assignment(name, points, weight=None):
    """Return an assignment with one exercise."""
    exercise = Exercise(f"{name}_f", TITLE, Fraction(points))
    return Assignment(name, TITLE, "numpy", (exercise,), weight=weight)


def result(learner, name, points, of):
    """Return a report with so many points."""
    checks = [made_check(f"{name}_f.test_a", Outcome.PASSED, points)]
    checks.append(made_check(f"{name}_f.test_b", Outcome.FAILED, of - points))
    return made_result(*checks, learner=learner, assignment=name)


def parts(*shares, weight=1):
    """Return parts of ten points each with these scores."""
    weight = Fraction(weight)
    return [
        Part(f"a{n}", Fraction(one), Fraction(10), weight, weight * one / 10)
        for n, one in enumerate(shares)
    ]


def dropped(found):
    """Return the names of what is dropped."""
    return [part.assignment for part in found if part.dropped]


def test_without_weights_points_add_up_and_with_them_shares_do():
    """Nobody's bonus is lost, and no assignment counts more than the course says."""
    small, large = result("ada", "a", 2, 4), result("ada", "b", 16, 16)
    plain = [part_of(assignment("a", 4), small), part_of(assignment("b", 16), large)]
    heavy = [
        part_of(assignment("a", 4, Fraction(3)), small),
        part_of(assignment("b", 16, Fraction(1)), large),
    ]

    assert (90, Fraction(125, 2)) == (total(plain, TotalTable()), total(heavy, TotalTable()))


def test_the_lowest_shares_are_dropped_and_one_stays():
    """Of equal ones that with more weight, then the earlier one."""
    light, heavy = parts(5, weight=1), parts(5, 5, weight=2)
    mixed = [replace(light[0], assignment="light"), *heavy]

    assert ["a1"] == dropped(with_dropped(parts(7, 3, 5), 1))
    assert ["a0"] == dropped(with_dropped(mixed, 1))
    assert ["a0", "a1"] == dropped(with_dropped(parts(1, 2, 3), 2))
    assert ["a0", "a1"] == dropped(with_dropped(parts(1, 2, 3), 9))
    assert [] == dropped(with_dropped(parts(1), 1)) == dropped(with_dropped([], 1))


@pytest.mark.parametrize(
    ("score", "step", "most", "percent"),
    [
        (Fraction("8.945"), 1, None, 89),
        (Fraction("8.95"), 1, None, 90),  # a half goes up
        (Fraction("8.95"), "0.5", None, Fraction("89.5")),
        (Fraction(25, 3), "0.01", None, Fraction("83.33")),
        (Fraction(1, 8), "0.1", None, Fraction("1.3")),
        (Fraction("11.2"), 1, 110, 110),
        (Fraction("11.2"), 1, None, 112),
    ],
)
def test_a_total_is_capped_and_then_rounded_once(score, step, most, percent):
    """Halves go up, as in a spreadsheet, and nothing is a binary fraction."""
    rules = TotalTable(round_to=step, at_most=most)

    assert percent == total(parts(score), rules)


def test_nothing_on_offer_is_no_total():
    """Nor is it a division by zero."""
    alone = part_of(assignment("a", 4, Fraction(0)), result("ada", "a", 2, 4))

    assert total([], TotalTable()) is None is total([alone], TotalTable())


def test_a_table_for_all_from_the_roster_and_what_is_due(tmp_path):
    """Who has handed in nothing has 0 once it is due for them; a spreadsheet finds the total."""
    course = made(tmp_path / "course")
    (first,) = course.assignments
    both = (replace(first, name="a"), replace(first, name="b"))
    due = {"a": DUE, "b": DUE + timedelta(days=7)}
    deadlines = replace(course.deadlines, due=due, extensions={("cyd", "a"): due["b"]})
    course = replace(course, assignments=both, deadlines=deadlines)
    (course.root / "roster.csv").write_text("id,name\nada,=Ada\nbob,Bob\ncyd,Cyd\n", "utf-8")
    with pytest.raises(UsageError, match="Nothing was scored yet"):
        standings(course)
    for learner, name, points in (("ada", "a", 3), ("ada", "b", 4), ("dan", "a", 1)):
        file = File("warmup.py", RIGHT.encode(), 0)
        submissions_of(course).add(name, learner, [file], "warmup.py")
        Results(course.root / "results", name).write(result(learner, name, points, 4), "", "")
    found = standings(course, DUE + timedelta(days=1))
    table = to_term_csv(course, found).decode("utf-8-sig")
    rows = {row["learner"]: row for row in csv.DictReader(io.StringIO(table))}

    assert {"ada": "87.5", "bob": "0", "cyd": "", "dan": "25"} == {
        who: row["percent"] for who, row in rows.items()
    }
    assert ("'=Ada", "3", "4", "4", "") == tuple(
        rows["ada"][key] for key in ("name", "a", "a_max", "a_weight", "dropped")
    )
    assert ("0", "", "") == (rows["bob"]["a"], rows["cyd"]["a"], rows["dan"]["b"])


def test_the_command_writes_the_table(tmp_path):
    """To results/term.csv unless told otherwise."""
    course = made(tmp_path / "course")
    submissions_of(course).add("warmup", "ada", [File("w.py", RIGHT.encode(), 0)], "w.py")
    Results(course.root / "results", "warmup").write(result("ada", "warmup", 3, 4), "", "")
    done = CliRunner().invoke(cli.main, ["term", "--course", str(course.root)])

    assert (done.exit_code, "with 1 learners." in done.stderr) == (0, True)
    assert "ada,,,3,4,4,,,75,final" in (course.root / "results/term.csv").read_text("utf-8-sig")
