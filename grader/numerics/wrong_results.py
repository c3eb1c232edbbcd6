"""A wrong result beside the right one, and what can be said of the two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .closeness import PRECISION, difference, relative_error

Array = NDArray[Any]

#: different non-zero values that a relation must be seen on
ENOUGH = 4
#: a result that is wrong by less, relative to the largest value, may be wrong in any way
NEAR = 1e-3
#: length of sums that rounding is allowed for
_TERMS = 20


@dataclass(frozen=True, slots=True)
class Case:
    """One wrong result.

    Attributes:
        actual: real numbers, any shape.

        expected: likewise; not close to *actual*.

        arguments: arrays and numbers that the function was handed, by what to call them.
    """

    actual: Array
    expected: Array
    arguments: tuple[tuple[str, Array | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What holds for a wrong result.

    Attributes:
        kind: which of the relations.

        factor: the multiple, as people write it.

        argument: what the argument that plays a part is called.

        axis: along which it holds; None where there is no choice.

        number: what the argument is called that is a number in the factor.
    """

    kind: str
    factor: str = ""
    argument: str = ""
    axis: int | None = None
    number: str = ""


def agrees(actual: Array, expected: Array, dtype: str = "float32") -> bool:
    """Return whether two arrays of real numbers are the same up to rounding in *dtype*."""
    if actual.shape != expected.shape:
        return False
    if not actual.size:
        return True
    left, right = np.asarray(actual, np.float64), np.asarray(expected, np.float64)
    if np.isfinite(left).all() and np.isfinite(right).all():
        # nearly always so, and thousands of pairs are compared: no word on how they differ
        return relative_error(left, right, terms=_TERMS) <= PRECISION[dtype]
    if np.isnan(right).any():
        return False
    return difference(left, right, dtype=dtype, terms=_TERMS) is None


@dataclass(frozen=True, slots=True)
class Seen(Case):
    """A case in float64.

    Attributes:
        dtype: the coarser one of both results.
    """

    dtype: str = "float64"

    def holds(self, actual: Array, wanted: Array) -> bool:
        """Whether two arrays agree that are derived from the results, on enough values."""
        if wanted.shape != actual.shape or not np.isfinite(wanted).all():
            return False
        # hardly any pair agrees, so that counting values comes last
        if not agrees(actual, wanted, self.dtype):
            return False
        return distinct(wanted) >= min(3, distinct(self.expected), wanted.size)

    @property
    def allowed(self) -> float:
        """The absolute difference that rounding explains."""
        scale = float(np.abs(self.expected).max())
        return PRECISION[self.dtype] * math.sqrt(_TERMS) * scale

    @property
    def right(self) -> Array:
        """Which entries are right; both results are of the same shape."""
        return np.asarray(np.abs(self.actual - self.expected) <= self.allowed)


def in_float(case: Case) -> Seen:
    """Return *case* with both results in float64."""
    names = {case.actual.dtype.name, case.expected.dtype.name}
    coarse = "float32" if names & {"float32", "float16"} else "float64"
    actual, expected = (np.asarray(a, np.float64) for a in (case.actual, case.expected))
    return Seen(actual, expected, case.arguments, coarse)


def distinct(array: Array) -> int:
    """Return how many values there are, to three digits of the largest, zero not counted."""
    values = array[np.isfinite(array)]
    largest = np.abs(values).max() if values.size else 0.0
    if not largest:
        return 0
    rounded = np.round(values / largest, 3)
    return int(np.unique(rounded[rounded != 0]).size)
