"""Which pairs of a class have alike code for one exercise, and how alike strangers are.

Every learner is compared with those with whom they share rare parts, found through an index, so the
work grows little faster than the class. How alike strangers are is seen in pairs drawn at random.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

        drawn: the shares of pairs drawn at random.

        own: how many symbols each learner has of their own.
    """

    pairs: Mapping[tuple[str, str], Alike]
    drawn: Mapping[tuple[str, str], float]
    own: Mapping[str, float]

    def strangers(self, pair: tuple[str, str]) -> float:
        """Return how many of the other pairs drawn are at least as much alike, from 0 to 1."""
        others = [share for other, share in self.drawn.items() if other != pair]
        as_much = sum(share >= self.pairs[pair].share for share in others)
        return as_much / len(others) if others else 0.0

    def quantile(self, part: float) -> float | None:
        """Return the share that all but *part* of the pairs drawn stay below."""
        shares = sorted(self.drawn.values())
        return (
            shares[min(len(shares) - 1, math.floor(len(shares) * (1 - part)))] if shares else None
        )


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
    drawn = {pair: between(*pair).share for pair in _drawn(codes)}
    return Compared(found, drawn, own)


def _drawn(codes: Mapping[str, Code]) -> Iterator[tuple[str, str]]:
    """Yield all pairs of a small class; of a larger one, some, the same at every call."""
    learners = list(codes)
    count = len(learners)
    if count * (count - 1) // 2 <= _DRAWN:
        places: Iterable[tuple[int, int]] = itertools.combinations(range(count), 2)
    else:
        draw = random.Random(count)
        places = (_two(draw, count) for _number in range(_DRAWN))
    for one, other in places:
        pair = learners[one], learners[other]
        if codes[pair[0]].owner != codes[pair[1]].owner:
            yield pair


def _two(draw: random.Random, count: int) -> tuple[int, int]:
    """Return two different numbers below *count*, the smaller first."""
    one, other = sorted(draw.sample(range(count), 2))
    return one, other


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
