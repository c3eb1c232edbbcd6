from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.numerics.relations import Case, Relation, find_relation, find_side

STATE = np.random.RandomState(3)
#: of different sizes; both signs; no two values alike
E = STATE.standard_normal((3, 5))
POSITIVE = np.abs(E) + 0.1
X, BIAS, ROWS = STATE.standard_normal((3, 5)), STATE.standard_normal(5), np.array([2.0, -3, 5])
Z = STATE.standard_normal((2, 4, 5, 6))
LOGITS = np.exp(E)
SHARES = LOGITS / LOGITS.sum(1, keepdims=True)
LABELS = np.array([1, 4, 0])
HOT = np.eye(5)[LABELS]


def found(actual, expected, *arguments):
    """Return the relation between two arrays of one call."""
    names = tuple((str(i + 1), argument) for i, argument in enumerate(arguments))
    return find_relation([Case(np.asarray(actual), np.asarray(expected), names)])


def border(array):
    """Return a copy with other values at the border of the last two axes."""
    wrong = array * 3.7 + 1
    wrong[..., 1:-1, 1:-1] = array[..., 1:-1, 1:-1]
    return wrong


def with_rows(array, rows, axis=0):
    """Return a copy with other values at some positions of an axis."""
    wrong = np.moveaxis(array.copy(), axis, 0)
    wrong[rows] = np.sin(40 * wrong[rows]) + 3
    return np.moveaxis(wrong, 0, axis)


TRUE = [
    (0 * E, E, (), Relation("zeros")),
    (-E, E, (), Relation("times", "-1")),
    (2 * E, E, (), Relation("times", "2")),
    (E / 2, E, (), Relation("times", "1/2")),
    (3 * E, E, (X,), Relation("times size", argument="1", axis=0)),
    (E / 5, E, (X,), Relation("over size", argument="1", axis=1)),
    (15 * E, E, (X,), Relation("times size", argument="1")),
    (9 * E, E, (X,), Relation("times square", argument="1", axis=0)),
    (4 * E, E, (X,), Relation("times", "4")),
    (0.7 * E, E, (0.7,), Relation("times argument", argument="1")),
    (E / 0.7, E, (0.7,), Relation("over argument", argument="1")),
    (0.3 * E, E, (0.7,), Relation("times rest", argument="1")),
    (E / 0.3, E, (0.7,), Relation("over rest", argument="1")),
    (3.7 * E, E, (X,), Relation("multiple")),
    (3 * E, E, (X[:, :3],), Relation("times", "3")),
    (np.abs(E), E, (), Relation("size")),
    (np.where(X > 0, E, -E), E, (), Relation("signs")),
    (np.maximum(E, 0), E, (), Relation("rectified")),
    (E**2, E, (), Relation("squared")),
    (np.sqrt(POSITIVE), POSITIVE, (), Relation("root")),
    (np.exp(E), E, (), Relation("exponential")),
    (np.exp(-E), E, (), Relation("inverse exponential")),
    (-np.exp(-E), E, (), Relation("negative inverse exponential")),
    (np.log(POSITIVE), POSITIVE, (), Relation("logarithm")),
    (1 / POSITIVE, POSITIVE, (), Relation("reciprocal")),
    (1 - E, E, (), Relation("complement")),
    (E + 0.3, E, (), Relation("shifted")),
    (X, E, (X,), Relation("argument", argument="1")),
    (E - BIAS, E, (X, BIAS), Relation("term missing", argument="2")),
    (E + BIAS, E, (X, BIAS), Relation("term too many", argument="2")),
    (E / X, E, (X,), Relation("over argument", argument="1")),
    (E * X, E, (X,), Relation("times argument", argument="1")),
    (np.where(X < 0, E * 1.7, E), E, (X,), Relation("where negative", argument="1")),
    (np.where(X > 0, E * 1.7, E), E, (X,), Relation("where positive", argument="1")),
    (E[:, ::-1], E, (), Relation("reversed", axis=1)),
    (E[:, [1, 0, 3, 4, 2]], E, (), Relation("permuted", axis=1)),
    (np.roll(Z, 1, 2), Z, (), Relation("late", axis=2)),
    (np.pad(Z[:, 1:], [(0, 0), (0, 1), (0, 0), (0, 0)]), Z, (), Relation("early", axis=1)),
    (E.T, E, (), Relation("transposed")),
    (E[:, :3].T, E[:, :3], (), Relation("transposed")),
    (Z.transpose(0, 2, 3, 1), Z, (), Relation("axes")),
    (border(Z), Z, (), Relation("border")),
    (with_rows(Z, [0], 2), Z, (), Relation("first wrong", axis=2)),
    (with_rows(Z, [-1], 3), Z, (), Relation("last wrong", axis=3)),
    (with_rows(Z, [1, 3], 2), Z, (), Relation("some wrong", axis=2)),
    (np.where(X > 0, E, 0), E, (), Relation("right or zero")),
    (np.where(X > 0, E, 7.5), E, (), Relation("right or the same")),
    (E + 3 * HOT, E, (X, LABELS), Relation("picked", argument="2")),
    (np.full(E.shape, 0.2), E, (), Relation("constant")),
    (np.where(X > 0, E, np.nan), E, (), Relation("right or not finite")),
    (np.full(E.shape, np.inf), E, (), Relation("none finite")),
    (E * ROWS[:, None], E, (), Relation("multiple in slices", axis=0)),
    (E + ROWS[:, None], E, (), Relation("shifted in slices", axis=0)),
    (LOGITS / LOGITS.sum(0), SHARES, (), Relation("sums", axis=0)),
    (np.exp(X) / np.exp(X).sum(), SHARES, (), Relation("sums")),
    (E.reshape(5, 3), E, (), Relation("shape")),
    (E[0][:, None], E[0], (), Relation("shape")),
    (np.subtract.outer(E[0], X[0]), E[0] - X[0], (), Relation("outer")),
    (E.sum(), E, (), Relation("summed")),
    (E.mean(), E, (), Relation("averaged")),
    (E.sum(0), E, (), Relation("summed", axis=0)),
    (E.mean(1, keepdims=True), E, (), Relation("averaged", axis=1)),
    (E, E.sum(), (), Relation("not summed")),
    (E, E.mean(0), (), Relation("not averaged", axis=0)),
    (Z[:, :, :4], Z, (), Relation("end missing", axis=2)),
    (Z[:, 1:], Z, (), Relation("start missing", axis=1)),
    (Z, Z[..., :4], (), Relation("end too many", axis=3)),
    (Z, Z[..., 2:], (), Relation("start too many", axis=3)),
]


@pytest.mark.parametrize(("actual", "expected", "arguments", "relation"), TRUE)
def test_a_relation_that_holds_is_found(actual, expected, arguments, relation):
    """Each of them, in float64 and after rounding to float32."""
    assert found(actual, expected, *arguments) == relation
    narrow = [np.asarray(a, np.float32) for a in (actual, expected)]
    assert found(*narrow, *arguments) == relation


@pytest.mark.parametrize(("actual", "expected", "arguments", "relation"), TRUE)
def test_a_near_miss_is_not_taken_for_it(actual, expected, arguments, relation):
    """One hundredth off in places, and the relation no longer holds."""
    if relation.kind == "none finite":
        return
    noise = np.random.RandomState(5).standard_normal(np.shape(actual)) * 0.01
    actual = np.asarray(actual) + noise * np.nanmax(np.abs(actual), initial=1)

    assert found(actual, expected, *arguments) is None


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (E, E),
        (E + 1e-5, E),
        (2 * E[0, :3], E[0, :3]),
        (2 * np.ones(9), np.ones(9)),
        (np.array(3.0), np.array(1.5)),
        (np.zeros((0, 3)), E),
        (E, np.full(E.shape, np.nan)),
        (np.array([True, False, True, False]), np.array([False, True, True, False])),
    ],
)
def test_little_evidence_is_none(actual, expected):
    """What is right or nearly so, few values, or all alike, or none."""
    assert found(actual, expected) is None


def test_a_relation_holds_in_every_call():
    """Single numbers add up to evidence; one call that does not fit is enough to drop it."""
    numbers = [Case(np.array(2 * x), np.array(x)) for x in (0.3, 1.1, -2.0, 4.0)]

    assert find_relation(numbers) == Relation("times", "2")
    assert find_relation([*numbers, Case(np.array(1.0), np.array(0.7))]) is None
    assert find_relation([Case(5 * E, E), Case(5 * X, X)]) == Relation("multiple")
    assert find_relation([Case(2 * E, E), Case(-X + 1, X)]) is None
    assert find_relation([]) is None


def test_one_number_is_spoken_of_only_if_it_is_the_same_in_all():
    """A multiple, an amount or a wrong value that changes from result to result is said to."""
    some = np.where(E > 0, E, 7.0)
    more = np.where(X > 0, X, 9.0)

    assert find_relation([Case(2 * E, E), Case(3 * X, X)]) == Relation("multiple in each")
    assert find_relation([Case(E + 0.7, E), Case(X + 0.7, X)]) == Relation("shifted")
    assert find_relation([Case(E + 0.7, E), Case(X + 0.8, X)]) == Relation("shifted in each")
    assert find_relation([Case(some, E)]) == Relation("right or the same")
    assert find_relation([Case(some, E), Case(more, X)]) == Relation("right or the same in each")


def test_what_is_nearly_zero_is_said_to_be():
    """Different values that are equal only beside what was expected are not called the same."""
    noise = 1e-13 * X

    assert find_relation([Case(noise, E)]) == Relation("almost zeros")
    assert find_relation([Case(noise, E), Case(0 * E, E)]) == Relation("almost zeros")
    assert find_relation([Case(0 * E, E)]) == Relation("zeros")
    assert find_relation([Case(1e-3 * X, E)]) is None


def test_where_zeros_are_expected_nothing_is_divided_by_them():
    """A right result may be 0 everywhere, such as ReLU of one negative number."""
    for wrong in (np.array(3.0), np.full(5, 3.0), E):
        cases = [Case(np.full(E.shape, 3.0), E), Case(wrong, 0 * wrong)]
        assert find_relation(cases) != Relation("constant")


def test_what_is_repeated_is_no_mean():
    """Of values that are the same along an axis, the mean says nothing."""
    again = np.repeat(E[:1], 3, axis=0)

    assert find_relation([Case(again, E[:1])]) == Relation("repeated", axis=0)
    assert find_relation([Case(E, E.mean(0, keepdims=True))]) == Relation("not averaged", axis=0)


def test_which_end_is_missing_is_said_only_of_what_is_mostly_there():
    """One row of six is left: too little to say what went wrong."""
    long = np.concatenate([E, X + 5])

    assert find_relation([Case(long[1:], long)]) == Relation("start missing", axis=0)
    assert find_relation([Case(long[-1:], long)]) is None


def test_sizes_that_change_tell_more_than_a_number():
    """N in each call, though the factor is another one; no guess among axes of one size."""
    calls = [Case(n * E[:, :n], E[:, :n], (("x", np.ones((7, n))),)) for n in (3, 4)]
    square = Case(4 * E, E, (("x", np.ones((4, 4))),))
    other = Case(4 * E, E, (("x", np.ones((4, 4))), ("y", np.ones((4, 2)))))

    assert find_relation(calls) == Relation("times size", argument="x", axis=1)
    assert find_relation([square]) == Relation("times", "4")
    assert find_relation([other]) == Relation("times", "4")


def test_a_multiple_is_not_named_by_what_it_is_only_here():
    """Another wrong result shows that the size, or the number, is not what it is."""
    here = Case(3 * E, E, (("x", np.ones((7, 3))), ("p", 0.75)))
    there = Case(3 * X, X, (("x", np.ones((7, 4))), ("p", 0.5)))
    rest = Case(4 * E, E, (("p", 0.75),))

    assert find_relation([here]) == Relation("times size", argument="x", axis=1)
    assert find_relation([here], elsewhere=[here]) == Relation("times size", argument="x", axis=1)
    assert find_relation([here], elsewhere=[there]) == Relation("times", "3")
    assert find_relation([rest]) == Relation("over rest", argument="p")
    assert find_relation([rest], elsewhere=[there]) == Relation("times", "4")


def test_a_cause_that_another_result_contradicts_is_none():
    """Of a sign, of a broadcast, or of an argument; what has too few values contradicts nothing."""
    sign = Case(np.where(X < 0, 9.0, E), E, (("x", X),))
    other = Case(E + 1 + X**2, E, (("x", X),))
    outer = Case(np.subtract.outer(E[0], X[0]), E[0] - X[0])
    few = Case(np.array([4.0]), np.array([1.0]), (("x", np.array([1.0])),))

    assert find_relation([sign]) == Relation("where negative", argument="x")
    assert find_relation([sign], elsewhere=[sign, few]) == Relation("where negative", argument="x")
    assert find_relation([sign], elsewhere=[other]) == Relation("right or the same")
    assert find_relation([outer]) == Relation("outer")
    assert find_relation([outer], elsewhere=[other]) is None


def test_all_values_may_be_on_one_side():
    """Larger or smaller in every call, and many of them."""
    larger = [Case(E + X**2 + 1, E), Case(X + E**2 + 1, X)]
    smaller = [Case(case.expected, case.actual) for case in larger]

    assert find_side(larger) == Relation("above")
    assert find_side(smaller) == Relation("below")
    assert find_side([*larger, *smaller]) is None
    assert find_side([Case(E, E)]) is None
    assert find_side([Case(E[0] + X[0] ** 2 + 1, E[0])]) is None
    assert find_side([Case(E.sum() + E, E), Case(E.sum(), E)]) is None


MASK, OTHER = (np.arange(15).reshape(3, 5) % n != 1 for n in (3, 4))


@pytest.mark.parametrize(
    ("factor", "text"), [(1.0, "1"), (0.3, "p"), (1 / 0.3, "1/p"), (0.7, "(1 − p)"), (1.9, "")]
)
def test_what_a_random_mask_lets_through_is_compared_with_the_argument(factor, text):
    """The same numbers need not be drawn; entries that got through tell the factor."""
    case = Case(factor * E * OTHER, E * MASK / 0.7, (("1", E), ("2", 0.3)))
    number = "2" if "p" in text else ""

    assert find_relation([case], chance=True) == Relation("survivors", text, "1", number=number)


def test_a_factor_with_two_names_has_none():
    """With p = 0.5, p is also 1 − p; results for another p tell which it is."""
    half, less = (
        Case((1 - p) * E * OTHER, E * MASK / (1 - p), (("1", E), ("2", p))) for p in (0.5, 0.3)
    )

    assert find_relation([half], chance=True) == Relation("survivors", argument="1")
    assert find_relation([half], True, [less]) == Relation("survivors", "(1 − p)", "1", number="2")


def test_another_random_mask_is_no_mistake():
    """Nor are values in another order, where chance decides on it."""
    right = Case(E * OTHER / 0.7, E * MASK / 0.7, (("1", E), ("2", 0.3)))

    assert find_relation([right], chance=True) is None
    assert find_relation([Case(E[:, [1, 0, 3, 4, 2]], E)], chance=True) is None


SHAPES = arrays.array_shapes(min_dims=1, max_dims=3, min_side=2, max_side=6)


@settings(max_examples=150)
@given(SHAPES, st.integers(0, 2**32 - 1), st.sampled_from(["float32", "float64"]))
def test_random_results_have_no_relation(shape, seed, dtype):
    """Nothing is said of a result that has nothing to do with the right one."""
    state = np.random.RandomState(seed)
    actual, expected, first = (state.standard_normal(shape).astype(dtype) for _ in range(3))
    second = state.standard_normal(shape[-1:]).astype(dtype)

    if actual.size >= 4:
        assert found(actual, expected, first, second, 0.3, 7.0) is None
        assert found(actual.sum(0), expected, first) is None
        assert found(actual, expected.mean(0), first) is None
