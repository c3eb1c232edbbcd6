"""Which known mistake a wrong answer is.

A failing submission's calls are repeated with every known mistake of the exercise. A mistake that
gives the same outputs for all of them, where the reference gives others, is what the learner did;
its hint is the feedback. Every call of a mistake is made once in a run, for a whole class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.assertions import as_array
from grader.errors import GraderError, Raised
from grader.exercise import Mistake
from grader.language import current
from grader.numerics.closeness import difference
from grader.outcome import Outcome
from grader.submission.proxy import Record
from grader.submission.reference import ReferenceChannel
from grader.worker.values import Array

from .session import Ended

#: tells how a mistake answers: a channel to the edited reference, made when first needed
Open = Callable[[Mistake], ReferenceChannel]


@dataclass
class Diagnosis:
    """Names mistakes by their outputs.

    Args:
        mistakes: of one assignment.

        reference: what a right answer would be.

        open_mistake: makes a channel to a mistake.
    """

    mistakes: Sequence[Mistake]
    reference: ReferenceChannel
    open_mistake: Open

    def __post_init__(self) -> None:
        self._channels: dict[str, ReferenceChannel | None] = {}
        # Mistakes and reference compute as the learner's code did, so that what only float32 does,
        # and a dtype that drifts, are recognised too.
        self._right = self.reference.as_given()

    def hints(self, ended: Sequence[Ended]) -> dict[str, str]:
        """Return hints for the failed checks of one exercise, by the checks' names.

        A mistake that gives all outputs of the exercise is preferred to one that only gives those
        of one check; where mistakes with different hints cannot be told apart there is none.
        """
        failed = [e for e in ended if e.verdict.outcome is Outcome.FAILED and _calls(e)]
        if not failed:
            return {}
        mistakes = [m for m in self.mistakes if m.exercise == failed[0].check.exercise]
        every_call = [record for e in ended for record in _calls(e)]
        hints = {}
        for e in failed:
            found = self._hints_for(_calls(e), every_call, mistakes)
            if len(found) == 1:
                hints[e.check.name] = found.pop()
        return hints

    def _hints_for(
        self, calls: Sequence[Record], every_call: Sequence[Record], mistakes: Sequence[Mistake]
    ) -> set[str]:
        """Return the hints of the mistakes that explain *calls*, by the strongest evidence."""
        for evidence in (every_call, calls):
            for with_dtype in (True, False):
                if _answers_alike(self._right, calls, with_dtype):
                    continue
                suspects = [m for m in mistakes if self._gives(m, evidence, with_dtype)]
                if suspects:
                    return {m.hint.get(current()) for m in suspects}
        return set()

    def _gives(self, mistake: Mistake, calls: Sequence[Record], with_dtype: bool) -> bool:
        """Whether the mistake gives every output seen; an error alone is no evidence."""
        channel = self._channel(mistake)
        answered = any(record.error is None for record in calls)
        return channel is not None and answered and _answers_alike(channel, calls, with_dtype)

    def _channel(self, mistake: Mistake) -> ReferenceChannel | None:
        key = f"{mistake.exercise}/{mistake.name}"
        if key not in self._channels:
            try:
                self._channels[key] = self.open_mistake(mistake).as_given()
            except GraderError:
                self._channels[key] = None
        return self._channels[key]


def _calls(ended: Ended) -> list[Record]:
    """Return the calls that can be repeated with a mistake."""
    return [
        record
        for record in ended.trace
        if record.op == "call"
        and (record.error is None or isinstance(record.error, Raised))
        and not any(callable(argument) for argument in record.args)
    ]


def _answers_alike(channel: ReferenceChannel, calls: Sequence[Record], with_dtype: bool) -> bool:
    """Whether *channel* answers every call as the learner did: the same value, or an error too."""
    for record in calls:
        try:
            answer = channel.request("call", record.payload)
        except GraderError:
            if record.error is None:
                return False
        else:
            if record.error is not None or not _agrees(record, answer, with_dtype):
                return False
    return True


def _agrees(record: Record, answer: dict[str, Any], with_dtype: bool) -> bool:
    """Whether value and changes in place are the same, up to float32 rounding."""
    if not _same(record.value, answer["value"], with_dtype):
        return False
    ours, theirs = dict(record.after), dict(answer["after"])
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
    return difference(left, right, dtype="float32", terms=20) is None
