"""A changed argument fails the check that speaks of it, in whichever check it was changed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from grader import language
from grader.checks.plugin import Check
from grader.exercise import Exercise, Text
from grader.outcome import Outcome
from grader.sandbox.proxy import Record
from grader.scoring.changed_arguments import with_changes, with_unchanged
from grader.scoring.ended_check import EndedCheck
from grader.scoring.verdict import Verdict
from grader.worker.values import Held

X = np.ones(3)


@pytest.fixture(autouse=True)
def english():
    """Speak English."""
    language.use("en")


def check(name, *says, trace=(), outcome=Outcome.PASSED):
    """Return a check that ended with these calls."""
    sentence, item = Text(f"This is {name}.", ""), SimpleNamespace()
    one = Check("f", name, Fraction(1), sentence, (), frozenset(says), False, Path("t.py"), 1, item)
    return EndedCheck(one, Verdict(outcome), list(trace))


def call(*args, name="f", after=(), keywords=()):
    """Return a call that changed the arrays with these numbers."""
    return Record("call", name, args, None, tuple((i, X + 1) for i in after), None, keywords)


def verdicts(ended, changes=(), parameters=("x", "params", "rate")):
    """Return outcomes and messages by name of check."""
    exercise = Exercise("f", Text("f", "f"), Fraction(1), changes=changes)
    found = with_changes(ended, exercise, parameters)
    return {one.check.name: (one.verdict.outcome, one.verdict.message) for one in found}


def test_a_change_in_another_check_fails_the_one_that_speaks_of_it():
    """The message names the argument and the check in which it was seen."""
    later = check("other dtype", "dtype", trace=[call(X, [X], after=[0])])
    found = verdicts([check("values"), check("kept", "unchanged"), later])

    assert found["values"][0] is found["other dtype"][0] is Outcome.PASSED
    outcome, message = found["kept"]
    assert outcome is Outcome.FAILED
    assert message == (
        "x was changed in place; work on a copy. Seen in this check: This is other dtype."
    )


def test_the_check_that_speaks_of_least_else_answers():
    """One mistake costs the points of one check."""
    changed = check("values", trace=[call(X, after=[0])])
    found = verdicts([changed, check("mixed", "unchanged", "values"), check("kept", "unchanged")])

    assert [name for name, (outcome, _) in found.items() if outcome is Outcome.FAILED] == ["kept"]


def test_what_an_exercise_is_to_change_may_change():
    """By name; another argument may not."""
    params = check("step", trace=[call(X, [X, X], after=[1, 2])])
    both = check("step", trace=[call(X, [X, X], after=[0, 2])])

    assert verdicts([params, check("kept", "unchanged")], ("params",))["kept"] == (
        Outcome.PASSED,
        "",
    )
    assert verdicts([both, check("kept", "unchanged")], ("params",))["kept"][0] is Outcome.FAILED


def test_an_array_in_a_list_and_one_by_keyword_have_names():
    """As the learner writes them."""
    listed = check("step", trace=[call(X, [X, X], after=[2])])
    keyword = check("step", trace=[call(X, X, after=[1], keywords=("rate",))])

    for one, name in ((listed, "params[1]"), (keyword, "rate")):
        message = verdicts([one, check("kept", "unchanged")])["kept"][1]
        assert message.startswith(f"{name} was changed in place")


def test_what_an_iterator_changes_meanwhile_counts():
    """Even if all is as before in the end."""
    made = Record("call", "f", (X,), Held(1, "generator", True))
    iterator = Record("iterate", "generator", (), Held(2, "generator", True), rest={"id": 1})
    taken = Record("take", "generator", (X,), [X], ((0, X + 1),), rest={"id": 2})
    found = verdicts([check("items", trace=[made, iterator, taken]), check("kept", "unchanged")])

    assert found["kept"][0] is Outcome.FAILED


def test_calls_of_other_functions_do_not_count():
    """A helper may change what it is given."""
    helped = check("values", trace=[call(X, name="helper", after=[0])])

    assert verdicts([helped, check("kept", "unchanged")])["kept"][0] is Outcome.PASSED


def test_where_no_names_are_known_nothing_is_taken_for_forbidden():
    """A kit does not record names; an exercise that changes an argument needs them."""
    changed = check("step", trace=[call(X, after=[0])])
    ended = [changed, check("kept", "unchanged")]

    assert verdicts(ended, ("params",), ())["kept"][0] is Outcome.PASSED
    assert verdicts(ended, (), ())["kept"][1].startswith("argument 1 was changed in place")


@pytest.mark.parametrize(
    ("framework", "says"),
    [
        ("tensorflow", "assign_sub"),
        ("jax", "Return the new ones"),
        ("mxnet", "p[:]"),
        ("torch", ""),
        ("numpy", ""),
    ],
)
def test_where_nothing_changed_it_is_said_how_arrays_change(framework, says):
    """In the words of the framework, and only where a check failed."""
    exercise = Exercise("f", Text("f", "f"), Fraction(1), changes=("params",))
    ended = [
        check("values", trace=[call([X])], outcome=Outcome.FAILED),
        check("others", trace=[call([X])]),
    ]

    wrong, right = (one.verdict.message for one in with_unchanged(ended, exercise, framework))
    assert ("params did not change" in wrong, says in wrong) == (bool(says), True)
    assert right == ""

    changed = [check("values", trace=[call([X], after=[0])], outcome=Outcome.FAILED)]
    assert with_unchanged(changed, exercise, framework)[0].verdict.message == ""
