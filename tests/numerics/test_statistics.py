"""Tests of random output: right p-values, no false alarms, power where it is claimed."""

from __future__ import annotations

import itertools
import math
import runpy
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from grader.numerics.statistics import (
    FALSE_ALARM,
    POWER,
    detectable,
    deviation_power,
    independence_p_value,
    independence_power,
    mean_power,
    normal_p_values,
    rate_p_value,
    rate_power,
)

ROOT = Path(__file__).resolve().parents[2]


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
    runs = [normal_p_values(state.standard_normal(60), 0, 1) for _ in range(1500)]

    for name in runs[0]:
        column = np.array([run[name] for run in runs])
        count = int((column < 1e-3).sum())
        assert stats.binom.sf(count - 1, 1500, 1e-3) > 1e-6
        if not name.startswith("beyond"):  # a count has few p-values, and 1 is a common one
            assert abs(np.median(column) - 0.5) < 0.06
    assert min(min(run.values()) for run in runs) > FALSE_ALARM


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
    """Also where successes are rare, p-values below 1e-2 are as rare as they claim."""
    state = np.random.RandomState(3)
    p = [independence_p_value(state.random_sample((n, d)) < rate) for _ in range(200)]
    count = sum(value < 1e-2 for value in p)

    assert stats.binom.sf(count - 1, 200, 1e-2) > 1e-6
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


def test_a_single_row_says_nothing():
    """There is nothing to compare its sum with."""
    assert independence_p_value(np.array([[1, 0, 1, 0]])) == 1.0


@settings(max_examples=15)
@given(n=st.integers(2, 4), d=st.integers(1, 5), share=st.floats(0.1, 0.9))
def test_independence_has_no_more_false_alarms_than_its_level(n, d, share):
    """Of all tables with one total, which are equally likely: their p-values are no smaller."""
    total = min(max(1, round(share * n * d)), n * d - 1)
    chances: dict[float, float] = {}
    for sums in itertools.combinations_with_replacement(range(d + 1), n):
        if sum(sums) == total:
            orders = len(set(itertools.permutations(sums)))
            p = independence_p_value(np.arange(d) < np.array(sums)[:, None])
            tables = orders * math.prod(math.comb(d, k) for k in sums)
            chances[p] = chances.get(p, 0.0) + tables / math.comb(n * d, total)

    for level in chances:
        assert sum(chance for p, chance in chances.items() if p <= level) <= level + 1e-9


def test_few_rows_that_agree_are_no_wonder():
    """Three sums of 3600 entries are the same once in 10 000 times."""
    rows = np.zeros((3, 3600))
    rows[:, :1440] = 1

    assert independence_p_value(rows) > 1e-4


def test_rare_successes_raise_no_alarm():
    """Where a chi-square test would raise four times as many as it may."""
    state = np.random.RandomState(6)
    sums = state.binomial(40, 0.01, (20_000, 100))
    most = sums[((sums - sums.mean(1, keepdims=True)) ** 2).sum(1).argsort()[-20:]]

    for row in most:  # the worst thousandth
        assert independence_p_value(np.arange(40) < row[:, None]) > 1e-5


# -- all inputs ------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(n=st.integers(1, 60), rate=st.floats(0.01, 0.99), exponent=st.integers(1, 6))
def test_no_rate_has_more_false_alarms_than_its_level(n, rate, exponent):
    """Summed over all outcomes, whatever the number of trials and the rate."""
    level = 10.0**-exponent
    p = np.array([rate_p_value(k, n, rate) for k in range(n + 1)])

    alarms = stats.binom.pmf(np.arange(n + 1), n, rate)[p < level].sum()
    assert alarms <= level * (1 + 1e-12)  # a sum of rounded probabilities
    assert rate_power(n, rate, rate, level) == pytest.approx(alarms, abs=1e-12)


@settings(max_examples=40)
@given(n=st.integers(1, 60), rate=st.floats(0.05, 0.95), actual=st.floats(0.01, 0.99))
def test_the_power_of_a_rate_is_the_chance_of_an_alarm(n, rate, actual):
    """As summed over all outcomes that raise one."""
    level = 1e-3
    p = np.array([rate_p_value(k, n, rate) for k in range(n + 1)])

    alarms = stats.binom.pmf(np.arange(n + 1), n, actual)[p < level].sum()
    assert rate_power(n, rate, actual, level) == pytest.approx(alarms, abs=1e-12)


@settings(max_examples=50)
@given(
    values=st.lists(st.floats(-50, 50), min_size=1, max_size=40),
    mean=st.floats(-20, 20),
    deviation=st.floats(0.01, 20),
)
def test_p_values_are_chances_and_know_no_unit(values, mean, deviation):
    """Between 0 and 1, and the same for values in other units."""
    found = normal_p_values(np.array(values), mean, deviation)
    scaled = normal_p_values(np.array(values) * 4 - 8, mean * 4 - 8, deviation * 4)

    for name, p in found.items():
        assert 0 <= p <= 1
        if not name.startswith("beyond"):  # rounding may carry a value over that bound
            assert scaled[name] == pytest.approx(p, rel=1e-4, abs=1e-12)


@settings(max_examples=50)
@given(
    n=st.integers(2, 30), d=st.integers(2, 30), rate=st.floats(0.1, 0.9), seed=st.integers(0, 999)
)
def test_the_order_of_rows_and_columns_does_not_matter_to_independence(n, d, rate, seed):
    """Nor which of the two outcomes is called one."""
    state = np.random.RandomState(seed)
    table = state.random_sample((n, d)) < rate
    p = independence_p_value(table)

    shuffled = table[state.permutation(n)][:, state.permutation(d)]
    assert 0 <= p <= 1
    assert independence_p_value(shuffled) == pytest.approx(p, rel=1e-6)
    assert independence_p_value(~table) == pytest.approx(p, rel=1e-6)


# -- power -----------------------------------------------------------------------------------------


def seen_in(draw, p_value, level, runs=400):
    """Return the share of *runs* in which a test sees what *draw* gives."""
    state = np.random.RandomState(4)
    return sum(p_value(draw(state)) < level for _ in range(runs)) / runs


@pytest.mark.parametrize("shift", [0.2, 0.4, -0.4])
def test_the_power_of_the_mean_is_what_is_seen(shift):
    """In 400 runs, within four deviations of their share."""
    level = 1e-3
    power = mean_power(100, shift, level)
    share = seen_in(
        lambda state: state.standard_normal(100) + shift,
        lambda values: normal_p_values(values, 0, 1)["mean"],
        level,
    )

    assert abs(share - power) < 4 * math.sqrt(power * (1 - power) / 400)


@pytest.mark.parametrize("factor", [0.75, 1.2, 1.3])
def test_the_power_of_the_deviation_is_what_is_seen(factor):
    """Too small and too large."""
    level = 1e-3
    power = deviation_power(100, factor, level)
    share = seen_in(
        lambda state: state.standard_normal(100) * factor,
        lambda values: normal_p_values(values, 0, 1)["deviation"],
        level,
    )

    assert abs(share - power) < 4 * math.sqrt(power * (1 - power) / 400)


def test_the_power_of_independence_is_about_what_is_seen():
    """Rows that share a part of their fate: with probability c an entry takes its row's."""
    level, share_of_row = 1e-3, 0.25

    def table(state):
        own, rows = state.random_sample((60, 90)) < 0.4, state.random_sample((60, 1)) < 0.4
        return np.where(state.random_sample((60, 90)) < share_of_row, rows, own)

    # two entries of a row are correlated if both take its fate
    power = independence_power(60, 90, 0.4, share_of_row**2, level)

    assert seen_in(table, independence_p_value, level, 100) == pytest.approx(power, abs=0.15)


@pytest.mark.parametrize(
    ("power", "none"),
    [
        (partial(rate_power, 20_000, 0.2), 0.2),
        (partial(mean_power, 4_000), 0.0),
        (partial(deviation_power, 4_000), 1.0),
        (partial(independence_power, 60, 90, 0.4), 0.0),
    ],
)
def test_what_is_detectable_is_seen_with_the_stated_chance(power, none):
    """Just so: of nine tenths of that deviation it is not claimed. Without one, alarms are rare."""
    least = detectable(power, none, none + 0.9)

    assert power(least) >= POWER
    assert power(none + 0.9 * (least - none)) < POWER
    assert power(none) <= FALSE_ALARM * (1 + 1e-6)


def test_too_few_draws_detect_nothing():
    """Of ten draws, a mean off by half a deviation cannot be told apart at this budget."""
    with pytest.raises(ValueError, match="not seen"):
        detectable(partial(mean_power, 10), 0.0, 0.5)


def test_the_documented_powers_are_those_computed():
    """The table in the documentation is what the command prints."""
    rows = runpy.run_path(str(ROOT / "benchmarks" / "power.py"))["rows"]()
    page = (ROOT / "docs" / "check-reference.md").read_text(encoding="utf-8")

    assert "\n".join(rows) in page
