from __future__ import annotations

from fractions import Fraction

import pytest

from grader.outcome import Outcome
from grader.report.class_summary import Row, by_learner, class_rows, trouble


def test_rows(check, result):
    """A row has the points of each exercise and says in a phrase what went wrong."""
    ada = result(
        check("softmax.test_shape", Outcome.PASSED, "1.5"),
        check("softmax.test_rows", Outcome.TIMED_OUT),
        check("dropout.test_mean", Outcome.NOT_IMPLEMENTED, 2),
        check("gpu.test_same", Outcome.SKIPPED, 5),
    )
    bob = result(check("softmax.test_shape", Outcome.PASSED), learner="Bob\n\x1b[1mB")

    assert class_rows([bob, ada]) == [
        Row(
            "ada",
            Fraction(3, 2),
            Fraction(9, 2),
            False,
            True,
            {"softmax": Fraction(3, 2), "dropout": Fraction(0)},
            "softmax: timed out; dropout: not implemented",
        ),
        Row("Bob B", Fraction(1), Fraction(1), True, True, {"softmax": Fraction(1)}, ""),
    ]


@pytest.mark.parametrize(
    ("outcomes", "phrase"),
    [
        ([Outcome.PASSED, Outcome.SKIPPED], ""),
        ([Outcome.PASSED, Outcome.FAILED, Outcome.BLOCKED], "a: failed"),
        ([Outcome.FAILED, Outcome.NOT_IMPLEMENTED], "a: not implemented"),
        ([Outcome.FAILED, Outcome.CRASHED, Outcome.TIMED_OUT], "a: crashed"),
        ([Outcome.CRASHED, Outcome.INTERNAL], "a: broken on our side"),
        ([], "no check ran"),
    ],
)
def test_trouble_is_what_explains_most(check, result, outcomes, phrase):
    """One word per exercise: our own fault first, then what stopped the code, then wrong values."""
    checks = [check(f"a.test_{number}", outcome) for number, outcome in enumerate(outcomes)]

    assert phrase == trouble(result(*checks))


def test_learners_are_sorted_as_people_count(result):
    """2 comes before 10, case does not matter, and no number is too long."""
    names = ["s10", "S2", "s2", "", "2", "10", "s" + "9" * 5000, "²", "s02", "李雷", "s2-b"]
    ordered = [made.learner for made in by_learner([result(learner=name) for name in names])]

    assert ordered == [
        "",
        "2",
        "10",
        "S2",
        "s02",
        "s2",
        "s2-b",
        "s10",
        "s" + "9" * 5000,
        "²",
        "李雷",
    ]


def test_an_unreadable_submission_is_named_once(check, result):
    """What could not be read has one reason, not the same one for every exercise."""
    reason = "ada.py: the file is empty"
    checks = [
        check(f"{exercise}.test_values", Outcome.NOT_IMPLEMENTED, message=reason)
        for exercise in ("softmax", "dropout")
    ]

    assert trouble(result(*checks, notes=(reason,))) == reason
