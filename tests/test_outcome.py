from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.adjustments import Override, PartialCredit, Penalty
from grader.exercise import Submission
from grader.outcome import (
    ExerciseResult,
    Isolation,
    Outcome,
    Result,
    tally,
)

from .made_results import any_results, made_check, made_result, overridden

HALF = PartialCredit(Fraction(1, 2), "The shape is right.")
LOST = [Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.TIMED_OUT, Outcome.CRASHED]
LOST += [Outcome.BLOCKED]


def two(**more):
    """Return a result with 3 of 4 points for one exercise and 1 of 2 for the other."""
    return made_result(
        made_check("softmax.test_a", Outcome.PASSED, 3),
        made_check("softmax.test_b", Outcome.FAILED, 1),
        made_check("dropout.test_a", Outcome.PASSED, 1),
        made_check("dropout.test_b", Outcome.FAILED, 1),
        **more,
    )


# -- checks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", Outcome)
def test_a_check_earns_all_or_nothing(outcome):
    """Without a partial credit only a pass earns points."""
    assert (2 if outcome is Outcome.PASSED else 0) == made_check("a.b", outcome, 2).points


@pytest.mark.parametrize("outcome", LOST)
def test_a_check_that_did_not_pass_may_earn_a_share(outcome):
    """A partial credit gives its share, exactly."""
    third = PartialCredit(Fraction(1, 3), "")

    assert Fraction(5, 6) == made_check("a.b", outcome, "2.5", credit=third).points


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL])
def test_a_partial_credit_has_its_place(outcome):
    """What passed has all points, and what did not run, or broke, says nothing of a share."""
    with pytest.raises(ValueError, match="only a check that did not pass by itself"):
        made_check("a.b", outcome, credit=HALF)


def test_a_pass_through_another_exercise_has_all_points_or_a_share():
    """It is a pass; a partial credit may make it worth less."""
    assert made_check("a.b", Outcome.PASSED, through="c").points == 1
    assert made_check("a.b", Outcome.PASSED, through="c", credit=HALF).points == Fraction(1, 2)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.PASSED])
def test_only_a_pass_is_through_another_exercise(outcome):
    """A check that did not pass with the other function replaced did not pass at all."""
    with pytest.raises(ValueError, match="only a check that passed"):
        made_check("a.b", outcome, through="c")


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_a_share_is_between_nothing_and_all(share):
    """A partial credit outside 0 to 1 is refused."""
    with pytest.raises(ValueError, match="from 0 to 1"):
        PartialCredit(share, "")


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1)])
def test_nothing_and_all_are_shares(share):
    """Both ends are partial credits."""
    assert share == made_check("a.b", Outcome.FAILED, credit=PartialCredit(share, "")).points


def test_a_tally_leaves_out_what_was_skipped():
    """Skipped checks offer nothing and are not among those that ran."""
    found = tally(
        [
            made_check("a.b", Outcome.PASSED, "1/3"),
            made_check("a.c", Outcome.INTERNAL, "1/6"),
            made_check("d.e", Outcome.SKIPPED, 9),
        ]
    )

    assert (Fraction(1, 3), Fraction(1, 2), 1, 2) == (
        found.points,
        found.max_points,
        found.passed,
        found.ran,
    )


# -- exercises -------------------------------------------------------------------------------------


def exercise(*outcomes, **more):
    """Return an exercise whose checks, of one point each, ended so."""
    checks = tuple(made_check(f"a.b{number}", one) for number, one in enumerate(outcomes))
    return ExerciseResult("a", checks, **more)


@pytest.mark.parametrize(
    ("outcomes", "outcome", "done"),
    [
        ([Outcome.PASSED, Outcome.PASSED], Outcome.PASSED, True),
        ([Outcome.SKIPPED, Outcome.PASSED], Outcome.PASSED, True),
        ([Outcome.SKIPPED], Outcome.SKIPPED, False),
        ([Outcome.PASSED, Outcome.BLOCKED], Outcome.BLOCKED, False),
        ([Outcome.BLOCKED, Outcome.FAILED], Outcome.FAILED, False),
        ([Outcome.FAILED, Outcome.NOT_IMPLEMENTED], Outcome.NOT_IMPLEMENTED, False),
        ([Outcome.NOT_IMPLEMENTED, Outcome.TIMED_OUT], Outcome.TIMED_OUT, False),
        ([Outcome.TIMED_OUT, Outcome.CRASHED], Outcome.CRASHED, False),
        ([Outcome.CRASHED, Outcome.INTERNAL], Outcome.INTERNAL, False),
    ],
)
def test_an_exercise_ends_as_the_check_that_explains_most(outcomes, outcome, done):
    """It is done if every check passed that could run."""
    made = exercise(*outcomes)

    assert (outcome, done) == (made.outcome, made.done)


def test_an_override_stands_in_place_of_what_the_checks_earned():
    """Less, more than there is, or nothing; what was on offer stays."""
    for points in (0, Fraction(1, 3), 5):
        made = exercise(Outcome.PASSED, Outcome.FAILED, override=Override(points, "", ""))
        assert (points, 1, 2) == (made.points, made.raw_points, made.max_points)


def test_an_exercise_that_broke_is_settled_by_a_person():
    """Without an override there are no points that stand."""
    assert not exercise(Outcome.INTERNAL).settled
    assert exercise(Outcome.INTERNAL, override=Override(1, "", "")).settled


def test_an_exercise_that_was_skipped_counts_if_a_person_gave_points():
    """Else it is no part of the grade."""
    assert not exercise(Outcome.SKIPPED).counted
    assert exercise(Outcome.SKIPPED, override=Override(1, "", "")).counted


@pytest.mark.parametrize("checks", [(), (made_check("other.test_a", Outcome.PASSED),)])
def test_an_exercise_is_made_of_its_own_checks(checks):
    """None, or one of another exercise, is refused."""
    with pytest.raises(ValueError, match="its own checks"):
        ExerciseResult("a", checks)


@pytest.mark.parametrize("made", [lambda: Override(-1, "", ""), lambda: Penalty(-1, "")])
def test_no_points_are_negative(made):
    """Neither given nor taken."""
    with pytest.raises(ValueError, match="at least 0"):
        made()


# -- results ---------------------------------------------------------------------------------------


def test_checks_of_an_exercise_stand_together():
    """Each exercise where its first check stands, its checks in their order."""
    checks = [made_check(f"{place}", Outcome.PASSED) for place in ("b.x", "a.x", "b.y")]
    submission = Submission("mine.py", (), "torch", "5eed")
    made = Result.of("ada", "basics", submission, checks, Isolation("desk"), ("a note",), 1.5)

    assert ["b", "a"] == [one.exercise for one in made.exercises]
    assert ["x", "y", "x"] == [check.name for check in made.checks]
    assert ("mine.py", "5eed", "torch") == (made.submission, made.digest, made.framework)
    assert (("a note",), 1.5) == (made.notes, made.seconds)


@pytest.mark.parametrize(
    ("penalty", "score"), [(0, 4), (1, 3), ("1/3", Fraction(11, 3)), (4, 0), (100, 0)]
)
def test_a_penalty_never_takes_more_than_there_is(penalty, score):
    """The score ends at 0, exactly."""
    made = two(penalty=Penalty(Fraction(penalty), "late"))

    assert (score, 4, 6) == (made.score, made.points, made.max_score)


def test_a_penalty_is_taken_from_what_overrides_left():
    """First the exercises, then their sum, then what is taken off."""
    made = overridden(two(penalty=Penalty(Fraction(2), "late")), softmax=Override(5, "", ""))

    assert (4, 6, 4) == (made.raw_points, made.points, made.score)


def test_extra_credit_is_full_marks():
    """More than there is on offer is not less than that."""
    made = overridden(two(), softmax=Override(6, "", ""))

    assert (7, 6, True) == (made.score, made.max_score, made.full_marks)
    assert not two().full_marks


@pytest.mark.parametrize(
    ("outcomes", "final"),
    [
        ([], False),
        ([Outcome.SKIPPED], False),
        ([Outcome.SKIPPED, Outcome.FAILED], True),
        ([Outcome.PASSED, Outcome.INTERNAL], False),
    ],
)
def test_a_grade_needs_a_check_that_ran_and_none_that_broke(outcomes, final):
    """Nothing checked, or something broken on our side, is no grade."""
    checks = [made_check(f"a{n}.b", outcome) for n, outcome in enumerate(outcomes)]

    assert made_result(*checks).final is final


def test_a_part_of_a_result_has_no_penalty():
    """What is taken off is taken off the whole."""
    part = two(penalty=Penalty(Fraction(9), "late"), late_seconds=5).only(["softmax"])

    assert ["softmax"] == [one.exercise for one in part.exercises]
    assert (3, 4, 0, None) == (part.score, part.max_score, part.late_seconds, part.penalty)


def test_the_first_failure_is_not_for_want_of_a_device():
    """Skipped checks are passed over."""
    skipped, failed = made_check("a.b", Outcome.SKIPPED), made_check("c.d", Outcome.BLOCKED)

    assert failed is made_result(skipped, failed).first_failure
    assert made_result(skipped).first_failure is None


@given(any_results())
def test_sums_are_those_of_their_parts(result):
    """Whatever there is of credits, overrides and penalties, the formula of the page holds."""
    raw = sum((check.points for check in result.checks), Fraction(0))
    points = sum((line.points or 0 for line in result.rubric), Fraction(0))
    offered = sum((line.max_points for line in result.rubric), Fraction(0))
    for one in result.exercises:
        given = one.override and one.override.points
        earned = sum(check.points for check in one.checks) if given is None else given
        points += earned if one.counts != "optional" else 0
        ran = [check for check in one.checks if check.outcome is not Outcome.SKIPPED]
        offered += sum(check.max_points for check in ran) if one.counts == "yes" else 0
    taken = result.penalty.points if result.penalty else 0
    score = max(points - taken, 0)

    assert (raw, points, offered) == (result.raw_points, result.points, result.max_score)
    assert result.score == (min(score, result.cap.points) if result.cap else score)
    assert all(0 <= check.points <= check.max_points for check in result.checks)


@given(any_results(), st.fractions(min_value=0, max_denominator=9))
def test_a_larger_penalty_is_never_a_better_score(result, more):
    """Taking off more leaves at most as much."""
    taken = result.penalty.points if result.penalty else Fraction(0)

    assert replace(result, penalty=Penalty(taken + more, "")).score <= result.score
