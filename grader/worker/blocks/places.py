"""Where an object keeps its arrays: its attributes, and those of the objects within it."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

#: how deep objects within an object are searched
_MOST_NESTED = 16
#: what has attributes, but is no part of a block
_NO_PARTS = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType)


@dataclass(frozen=True, slots=True)
class Place:
    """A place within an object.

    Attributes:
        root: the object.

        steps: names of attributes, and keys or numbers in containers, from the object inwards.
    """

    root: Any
    steps: tuple[Any, ...]

    def get(self) -> Any:
        """Return what is there."""
        found = self.root
        for step in self.steps:
            found = _within(found)[step]
        return found

    def put(self, value: Any) -> None:
        """Put *value* there; a tuple on the way is replaced by another one."""
        _with(self.root, self.steps, value)


def places(root: Any, wanted: Callable[[Any], bool]) -> Iterator[Place]:
    """Yield the places within *root* of what is *wanted*, in the order of its attributes.

    What is an object within several others is gone through once.
    """
    for steps, value in _walk(root, (), set()):
        if wanted(value):
            yield Place(root, steps)


def objects(root: Any) -> Iterator[Any]:
    """Yield *root* and the objects with attributes within it."""
    for _steps, value in _walk(root, (), set()):
        if _has_parts(value):
            yield value


def _walk(value: Any, steps: tuple[Any, ...], seen: set[int]) -> Iterator[tuple[Any, Any]]:
    yield steps, value
    inside = _within(value)
    if inside is None or id(value) in seen or len(steps) > _MOST_NESTED:
        return
    seen.add(id(value))
    for step, part in list(inside.items() if isinstance(inside, dict) else enumerate(inside)):
        yield from _walk(part, (*steps, step), seen)


def _has_parts(value: Any) -> bool:
    return hasattr(value, "__dict__") and not isinstance(value, _NO_PARTS)


def _within(value: Any) -> Any:
    """Return what holds the parts of *value*: a dict, a list or a tuple; None if it has none."""
    if isinstance(value, (dict, list, tuple)):
        return value
    return vars(value) if _has_parts(value) else None


def _with(whole: Any, steps: tuple[Any, ...], value: Any) -> Any:
    """Return *whole* with *value* in the place to which *steps* lead."""
    if not steps:
        return value
    first, *rest = steps
    inside = _within(whole)
    new = _with(inside[first], tuple(rest), value)
    if isinstance(inside, tuple):
        items = [new if i == first else item for i, item in enumerate(inside)]
        return type(whole)(*items) if hasattr(whole, "_fields") else tuple(items)
    if inside[first] is not new:
        # past __setattr__: the class may be frozen
        inside[first] = new
    return whole
