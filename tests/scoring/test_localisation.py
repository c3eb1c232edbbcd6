from __future__ import annotations

import numpy as np
import pytest

from grader import language
from grader.errors import Raised
from grader.sandbox.proxy import Record
from grader.scoring.explanation import ComparedCall
from grader.scoring.localisation import in_float32_only, where_wrong

X = np.array([0.5, 1.5, 2.5])


def call(*args, factor=1.0, chance=False, error=None, keywords=(), name="f", result=X):
    """Return a call that gave *factor* times what was right."""
    value = None if error else np.asarray(factor * result, np.asarray(result).dtype)
    record = Record("call", name, args, value, (), error, keywords)
    return ComparedCall(record, {"value": result, "after": []}, chance)


def several(*factors):
    """Return a call that gave some multiple of each of several right results."""
    record = Record("call", "f", (X,), tuple(factor * X for factor in factors))
    return ComparedCall(record, {"value": (X,) * len(factors), "after": []}, False)


def test_the_first_call_that_goes_wrong_is_named():
    """By its number among all."""
    one = [call(X), call(X), call(X, factor=2)]
    more = [call(X), call(X, factor=2), call(X, factor=2), call(X)]

    assert (
        where_wrong(one, False)
        == "Of the 3 calls in this check, 2 gave the right result; call 3 did not."
    )
    assert where_wrong(more, False) == (
        "Of the 4 calls in this check, 2 gave the right result; call 2 is the first that did not."
    )


@pytest.mark.parametrize(
    ("right", "wrong", "feature"),
    [
        ((X, 2), (X, 0), "argument 2 is 0"),
        ((X, True), (X, False), "argument 2 is False"),
        ((X,), (-X,), "argument 1 contains negative values"),
        ((-X,), (X,), "argument 1 contains no negative values"),
        ((X,), (1000 * X,), "argument 1 contains values beyond ±80"),
        ((X,), (X * np.nan,), "argument 1 contains NaN or infinity"),
        ((X,), (X - 0.5,), "argument 1 contains zeros"),
        ((np.array([1, 2]),), (np.array([2, 2]),), "argument 1 contains repeated values"),
        ((X,), (X[:1],), "argument 1 has size 1 along axis 0"),
        ((np.ones((2, 3)),), (np.ones((3, 3)),), "argument 1 is square"),
        ((X,), (np.ones((2, 3)),), "the number of axes of argument 1 is 2"),
        ((X,), (X.astype("float32"),), "the dtype of argument 1 is float32"),
    ],
)
def test_what_sets_the_wrong_call_apart_is_told(right, wrong, feature):
    """What is true of it and of no call that went right."""
    told = where_wrong([call(*right), call(*wrong, factor=2)], False)

    assert told.endswith(f" Only in the wrong calls: {feature}.")


def test_sentences_stand_side_by_side_in_chinese():
    """A blank between two of them is an English habit."""
    language.use("zh")

    told = where_wrong([call(X), call(-X, factor=2)], False)

    assert told.endswith("第2次不正确。出错的调用与其他调用的区别是：参数1中有负值。"), told


def test_keywords_and_functions_are_told_by_name():
    """As the check wrote them."""
    mode = [call(X, True, keywords=("training",)), call(X, False, factor=2, keywords=("training",))]
    name = [call(X), call(X, factor=2, name="g")]

    assert where_wrong(mode, False).endswith("wrong calls: argument training is False.")
    assert where_wrong(name, False).endswith("wrong calls: g is called.")


@pytest.mark.parametrize("text", ["<img src=x>", "[x](javascript:y)", "`", "a b", "\u202e"])
def test_no_text_of_a_learner_is_told(text):
    """A hint keeps its Markdown: a string that a check handed on is not quoted in it."""
    told = where_wrong([call(X, "mean"), call(X, text, factor=2)], False)

    assert told == "Of the 2 calls in this check, 1 gave the right result; call 2 did not."


def test_an_exception_is_a_call_that_went_wrong():
    """Unless it is the right answer."""
    error = Raised("f raised KeyError")
    right = ComparedCall(Record("call", "f", (X,), None, (), error), None, False)

    assert "call 2 did not" in where_wrong([call(X), call(-X, error=error)], False)
    assert "call 2 did not" in where_wrong([right, call(X, factor=2)], False)


def test_nothing_is_said_of_hidden_inputs():
    """Only that some calls go right."""
    told = where_wrong([call(X), call(-X, factor=2)], True)

    assert told == "Some calls in this check gave the right result, others did not."


@pytest.mark.parametrize(
    "calls",
    [
        [],
        [call(X), call(X)],
        [call(X, factor=2), call(-X, factor=2)],
        [call(X), call(-X, factor=2, chance=True)],
        [ComparedCall(Record("call", "f", (), None), None, True), call(X, factor=2, chance=True)],
        [call(X, factor=1 + 1e-8), call(-X, factor=2)],
    ],
)
def test_what_is_not_certain_is_not_said(calls):
    """All right, all wrong, up to chance, or off by little more than rounding."""
    assert where_wrong(calls, False) == ""


def test_results_that_are_wrong_are_named_where_others_are_right():
    """In every call of the check; also where it is hidden."""
    told = "Of the returned results, only these are wrong: 1, 3."

    assert where_wrong([several(2, 1, 3)], False) == told
    assert where_wrong([several(2, 1, 3), several(3, 1, 1)], True) == told
    assert where_wrong([several(2, 3)], False) == ""
    assert where_wrong([several(2, 1), several(1, 2)], False) == ""


def test_what_only_float32_does_is_told():
    """Every call in float64 is right, in all checks, and more than one."""
    narrow = X.astype("float32")
    wrong, fine = call(narrow, factor=2), call(X)
    told = "All results in float64 are right, but not all results in float32."

    def said(coarse, *others):
        return in_float32_only([coarse], [coarse, *others], None)

    assert said(wrong, fine, fine) == told
    assert said(wrong, fine) == ""
    assert said(wrong, fine, fine, call(X, factor=2)) == ""
    assert said(call(X, factor=2), fine, fine) == ""
    assert said(call(narrow), fine, fine) == ""


def test_what_is_wrong_for_a_size_is_not_wrong_in_float32():
    """That size must have been asked in float64, too; best of all, the same call."""
    wrong = call(X[:1].astype("float32"), factor=2, result=X[:1])
    calls = [wrong, call(X), call(X)]
    told = "All results in float64 are right, but not all results in float32."

    assert in_float32_only([wrong], calls, None) == ""
    assert in_float32_only([wrong], calls, lambda asked: [call(X[:1]) for _one in asked]) == told
    assert in_float32_only([wrong], calls, lambda asked: [call(X[:1], factor=2)]) == ""
    assert in_float32_only([wrong], calls, lambda asked: []) == ""


def test_all_that_sets_the_wrong_call_apart_is_told():
    """One of two may be a coincidence; among many, nothing is told."""
    two = where_wrong([call(X, 1, 3), call(X, 2, 4, factor=2)], False)
    many = where_wrong([call(X, 1, 3, 5, 7), call(X, 2, 4, 6, 8, factor=2)], False)

    assert two.endswith(" Only in the wrong calls: argument 2 is 2; argument 3 is 4.")
    assert many.endswith("call 2 did not.")
