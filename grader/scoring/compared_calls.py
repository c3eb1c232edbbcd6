"""A check's calls, each with its right answer."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.errors import GraderError
from grader.sandbox.judged_call import Call, merged
from grader.sandbox.reference import ReferenceChannel, ReplayChannel
from grader.sandbox.repeated_check import objects, repetition_of
from grader.worker.finite_differences import Slopes
from grader.worker.values import Array, identical

from .answers import alike
from .ended_check import EndedCheck


@dataclass(frozen=True, slots=True)
class Right:
    """The right answer to a call.

    Attributes:
        answers: right answers, each a value and changed arrays; None if the call should raise.
            The first is the most exact. Empty if none is known.

        chance: whether they are random.
    """

    answers: tuple[list[Any] | None, ...] = ()
    chance: bool = False


def by_reference(reference: ReferenceChannel, ended: EndedCheck) -> list[Right]:
    """Repeat all calls on the reference, with the same random numbers and with different ones."""
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


def by_recording(recordings: Sequence[ReplayChannel], ended: EndedCheck) -> list[Right]:
    """Look up the right answers recorded in a kit, the most exact *recordings* first."""
    rights = []
    for record in ended.trace:
        answers = []
        for recorded in recordings:
            with contextlib.suppress(GraderError):
                answer = recorded.request(record.op, record.payload)
                answers.append([answer["value"], answer["after"]])
        rights.append(Right(tuple(answers)))
    return rights


def judged_calls(ended: EndedCheck, rights: Sequence[Right]) -> list[Call]:
    """Return the calls of a check; the calls on one iterator are joined.

    Where no right answer is known, as of a learner's own object, it is what the check expected.
    """
    trace = ended.trace
    _request, given = repetition_of(0, trace)
    calls = []
    for record, answer, right in zip(trace, given["value"], rights, strict=True):
        answers = () if objects(record.value) else right.answers
        if "id" in record.rest and None in answers:
            answers = ()  # The reference may not have this object.
        if right.chance or not answers:
            wrong = record.error is not None
        else:
            wrong = not any(_same(_within(answer, a, record.op), a) for a in answers)
        # exact values, in the dtypes that a right submission returns
        best = _in_dtypes(answers[0], answers[-1]) if answers else None
        known = None if best is None else (best[0], dict(best[1]))
        calls.append(Call(record, known, right.chance, wrong))
    if ended.context is not None and ended.context.compared is not None:
        _add_expected(calls, *ended.context.compared)
    return merged(calls)


def _add_expected(calls: list[Call], got: Array, want: Array) -> None:
    """Let the last call that returned *got* have *want* for its right answer, if it has none."""
    for place, call in reversed([*enumerate(calls)]):
        value = call.record.value
        known = isinstance(value, (np.ndarray, bool, int, float))
        if known and identical(np.asarray(value), got):
            if call.right is None and not call.chance:
                right = want.astype(got.dtype) if got.dtype.kind == "f" else want
                calls[place] = replace(call, right=(right, {}), wrong=True)
            return


def _in_dtypes(exact: Any, like: Any) -> Any:
    """Return exact values in the dtypes of others, as far as their structures agree."""
    if isinstance(exact, np.ndarray) and isinstance(like, np.ndarray):
        return exact.astype(like.dtype)
    if isinstance(exact, dict) and isinstance(like, dict) and exact.keys() == like.keys():
        return {key: _in_dtypes(exact[key], like[key]) for key in exact}
    both = isinstance(exact, (list, tuple)) and isinstance(like, (list, tuple))
    if not both or len(exact) != len(like):
        return exact
    items = [_in_dtypes(one, other) for one, other in zip(exact, like, strict=True)]
    return items if isinstance(exact, list) else tuple(items)


def _same(given: list[Any] | None, right: list[Any] | None) -> bool:
    """Whether two answers are the same; where no value is expected, any is accepted."""
    if given is None or right is None:
        return given is right
    value = None if right[0] is None else given[0]
    return alike(
        {"value": value, "after": given[1]},
        {"value": right[0], "after": right[1]},
        with_dtype=False,
    )


def _within(given: list[Any] | None, right: list[Any] | None, op: str) -> list[Any] | None:
    """Return slopes; those between the slopes on both sides of a kink become the expected one."""
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
