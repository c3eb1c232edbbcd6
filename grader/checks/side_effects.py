"""Assertions on what a call leaves behind: its arguments, its result's dtype and memory, modes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from grader.language import _
from grader.sandbox.proxy import ModuleProxy

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


def assert_no_alias(student: ModuleProxy, name: str, args: Sequence[Any]) -> None:
    """Assert that the result of a call shares no memory with the arrays handed in.

    Whoever changes the one later would change the other. Only where the statement asks for new
    arrays: to return a view, or the input itself, is often right.

    Raises:
        Mismatch: an array in the result is one of *args*, or a view of one.
    """
    numbers = student.aliases(name, args)
    if numbers:
        headline = _("The result of {name} shares memory with an argument; return a new array.")
        which = _("It is the array argument number {number}.").format(number=numbers[0] + 1)
        raise Mismatch(headline.format(name=name), which)


def assert_state_kept(student: ModuleProxy, name: str, args: Sequence[Any]) -> None:
    """Assert that a call leaves random generators and modes as it found them.

    These are the global generators of Python, NumPy and PyTorch, whether PyTorch records gradients,
    its default dtype, NumPy's handling of floating-point errors, and JAX's float64. Only for
    functions that need no randomness. Whatever has changed is put back.

    Raises:
        Mismatch: one of them has changed.
    """
    changed = student.disturbed(name, args)
    if changed:
        headline = _("{name} leaves a global setting or random generator changed: {what}.")
        raise Mismatch(headline.format(name=name, what=", ".join(changed)))
