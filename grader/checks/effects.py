"""Assertions on what a call leaves behind: its arguments, and the dtype of its result."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from grader.language import _

from .assertions import Mismatch, as_array

Array = NDArray[Any]


def assert_unchanged(actual: Array, before: Array, what: str) -> None:
    """Assert that an argument still holds what it held before the call.

    Raises:
        Mismatch: it was changed in place.
    """
    if actual.tobytes() != before.tobytes():
        text = _("{what} was changed in place; work on a copy.").format(what=what)
        raise Mismatch(text)


def assert_dtype_kept(actual: Any, dtype: str, what: str = "") -> None:
    """Assert that an array result has the dtype of the inputs; a single number may have any.

    Raises:
        Mismatch: it has another one.
    """
    what = what or _("The result")
    got = as_array(actual, what)
    if got.ndim and got.dtype.name != dtype:
        text = _("{what} does not have the dtype of the input.").format(what=what)
        detail = _("Got {actual}, expected {expected}.")
        raise Mismatch(text, detail.format(actual=got.dtype.name, expected=dtype))
