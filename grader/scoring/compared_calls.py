"""A check's calls beside what they should have come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.errors import GraderError
from grader.sandbox.judged_call import Call, merged
from grader.sandbox.proxy import Record
from grader.sandbox.reference import ReferenceChannel, ReplayChannel
from grader.sandbox.repeated_check import objects, repetition_of
from grader.worker.finite_differences import Slopes

from .answers import alike
from .ended_check import EndedCheck


@dataclass(frozen=True, slots=True)
class Right:
    """What a call should have come to.

    Attributes:
        answers: right ones, each a value and changed arrays; None if it should raise. The first
            is the most exact. Empty if none is known.

        chance: whether chance plays a part in them.
    """

    answers: tuple[list[Any] | None, ...] = ()
    chance: bool = False


def by_reference(reference: ReferenceChannel, ended: EndedCheck) -> list[Right]:
    """Ask the reference for all calls, drawing the same numbers, and once more drawing others."""
    request, _given = repetition_of(ended.seed % 2**31, ended.trace)
    other = {**request, "seed": (ended.seed + 1) % 2**31}
    channels = (reference, request), (reference.as_given(), request), (reference, other)
    try:
        exact, alike, again = (c.request("repeat", asked)["value"] for c, asked in channels)
    except GraderError:
        return [Right()] * len(ended.trace)
    return [
        Right((right, as_given), chance=not _same(right, another))
        for right, as_given, another in zip(exact, alike, again, strict=True)
    ]


def by_recording(recorded: ReplayChannel, ended: EndedCheck) -> list[Right]:
    """Look up what a kit holds: what its checks ask of the reference."""
    rights = []
    for record in ended.trace:
        try:
            answer = recorded.request(record.op, record.payload)
            rights.append(Right(([answer["value"], answer["after"]],)))
        except GraderError:
            rights.append(Right())
    return rights


def judged_calls(trace: Sequence[Record], rights: Sequence[Right]) -> list[Call]:
    """Return the calls of a check, those on one iterator in one."""
    _request, given = repetition_of(0, trace)
    calls = []
    for record, answer, right in zip(trace, given["value"], rights, strict=True):
        answers = () if objects(record.value) else right.answers
        if "id" in record.rest and None in answers:
            answers = ()  # the reference may have no such object
        if right.chance or not answers:
            wrong = record.error is not None
        else:
            wrong = not any(_same(_within(answer, a, record.op), a) for a in answers)
        # exact values in the dtypes that a right submission answers in
        best = _in_dtypes(answers[0], answers[-1]) if answers else None
        known = None if best is None else (best[0], dict(best[1]))
        calls.append(Call(record, known, right.chance, wrong))
    return merged(calls)


def _in_dtypes(exact: Any, like: Any) -> Any:
    """Return exact values in the dtypes of others, as far as both are built alike."""
    if isinstance(exact, np.ndarray) and isinstance(like, np.ndarray):
        return exact.astype(like.dtype)
    both = isinstance(exact, (list, tuple)) and isinstance(like, (list, tuple))
    if not both or len(exact) != len(like):
        return exact
    items = [_in_dtypes(one, other) for one, other in zip(exact, like, strict=True)]
    return items if isinstance(exact, list) else tuple(items)


def _same(given: list[Any] | None, right: list[Any] | None) -> bool:
    """Whether two answers are the same; where nothing is asked for, any value is."""
    if given is None or right is None:
        return given is right
    value = None if right[0] is None else given[0]
    return alike(
        {"value": value, "after": given[1]},
        {"value": right[0], "after": right[1]},
        with_dtype=False,
    )


def _within(given: list[Any] | None, right: list[Any] | None, op: str) -> list[Any] | None:
    """Return slopes with those between the slopes on both sides of a kink as if they were these."""
    if op != "slopes" or given is None or right is None or not isinstance(given[0], list):
        return given
    pairs = zip(given[0], right[0], strict=False)
    return [[_clipped(got, want) for got, want in pairs], given[1]]


def _clipped(got: Any, want: Any) -> Any:
    try:
        given, right = Slopes.read(got), Slopes.read(want)
    except ValueError:
        return got
    if given.shape != right.shape:
        return got
    inside = (given.low >= right.low) & (given.high <= right.high)
    low, high = np.where(inside, right.low, given.low), np.where(inside, right.high, given.high)
    return Slopes(given.shape, low, high).neutral()
