"""Assertions on random results: one budget each, every test noted, dependence seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    Mismatch,
    assert_independent,
    assert_normal,
    assert_random_order,
    assert_rate,
    assert_unrelated,
    randomness,
)
from grader.checks.check_context import current_check
from grader.errors import AuthoringError
from grader.numerics.statistics import FALSE_ALARM

CORRECT = np.random.RandomState(0).standard_normal(300)
ORDERS = [np.random.RandomState(seed).permutation(5) for seed in range(40)]
MASK = np.random.RandomState(1).random_sample((20, 6, 15)) < 0.3


@pytest.mark.parametrize(
    "assertion",
    [
        lambda: assert_rate(3000, 10_000, 0.3, "x"),
        lambda: assert_normal(CORRECT, 0, 1, "x"),
        lambda: assert_independent(MASK, "x"),
        lambda: assert_unrelated(CORRECT > 0, MASK[:, :, :3].reshape(-1, 1)[:300], "x"),
        lambda: assert_random_order(ORDERS, "x"),
    ],
)
def test_every_assertion_is_noted_once(assertion):
    """The context knows how often a right answer is put to the test; tests share one budget."""
    before = current_check().chances
    assertion()
    assertion()

    assert current_check().chances == before + 2


@pytest.mark.parametrize("share", [0.9, 1.1])
def test_the_tests_of_one_assertion_share_its_budget(monkeypatch, share):
    """Each of three has a third of one in 10⁹; a single one has all of it."""
    p = share * FALSE_ALARM / 3
    monkeypatch.setattr(
        randomness, "normal_p_values", lambda *_: {"mean": 1.0, "deviation": p, "shape": 0.5}
    )
    monkeypatch.setattr(randomness, "rate_p_value", lambda *_: 3 * p)

    for assertion in (
        lambda: assert_normal(CORRECT, 0, 1, "x"),
        lambda: assert_rate(3, 10, 0.3, "x"),
    ):
        if share < 1:
            with pytest.raises(Mismatch):
                assertion()
        else:
            assertion()


def dependent(kind):
    """Return events of shape (20, 6, 15) that depend on each other along one axis or two."""
    state = np.random.RandomState(3)
    shape = {"examples": (20, 1, 1), "channels": (20, 6, 1), "batch": (1, 6, 15)}.get(kind)
    if shape:
        return np.broadcast_to(state.random_sample(shape) < 0.3, (20, 6, 15))
    order = state.random_sample((20, 6, 15)).argsort(-1)
    return order < 5  # as many in every row


@pytest.mark.parametrize("kind", ["examples", "channels", "batch", "exact"])
def test_events_that_depend_on_each_other_are_refused(kind):
    """A mask shared by an example, a channel or the batch; exactly k of each row."""
    with pytest.raises(Mismatch) as caught:
        assert_independent(dependent(kind), "dropout(X, 0.3) == 0")
    text = (
        "dropout(X, 0.3) == 0 is not decided independently, and with the same probability, for "
        "each entry."
    )
    assert str(caught.value) == caught.value.headline == text


@settings(max_examples=60, deadline=None)
@given(
    shape=st.lists(st.integers(1, 12), min_size=2, max_size=4),
    rate=st.floats(0.1, 0.9),
    seed=st.integers(0, 2**31),
)
def test_independent_events_pass_whatever_their_shape(shape, rate, seed):
    """Axes of length one included; any rate is right."""
    assert_independent(np.random.RandomState(seed).random_sample(shape) < rate, "x")


@settings(max_examples=25, deadline=None)
@given(axis=st.integers(0, 2), seed=st.integers(0, 2**31), rate=st.floats(0.3, 0.7))
def test_a_mask_shared_along_any_axis_is_refused(axis, seed, rate):
    """Of 24 entries along it all or none happen."""
    shape = [24, 24, 24]
    shape[axis] = 1
    shared = np.random.RandomState(seed).random_sample(shape) < rate

    with pytest.raises(Mismatch):
        assert_independent(np.broadcast_to(shared, (24, 24, 24)), "x")


def test_all_or_none_is_no_dependence():
    """Where nothing varies there is nothing to test."""
    assert_independent(np.zeros((9, 8), bool), "x")
    assert_independent(np.ones((9, 8), bool), "x")


def test_nothing_is_refused_and_what_is_no_table_is_the_authors_to_mend():
    """An empty result is no evidence; a single event cannot be."""
    with pytest.raises(Mismatch, match="is empty"):
        assert_independent(np.zeros((0, 5), bool), "x")
    with pytest.raises(AuthoringError, match="one dimension"):
        assert_independent(True, "x")
    with pytest.raises(AuthoringError, match="once"):
        assert_random_order([[0, 2]], "x")


def test_orders_that_are_not_random_are_refused():
    """The message names what was ordered."""
    state = np.random.RandomState(4)
    assert_random_order([state.permutation(5) for _ in range(60)], "order")

    with pytest.raises(Mismatch) as caught:
        assert_random_order([[0, *(1 + state.permutation(4))] for _ in range(60)], "order")
    text = "In order, not all orders are equally likely, anew each time."
    assert str(caught.value) == caught.value.headline == text


def test_events_that_go_by_those_of_the_row_before_are_refused():
    """The message names the events."""
    others = np.random.RandomState(5).random_sample((200, 2)) < 0.5
    assert_unrelated(CORRECT[:200] > 0, others, "noise > 0")

    with pytest.raises(Mismatch) as caught:
        assert_unrelated(np.roll(others[:, 0], 1), others, "noise > 0")
    assert str(caught.value) == "noise > 0 depends on other random numbers."
