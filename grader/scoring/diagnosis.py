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
from grader.checks.plugin import Check
from grader.errors import GraderError
from grader.exercise import Mistake
from grader.language import current
from grader.numerics.closeness import difference
from grader.outcome import Outcome
from grader.submission.proxy import Record
from grader.submission.reference import ReferenceChannel

from .judge import Verdict

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

    def hint(self, check: Check, verdict: Verdict, trace: list[Record]) -> str:
        """Return the hint of the one mistake whose outputs the learner's equal, or nothing."""
        if verdict.outcome is not Outcome.FAILED:
            return ""
        calls = [r for r in trace if r.op == "call" and r.error is None and _comparable(r)]
        if not calls:
            return ""
        suspects = [
            mistake
            for mistake in self.mistakes
            if mistake.exercise == check.exercise and self._explains(mistake, calls)
        ]
        hints = {mistake.hint.get(current()) for mistake in suspects}
        return hints.pop() if len(hints) == 1 else ""

    def _explains(self, mistake: Mistake, calls: list[Record]) -> bool:
        """Whether the mistake gives every output seen, at least one of which is wrong."""
        channel = self._channel(mistake)
        if channel is None:
            return False
        wrong = False
        for record in calls:
            try:
                same = _agrees(record, _replay(channel, record))
                wrong = wrong or not _agrees(record, _replay(self.reference, record))
            except GraderError:
                return False
            if not same:
                return False
        return wrong

    def _channel(self, mistake: Mistake) -> ReferenceChannel | None:
        key = f"{mistake.exercise}/{mistake.name}"
        if key not in self._channels:
            try:
                self._channels[key] = self.open_mistake(mistake)
            except GraderError:
                self._channels[key] = None
        return self._channels[key]


def _comparable(record: Record) -> bool:
    return not any(callable(argument) for argument in record.args)


def _replay(channel: ReferenceChannel, record: Record) -> dict[str, Any]:
    answer: dict[str, Any] = channel.request("call", record.payload)
    return answer


def _agrees(record: Record, answer: dict[str, Any]) -> bool:
    """Whether value and changes in place are the same, up to float32 rounding."""
    if not _same(record.value, answer["value"]):
        return False
    ours, theirs = dict(record.after), dict(answer["after"])
    return set(ours) == set(theirs) and all(_same(ours[i], theirs[i]) for i in ours)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and bool(one == other)
    try:
        left, right = as_array(one), as_array(other)
    except AssertionError:
        return False
    if left.shape != right.shape or left.dtype.kind not in "fiub" or right.dtype.kind not in "fiub":
        return False
    left, right = left.astype(np.float64), right.astype(np.float64)
    missing = np.isnan(right)
    if not np.array_equal(np.isnan(left), missing):
        return False
    left, right = np.where(missing, 0.0, left), np.where(missing, 0.0, right)
    return difference(left, right, dtype="float32", terms=20) is None
