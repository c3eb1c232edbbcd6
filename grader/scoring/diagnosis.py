"""What a wrong answer has to do with the right one.

A failing submission's calls are repeated with every known mistake of the exercise. A mistake that
gives the same outputs for all of them, where the reference gives others, is what the learner did;
its hint is the feedback. Where no mistake explains a check, a relation between its outputs and the
right ones may. Every call of a mistake is made once in a run, for a whole class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.assertions import as_array
from grader.errors import GraderError, InternalError, Raised
from grader.exercise import Text
from grader.language import current
from grader.numerics.relations import agrees
from grader.outcome import Outcome
from grader.submission.channel import Channel
from grader.submission.proxy import Record
from grader.worker.values import Array

from .explanation import explanation
from .session import Ended


@dataclass(frozen=True, slots=True)
class Suspect:
    """A mistake that a learner may have made.

    Attributes:
        hint: shown when it is this one.

        open: makes the channel that answers with this mistake; called when first needed.
    """

    exercise: str
    hint: Text
    open: Callable[[], Channel]


class Diagnosis:
    """Explains wrong outputs.

    All channels compute in the dtype that they are given, as the learner's code did, so that what
    only float32 does, and a dtype that drifts, are recognised too. One that cannot tell what it
    would answer raises InternalError.

    Args:
        suspects: the known mistakes of one assignment.

        right: gives right answers.

        again: gives them, too; where the two differ, chance plays a part.
    """

    def __init__(self, suspects: Sequence[Suspect], right: Channel, again: Channel) -> None:
        self._suspects = suspects
        self._right = right
        self._again = again
        self._channels: dict[Suspect, Channel | None] = {}

    def hints(self, ended: Sequence[Ended]) -> dict[str, str]:
        """Return hints for the failed checks of one exercise, by the checks' names.

        A mistake that gives all outputs of the exercise is preferred to one that only gives those
        of one check; where mistakes with different hints cannot be told apart there is none of
        theirs.
        """
        failed = [e for e in ended if e.verdict.outcome is Outcome.FAILED and repeatable(e)]
        if not failed:
            return {}
        suspects = [s for s in self._suspects if s.exercise == failed[0].check.exercise]
        every_call = [record for e in ended for record in repeatable(e)]
        hints = {}
        for e in failed:
            calls = repeatable(e)
            found = self._hints_for(calls, every_call, suspects)
            hint = found.pop() if len(found) == 1 else self._relation(calls)
            if hint:
                hints[e.check.name] = hint
        return hints

    def _hints_for(
        self, calls: Sequence[Record], every_call: Sequence[Record], suspects: Sequence[Suspect]
    ) -> set[str]:
        """Return the hints of the mistakes that explain *calls*, by the strongest evidence."""
        for evidence in (every_call, calls):
            for with_dtype in (True, False):
                if _answers_alike(self._right, calls, with_dtype):
                    continue
                found = [s for s in suspects if self._gives(s, evidence, with_dtype)]
                if found:
                    return {suspect.hint.get(current()) for suspect in found}
        return set()

    def _gives(self, suspect: Suspect, calls: Sequence[Record], with_dtype: bool) -> bool:
        """Whether the mistake gives every output seen; an error alone is no evidence."""
        channel = self._channel(suspect)
        answered = any(record.error is None for record in calls)
        return channel is not None and answered and _answers_alike(channel, calls, with_dtype)

    def _channel(self, suspect: Suspect) -> Channel | None:
        if suspect not in self._channels:
            try:
                self._channels[suspect] = suspect.open()
            except GraderError:
                self._channels[suspect] = None
        return self._channels[suspect]

    def _relation(self, calls: Sequence[Record]) -> str:
        """Return what all wrong answers have to do with the right ones; empty if not known."""
        answered = []
        for record in calls:
            try:
                right, again = (
                    channel.request("call", record.payload)
                    for channel in (self._right, self._again)
                )
            except GraderError:
                return ""
            if record.error is not None or not alike(right, again, with_dtype=False):
                return ""
            answered.append((record, right))
        return explanation(answered)


def repeatable(ended: Ended) -> list[Record]:
    """Return the calls that can be repeated with a mistake."""
    return [
        record
        for record in ended.trace
        if record.op == "call"
        and (record.error is None or isinstance(record.error, Raised))
        and not any(callable(argument) for argument in record.args)
    ]


def _answers_alike(channel: Channel, calls: Sequence[Record], with_dtype: bool) -> bool:
    """Whether *channel* answers every call as the learner did: the same value, or an error too."""
    for record in calls:
        try:
            answer = channel.request("call", record.payload)
        except InternalError:
            return False
        except GraderError:
            if record.error is None:
                return False
        else:
            if record.error is not None:
                return False
            given = {"value": record.value, "after": record.after}
            if not alike(given, answer, with_dtype):
                return False
    return True


def alike(one: dict[str, Any], other: dict[str, Any], with_dtype: bool) -> bool:
    """Whether two answers, values and changes in place, are the same up to float32 rounding."""
    if not _same(one["value"], other["value"], with_dtype):
        return False
    ours, theirs = dict(one["after"]), dict(other["after"])
    return set(ours) == set(theirs) and all(_same(ours[i], theirs[i], with_dtype) for i in ours)


def _same(one: Any, other: Any, with_dtype: bool) -> bool:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_same(a, b, with_dtype) for a, b in pairs)
    if isinstance(one, dict) and isinstance(other, dict):
        same_keys = one.keys() == other.keys()
        return same_keys and all(_same(one[key], other[key], with_dtype) for key in one)
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and bool(one == other)
    try:
        return _same_array(as_array(one), as_array(other), with_dtype)
    except AssertionError:
        return False


def _same_array(left: Array, right: Array, with_dtype: bool) -> bool:
    if left.shape != right.shape or (with_dtype and left.ndim and left.dtype != right.dtype):
        return False
    if left.dtype.kind not in "fiub" or right.dtype.kind not in "fiub":
        return False
    left, right = left.astype(np.float64), right.astype(np.float64)
    missing = np.isnan(right)
    if not np.array_equal(np.isnan(left), missing):
        return False
    left, right = np.where(missing, 0.0, left), np.where(missing, 0.0, right)
    return agrees(left, right)
