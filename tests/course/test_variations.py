"""Phrases of ``varies``: what an argument must be in the checks."""

from __future__ import annotations

import pytest

from grader.course.variations import read_phrase
from grader.exercise import DEMANDS, Variation


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("any shape, both signs", Variation("x", frozenset({"any shape", "both signs"}))),
        ("1e-9 to 1e4", Variation("x", bounds=(1e-9, 1e4))),
        ("-1000 to 1000, positive", Variation("x", frozenset({"positive"}), (-1000.0, 1000.0))),
        ("no size 1 (why, and how)", Variation("x", without=frozenset({("size 1", None)}))),
        ("no size 1 on axis 2 (why)", Variation("x", without=frozenset({("size 1", 2)}))),
        ("fixed (28 by\n28)", Variation("x", without=frozenset((d, None) for d in DEMANDS))),
    ],
)
def test_a_phrase_says_what_it_says(phrase, said):
    """Its parts stand between commas; commas in a reason do not count."""
    assert read_phrase("x", phrase) == said


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("huge", "'huge' of 'x' is no demand; write 'any shape', 'both signs'"),
        ("", "'' of 'x' is no demand"),
        ("no size 1", r"'no size 1' of 'x' needs a reason: 'no size 1 \(why\)'"),
        ("fixed ( )", r"needs a reason"),
        ("no size 2 (why)", "'no size 2' of 'x' takes away nothing; write 'no' with one of: other"),
        ("no fraction on axis 1 (why)", "is about no axis; write an axis only behind one of: oth"),
        ("1 to 0", "the range '1 to 0' of 'x' ends before it begins"),
        ("positive, both signs", "'x' cannot be both both signs and positive"),
    ],
)
def test_a_phrase_that_says_nothing_is_an_error(phrase, what):
    """The message says what to write."""
    with pytest.raises(ValueError, match=what):
        read_phrase("x", phrase)


def test_what_is_taken_away_on_one_axis_holds_on_the_others():
    """Without an axis it is taken away on all."""
    one, every = (read_phrase("x", f"no size 1{axis} (why)") for axis in (" on axis 2", ""))

    assert [one.asks_for("size 1", axis) for axis in (0, 2)] == [True, False]
    assert [every.asks_for("size 1", axis) for axis in (0, 2)] == [False, False]
    assert one.asks_for("other sizes", 2)
