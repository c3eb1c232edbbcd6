"""Explains wrong answers without a known mistake, by their relation to the right ones."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.assertions import as_array
from grader.numerics.relations import ENOUGH, Case, agrees, find_relation, find_side
from grader.sandbox.proxy import Record
from grader.sandbox.repeated_check import answer_of
from grader.worker.values import Array, leaves

from .answers import Answer, Question
from .relation_sentences import of_calls, of_change, of_items, of_order, of_some, sentence_of

#: the position of a result in an answer: ``value`` or ``change``, then the keys that lead to it
Place = tuple[Any, ...]
#: the results of one call, each with the right one
Results = dict[Place, Case]


class Unlike(Exception):
    """Two answers have different structures."""


@dataclass(frozen=True, slots=True)
class ComparedCall:
    """A call's answer with the right one.

    Attributes:
        right: None if the right answer is an exception.

        chance: whether the right answer is one of many.
    """

    record: Record
    right: Answer
    chance: bool

    def results(self) -> Results:
        """Return each array of the answer with the right one.

        Raises:
            Unlike: one is an exception, or their structures differ.
        """
        if self.record.error is not None or self.right is None:
            raise Unlike
        try:
            return _results(self.record, self.right)
        except AssertionError:
            raise Unlike from None


def compare(question: Question, right: Answer) -> list[ComparedCall]:
    """Return the answers to *question* with those of *right*."""
    if question.op != "repeat":
        return [ComparedCall(record, right, False) for record in question.records]
    answers = right["value"] if right else [None] * len(question.records)
    pairs = zip(question.records, answers, strict=True)
    return [
        ComparedCall(record, answer and {"value": answer[0], "after": answer[1]}, True)
        for record, answer in pairs
    ]


def wrong_places(answered: Sequence[ComparedCall]) -> set[Place]:
    """Return the results that are wrong in some call; empty if one cannot be compared."""
    try:
        return {place for one in answered for place in _wrong(one.results())}
    except Unlike:
        return set()


def too_large_or_small(answered: Sequence[ComparedCall]) -> str:
    """Return whether all wrong results are too large or all too small; empty if neither."""
    try:
        calls = [one.results() for one in answered if not one.chance]
    except Unlike:
        return ""
    wrong = [pair for call in calls for pair in _wrong(call).items()]
    relation = find_side([case for _place, case in wrong])
    if relation is None:
        return ""
    seen = {place for call in calls for place in call}
    places = {place for place, _case in wrong}
    return _limited(_placed(sentence_of(relation), places, seen), calls, places)


def _wrong(results: Results) -> Results:
    return {
        place: case for place, case in results.items() if not agrees(case.actual, case.expected)
    }


def explanation(
    answered: Sequence[ComparedCall],
    among: Collection[Place] | None = None,
    everywhere: Sequence[ComparedCall] = (),
) -> str:
    """Return a sentence that holds for every wrong result in *answered*; empty if there is none.

    Args:
        among: the results to consider; None means all.

        everywhere: all calls, which the sentence must not contradict.
    """
    try:
        calls = [one.results() for one in answered]
    except Unlike:
        return ""
    seen = {place for call in calls for place in call}
    wrong = [
        (place, case)
        for call in calls
        for place, case in _wrong(call).items()
        if among is None or place in among
    ]
    places = {place for place, _case in wrong}
    chance = any(one.chance for one in answered)
    elsewhere = [pair for pair in _wrong_results(everywhere) if pair[0] in places]
    relation = find_relation(_cases(wrong), chance, _cases(elsewhere))
    if relation is not None:
        said = _placed(sentence_of(relation), places, seen)
    else:
        said = _swapped(calls, places) or _of_one(wrong, chance, elsewhere)
    return _limited(said, calls, places)


def _limited(sentence: str, calls: Sequence[Results], places: Collection[Place]) -> str:
    """Return *sentence*, limited to the wrong calls if another one has right results there."""
    right = any(
        not _wrong({place: case for place, case in call.items() if place in places})
        for call in calls
        if any(place in places for place in call)
    )
    return of_calls(sentence) if sentence and right else sentence


def _wrong_results(answered: Sequence[ComparedCall]) -> Iterator[tuple[Place, Case]]:
    """Yield the wrong results of all calls that can be compared."""
    for one in answered:
        with contextlib.suppress(Unlike):
            yield from _wrong(one.results()).items()


def _cases(
    results: Sequence[tuple[Place, Case]], among: Collection[Place] | None = None
) -> list[Case]:
    return [case for place, case in results if among is None or place in among]


def _of_one(
    wrong: Sequence[tuple[Place, Case]], chance: bool, elsewhere: Sequence[tuple[Place, Case]]
) -> str:
    """Return a sentence that holds for most of several wrong results; empty if there is none."""
    said: dict[str, list[int]] = {}
    for place in sorted({place for place, _case in wrong if number_of(place)}):
        relation = find_relation(_cases(wrong, {place}), chance, _cases(elsewhere, {place}))
        if relation is not None:
            said.setdefault(sentence_of(relation), []).append(number_of(place))
    if not said:
        return ""
    sentence = max(said, key=lambda sentence: len(said[sentence]))
    return of_items(said[sentence], sentence)


def number_of(place: Place) -> int:
    """Return the number of the returned result at *place*, counted from 1; 0 if it is none."""
    single = len(place) == 2 and place[0] == "value" and isinstance(place[1], int)
    return place[1] + 1 if single else 0


def _swapped(calls: Sequence[Results], wrong: set[Place]) -> str:
    """Return a sentence if some result is what another should be in every call; otherwise empty."""
    numbered = sorted({place for call in calls for place in call if number_of(place)})
    for place, other in itertools.permutations(numbered, 2):
        if place not in wrong or not all(place in call and other in call for call in calls):
            continue
        pairs = [(call[place].actual, call[other].expected) for call in calls]
        telling = sum(len(np.unique(expected)) for _actual, expected in pairs) >= ENOUGH
        if telling and all(agrees(*pair) for pair in pairs):
            return of_order(number_of(place), number_of(other))
    return ""


def _placed(sentence: str, wrong: set[Place], seen: set[Place]) -> str:
    """Return *sentence*, preceded by the results that it is about unless it is about all."""
    if {place[0] for place in wrong} == {"change"}:
        return of_change(sentence, some=wrong != seen)
    if wrong == seen:
        return sentence
    (number,) = map(number_of, wrong) if len(wrong) == 1 else (0,)
    return of_items([number], sentence) if number else of_some(sentence)


def _arguments(record: Record) -> tuple[tuple[str, Array | float], ...]:
    """Return arrays and numbers among the arguments, called by position or by keyword."""
    first_keyword = len(record.args) - len(record.keywords)
    named: list[tuple[str, Array | float]] = []
    for i, value in enumerate(record.args):
        name = str(i + 1) if i < first_keyword else record.keywords[i - first_keyword]
        if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
            named.append((name, value))
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            named.append((name, float(value)))
    return tuple(named)


def _results(record: Record, right: dict[str, Any]) -> Results:
    """Return each array of an answer with the right one; raises Unlike, Mismatch."""
    value, _after = answer_of(record.value, ())
    pairs = dict(_pairs(("value",), value, right["value"]))
    ours, theirs = dict(record.after), dict(right["after"])
    if ours.keys() != theirs.keys():
        raise Unlike
    before = leaves(list(record.args))
    for i, array in ours.items():
        # The values before the call are not the learner's.
        actual, expected = (_real(new) - _real(before[i]) for new in (array, theirs[i]))
        pairs["change", i] = actual, expected
    arguments = _arguments(record)
    return {place: Case(*pair, arguments) for place, pair in pairs.items()}


def _pairs(place: Place, one: Any, other: Any) -> Iterator[tuple[Place, tuple[Array, Array]]]:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        one, other = dict(enumerate(one)), dict(enumerate(other))
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            raise Unlike
        for key in one:
            yield from _pairs((*place, key), one[key], other[key])
    elif one is not None or other is not None:
        yield place, (_real(as_array(one)), _real(as_array(other)))


def _real(array: Array) -> Array:
    if array.dtype.kind not in "fiub":
        raise Unlike
    return array if array.dtype.kind == "f" else array.astype(np.float64)
