"""What checks call an exercise with is kept as a summary of each argument."""

from __future__ import annotations

import msgspec
import numpy as np

from grader.audit.inputs_seen import InputsSeen, seen_in
from grader.errors import Raised
from grader.sandbox.proxy import Record
from grader.worker.values import Parameter


def scale(x, factor=2, *, names=None):
    """Stand for the reference."""


class Net:
    """Stand for a reference that is a class."""

    def __init__(self, hidden):
        """Take a size."""

    def forward(self, batch):
        """Take a batch."""


def call(*args, name="scale", op="call", keywords=(), error=None):
    """Return a record of one call."""
    return Record(op, name, args, None, error=error, keywords=keywords)


def seen(*records, exercise="scale", known=scale):
    """Return what was seen of the exercise's arguments."""
    return seen_in(records, exercise, known)


def test_arrays_leave_sizes_dtypes_signs_and_magnitudes():
    """By the number of axes; smallest and largest are of numbers other than 0."""
    x = np.array([[0.0, -3e-4, np.nan], [200.0, np.inf, 1.0]])
    found = seen(call(x), call(Parameter(np.ones((1, 4), np.float32))), call(np.ones(7, int)))
    argument = found.arguments["x"]

    assert found.calls == 3
    assert argument.shapes == {2: 2, 1: 1}
    assert argument.sizes == {2: [{1, 2}, {3, 4}], 1: [{7}]}
    assert argument.kinds == {"array", "whole array"}
    assert argument.dtypes == {"float32", "float64", "int64"}
    assert (argument.negative, argument.positive, argument.zero) == (True, True, True)
    assert (argument.nan, argument.infinite) == (True, True)
    assert (argument.smallest, argument.largest) == (3e-4, 200.0)
    assert (argument.lowest, argument.highest) == (-3e-4, 200.0)


def test_numbers_words_and_lists_leave_values_and_lengths():
    """Also those passed by keyword; booleans count as words."""
    x = np.ones(2)
    found = seen(
        call(x, 3),
        call(x, np.float64(0.37)),
        call(x, True),
        call(x, ["a", "b"], keywords=("names",)),
        call(x, [np.ones((2, 3))], keywords=("names",)),
    )

    factor, names = found.arguments["factor"], found.arguments["names"]
    assert factor.numbers == {2, 3, 0.37}
    assert factor.texts == {"True"}
    assert names.lengths == {1, 2}
    assert names.items.texts == {"a", "b"}
    assert names.items.sizes == {2: [{2}, {3}]}


def test_a_default_counts_as_a_value():
    """And it is counted how often it was left out."""
    factor = seen(call(np.ones(2)), call(np.ones(2), 5)).arguments["factor"]

    assert (factor.optional, factor.given, factor.left_out) == (True, 1, 1)
    assert factor.numbers == {2, 5}


def test_only_calls_whose_results_are_compared_count():
    """Not those of other functions, nor those that raised or fit no signature."""
    x = np.ones((3, 2))
    found = seen(
        call(x, name="other"),
        call(x, op="aliases"),
        call(x, error=Raised("no")),
        call(x, 1, 2, 3),
        call(x, op="vjp"),
    )

    assert found.calls == 1


def test_a_class_is_seen_with_its_methods():
    """A module is called by its ``forward``."""
    found = seen(
        call(4, name="Net"),
        Record("call_held", "Net.__call__", (np.ones((5, 3)),), None),
        Record("call_held", "list_iterator.__call__", (9,), None),
        exercise="Net",
        known=Net,
    )

    assert found.arguments["hidden"].numbers == {4}
    assert found.arguments["batch"].sizes == {2: [{5}, {3}]}


def test_sizes_that_are_always_equal_are_known():
    """Of axes and whole numbers; sizes of 1 say nothing."""
    found = seen(call(np.ones((3, 3)), 3), call(np.ones((1, 1)), 1), call(np.ones((2, 4)), 2))

    assert found.always_equal == {("x[0]", "factor")}


def test_summaries_add_up_and_can_be_kept():
    """What two runs saw is what one run of both would have seen, also after a round trip."""
    records = [
        call(np.ones((2, 3)), 3),
        call(-np.ones((1, 3)), [1, 2], keywords=("names",)),
        call(np.zeros(4), 0.25),
    ]
    total = InputsSeen()
    for record in records:
        kept = msgspec.json.encode(seen(record))
        total.add(msgspec.json.decode(kept, type=InputsSeen))

    assert total == seen(*records)


def test_a_summary_stays_small():
    """However many calls there are; sizes of 1 and values of 0 are never lost."""
    records = [call(np.ones(n), n + 0.5) for n in range(500, 2, -1)]
    records += [call(np.ones(1), 0)]
    argument = seen(*records).arguments

    assert 1 in argument["x"].sizes[1][0]
    assert 0 in argument["factor"].numbers
    assert len(argument["x"].sizes[1][0]) < 50
    assert len(argument["factor"].numbers) < 50
