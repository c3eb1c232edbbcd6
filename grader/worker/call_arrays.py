"""The arrays that a call is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .adapters import NumpyAdapter, to_array
from .values import Array, identical, leaves, parts

#: by function, the arguments that it is to change in place: their names and positions
Changes = Mapping[str, Mapping[str, int]]


@dataclass
class CallArrays:
    """The arrays of a call: the values the grader last knew, and the learner's own arrays."""

    known: list[Array]
    natives: list[Any]
    #: whether a returned value was on another device than these arrays
    off_device: bool = False
    #: the arguments that the function is to change, by name and position
    changed: Collection[str | int] = ()
    #: which of the arrays are in these
    changing: Sequence[int] = ()

    @classmethod
    def of(
        cls, args: Sequence[Any], kwargs: Mapping[str, Any], changes: Mapping[str, int]
    ) -> CallArrays:
        """Return the arrays among the arguments of a call, without the learner's own yet.

        Args:
            changes: the arguments that the function is to change.
        """
        changed: set[str | int] = {*changes, *changes.values()}
        known: list[Array] = []
        changing: list[int] = []
        for place, value in (*enumerate(args), *kwargs.items()):
            first, found = len(known), leaves(value)
            known += found
            if place in changed:
                changing += range(first, first + len(found))
        return cls(known, [], changed=changed, changing=changing)

    def taken(self, value: Any, adapter: NumpyAdapter) -> Any:
        """Take the arrays in *value* as the changes, where arrays cannot change themselves.

        Returns:
            None; *value*, if these are not as many arrays as the function is to change.
        """
        new = parts(value)
        arrays = sum(to_array(part, adapter) is not None for part in new)
        if not self.changing or len(self.changing) != len(new) or arrays != len(new):
            return value
        for number, array in zip(self.changing, new, strict=True):
            self.natives[number] = array
        return None

    def copy(self) -> CallArrays:
        """Return the same learner's arrays, with copies of their known values."""
        known = [np.array(array) for array in self.known]
        return CallArrays(known, self.natives, changing=self.changing)

    def changes(self, adapter: NumpyAdapter) -> list[list[Any]]:
        """Return index and new value of each array changed since the last call of this method."""
        changed: list[list[Any]] = []
        for number, (before, native) in enumerate(zip(self.known, self.natives, strict=True)):
            after = to_array(native, adapter)
            if after is not None and not identical(before, after):
                changed.append([number, np.array(after)])
                self.known[number] = changed[-1][1]
        return changed

    def refill(self, data: Sequence[Array], adapter: NumpyAdapter) -> None:
        """Put *data* into the learner's arrays, or into new ones where arrays cannot change."""
        self.known = [np.array(array) for array in data]
        pairs = zip(self.natives, self.known, strict=True)
        self.natives = [adapter.filled(native, array) for native, array in pairs]
