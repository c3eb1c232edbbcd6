"""Repeat all calls of a check as one request, so that random functions draw the same numbers.

A check begins by seeding all random generators. The same calls in the same order then draw the same
numbers; a single call would draw others. Held objects are identified by the order in which they
were created.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.worker.values import Held, parts, with_parts

from .proxy import Record


def repetition_of(seed: int, records: Sequence[Record]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the request that repeats *records*, and the answer that the records contain.

    Args:
        seed: the seed of the generators at the start of the check.
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
    """Return the answer to one of the repeated calls; objects in it become None."""
    return [_without_objects(value), [list(pair) for pair in after]]


def objects(value: Any) -> list[Held]:
    """Return the held objects inside *value*, in order."""
    return [part for part in parts(value) if isinstance(part, Held)]


def with_objects(payload: dict[str, Any], objects: dict[int, Held]) -> dict[str, Any]:
    """Return *payload* with its objects replaced, by their numbers in *objects*."""

    def other(part: Any) -> Any:
        return objects.get(part.id, part) if isinstance(part, Held) else part

    request: dict[str, Any] = with_parts(payload, other)
    if request.get("id") in objects:
        request["id"] = objects[request["id"]].id
    return request


def _without_objects(value: Any) -> Any:
    return with_parts(value, lambda part: None if isinstance(part, Held) else part)
