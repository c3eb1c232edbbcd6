"""The rule of closeness has its own tests: for each part a pass and the nearest miss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.numerics.closeness import difference, judged_dtype, relative_error

SHAPES = st.tuples(st.integers(1, 9), st.integers(2, 9))
SEEDS = st.integers(0, 2**32 - 1)


def kind(actual: Any, expected: Any, **more: Any) -> str | None:
    """Return which comparison fails, None if none does."""
    found = difference(np.asarray(actual), np.asarray(expected), **more)
    return found.kind if found else None


@pytest.mark.parametrize("magnitude", [1e-30, 1.0, 7.5, 1e30, 1e300])
@pytest.mark.parametrize(
    ("more", "allowance"),
    [
        ({}, 1e-9),
        ({"dtype": "float32"}, 5e-6),
        ({"dtype": "float16"}, 2e-2),
        ({"terms": 100}, 1e-8),
        ({"terms": 0}, 1e-9),
        ({"condition": 50.0}, 5e-8),
        ({"condition": 0.5}, 1e-9),
        ({"dtype": "float32", "terms": 4, "condition": 3.0}, 3e-5),
    ],
)
def test_the_allowance_is_where_the_rule_says(magnitude, more, allowance):
    """An error just inside the allowance agrees, one just outside does not."""
    expected = np.array([0.25, -1.0]) * magnitude

    assert kind(expected + 0.999 * allowance * magnitude, expected, **more) is None
    assert kind(expected + 1.001 * allowance * magnitude, expected, **more) == "values"
    assert kind(expected - 1.001 * allowance * magnitude, expected, **more) == "values"


def test_a_given_scale_replaces_the_largest_expected_magnitude():
    """Errors are judged relative to the scale that the author states."""
    assert kind([1e-7], [0.0], scale=200.0) is None
    assert kind([1e-7], [0.0], scale=50.0) == "values"
    assert kind([1 + 1e-9], [1.0], scale=0.5) == "values"


def test_delivering_float32_widens_the_allowance_and_float16_no_further():
    """Nobody buys a wide allowance by returning half precision."""
    expected = np.array([1.0, 0.5])

    assert kind((expected * (1 + 3e-6)).astype("float32"), expected) is None
    assert kind((expected * (1 + 1e-5)).astype("float32"), expected) == "values"
    assert kind((expected * (1 + 4e-3)).astype("float16"), expected) == "values"


def test_only_zeros_expected_allow_rounding():
    """Where the scale is unknown, it is 1."""
    assert kind([1e-10, -1e-10], [0.0, 0.0]) is None
    assert kind([1e-8, 0.0], [0.0, -0.0]) == "values"


def test_zeros_never_agree_with_a_small_expected_value():
    """There is no bare absolute tolerance."""
    assert kind([0.0], [1e-30]) == "values"
    assert kind([0.0], [1e-30], dtype="float32") == "values"


@pytest.mark.parametrize("junk", [np.zeros(5), np.ones(5), np.full(5, 0.2), np.arange(5.0)])
def test_trivial_answers_do_not_agree(junk):
    """Zeros, constants and the input itself are not the answer."""
    powers = np.exp(np.arange(5.0))

    assert kind(junk, powers / powers.sum(), dtype="float32") == "values"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [((1,), ()), ((), (1,)), ((3, 1), (3,)), ((1, 3), (3, 1)), ((0,), (1,)), ((2, 3), (3, 2))],
)
def test_shapes_must_be_the_same(actual, expected):
    """Nothing is broadcast: a column is not a row."""
    found = difference(np.ones(actual), np.ones(expected))

    assert found is not None
    assert (found.kind, found.actual, found.expected) == ("shape", str(actual), str(expected))


@pytest.mark.parametrize(
    ("actual", "expected", "found"),
    [
        (np.array([1, 2]), np.array([1.0, 2.0]), "dtype"),
        (np.array([True]), np.array([1.0]), "dtype"),
        (np.array(1), np.array(1.0), None),
        (np.array(True), np.array(1.0), None),
        (np.array([1.0, 0.0]), np.array([1, 0]), None),
        (np.array([1.0, 0.0]), np.array([True, False]), None),
        (np.array([True, False]), np.array([1, 0], "uint8"), None),
        (np.array([1 + 0j]), np.array([1.0]), "dtype"),
        (np.array(1 + 0j), np.array(1.0), "dtype"),
        (np.array(["1"]), np.array([1.0]), "dtype"),
        (np.array([None]), np.array([1.0]), "dtype"),
    ],
)
def test_kinds_of_dtype(actual, expected, found):
    """A float must be a float; counts, indicators and single numbers may be any real number."""
    assert kind(actual, expected) == found


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_never_agrees_with_a_number(bad):
    """NaN and infinities are found before values are compared, and counted."""
    found = difference(np.array([1.0, bad, 9.0, bad]), np.array([1.0, 2.0, 3.0, 4.0]))

    assert found is not None
    assert (found.kind, found.count, found.total, found.index) == ("finite", 2, 4, (1,))


def test_infinities_must_be_the_expected_ones():
    """Minus infinity is the logarithm of zero, and nothing else is."""
    expected = [-np.inf, 0.0, np.inf]

    assert kind([-np.inf, 0.0, np.inf], expected) is None
    assert kind([-1e308, 0.0, np.inf], expected) == "finite"
    assert kind([np.inf, 0.0, np.inf], expected) == "finite"
    assert kind([np.nan, 0.0, np.inf], expected) == "finite"
    assert kind([-np.inf, 1e-6, np.inf], expected) == "values"
    assert kind([-np.inf, -np.inf], [-np.inf, -np.inf]) is None


def test_nothing_can_agree_with_nan():
    """An expected NaN is the author's mistake."""
    with pytest.raises(ValueError, match="NaN"):
        difference(np.array([np.nan]), np.array([np.nan]))


def test_zeros_of_both_signs_agree():
    """-0.0 is 0.0."""
    assert kind([-0.0, 0.0], [0.0, -0.0]) is None


def test_the_largest_numbers_do_not_overflow():
    """A difference that no float can hold is a difference."""
    assert kind([-1.7e308], [1.7e308]) == "values"
    assert kind([1.7e308], [1.7e308]) is None


@pytest.mark.parametrize("shape", [(0,), (3, 0)])
def test_empty_arrays_agree(shape):
    """Nothing differs where there is nothing."""
    assert kind(np.zeros(shape), np.ones(shape)) is None
    assert kind(np.zeros(shape, int), np.ones(shape, int)) is None


def test_integers_agree_only_if_they_are_the_same():
    """Counts are exact, however large they are."""
    big = 2**53

    assert kind([big + 1, 0], [big + 1, 0], dtype="float32") is None
    assert kind([big + 1, 0], [big, 0], dtype="float32") == "values"
    found = difference(np.array([7, -(2**62)]), np.array([7, 2**62]))
    assert found is not None
    assert (found.actual, found.expected) == (str(-(2**62)), str(2**62))
    assert (found.worst, found.count, found.index) == (2.0**63, 1, (1,))


def test_the_worst_entry_is_named():
    """A difference says where it is largest, how large, and what was allowed."""
    expected = np.array([[1.0, 2.0], [4.0, 8.0]])
    actual = expected + np.array([[0.0, 0.5], [-1.0, 1e-12]])
    found = difference(actual, expected)

    assert found is not None
    assert (found.count, found.total, found.index) == (2, 4, (1, 0))
    assert (found.actual, found.expected, found.worst) == ("3", "4", 1.0)
    assert found.relative == 0.25
    assert found.allowed == pytest.approx(8e-9)


def test_a_result_is_judged_in_the_coarser_of_two_dtypes():
    """Computed in or delivered in; integers count as exact, half precision as float32."""
    assert judged_dtype(np.zeros(1, "float32"), "float64") == "float32"
    assert judged_dtype(np.zeros(1), "float32") == "float32"
    assert judged_dtype(np.zeros(1, "float16"), "float64") == "float32"
    assert judged_dtype(np.zeros(1, "int64"), "float64") == "float64"


def test_the_relative_error_is_what_the_precision_must_exceed():
    """A precision just above the error lets it through, one just below does not."""
    actual, expected = np.array([3.0, 4.0 + 4e-6, np.inf]), np.array([3.0, 4.0, np.inf])
    rule = {"terms": 4, "condition": 2.0}
    error = relative_error(actual, expected, **rule)

    assert error == pytest.approx(4e-6 / (2 * 2 * 4))
    assert kind(actual, expected, precision={"float64": 1.001 * error}, **rule) is None
    assert kind(actual, expected, precision={"float64": 0.999 * error}, **rule) == "values"


def softmaxes(logits: Any) -> list[Any]:
    """Return the softmax of logits, shifted and not, and by way of the logarithm."""
    shifted = logits - logits.max(1, keepdims=True)
    powers, small = np.exp(logits), np.exp(shifted)
    log_sum = np.log(small.sum(1, keepdims=True))
    return [
        powers / powers.sum(1, keepdims=True),
        small / small.sum(1, keepdims=True),
        np.exp(shifted - log_sum),
    ]


@settings(max_examples=60, derandomize=True)
@given(SHAPES, SEEDS)
def test_correct_ways_to_write_a_softmax_agree_in_float32(shape, seed):
    """Shifted or not, in float32, agrees with float64; an error of a thousandth never does."""
    logits = np.random.RandomState(seed).standard_normal(shape) * 3
    exact = softmaxes(logits)[1]
    condition = float(np.abs(logits).max())

    for written in softmaxes(logits.astype("float32")):
        more = {"dtype": "float32", "terms": shape[1], "condition": condition}
        assert written.dtype == np.float32
        assert difference(written, exact, **more) is None
    assert kind(exact * 1.001, exact, dtype="float32", terms=shape[1]) == "values"


def naive_sum(values: Any) -> Any:
    """Return the sum from the first to the last, rounding in float32 each time."""
    total = np.float32(0)
    for value in values:
        total = np.float32(total + value)
    return np.asarray(total)


@settings(max_examples=40, derandomize=True)
@given(st.integers(1, 2000), SEEDS)
def test_sums_in_any_order_agree_in_float32(n, seed):
    """Naive and pairwise sums agree with float64 under the square-root rule."""
    values = np.random.RandomState(seed).standard_normal(n).astype("float32")
    exact = np.asarray(values.astype("float64").sum())
    more: dict[str, Any] = {"dtype": "float32", "terms": n, "scale": float(np.abs(values).max())}

    for found in (naive_sum(values), naive_sum(values[::-1]), np.asarray(values.sum())):
        assert difference(found, exact, **more) is None
    assert difference(exact + 1e-3 * more["scale"] * n, exact, **more) is not None


@settings(max_examples=40, derandomize=True)
@given(SHAPES, st.integers(1, 60), SEEDS)
def test_matrix_products_in_any_order_agree_in_float32(shape, inner, seed):
    """BLAS and loops agree with float64, and none of them with an error of a thousandth."""
    state = np.random.RandomState(seed)
    left = state.standard_normal((shape[0], inner)).astype("float32")
    right = state.standard_normal((inner, shape[1])).astype("float32")
    exact = left.astype("float64") @ right.astype("float64")
    scale = float((np.abs(left) @ np.abs(right)).max())
    loops = np.zeros(shape, "float32")
    for k in range(inner):
        loops += np.outer(left[:, k], right[k])

    for found in (left @ right, loops, np.einsum("ik,kj->ij", left, right)):
        assert difference(found, exact, dtype="float32", scale=scale) is None
    wrong = exact + 1e-3 * scale
    assert kind(wrong, exact, dtype="float32", terms=inner, scale=scale) == "values"


@settings(max_examples=100, derandomize=True)
@given(SHAPES, SEEDS, st.sampled_from(["float32", "float64"]), st.integers(-30, 30))
def test_an_error_of_a_thousandth_is_always_seen(shape, seed, dtype, power):
    """In float32 and float64, at any magnitude, in any one entry of ordinary size."""
    expected = np.random.RandomState(seed).uniform(0.5, 1.0, shape) * 10.0**power
    actual = expected.copy()
    actual.flat[seed % actual.size] *= 1.001

    assert kind(actual.astype(dtype), expected, dtype=dtype, terms=100) == "values"
    assert kind(expected.astype(dtype), expected, dtype=dtype) is None
