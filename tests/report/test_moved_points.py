"""Whose points moved, for the instructor to tell them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.outcome import Outcome
from grader.report.moved_points import moves

PASSED, FAILED = Outcome.PASSED, Outcome.FAILED


def test_each_check_that_moved_points_is_named(check, result):
    """What passes now, what is new and what is gone; of many, the first few."""
    before = result(check("f.test_a", FAILED), check("f.test_b", PASSED), check("f.test_c", PASSED))
    now = result(check("f.test_a", PASSED), check("f.test_b", PASSED), check("f.test_d", PASSED, 2))
    many = result(*(check(f"f.test_{n}", PASSED) for n in "efghi"))

    (move,) = moves([(before, now)])
    told = "f/test_a: failed → passed; f/test_c is gone; f/test_d is new"
    assert f"ada: 2 → 4 points ({told})" == move.sentence
    assert moves([(before, many)])[0].sentence.endswith("f/test_c is gone; …)")


@pytest.mark.parametrize("change", [{"digest": "other"}, {}])
def test_new_work_and_equal_points_are_no_move(check, result, change):
    """Points of another version are another matter."""
    before = result(check("f.test_a", FAILED), check("f.test_b", PASSED))
    now = result(check("f.test_a", PASSED), check("f.test_b", PASSED if change else FAILED))

    assert moves([(before, replace(now, **change))]) == []


def test_what_broke_on_our_side_is_no_grade_to_compare(check, result):
    """Neither before nor now."""
    broken, right = result(check("f.test_a", Outcome.INTERNAL)), result(check("f.test_a", PASSED))

    assert moves([(broken, right), (right, broken)]) == []
