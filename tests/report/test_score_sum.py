"""A score is the sum that every report shows, whatever rules made it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from rich.console import Console

from grader.adjustments import Attempt, ByHand, Cap, LateDays, Penalty
from grader.exercise import Text
from grader.outcome import Outcome
from grader.report.gradescope_json import to_gradescope
from grader.report.markdown import to_markdown
from grader.report.remarks import all_remarks
from grader.report.score_sum import sum_sentence, terms
from grader.report.terminal import result_view

from ..gradescope_schema import faults_in
from ..made_results import any_results, made_check, made_result

PASSED = Outcome.PASSED


def counting(result, **counts):
    """Return *result* with other ways of counting, by exercise."""
    exercises = (replace(one, counts=counts.get(one.exercise, "yes")) for one in result.exercises)
    return replace(result, exercises=tuple(exercises))


@pytest.fixture
def whole():
    """Return a result to which every rule has something to say."""
    checks = [made_check(f"{name}.test_a", PASSED, 4) for name in ("plain", "extra", "shown")]
    result = counting(made_result(*checks), extra="bonus", shown="optional")
    rubric = (
        ByHand("plot", Fraction(3), Fraction(2), "Eva", "no axis labels", earlier=True),
        ByHand("answer", Fraction(1)),
    )
    return replace(
        result,
        rubric=rubric,
        late_seconds=60,
        late_days=LateDays(1, 2),
        penalty=Penalty(Fraction(1), "late"),
        cap=Cap(Fraction(8), "at most 100 percent of 8 points"),
        attempt=Attempt(2, 3, "best"),
    )


def test_every_term_is_there(whole):
    """What is optional counts for nothing; a bonus is not on offer; the cap comes last."""
    assert (8, 8, 10) == (whole.score, whole.max_score, whole.points)
    assert [4, 4, 0, 2, -1, -1] == list(terms(whole).values())
    text = "4 by the checks + 4 bonus + 2 by hand − 1 for lateness − 1 above the cap = 8"
    assert f"The sum: {text}." == sum_sentence(whole)


def test_every_rule_is_said(whole):
    """With its reason, at its place."""
    assert list(all_remarks(whole)) == [
        "extra: This is a bonus: its points come on top of those on offer.",
        "shown: This is optional: its points are shown, and do not count.",
        "plot: Given by Eva: no axis labels "
        "These points were given for an earlier version of this work.",
        "answer: This waits for a person.",
        "Of 3 attempts, number 2 counts: the best.",
        "Submitted 0 h 1 min late.",
        "Late days used: 1; left: 2.",
        "Penalty of 1 on 10 points: late",
        "No more than 8 points count: at most 100 percent of 8 points",
        sum_sentence(whole),
    ]


def test_the_rubric_is_in_the_report_and_on_the_screen(whole):
    """By its title, with points or the fact that it waits."""
    page = to_markdown(whole, {"plot": Text("The plot", "图")}, Text("Basics", "基础"))
    console = Console(file=io.StringIO(), width=120)
    console.print(result_view(whole))
    screen = console.file.getvalue()

    assert "\n## The plot: 2 / 3 points\n\nGiven by Eva: no axis labels" in page
    assert "\n## answer: – / 1 points\n\nThis waits for a person." in page
    assert "plot  2 / 3" in screen and "answer  – / 1" in screen


def test_gradescope_has_a_test_for_each_line_of_the_rubric(whole):
    """With its points and why; one that waits says so."""
    titles = {name: Text(name, name) for name in ("plain", "extra", "shown")}
    written = json.loads(to_gradescope(whole, titles | {"plot": Text("The plot", "图")}))
    plot, answer = (test for test in written["tests"] if test.get("tags") == ["rubric"])

    assert faults_in(written) == []
    assert ("The plot", 2, 3) == tuple(plot[key] for key in ("name", "score", "max_score"))
    assert ("answer", 0, "This waits for a person.") == tuple(
        answer[key] for key in ("name", "score", "output")
    )


@given(any_results())
def test_the_terms_are_the_score(result):
    """Exactly, in any result."""
    assert sum(terms(result).values()) == result.score
