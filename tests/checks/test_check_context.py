from __future__ import annotations

import contextvars

import numpy as np
import pytest

from grader.checks import assert_backward, assert_close, assert_gradient
from grader.checks.check_context import CheckContext, current_check, running
from grader.checks.draws import Draw


def test_what_an_assertion_sees_is_noted_in_the_check_that_runs():
    """And in no check around it, nor in the next one."""
    outer, inner = CheckContext(Draw(0)), CheckContext(Draw(0, "float32"))
    with running(outer):
        with running(inner):
            assert_close(1 + 1e-7, 1.0)
        assert current_check() is outer

    assert list(inner.errors) == ["float32"]
    assert outer.errors == {}


def test_a_check_that_raises_is_left_all_the_same():
    """The check before it goes on with its own context."""
    outer = CheckContext(Draw(0))
    with running(outer):
        with pytest.raises(ValueError, match="over"), running(CheckContext(Draw(0))):
            raise ValueError("over")

        assert current_check() is outer


def test_outside_any_check_an_assertion_goes_by_float64():
    """An author may try one by hand; what it notes is lost."""

    def by_hand():
        assert_close(1 + 1e-15, 1.0)
        with pytest.raises(AssertionError, match="has wrong values"):
            assert_close(1 + 1e-7, 1.0)
        return current_check()

    with running(CheckContext(Draw(0, "float32"))):
        found = contextvars.Context().run(by_hand)

    assert (found.dtype_of(np.ones(2)), found.errors) == ("float64", {})


#: right in float64 and in float32, but computed in float32 inside
COARSE = """\
import numpy as np


def double(x):
    return (np.float32(2.1) * x.astype("float32")).astype(x.dtype)


def total(x):
    return float(double(x).sum())


def double_in_place(x):
    x[...] = double(x)


def double_backward(dout):
    return double(dout)
"""
EXACT = """\
def double(x):
    return 2.1 * x
"""


def judged(student, reference, check):
    """Run *check* after a call in float32; return what it raised, or None."""
    mine, right = student(COARSE), reference(EXACT)
    draw = Draw(3)
    with running(CheckContext(draw, mine.trace)):
        x = draw.normal(2, 3, dtype="float32")
        assert_close(mine.double(x), right.double(x))
        try:
            check(mine, right, draw.normal(2, 3, dtype="float64"))
        except AssertionError as error:
            return error
    return None


def _value(mine, right, x):
    assert_close(mine.double(x), right.double(x))


def _row(mine, right, x):
    assert_close(mine.double(x)[1], right.double(x)[1])


def _number(mine, right, x):
    assert_close(mine.total(x), right.double(x).sum(), terms=6)


def _in_place(mine, right, x):
    expected = right.double(x)
    mine.double_in_place(x)
    assert_close(x, expected)


def _gradient(mine, right, x):
    dout = np.full((2, 3), 0.7)
    assert_gradient(mine, right, "double", [x], dout, names=["dx"])


def _backward(mine, right, x):
    dout = np.full((2, 3), 0.7)
    names = {"forward": "double", "at": [x], "cotangent": dout, "names": ["dx"]}
    assert_backward(mine, right, "double_backward", [x], **names)


@pytest.mark.parametrize("check", [_value, _row, _number, _in_place, _gradient, _backward])
def test_a_call_in_float32_does_not_widen_what_float64_is_allowed(student, reference, check):
    """Each result is judged by the dtype of its own call, not by the coarsest of the check."""
    assert judged(student, reference, check) is not None


def test_what_several_calls_returned_is_judged_by_the_coarsest_of_them(student, reference):
    """A right answer in float32 is no worse for standing beside one in float64."""
    mine, right = student(EXACT), reference(EXACT)
    draw = Draw(3)
    with running(CheckContext(draw, mine.trace)) as context:
        one, two = draw.normal(3, dtype="float32"), draw.normal(3, dtype="float64")
        found = mine.double(one) + mine.double(two)

        assert context.dtype_of(found) == "float32"
        assert_close(found, right.double(one) + right.double(two))
