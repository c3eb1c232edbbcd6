"""What a wrong array has to do with the right one.

A relation is a fact that holds for every wrong result of a check: all values are twice what was
expected, the result is transposed, only the last row is wrong. Nobody has to foresee it. An untrue
one is worse than none, so each must hold to the precision of the dtype, on values that differ from
zero and from one another.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cases import ENOUGH, Case, Relation, Seen, agrees, distinct, in_float
from .closeness import PRECISION

__all__ = ["ENOUGH", "Case", "Relation", "agrees", "find_relation"]

Array = NDArray[Any]

#: arrays with more entries, and comparisons of more pairs of entries, are not looked at
_LARGEST = 1_000_000
#: a result that is wrong by less, relative to the largest value, may be wrong in any way
_NEAR = 1e-3


def find_relation(cases: Sequence[Case]) -> Relation | None:
    """Return the simplest relation that holds for all *cases*, None if there is none."""
    if not cases or any(max(c.actual.size, c.expected.size) > _LARGEST for c in cases):
        return None
    first, *others = seen = [in_float(case) for case in cases]
    if sum(map(_weight, seen)) < ENOUGH:
        return None
    found = list(dict.fromkeys(_relations(first)))
    for case in others:
        holding = set(_relations(case))
        found = [relation for relation in found if relation in holding]
    found = _unambiguous(found)
    return found[0] if found else None


def _unambiguous(found: Sequence[Relation]) -> list[Relation]:
    """Leave out sizes of an argument if more than one of them would explain the same."""
    sizes = [relation for relation in found if relation.kind.endswith((" size", " square"))]
    arguments = [relation.argument for relation in sizes]
    return [r for r in found if r not in sizes or arguments.count(r.argument) == 1]


def _weight(case: Seen) -> int:
    if case.actual.shape == case.expected.shape:
        return distinct(case.expected)
    return max(distinct(case.expected), distinct(case.actual))


def _relations(case: Seen) -> Iterator[Relation]:
    """Yield what holds for *case*, the simplest first."""
    if not case.actual.size or not case.expected.size:
        return
    if case.actual.shape != case.expected.shape:
        yield from _with_another_shape(case)
        return
    if not np.isfinite(case.expected).all():
        return
    if not np.isfinite(case.actual).all():
        yield from _not_finite(case)
        return
    if np.abs(case.actual - case.expected).max() <= _NEAR * np.abs(case.expected).max():
        return
    if not case.actual.any():
        yield Relation("zeros")
        return
    for look in (_multiples, _functions, _shift, _with_arguments, _orders, _partly, _slices):
        yield from look(case)


def _multiples(case: Seen) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    square = float((expected * expected).sum())
    factor = float((actual * expected).sum()) / square if square else 0.0
    if not factor or not case.holds(actual, factor * expected):
        return
    tolerance = 20 * PRECISION[case.dtype] * abs(factor)
    for relation, value in _factors(case):
        if abs(value - factor) <= tolerance:
            yield relation
    if distinct(expected) >= ENOUGH:
        yield Relation("multiple")


def _factors(case: Seen) -> Iterator[tuple[Relation, float]]:
    """Yield multiples that have a name."""
    for text, value in {"-1": -1.0, "2": 2.0, "1/2": 0.5, "-2": -2.0, "-1/2": -0.5}.items():
        yield Relation("times", text), value
    for name, argument in case.arguments:
        if isinstance(argument, float):
            yield from _number_factors(name, argument)
        else:
            axes = range(argument.ndim)
            sizes: list[tuple[int | None, int]] = [(axis, argument.shape[axis]) for axis in axes]
            if argument.ndim > 1:
                sizes.append((None, argument.size))
            for axis, size in sizes:
                if size > 1:
                    yield Relation("times size", argument=name, axis=axis), float(size)
                    yield Relation("over size", argument=name, axis=axis), 1.0 / size
                    yield Relation("times square", argument=name, axis=axis), float(size**2)
                    yield Relation("over square", argument=name, axis=axis), 1.0 / size**2
    for text, value in {"3": 3.0, "1/3": 1 / 3, "4": 4.0, "1/4": 0.25}.items():
        yield Relation("times", text), value


def _number_factors(name: str, number: float) -> Iterator[tuple[Relation, float]]:
    if not np.isfinite(number) or not number:
        return
    yield Relation("times argument", argument=name), number
    yield Relation("over argument", argument=name), 1.0 / number
    if 0.0 < number < 1.0:
        yield Relation("times rest", argument=name), 1.0 - number
        yield Relation("over rest", argument=name), 1.0 / (1.0 - number)


_FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "size": np.abs,
    "rectified": lambda x: np.maximum(x, 0.0),
    "squared": np.square,
    "root": np.sqrt,
    "exponential": np.exp,
    "logarithm": np.log,
    "reciprocal": np.reciprocal,
    "complement": lambda x: 1.0 - x,
}


def _functions(case: Seen) -> Iterator[Relation]:
    with np.errstate(all="ignore"):
        for kind, function in _FUNCTIONS.items():
            if case.holds(case.actual, function(case.expected)):
                yield Relation(kind)
    if case.holds(np.abs(case.actual), np.abs(case.expected)):
        yield Relation("signs")


def _shift(case: Seen) -> Iterator[Relation]:
    shift = (case.actual - case.expected).mean()
    if distinct(case.expected) >= ENOUGH and case.holds(case.actual - shift, case.expected):
        yield Relation("shifted")


def _with_arguments(case: Seen) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    for name, argument in case.arguments:
        values = np.asarray(argument, np.float64)
        if not np.isfinite(values).all() or not _fits(values, expected):
            continue
        if values.shape == actual.shape and case.holds(actual, values):
            yield Relation("argument", argument=name)
        if case.holds(actual + values, expected):
            yield Relation("term missing", argument=name)
        if case.holds(actual - values, expected):
            yield Relation("term too many", argument=name)
        if values.ndim and case.holds(actual * values, expected):
            yield Relation("over argument", argument=name)
        if values.ndim and case.holds(actual, expected * values):
            yield Relation("times argument", argument=name)
        if values.shape == actual.shape:
            yield from _sides(case, name, values)


def _fits(values: Array, expected: Array) -> bool:
    """Whether *values* can be combined with *expected* and leave its shape."""
    try:
        return np.broadcast_shapes(values.shape, expected.shape) == expected.shape
    except ValueError:
        return False


def _sides(case: Seen, name: str, values: Array) -> Iterator[Relation]:
    """Yield whether all that is wrong is where *values* are negative, or where positive."""
    right = case.right
    for kind, side in (("where negative", values < 0), ("where positive", values > 0)):
        known = distinct(case.expected[right]) >= 2
        if known and side.sum() >= 2 and np.array_equal(~right, side):
            yield Relation(kind, argument=name)


def _orders(case: Seen) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    if distinct(expected) < ENOUGH:
        return
    yield from _transposed(case)
    for axis in range(actual.ndim):
        if case.holds(actual, np.flip(expected, axis)):
            yield Relation("reversed", axis=axis)
        if _is_permuted(case, axis):
            yield Relation("permuted", axis=axis)


def _transposed(case: Seen) -> Iterator[Relation]:
    ndim = case.expected.ndim
    if not 2 <= case.actual.ndim == ndim <= 5:
        return
    for order in itertools.permutations(range(ndim)):
        moved = np.transpose(case.expected, order)
        if list(order) != sorted(order) and case.holds(case.actual, moved):
            yield Relation("transposed" if ndim == 2 else "axes")


def _is_permuted(case: Seen, axis: int) -> bool:
    """Whether every slice along *axis* is exactly one of those expected, each used once."""
    count = case.actual.shape[axis]
    if count < 3 or count * case.actual.size > _LARGEST:
        return False
    ours = np.moveaxis(case.actual, axis, 0).reshape(count, 1, -1)
    theirs = np.moveaxis(case.expected, axis, 0).reshape(1, count, -1)
    same = (np.abs(ours - theirs) <= case.allowed).all(axis=2)
    return bool((same.sum(0) == 1).all() and (same.sum(1) == 1).all())


def _partly(case: Seen) -> Iterator[Relation]:
    """Yield where a result is right that is not wrong everywhere."""
    right = case.right
    if right.all() or distinct(case.expected[right]) < 2:
        return
    if not case.actual[~right].any() and distinct(case.expected) >= ENOUGH:
        yield Relation("right or zero")
    shape = right.shape
    if len(shape) >= 2 and min(shape[-2:]) >= 3 and right[..., 1:-1, 1:-1].all():
        border = right.copy()
        border[..., 1:-1, 1:-1] = False
        if not border.any() and distinct(case.expected[..., 1:-1, 1:-1]) >= 2:
            yield Relation("border")
    for axis in range(right.ndim):
        others = tuple(i for i in range(right.ndim) if i != axis)
        whole = np.asarray(right.all(axis=others)).reshape(-1)
        kept = np.compress(whole, case.expected, axis)
        if len(whole) < 3 or not whole.any() or distinct(kept) < 2:
            continue
        wrong = np.flatnonzero(~whole)
        if wrong.tolist() == [0]:
            yield Relation("first wrong", axis=axis)
        if wrong.tolist() == [len(whole) - 1]:
            yield Relation("last wrong", axis=axis)
        yield Relation("some wrong", axis=axis)


def _slices(case: Seen) -> Iterator[Relation]:
    """Yield what is the same within each slice along an axis, but not from slice to slice."""
    actual, expected = case.actual, case.expected
    for axis in range(actual.ndim if actual.ndim > 1 else 0):
        others = tuple(i for i in range(actual.ndim) if i != axis)
        slices = np.moveaxis(expected, axis, 0)
        if len(slices) < 2 or min(map(distinct, slices)) < 3:
            continue
        square = (expected * expected).sum(others, keepdims=True)
        factors = (actual * expected).sum(others, keepdims=True) / square
        if case.holds(actual, factors * expected):
            yield Relation("multiple in slices", axis=axis)
        shifts = (actual - expected).mean(others, keepdims=True)
        if case.holds(actual - shifts, expected):
            yield Relation("shifted in slices", axis=axis)
    yield from _normalised(case)


def _normalised(case: Seen) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    axes = range(actual.ndim)
    if actual.ndim < 2 or min(actual.shape) < 2 or (expected < 0).any():
        return
    asked = [axis for axis in axes if _sums_to_one(expected, axis)]
    for axis in axes:
        if asked and axis not in asked and _sums_to_one(actual, axis):
            yield Relation("sums", axis=axis)
    if asked and abs(actual.sum() - 1.0) < 1e-5:
        yield Relation("sums")


def _sums_to_one(array: Array, axis: int) -> bool:
    return bool((np.abs(array.sum(axis) - 1.0) < 1e-5).all())


def _not_finite(case: Seen) -> Iterator[Relation]:
    finite = np.isfinite(case.actual)
    if not finite.any():
        yield Relation("none finite")
        return
    filled = np.where(finite, case.actual, case.expected)
    if finite.sum() >= 2 and agrees(filled, case.expected, case.dtype):
        yield Relation("right or not finite")


def _with_another_shape(case: Seen) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    if not (np.isfinite(actual).all() and np.isfinite(expected).all()):
        return
    yield from _transposed(case)
    for name, argument in case.arguments:
        values = np.asarray(argument, np.float64)
        if values.shape == actual.shape and case.holds(actual, values):
            yield Relation("argument", argument=name)
    if actual.size == expected.size and case.holds(actual.ravel(), expected.ravel()):
        yield Relation("shape")
    n = expected.size
    if n > 1 and actual.shape == (n, n) and case.holds(actual.diagonal(), expected.ravel()):
        yield Relation("outer")
    for kind, full, part in (("", expected, actual), ("not ", actual, expected)):
        if full.size > part.size and distinct(full) >= 2:
            yield from _reduced(case, kind, full, part)
    yield from _cut(case)


def _reduced(case: Seen, kind: str, full: Array, part: Array) -> Iterator[Relation]:
    """Yield whether *part* is the sum or the mean of *full*, of all of it or along an axis."""
    for name, reduce in (("summed", np.sum), ("averaged", np.mean)):
        for axis in (None, *range(full.ndim)):
            reduced = np.asarray(reduce(full, axis=axis))
            if not distinct(reduced) or reduced.size != part.size:
                continue
            scale = float(np.abs(full).max())
            # what cancels to nothing but rounding is no evidence
            if np.abs(reduced).max() > 1e-3 * scale and case.holds(part.ravel(), reduced.ravel()):
                yield Relation(kind + name, axis=axis if full.ndim > 1 else None)


def _cut(case: Seen) -> Iterator[Relation]:
    """Yield whether slices are missing, or are too many, at one end of an axis."""
    actual, expected = case.actual, case.expected
    if actual.ndim != expected.ndim or distinct(expected) < 2:
        return
    for axis in range(actual.ndim):
        ours, theirs = actual.shape[axis], expected.shape[axis]
        if not min(ours, theirs):
            continue
        kept = range(min(ours, theirs))
        for end, start in (("end", 0), ("start", abs(theirs - ours))):
            taken = [start + i for i in kept]
            if ours < theirs and case.holds(actual, expected.take(taken, axis)):
                yield Relation(f"{end} missing", axis=axis)
            if theirs < ours and case.holds(actual.take(taken, axis), expected):
                yield Relation(f"{end} too many", axis=axis)
