"""Neutral values: the values that grader and worker exchange.

A neutral value is None, a bool, an int, a float, a string, a NumPy array of a listed dtype, a
list, tuple or dict of neutral values, or one of the markers below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

MAX_TEXT = 2000

#: dtypes that may cross the wire, by name
DTYPES = frozenset(
    [
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    ]
)


@cache
def _name_of_class(kind: type[Any]) -> str:
    return np.dtype(kind).name


def name_of(dtype: Any) -> str:
    """Return the name of a *dtype*; cached, because NumPy rebuilds it each time."""
    return _name_of_class(dtype.type)


class Unsendable(ValueError):
    """The value has no neutral form."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An array that the learner's framework should treat as trainable."""

    data: Array


@dataclass(frozen=True, slots=True)
class WithGradient(Parameter):
    """A parameter as a backward pass leaves it: its gradient stands in its attribute ``grad``.

    Attributes:
        gradient: None if no gradient has reached the parameter.
    """

    gradient: Array | None


@dataclass(frozen=True, slots=True)
class Held:
    """An object that stays in the worker, identified by a number.

    Attributes:
        type: name of its class, for messages.

        iterable: whether it can be iterated over.
    """

    id: int
    type: str
    iterable: bool

    @classmethod
    def of(cls, id: int, value: Any) -> Held:
        """Return what stands for *value*, which has this number."""
        name = type(value).__name__[:100]
        name = name if name.isidentifier() else "object"
        return cls(id, name, hasattr(type(value), "__iter__"))


@dataclass(frozen=True, slots=True)
class Callback:
    """A function of the grader, as the worker sees it."""

    id: int


#: what most values are: it has no parts, and to know that soon makes every call faster
_LEAVES = frozenset([np.ndarray, str, int, float, bool, type(None)])


def is_data(value: Any, objects: bool = False) -> bool:
    """Return whether *value* contains no markers, except objects if *objects* is true."""
    if type(value) in _LEAVES:
        return True
    if isinstance(value, (list, tuple)):
        return all(is_data(item, objects) for item in value)
    if isinstance(value, dict):
        return all(is_data(key) and is_data(item, objects) for key, item in value.items())
    return not isinstance(value, (Parameter, Callback)) and (objects or not isinstance(value, Held))


def parts(value: Any) -> list[Any]:
    """Return what is inside the lists, tuples and dicts of *value*, depth first."""
    if type(value) in _LEAVES:
        return [value]
    if isinstance(value, (list, tuple)):
        return [part for item in value for part in parts(item)]
    if isinstance(value, dict):
        return [part for item in value.values() for part in parts(item)]
    return [value]


def with_parts(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return *value* with everything inside its lists, tuples and dicts replaced by its change."""
    if type(value) in _LEAVES:
        return change(value)
    if isinstance(value, list):
        return [with_parts(item, change) for item in value]
    if isinstance(value, tuple):
        return tuple(with_parts(item, change) for item in value)
    if isinstance(value, dict):
        return {key: with_parts(item, change) for key, item in value.items()}
    return change(value)


def leaves(value: Any) -> list[Array]:
    """Return the arrays inside *value*, depth first.

    A parameter counts as its data, with its gradient behind it if it has one.
    """
    return [array for part in parts(value) for array in _arrays_of(part)]


def _arrays_of(part: Any) -> list[Array]:
    if type(part) in _LEAVES:
        return [part] if type(part) is np.ndarray else []
    if isinstance(part, WithGradient) and part.gradient is not None:
        return [part.data, part.gradient]
    data = part.data if isinstance(part, Parameter) else part
    return [data] if isinstance(data, np.ndarray) else []


def replace_arrays(value: Any, change: Callable[[Array], Array]) -> Any:
    """Return *value* with every array replaced by ``change(array)``."""

    def changed(part: Any) -> Any:
        if type(part) in _LEAVES:
            return change(part) if type(part) is np.ndarray else part
        if isinstance(part, WithGradient):
            data, gradient = change(part.data), part.gradient
            return WithGradient(data, None if gradient is None else change(gradient))
        if isinstance(part, Parameter):
            return Parameter(change(part.data))
        return change(part) if isinstance(part, np.ndarray) else part

    return with_parts(value, changed)


def identical(one: Array, other: Array) -> bool:
    """Whether two arrays are bitwise equal."""
    same = one.shape == other.shape and one.dtype == other.dtype
    return same and one.tobytes() == other.tobytes()


def plain(value: Any) -> Any:
    """Return a subclass of a built-in scalar as the built-in itself."""
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind.__call__(value) if kind is not str else str.__str__(value)
    return value


def plain_key(key: Any) -> Any:
    """Return a dictionary's key in a form that can be sent."""
    if key is None or type(key) in (bool, int, float, str):
        return key
    if isinstance(key, tuple):
        return tuple(plain_key(item) for item in key)
    if isinstance(key, np.generic):
        return key.item()
    return plain(key) if isinstance(key, (int, float, str)) else repr(key)[:MAX_TEXT]


def copy_arrays(value: Any) -> Any:
    """Return *value* with its arrays copied."""
    return replace_arrays(value, lambda array: np.array(array))
