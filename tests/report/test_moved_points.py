"""Whose points moved, for the instructor to tell them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from grader.adjustments import ByHand, Cap, LateDays, Override, Penalty
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


def test_what_people_and_rules_changed_is_always_named(check, result):
    """However many checks moved: the override, points by hand, lateness, bonus, and the cap."""
    before = result(*(check(f"f.test_{n}", PASSED) for n in "abcde"))
    now = result(*(check(f"f.test_{n}", FAILED) for n in "abcde"))
    (exercise,) = now.exercises
    now = replace(
        now,
        exercises=(replace(exercise, override=Override(Fraction(3), "fair", "E"), counts="bonus"),),
        rubric=(ByHand("plot", Fraction(2), Fraction(1)),),
        penalty=Penalty(Fraction(1), "late"),
        late_days=LateDays(2, 0),
        cap=Cap(Fraction(2), "at most 100 percent"),
    )
    told = moves([(before, now)])[0].sentence
    back = moves([(now, before)])[0].sentence

    assert told.startswith("ada: 5 → 2 points (f/test_a: passed → failed; ")
    assert told.endswith(
        "; …; f: override, 3 points: fair; plot: 1 points by hand; penalty of 1: late; "
        "late days used: 0 → 2; f is now: a bonus; at most 100 percent)"
    )
    assert back.endswith(
        "; …; f: the override is taken back; no penalty any more; late days used: 2 → 0; "
        "f is now: counts; below the cap)"
    )
