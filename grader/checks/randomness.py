"""Assertions on random results: exact tests, each with a stated chance of a false alarm."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.language import _
from grader.numerics.statistics import FALSE_ALARM, normal_p_values, rate_p_value

from .assertions import Mismatch, as_array
from .ledger import ledger


def assert_rate(count: int, trials: int, rate: float, what: str) -> None:
    """Assert that *count* of *trials* independent events fits the probability *rate*.

    Exact binomial test; a right answer fails it once in 10⁹ runs.

    Raises:
        Mismatch: it does not fit.
    """
    if not trials:
        raise Mismatch(_("{what} is empty.").format(what=what))
    ledger().chances += 1
    if rate_p_value(count, trials, rate) < FALSE_ALARM:
        headline = _("{what} does not have the right frequency.").format(what=what)
        detail = _("Seen {count} times in {trials}, a share of {share}; expected about {rate}.")
        share = f"{count / trials:.4f}"
        raise Mismatch(
            headline, detail.format(count=count, trials=trials, share=share, rate=f"{rate:g}")
        )


def assert_normal(values: Any, mean: float, deviation: float, what: str) -> None:
    """Assert that independent values are normal with this mean and standard deviation.

    Three tests (mean, deviation, Kolmogorov-Smirnov), each failed by a right answer once in 10⁹.

    Raises:
        Mismatch: they are not.
    """
    found = as_array(values, what)
    if not found.size:
        raise Mismatch(_("{what} is empty.").format(what=what))
    if found.dtype.kind not in "fiub":
        headline = _("{what} has the wrong kind of dtype.").format(what=what)
        detail = _("Got {actual}, expected {expected}.")
        raise Mismatch(headline, detail.format(actual=found.dtype.name, expected=ledger().dtype))
    flat = found.astype(np.float64).reshape(-1)
    if not np.isfinite(flat).all():
        raise Mismatch(_("{what} is not finite.").format(what=what))
    p_values = normal_p_values(flat, mean, deviation)
    ledger().chances += len(p_values)
    if min(p_values.values()) < FALSE_ALARM:
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
