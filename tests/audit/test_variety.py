"""What was never varied is a gap, unless the author says why."""

from __future__ import annotations

import numpy as np
import pytest

from grader.audit.inputs_seen import InputsSeen
from grader.audit.variety import gaps_in, idle_in
from grader.course.variations import read_phrase

RNG = np.random.RandomState(0)


def normal(*shape):
    """Return numbers of both signs."""
    return RNG.standard_normal(shape)


def seen(*calls, defaults=None):
    """Return what was seen in calls with these arguments by name."""
    found = InputsSeen()
    for arguments in calls:
        found.note(arguments, defaults or {})
    return found


def gaps(found, shapes=None, **varies):
    """Return the gaps in words."""
    said = [read_phrase(name, phrase) for name, phrase in varies.items()]
    return [gap.what for gap in gaps_in(found, said, shapes or {})]


def of(name, *values):
    """Return what was seen of one argument."""
    return seen(*({name: value} for value in values))


VARIED = [(1, 3), (4, 1), (2, 5)]


def test_what_varies_has_no_gap():
    """Other sizes, a size of 1, both signs; three whole numbers, a fraction, lists."""
    calls = [
        {"X": normal(*shape), "k": k, "p": p, "layers": [normal(*shape)] * count, "on": on}
        for shape, k, p, count, on in zip(
            VARIED, (1, 2, 7), (0, 0.5, 0.37), (1, 2, 2), (True, False, True), strict=True
        )
    ]

    assert gaps(seen(*calls)) == []
    assert gaps(InputsSeen()) == []


def test_a_pair_needs_one_phrase():
    """What always has two items has no other length to be, and 1 is one of these."""
    pair = of("pair", [normal(1, 3), normal(2, 1)], [normal(4, 2), normal(3, 5)])
    phrase = "no other lengths (a pair)"

    assert [what for what in gaps(pair) if "items" in what] == ["pair always had 2 items"]
    assert [what for what in gaps(pair, pair=phrase) if "item" in what] == []
    assert list(idle_in(pair, [read_phrase("pair", phrase)], {})) == []


@pytest.mark.parametrize(
    ("shapes", "what"),
    [
        ([(3, 2), (3, 1)], ["x always had 3 rows"]),
        ([(3, 2), (1, 2)], ["x always had 2 columns"]),
        ([(3, 2), (4, 1)], ["x never had 1 row"]),
        ([(3, 2), (1, 5)], ["x never had 1 column"]),
        ([(3,), (4,)], ["x never had 1 entry"]),
        ([(3,)], ["x always had 3 entries"]),
        ([(1, 2, 3), (2, 1, 4)], ["x never had size 1 on axis 2"]),
        ([(1, 1), (3, 3), (2, 2)], ["the number of rows of x always equalled the number of col"]),
    ],
)
def test_sizes_that_never_came_are_gaps(shapes, what):
    """Of the number of axes that most arrays had."""
    found = gaps(of("x", *(normal(*shape) for shape in shapes)))

    assert len(found) == len(what)
    assert all(one.startswith(start) for one, start in zip(found, what, strict=True))


def test_what_the_statement_fixes_is_no_gap():
    """A literal size need not vary, and 4h is never 1."""
    found = of("w", normal(3, 1), normal(1, 1))
    assert gaps(found, {"w": {2: ("d", "1")}}) == []
    assert gaps(found) == ["w always had 1 column"]

    found = of("W", normal(1, 4), normal(2, 8))
    assert gaps(found, {"W": {2: ("h", "4h")}}) == []
    assert gaps(found) == ["W never had 1 column"]


def test_sizes_that_must_be_equal_are_told_once():
    """The first argument speaks for the others, and a reason at any of them holds for all."""
    found = seen(*({"X": normal(n, d), "y": normal(n)} for n, d in [(3, 1), (4, 2)]))

    assert gaps(found) == ["X never had 1 row"]
    assert gaps(found, y="no size 1 on axis 0 (why)") == []


def test_sizes_that_are_equal_by_coincidence_are_a_gap():
    """If the statement calls them by different names; each two names once."""
    named = {"X": {2: ("n", "d")}, "W": {2: ("d", "k")}, "b": {1: ("k",)}}
    calls = [
        {"X": normal(n, d), "W": normal(d, n), "b": normal(n)} for n, d in [(1, 2), (3, 1), (4, 5)]
    ]
    what = "the number of rows of X always equalled the number of columns of W"

    assert gaps(seen(*calls), named) == [what]
    assert gaps(seen(*calls)) == []
    assert gaps(seen(*calls), named, W="no unequal sizes (why)") == []


def test_a_whole_number_that_an_array_tells_is_a_gap():
    """Unless the statement says that it is the size."""
    calls = [{"labels": np.arange(n), "k": n} for n in (1, 3, 5)]

    assert gaps(seen(*calls)) == ["the number of entries of labels always equalled k"]
    assert gaps(seen(*calls), {"labels": {1: ("k",)}}) == []


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ((0.1, 0.1), ["x was always 0.1"]),
        ((0.1, 0.5, 1e-5, 0.75), ["x was always round, never such as 0.37"]),
        ((0, 1, 0.25), ["x was always round, never such as 0.37"]),
        ((0.1, 0.12), []),
        ((1, 2, 1), ["x was only 1 and 2"]),
        ((1, 2, 3), []),
        (("sigmoid",), ["x was always sigmoid"]),
        ((True, True), ["x was always True"]),
        (([1, 2, 3], [4, 5, 6]), ["x always had 3 items"]),
        (([1, 2, 3], [4, 5]), ["x never had just 1 item"]),
    ],
)
def test_values_that_never_came_are_gaps(values, what):
    """Of numbers, words and lists."""
    assert gaps(of("x", *values)) == what


def test_what_has_a_default_is_given_and_left_out():
    """None as a default is a value of its own."""
    given, left_out = {"x": 3, "mask": normal(2, 1)}, {"x": 3}

    both = seen(given, {"x": 4, "mask": normal(1, 2)}, left_out, {"x": 5}, defaults={"mask": None})
    assert gaps(both) == []
    never = seen(left_out, {"x": 4}, {"x": 5}, defaults={"mask": None})
    assert gaps(never) == ["mask was never given"]
    assert gaps(never, mask="no default (why)") == []
    always = seen(given, {"x": 4, "mask": normal(1, 2)}, {"x": 5, "mask": normal(1, 2)},
                  defaults={"mask": None})  # fmt: skip
    assert gaps(always) == ["mask was never left out"]


@pytest.mark.parametrize(
    ("numbers", "phrase", "what"),
    [
        ([1.0, 2.0], "any shape", ["x never had 0 or 2 or 3 axes", "x was never negative"]),
        ([1.0, 2.0], "positive", []),
        ([0.0, 2.0], "positive", ["x is said to be positive, but was 0"]),
        ([0.0, 2.0], "not negative", []),
        ([-1.0, 2.0], "not negative", ["x is said to be not negative, but was -1"]),
        ([0.0, 0.3, 1.0], "0 to 1", []),
        ([0.1, 0.3], "0 to 1", ["x was never 0", "x was never near 1, but 0.3 or less"]),
        ([-0.1, 0.0, 1.0], "0 to 1", ["x is said to be from 0 to 1, but was -0.1"]),
        ([1e-7, 0.2], "1e-8 to 1", []),
        ([1e-6, 0.02], "1e-8 to 1", ["x was never near 1e-08", "x was never near 1, but 0.02"]),
        ([-2e3, 1e-8], "both signs, 1e-9 to 1e4", []),
        ([-200.0, 500.0], "-1000 to 1000", []),
        ([-20.0, 50.0], "-1000 to 1000", ["x was never near -1000", "x was never near 1000"]),
    ],
)
def test_phrases_ask_for_more(numbers, phrase, what):
    """Numbers of axes, signs, and both ends of a range, within a factor of ten."""
    found = gaps(of("x", np.array(numbers), np.array(numbers[:1])), x=phrase)

    assert len(found) == len(what)
    assert all(one.startswith(start) for one, start in zip(found, what, strict=True))


def test_labels_have_no_sign():
    """Whole numbers are not asked for negative ones, unless the author does."""
    found = of("y", np.arange(3), np.arange(1))

    assert gaps(found) == []
    assert gaps(found, y="both signs") == [
        "y was never negative; if it cannot be, say 'not negative' in 'varies'"
    ]


def test_indicators_have_no_sign():
    """A mask of zeros and ones may hold floats."""
    assert gaps(of("mask", np.array([1.0, 0.0]), np.array([1.0]))) == []
    assert len(gaps(of("mask", np.array([1.0, 2.0]), np.array([0.0])))) == 1


def test_a_reason_for_what_does_vary_is_idle():
    """It must go, as it would hide a later gap; so must 'fixed'."""

    def idle(found, phrase):
        return [gap.what for gap in idle_in(found, [read_phrase("x", phrase)], {})]

    varied, narrow = of("x", *(normal(*shape) for shape in VARIED)), of("x", normal(3, 2))
    assert idle(narrow, "no other sizes (why)") == []
    assert idle(narrow, "fixed (why)") == []
    assert idle(varied, "no size 1 on axis 0 (why)") == [
        "needs no 'no size 1 on axis 0', as it does vary; remove it"
    ]
    assert idle(varied, "fixed (why)") == ["is not fixed: it varies as it should; remove 'fixed'"]
    assert idle(of("z", 1), "fixed (why)") == []


def test_a_gap_says_what_to_write():
    """In a check, or in the catalogue."""
    (gap,) = gaps_in(of("x", normal(3), normal(4)), [], {})

    assert gap.remedy == (
        'draw it in a check, or say in course.toml: varies = { x = "no size 1 on axis 0 (why)" }'
    )
