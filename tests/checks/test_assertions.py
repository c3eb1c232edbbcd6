from __future__ import annotations

import numpy as np
import pytest

from grader.checks import (
    Mismatch,
    as_array,
    as_block,
    assert_backward,
    assert_close,
    assert_dtype_kept,
    assert_gradient,
    assert_normal,
    assert_rate,
    assert_unchanged,
    one_of,
)
from grader.checks.assertions import describe
from grader.checks.check_context import CheckContext, running
from grader.checks.draws import Draw
from grader.errors import AuthoringError
from grader.worker.values import Held


def refused(assertion, *args, **kwargs):
    """Return the Mismatch that an assertion raises."""
    with pytest.raises(Mismatch) as caught:
        assertion(*args, **kwargs)
    return caught.value


EXPECTED = np.array([[0.5, 1.0], [1.5, 2.0]])


@pytest.mark.parametrize(
    ("actual", "headline", "detail"),
    [
        (
            np.ones((2, 1)),
            "The result has the wrong shape.",
            "Got (2, 1), expected (2, 2).",
        ),
        (
            np.ones((2, 2), int),
            "The result has the wrong kind of dtype.",
            "Got int64, expected float64.",
        ),
        (
            np.array([[0.5, 1.0], [np.nan, np.inf]]),
            "The result has NaN or infinity where a finite value is expected, or vice versa.",
            "At [1, 0]: got nan, expected 1.5; 2 of 4 entries are wrong in this way.",
        ),
        (
            np.array([[0.5, 1.25], [1.5, 1.0]]),
            "The result has wrong values.",
            "2 of 4 entries differ. The largest difference is 1 at [1, 1]: "
            "got 1, expected 2; a difference of 2e-09 is allowed.",
        ),
        (
            None,
            "The result is not an array.",
            "It is None. Is there a return statement?",
        ),
        ("softmax", "The result is not an array.", "It is a str."),
        ({"a": 1}, "The result is not an array.", "It is a dict of 1."),
        ([[1.0, 2.0], [3.0]], "The result is not an array.", "It is a list of 2."),
        ([[1.0, "x"]], "The result is not an array.", "It is a str."),
        (3.0, "The result has the wrong shape.", "Got (), expected (2, 2)."),
    ],
)
def test_a_mismatch_says_what_was_seen_and_where(actual, headline, detail):
    """The headline holds no value; the detail holds what a learner needs."""
    error = refused(assert_close, actual, EXPECTED)

    assert error.headline == headline
    assert str(error) == f"{headline} {detail}"
    assert not any(character.isdigit() for character in error.headline)


def test_a_mismatch_names_what_is_wrong():
    """*what* stands in every message, also for an item deep inside a list."""
    assert refused(assert_close, 1.0, 2.0, what="dW").headline == "dW has wrong values."
    assert refused(as_array, [[1.0, None]], "db").headline == "db is not an array."


def test_close_answers_pass():
    """Arrays, numbers and nested lists are all accepted."""
    assert_close(EXPECTED + 1e-10, EXPECTED)
    assert_close(EXPECTED.tolist(), EXPECTED)
    assert_close(list(EXPECTED), EXPECTED)
    assert_close((1, 2.5), [1, 2.5])
    assert_close(True, 1.0)
    assert_close([np.array(1.0), 2.0], [1.0, 2.0])


def test_float32_submissions_are_judged_as_float32():
    """The working dtype widens the allowance, also for numbers delivered as Python floats."""
    assert refused(assert_close, 1 + 1e-6, 1.0)
    with running(CheckContext(Draw(0, "float32"))):
        assert_close(1 + 1e-6, 1.0)
        assert refused(assert_close, 1 + 1e-5, 1.0)


def test_a_statement_may_allow_more_than_rounding():
    """An error that it allows is not one of rounding, which tolerances are recorded from."""
    context = CheckContext(Draw(0))
    with running(context):
        assert_close(1 + 9e-7, 1.0, tolerance=1e-6)
        assert refused(assert_close, 1 + 2e-6, 1.0, tolerance=1e-6)

    assert context.errors == {}


def test_a_single_number_has_no_index():
    """A wrong loss is one number: nothing is counted."""
    said = r"has wrong values\. Got 1, expected 2; a difference of 2e-09 is allowed\.$"
    with pytest.raises(AssertionError, match=said):
        assert_close(1.0, np.array(2.0))


def test_the_dtype_that_is_expected_is_the_one_of_the_inputs():
    """Not the one in which the right values were computed."""
    said = "Got int64, expected float32"
    with running(CheckContext(Draw(0, "float32"))), pytest.raises(AssertionError, match=said):
        assert_close(np.ones(2, int), np.ones(2))


@pytest.mark.parametrize("bad", [np.nan, None, "x", np.array([1.0, np.nan]), np.array([1j])])
def test_an_expected_value_must_be_a_number(bad):
    """A check that expects NaN is broken, and no learner pays for it."""
    with pytest.raises(AuthoringError, match="an expected value is not a number"):
        assert_close(1.0, bad)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (np.zeros((2, 3), "float32"), "an array of shape (2, 3) and dtype float32"),
        (True, "the number True"),
        (2.5, "the number 2.5"),
        ((1, 2), "a tuple of 2"),
        ("abc", "a str"),
        (Held(1, "LeNet", False), "a Held"),
    ],
)
def test_values_are_described_in_a_few_words(value, words):
    """A learner reads what was returned, not a dump of it."""
    assert describe(value) == words


def test_an_object_is_described_by_its_class(student):
    """Objects that stay in the worker are called what the learner called them."""
    block = student("class Net:\n    pass\n").Net()

    assert describe(block) == "a Net object"
    text = "The result is not an array. It is a Net object."
    assert str(refused(assert_close, block, 1.0)) == text


def test_what_is_no_block_is_said_to_be_none(student):
    """An array, a number or nothing cannot be called by a check."""
    assert refused(as_block, np.ones(2), "Net(4)").headline == (
        "Net(4) is no object that can be called."
    )
    assert as_block(student("class Net:\n    pass\n").Net()).held.type == "Net"


def test_a_row_of_one_array_is_not_the_first_of_several_results():
    """A learner who returned one of three results was told of the shape of its first row."""
    assert one_of((np.ones(2), 3.0), 1) == 3.0
    assert str(refused(one_of, np.ones((4, 3)), 0)) == (
        "The check needs result 1 of several. What is returned is an array of shape (4, 3) and "
        "dtype float64."
    )
    assert "result 3" in str(refused(one_of, (np.ones(2), 3.0), 2))


# -- arguments, dtypes, random output --------------------------------------------------------------


def test_unchanged_means_every_bit():
    """NaN is the same as before; a changed sign of zero is a change."""
    before = np.array([1.0, np.nan, 0.0])
    assert_unchanged(before.copy(), before, "X")

    error = refused(assert_unchanged, np.array([1.0, np.nan, -0.0]), before, "X")
    assert str(error) == error.headline == "X was changed in place; work on a copy."


def test_the_dtype_is_kept():
    """An array has the dtype of the inputs; a single number may have any."""
    assert_dtype_kept(np.ones(2, "float32"), "float32")
    assert_dtype_kept(1.0, "float32")
    assert_dtype_kept(np.array(1.0), "float32")

    error = refused(assert_dtype_kept, np.ones(2), "float32", "dX")
    assert error.headline == "dX does not have the input's dtype."
    assert str(error) == f"{error.headline} Got float64, expected float32."


def test_a_rate_that_does_not_fit_is_refused():
    """The message gives the share seen; the headline no number."""
    assert_rate(3050, 10_000, 0.3, "A zero")

    error = refused(assert_rate, 7000, 10_000, 0.3, "A zero")
    assert error.headline == "A zero does not have the right frequency."
    detail = "Occurred 7000 times in 10000, a share of 0.7000; expected about 0.3."
    assert str(error) == f"{error.headline} {detail}"


def test_a_rate_of_nothing_is_refused():
    """An empty result is no evidence."""
    assert str(refused(assert_rate, 0, 0, 0.3, "The mask")) == "The mask is empty."


def test_values_that_are_not_normal_are_refused():
    """The message gives mean and deviation; the headline no number."""
    values = np.random.RandomState(0).standard_normal((20, 50))
    assert_normal(values, 0, 1, "The noise")

    error = refused(assert_normal, values + 1, 0, 1, "The noise")
    assert error.headline == "The noise does not have the right distribution."
    detail = "Mean 0.9547 and deviation 0.987; expected a normal distribution with 0 and 1."
    assert str(error) == f"{error.headline} {detail}"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.zeros((0, 3)), "The noise is empty."),
        (np.array([np.nan]), "The noise contains NaN or infinity."),
        (np.ones(9) * 1j, "The noise has the wrong kind of dtype."),
        (None, "The noise is not an array."),
    ],
)
def test_what_has_no_distribution_is_refused(values, message):
    """Nothing, NaN, complex numbers and None never pass."""
    assert refused(assert_normal, values, 0, 1, "The noise").headline == message


# -- gradients -------------------------------------------------------------------------------------

FORWARD = """
import numpy as np

def affine(x, W, b):
    return np.tanh(x @ W + b)
"""
RIGHT = """
import numpy as np

def affine_backward(dout, x, W, b):
    inner = dout * (1 - np.tanh(x @ W + b) ** 2)
    return inner @ W.T, x.T @ inner, inner.sum(0)
"""
AT = np.random.RandomState(4)
SQUARE = AT.standard_normal((3, 3)), AT.standard_normal((3, 3)), AT.standard_normal(3)
COTANGENT = AT.standard_normal((3, 3))


def check_backward(student, reference, text):
    """Check the backward function in *text*."""
    assert_backward(
        student(text),
        reference(FORWARD),
        "affine_backward",
        [COTANGENT.copy(), *(a.copy() for a in SQUARE)],
        forward="affine",
        at=SQUARE,
        cotangent=COTANGENT,
        names=["dx", "dW", "db"],
        terms=3,
    )


def test_a_right_backward_function_passes(student, reference):
    """In a tuple or a list, and also if it overwrites its inputs."""
    check_backward(student, reference, RIGHT)
    check_backward(student, reference, RIGHT.replace("return inner", "return [inner") + "]")
    overwrites = RIGHT.replace("    return", "    x += 0.0; x[:], keep = 0, x.copy()\n    return")
    check_backward(student, reference, overwrites.replace("x.T @", "keep.T @"))


@pytest.mark.parametrize(
    ("old", "new", "headline"),
    [
        ("dout * (1", "1.0 * (1", "dx has wrong values."),
        ("dout * (1", "np.ones_like(dout) * (1", "dx has wrong values."),
        ("return inner @ W.T", "return 1.001 * inner @ W.T", "dx has wrong values."),
        ("inner @ W.T", "inner @ W", "dx has wrong values."),
        ("x.T @ inner", "(x.T @ inner).T", "dW has wrong values."),
        ("x.T @ inner", "1.001 * (x.T @ inner)", "dW has wrong values."),
        ("x.T @ inner", "x.T @ inner / 3", "dW has wrong values."),
        ("inner.sum(0)", "inner.sum(1)", "db has wrong values."),
        ("inner.sum(0)", "inner.sum(0, keepdims=True)", "db has the wrong shape."),
        ("inner.sum(0)", "None", "db is not an array."),
        (", inner.sum(0)", "", "affine_backward must return dx, dW, db."),
        ("inner.sum(0)", "inner.sum(0), 0", "affine_backward must return dx, dW, db."),
        ("return", "result =", "affine_backward must return dx, dW, db."),
    ],
)
def test_a_wrong_backward_function_is_refused(student, reference, old, new, headline):
    """Upstream gradient ignored, scaled by a thousandth, transposed, None, too few, too many."""
    assert RIGHT.count(old) == 1

    with pytest.raises(Mismatch) as caught:
        check_backward(student, reference, RIGHT.replace(old, new))
    assert caught.value.headline == headline


def test_the_number_of_gradients_is_said(student, reference):
    """What came back instead is described."""
    with pytest.raises(Mismatch) as caught:
        check_backward(student, reference, RIGHT.replace("return", "result ="))
    text = "affine_backward must return dx, dW, db. It returned None."
    assert str(caught.value) == text


def test_a_single_gradient_needs_no_tuple(student, reference):
    """A function of one array returns its gradient as it is, or as the only item."""
    for result in ("2 * x * dout", "(2 * x * dout,)"):
        text = f"def square_backward(dout, x):\n    return {result}\n"
        x, dout = np.array([1.0, -2.0]), np.array([0.3, 0.7])
        assert_backward(
            student(text),
            reference("def square(x):\n    return x * x\n"),
            "square_backward",
            [dout, x],
            forward="square",
            at=[x],
            cotangent=dout,
            names=["dx"],
        )


SOFTMAX = """
import numpy as np

def softmax(X):
    E = np.exp(X)
    return E / E.sum(1, keepdims=True)
"""


def test_a_check_of_a_zero_gradient_is_refused(student, reference):
    """A sum of softmax is constant: such a check passes anything, so it is the author's to mend."""
    points = np.random.RandomState(1).standard_normal((2, 3))

    with pytest.raises(AuthoringError, match="the true gradient dX is zero"):
        assert_gradient(
            student(SOFTMAX), reference(SOFTMAX), "softmax", [points], np.ones((2, 3)), names=["dX"]
        )


def test_names_must_match_the_gradients(student, reference):
    """One name for each floating argument."""
    with pytest.raises(AuthoringError, match="2 names for 1 gradients"):
        assert_gradient(
            student(SOFTMAX),
            reference(SOFTMAX),
            "softmax",
            [np.eye(2)],
            np.eye(2),
            names=["dX", "db"],
        )


@pytest.mark.parametrize(
    ("old", "new", "passes"),
    [
        ("np.exp(X)", "np.exp(X - X.max(1, keepdims=True))", True),
        ("np.exp(X)", "np.exp(1.001 * X)", False),
        ("np.exp(X)", "np.exp(np.round(X, 3))", False),
        ("sum(1,", "sum(0,", False),
        ("return E /", "return 2 * E /", False),
    ],
)
def test_the_gradient_of_a_function(student, reference, old, new, passes):
    """A right function passes however it is written; wrong ones do not."""
    points = np.random.RandomState(1).standard_normal((3, 3))
    cotangent = np.random.RandomState(2).standard_normal((3, 3))
    args = (student(SOFTMAX.replace(old, new)), reference(SOFTMAX), "softmax", [points], cotangent)

    if passes:
        assert_gradient(*args, names=["dX"])
    else:
        assert refused(assert_gradient, *args, names=["dX"])
