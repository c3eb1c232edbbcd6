"""Assertions on random results: exact tests, with a stated chance of a false alarm.

A right answer fails an assertion once in 10⁹ runs, however many tests the assertion makes: they
share the budget. Each assertion is noted in the context.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthoringError
from grader.language import _
from grader.numerics.dependence import dependence_p_values, shifted_p_value
from grader.numerics.orders import order_p_values
from grader.numerics.statistics import (
    FALSE_ALARM,
    independence_p_value,
    normal_p_values,
    rate_p_value,
)

from .assertions import Mismatch, as_array
from .check_context import current_check

Array = NDArray[Any]


def assert_rate(count: int, trials: int, rate: float, what: str) -> None:
    """Assert that *count* of *trials* independent events agrees with the probability *rate*.

    Exact binomial test.

    Raises:
        Mismatch: it does not agree.
    """
    if not trials:
        raise Mismatch(_("{what} is empty.").format(what=what))
    if _alarm(rate_p_value(count, trials, rate)):
        headline = _("{what} does not have the right frequency.").format(what=what)
        detail = _("Occurred {count} times in {trials}, a share of {share}; expected about {rate}.")
        share = f"{count / trials:.4f}"
        raise Mismatch(
            headline, detail.format(count=count, trials=trials, share=share, rate=f"{rate:g}")
        )


def assert_normal(values: Any, mean: float, deviation: float, what: str) -> None:
    """Assert that independent values are normal with this mean and standard deviation.

    Exact tests: of the mean, of the deviation, of the shape (Kolmogorov-Smirnov), and of how many
    values are beyond one, two and three deviations.

    Raises:
        Mismatch: they are not.
    """
    found = as_array(values, what)
    if not found.size:
        raise Mismatch(_("{what} is empty.").format(what=what))
    if found.dtype.kind not in "fiub":
        headline = _("{what} has the wrong kind of dtype.").format(what=what)
        detail = _("Got {actual}, expected {expected}.")
        raise Mismatch(
            headline,
            detail.format(actual=found.dtype.name, expected=current_check().dtype_of(found)),
        )
    flat = found.astype(np.float64).reshape(-1)
    if not np.isfinite(flat).all():
        raise Mismatch(_("{what} contains NaN or infinity.").format(what=what))
    if _alarm(*normal_p_values(flat, mean, deviation).values()):
        headline = _("{what} does not have the right distribution.").format(what=what)
        detail = _(
            "Mean {mean} and deviation {deviation}; expected a normal distribution with {want_mean}"
            " and {want}."
        )
        raise Mismatch(
            headline,
            detail.format(
                mean=f"{flat.mean():.4g}",
                deviation=f"{flat.std():.4g}",
                want_mean=f"{mean:g}",
                want=f"{deviation:g}",
            ),
        )


def assert_independent(events: Any, what: str) -> None:
    """Assert that events are independent of each other, whatever their common rate.

    Tested are sums along and across every axis, the rate of each place, the agreement of all pairs
    of places along an axis, of events at every distance in the order of rows, and of mirrored
    ones. If all events or none happen, there is nothing to test. Events of several calls, with an
    axis for calls, also show places that are never decided, and calls that depend on each other.

    Args:
        events: booleans of any shape with at least one dimension.

    Raises:
        Mismatch: they depend on each other.

        AuthoringError: it is a single event.
    """
    table = np.asarray(events, dtype=bool)
    if not table.ndim:
        raise AuthoringError("independence shows in events of one dimension or more")
    if not table.size:
        raise Mismatch(_("{what} is empty.").format(what=what))
    sides = [np.moveaxis(table, axis, -1).reshape(-1, n) for axis, n in enumerate(table.shape)]
    # With two dimensions, testing one axis also tests the other.
    along = sides if table.ndim == 2 else [view for side in sides for view in (side, side.T)]
    sums = [independence_p_value(view) for view in along]
    if _alarm(*sums, *dependence_p_values(table).values()):
        headline = _(
            "{what} is not decided independently, and with the same probability, for each entry."
        ).format(what=what)
        raise Mismatch(headline)


def assert_unrelated(events: Any, others: Any, what: str) -> None:
    """Assert that *events* do not depend on *others*: neither in the same row nor in another one.

    Tested is the agreement with every column at every distance, round the end.

    Args:
        events: ``(n,)`` booleans, independent, each true with probability 1/2.

        others: ``(n, d)`` booleans, with any probability.

    Raises:
        Mismatch: they depend on each other.
    """
    one, columns = np.asarray(events, dtype=bool), np.asarray(others, dtype=bool)
    if _alarm(shifted_p_value(one, columns)):
        raise Mismatch(_("{what} depends on other random numbers.").format(what=what))


def assert_random_order(orders: Any, what: str) -> None:
    """Assert that every order of the same things is equally likely, anew each time.

    Tested are how often each thing comes at each place, before another and right after another,
    how many keep their place and how many come earlier, and, of at most four things, how often
    each order comes; and the same for what changes from one order to the next.

    Args:
        orders: ``(m, n)`` integers; each row holds 0 … n - 1 in some order.

    Raises:
        Mismatch: the orders are not random, or not independent.

        AuthoringError: a row is not an order; compare it first.
    """
    try:
        p_values = order_p_values(np.asarray(orders))
    except (ValueError, IndexError) as error:
        raise AuthoringError(f"assert_random_order: {error}") from None
    if _alarm(*p_values.values()):
        headline = _("In {what}, not all orders are equally likely, anew each time.")
        raise Mismatch(headline.format(what=what))


def _alarm(*p_values: float) -> bool:
    """Whether the smallest of several p-values is below an equal share of the budget."""
    current_check().chances += 1
    return min(p_values) < FALSE_ALARM / len(p_values)
