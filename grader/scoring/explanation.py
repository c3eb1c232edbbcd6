"""A sentence for wrong answers that are no known mistake: their relation to the right ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.checks.assertions import as_array
from grader.numerics.relations import ENOUGH, Case, agrees, find_relation
from grader.submission.proxy import Record
from grader.worker.values import Array, leaves

from .sentences import of_change, of_item, of_order, of_some, sentence_of

#: where a result stands in an answer: ``value`` or ``change``, then the keys that lead to it
_Place = tuple[Any, ...]
#: the results of one call, each beside the right one
_Results = dict[_Place, Case]


class _Unlike(Exception):
    """Two answers are built differently."""


def explanation(answered: Sequence[tuple[Record, dict[str, Any]]]) -> str:
    """Return what holds for every wrong result among *answered*; empty if nothing does.

    Args:
        answered: calls that gave an answer, and the right answer to each.
    """
    try:
        calls = [_results(record, right) for record, right in answered]
    except (_Unlike, AssertionError):
        return ""
    every = [(place, case) for call in calls for place, case in call.items()]
    wrong = [(place, case) for place, case in every if not agrees(case.actual, case.expected)]
    places = {place for place, _case in wrong}
    relation = find_relation([case for _place, case in wrong])
    if relation is not None:
        return _placed(sentence_of(relation), places, {place for place, _case in every})
    return _swapped(calls, places) or _of_one(wrong)


def _of_one(wrong: Sequence[tuple[_Place, Case]]) -> str:
    """Return what holds for one of several wrong results; empty if nothing does for any."""
    for place in sorted({place for place, _case in wrong if _number(place)}):
        relation = find_relation([case for other, case in wrong if other == place])
        if relation is not None:
            return of_item(_number(place), sentence_of(relation))
    return ""


def _number(place: _Place) -> int:
    """Return which of the results returned together stands there, from 1; 0 if it is none."""
    single = len(place) == 2 and place[0] == "value" and isinstance(place[1], int)
    return place[1] + 1 if single else 0


def _swapped(calls: Sequence[_Results], wrong: set[_Place]) -> str:
    """Return which result is what another should be, in every call; empty if none is."""
    for place, other in itertools.permutations(sorted(filter(_number, wrong)), 2):
        if not all(place in call and other in call for call in calls):
            continue
        pairs = [(call[place].actual, call[other].expected) for call in calls]
        telling = sum(len(np.unique(expected)) for _actual, expected in pairs) >= ENOUGH
        if telling and all(agrees(*pair) for pair in pairs):
            return of_order(_number(place), _number(other))
    return ""


def _placed(sentence: str, wrong: set[_Place], seen: set[_Place]) -> str:
    """Return *sentence* with what it is about, where that is not everything."""
    if {place[0] for place in wrong} == {"change"}:
        return of_change(sentence if wrong == seen else of_some(sentence))
    if wrong == seen:
        return sentence
    (number,) = map(_number, wrong) if len(wrong) == 1 else (0,)
    return of_item(number, sentence) if number else of_some(sentence)


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


def _results(record: Record, right: dict[str, Any]) -> _Results:
    """Return each array of an answer beside the right one; raises _Unlike, Mismatch."""
    pairs = dict(_pairs(("value",), record.value, right["value"]))
    ours, theirs = dict(record.after), dict(right["after"])
    if ours.keys() != theirs.keys():
        raise _Unlike
    before = leaves(list(record.args))
    for i, array in ours.items():
        # what was there before is not the learner's doing
        actual, expected = (_real(new) - _real(before[i]) for new in (array, theirs[i]))
        pairs["change", i] = actual, expected
    arguments = _arguments(record)
    return {place: Case(*pair, arguments) for place, pair in pairs.items()}


def _pairs(place: _Place, one: Any, other: Any) -> Iterator[tuple[_Place, tuple[Array, Array]]]:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        one, other = dict(enumerate(one)), dict(enumerate(other))
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            raise _Unlike
        for key in one:
            yield from _pairs((*place, key), one[key], other[key])
    elif one is not None or other is not None:
        yield place, (_real(as_array(one)), _real(as_array(other)))


def _real(array: Array) -> Array:
    if array.dtype.kind not in "fiub":
        raise _Unlike
    return array if array.dtype.kind == "f" else array.astype(np.float64)
