"""What checks called an exercise with: a small summary of each argument, which audits keep."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from grader.sandbox.proxy import Record
from grader.worker.values import Array, Parameter

#: the requests whose results checks compare
_COMPARED = ("call", "listed", "vjp")
#: different values and sizes that are kept of one argument, the first ones
_MOST = 40


@dataclass
class ArgumentSeen:
    """What one argument was in all calls.

    Attributes:
        given: how often it was passed.

        optional: whether it has a default.

        left_out: how often the default took its place.

        kinds: what it was: ``array``, ``whole array`` (of integers or booleans), ``int``,
            ``float``, ``bool``, ``text``, ``list``, ``none`` or ``other``.

        shapes: how often an array had a number of axes.

        sizes: by the number of axes, the sizes of each axis.

        dtypes: of arrays.

        negative, positive, zero, infinite, nan: whether a number was.

        smallest, largest: the magnitudes of finite numbers other than 0; 0 if there were none.

        lowest, highest: of finite numbers.

        numbers: different numbers that were passed as such, whole ones as integers.

        texts: different texts, booleans among them.

        lengths: of lists.

        items: of lists, taken together.
    """

    given: int = 0
    optional: bool = False
    left_out: int = 0
    kinds: set[str] = field(default_factory=set)
    shapes: dict[int, int] = field(default_factory=dict)
    sizes: dict[int, list[set[int]]] = field(default_factory=dict)
    dtypes: set[str] = field(default_factory=set)
    negative: bool = False
    positive: bool = False
    zero: bool = False
    infinite: bool = False
    nan: bool = False
    smallest: float = 0.0
    largest: float = 0.0
    lowest: float | None = None
    highest: float | None = None
    numbers: set[int | float] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    items: ArgumentSeen | None = None

    def note(self, value: Any) -> None:
        """Note one value that the argument had."""
        value = value.data if isinstance(value, Parameter) else value
        value = value.item() if isinstance(value, np.generic) else value
        if isinstance(value, np.ndarray):
            self._note_array(value)
        elif value is None:
            self.kinds.add("none")
        elif isinstance(value, (bool, str)):
            self.kinds.add("bool" if isinstance(value, bool) else "text")
            _keep(self.texts, [str(value)])
        elif isinstance(value, (int, float)):
            self.kinds.add("int" if isinstance(value, int) else "float")
            if np.isfinite(value):
                _keep(self.numbers, [value])
            self._note_numbers(np.asarray(value, np.float64))
        elif isinstance(value, (list, tuple)):
            self._note_list(value)
        else:
            self.kinds.add("other")

    def _note_array(self, array: Array) -> None:
        self.kinds.add("array" if array.dtype.kind in "fc" else "whole array")
        self.dtypes.add(array.dtype.name)
        self.shapes[array.ndim] = self.shapes.get(array.ndim, 0) + 1
        sizes = self.sizes.setdefault(array.ndim, [set() for _axis in array.shape])
        for axis, size in zip(sizes, array.shape, strict=True):
            _keep(axis, [size])
        if array.dtype.kind in "fiub":
            self._note_numbers(array.astype(np.float64))

    def _note_list(self, values: Sequence[Any]) -> None:
        self.kinds.add("list")
        _keep(self.lengths, [len(values)])
        self.items = self.items or ArgumentSeen()
        for value in values:
            self.items.given += 1
            self.items.note(value)

    def _note_numbers(self, numbers: Array) -> None:
        self.nan |= bool(np.isnan(numbers).any())
        self.infinite |= bool(np.isinf(numbers).any())
        finite = numbers[np.isfinite(numbers)]
        self.zero |= bool((finite == 0).any())
        self.negative |= bool((finite < 0).any())
        self.positive |= bool((finite > 0).any())
        if finite.size:
            self._note_range(float(finite.min()), float(finite.max()))
        sizes = np.abs(finite[finite != 0])
        if sizes.size:
            self._note_magnitudes(float(sizes.min()), float(sizes.max()))

    def _note_range(self, lowest: float, highest: float) -> None:
        self.lowest = lowest if self.lowest is None else min(lowest, self.lowest)
        self.highest = highest if self.highest is None else max(highest, self.highest)

    def _note_magnitudes(self, smallest: float, largest: float) -> None:
        self.smallest = min(smallest, self.smallest or smallest)
        self.largest = max(largest, self.largest)

    def add(self, other: ArgumentSeen) -> None:
        """Add what was seen elsewhere."""
        self.given += other.given
        self.optional |= other.optional
        self.left_out += other.left_out
        for known, more in (
            (self.kinds, other.kinds),
            (self.dtypes, other.dtypes),
            (self.numbers, other.numbers),
            (self.texts, other.texts),
            (self.lengths, other.lengths),
        ):
            _keep(known, more)
        for rank, count in other.shapes.items():
            self.shapes[rank] = self.shapes.get(rank, 0) + count
            known_sizes = self.sizes.setdefault(rank, [set() for _axis in range(rank)])
            for axis, sizes in zip(known_sizes, other.sizes[rank], strict=True):
                _keep(axis, sizes)
        for name in ("negative", "positive", "zero", "infinite", "nan"):
            setattr(self, name, getattr(self, name) or getattr(other, name))
        if other.lowest is not None and other.highest is not None:
            self._note_range(other.lowest, other.highest)
        if other.largest:
            self._note_magnitudes(other.smallest, other.largest)
        if other.items:
            self.items = self.items or ArgumentSeen()
            self.items.add(other.items)


@dataclass
class InputsSeen:
    """What an exercise was called with.

    Attributes:
        calls: how often it was called.

        arguments: by name.

        equal: pairs of sizes that were equal in a call, and greater than 1: of axes, such as
            ``X[0]``, and of whole numbers.

        unequal: pairs that were not equal in a call.
    """

    calls: int = 0
    arguments: dict[str, ArgumentSeen] = field(default_factory=dict)
    equal: set[tuple[str, str]] = field(default_factory=set)
    unequal: set[tuple[str, str]] = field(default_factory=set)

    @property
    def always_equal(self) -> set[tuple[str, str]]:
        """Pairs of sizes that were equal in all calls."""
        return self.equal - self.unequal

    def note(self, arguments: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        """Note the *arguments* of one call; the others have their *defaults*."""
        self.calls += 1
        for name, value in arguments.items():
            seen = self.arguments.setdefault(name, ArgumentSeen())
            seen.given += 1
            seen.note(value)
        for name, default in defaults.items():
            seen = self.arguments.setdefault(name, ArgumentSeen())
            seen.optional = True
            if name not in arguments:
                seen.left_out += 1
                seen.note(default)
        for (one, size), (other, same) in combinations(_sizes(arguments), 2):
            if size != same:
                self.unequal.add((one, other))
            elif size > 1:
                self.equal.add((one, other))

    def add(self, other: InputsSeen) -> None:
        """Add what was seen elsewhere."""
        self.calls += other.calls
        for name, seen in other.arguments.items():
            self.arguments.setdefault(name, ArgumentSeen()).add(seen)
        self.equal |= other.equal
        self.unequal |= other.unequal


def _keep(known: set[Any], more: Iterable[Any]) -> None:
    """Add *more* to *known* as long as there are few."""
    for one in more:
        if len(known) < _MOST or one in (0, 1):
            known.add(one)


def _sizes(arguments: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the sizes of the axes of arrays, and whole numbers, each with its name."""
    for name, value in arguments.items():
        if isinstance(value, np.ndarray):
            yield from ((f"{name}[{axis}]", size) for axis, size in enumerate(value.shape))
        elif isinstance(value, (int, np.integer)) and not isinstance(value, bool):
            yield name, int(value)


def seen_in(trace: Iterable[Record], exercise: str, known: Any) -> InputsSeen:
    """Return what the calls of *exercise* in *trace* were given.

    Args:
        known: the exercise's own function or class, whose arguments have names.
    """
    seen = InputsSeen()
    for record in trace:
        function = _called(record, exercise, known)
        if function is None or record.error is not None:
            continue
        split = len(record.args) - len(record.keywords)
        by_name = dict(zip(record.keywords, record.args[split:], strict=True))
        try:
            signature = inspect.signature(function)
            bound = signature.bind(*record.args[:split], **by_name)
        except (TypeError, ValueError):
            continue  # it is called otherwise than the reference is written
        every = signature.parameters.values()
        seen.note(bound.arguments, {p.name: p.default for p in every if p.default is not p.empty})
    return seen


def _called(record: Record, exercise: str, known: Any) -> Any:
    """Return what a *record* is a call of: the exercise, or a method of it; None if neither."""
    if record.op in _COMPARED and record.name == exercise:
        return known
    kind, _dot, method = record.name.partition(".")
    if record.op != "call_held" or kind != exercise:
        return None
    own = getattr(known, "__dict__", {})
    name = "forward" if method == "__call__" and "forward" in own else method
    method_of = own.get(name)
    # A method of no object: the first argument is the object.
    return method_of and method_of.__get__(object(), object)
