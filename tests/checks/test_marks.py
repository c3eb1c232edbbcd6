from __future__ import annotations

from fractions import Fraction

import pytest

from grader.checks import needs, points, says


def check():
    """Stand for a check."""


@pytest.mark.parametrize(
    ("written", "exact"),
    [(2, 2), ("0.5", Fraction(1, 2)), ("1/3", Fraction(1, 3)), (0.1, Fraction(1, 10))],
)
def test_points_are_exact(written, exact):
    """As written: 0.1 is one tenth, not the nearest float."""
    marked = points(written)(lambda: None)

    assert marked.gradproof_points == exact


@pytest.mark.parametrize("written", [0, -1, "0", "two", "1/0", "", None, float("nan"), check])
def test_points_are_above_zero(written):
    """Anything else is refused where it is written."""
    with pytest.raises(ValueError, match="points must be a number above zero"):
        points(written)


def test_needs_keeps_its_names():
    """A check may need several others; the function itself is left as it is."""
    marked = needs("test_shape", "test_values")(check)

    assert marked is check
    assert marked.gradproof_needs == ("test_shape", "test_values")


def test_what_a_sentence_speaks_of_is_one_of_a_few_things():
    """A misspelt subject would let the check pass what it is there for."""
    assert says("dtype", "shape")(check).gradproof_says == {"dtype", "shape"}
    for wrong in [(), ("types",), ("dtype", "value")]:
        with pytest.raises(ValueError, match="a check may speak of call, dtype"):
            says(*wrong)
