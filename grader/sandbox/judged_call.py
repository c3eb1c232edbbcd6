"""A check's calls beside the right answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.worker.values import Array

from .proxy import Record
from .repeated_check import objects


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a check's, and the right answer to it.

    Attributes:
        right: value, and arrays changed in place as number among the arguments' arrays and new
            value; None if it is not known.

        chance: whether a right answer depends on numbers drawn at random.

        wrong: whether the learner's answer is.
    """

    record: Record
    right: tuple[Any, dict[int, Array]] | None = None
    chance: bool = False
    wrong: bool = False


def merged(calls: Sequence[Call]) -> list[Call]:
    """Return *calls* with all items taken from one iterator in one call, at the last one's place.

    Where an item is an object, which has a life of its own, they stay apart.
    """
    kept: list[Call] = []
    for call in calls:
        record = call.record
        twin = next((c for c in kept if record.op == "take" and _same_iterator(c, record)), None)
        if twin is None or objects(record.value):
            kept.append(call)
        else:
            # by identity: calls hold arrays, which == compares entry by entry
            kept = [c for c in kept if c is not twin]
            kept.append(_both(twin, call))
    return kept


def _same_iterator(call: Call, record: Record) -> bool:
    other = call.record
    return other.op == "take" and other.rest["id"] == record.rest["id"] and not objects(other.value)


def _both(one: Call, other: Call) -> Call:
    first, second = one.record, other.record
    record = replace(
        second,
        value=None if second.error else [*first.value, *second.value],
        after=tuple({**dict(first.after), **dict(second.after)}.items()),
        rest={**second.rest, "count": first.rest["count"] + second.rest["count"]},
    )
    right = None
    if one.right and other.right:
        right = [*one.right[0], *other.right[0]], {**one.right[1], **other.right[1]}
    return Call(record, right, one.chance or other.chance, one.wrong or other.wrong)


def leading_to(calls: Sequence[Call], last: int) -> list[Call]:
    """Return call *last* behind the earlier ones that deal with objects, which it may need.

    Where chance plays a part, every earlier call counts: each may have drawn numbers.
    """
    every = calls[last].chance
    return [c for c in calls[:last] if every or _deals_with_objects(c.record)] + [calls[last]]


def _deals_with_objects(record: Record) -> bool:
    return "id" in record.rest or bool(objects(record.value) or objects(record.payload))
