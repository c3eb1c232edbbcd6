"""Central differences, on functions whose gradient is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.worker.differences import central_differences
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
