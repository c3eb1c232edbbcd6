from __future__ import annotations

import numpy as np
import pytest

from grader.errors import Raised, Unwritten
from grader.report.evidence import evidence_of
from grader.report.evidence_text import beside, facts
from grader.report.heat_map import MOST_CELLS
from grader.sandbox.judged_call import Call
from grader.sandbox.proxy import Record
from grader.worker.values import Parameter


def shown(got, right, *args, after=(), wrong=True):
    """Return the evidence of one call."""
    changed = dict(after)
    record = Record("call", "f", args, got, tuple((n, -a) for n, a in changed.items()))
    return evidence_of([Call(record, (right, changed), wrong=wrong)])


def test_the_first_wrong_call_is_shown():
    """With what it was given, both answers and the worst entry."""
    right = np.array([[1.0, 2.0], [3.0, 4.0]])
    got = np.array([[1.0, 2.0], [3.5, 4.0]])
    found = shown(got, right, np.ones((2, 3), np.float32), [1, 2.5], "mean")

    assert "f(float32[2, 3], [1, 2.5], 'mean')" == found.call
    assert "[[1.  2. ]\n [3.5 4. ]]  float64[2, 2]" == found.got
    assert "largest difference at [1, 0]: got 3.5, expected 3" == found.worst
    assert [[0, 0], [1, 0]] == found.heat.shades.tolist()
    assert "[1, 0]: got 3.5, expected 3" == found.heat.told[1][0]


@pytest.mark.parametrize("got", [1.0, np.array(1.0), 1])
def test_a_single_number_is_compared(got):
    """A loss, say: there is nothing to picture, and no index to name."""
    found = shown(got, np.array(2.0))

    assert found.expected in ("2.  float64", "2  int64")
    assert ("", "", None) == (found.worst, found.place, found.heat)


def test_an_argument_is_named_that_was_given_by_name():
    """The last ones are."""
    record = Record("call", "f", (np.ones(2), 2, True), 1.0, keywords=("stride", "train"))

    found = evidence_of([Call(record, (2.0, {}), wrong=True)])

    assert "f(float64[2], stride=2, train=True)" == found.call


@pytest.mark.parametrize("got", ["text", [[1.0], 2.0], np.ones(2, int)])
def test_what_is_expected_is_shown_in_the_precision_of_the_inputs(got):
    """Where what came back has none."""
    found = shown(got, np.ones(2), np.ones(3, np.float32))

    assert "[1. 1.]  float32[2]" == found.expected


def test_without_a_wrong_answer_there_is_nothing_to_show():
    """A right one, or a function that is not written."""
    unwritten = Record("call", "f", (1,), None, error=Unwritten("f is not written yet."))

    assert shown(np.ones(2), np.ones(2), wrong=False) is None
    assert evidence_of([]) is None
    assert evidence_of([Call(unwritten, wrong=True)]) is None


def test_of_an_exception_the_call_is_shown():
    """It is the last call, whatever was wrong before: nothing came back."""
    before = Record("call", "f", (np.ones(2),), np.zeros(2))
    raised = Record("call", "f", (np.ones(3), [Parameter(np.ones((3, 1)))]), None, error=Raised(""))
    right = np.ones(2), {}

    found = evidence_of([Call(before, right, wrong=True), Call(raised, right, wrong=True)])

    assert ["f(float64[3], [Parameter(float64[3, 1])])"] == list(facts(found, "f raised"))


@pytest.mark.parametrize("op", ["aliases", "disturbed", "work", "differentiates"])
def test_of_what_a_call_does_beside_its_result_no_value_is_shown(op):
    """Names of settings, say: the message has them."""
    record = Record(op, "f", (np.ones(2),), ["grad", "grad"])

    found = evidence_of([Call(record, ([], {}), wrong=True)])

    assert ["f(float64[2])"] == list(facts(found, "f changes grad of an argument."))


@pytest.mark.parametrize("got", [None, "text", np.ones((3, 2)), {"a": 1}])
def test_what_cannot_be_compared_is_described(got):
    """Another shape or another thing has no worst entry and no picture."""
    found = shown(got, np.ones((2, 3)))

    assert ("", None) == (found.worst, found.heat)
    assert found.got and found.expected


def test_a_change_in_place_is_shown_where_nothing_is_returned():
    """The array as it was left, beside as it should have been."""
    found = shown(None, None, np.zeros(2), after=[(0, np.array([1.0, 2.0]))])

    assert "largest difference at [1]: got -2, expected 2" == found.worst
    assert found.part == "array 1 of the arguments after the call:"


def test_an_array_that_should_have_changed_is_shown_as_it_was():
    """That nothing came back is not what is wrong; of several arrays, the worst is shown."""
    arrays = [np.ones(2), np.zeros(3)]
    record = Record("call", "sgd", (arrays, 0.5), None)
    right = {0: np.array([1.0, 0.9]), 1: np.array([0.0, 0.0, 4.0])}
    found = evidence_of([Call(record, (None, right), wrong=True)])

    assert found.part == "array 2 of the arguments, which the call left as it was:"
    assert ("[0. 0. 0.]  float64[3]", "[0. 0. 4.]  float64[3]") == (found.got, found.expected)


def test_gradients_that_are_missing_are_none():
    """And belong to the block that was called."""
    record = Record("gradients", "Linear.gradients", (np.ones((2, 3)),), [None, None])
    found = evidence_of([Call(record, ([np.ones(2), np.ones(1)], {}), wrong=True)])

    assert ("the gradient of Linear(float64[2, 3])", "None") == (found.call, found.got)


@pytest.mark.parametrize("shape", [(40, 3), (3, 100), (500,), (2, 3, 20, 17)])
def test_a_picture_has_at_most_sixteen_cells_each_way(shape):
    """Of large arrays it shows blocks, of deep ones the matrix with the worst entry."""
    right = np.zeros(shape)
    got = right.copy()
    got.flat[-1] = 7.0
    heat = shown(got, right).heat

    assert max(heat.shades.shape) <= MOST_CELLS
    assert (1, 1.0) == ((heat.shades > 0).sum(), heat.shades[-1, -1])
    assert ("[1, 2, :, :]" if len(shape) == 4 else "") == heat.part


def test_what_is_not_finite_is_as_red_as_can_be():
    """And does not hide how much the others differ."""
    heat = shown(np.array([np.nan, 1.0, 1.25, np.inf]), np.array([1.0, 1.0, 1.0, np.inf])).heat

    assert [[1, 0, 1, 0]] == heat.shades.tolist()


def test_of_several_results_the_part_that_differs_is_shown():
    """The others would only hide it; what is returned as a list of numbers is one result."""
    right = np.ones((2, 3)), np.full((2, 3), 2.0)
    got = right[0], right[1] + 1
    found = shown(got, right)

    assert ("result 2 of 2:", "[0, 0]") == (found.part, found.place)
    assert "[[3. 3. 3.]" in found.got and "[[2. 2. 2.]" in found.expected
    assert "'b':" == shown({"a": 1, "b": 2}, {"a": 1, "b": 3}).part
    assert "result 1 of 2:" == shown((np.ones(3), np.ones(2)), (np.ones(2), np.ones(2))).part
    assert "" == shown([1.0, 2.0], [1.0, 3.0]).part
    assert "" == shown((np.ones(2),), (np.ones(2), np.ones(2))).part


def test_of_a_large_array_the_numbers_around_the_worst_entry_are_shown():
    """With their place, also at the edge."""
    right = np.zeros((6, 3, 32, 32), np.float32)
    got = right.copy()
    got[4, 1, 30, 2] = 7.0
    found = shown(got, right)

    assert "at [4, 1, 27:32, 0:5] of float32[6, 3, 32, 32]" in found.got
    assert 6 == found.got.count("\n") + 1
    assert "7." in found.got and "7." not in found.expected
    line = shown(np.arange(50.0), np.arange(50.0) + (np.arange(50) == 0))
    assert "at [0:5] of float64[50]" in line.got


@pytest.mark.parametrize(
    ("got", "extent"),
    [
        ([1.0, -2.0, 3.0, 4.0], "1 of 4 entries differ · 1 in sign"),
        ([1.5, 2.0, np.nan, np.inf], "3 of 4 entries differ · 2 because only one is finite"),
        ([2.0, 4.0, 6.0, 8.0], "4 of 4 entries differ"),
        ([1.00001, 2.0, 3.0, 5.0], "1 of 4 entries differ"),
        ([1.0, 2.0, 3.0, 4.0], ""),
    ],
)
def test_how_many_entries_differ_is_said_and_in_what(got, extent):
    """Rounding is no difference that a learner would see."""
    assert extent == shown(np.array(got), np.array([1.0, 2.0, 3.0, 4.0])).extent


def test_the_result_is_shown_that_the_check_found_wrong():
    """Another one may be further off; the message would speak of one, and the case of another."""
    right = np.ones((2, 3)), np.ones(2)
    near, far = right[0] * 2, np.ones((2, 1))
    record = Record("call", "f", (np.ones(2),), (near, far))
    calls = [Call(record, (right, {}), wrong=True)]

    assert "result 2 of 2:" == evidence_of(calls).part
    assert "result 1 of 2:" == evidence_of(calls, near.copy()).part


def test_the_call_is_shown_that_the_check_found_wrong():
    """An earlier one may be wrong, too."""
    calls = [
        Call(Record("call", "f", (n,), np.full(2, n)), (np.ones(2), {}), wrong=True)
        for n in (2.0, 3.0)
    ]

    assert "f(3.0)" == evidence_of(calls, np.full(2, 3.0)).call
    assert "f(2.0)" == evidence_of(calls, np.full(2, 9.0)).call


def test_an_argument_is_shown_that_should_not_have_changed():
    """The result is right, and says nothing."""
    before, after = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]])
    record = Record("call", "f", (np.ones(3), before), np.ones(2), ((1, after),))
    found = evidence_of([Call(record, (np.ones(2), {}), wrong=True)])

    assert found.part == "array 2 of the arguments, which the call must leave as it was:"
    assert "largest difference at [0, 1]: got 0, expected 2" == found.worst


def test_of_an_empty_list_no_dtype_is_made_up():
    """Nobody knows what it is a list of."""
    assert "a list of 0" == shown([], [np.ones(2), np.ones(1)]).got


def test_what_the_message_says_is_not_repeated():
    """Shapes, the worst entry, and how many differ, which the check counts by its tolerance."""
    wide = shown(np.ones((2, 3, 5, 4)), np.ones((2, 3, 4, 5)))
    said = "The result has the wrong shape. Got (2, 3, 5, 4), expected (2, 3, 4, 5)."
    close = shown(np.array([1.0, -2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    told = "3 of 3 entries differ. The largest difference is 4 at [1]: got -2, expected 2."

    assert [wide.call] == list(facts(wide, said))
    both = np.ones((2, 3, 4, 5)), np.ones(3)
    second = shown((both[0].swapaxes(2, 3), both[1]), both)
    assert [second.call, "result 1 of 2"] == list(facts(second, said))
    assert 3 == len(list(facts(wide, "The check cannot use the result.")))
    assert ["1 of 3 entries have the wrong sign"] == list(beside(close, told))
    assert [close.worst, close.extent] == list(beside(close, "params[1] has wrong values."))
