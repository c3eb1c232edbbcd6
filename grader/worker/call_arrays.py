"""The arrays that a call is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .adapters import NumpyAdapter, to_array
from .values import Array, identical


@dataclass
class CallArrays:
    """The arrays of a call: the values the grader last knew, and the learner's own arrays."""

    known: list[Array]
    natives: list[Any]
    #: whether a returned value was on another device than these arrays
    off_device: bool = False

    def copy(self) -> CallArrays:
        """Return the same learner's arrays, with copies of their known values."""
        return CallArrays([np.array(array) for array in self.known], self.natives)

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
