from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.points_text import decimal_text, nearest_decimal, rounded


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(3), "3"),
        (Fraction(300), "300"),
        (Fraction(0), "0"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 40), "0.025"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(1, 2**40), "0.0000000000009094947017729282379150390625"),
        (Fraction(10**30 + 1, 10), "100000000000000000000000000000.1"),
        (Fraction(1, 3), "1/3"),
        (Fraction(7, 6), "7/6"),
    ],
)
def test_points_are_exact(points, text):
    """A decimal is written out; what no decimal ends stays a fraction."""
    assert text == decimal_text(points)


@given(st.fractions())
def test_no_point_is_lost(points):
    """The text of any points is read back as exactly those."""
    assert points == Fraction(decimal_text(points))


@pytest.mark.parametrize(
    ("points", "places", "text"),
    [
        (Fraction(200, 3), 2, "66.67"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 300), 2, "0"),
        (Fraction(100), 2, "100"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-2"),
        (Fraction(5, 2) - Fraction(1, 10**200), 0, "2"),
    ],
)
def test_rounding(points, places, text):
    """Halves go up, exactly, and zeros at the end are left out."""
    assert text == rounded(points, places)


def test_nearest_decimal():
    """Only what is no decimal is rounded."""
    assert (
        nearest_decimal(Fraction(1, 3)),
        nearest_decimal(Fraction(5, 10**8)),
    ) == ("0.333333", "0.00000005")
