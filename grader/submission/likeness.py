"""How much of two learners' code is the same, of what is the learners' own and rare in their class.

What stands in a starter, in the reference or in a known solution counts nothing, and a part counts
the less the more learners have it: one that two have counts in full, one that all have nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from .normal_code import Part

#: symbols of the smallest part that counts: less is in every program
SMALLEST = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a learner's code.

    Attributes:
        key: equal for parts that are the same in normal form.

        end: the index behind that of its last own part.
    """

    key: int
    size: int
    end: int
    line: int
    last: int


@dataclass(frozen=True, slots=True)
class Code:
    """The code of one learner for one exercise.

    Attributes:
        owner: whose it is; members of a group have one owner.

        nodes: its parts, every whole before its own parts.

        roots: the indices of those that are no part of another.

        order: the indices of all that are large enough to count, the largest first.
    """

    owner: Hashable
    nodes: tuple[Node, ...]
    roots: tuple[int, ...]
    order: tuple[int, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        large = [i for i, node in enumerate(self.nodes) if node.size >= SMALLEST]
        large.sort(key=lambda i: -self.nodes[i].size)
        object.__setattr__(self, "order", tuple(large))

    @classmethod
    def of(cls, owner: Hashable, parts: Iterable[Part]) -> Code:
        """Return the code that consists of *parts*."""
        nodes: list[Node] = []
        roots = []
        for part in parts:
            roots.append(len(nodes))
            _add(part, nodes)
        return cls(owner, tuple(nodes), tuple(roots))

    @property
    def keys(self) -> frozenset[int]:
        """The keys of all parts that are large enough to count."""
        return frozenset(self.nodes[i].key for i in self.order)


def _add(part: Part, nodes: list[Node]) -> None:
    place = len(nodes)
    key = int.from_bytes(blake2b(part.key.encode("utf-8", "replace"), digest_size=8).digest())
    nodes.append(Node(key, part.size, 0, part.line, part.last))
    for inside in part.parts:
        _add(inside, nodes)
    nodes[place] = Node(key, part.size, len(nodes), part.line, part.last)


@dataclass(frozen=True, slots=True)
class Match:
    """A part that two have in common.

    Attributes:
        left, right: its index in the code of each.

        worth: what it counts, in symbols.
    """

    left: int
    right: int
    worth: float


@dataclass(frozen=True, slots=True)
class Alike:
    """What the code of two learners for one exercise has in common.

    Attributes:
        worth: what all matches count, in symbols.

        own: what either has of its own, the smaller of both, in symbols.
    """

    matches: tuple[Match, ...]
    worth: float
    own: float

    @property
    def share(self) -> float:
        """How much of the smaller one's own code is in the other, from 0 to 1."""
        return min(1.0, self.worth / self.own) if self.own else 0.0


class Rarity:
    """What each part of the code for one exercise is worth in a class.

    Args:
        codes: one for each learner.

        known: what counts nothing: starters, the reference, known solutions.
    """

    def __init__(self, codes: Sequence[Code], known: Iterable[Code] = ()) -> None:
        self._known = frozenset(key for code in known for key in code.keys)
        owners: dict[Hashable, set[int]] = defaultdict(set)
        for code in codes:
            owners[code.owner] |= code.keys
        self.count = len(owners)
        self.having = Counter(key for keys in owners.values() for key in keys)

    def of(self, key: int) -> float:
        """Return the worth of one symbol of the part *key*, from 0 to 1."""
        if key in self._known:
            return 0.0
        having = max(2, self.having[key])
        if self.count <= 2:
            return 1.0
        return max(0.0, math.log(self.count / having) / math.log(self.count / 2))

    def weights(self, code: Code) -> list[float]:
        """Return what each node of *code* is worth: its own symbols, times how rare they are."""
        taken = [0] * len(code.nodes)
        for index in range(len(code.nodes) - 1, -1, -1):
            node = code.nodes[index]
            if node.size >= SMALLEST and node.key in self._known:
                taken[index] = node.size
                continue
            at = index + 1
            while at < node.end:
                taken[index] += taken[at]
                at = code.nodes[at].end
        return [
            (node.size - taken[i]) * self.of(node.key) if node.size >= SMALLEST else 0.0
            for i, node in enumerate(code.nodes)
        ]

    def own(self, code: Code, weights: Sequence[float]) -> float:
        """Return what all of *code* is worth."""
        return sum(weights[root] for root in code.roots)


def alike(
    left: Code, right: Code, weights: tuple[Sequence[float], Sequence[float]], own: float
) -> Alike:
    """Return what *left* and *right* have in common, the largest parts first.

    Args:
        weights: of the nodes of each, as of :meth:`Rarity.weights`.

        own: what the smaller of both is worth.
    """
    ours, theirs = weights
    there: dict[int, list[int]] = defaultdict(list)
    for index in reversed(right.order):
        if theirs[index] > 0:
            there[right.nodes[index].key].append(index)
    used, gone = bytearray(len(left.nodes)), bytearray(len(right.nodes))
    found = []
    for index in left.order:
        node = left.nodes[index]
        if used[index] or ours[index] <= 0 or node.key not in there:
            continue
        places = there[node.key]
        while places and gone[places[-1]]:
            places.pop()
        if not places:
            continue
        other = places.pop()
        for at in range(index, node.end):
            used[at] = 1
        for at in range(other, right.nodes[other].end):
            gone[at] = 1
        found.append(Match(index, other, min(ours[index], theirs[other])))
    return Alike(tuple(found), sum(match.worth for match in found), own)
