"""Statistical tests of random output, with a known probability of false alarms and known power.

A p-value is the probability that a correct answer deviates at least this much. An assertion fails
if the p-value is below :data:`FALSE_ALARM`, which all tests of an assertion share. The power of a
test is the probability that it detects a given deviation; :func:`detectable` returns the deviation
that is detected with probability :data:`POWER`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: probability that an assertion rejects a correct answer
FALSE_ALARM = 1e-9
#: probability of detecting a deviation that is called detectable
POWER = 0.999
#: number of tests in :func:`normal_p_values`
_NORMAL_TESTS = 6
#: the deviations beyond which values are counted
_TAILS = (1, 2, 3)


def rate_p_value(count: int, trials: int, rate: float) -> float:
    """Return the exact two-sided binomial p-value of *count* successes in *trials*.

    Raises:
        ValueError: *count* is not in 0 … *trials*.
    """
    from scipy.stats import binomtest

    return float(binomtest(count, trials, rate).pvalue)


def normal_p_values(values: NDArray[Any], mean: float, deviation: float) -> dict[str, float]:
    """Return p-values for the hypothesis that independent *values* are normally distributed.

    ``mean`` is a z-test, ``deviation`` the chi-square test of the variance, ``shape`` the
    Kolmogorov-Smirnov test, and ``beyond k`` the binomial test of the number of values that far
    from the mean. All are exact; the others have the power that ``shape`` lacks, in the middle and
    in the tails.

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
        **{
            f"beyond {k}": rate_p_value(int((abs(standard) > k).sum()), n, float(2 * norm.sf(k)))
            for k in _TAILS
        },
    }


def independence_p_value(values: NDArray[Any]) -> float:
    """Return a p-value for the hypothesis that ``(n, d)`` indicators are independent.

    If rows share a mask, the sums of rows vary much more than with independent entries; if each row
    has a fixed number of ones, much less. The p-value is exact or too large, for any size and rate:
    it is Chernoff's bound for the dispersion of *n* binomial sums, divided by the probability of
    the observed total.
    """
    from scipy.stats import binom

    kept = np.asarray(values, np.float64)
    n, d = kept.shape
    rate = float(kept.mean())
    if rate in (0.0, 1.0) or n < 2:
        return 1.0
    dispersion = float(((kept.sum(1) - d * rate) ** 2).sum())
    given = float(binom.logpmf(round(float(kept.sum())), n * d, rate))
    tail = _dispersion_tail(n, d, rate, dispersion)
    return min(1.0, 2 * math.exp(min(0.0, tail - given)))


def rate_power(trials: int, rate: float, actual: float, level: float = FALSE_ALARM) -> float:
    """Return the exact power of the binomial test if the rate is *actual*."""
    from scipy.stats import binom

    low, high = _accepted(trials, rate, level)
    return float(binom.cdf(low - 1, trials, actual) + binom.sf(high - 1, trials, actual))


def mean_power(n: int, shift: float, level: float = FALSE_ALARM / _NORMAL_TESTS) -> float:
    """Return the exact power of the test of the mean for a *shift*, in standard deviations."""
    from scipy.stats import norm

    bound, away = norm.isf(level / 2), abs(shift) * math.sqrt(n)
    return float(norm.sf(bound - away) + norm.cdf(-bound - away))


def deviation_power(n: int, factor: float, level: float = FALSE_ALARM / _NORMAL_TESTS) -> float:
    """Return the exact power of the test of the deviation if it is *factor* times as large."""
    from scipy.stats import chi2

    low, high = chi2.ppf(level / 2, n), chi2.isf(level / 2, n)
    return float(chi2.cdf(low / factor**2, n) + chi2.sf(high / factor**2, n))


def independence_power(
    n: int, d: int, rate: float, correlation: float, level: float = FALSE_ALARM
) -> float:
    """Return the approximate power of :func:`independence_p_value` for a *correlation* within rows.

    The variance of a row's sum is then ``1 + (d - 1) * correlation`` times as large.
    """
    from scipy.stats import chi2

    times = _most_dispersion(n, d, rate, level) / (n * d * rate * (1 - rate))
    return float(chi2.sf(times * n / (1 + (d - 1) * correlation), n - 1))


def detectable(power: Callable[[float], float], none: float, much: float) -> float:
    """Return the smallest deviation between *none* and *much* with a *power* of :data:`POWER`.

    Raises:
        ValueError: the power for *much* is too low.
    """
    if power(much) < POWER:
        raise ValueError(f"a deviation of {much} is not seen with a chance of {POWER}")
    for _halving in range(60):
        middle = (none + much) / 2
        none, much = (none, middle) if power(middle) >= POWER else (middle, much)
    return much


@cache
def _accepted(trials: int, rate: float, level: float) -> tuple[int, int]:
    """Return the first count that is accepted, and the first one above it that is not."""
    most_likely = int((trials + 1) * rate)
    low = _first(lambda k: rate_p_value(k, trials, rate) >= level, 0, most_likely)
    return low, _first(lambda k: rate_p_value(k, trials, rate) < level, most_likely, trials + 1)


@cache
def _most_dispersion(n: int, d: int, rate: float, level: float) -> float:
    """Return the dispersion of sums above which :func:`independence_p_value` is below *level*."""
    from scipy.stats import binom

    bound = math.log(level / 2) + float(binom.logpmf(round(n * d * rate), n * d, rate))
    low = high = n * d * rate * (1 - rate)
    while _dispersion_tail(n, d, rate, high) > bound:
        low, high = high, 2 * high
    for _halving in range(40):
        mean = (low + high) / 2
        low, high = (mean, high) if _dispersion_tail(n, d, rate, mean) > bound else (low, mean)
    return high


def _dispersion_tail(n: int, d: int, rate: float, dispersion: float) -> float:
    """Return the logarithm of Chernoff's bound for the *dispersion* of *n* binomial sums.

    That is ``min over t of n * log E[exp(t * (k - d * rate)**2)] - t * dispersion``, with t > 0 for
    more dispersion than expected and t < 0 for less. It is convex in t, and 0 at t = 0.
    """
    from scipy.optimize import minimize_scalar
    from scipy.stats import binom

    k = np.arange(d + 1)
    chances, squares = binom.logpmf(k, d, rate), (k - d * rate) ** 2
    variance = d * rate * (1 - rate)

    def exponent(t: float) -> float:
        # SciPy's logsumexp takes thirty times as long for so few terms.
        logs = chances + t / variance * squares
        most = logs.max()
        return float(n * (most + np.log(np.exp(logs - most).sum())) - t / variance * dispersion)

    more = dispersion > n * variance
    best = minimize_scalar(exponent, bounds=(0, 40) if more else (-40, 0), method="bounded")
    return min(0.0, float(best.fun))


def _first(true: Callable[[int], bool], low: int, high: int) -> int:
    """Return the first number from *low* on for which *true* holds, or *high*."""
    return low + bisect_left(range(low, high), True, key=true)
