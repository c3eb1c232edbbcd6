"""Tests of random output, each with a stated chance of a false alarm.

Every function returns p-values: the chance that a correct answer looks at least this odd.
A check fails below :data:`FALSE_ALARM`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: chance that one test rejects a correct answer
FALSE_ALARM = 1e-9


def rate_p_value(count: int, trials: int, rate: float) -> float:
    """Return the exact two-sided binomial p-value of *count* successes in *trials*.

    Raises:
        ValueError: *count* is not in 0 … *trials*.
    """
    from scipy.stats import binomtest

    return float(binomtest(count, trials, rate).pvalue)


def normal_p_values(values: NDArray[Any], mean: float, deviation: float) -> dict[str, float]:
    """Return p-values that independent *values* come from a normal distribution.

    ``mean`` by a z-test, ``deviation`` by the chi-square test of the variance, ``shape`` by the
    Kolmogorov-Smirnov test. The first two are exact; together they have the power that the third
    lacks.

    Raises:
        ValueError: there are no values, or not all are finite.
    """
    from scipy.stats import chi2, kstest, norm

    flat = np.asarray(values, np.float64).reshape(-1)
    n = flat.size
    if not n or not np.isfinite(flat).all():
        raise ValueError("only finite values can be tested, and at least one")
    standard = (flat - mean) / deviation
    spread = float((standard**2).sum())
    tail = min(float(chi2.cdf(spread, n)), float(chi2.sf(spread, n)))
    return {
        "mean": float(2 * norm.sf(abs(standard.mean()) * np.sqrt(n))),
        "deviation": min(1.0, 2 * tail),
        "shape": float(kstest(standard, "norm").pvalue),
    }


def independence_p_value(values: NDArray[Any]) -> float:
    """Return the p-value that columns of ``(n, d)`` indicators vary independently by row.

    For shared masks the row sums vary far more than independent entries would let them; tested
    with the chi-square dispersion test, given the overall rate. The p-value is right or too large
    where a row can be expected to hold a third of a success and of a failure, or more.
    """
    from scipy.stats import chi2

    kept = np.asarray(values, np.float64)
    n, d = kept.shape
    rate = kept.mean()
    if rate in (0.0, 1.0):
        return 1.0
    dispersion = float(((kept.sum(1) - d * rate) ** 2).sum() / (d * rate * (1 - rate)))
    tail = min(float(chi2.cdf(dispersion, n - 1)), float(chi2.sf(dispersion, n - 1)))
    return min(1.0, 2 * tail)
