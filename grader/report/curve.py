"""Two arrays entry by entry: what a plot of a gradient, or of an array of one axis, shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.worker.values import Array

#: a plot shows so many entries, those around the worst one
MOST_ENTRIES = 48
#: fewer are read faster as numbers
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Curve:
    """Entries of two arrays.

    Attributes:
        got: ``(k,)``, also numbers that are not finite.

        expected: ``(k,)``.

        start: the number of the first entry, counted along all axes.

        size: the number of entries of the whole array.
    """

    got: Array
    expected: Array
    start: int
    size: int


def curve_of(got: Array, expected: Array) -> Curve | None:
    """Return the entries of two arrays of one shape; None if a plot of them shows nothing."""
    mine = got.reshape(-1).astype(np.float64)
    right = expected.reshape(-1).astype(np.float64)
    if mine.size < _FEWEST or not np.isfinite(np.concatenate([mine, right])).any():
        return None
    with np.errstate(all="ignore"):
        apart = np.abs(mine - right)
    worst = int(np.where(np.isnan(apart), np.inf, apart).argmax())
    start = max(0, min(worst - MOST_ENTRIES // 2, mine.size - MOST_ENTRIES))
    shown = slice(start, start + MOST_ENTRIES)
    return Curve(mine[shown], right[shown], start, mine.size)
