"""Tests of random output: right p-values, no false alarms, power where it is claimed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from grader.numerics.statistics import (
    FALSE_ALARM,
    independence_p_value,
    normal_p_values,
    rate_p_value,
)


def test_a_rate_is_judged_by_the_exact_binomial_test():
    """The p-value sums the outcomes that are no likelier than the one seen."""
    n, rate, seen = 20, 0.3, 11
    chances = stats.binom.pmf(np.arange(n + 1), n, rate)
    exact = chances[chances <= chances[seen] * (1 + 1e-7)].sum()

    assert rate_p_value(seen, n, rate) == pytest.approx(exact)
    assert rate_p_value(6, 20, 0.3) == pytest.approx(1.0)
    assert rate_p_value(0, 5, 0.0) == rate_p_value(5, 5, 1.0) == 1.0
    assert rate_p_value(1, 5, 0.0) == 0.0


@pytest.mark.parametrize(("count", "trials"), [(-1, 4), (5, 4)])
def test_a_count_out_of_range_is_refused(count, trials):
    """There is no such outcome."""
    with pytest.raises(ValueError):
        rate_p_value(count, trials, 0.5)


def test_a_rate_has_no_false_alarms_over_all_outcomes():
    """Summed over all outcomes, the chance of an alarm is below the budget."""
    n, rate = 400, 0.2
    p = np.array([rate_p_value(k, n, rate) for k in range(n + 1)])
    chances = stats.binom.pmf(np.arange(n + 1), n, rate)

    for budget in (FALSE_ALARM, 1e-4):
        assert chances[p < budget].sum() <= budget


def test_a_rate_that_is_off_is_seen():
    """With 20 000 trials at 0.3, a true rate of 0.26 passes less than once in a thousand."""
    n, rate = 20_000, 0.3
    counts = np.arange(5_500, 6_500)
    passing = counts[[rate_p_value(int(k), n, rate) >= FALSE_ALARM for k in counts]]
    chance = stats.binom.cdf(passing.max(), n, 0.26) - stats.binom.cdf(passing.min() - 1, n, 0.26)

    assert chance < 1e-3


def test_normal_p_values_are_those_of_their_tests():
    """A z-test, a chi-square test and Kolmogorov-Smirnov, against scipy and by hand."""
    values = np.random.RandomState(5).standard_normal((4, 25)) * 2 + 3
    found = normal_p_values(values, 3.0, 2.0)
    z = (values.mean() - 3) / (2 / math.sqrt(100))
    spread = (((values - 3) / 2) ** 2).sum()

    assert found["mean"] == pytest.approx(math.erfc(abs(z) / math.sqrt(2)))
    both = 2 * min(stats.chi2(100).cdf(spread), stats.chi2(100).sf(spread))
    assert found["deviation"] == pytest.approx(both)
    exact = stats.kstest(values.reshape(-1), "norm", args=(3, 2)).pvalue
    assert found["shape"] == pytest.approx(exact)


@pytest.mark.parametrize("bad", [[], [1.0, np.nan], [np.inf, 0.0]])
def test_what_is_not_finite_has_no_distribution(bad):
    """Nothing, NaN and infinities are refused, not passed."""
    with pytest.raises(ValueError, match="finite"):
        normal_p_values(np.array(bad), 0, 1)


def test_normal_values_raise_no_alarm():
    """Of 1500 samples, a share near 1e-3 has a p-value below 1e-3: p-values mean what they say."""
    state = np.random.RandomState(11)
    p = np.array(
        [[*normal_p_values(state.standard_normal(60), 0, 1).values()] for _ in range(1500)]
    )

    for column in p.T:
        count = int((column < 1e-3).sum())
        assert stats.binom.sf(count - 1, 1500, 1e-3) > 1e-6
        assert abs(np.median(column) - 0.5) < 0.06
    assert p.min() > FALSE_ALARM


@pytest.mark.parametrize(
    "wrong",
    [
        lambda state: state.standard_normal(2000) + 0.3,
        lambda state: state.standard_normal(2000) * 1.3,
        lambda state: state.standard_normal(2000) * 0.8,
        lambda state: state.uniform(-(3**0.5), 3**0.5, 8000),
        lambda state: np.repeat(state.standard_normal(20), 100),
        lambda state: np.zeros(2000),
    ],
)
def test_other_distributions_are_seen(wrong):
    """A shift, another deviation, a uniform distribution, repeated values, a constant."""
    for seed in range(20):
        p = normal_p_values(wrong(np.random.RandomState(seed)), 0, 1)

        assert min(p.values()) < FALSE_ALARM


@pytest.mark.parametrize(("n", "d", "rate"), [(60, 90, 0.4), (900, 12, 0.4), (400, 8, 0.05)])
def test_independent_indicators_raise_no_alarm(n, d, rate):
    """Also where successes are rare, p-values below 1e-3 are as rare as they claim."""
    state = np.random.RandomState(3)
    p = [independence_p_value(state.random_sample((n, d)) < rate) for _ in range(1500)]
    count = sum(value < 1e-3 for value in p)

    assert stats.binom.sf(count - 1, 1500, 1e-3) > 1e-6
    assert min(p) > FALSE_ALARM


def test_shared_and_spread_masks_are_seen():
    """One mask for all columns varies too much by row; exactly k per row varies too little."""
    state = np.random.RandomState(3)
    shared = np.repeat(state.random_sample((60, 1)) < 0.4, 90, axis=1)
    exact = np.argsort(state.random_sample((60, 90)), axis=1) < 36

    assert independence_p_value(shared) < FALSE_ALARM
    assert independence_p_value(exact) < FALSE_ALARM


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_constant_indicators_say_nothing(value):
    """Without any variation there is nothing to test."""
    assert independence_p_value(np.full((5, 4), value)) == 1.0
