"""Wrong results with their expected results, and the relations between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .closeness import PRECISION, difference, relative_error

Array = NDArray[Any]

#: number of distinct nonzero values that a relation must hold on
ENOUGH = 4
#: smaller errors, relative to the largest value, are not explained by a relation
NEAR = 1e-3
#: arrays with more entries, and comparisons of more pairs of entries, are skipped
LARGEST = 1_000_000
#: assumed length of sums, for rounding errors
_TERMS = 20


@dataclass(frozen=True, slots=True)
class Case:
    """One wrong result.

    Attributes:
        actual: real numbers, any shape.

        expected: likewise; not close to *actual*.

        arguments: arrays and numbers passed to the function, by name.
    """

    actual: Array
    expected: Array
    arguments: tuple[tuple[str, Array | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that holds for a wrong result.

    Attributes:
        kind: the kind of relation.

        factor: the multiple, as text.

        argument: name of the argument involved.

        axis: axis along which it holds; None if there is only one.

        number: name of the argument whose value is in the factor.
    """

    kind: str
    factor: str = ""
    argument: str = ""
    axis: int | None = None
    number: str = ""


def agrees(actual: Array, expected: Array, dtype: str = "float32") -> bool:
    """Return whether two arrays of real numbers are equal up to rounding in *dtype*."""
    if actual.shape != expected.shape:
        return False
    if not actual.size:
        return True
    left, right = np.asarray(actual, np.float64), np.asarray(expected, np.float64)
    if np.isfinite(left).all() and np.isfinite(right).all():
        # thousands of pairs are compared and most differ: do not compute how
        return relative_error(left, right, terms=_TERMS) <= PRECISION[dtype]
    if np.isnan(right).any():
        return False
    return difference(left, right, dtype=dtype, terms=_TERMS) is None


@dataclass(frozen=True, slots=True)
class FloatCase(Case):
    """A case with results in float64.

    Attributes:
        dtype: the coarser dtype of both results.
    """

    dtype: str = "float64"

    def holds(self, actual: Array, wanted: Array) -> bool:
        """Whether two arrays derived from the results agree, on enough values."""
        if wanted.shape != actual.shape or not np.isfinite(wanted).all():
            return False
        # few pairs agree, so count values last
        if not agrees(actual, wanted, self.dtype):
            return False
        return distinct(wanted) >= min(3, distinct(self.expected), wanted.size)

    @property
    def allowed(self) -> float:
        """The absolute difference that rounding can cause."""
        scale = float(np.abs(self.expected).max())
        return PRECISION[self.dtype] * math.sqrt(_TERMS) * scale

    @property
    def right(self) -> Array:
        """Mask of the correct entries; both results have the same shape."""
        return np.asarray(np.abs(self.actual - self.expected) <= self.allowed)


def in_float(case: Case) -> FloatCase:
    """Return *case* with both results in float64."""
    names = {case.actual.dtype.name, case.expected.dtype.name}
    coarse = "float32" if names & {"float32", "float16"} else "float64"
    actual, expected = (np.asarray(a, np.float64) for a in (case.actual, case.expected))
    return FloatCase(actual, expected, case.arguments, coarse)


def distinct(array: Array) -> int:
    """Return the number of distinct nonzero values, to three digits of the largest."""
    values = array[np.isfinite(array)]
    largest = np.abs(values).max() if values.size else 0.0
    if not largest:
        return 0
    rounded = np.round(values / largest, 3)
    return int(np.unique(rounded[rounded != 0]).size)
