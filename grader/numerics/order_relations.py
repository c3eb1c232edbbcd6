"""Relations between a wrong and a right result that have the same values in different places."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .shape_relations import transposed
from .wrong_results import ENOUGH, LARGEST, FloatCase, Relation, distinct


def in_another_order(case: FloatCase) -> Iterator[Relation]:
    """Yield in which other order the values are the right ones."""
    actual, expected = case.actual, case.expected
    if distinct(expected) < ENOUGH:
        return
    yield from transposed(case)
    for axis in range(actual.ndim):
        if case.holds(actual, np.flip(expected, axis)):
            yield Relation("reversed", axis=axis)
        yield from _moved(case, axis)
        if _is_permuted(case, axis):
            yield Relation("permuted", axis=axis)


def _moved(case: FloatCase, axis: int) -> Iterator[Relation]:
    """Yield a relation if all values are shifted by one place along *axis*."""
    ours, theirs = np.moveaxis(case.actual, axis, 0), np.moveaxis(case.expected, axis, 0)
    for kind, left, right in (("late", ours[1:], theirs[:-1]), ("early", ours[:-1], theirs[1:])):
        # a constant array looks the same however it is shifted
        if distinct(right) >= ENOUGH and len(right) > 1 and case.holds(left, right):
            yield Relation(kind, axis=axis)


def _is_permuted(case: FloatCase, axis: int) -> bool:
    """Whether the slices along *axis* are a permutation of the expected ones."""
    count = case.actual.shape[axis]
    if count < 3 or count * case.actual.size > LARGEST:
        return False
    ours = np.moveaxis(case.actual, axis, 0).reshape(count, 1, -1)
    theirs = np.moveaxis(case.expected, axis, 0).reshape(1, count, -1)
    same = (np.abs(ours - theirs) <= case.allowed).all(axis=2)
    return bool((same.sum(0) == 1).all() and (same.sum(1) == 1).all())
