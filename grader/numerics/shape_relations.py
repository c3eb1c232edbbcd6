"""Relations between results of different shapes, and transposed results."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .wrong_results import FloatCase, Relation, distinct

Array = NDArray[Any]


def with_another_shape(case: FloatCase) -> Iterator[Relation]:
    """Yield the relations that hold for a result of the wrong shape, the simplest first."""
    actual, expected = case.actual, case.expected
    if not (np.isfinite(actual).all() and np.isfinite(expected).all()):
        return
    yield from transposed(case)
    for name, argument in case.arguments:
        values = np.asarray(argument, np.float64)
        telling = values.ndim or not float(values).is_integer()
        if telling and values.shape == actual.shape and case.holds(actual, values):
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


def _reduced(case: FloatCase, kind: str, full: Array, part: Array) -> Iterator[Relation]:
    """Yield a relation if *part* is the sum or mean of *full*, in total or along an axis."""
    for name, reduce in (("summed", np.sum), ("averaged", np.mean)):
        for axis in (None, *range(full.ndim)):
            reduced = np.asarray(reduce(full, axis=axis))
            if not distinct(reduced) or reduced.size != part.size:
                continue
            scale = float(np.abs(full).max())
            # sums that cancel to rounding errors are no evidence
            if np.abs(reduced).max() > 1e-3 * scale and case.holds(part.ravel(), reduced.ravel()):
                along = axis if full.ndim > 1 else None
                same = name == "averaged" and bool((np.ptp(full, axis=axis) <= case.allowed).all())
                # if all values are equal, a mean is no evidence of a mistake
                if not same:
                    yield Relation(kind + name, axis=along)
                elif kind:
                    yield Relation("repeated", axis=along)


def _cut(case: FloatCase) -> Iterator[Relation]:
    """Yield a relation if there are too few or too many slices at one end of an axis."""
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
            # if nearly everything is missing, it is unclear at which end
            if ours < theirs < 2 * ours and case.holds(actual, expected.take(taken, axis)):
                yield Relation(f"{end} missing", axis=axis)
            if theirs < ours and case.holds(actual.take(taken, axis), expected):
                yield Relation(f"{end} too many", axis=axis)


def transposed(case: FloatCase) -> Iterator[Relation]:
    """Yield a relation if the axes of a result are in another order."""
    ndim = case.expected.ndim
    if not 2 <= case.actual.ndim == ndim <= 5:
        return
    for order in itertools.permutations(range(ndim)):
        moved = np.transpose(case.expected, order)
        if list(order) != sorted(order) and case.holds(case.actual, moved):
            yield Relation("transposed" if ndim == 2 else "axes")
