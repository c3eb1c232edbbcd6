"""Assertions on gradients, compared with central differences of the reference.

Of an argument with more than 256 entries, 64 entries and four random directions are compared; see
:mod:`grader.worker.finite_differences`. At a kink, every value between the slopes on both sides is
right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthoringError
from grader.language import _, listed
from grader.numerics.closeness import PRECISION, judged_dtype
from grader.sandbox.proxy import ModuleProxy
from grader.worker.finite_differences import Slopes, entries
from grader.worker.values import leaves

from .assertions import Mismatch, as_array, assert_close, describe
from .check_context import current_check
from .draws import seed_for

Array = NDArray[Any]

#: the error of a central difference in float64, relative to the largest gradient
_DIFFERENCE_ERROR = 1e-6
#: a gradient below this share of its cotangent is zero, up to rounding
_VACUOUS = 1e-7


def assert_backward(
    student: ModuleProxy,
    reference: ModuleProxy,
    backward: str,
    args: Sequence[Any],
    *,
    forward: str,
    at: Sequence[Any],
    cotangent: Any,
    names: Sequence[str],
    terms: int = 1,
) -> None:
    """Assert that a hand-written backward function agrees with central differences.

    The forward function is the reference's, so that a learner's wrong forward does not cost the
    backward's points.

    Args:
        backward: the name of the learner's function, called with *args*.

        forward: the name of the reference's function, differentiated at the point *at*.

        cotangent: the upstream gradient, of the shape of forward's result; never all ones.

        names: the names of the gradients in order, one per floating array of *at*.

        terms: the length of the longest sum behind one entry.

    Raises:
        Mismatch: a gradient does not agree.

        AuthoringError: a true gradient is zero, so nothing would be checked, or it does not exist.
    """
    seed = _seed(forward, at)
    # Computed first, since the learner's function may change arrays that args shares with at.
    true = [s for s in reference.slopes(forward, at, cotangent, seed) if s is not None]
    _refuse_nothing(true, names, cotangent, seed)
    result = getattr(student, backward)(*args)
    found = [result] if len(names) == 1 and not isinstance(result, (tuple, list)) else result
    if not isinstance(found, (tuple, list)) or len(found) != len(names):
        text = _("{name} must return {names}.").format(name=backward, names=listed(names))
        raise Mismatch(text, _("It returned {value}.").format(value=describe(result)))
    for gradient, expected, what in zip(found, true, names, strict=True):
        got = as_array(gradient, what)
        whole = got.shape == expected.shape and got.dtype.kind in "fiub"
        along = Slopes.of(got, seed).middle[_count(expected, seed) :] if whole else None
        _compare(got, along, expected, what, terms, seed)


def assert_gradient(
    student: ModuleProxy,
    reference: ModuleProxy,
    name: str,
    args: Sequence[Any],
    cotangent: Any,
    *,
    names: Sequence[str],
    terms: int = 1,
) -> None:
    """Assert that the framework can differentiate through the learner's function.

    Autograd's gradient (for NumPy, a central difference) of the learner's function is compared
    with central differences of the reference's. *cotangent* has the shape of the result and must
    be random.

    Raises:
        Mismatch: it does not agree, or the result is detached from its inputs.

        AuthoringError: a true gradient is zero, so nothing would be checked.
    """
    seed = _seed(name, args)
    true = reference.slopes(name, args, cotangent, seed)
    wanted = [(i, slopes) for i, slopes in enumerate(true) if slopes is not None]
    _refuse_nothing([slopes for _number, slopes in wanted], names, cotangent, seed)
    found = student.slopes(name, args, cotangent, seed)
    for (i, expected), what in zip(wanted, names, strict=True):
        seen = found[i]
        if seen is None:
            text = _("{what} is missing: for autograd, the result does not depend on it.")
            raise Mismatch(text.format(what=what))
        count = _count(expected, seed)
        got = np.zeros(seen.shape)
        got.flat[entries(seen.shape, seed)] = seen.middle[:count]
        _compare(got, seen.middle[count:], expected, what, terms, seed)


def _seed(name: str, args: Sequence[Any]) -> int:
    """Return the seed that selects entries and directions: the same in every run."""
    return seed_for(name, *(array.shape for array in leaves(list(args))))


def _count(slopes: Slopes, seed: int) -> int:
    """Return the number of slopes in single entries."""
    return len(entries(slopes.shape, seed))


def _refuse_nothing(
    true: Sequence[Slopes], names: Sequence[str], cotangent: Any, seed: int
) -> None:
    """Raise AuthoringError if a gradient cannot be compared, or if anything would agree with it."""
    if len(true) != len(names):
        raise AuthoringError(f"{len(names)} names for {len(true)} gradients")
    weights = [np.abs(array).max(initial=0.0) for array in map(np.asarray, _flat(cotangent))]
    for slopes, name in zip(true, names, strict=True):
        missing = np.isnan(slopes.low[: _count(slopes, seed)])
        if missing.any():
            flat = int(entries(slopes.shape, seed)[missing.argmax()])
            index = [int(i) for i in np.unravel_index(flat, slopes.shape)]
            raise AuthoringError(
                f"there is no slope {name} at {index}: the function jumps or is not finite there;"
                " draw other inputs"
            )
        largest = float(np.nanmax(np.abs([slopes.low, slopes.high]), initial=0.0))
        if largest <= _VACUOUS * max(weights, default=0.0):
            raise AuthoringError(
                f"the true gradient {name} is zero in all that is looked at: this check passes"
                " anything. Draw a random cotangent, and inputs on which the result depends"
                " (a sum of softmax is constant)"
            )


def _flat(value: Any) -> list[Any]:
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in _flat(item)]
    return [value]


def _compare(
    got: Array, along: Array | None, true: Slopes, what: str, terms: int, seed: int
) -> None:
    """Compare a gradient, and its slopes *along* directions, with the true slopes.

    Args:
        got: the gradient; only its shape and the selected entries are compared.

        along: None if *got* has the wrong shape.
    """
    # In a coarser dtype, the usual tolerance covers the error of a difference.
    dtype = current_check().dtype_of_last_call()
    fine = judged_dtype(got, dtype) == "float64"
    condition = _DIFFERENCE_ERROR / PRECISION["float64"] if fine else 1.0
    count = _count(true, seed)
    low, high = true.low[:count], true.high[:count]
    largest = float(np.abs([low, high]).max(initial=0.0))
    scale = largest or float(np.nanmax(np.abs([true.low, true.high])))
    expected = np.zeros(true.shape)
    if along is not None:
        # Entries that are not selected count as right, like values within their interval.
        seen = np.where(np.isfinite(got), got, 0.0).astype(np.float64)
        expected = seen.copy()
        looked_at = entries(true.shape, seed)
        expected.flat[looked_at] = np.clip(seen.flat[looked_at], low, high)
    assert_close(
        got,
        expected,
        terms=terms,
        condition=condition,
        scale=scale,
        what=what,
        looked_at=count,
        computed_in=dtype,
    )
    # A direction with a kink in any of its entries cannot be judged.
    smooth = true.low[count:] == true.high[count:]
    if along is None or not smooth.any():
        return
    try:
        assert_close(
            along[smooth],
            true.low[count:][smooth],
            terms=terms,
            condition=condition,
            scale=max(scale, float(np.nanmax(np.abs(true.low[count:]), initial=0.0))),
            computed_in=dtype,
        )
    except Mismatch:
        headline = _("{what} has wrong values.").format(what=what)
        detail = _(
            "The {count} entries that were compared are right, but others are not: the slope "
            "along a random direction is wrong."
        )
        raise Mismatch(headline, detail.format(count=count)) from None
