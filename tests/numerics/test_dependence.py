"""Dependence of events: independent ones pass, and every kind of relation between them is seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.numerics import dependence
from grader.numerics.dependence import dependence_p_values, shifted_p_value
from grader.numerics.statistics import FALSE_ALARM


def mask(*shape, rate=0.4, seed=0):
    """Return independent events."""
    return np.random.RandomState(seed).random_sample(shape) < rate


def with_first_kept():
    """Return events of 150 calls, in which the first place never happens."""
    events = mask(150, 10)
    events[:, 0] = False
    return events


def mirrored():
    """Return events of which each is the opposite of its mirror image."""
    half = mask(100, rate=0.5)
    return np.concatenate([half, ~half[::-1]])


def sticky():
    """Return events of which one in three does as the one before."""
    state, events = np.random.RandomState(1), mask(4000)
    again = state.random_sample(4000) < 0.3
    return events[np.where(again, np.arange(4000) - 1, np.arange(4000))]


def symmetric():
    """Return square events that equal their transpose."""
    events = mask(40, 40)
    return np.where(np.tri(40, dtype=bool), events, events.T)


def complements():
    """Return calls of which every second one is the opposite of the one before."""
    events = mask(120, 10, rate=0.5)
    events[1::2] = ~events[::2]
    return events


KINDS = {
    "first kept": (with_first_kept(), "places"),
    "mirrored": (mirrored(), "mirrored"),
    "sticky": (sticky(), "distances"),
    "tiles": (np.tile(mask(256), 8), "distances"),
    "symmetric": (symmetric(), "mirrored"),
    "complements": (complements(), "distances"),
    "shared in a batch": (np.broadcast_to(mask(1, 12, 9), (10, 12, 9)), "pairs"),
    "shared by the last axis": (np.broadcast_to(mask(10, 12, 1), (10, 12, 9)), "pairs"),
    "two places alike": (mask(150, 6)[:, [0, 1, 2, 3, 4, 1]], "pairs"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_dependence_is_seen(kind):
    """By the test that is made for it."""
    events, test = KINDS[kind]

    assert dependence_p_values(events)[test] < FALSE_ALARM / 8


@settings(max_examples=60, deadline=None)
@given(
    shape=st.lists(st.integers(1, 14), min_size=1, max_size=4),
    rate=st.floats(0.05, 0.95),
    seed=st.integers(0, 2**31),
)
def test_independent_events_have_no_small_p_values(shape, rate, seed):
    """Any shape and any rate; the bound is far from what 60 examples could reach."""
    found = dependence_p_values(mask(*shape, rate=rate, seed=seed))

    assert all(p > 1e-7 for p in found.values())


def test_p_values_are_not_too_small_on_the_whole():
    """Of 300 tables, at most one in twenty has a p-value below 0.05, for every test."""
    runs = [dependence_p_values(mask(20, 6, seed=seed)) for seed in range(300)]
    for name in runs[0]:
        assert np.mean([run[name] < 0.05 for run in runs]) <= 0.05, name


def test_where_nothing_varies_there_is_nothing_to_test():
    """All events or none."""
    assert dependence_p_values(np.zeros((5, 4))) == {} == dependence_p_values(np.ones(3))


@pytest.mark.parametrize("shift", [0, 1, -7, 250])
@pytest.mark.parametrize("agree", [True, False])
def test_events_that_go_by_others_are_seen_at_any_distance(shift, agree):
    """The second column, shifted, half of the time; as it is or turned around."""
    state = np.random.RandomState(3)
    others = mask(1000, 3, rate=0.5)
    events = np.roll(others[:, 1] == agree, shift)
    free = state.random_sample(1000) < 0.5
    events[free] = mask(1000, rate=0.5, seed=4)[free]

    assert shifted_p_value(events, others) < FALSE_ALARM


def test_events_that_go_by_no_others_have_no_small_p_values():
    """Whatever the others are: rare, all alike, or each as the one before."""
    rare, alike = mask(400, 2, rate=0.02), np.ones((400, 1), bool)
    found = [
        shifted_p_value(mask(400, rate=0.5, seed=seed), others)
        for seed in range(10, 70)
        for others in (rare, alike, sticky()[:400, None])
    ]
    assert min(found) > 1e-4


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=40),
    st.floats(0.01, 0.99),
)
def test_the_least_p_value_is_the_least_of_all(pairs, rate):
    """Of tests whose tails are never computed, none would have been it."""
    trials = np.array([max(pair) for pair in pairs])
    counts = np.array([min(pair) for pair in pairs])

    least, number = dependence._least(counts, trials, rate)

    assert number == len(pairs)
    assert min(0.0, least) == min(0.0, float(dependence._log_p(counts, trials, rate).min()))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.booleans(), min_size=2, max_size=90))
def test_events_are_compared_in_pairs_that_share_none(events):
    """At every distance, the first half of each block with the second, as counted one by one."""
    firsts, pairs = dependence._firsts_of_pairs(len(events))

    for distance, first in enumerate(firsts, 1):
        compared = [place for place in range(len(events)) if first >> place & 1]
        others = [place + distance for place in compared]
        assert pairs[distance - 1] == len(compared) == len(events) // (2 * distance) * distance
        assert len({*compared, *others}) == 2 * len(compared)
        assert max(others) < len(events)
