"""Calls like those of a check, with arrays of other sizes.

On inputs of one size, two mistakes may agree by coincidence: with one example, a sum over examples
is also a mean. Which axes belong together is not known, so axes of equal length are tried in all
combinations; what the reference cannot answer is no such call.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.sandbox.channel import Channel
from grader.worker.values import Array, leaves, replace_arrays

from .answers import Answer, Question

#: most axes of equal length that are tried in all combinations, and most calls made of one
_AXES, _CALLS = 5, 16
#: the shape of arrays with most axes; others have the first ones of these
_SHAPE = (2, 3, 2, 4)

#: the number of an array and an axis of it
_Axis = tuple[int, int]


def sizes_of(payload: dict[str, Any]) -> tuple[Any, ...]:
    """Return what tells a call's sizes from those of others: all shapes and numbers."""
    args = [*payload["args"], *payload["kwargs"].values()]
    numbers = [arg for arg in args if isinstance(arg, (int, float))]
    return (*(array.shape for array in leaves(args)), *numbers)


def resized(
    call: Question, right: Channel, lengths: Sequence[int] = (1, -1), seed: int = 0
) -> Iterator[tuple[dict[str, Any], Answer]]:
    """Yield calls like *call* with other sizes, in float64, each with its right answer.

    Args:
        lengths: how much longer axes become; the first with a right answer is taken. Long axes
            also become axes of length 1.

        seed: of the noise in numbers that are repeated.

    Raises:
        InternalError: *right* cannot answer.
    """
    found = 0
    for chosen, length in _choices(call.payload):
        others = [length + more for more in lengths if length + more >= 1]
        for tried in (others, [1] if length > 1 else []):
            for new in tried:
                if found == _CALLS:
                    return
                payload = _with_lengths(call.payload, chosen, new, seed)
                answer = Question("call", payload, None, ()).ask(right)
                if answer is not None:
                    found += 1
                    yield payload, answer
                    break


def with_other_dimensions(call: Question, right: Channel) -> Iterator[dict[str, Any]]:
    """Yield calls like *call*, whose arrays all have one shape, with other numbers of axes.

    Raises:
        InternalError: *right* cannot answer.
    """
    arrays = leaves([*call.payload["args"], *call.payload["kwargs"].values()])
    shapes = {array.shape for array in arrays}
    if len(shapes) != 1 or not arrays[0].size:
        return
    for number in range(len(_SHAPE) + 1):
        payload = _replaced(call.payload, partial(np.resize, new_shape=_SHAPE[:number]))
        if Question("call", payload, None, ()).ask(right) is not None:
            yield payload


def _choices(payload: dict[str, Any]) -> Iterator[tuple[frozenset[_Axis], int]]:
    """Yield axes that may belong together, and their length; the largest groups first."""
    arrays = leaves([*payload["args"], *payload["kwargs"].values()])
    axes: dict[int, list[_Axis]] = {}
    for number, array in enumerate(arrays):
        for axis, length in enumerate(array.shape):
            axes.setdefault(length, []).append((number, axis))
    for length, group in axes.items():
        counts = range(len(group), 0, -1) if len(group) <= _AXES else [len(group)]
        for count in counts if length else ():
            for chosen in itertools.combinations(group, count):
                yield frozenset(chosen), length


def _with_lengths(
    payload: dict[str, Any], chosen: frozenset[_Axis], length: int, seed: int
) -> dict[str, Any]:
    numbers = itertools.count()
    noise = np.random.default_rng(seed)

    def other(array: Array) -> Array:
        number = next(numbers)
        for axis in range(array.ndim):
            if (number, axis) in chosen:
                array = np.take(array, np.arange(length) % array.shape[axis], axis)
        if array.dtype.kind != "f":
            return np.array(array)
        return array.astype(np.float64) * noise.uniform(0.9, 1.1, array.shape)

    return _replaced(payload, other)


def _replaced(payload: dict[str, Any], other: Callable[[Array], Array]) -> dict[str, Any]:
    args, kwargs = (replace_arrays(payload[part], other) for part in ("args", "kwargs"))
    return {**payload, "args": args, "kwargs": kwargs}
