from __future__ import annotations

from fractions import Fraction

import pytest

from grader.outcome import Outcome
from grader.report.class_summary import by_learner, missing_libraries, points_by_exercise, trouble


def test_points_are_of_what_is_part_of_the_grade(check, result):
    """In the order of the result; what was skipped is left out, and names are on one line."""
    ada = result(
        check("soft\nmax.test_shape", Outcome.PASSED, "1.5"),
        check("soft\nmax.test_rows", Outcome.TIMED_OUT),
        check("dropout.test_mean", Outcome.NOT_IMPLEMENTED, 2),
        check("gpu.test_same", Outcome.SKIPPED, 5),
    )

    assert [*points_by_exercise(ada).items()] == [("soft max", Fraction(3, 2)), ("dropout", 0)]
    assert trouble(ada) == "soft max: timed out; dropout: not implemented"


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


def test_libraries_that_are_missing_stand_with_those_who_need_them(check, result):
    """Once for each learner, that of most learners first."""
    lacks = {"s10": ["b", "a", "b"], "s2": ["b", ""], "s3": [""], "s1": ["a", "c"], "s4": ["b"]}
    results = [
        result(
            *(
                check(f"f.test_{number}", Outcome.FAILED, missing_library=library)
                for number, library in enumerate(libraries)
            ),
            learner=learner,
        )
        for learner, libraries in lacks.items()
    ]

    assert [*missing_libraries(results).items()] == [
        ("b", ["s2", "s4", "s10"]),
        ("a", ["s1", "s10"]),
        ("c", ["s1"]),
    ]


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
