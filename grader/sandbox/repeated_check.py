"""A whole check's calls as one request, so that what chance does can be done again.

A check begins with the seeding of all generators. The same calls in the same order, after the same
seed, draw the same numbers; one call alone would draw others. Objects that stay where they were
made are known by their place in the order in which they were handed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.worker.values import Held, parts, with_parts

from .proxy import Record


def repetition_of(seed: int, records: Sequence[Record]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the request that repeats *records*, and the answer that they were.

    Args:
        seed: that the generators were seeded with when the check began.
    """
    held: list[Held] = []
    calls: list[tuple[str, dict[str, Any]]] = []
    answers: list[Any] = []
    for record in records:
        numbers = {one.id: Held(place, "", False) for place, one in enumerate(held)}
        calls.append((record.op, with_objects(record.payload, numbers)))
        held += objects(record.value)
        answers.append(None if record.error else answer_of(record.value, record.after))
    return {"seed": seed, "calls": calls}, {"value": answers, "after": []}


def answer_of(value: Any, after: Sequence[Sequence[Any]]) -> list[Any]:
    """Return one answer within that to a repetition; objects in it are None."""
    return [_without_objects(value), [list(pair) for pair in after]]


def objects(value: Any) -> list[Held]:
    """Return the held objects inside *value*, in order."""
    return [part for part in parts(value) if isinstance(part, Held)]


def with_objects(payload: dict[str, Any], objects: dict[int, Held]) -> dict[str, Any]:
    """Return a request about other objects, by the numbers of those that it is about."""

    def other(part: Any) -> Any:
        return objects.get(part.id, part) if isinstance(part, Held) else part

    request: dict[str, Any] = with_parts(payload, other)
    if request.get("id") in objects:
        request["id"] = objects[request["id"]].id
    return request


def _without_objects(value: Any) -> Any:
    return with_parts(value, lambda part: None if isinstance(part, Held) else part)
