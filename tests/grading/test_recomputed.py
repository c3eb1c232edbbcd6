"""Scores and totals are those of an independent calculation, on random classes."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import policies


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_scores_and_totals_are_those_of_a_spreadsheet(seed):
    """With late days, attempts, extensions, bonus, caps, overrides, rubric and weights."""
    assert list(policies.differences(seed)) == []


def test_the_calculation_would_tell_another_rule(monkeypatch):
    """Random classes are such that each rule matters to some of them."""
    classes = [policies.made_class(random.Random(seed)) for seed in range(40)]
    right = [policies.by_spreadsheet(facts) for facts in classes]
    others = {
        "late_days": 0,
        "each": 0,
        "attempt": "last",
        "most": None,
        "drop": 0,
        "total_most": None,
        "step": "0.01",
        "grace": 0,
        "days": None,
        "late_most": 100,
        "per": "day",
        "percent": 10,
    }
    for rule, value in others.items():
        for facts in classes:
            monkeypatch.setitem(facts.rules, rule, value)
        assert right != [policies.by_spreadsheet(facts) for facts in classes], rule
        monkeypatch.undo()
