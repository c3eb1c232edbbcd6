from __future__ import annotations

import contextvars

import pytest

from grader.checks import assert_close
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

    assert (found.dtype, found.errors) == ("float64", {})
