"""Assertions on side effects: changed arguments, the result's dtype and memory, global modes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.language import _, listed
from grader.sandbox.proxy import ModuleProxy
from grader.worker.call_effects import ATTRIBUTES
from grader.worker.values import copy_arrays, leaves, parts

from .assertions import Mismatch, as_array
from .check_context import current_check

Array = NDArray[Any]

#: two results of one call differ by less, relative to the largest value
_COARSE = 1e-4


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


def assert_state_kept(
    student: ModuleProxy, name: str, args: Sequence[Any], but: Sequence[str] = ()
) -> None:
    """Assert that a call leaves random generators and modes unchanged.

    These are the global generators of Python, NumPy and the frameworks, whether PyTorch and MXNet
    record gradients (where PyTorch did before the call, and where it did not), the default dtype of
    PyTorch and Keras, NumPy's handling of floating-point errors, and JAX's float64; and of tensors
    among *args*, ``requires_grad`` and the ``grad`` that trainable ones have. Use this only for
    functions that need no randomness. Any changes of generators and modes are undone.

    Args:
        but: names of what may change, such as ``grad``.

    Raises:
        Mismatch: one of them has changed.
    """
    current_check().asserted.add("state")
    changed = [one for one in dict.fromkeys(student.disturbed(name, args)) if one not in but]
    if changed:
        settings = [one for one in changed if one not in ATTRIBUTES]
        headline = _("{name} leaves a setting or random generator changed: {what}.")
        if not settings:
            headline = _("{name} changes {what} of an argument; leave it as it was.")
        what = listed(settings or changed)
        raise Mismatch(headline.format(name=name, what=what), subject="state")


def assert_no_memory(
    student: ModuleProxy, name: str, first: Sequence[Any], args: Sequence[Any]
) -> None:
    """Assert that a call depends on its own arguments alone, and leaves earlier results alone.

    The function is called with *first* and then with *args*, which are put into the same arrays.
    This shows what is kept for the next call, such as an answer by the address of an array, a
    momentum, or the memory of the result. Use this only for functions that need no randomness;
    whether values are right is not looked at.

    Args:
        first: arguments that differ from *args* in the values of arrays alone.

    Raises:
        Mismatch: an earlier call matters to a later one, or the other way round.
    """
    current_check().asserted.add("state")
    alone, again = copy_arrays(list(args)), copy_arrays(list(args))
    expected = getattr(student, name)(*alone)
    before, after, found = student.in_turn(name, copy_arrays(list(first)), again)
    if not _alike(after, before):
        text = _("The first result of {name} changes in a second call; return a new array.")
        raise Mismatch(text.format(name=name), subject="state")
    if not _alike([found, leaves(again)], [expected, leaves(alone)]):
        text = _(
            "A second call of {name} with the same arrays, which hold other values by then, does "
            "not go by these alone; keep nothing from call to call."
        )
        raise Mismatch(text.format(name=name), subject="state")


def _alike(one: Any, other: Any) -> bool:
    """Whether two results have the same arrays and numbers, up to far more than rounding."""
    pairs = list(zip_longest(parts(one), parts(other)))
    numbers = [(np.asarray(a), np.asarray(b)) for a, b in pairs if _numeric(a) or _numeric(b)]
    return all(a.shape == b.shape and a.dtype.kind == b.dtype.kind for a, b in numbers) and all(
        np.allclose(a, b, rtol=0.0, atol=_COARSE * _scale(b), equal_nan=True) for a, b in numbers
    )


def _numeric(value: Any) -> bool:
    return isinstance(value, (np.ndarray, bool, int, float))


def _scale(values: Array) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0
