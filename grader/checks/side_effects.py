"""Assertions on side effects: changed arguments, the result's dtype and memory, global modes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from grader.language import _
from grader.sandbox.proxy import ModuleProxy

from .assertions import Mismatch, as_array
from .check_context import current_check

Array = NDArray[Any]


def assert_unchanged(actual: Array, before: Array, what: str) -> None:
    """Assert that an argument has the same value as before the call.

    Raises:
        Mismatch: it was changed in place.
    """
    current_check().asserted.add("unchanged")
    if actual.tobytes() != before.tobytes():
        text = _("{what} was changed in place; work on a copy.").format(what=what)
        raise Mismatch(text, subject="unchanged")


def assert_dtype_kept(actual: Any, dtype: str, what: str = "") -> None:
    """Assert that an array result has the dtype of the inputs; a single number may have any dtype.

    Raises:
        Mismatch: it has another dtype.
    """
    current_check().asserted.add("dtype")
    what = what or _("The result")
    got = as_array(actual, what)
    if got.ndim and got.dtype.name != dtype:
        text = _("{what} does not have the input's dtype.").format(what=what)
        detail = _("Got {actual}, expected {expected}.")
        detail = detail.format(actual=got.dtype.name, expected=dtype)
        raise Mismatch(text, detail, "dtype")


def assert_no_alias(student: ModuleProxy, name: str, args: Sequence[Any]) -> None:
    """Assert that the result of a call shares no memory with its arguments.

    Changing one later would change the other. Use this only if the statement asks for new arrays:
    returning a view, or the input itself, is often right.

    Raises:
        Mismatch: an array in the result is one of *args*, or a view of one.
    """
    current_check().asserted.add("memory")
    numbers = student.aliases(name, args)
    if numbers:
        headline = _("The result of {name} shares memory with an argument; return a new array.")
        which = _("It is the array argument number {number}.").format(number=numbers[0] + 1)
        raise Mismatch(headline.format(name=name), which, "memory")


def assert_state_kept(student: ModuleProxy, name: str, args: Sequence[Any]) -> None:
    """Assert that a call leaves random generators and modes unchanged.

    These are the global generators of Python, NumPy and PyTorch, whether PyTorch records gradients,
    its default dtype, NumPy's handling of floating-point errors, and JAX's float64. Use this only
    for functions that need no randomness. Any changes are undone.

    Raises:
        Mismatch: one of them has changed.
    """
    current_check().asserted.add("state")
    changed = student.disturbed(name, args)
    if changed:
        headline = _("{name} leaves a global setting or random generator changed: {what}.")
        raise Mismatch(headline.format(name=name, what=", ".join(changed)), subject="state")
