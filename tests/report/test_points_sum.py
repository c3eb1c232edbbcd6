"""The sum on a learner's page: whatever a rule or a person changed, it can be added up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from grader import language
from grader.adjustments import ByHand, Cap, Override, Penalty
from grader.exercise import Text
from grader.outcome import Outcome
from grader.report.points_sum import sum_lines

from ..made_results import any_results, made_check, made_result, overridden

TITLES = {"softmax": Text("Softmax", "softmax运算"), "essay": Text("Essay", "短文")}


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


def test_each_change_has_its_line_and_its_reason():
    """Override, rubric, penalty, cap; the score last."""
    result = made_result(
        made_check("softmax.test_a", Outcome.FAILED, 4),
        made_check("more.test_b", Outcome.PASSED, 3),
        penalty=Penalty(Fraction(1), "late"),
        cap=Cap(Fraction(5), "second chance"),
        rubric=(ByHand("essay", Fraction(2), Fraction(2), "Eva", "clear"),),
    )
    result = overridden(result, softmax=Override(Fraction(3), "typo", "Eva"))

    assert [
        ("Softmax", "3", "4", "Overridden by Eva, 3 points instead of 0: typo"),
        ("more", "3", "3", ""),
        ("Essay", "2", "2", "Given by Eva: clear"),
        ("Sum", "8", "9", ""),
        ("Penalty", "−1", "", ""),
        ("Above the cap", "−2", "", ""),
        ("Score", "5", "9", ""),
    ] == [(one.name, one.points, one.max_points, one.why) for one in sum_lines(result, TITLES)]


def test_what_is_optional_is_no_part_of_the_sum():
    """Its points are shown in brackets, with the reason."""
    result = made_result(made_check("softmax.test_a", Outcome.PASSED, 4))
    optional = tuple(replace(one, counts="optional") for one in result.exercises)
    line = sum_lines(replace(result, exercises=optional), {})[0]

    assert "(4)" == line.points and "optional" in line.why


@given(any_results())
@settings(max_examples=60, deadline=None)
def test_the_lines_always_add_up(result):
    """To the score, exactly, whatever was graded."""
    *lines, total = [
        one for one in sum_lines(result, {}) if one.points[0] not in "–(" and one.name != "Sum"
    ]

    found = sum(Fraction(one.points.replace("−", "-")) for one in lines)
    assert max(found, Fraction(0)) == Fraction(total.points) == result.score
