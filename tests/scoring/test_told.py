"""A check fails only for what its sentence speaks of; anything else blocks it."""

from __future__ import annotations

import numpy as np
import pytest

from grader import language
from grader.checks import Mismatch, assert_close, assert_dtype_kept, assert_unchanged
from grader.checks.check_context import CheckContext, running
from grader.checks.draws import Draw
from grader.errors import Crashed, NotInstalled, Raised, TimedOut, Unwritten
from grader.outcome import Outcome
from grader.sandbox.proxy import Record
from grader.scoring.verdict import told, verdict_of

RIGHT, WRONG = np.array([1.0, 2.0]), np.array([1.0, 3.0])
X = np.array([5.0, 6.0])
_NO_KEYWORD = "f raised TypeError: f() got an unexpected keyword argument 'stride'"
_TOO_MANY = "f raised TypeError: f() takes 3 positional arguments but 4 were given"


@pytest.fixture(autouse=True)
def english():
    """Speak English."""
    language.use("en")


def ended(body, *says, stumbled=()):
    """Return the outcome and the message of a check with this body."""
    context = CheckContext(Draw(0), says=frozenset(says))
    raised = None
    with running(context):
        try:
            body()
        except Exception as error:
            raised = error
    verdict = told(raised, [], context, stumbled)
    return verdict.outcome, verdict.message


def unchanged_and_close(after, value):
    """Stand for a check of side effects, which looks at the values first."""
    assert_close(value, RIGHT)
    assert_unchanged(after, X, "X")


@pytest.mark.parametrize(
    ("after", "value", "outcome"),
    [
        (X, RIGHT, Outcome.PASSED),
        (X, WRONG, Outcome.BLOCKED),
        (X + 1, RIGHT, Outcome.FAILED),
        (X + 1, WRONG, Outcome.FAILED),
    ],
)
def test_unchanged_does_not_fail_for_wrong_values(after, value, outcome):
    """It says what it speaks of even where the values are wrong."""
    found, message = ended(lambda: unchanged_and_close(after, value), "unchanged")

    assert found is outcome
    assert ("X was changed in place" in message) == (outcome is Outcome.FAILED)
    if outcome is Outcome.BLOCKED:
        assert message.startswith("This cannot be judged before the result is right: The result")


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (RIGHT.astype("float32"), Outcome.PASSED),
        (WRONG.astype("float32"), Outcome.BLOCKED),
        (RIGHT, Outcome.FAILED),
        (WRONG, Outcome.FAILED),
        (WRONG[:, None].astype("float32"), Outcome.BLOCKED),
        (None, Outcome.BLOCKED),
    ],
)
def test_the_dtype_does_not_fail_for_wrong_values_or_shapes(value, outcome):
    """What is no array has no dtype."""

    def body():
        assert_close(value, RIGHT)
        assert_dtype_kept(value, "float32")

    assert ended(body, "dtype")[0] is outcome


@pytest.mark.parametrize(
    ("value", "outcome"), [(WRONG, Outcome.BLOCKED), (WRONG[:, None], Outcome.FAILED)]
)
def test_a_sentence_on_the_shape_fails_for_the_shape(value, outcome):
    """And for nothing else."""
    assert ended(lambda: assert_close(value, RIGHT), "shape")[0] is outcome


def test_a_sentence_may_speak_of_values_too():
    """Then both count."""
    assert ended(lambda: unchanged_and_close(X, WRONG), "unchanged", "values")[0] is Outcome.FAILED
    assert ended(lambda: assert_close(WRONG, RIGHT))[0] is Outcome.FAILED


@pytest.mark.parametrize(
    ("says", "stumbled", "error", "outcome"),
    [
        ("dtype", (), "f raised KeyError", Outcome.FAILED),
        ("dtype", ["f raised TypeError"], "f raised KeyError", Outcome.BLOCKED),
        ("call", (), "f raised KeyError", Outcome.FAILED),
        ("call", ["f raised TypeError"], "f raised KeyError", Outcome.FAILED),
        ("call", ["f raised KeyError"], "f raised KeyError", Outcome.BLOCKED),
        *[("call", [text], text, Outcome.FAILED) for text in [_NO_KEYWORD, _TOO_MANY]],
    ],
)
def test_a_call_that_raises_everywhere_says_nothing_of_side_effects(says, stumbled, error, outcome):
    """One that raises only here does, and one that cannot be called as the sentence says."""

    def body():
        raise Raised(error)

    assert ended(body, says, stumbled=stumbled)[0] is outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Unwritten("f"), Outcome.NOT_IMPLEMENTED),
        (TimedOut("f"), Outcome.TIMED_OUT),
        (Crashed("f"), Outcome.CRASHED),
        (AssertionError("not so"), Outcome.FAILED),
        (Mismatch("Something else."), Outcome.BLOCKED),
    ],
)
def test_what_ends_a_check_otherwise_keeps_its_name(error, outcome):
    """A check's own words count as values, an assert as what the sentence says."""

    def body():
        raise error

    assert ended(body, "unchanged", stumbled=["f raised KeyError"])[0] is outcome


def test_what_a_check_took_from_an_iterable_is_told_by_its_shapes():
    """Not the last, empty part of it, nor the check's own exception."""
    x, batches = np.zeros((3, 2)), [(np.zeros((2, 2)),), (np.zeros(2),)]
    trace = [
        Record("call", "data_iter", (x,), None, (), None, (), {}),
        Record("take", "generator", (), batches, (), None, (), {}),
        Record("take", "generator", (), [], (), None, (), {}),
    ]
    verdict = verdict_of(ValueError("not enough values to unpack"), trace)

    assert verdict.headline.startswith("The check cannot use the result of data_iter.")
    assert verdict.message.endswith("It gave arrays of these shapes: (2, 2), (2,).")


def test_a_framework_that_is_not_installed_costs_nothing_and_is_named() -> None:
    """The learner reads the command, and the summary of a class knows the library."""
    verdict = verdict_of(NotInstalled("mxnet is not installed; run pip.", "mxnet"), [])

    assert (verdict.outcome, verdict.missing_library) == (Outcome.INTERNAL, "mxnet")
    assert verdict.message == (
        "This is not your fault. mxnet is not installed; run pip. Tell your instructor."
    )
