"""Tests of random orders: are all orders of n things equally likely, in each of many epochs?

All tests are exact, or bounds of exact ones, for orders that are uniform and independent.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: numbers of things with so many orders that each one is counted
_MOST_ORDERS = 24


def order_p_values(orders: Array) -> dict[str, float]:
    """Return p-values for the hypothesis that ``(m, n)`` *orders* of 0 … n - 1 are uniform.

    Each is that of its most unlikely test, for as many tests as there were:

    - ``places``: how often each thing comes at each place;
    - ``before``: how often one thing comes before another;
    - ``followed``: how often one thing comes right after another;
    - ``kept``: how many things keep their place in all;
    - ``earlier``: how many things come earlier than their place in all;
    - ``orders``: how often each order comes, if n is at most 4.

    What changes from each order to the next is tested likewise (``places of changes`` …).

    Raises:
        ValueError: a row is not an order.
    """
    table = np.asarray(orders)
    n = table.shape[1]
    if not (np.sort(table, axis=1) == np.arange(n)).all():
        raise ValueError("each row must hold every number from 0 to n - 1 once")
    places = np.argsort(table, axis=1)
    changes = np.take_along_axis(places[:-1], table[1:], axis=1)
    found = _tests(table)
    if len(changes):
        found |= {f"{name} of changes": value for name, value in _tests(changes).items()}
    return found


def _tests(table: Array) -> dict[str, float]:
    m, n = table.shape
    if n < 2:
        return {}
    # which[e, k, i]: whether thing i comes at place k in epoch e
    which = table[:, :, None] == np.arange(n)
    at = np.argsort(table, axis=1)
    before = (at[:, :, None] < at[:, None, :]).sum(0)[np.triu_indices(n, 1)]
    follows = np.zeros((n, n), dtype=int)
    np.add.at(follows, (table[:, :-1].reshape(-1), table[:, 1:].reshape(-1)), 1)
    found = {
        "places": _rates(which.sum(0), m, 1 / n),
        "before": _rates(before, m, 1 / 2),
        "followed": _rates(follows[~np.eye(n, dtype=bool)], m, 1 / n),
        "kept": _counted(int((table == np.arange(n)).sum()), _chances_of_kept(m, n)),
        "earlier": _counted(int((table > np.arange(n)).sum()), _chances_of_earlier(m, n)),
    }
    if math.factorial(n) <= _MOST_ORDERS:
        counts = list(Counter(map(tuple, table.tolist())).values())
        found["orders"] = uniform_p_value(counts, math.factorial(n))
    return found


def uniform_p_value(counts: list[int], kinds: int) -> float:
    """Return a p-value for the hypothesis that *kinds* kinds are equally likely.

    A bound for the relative entropy of what was counted (Agrawal 2020, theorem 1.2): the
    probability of an entropy of h or more in m draws of k kinds is at most
    ``exp(-m h) (e m h / (k - 1))**(k - 1)``.

    Args:
        counts: those that are not 0.
    """
    m, free = sum(counts), kinds - 1
    if not m or not free:
        return 1.0
    entropy = sum(count * math.log(count * kinds / m) for count in counts)
    if entropy <= free:
        return 1.0
    return math.exp(min(0.0, free * (1 + math.log(entropy / free)) - entropy))


def _rates(counts: Array, trials: int, rate: float) -> float:
    """Return the p-value of the most unlikely of *counts*, for as many tests."""
    from scipy.stats import binom

    low, high = int(counts.min()), int(counts.max())
    tail = min(float(binom.cdf(low, trials, rate)), float(binom.sf(high - 1, trials, rate)))
    return min(1.0, 2 * counts.size * tail)


def _counted(count: int, chances: Array) -> float:
    """Return the two-sided p-value of a number whose values 0, 1, … have the given *chances*."""
    tails = chances[: count + 1].sum(), chances[count:].sum()
    return min(1.0, 2 * float(min(tails)))


@cache
def _chances_of_kept(m: int, n: int) -> Array:
    """Return the probabilities of 0, 1, … things that keep their place in m epochs in all."""
    # of n things, n - k are deranged; more than 40 are kept with a probability below 1e-47
    one = [_deranged(n - k) / math.factorial(k) for k in range(min(n, 40) + 1)]
    chances = _in_all(np.array(one), m)
    return np.pad(chances, (0, max(0, m * n + 1 - len(chances))))


def _deranged(n: int) -> float:
    """Return the share of the orders of *n* things that keep none in its place."""
    return math.fsum((-1) ** k / math.factorial(k) for k in range(min(n, 30) + 1))


@cache
def _chances_of_earlier(m: int, n: int) -> Array:
    """Return the probabilities of 0, 1, … things that come earlier than their place in m epochs."""
    # Eulerian numbers, each divided by n! (Graham, Knuth and Patashnik, Concrete Mathematics, 6.35)
    one = np.ones(1)
    for size in range(2, n + 1):
        k = np.arange(size)
        one = ((k + 1) * np.append(one, 0) + (size - k) * np.append(0, one)) / size
    return _in_all(one, m)


def _in_all(one: Array, m: int) -> Array:
    """Return the probabilities of a sum of *m* independent numbers from those of *one* of them."""
    chances, power, left = np.ones(1), one, m
    while left:
        if left % 2:
            chances = np.convolve(chances, power)
        left //= 2
        power = np.convolve(power, power) if left else power
    return chances
