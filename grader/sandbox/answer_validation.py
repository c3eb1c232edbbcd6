"""Validation of a worker's answers before they are used.

An answer holds a value and the arrays that the call changed in place. What is valid depends on the
request. For example, a request for gradients must be answered with one gradient for each argument,
in its shape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.errors import Raised
from grader.language import _
from grader.worker.call_effects import STATES
from grader.worker.finite_differences import Slopes
from grader.worker.values import Array, Held, Parameter, is_data, leaves
from grader.worker.work_done import WORK

#: most items of an iterator; longer ones are treated as endless
MAX_ITEMS = 20_000
#: most trainable arrays that a block may have
MOST_PARAMETERS = 10_000

#: index and new value of each array that a call changed
Changes = tuple[tuple[int, Array], ...]


def unreadable(name: str) -> Raised:
    """Return the error for an invalid answer of *name*."""
    return Raised(_("{name} returned something that cannot be read.").format(name=name))


def read_answer(op: str, answer: Any, name: str, args: Sequence[Any] = ()) -> tuple[Any, Changes]:
    """Return the value and the changes in an untrusted answer.

    Args:
        op: the request, such as ``call`` or ``vjp``.

        name: what was called, for messages.

        args: the arguments of the call.

    Raises:
        Raised: the answer is not valid for this request; nothing was allocated for it.
    """
    # "off_device": the value is on another device than the inputs; only parity asks for it
    if not isinstance(answer, dict) or set(answer) - {"off_device"} != {"value", "after"}:
        raise unreadable(name)
    if type(answer.get("off_device", False)) is not bool:
        raise unreadable(name)
    value, pairs = answer["value"], answer["after"]
    if not isinstance(pairs, list) or not is_data(value, objects=True):
        raise unreadable(name)
    for pair in pairs:
        good = isinstance(pair, list) and len(pair) == 2
        if not good or type(pair[0]) is not int or not isinstance(pair[1], np.ndarray):
            raise unreadable(name)
    if op in _VALIDATORS and not _VALIDATORS[op](value, args):
        raise unreadable(name)
    return value, tuple((index, array) for index, array in pairs)


def _are_gradients(value: Any, args: Sequence[Any]) -> bool:
    """Whether *value* has a gradient, or None, for each of *args*."""
    return _one_for_each(value, args, _is_gradient)


def _is_gradient(value: Any, argument: Array) -> bool:
    # autograd returns the argument's dtype, central differences float64
    known = isinstance(value, np.ndarray) and value.shape == argument.shape
    return known and value.dtype in (argument.dtype, np.dtype(np.float64))


def _are_slopes(value: Any, args: Sequence[Any]) -> bool:
    """Whether *value* has slopes, or None, for each of *args*."""
    return _one_for_each(value, args, _is_slopes)


def _is_slopes(value: Any, argument: Array) -> bool:
    try:
        return Slopes.read(value).shape == argument.shape
    except ValueError:
        return False


def _one_for_each(value: Any, args: Sequence[Any], fits: Callable[[Any, Array], bool]) -> bool:
    if not isinstance(value, list) or len(value) != len(args):
        return False
    arrays = [a.data if isinstance(a, Parameter) else a for a in args]
    floating = [isinstance(a, np.ndarray) and a.dtype.kind == "f" for a in arrays]
    return all(
        one is None or (is_floating and fits(one, array))
        for one, array, is_floating in zip(value, arrays, floating, strict=True)
    )


def _are_numbers_of_arrays(value: Any, args: Sequence[Any]) -> bool:
    count = len(leaves(list(args)))
    return isinstance(value, list) and all(type(n) is int and 0 <= n < count for n in value)


def _are_states(value: Any, args: Sequence[Any]) -> bool:
    return isinstance(value, list) and all(type(n) is str and n in STATES for n in value)


def _is_work(value: Any, args: Sequence[Any]) -> bool:
    return isinstance(value, list) and all(type(n) is str and n in WORK for n in value)


def _is_truth_or_none(value: Any, args: Sequence[Any]) -> bool:
    return value is None or type(value) is bool


def _are_parameters(value: Any, args: Sequence[Any]) -> bool:
    """Whether *value* is a list of floating-point or complex arrays."""
    if not isinstance(value, list) or len(value) > MOST_PARAMETERS:
        return False
    return all(isinstance(one, np.ndarray) and one.dtype.kind in "fc" for one in value)


def _are_items(value: Any, args: Sequence[Any]) -> bool:
    return isinstance(value, list)


def _are_results_in_turn(value: Any, args: Sequence[Any]) -> bool:
    return isinstance(value, list) and len(value) == 3


def _is_object(value: Any, args: Sequence[Any]) -> bool:
    return isinstance(value, Held)


def _is_nothing(value: Any, args: Sequence[Any]) -> bool:
    return value is None


def _are_arrays(value: Any, args: Sequence[Any]) -> bool:
    if not isinstance(value, list) or len(value) > MOST_PARAMETERS:
        return False
    return all(isinstance(one, np.ndarray) for one in value)


def _are_gradients_of_parameters(value: Any, args: Sequence[Any]) -> bool:
    """Whether *value* is a list of floating-point arrays, or of slopes, or of None."""
    if not isinstance(value, list) or len(value) > MOST_PARAMETERS:
        return False
    known = (one for one in value if one is not None and type(one) is not float)
    return all(isinstance(one, np.ndarray) and one.dtype.kind in "fc" for one in known)


#: tests of the value, by request; other requests accept any value
_VALIDATORS: dict[str, Callable[[Any, Sequence[Any]], bool]] = {
    "vjp": _are_gradients,
    "slopes": _are_slopes,
    "aliases": _are_numbers_of_arrays,
    "disturbed": _are_states,
    "work": _is_work,
    "differentiates": _is_truth_or_none,
    "listed": _are_items,
    "in_turn": _are_results_in_turn,
    "parameters": _are_parameters,
    "state": _are_arrays,
    "set_parameters": _is_nothing,
    "restore": _is_nothing,
    "gradients": _are_gradients_of_parameters,
    "make_block": _is_object,
    "iterate": _is_object,
}
