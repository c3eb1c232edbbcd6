"""Which pairs of a class have alike code for one exercise, and how alike strangers are.

Every learner is compared with those with whom they share rare parts, found through an index, so the
work grows little faster than the class. How alike strangers are is seen in pairs drawn at random.
"""

from __future__ import annotations

import itertools
import math
import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from .likeness import Alike, Code, Rarity, alike

#: how much of the smaller one's own code must be in the other's
SHARE = 0.85
#: symbols that two must have in common in one exercise for it to count at all
LEAST = 15.0
#: pairs that are drawn to see how alike strangers are
_DRAWN = 2000
#: learners that are looked up at once
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Compared:
    """One exercise of a class, compared.

    Attributes:
        pairs: those that are alike, by their learners in the order given.

        shares: the shares of pairs drawn at random, in order.

        own: how many symbols each learner has of their own.
    """

    pairs: Mapping[tuple[str, str], Alike]
    shares: tuple[float, ...]
    own: Mapping[str, float]

    def strangers(self, share: float) -> float:
        """Return how many pairs drawn at random are at least as much alike, from 0 to 1."""
        if not self.shares:
            return 0.0
        return (len(self.shares) - bisect_left(self.shares, share)) / len(self.shares)

    def quantile(self, part: float) -> float | None:
        """Return the share that all but *part* of the pairs drawn stay below."""
        count = len(self.shares)
        return self.shares[min(count - 1, math.floor(count * (1 - part)))] if count else None


def compared(
    codes: Mapping[str, Code],
    known: Sequence[Code],
    share: float = SHARE,
    progress: Callable[[int], None] = lambda done: None,
) -> Compared:
    """Compare the code of a class for one exercise.

    Args:
        codes: by learner; two with the same owner are no pair.

        known: what counts nothing: starters, the reference, known solutions.

        share: how much must be the same.

        progress: called with the number of learners looked up.
    """
    learners = list(codes)
    rarity = Rarity(list(codes.values()), known)
    weights = {who: rarity.weights(codes[who]) for who in learners}
    own = {who: rarity.own(codes[who], weights[who]) for who in learners}

    def between(one: str, other: str) -> Alike:
        both = weights[one], weights[other]
        return alike(codes[one], codes[other], both, min(own[one], own[other]))

    found = {}
    for one, other in _candidates(codes, weights, own, share, progress):
        likeness = between(one, other)
        if likeness.worth >= LEAST and likeness.share >= share:
            found[one, other] = likeness
    strangers = [between(one, other).share for one, other in _drawn(codes)]
    return Compared(found, tuple(sorted(strangers)), own)


def _drawn(codes: Mapping[str, Code]) -> Iterator[tuple[str, str]]:
    """Yield all pairs of a small class; of a larger one, some, the same at every call."""
    learners = list(codes)
    count = len(learners)
    if count * (count - 1) // 2 <= _DRAWN:
        pairs: Iterator[tuple[str, str]] = itertools.combinations(learners, 2)
    else:
        draw = random.Random(count)
        pairs = (tuple(draw.sample(learners, 2)) for _number in range(_DRAWN))  # type: ignore[misc]
    yield from (pair for pair in pairs if codes[pair[0]].owner != codes[pair[1]].owner)


def _candidates(
    codes: Mapping[str, Code],
    weights: Mapping[str, Sequence[float]],
    own: Mapping[str, float],
    share: float,
    progress: Callable[[int], None],
) -> Iterator[tuple[str, str]]:
    """Yield every pair that can be alike: the worth of all parts that both have is large enough."""
    learners = [who for who in codes if own[who] >= LEAST]
    if len(learners) < 2:
        return
    columns: dict[int, int] = {}
    rows: list[int] = []
    places: list[int] = []
    values: list[float] = []
    for row, who in enumerate(learners):
        code = codes[who]
        worth: dict[int, float] = defaultdict(float)
        for index in code.order:
            if weights[who][index] > 0:
                worth[code.nodes[index].key] += weights[who][index]
        for key, value in worth.items():
            rows.append(row)
            places.append(columns.setdefault(key, len(columns)))
            values.append(value)
    shape = len(learners), len(columns)
    worths = sparse.csr_matrix((values, (rows, places)), shape)
    there = sparse.csr_matrix((np.ones(len(values)), (rows, places)), shape).T.tocsc()
    wanted = np.array([own[who] for who in learners])
    for start in range(0, len(learners), _AT_ONCE):
        progress(start)
        # what is in both, at most: the worth of the row's parts that the column has, too
        most = (worths[start : start + _AT_ONCE] @ there).toarray()
        for row, column in np.argwhere(most > 0):
            one, other = start + int(row), int(column)
            least = max(LEAST, share * min(wanted[one], wanted[other]))
            if one < other and most[row, column] >= least:
                pair = learners[one], learners[other]
                if codes[pair[0]].owner != codes[pair[1]].owner:
                    yield pair
    progress(len(learners))
