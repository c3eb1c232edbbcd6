"""Dependence between random events: in all pairs of places, at all distances, in mirrored places.

Every p-value of :func:`dependence_p_values` is for the hypothesis that all events are independent
and equally likely, at any rate. The rate is not known, so each is the probability at the observed
rate, divided by that of the observed total: exact or too large.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: places along an axis of which all pairs are compared
MOST_PLACES = 128
#: events of which all distances are compared
MOST_DISTANT = 4_000
#: distances at which all events are compared
NEIGHBOURS = 16


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


def _places(side: Array, rate: float) -> Array:
    """Return the logarithms of p-values of the number of events at each place."""
    return _log_p(side.sum(1), side.shape[1], rate)


def _pairs(side: Array, rate: float) -> Array:
    """Return those of the number of agreements of all pairs of places."""
    places, n = side.shape
    ones = side.astype(np.float64)
    counts = ones.sum(1)
    # Both or neither: of n, all but those that only one of them has.
    agree = n - counts[:, None] - counts[None, :] + 2 * (ones @ ones.T)
    return _log_p(agree[np.triu_indices(places, 1)], n, _agreement(rate))


def _distances(row: Array, rate: float) -> Array:
    """Return those of the number of agreements at every distance up to half of all.

    Of more than :data:`MOST_DISTANT`, only :data:`NEIGHBOURS` are all compared.
    """
    agreements, pairs = [], []
    for distance in range(1, min(len(row), MOST_DISTANT) // 2 + 1):
        if distance == NEIGHBOURS + 1:
            row = row[:MOST_DISTANT]
        blocks = len(row) // (2 * distance)
        # No event is in two pairs, so the pairs are independent.
        halves = row[: 2 * distance * blocks].reshape(blocks, 2, distance)
        agreements.append(np.count_nonzero(halves[:, 0] == halves[:, 1]))
        pairs.append(blocks * distance)
    return _log_p(np.array(agreements), np.array(pairs), _agreement(rate))


def _mirrored(table: Array, rate: float) -> Array:
    """Return those of the number of agreements with mirror images and transposes."""
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
    return _log_p(np.array(agreements), np.array(sizes), _agreement(rate))


def _agreement(rate: float) -> float:
    """Return the probability that two independent events both happen or both do not."""
    return rate**2 + (1 - rate) ** 2


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


def _joint(found: list[Array], total: float) -> float:
    """Return the p-value of the most unlikely of all tests in *found*, given the total."""
    logs = np.concatenate([np.zeros(1), *(one.reshape(-1) for one in found)])
    return float(np.exp(min(0.0, logs.min() + np.log(len(logs)) - total)))
