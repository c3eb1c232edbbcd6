"""The arrays that a call is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .adapters import NumpyAdapter, to_array
from .fault import Fault
from .values import Array, Parameter, WithGradient, identical, leaves, parts

#: by function, the arguments that it is to change in place: their names and positions
Changes = Mapping[str, Mapping[str, int]]
#: makes an array of the framework, which may be a trainable one
Make = Callable[[Array, bool], Any]


@dataclass(frozen=True, slots=True)
class Gradient:
    """The gradient of a parameter, which may be another array after a call, or none."""

    parameter: Any

    def after(self, before: Array, adapter: NumpyAdapter) -> Array | None:
        """Return its values; zeros if there is none any more, which trains alike."""
        now = getattr(self.parameter, "grad", None)
        return np.zeros_like(before) if now is None else to_array(now, adapter)


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
    #: the parameters that no gradient has reached
    without: list[Any] = field(default_factory=list)
    #: the learner's arrays of an earlier call
    earlier: Sequence[Any] = ()

    @classmethod
    def of(
        cls,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        changes: Mapping[str, int],
        earlier: CallArrays | None = None,
    ) -> CallArrays:
        """Return the arrays among the arguments of a call, without the learner's own yet.

        Args:
            changes: the arguments that the function is to change.

            earlier: an earlier call, whose arrays are used again where they hold the same.
        """
        changed: set[str | int] = {*changes, *changes.values()}
        known: list[Array] = []
        changing: list[int] = []
        for place, value in (*enumerate(args), *kwargs.items()):
            for part in parts(value):
                first, found = len(known), leaves(part)
                known += found
                if place in changed:
                    # behind the array stands its gradient, which is no array to return
                    changing += range(first, first + len(found[:1]))
        before = earlier.natives if earlier else ()
        return cls(known, [], changed=changed, changing=changing, earlier=before)

    def add(
        self, value: Array | Parameter, natives: list[Any], make: Make, adapter: NumpyAdapter
    ) -> Any:
        """Return an array of the framework for *value*; put it among *natives*, too."""
        if not isinstance(value, WithGradient):
            data = value.data if isinstance(value, Parameter) else value
            same = None
            if natives is self.natives and data is value:
                same = self._the_same(len(natives), data, adapter)
            natives.append(make(data, isinstance(value, Parameter)) if same is None else same)
            return natives[-1]
        parameter = adapter.trained(value.data, value.gradient)
        natives.append(parameter)
        if value.gradient is None:
            self.without.append(parameter)
        else:
            natives.append(Gradient(parameter))
        return parameter

    def _the_same(self, number: int, data: Array, adapter: NumpyAdapter) -> Any:
        """Return the array of this number of the earlier call, if it holds *data*; else None."""
        before = self.earlier[number] if number < len(self.earlier) else None
        holds = None if isinstance(before, Gradient) else to_array(before, adapter)
        return before if holds is not None and identical(holds, data) else None

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
        """Return index and new value of each array changed since the last call of this method.

        Raises:
            Fault: a parameter that had no gradient has got one.
        """
        if any(getattr(parameter, "grad", None) is not None for parameter in self.without):
            raise Fault("gradient", "")
        changed: list[list[Any]] = []
        for number, (before, native) in enumerate(zip(self.known, self.natives, strict=True)):
            of_gradient = isinstance(native, Gradient)
            after = native.after(before, adapter) if of_gradient else to_array(native, adapter)
            if after is not None and not identical(before, after):
                changed.append([number, np.array(after)])
                self.known[number] = changed[-1][1]
        return changed

    def refill(self, data: Sequence[Array], adapter: NumpyAdapter) -> None:
        """Put *data* into the learner's arrays, or into new ones where arrays cannot change."""
        self.known = [np.array(array) for array in data]
        pairs = zip(self.natives, self.known, strict=True)
        self.natives = [self._refilled(native, array, adapter) for native, array in pairs]

    @staticmethod
    def _refilled(native: Any, data: Array, adapter: NumpyAdapter) -> Any:
        if not isinstance(native, Gradient):
            return adapter.filled(native, data)
        adapter.refill_gradient(native.parameter, data)
        return native
