"""Dependence between random events: in all pairs of places, at all distances, in mirrored places.

Every p-value of :func:`dependence_p_values` is for the hypothesis that all events are independent
and equally likely, at any rate. The rate is not known, so each is the probability at the observed
rate, divided by that of the observed total: exact or too large.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
#: the logarithm of the smallest p-value of some tests, and how many tests there were
Least = tuple[float, int]

#: places along an axis of which all pairs are compared
MOST_PLACES = 128
#: events of which all distances are compared
MOST_DISTANT = 4_000
#: distances at which all events are compared
NEIGHBOURS = 16
#: by which bounds on logarithms may be off
_ROUNDING = 1e-6


def dependence_p_values(events: Array) -> dict[str, float]:
    """Return p-values for the hypothesis that *events*, of any shape, are independent.

    Each is that of its most unlikely test, for as many tests as there were:

    - ``places``: is some place along an axis decided more or less often than others?
    - ``pairs``: do two places along an axis agree more or less often than independent ones?
    - ``distances``: do events that lie as far apart in the order of rows?
    - ``mirrored``: do events and their mirror images, along any axes or across two of them?
    """
    table = np.asarray(events, dtype=bool)
    rate = float(table.mean()) if table.size else 0.0
    if rate in (0.0, 1.0):
        return {}
    total = _log_chance(table, rate)
    sides = [np.moveaxis(table, axis, 0).reshape(n, -1) for axis, n in enumerate(table.shape)]
    tests = {
        "places": [_places(side, rate) for side in sides],
        "pairs": [_pairs(side, rate) for side in sides if 1 < len(side) <= MOST_PLACES],
        "distances": [_distances(table.reshape(-1), rate)],
        "mirrored": [_mirrored(table, rate)],
    }
    return {name: _joint(found, total) for name, found in tests.items()}


def shifted_p_value(events: Array, others: Array) -> float:
    """Return a p-value for the hypothesis that fair *events* go by none of the *others*.

    It is that of the most unlikely number of agreements at any shift of any column, round the end.

    Args:
        events: ``(n,)`` booleans, each true with probability 1/2.

        others: ``(n, d)`` booleans, with any probability.
    """
    # As ±1, a circular correlation is the number of agreements minus that of disagreements.
    one = np.fft.rfft(2.0 * events - 1.0)
    n = len(events)
    products = one[:, None].conj() * np.fft.rfft(2.0 * others - 1.0, axis=0)
    agreements = np.rint((n + np.fft.irfft(products, n, axis=0)) / 2).astype(int)
    worst = np.array([agreements.min(), agreements.max()])
    return float(np.exp(min(0.0, _log_p(worst, n, 0.5).min() + np.log(agreements.size))))


def _places(side: Array, rate: float) -> Least:
    """Test the number of events at each place."""
    return _least(side.sum(1), side.shape[1], rate)


def _pairs(side: Array, rate: float) -> Least:
    """Test the number of agreements of all pairs of places."""
    places, n = side.shape
    ones = side.astype(np.float64)
    counts = ones.sum(1)
    # Both or neither: of n, all but those that only one of them has.
    agree = n - counts[:, None] - counts[None, :] + 2 * (ones @ ones.T)
    return _least(agree[np.triu_indices(places, 1)], n, _agreement(rate))


def _distances(row: Array, rate: float) -> Least:
    """Test the number of agreements at every distance up to half of all.

    Of more than :data:`MOST_DISTANT`, only :data:`NEIGHBOURS` are all compared.
    """
    firsts, pairs = _firsts_of_pairs(len(row))
    bits, differ = _as_bits(row), []
    for distance, first in enumerate(firsts, 1):
        if distance == NEIGHBOURS + 1:
            bits = _as_bits(row[:MOST_DISTANT])
        differ.append(((bits ^ bits >> distance) & first).bit_count())
    return _least(pairs - np.array(differ, dtype=np.int64), pairs, _agreement(rate))


def _as_bits(row: Array) -> int:
    """Return a whole number whose bits, from the lowest on, are the entries of *row*.

    Comparing all events at one distance then takes three operations on numbers.
    """
    return int.from_bytes(np.packbits(row, bitorder="little").tobytes(), "little")


@lru_cache(maxsize=64)
def _firsts_of_pairs(size: int) -> tuple[tuple[int, ...], Array]:
    """Return, for each distance, which of *size* places are compared with those so far ahead.

    As bits, and how many they are.

    No event is in two pairs, so the pairs are independent: of blocks of two distances, the first
    half is compared with the second.
    """
    firsts = []
    for distance in range(1, min(size, MOST_DISTANT) // 2 + 1):
        width = 2 * distance
        blocks = (size if distance <= NEIGHBOURS else min(size, MOST_DISTANT)) // width
        every_block = ((1 << width * blocks) - 1) // ((1 << width) - 1)
        firsts.append(every_block * ((1 << distance) - 1))
    return tuple(firsts), np.array([first.bit_count() for first in firsts], dtype=np.int64)


def _mirrored(table: Array, rate: float) -> Least:
    """Test the number of agreements with mirror images and transposes."""
    row = table.reshape(-1)
    pairs = [(row[: len(row) // 2], row[::-1][: len(row) // 2])]
    for axis, n in enumerate(table.shape):
        moved = np.moveaxis(table, axis, 0)
        pairs.append((moved[: n // 2], moved[::-1][: n // 2]))
        for other in range(axis):
            if table.shape[other] == n > 1:
                square = np.moveaxis(table, (other, axis), (0, 1))
                above = np.triu_indices(n, 1)
                pairs.append((square[above], np.swapaxes(square, 0, 1)[above]))
    agreements = [np.count_nonzero(one == other) for one, other in pairs]
    sizes = [one.size for one, _other in pairs]
    return _least(np.array(agreements), np.array(sizes), _agreement(rate))


def _agreement(rate: float) -> float:
    """Return the probability that two independent events both happen or both do not."""
    return rate**2 + (1 - rate) ** 2


def _least(counts: Array, trials: Any, rate: float) -> Least:
    """Return the least logarithm of two-sided binomial p-values, and how many there are.

    Of a tail is known without computing it that it is at most ``exp(-n * d)``, where d is the
    relative entropy of the observed and the expected rate a and r, and at least that divided by
    ``sqrt(8 * n * a * (1 - a))`` (Ash, Information Theory, lemma 4.7.2). Only tails that may be the
    smallest are computed.
    """
    from scipy.special import rel_entr

    number = counts.size
    n = np.broadcast_to(trials, counts.shape)
    counts, n = counts[n > 0], n[n > 0]
    if not counts.size:
        return 0.0, number
    observed = counts / n
    most = -n * (rel_entr(observed, rate) + rel_entr(1 - observed, 1 - rate))
    least = most - np.log(np.maximum(8 * n * observed * (1 - observed), 1)) / 2
    chosen = least <= most.min() + _ROUNDING
    return float(_log_p(counts[chosen], n[chosen], rate).min()), number


def _log_p(counts: Array, trials: Any, rate: float) -> Array:
    """Return logarithms of two-sided binomial p-values: twice the smaller tail."""
    from scipy.stats import binom

    # The lower tail is that of the events that do not happen: logcdf would be slower.
    lower = binom.logsf(trials - counts - 1, trials, 1 - rate)
    upper = binom.logsf(counts - 1, trials, rate)
    return np.asarray(np.log(2) + np.minimum(lower, upper))


def _log_chance(table: Array, rate: float) -> float:
    """Return the logarithm of the probability of as many events in all."""
    from scipy.stats import binom

    return float(binom.logpmf(int(table.sum()), table.size, rate))


def _joint(found: list[Least], total: float) -> float:
    """Return the p-value of the most unlikely of all tests in *found*, given the total."""
    least = min(0.0, *(log for log, _number in found)) if found else 0.0
    tests = 1 + sum(number for _log, number in found)
    return float(np.exp(min(0.0, least + np.log(tests) - total)))
