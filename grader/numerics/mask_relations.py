"""Relations between an argument and a result in which a random mask keeps only some entries.

Any mask is correct, so only the entries that the mask kept are compared with the argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .closeness import PRECISION
from .wrong_results import ENOUGH, NEAR, FloatCase, Relation, agrees, distinct

Array = NDArray[Any]


def survivors(case: FloatCase) -> Iterator[Relation]:
    """Yield the multiple by which a mask scaled the entries that it kept."""
    for name, factor in _kept_multiples(case):
        tolerance = 20 * PRECISION[case.dtype] * abs(factor)
        for text, number, value in _of_numbers(case):
            if abs(value - factor) <= tolerance:
                yield Relation("survivors", text, name, number=number)


def scaled_survivors(case: FloatCase) -> Iterator[Relation]:
    """Yield a relation if the entries that a mask kept are a multiple of the argument."""
    for name, _factor in _kept_multiples(case):
        yield Relation("survivors", argument=name)


def _kept_multiples(case: FloatCase) -> Iterator[tuple[str, float]]:
    """Yield arguments and wrong multiples of them that the result equals where it is not 0."""
    for name, argument in case.arguments:
        values = np.asarray(argument, np.float64)
        if values.shape != case.actual.shape or not np.isfinite(values).all():
            continue
        ours, theirs = (
            _kept_multiple(case, result, values) for result in (case.actual, case.expected)
        )
        if ours and theirs and abs(ours - theirs) > NEAR * abs(theirs):
            yield name, ours


def _kept_multiple(case: FloatCase, result: Array, values: Array) -> float:
    """Return the multiple of *values* that all nonzero entries of *result* equal; 0 if none."""
    there = result != 0
    kept = there & (values != 0)
    if kept.all() or (there & ~kept).any() or distinct(values[kept]) < ENOUGH:
        return 0.0
    factor = float(result[kept] @ values[kept]) / float(values[kept] @ values[kept])
    return factor if agrees(result[kept], factor * values[kept], case.dtype) else 0.0


def _of_numbers(case: FloatCase) -> Iterator[tuple[str, str, float]]:
    """Yield multiples as text, the name of p in them, and their values."""
    yield "1", "", 1.0
    for name, number in case.arguments:
        if isinstance(number, float) and 0.0 < number < 1.0:
            yield "p", name, number
            yield "1/p", name, 1.0 / number
            yield "(1 − p)", name, 1.0 - number
            yield "1/(1 − p)", name, 1.0 / (1.0 - number)
