"""Central differences, on functions whose gradient is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.worker.finite_differences import (
    DIRECTIONS,
    MOST_ENTRIES,
    SAMPLED,
    Slopes,
    central_differences,
    directions,
    entries,
    slopes,
)
from grader.worker.values import Parameter


def test_the_gradient_of_a_product_is_found() -> None:
    """The vector-Jacobian product of x @ w agrees with the closed form, in both arguments."""
    rng = np.random.default_rng(0)
    x, w, upstream = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=(3, 2))

    dx, dw = central_differences(lambda x, w: x @ w, [x, w], upstream)

    np.testing.assert_allclose(dx, upstream @ w.T, rtol=1e-6)
    np.testing.assert_allclose(dw, x.T @ upstream, rtol=1e-6)


def test_what_is_not_a_floating_array_has_no_gradient() -> None:
    """Integers, numbers and lists are passed on and get None."""
    gradients = central_differences(
        lambda x, n, labels: n * x[labels], [np.ones(3), 2, np.array([0, 2])], np.array([1.0, 5.0])
    )

    assert gradients[1:] == [None, None]
    np.testing.assert_allclose(gradients[0], [2.0, 0.0, 10.0], rtol=1e-6)


def test_a_parameter_counts_as_its_array() -> None:
    """A trainable array has a gradient like any other."""
    (gradient,) = central_differences(lambda x: x**2, [Parameter(np.array([3.0]))], np.ones(1))

    np.testing.assert_allclose(gradient, [6.0], rtol=1e-6)


def test_several_results_are_summed_over() -> None:
    """Each result has its own cotangent, a number where the result is one."""
    (gradient,) = central_differences(
        lambda x: (x.sum(), 2 * x), [np.ones((2, 1))], (3.0, np.array([[1.0], [10.0]]))
    )

    np.testing.assert_allclose(gradient, [[5.0], [23.0]], rtol=1e-6)


def test_a_function_that_changes_its_input_does_not_disturb_the_next_point() -> None:
    """Each evaluation gets arrays of its own."""

    def square(x: Any) -> Any:
        x *= x
        return x

    point = np.array([1.0, 2.0])

    (gradient,) = central_differences(square, [point], np.array([1.0, 1.0]))

    np.testing.assert_allclose(gradient, [2.0, 4.0], rtol=1e-6)
    assert point.tolist() == [1.0, 2.0]


def test_a_result_of_another_shape_is_refused() -> None:
    """A column where a row is due is not broadcast into a number."""
    with pytest.raises(ValueError, match="shape"):
        central_differences(lambda x: x[:, None], [np.ones(3)], np.ones(3))


# -- precision -------------------------------------------------------------------------------------

#: functions of each entry, their slopes, and magnitudes of the entry at which the bound holds
SMOOTH = {
    "sin": (np.sin, np.cos, (1e-6, 1e5)),
    "square": (lambda x: x**2, lambda x: 2 * x, (1e-6, 1e5)),
    "cube": (lambda x: x**3, lambda x: 3 * x**2, (1e-3, 1e5)),
    "log": (np.log, lambda x: 1 / x, (1e-6, 1e5)),
    "inverse": (lambda x: 1 / x, lambda x: -1 / x**2, (1e-6, 1e5)),
    "root": (np.sqrt, lambda x: 0.5 / np.sqrt(x), (1e-6, 1e5)),
    "exp": (lambda x: np.exp(-x), lambda x: -np.exp(-x), (1e-6, 10.0)),
    "product": (lambda x: x * np.sin(x), lambda x: np.sin(x) + x * np.cos(x), (1e-6, 1e5)),
}


@settings(max_examples=150)
@given(data=st.data(), name=st.sampled_from(sorted(SMOOTH)))
def test_the_error_is_below_a_millionth_of_the_largest_slope(data: Any, name: str) -> None:
    """For weights of 1e-6 and inputs of 1e5, whether functions vary on the scale of 1 or of x."""
    function, slope, (least, most) = SMOOTH[name]
    exponent = data.draw(st.floats(np.log10(least), np.log10(most)))
    x = 10**exponent * np.array(data.draw(st.lists(st.floats(0.5, 1.0), min_size=3, max_size=6)))
    c = np.array(data.draw(st.lists(st.floats(0.5, 2), min_size=len(x), max_size=len(x))))

    with np.errstate(invalid="ignore", divide="ignore"):  # a step may leave what log is defined on
        (found,) = central_differences(function, [x], c)

    true = c * slope(x)
    # where the value is large beside the slope, its last bit is all that can be seen
    rounding = 1e-10 * np.abs(function(x)).max() / np.minimum(1, np.abs(x).min())
    bound = 1e-6 * np.abs(true).max() + rounding * (name in ("sin", "product"))
    assert np.abs(found - true).max() <= bound


def test_the_step_grows_with_the_entry() -> None:
    """Beside a square of 10¹² a step that serves small numbers is lost in rounding."""
    x = 1e6 * np.linspace(1, 2, 20)

    (found,) = central_differences(lambda x: x**2, [x], np.ones(20))

    np.testing.assert_allclose(found, 2 * x, rtol=1e-6)


def test_outputs_that_do_not_move_leave_no_rounding_error() -> None:
    """A tiny slope beside huge constant results is as precise as alone."""
    (found,) = central_differences(
        lambda x: np.concatenate([1e-6 * x, np.full(1000, 1e9) / 3]), [np.ones(1)], np.ones(1001)
    )

    np.testing.assert_allclose(found, [1e-6], rtol=1e-9)


# -- kinks -----------------------------------------------------------------------------------------


def seen(function: Any, x: Any, cotangent: Any) -> Slopes:
    """Return the slopes in the only argument."""
    (found,) = slopes(function, [np.asarray(x, float)], np.asarray(cotangent, float), 7)
    assert found is not None
    return found


@settings(max_examples=100)
@given(
    left=st.floats(-3, 3),
    right=st.floats(-3, 3),
    curvature=st.floats(-2, 2),
    at=st.floats(-100, 100),
)
def test_at_a_kink_a_slope_is_what_lies_between_both_sides(
    left: float, right: float, curvature: float, at: float
) -> None:
    """Whatever the slopes on either side, and with curvature on top; alike sides are no kink."""

    def bent(x: Any) -> Any:
        d = x - at
        return np.where(d < 0, left * d, right * d) + curvature * d**2

    # a second entry far from its kink says how large slopes are
    found = seen(lambda x: bent(x) + np.array([0, 3.0]) * (x - at), [at, at + 2], [1.0, 1.0])

    precision = 1e-4 if abs(right - left) < 1e-2 else 1e-5
    assert found.low[0] == pytest.approx(min(left, right), abs=precision)
    assert found.high[0] == pytest.approx(max(left, right), abs=precision)
    assert found.low[1] == found.high[1] == pytest.approx(right + 3 + 4 * curvature, abs=1e-5)


@settings(max_examples=100)
@given(distance=st.floats(-1, 1).map(lambda d: np.sign(d) * 10 ** (-8 * abs(d) - 2)))
def test_near_a_kink_the_slope_of_the_points_own_side_is_right(distance: float) -> None:
    """However near: it is found, or lies in the interval."""
    found = seen(lambda x: np.maximum(x, 0), [distance, 1.0], [2.0, 1.0])

    right = 2.0 if distance > 0 else 0.0
    assert found.low[0] - 1e-6 <= (right if distance else 1.0) <= found.high[0] + 1e-6
    if abs(distance) > 1e-6:
        assert found.low[0] == found.high[0]


@pytest.mark.parametrize(
    ("function", "at"),
    [(np.cosh, 0.0), (lambda x: np.abs(x) ** 1.5, 0.0), (lambda x: np.cosh(50 * x), 0.0)],
)
def test_a_minimum_is_no_kink(function: Any, at: float) -> None:
    """Both sides disagree there, but less the nearer one looks."""
    found = seen(function, [at], [1.0])

    assert found.low.tolist() == found.high.tolist() == [0.0]


@pytest.mark.parametrize(
    "function", [np.floor, lambda x: np.sqrt(np.abs(x)), lambda x: 1 / x, lambda x: np.log(-(x**2))]
)
def test_where_there_is_no_slope_there_is_none(function: Any) -> None:
    """A jump, an infinite slope, a pole, what is not defined: NaN."""
    with np.errstate(all="ignore"):
        found = seen(function, [0.0], [1.0])

    assert np.isnan(found.low).all() and np.isnan(found.high).all()


# -- samples ---------------------------------------------------------------------------------------


class Counted:
    """A function that counts its calls."""

    def __init__(self, function: Any) -> None:
        self.function = function
        self.calls = 0

    def __call__(self, *args: Any) -> Any:
        """Call it."""
        self.calls += 1
        return self.function(*args)


def test_a_large_argument_costs_no_more_than_a_sample() -> None:
    """Of 10 000 entries 64 are moved, and four directions: 137 calls; all of them took 20 001."""
    x, c = np.random.RandomState(0).standard_normal((2, 100, 100))
    function = Counted(lambda x: x**2)

    (found,) = slopes(function, [x], c, 3)

    assert found is not None
    assert function.calls == 1 + 2 * (SAMPLED + DIRECTIONS) == 137
    expected = Slopes.of(2 * x * c, 3)
    np.testing.assert_allclose(found.middle, expected.middle, atol=1e-7)


@pytest.mark.parametrize(("size", "calls"), [(MOST_ENTRIES, 513), (MOST_ENTRIES + 1, 137)])
def test_few_entries_are_all_looked_at(size: int, calls: int) -> None:
    """Up to 256 of them, twice each and once where they are."""
    function = Counted(lambda x: 3 * x)

    (found,) = slopes(function, [np.ones(size)], np.ones(size), 3)

    assert found is not None
    assert (function.calls, len(found.low)) == (calls, size if size == MOST_ENTRIES else 68)


@given(size=st.integers(0, 3000), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_entries_and_directions_depend_on_the_seed_alone(size: int, seed: int) -> None:
    """The same on every call: distinct entries in order, directions about one long."""
    chosen, along = entries((size,), seed), directions((size,), seed)

    assert chosen.tolist() == entries((size,), seed).tolist() == sorted(set(chosen.tolist()))
    assert (along == directions((size,), seed)).all()
    if size > MOST_ENTRIES:
        assert (len(chosen), along.shape) == (SAMPLED, (DIRECTIONS, size))
        assert (np.abs(along) * size**0.5 >= 0.5).all() and (np.abs(along) * size**0.5 < 1.5).all()
        assert chosen.tolist() != entries((size,), seed ^ 1).tolist()
    else:
        assert (chosen.tolist(), along.shape) == (list(range(size)), (0, size))


def test_directions_are_those_of_every_machine() -> None:
    """Recorded slopes stand for the same entries and directions everywhere."""
    assert entries((20, 30), 5)[:5].tolist() == [10, 30, 34, 36, 44]
    assert directions((20, 30), 5)[0, :3].tolist() == pytest.approx(
        [-0.04188542196716972, 0.036742379441126134, -0.027205176108068736], abs=1e-15
    )


@settings(max_examples=60)
@given(entry=st.integers(0, 899), error=st.floats(-1, 1).filter(lambda e: abs(e) > 1e-3))
def test_an_error_in_any_one_entry_shows_along_every_direction(entry: int, error: float) -> None:
    """By half its size or more, over the root of the number of entries."""
    gradient = np.random.RandomState(1).standard_normal((30, 30))
    wrong = gradient.copy()
    wrong.flat[entry] += error
    shift = np.abs(Slopes.of(wrong, 9).low - Slopes.of(gradient, 9).low)[SAMPLED:]

    assert (shift >= 0.49 * abs(error) / 30).all()


# -- as a neutral value ----------------------------------------------------------------------------


def test_slopes_go_over_the_wire_and_back() -> None:
    """Shape and both ends are the same, for few entries and for many."""
    for shape in [(), (3, 4), (40, 50)]:
        sent = Slopes.of(np.ones(shape), 1)

        back = Slopes.read(sent.neutral())

        assert (back.shape, back.low.tolist()) == (shape, sent.low.tolist())


GOOD = Slopes.of(np.ones((2, 3)), 0).neutral()


@pytest.mark.parametrize(
    "lie",
    [
        None,
        {},
        GOOD | {"more": 1},
        GOOD | {"shape": (2, 3)},
        GOOD | {"shape": [2, 3.0]},
        GOOD | {"shape": [-2, -3]},
        GOOD | {"shape": [2, 4]},
        GOOD | {"low": [1.0] * 6},
        GOOD | {"low": np.ones(5)},
        GOOD | {"high": np.ones((2, 3))},
        GOOD | {"high": np.ones(6, "f4")},
        {"shape": [10**9, 10**9], "low": np.ones(68), "high": np.ones(68)},
        {"shape": [1] * 40 + [2, 3], "low": np.ones(6), "high": np.ones(6)},
    ],
    ids=str,
)
def test_what_are_no_slopes_is_refused(lie: Any) -> None:
    """Another form, another number of entries than the shape has, a shape that no array has."""
    with pytest.raises(ValueError):
        Slopes.read(lie)
