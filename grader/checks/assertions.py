"""Assertions for checks; their messages say what was found, what was expected, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthoringError
from grader.exercise import Text
from grader.language import _, current
from grader.numerics.closeness import Difference, difference, judged_dtype, relative_error
from grader.sandbox.proxy import ObjectProxy

from .check_context import current_check

Array = NDArray[Any]


class Mismatch(AssertionError):
    """A result is not what was expected.

    Args:
        headline: what is wrong, without values; hidden checks show only this.
            A check's own text is a Text, in both languages.

        detail: the values, for public checks.

        subject: what is wrong: ``values``, or one of :data:`.marks.SUBJECTS`.

    Attributes:
        form: the shape of a result and the right one, if they differ by axes of size 1 only and
            the values are right.
    """

    form: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    def __init__(
        self, headline: str | Text, detail: str | Text = "", subject: str = "values"
    ) -> None:
        self.subject = subject
        self.headline = _in_words(headline)
        whole = _("{headline} {detail}") if detail else "{headline}"
        super().__init__(whole.format(headline=self.headline, detail=_in_words(detail)))


def _in_words(text: str | Text) -> str:
    return text.get(current()) if isinstance(text, Text) else text


def describe(value: Any) -> str:
    """Return a short description of *value*."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return _("an array of shape {shape} and dtype {dtype}").format(
            shape=tuple(value.shape), dtype=value.dtype
        )
    if isinstance(value, ObjectProxy):
        return _("a {type} object").format(type=value.held.type)
    if isinstance(value, (bool, int, float)):
        return _("the number {value}").format(value=value)
    if isinstance(value, (tuple, list, dict)):
        return _("a {type} of {count}").format(type=type(value).__name__, count=len(value))
    return _("a {type}").format(type=type(value).__name__)


def as_array(value: Any, what: str = "") -> Array:
    """Return a result (an array, a number or nested lists) as an array; a number becomes 0-d.

    Raises:
        Mismatch: it is none of these; most often None, from a missing ``return``.
    """
    what = what or _("The result")
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, (bool, int, float)):
        return np.asarray(value)
    if isinstance(value, (list, tuple)):
        try:
            stacked = np.asarray([as_array(item, what) for item in value])
        except ValueError:
            stacked = np.asarray(None)
        if stacked.dtype != object:
            return stacked
    text = _("{what} is not an array.").format(what=what)
    if value is None:
        raise Mismatch(text, _("It is None. Is there a return statement?"))
    raise Mismatch(text, _("It is {value}.").format(value=describe(value)))


def one_of(results: Any, place: int) -> Any:
    """Return the result at *place* of a function that returns several.

    Of a single array, an index would take a row, whose shape says nothing to the learner.

    Raises:
        Mismatch: it is no tuple and no list, or one with fewer results.
    """
    if isinstance(results, (tuple, list)) and place < len(results):
        return results[place]
    text = _("The check needs result {number} of several.").format(number=place + 1)
    raise Mismatch(text, _("What is returned is {value}.").format(value=describe(results)))


def as_block(value: Any, what: str = "") -> ObjectProxy:
    """Return a result that is an object which stays with the learner's code.

    Raises:
        Mismatch: it is an array, a number, None or the like.
    """
    if isinstance(value, ObjectProxy):
        return value
    what = what or _("The result")
    text = _("{what} is no object that can be called.").format(what=what)
    raise Mismatch(text, _("It is {value}.").format(value=describe(value)))


def assert_close(
    actual: Any,
    expected: Any,
    *,
    terms: int = 1,
    condition: float = 1.0,
    scale: float | None = None,
    what: str = "",
    looked_at: int | None = None,
    computed_in: str | None = None,
    tolerance: float = 0.0,
) -> None:
    """Assert that a result agrees with the expected one: shape, kind of dtype, finiteness, values.

    Args:
        actual: the learner's result: an array, a number, or nested lists of these.

        expected: an array or number, computed in float64.

        terms: length of the longest sum behind one entry.

        condition: the factor by which a relative error of the input is magnified; for ``exp(X)``,
            the largest entry of X.

        scale: the magnitude that errors are relative to; default the largest expected value.

        what: the name of the result in the message: code, which is the same in both languages.

        looked_at: the number of compared entries, for the message; default all.

        computed_in: the dtype in which the submission computed it; default the coarsest one among
            the arguments of the call that returned it.

        tolerance: a relative error that the statement allows, such as a guard's; in any dtype, and
            only if it is more than rounding is allowed.

    If only shapes are wrong, by axes of size 1, the check ends with half of its points.

    Raises:
        Mismatch: it does not agree.

        AuthoringError: the expected value is not a finite array.
    """
    what = what or _("The result")
    want = np.asarray(expected)
    if want.dtype.kind not in "fiub" or np.isnan(want.astype(np.float64)).any():
        raise AuthoringError(f"an expected value is not a number: {want!r}")
    got = as_array(actual, what)
    check = current_check()
    dtype = computed_in or check.dtype_of(got)

    def compared(value: Array) -> Difference | None:
        return difference(
            value,
            want,
            dtype=dtype,
            terms=terms,
            condition=condition,
            scale=scale,
            precision=check.precision,
            tolerance=tolerance,
        )

    found = compared(got)
    if found:
        check.compared = check.compared or (got, want)
        if found.kind == "dtype" and want.dtype.kind == "f":
            # The expected value was computed in float64; the learner's inputs may be float32.
            found = replace(found, expected=dtype)
        wrong = _mismatch(found if looked_at is None else replace(found, total=looked_at), what)
        if _is_of_another_form(got, want) and not compared(got.reshape(want.shape)):
            wrong.form = got.shape, want.shape
        # With an array of another shape, a check cannot go on: broadcasting may fill the memory.
        if check.speaks_of(wrong.subject) or wrong.subject == "shape":
            raise wrong
        # What the sentence does speak of is looked at all the same.
        check.doubts.append(wrong)
        return
    if not tolerance:  # otherwise the error is not one of rounding, which tolerances are set by
        error = relative_error(got, want, terms=terms, condition=condition, scale=scale)
        check.note_error(judged_dtype(got, dtype), error)


def _is_of_another_form(got: Array, want: Array) -> bool:
    """Whether two shapes differ in axes of size 1 only, such as a column's from a flat array's."""
    sizes = [[n for n in array.shape if n != 1] for array in (got, want)]
    return got.shape != want.shape and sizes[0] == sizes[1]


def _mismatch(found: Difference, what: str) -> Mismatch:
    at = str(list(found.index))
    if found.kind == "shape":
        headline = _("{what} has the wrong shape.")
        detail = _("Got {actual}, expected {expected}.")
    elif found.kind == "dtype":
        headline = _("{what} has the wrong kind of dtype.")
        detail = _("Got {actual}, expected {expected}.")
    elif found.kind == "finite":
        headline = _("{what} has NaN or infinity where a finite value is expected, or vice versa.")
        detail = _(
            "At {index}: got {actual}, expected {expected}; {count} of {total} entries are wrong "
            "in this way."
        )
        if not found.index and found.total == 1:
            detail = _("Got {actual}, expected {expected}.")
    elif not found.index and found.total == 1:
        headline = _("{what} has wrong values.")
        detail = _("Got {actual}, expected {expected}; a difference of {allowed} is allowed.")
    else:
        headline = _("{what} has wrong values.")
        detail = _(
            "{count} of {total} entries differ. The largest difference is {worst} at {index}: "
            "got {actual}, expected {expected}; a difference of {allowed} is allowed."
        )
    return Mismatch(
        headline.format(what=what),
        detail.format(
            actual=found.actual,
            expected=found.expected,
            count=found.count,
            total=found.total,
            index=at,
            worst=f"{found.worst:.3g}",
            allowed=f"{found.allowed:.3g}",
        ),
        found.kind if found.kind in ("shape", "dtype") else "values",
    )
