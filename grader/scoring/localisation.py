"""Localises errors: which calls of a check go wrong, and what distinguishes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np

from grader.language import SENTENCES, _, listed
from grader.numerics.relations import Case, agrees

from .explanation import ComparedCall, Unlike, number_of
from .relation_sentences import of_results

#: the exponential of larger numbers overflows in float32
_LARGE = 80.0
#: most features that set wrong calls apart from right ones; among more, none tells anything
_FEATURES = 3


def where_wrong(answered: Sequence[ComparedCall], hidden: bool) -> str:
    """Return which calls of a check go wrong; empty if all do, or if one is undecided.

    Args:
        hidden: whether the inputs must not be described.
    """
    told = _which_calls(answered, hidden), _which_results(answered)
    return listed(filter(None, told), SENTENCES)


def _which_results(answered: Sequence[ComparedCall]) -> str:
    """Return which of several returned results are wrong, if others never are."""
    verdicts: dict[int, set[bool | None]] = {}
    try:
        for one in answered:
            for place, case in one.results().items():
                verdicts.setdefault(number_of(place), set()).add(_agrees(one, case))
    except Unlike:
        return ""
    wrong = sorted(number for number, seen in verdicts.items() if False in seen)
    right = [number for number, seen in verdicts.items() if seen == {True}]
    # Anything that is not a result by itself, such as a change in place, has number 0.
    known = 0 not in verdicts and len(wrong) + len(right) == len(verdicts)
    return of_results(wrong) if known and wrong and right else ""


def _which_calls(answered: Sequence[ComparedCall], hidden: bool) -> str:
    verdicts = [_is_right(one) for one in answered]
    if None in verdicts or all(verdicts) or not any(verdicts):
        return ""
    if hidden:
        return _("Some calls in this check gave the right result, others did not.")
    text = _(
        "Of the {total} calls in this check, {right} gave the right result; call {number} did not."
    )
    if verdicts.count(False) > 1:
        text = _(
            "Of the {total} calls in this check, {right} gave the right result; call {number} is "
            "the first that did not."
        )
    text = text.format(
        total=len(verdicts), right=verdicts.count(True), number=verdicts.index(False) + 1
    )
    feature = _what_sets_apart(answered, verdicts)
    if not feature:
        return text
    apart = _("Only in the wrong calls: {feature}.").format(feature=feature)
    return listed([text, apart], SENTENCES)


def in_float32_only(
    wrong: Sequence[ComparedCall],
    everywhere: Sequence[ComparedCall],
    in_float64: Callable[[Sequence[ComparedCall]], Sequence[ComparedCall]] | None,
) -> str:
    """Return a sentence if all float64 results are right and some float32 ones wrong; else empty.

    The wrong calls must be right in float64, or others with the same shapes: what is wrong only for
    a size that no float64 call has is not wrong because of the dtype.

    Args:
        wrong: the calls of one failed check.

        everywhere: the calls of all checks of the exercise.

        in_float64: makes calls again in float64; None if that is not possible.
    """
    coarse = [one for one in wrong if _is_right(one) is False]
    fine = [one for one in everywhere if _dtypes(one) == {"float64"}]
    known = all(_is_right(one) for one in fine) and len(fine) > 1
    if not coarse or not known or any(_dtypes(one) != {"float32"} for one in coarse):
        return ""
    if in_float64 is None:
        shapes = [_shapes(one) for one in fine]
        if not all(_shapes(one) in shapes for one in coarse):
            return ""
    else:
        again = in_float64(coarse)
        if len(again) < len(coarse) or not all(_is_right(one) for one in again):
            return ""
    return _("All results in float64 are right, but not all results in float32.")


def _is_right(one: ComparedCall) -> bool | None:
    """Whether an answer is right; None if its error is small, or if only its dtype differs."""
    if one.chance:
        return None
    if one.right is None and one.record.error is not None:
        return True
    try:
        cases = list(one.results().values())
    except Unlike:
        return False
    verdicts = {_agrees(one, case) for case in cases}
    return False if False in verdicts else None if None in verdicts else True


def _agrees(one: ComparedCall, case: Case) -> bool | None:
    """Whether one result is right; None if undecided."""
    if one.chance:
        return None
    if not agrees(case.actual, case.expected):
        return False
    names = {*_dtypes(one), case.actual.dtype.name}
    exact = agrees(case.actual, case.expected, "float64" if names <= {"float64"} else "float32")
    return (case.actual.dtype == case.expected.dtype and exact) or None


def _dtypes(one: ComparedCall) -> set[str]:
    """Return the floating dtypes among the arguments of a call."""
    arrays = [value for value in one.record.args if isinstance(value, np.ndarray)]
    return {array.dtype.name for array in arrays if array.dtype.kind == "f"}


def _shapes(one: ComparedCall) -> list[tuple[int, ...]]:
    return [value.shape for value in one.record.args if isinstance(value, np.ndarray)]


#: a feature of a call: its kind, the name of the argument, a detail
_Feature = tuple[str, str, Any]


def _what_sets_apart(answered: Sequence[ComparedCall], verdicts: Sequence[bool | None]) -> str:
    """Return the features that exactly the wrong calls have; empty if none or many.

    One alone may be a coincidence where another is the cause.
    """
    found = [list(_features(one)) for one in answered]
    wrong = [features for features, right in zip(found, verdicts, strict=True) if not right]
    right = [features for features, right in zip(found, verdicts, strict=True) if right]
    telling = [
        _in_words(*feature)
        for feature in dict.fromkeys(wrong[0])
        if all(feature in features for features in wrong)
        and not any(feature in features for features in right)
    ]
    if not telling or len(telling) > _FEATURES:
        return ""
    return reduce(lambda one, other: _("{one}; {other}").format(one=one, other=other), telling)


def _features(one: ComparedCall) -> Iterator[_Feature]:
    """Yield the features of a call, most informative first."""
    record = one.record
    yield "function", "", record.name
    first_keyword = len(record.args) - len(record.keywords)
    for i, value in enumerate(record.args):
        name = str(i + 1) if i < first_keyword else record.keywords[i - first_keyword]
        if isinstance(value, np.ndarray):
            yield from _of_array(name, value)
        elif value is None or isinstance(value, (bool, int, float, str)):
            # A string that a check passes on may be the learner's: hints must not contain markup.
            if not isinstance(value, str) or value.isidentifier():
                yield "is", name, repr(value)
            if isinstance(value, (int, float)) and value < 0:
                yield "negative", name, None


def _of_array(name: str, array: np.ndarray[Any, Any]) -> Iterator[_Feature]:
    if array.dtype.kind in "fiu" and array.size:
        yield from ((kind, name, None) for kind, holds in _OF_VALUES.items() if holds(array))
    for axis, size in enumerate(array.shape):
        if size == 1:
            yield "one", name, axis
    if array.ndim == 2 and array.shape[0] == array.shape[1]:
        yield "square", name, None
    yield "axes", name, array.ndim
    yield "dtype", name, array.dtype.name


_OF_VALUES: dict[str, Callable[[np.ndarray[Any, Any]], bool]] = {
    "not finite": lambda array: not np.isfinite(array).all(),
    "large": lambda array: bool((np.abs(array) > _LARGE).any()),
    "negatives": lambda array: bool((array < 0).any()),
    "no negatives": lambda array: bool((array >= 0).all()),
    "zeros": lambda array: bool((array == 0).any()),
    "repeated": lambda array: array.dtype.kind in "iu" and np.unique(array).size < array.size,
}


def _in_words(kind: str, argument: str, detail: Any) -> str:
    text = {
        "function": _("{detail} is called"),
        "is": _("argument {argument} is {detail}"),
        "negative": _("argument {argument} is negative"),
        "not finite": _("argument {argument} contains NaN or infinity"),
        "large": _("argument {argument} contains values beyond ±80"),
        "negatives": _("argument {argument} contains negative values"),
        "no negatives": _("argument {argument} contains no negative values"),
        "zeros": _("argument {argument} contains zeros"),
        "repeated": _("argument {argument} contains repeated values"),
        "one": _("argument {argument} has size 1 along axis {detail}"),
        "square": _("argument {argument} is square"),
        "axes": _("the number of axes of argument {argument} is {detail}"),
        "dtype": _("the dtype of argument {argument} is {detail}"),
    }[kind]
    return text.format(argument=argument, detail=detail)
