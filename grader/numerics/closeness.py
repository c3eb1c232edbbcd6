"""Compare arrays: shape, kind of dtype and finiteness first, values last.

The rule for values, entry by entry, in float64::

    |actual - expected| <= precision * sqrt(terms) * condition * scale

*precision* is about forty times the machine epsilon of the coarser of two dtypes: the one computed
in and the one returned. *terms* is the length of the longest sum behind an entry; rounding errors
of a sum grow like its square root (Higham, *Accuracy and Stability of Numerical Algorithms*, 4.2).
*condition* says how much the function magnifies a relative error of its input. *scale* is the
largest expected magnitude, or 1 if only zeros are expected. There is no absolute tolerance, so
zeros never agree with a small expected value. Integers must be equal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: relative tolerance by dtype; see the module's rule
PRECISION = {"float64": 1e-9, "float32": 5e-6, "float16": 2e-2}

#: relative tolerance where float32 may be multiplied as TensorFloat-32, which keeps 10 bits of
#: mantissa (eps = 2**-10); PyTorch's own tests use this value, ``tf32_on_and_off(0.005)``
TF32 = 5e-3

Kind = Literal["shape", "dtype", "finite", "values"]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first difference found between two arrays.

    Attributes:
        kind: the comparison that failed.

        actual: shape, dtype or value at *index*, as text.

        expected: likewise.

        count: number of entries that differ, of *total*.

        index: of the worst entry.

        worst: its absolute difference; *relative* is divided by the expected magnitude.

        allowed: the absolute difference allowed there.
    """

    kind: Kind
    actual: str
    expected: str
    count: int = 0
    total: int = 0
    index: tuple[int, ...] = ()
    worst: float = 0.0
    relative: float = 0.0
    allowed: float = 0.0


def with_tf32(precision: Mapping[str, float]) -> dict[str, float]:
    """Return tolerances by dtype for GPUs that may use TensorFloat-32; float64 is unchanged."""
    return {**precision, "float32": max(TF32, precision.get("float32", 0.0))}


def judged_dtype(actual: Array, dtype: str) -> str:
    """Return the dtype that sets the tolerance of *actual*, which was computed in *dtype*.

    It is the coarser of the two, but returning half precision unasked does not widen the tolerance.
    """
    delivered = "float32" if actual.dtype.name == "float16" else actual.dtype.name
    return max((dtype, delivered), key=lambda name: PRECISION.get(name, 0.0))


def difference(
    actual: Array,
    expected: Array,
    *,
    dtype: str = "float64",
    terms: int = 1,
    condition: float = 1.0,
    scale: float | None = None,
    precision: Mapping[str, float] = PRECISION,
    tolerance: float = 0.0,
) -> Difference | None:
    """Return the first difference of *actual* from *expected*, or None if they agree.

    Args:
        actual: any shape.

        expected: finite or infinite entries, no NaN.

        dtype: the coarsest dtype in which *actual* may have been computed.

        terms: length of the longest sum behind one entry.

        condition: factor by which a relative error of the input is magnified.

        scale: magnitude that errors are relative to; by default the largest finite expected one.

        precision: relative tolerance by dtype; not less than the module's.

        tolerance: relative tolerance in any dtype, if it is more.

    Raises:
        ValueError: *expected* contains NaN, which nothing agrees with.
    """
    if actual.shape != expected.shape:
        return Difference("shape", _shape(actual), _shape(expected))
    if not _kinds_agree(actual, expected):
        return Difference("dtype", actual.dtype.name, expected.dtype.name)
    got, want = np.asarray(actual, np.float64), np.asarray(expected, np.float64)
    if np.isnan(want).any():
        raise ValueError("an expected value is NaN")
    if actual.dtype.kind in "iub" and expected.dtype.kind in "iub":
        return _exact_difference(actual, expected)
    infinite = ~np.isfinite(want)
    wrong = np.where(infinite, got != want, ~np.isfinite(got))
    if wrong.any():
        index = _first(wrong)
        count = int(wrong.sum())
        return Difference(
            "finite", _number(got[index]), _number(want[index]), count, got.size, index
        )
    name = judged_dtype(actual, dtype)
    allowed = max(precision.get(name, 0.0), PRECISION[name], tolerance)
    return _value_difference(got, want, allowed * _unit(want, terms, condition, scale))


def relative_error(
    actual: Array,
    expected: Array,
    *,
    terms: int = 1,
    condition: float = 1.0,
    scale: float | None = None,
) -> float:
    """Return the largest error of agreeing arrays, relative to ``sqrt(terms) * condition * scale``.

    The precision of a dtype must be much larger than this, so that correct answers pass.
    """
    got, want = np.asarray(actual, np.float64), np.asarray(expected, np.float64)
    errors = _errors(got, want)
    return float(errors.max()) / _unit(want, terms, condition, scale) if errors.size else 0.0


def _unit(want: Array, terms: int, condition: float, scale: float | None) -> float:
    """Return the factor of the relative tolerance: ``sqrt(terms) * condition * scale``."""
    if scale is None:
        finite = np.abs(want[np.isfinite(want)])
        scale = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    return math.sqrt(max(terms, 1)) * max(condition, 1.0) * scale


def _errors(got: Array, want: Array) -> Array:
    """Return absolute differences; equal infinities have difference 0."""
    with np.errstate(invalid="ignore", over="ignore"):
        return np.where(np.isfinite(want), np.abs(got - want), 0.0)


def _exact_difference(actual: Array, expected: Array) -> Difference | None:
    wrong = actual != expected
    if not wrong.any():
        return None
    # as Python integers, because the difference may not fit into any dtype
    errors = np.zeros(wrong.shape, dtype=object)
    errors[wrong] = np.abs(actual[wrong].astype(object) - expected[wrong].astype(object))
    index = _first(errors == errors.max())
    worst, magnitude = int(errors[index]), abs(int(expected[index]))
    return Difference(
        "values",
        str(actual[index]),
        str(expected[index]),
        int(wrong.sum()),
        wrong.size,
        index,
        float(worst),
        worst / magnitude if magnitude else math.inf,
    )


def _value_difference(got: Array, want: Array, allowed: float) -> Difference | None:
    errors = _errors(got, want)
    wrong = errors > allowed
    if not wrong.any():
        return None
    index = tuple(int(i) for i in np.unravel_index(int(errors.argmax()), errors.shape))
    worst = float(errors[index])
    magnitude = abs(float(want[index]))
    return Difference(
        "values",
        _number(got[index]),
        _number(want[index]),
        int(wrong.sum()),
        errors.size,
        index,
        worst,
        worst / magnitude if magnitude else math.inf,
        allowed,
    )


def _kinds_agree(actual: Array, expected: Array) -> bool:
    """Whether the kinds agree: expected floats need floats; others accept any real number."""
    if actual.dtype.kind not in "fiub":
        return False
    return actual.ndim == 0 or expected.dtype.kind != "f" or actual.dtype.kind == "f"


def _first(wrong: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(int(wrong.argmax()), wrong.shape))


def _shape(array: Array) -> str:
    return str(tuple(array.shape))


def _number(value: Any) -> str:
    return f"{float(value):.6g}"
