"""A learner's calls as questions that can be put to others, too, and comparisons of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checks.assertions import as_array
from grader.errors import GraderError, InternalError, Raised
from grader.numerics.relations import agrees
from grader.sandbox.channel import Channel
from grader.sandbox.proxy import Record
from grader.sandbox.random_sources import OWN
from grader.sandbox.repeated_check import repetition_of
from grader.worker.values import Array, is_data, parts

from .ended_check import EndedCheck

#: number of entries kept of an array that is thinned
_ENTRIES = 200
#: an answer: its value and the changes in place; None if there was an exception
Answer = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a learner's code: one call, or all calls of a check in order.

    Attributes:
        given: the learner's answer.

        records: the learner's calls that it consists of.
    """

    op: str
    payload: dict[str, Any]
    given: Answer
    records: tuple[Record, ...]

    @property
    def answered(self) -> bool:
        """Whether any call gave an answer; exceptions and empty arrays are not evidence."""
        return any(record.error is None and not _is_empty(record) for record in self.records)

    def drawn_from(self, source: str) -> Question:
        """Return the question for one who draws random numbers from *source*."""
        if source == OWN or self.op != "repeat":
            return self
        return replace(self, payload={**self.payload, "source": source})

    def is_answered_alike(self, channel: Channel, with_dtype: bool) -> bool:
        """Whether *channel* gives the same answer; raises InternalError if it cannot answer."""
        answer = self.ask(channel)
        if self.op == "repeat":
            return alike(thinned(self.given), thinned(answer), with_dtype)
        return alike(self.given, answer, with_dtype)

    def ask(self, channel: Channel) -> Answer:
        """Return the answer of *channel*; raises InternalError if it cannot answer."""
        try:
            answer: Answer = channel.request(self.op, self.payload)
        except InternalError:
            raise
        except GraderError:
            return None
        return answer


def questions_of_calls(ended: EndedCheck) -> list[Question]:
    """Return the repeatable function calls of a check, each as a question."""
    return questions_of_records(ended.trace)


def questions_of_records(trace: Sequence[Record]) -> list[Question]:
    """Return the repeatable function calls among records, each as a question."""
    return [_call(one) for one in trace if _is_lone(one)]


def question_of_check(ended: EndedCheck) -> list[Question]:
    """Return a check as one question: with random numbers, earlier draws matter.

    It ends before the first call that cannot be repeated; None if that is the first call.
    """
    known = [_is_repeatable(record) for record in ended.trace]
    records = ended.trace[: known.index(False)] if False in known else ended.trace
    # the seed of a worker's generators
    seed = ended.seed % 2**31
    return [Question("repeat", *repetition_of(seed, records), tuple(records))] if records else []


def depends_on_chance(call: Question, right: Channel, again: Channel) -> bool:
    """Whether the right answer to *call* is random: two channels give different ones."""
    try:
        return not alike(call.ask(right), call.ask(again), with_dtype=False)
    except InternalError:
        return False


def alike(one: Answer, other: Answer, with_dtype: bool) -> bool:
    """Whether two answers, values and changes in place, are equal up to float32 rounding."""
    if one is None or other is None:
        return one is other
    if not _same(one["value"], other["value"], with_dtype):
        return False
    ours, theirs = dict(one["after"]), dict(other["after"])
    return set(ours) == set(theirs) and all(_same(ours[i], theirs[i], with_dtype) for i in ours)


def _call(record: Record) -> Question:
    given = {"value": record.value, "after": record.after} if record.error is None else None
    return Question("call", record.payload, given, (record,))


def thinned(answer: Answer) -> Answer:
    """Return enough of an answer to a whole check to distinguish it from others.

    Random numbers differ everywhere, so a few entries identify a large array.
    """
    return answer and {"value": _thin(answer["value"]), "after": answer["after"]}


def _thin(value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.size > _ENTRIES:
        places = np.linspace(0, value.size - 1, _ENTRIES).astype(np.int64)
        return {"shape": list(value.shape), "entries": value.reshape(-1)[places]}
    if isinstance(value, (list, tuple)):
        return [_thin(item) for item in value]
    return {key: _thin(item) for key, item in value.items()} if isinstance(value, dict) else value


def _is_empty(record: Record) -> bool:
    """Whether a call gave nothing but arrays without entries."""
    given = parts([record.value, record.after])
    return bool(given) and all(isinstance(part, np.ndarray) and not part.size for part in given)


def _is_lone(record: Record) -> bool:
    """Whether a call depends only on its own request."""
    return record.op == "call" and _is_repeatable(record) and is_data(record.payload)


def _is_repeatable(record: Record) -> bool:
    """Whether a request can be repeated: it passes no function of the check, and nothing broke."""
    fine = record.error is None or isinstance(record.error, Raised)
    return fine and not any(callable(part) for part in parts(record.payload))


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
