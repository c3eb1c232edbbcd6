"""Corrupts the right answers of a function: the wrong shape, the wrong dtype, values a little off.

It imports no framework until it encounters one of its arrays.
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Corruption = Callable[[Any], Any]


def _with_axis(array: Any) -> Any:
    return array[..., None] if hasattr(array, "shape") else [array]


def _flat(array: Any) -> Any:
    """Return all entries in one dimension; an array with one dimension gets another axis."""
    if not hasattr(array, "shape"):
        return [array]
    return array.reshape(-1) if len(array.shape) > 1 else array[None]


def _cast(dtype: str, array: Any) -> Any:
    if hasattr(array, "astype"):
        return array.astype(dtype)
    if hasattr(array, "detach"):
        import torch

        return array.to(getattr(torch, dtype))
    return np.dtype(dtype).type(array).item()


def _noisy(array: Any) -> Any:
    """Return *array* with noise of up to one thousandth of its largest entry."""
    if not getattr(array, "shape", ()):
        return 1.001 * array
    waves = np.cos(np.arange(np.prod(array.shape))).reshape(array.shape)
    noise = array.new_tensor(waves) if hasattr(array, "new_tensor") else waves.astype(array.dtype)
    return array + 1e-3 * abs(array).max() * noise


CORRUPTIONS: dict[str, Corruption] = {
    "has an axis too many": _with_axis,
    "has its entries in a row": _flat,
    "is in whole numbers": functools.partial(_cast, "int64"),
    "is in half precision": functools.partial(_cast, "float16"),
    "is in double precision": functools.partial(_cast, "float64"),
    "is off by a thousandth": _noisy,
    "has zeros for values": lambda array: array * 0,
    "has ones for values": lambda array: array * 0 + 1,
}


def corrupted(function: Any, corruption: str) -> Any:
    """Return *function*, or a class, with its answers changed by one of the :data:`CORRUPTIONS`.

    If a function returns nothing, the arrays that it changes are corrupted.
    """
    corrupt = CORRUPTIONS[corruption]
    if not inspect.isclass(function):
        return _wrapped(function, corrupt)
    names = {name for name in vars(function) if not name.startswith("_")} | {"__call__"}
    methods = {name: getattr(function, name, None) for name in sorted(names)}
    wrapped = {name: _wrapped(m, corrupt) for name, m in methods.items() if inspect.isfunction(m)}
    return type(function.__name__, (function,), wrapped)


def _wrapped(function: Callable[..., Any], corrupt: Corruption) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        arrays = list(_arrays([*args, *kwargs.values()]))
        before = [np.asarray(array).copy() for array in arrays]
        answer = function(*args, **kwargs)
        if answer is not None:
            return _corrupted(answer, corrupt)
        for array, old in zip(arrays, before, strict=True):
            if not np.array_equal(array, old):
                array[...] = corrupt(array)
        return None

    return wrapper


def _arrays(values: Any) -> Iterator[Any]:
    """Yield the arrays in *values* in a writable form."""
    for value in values:
        if isinstance(value, (tuple, list)):
            yield from _arrays(value)
        elif hasattr(value, "shape"):
            yield value.detach() if hasattr(value, "detach") else value
            if getattr(value, "grad", None) is not None:
                yield value.grad


def _corrupted(answer: Any, corrupt: Corruption) -> Any:
    """Return *answer* with every array and every number in it corrupted."""
    if answer is None or isinstance(answer, (bool, str)):
        return answer
    if hasattr(answer, "shape") or isinstance(answer, (int, float)):
        return corrupt(answer)
    if isinstance(answer, dict):
        return {key: _corrupted(one, corrupt) for key, one in answer.items()}
    if isinstance(answer, (tuple, list)):
        return type(answer)(_corrupted(one, corrupt) for one in answer)
    if hasattr(answer, "__iter__"):
        return (_corrupted(one, corrupt) for one in answer)
    return _wrapped(answer, corrupt) if callable(answer) else answer
