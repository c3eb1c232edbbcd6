from __future__ import annotations

import pytest

from grader.report.audit_tables import audit_tables

from .test_terminal import shown


@pytest.mark.parametrize(("rows", "sums"), [(1, 0), (2, 1)])
def test_an_audit_of_several_assignments_has_a_sum(rows, sums):
    """One assignment needs no second line that says the same."""
    text = shown(audit_tables([("warmup", 1, 3, 3, 2, 0)] * rows, []))

    assert text.count("│ all ") == sums
    assert "mutants" not in text


def test_mutants_have_a_table_of_their_own():
    """By exercise, below the assignments."""
    text = shown(audit_tables([("warmup", 1, 3, 3, 2, 0)], [("scale", 8, 6, 1, 1)]))

    assert text.index("warmup") < text.index("mutants") < text.index("scale")


def test_single_exercises_have_a_line_each():
    """With their assignment, and without a column that would always say 1."""
    text = shown(audit_tables([("warmup/scale", 3, 3, 2, 0)], [], by_exercise=True))

    assert "│ warmup/scale │      3 │        3 │        2 │        0 │" in text
    assert "exercises" not in text
