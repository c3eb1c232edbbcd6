"""Assertions for checks: they say what was seen, what was expected, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthoringError
from grader.exercise import Text
from grader.language import _, current
from grader.numerics.closeness import Difference, difference
from grader.numerics.statistics import FALSE_ALARM, normal_p_values, rate_p_value
from grader.submission.proxy import ModuleProxy, ObjectProxy

Array = NDArray[Any]

#: error of a central difference in float64, relative to the largest gradient
_DIFFERENCE_ERROR = 1e-6
_VACUOUS = 1e-7

#: dtype in which the submission under check computes; set by whoever runs the check
_working_dtype = "float64"


def use_working_dtype(dtype: str) -> None:
    """Judge what follows as computed in *dtype*, however it is delivered."""
    global _working_dtype
    _working_dtype = dtype


class Mismatch(AssertionError):
    """What came back is not what was asked for.

    Args:
        headline: what kind of thing is wrong, without any value; all that hidden checks show.
            A check's own words are a Text, which has them in both languages.

        detail: the values, for checks that learners have.
    """

    def __init__(self, headline: str | Text, detail: str | Text = "") -> None:
        self.headline = _in_words(headline)
        whole = _("{headline} {detail}") if detail else "{headline}"
        super().__init__(whole.format(headline=self.headline, detail=_in_words(detail)))


def _in_words(text: str | Text) -> str:
    return text.get(current()) if isinstance(text, Text) else text


def describe(value: Any) -> str:
    """Return what *value* is, in a few words."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return _("an array of shape {shape} and dtype {dtype}").format(
            shape=tuple(value.shape), dtype=value.dtype
        )
    if isinstance(value, ObjectProxy):
        return _("a {type} object").format(type=value.held.type)
    if isinstance(value, (bool, int, float)):
        return _("the number {value}").format(value=value)
    if isinstance(value, (tuple, list, dict)):
        return _("a {type} of {count}").format(type=type(value).__name__, count=len(value))
    return _("a {type}").format(type=type(value).__name__)


def as_array(value: Any, what: str = "") -> Array:
    """Return a result as an array: an array as it is, a number as a 0-d array, nested lists.

    Raises:
        Mismatch: it is none of these; None most often, from a forgotten ``return``.
    """
    what = what or _("The result")
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, (bool, int, float)):
        return np.asarray(value)
    if isinstance(value, (list, tuple)):
        try:
            stacked = np.asarray([as_array(item, what) for item in value])
        except ValueError:
            stacked = np.asarray(None)
        if stacked.dtype != object:
            return stacked
    text = _("{what} is not an array.").format(what=what)
    if value is None:
        raise Mismatch(text, _("It is None. Is there a return statement?"))
    raise Mismatch(text, _("It is {value}.").format(value=describe(value)))


def assert_close(
    actual: Any,
    expected: Any,
    *,
    terms: int = 1,
    condition: float = 1.0,
    scale: float | None = None,
    what: str = "",
) -> None:
    """Assert that a result agrees with what is expected: shape, kind of dtype, finiteness, values.

    Args:
        actual: from the learner; an array, a number, or nested lists of these.

        expected: an array or number, computed in float64.

        terms: length of the longest sum behind one entry.

        condition: how much a relative error of the input is magnified; for ``exp(X)`` the
            largest entry of X.

        scale: magnitude that errors are relative to; default the largest expected one.

        what: name of the result in the message: code, which reads alike in both languages.

    Raises:
        Mismatch: it does not agree.

        AuthoringError: the expected value is no finite array.
    """
    what = what or _("The result")
    want = np.asarray(expected)
    if want.dtype.kind not in "fiub" or np.isnan(want.astype(np.float64)).any():
        raise AuthoringError(f"an expected value is not a number: {want!r}")
    got = as_array(actual, what)
    found = difference(
        got, want, dtype=_working_dtype, terms=terms, condition=condition, scale=scale
    )
    if found:
        raise _mismatch(found, what)


def _mismatch(found: Difference, what: str) -> Mismatch:
    at = str(list(found.index))
    if found.kind == "shape":
        headline = _("{what} has the wrong shape.")
        detail = _("Got {actual}, expected {expected}.")
    elif found.kind == "dtype":
        headline = _("{what} has the wrong kind of dtype.")
        detail = _("Got {actual}, expected {expected}.")
    elif found.kind == "finite":
        headline = _("{what} is not finite where it must be, or the other way round.")
        detail = _("At {index}: got {actual}, expected {expected}; {count} of {total} like this.")
    else:
        headline = _("{what} has wrong values.")
        detail = _(
            "{count} of {total} entries differ. The largest difference is {worst} at {index}: "
            "got {actual}, expected {expected}; a difference of {allowed} is allowed."
        )
    return Mismatch(
        headline.format(what=what),
        detail.format(
            actual=found.actual,
            expected=found.expected,
            count=found.count,
            total=found.total,
            index=at,
            worst=f"{found.worst:.3g}",
            allowed=f"{found.allowed:.3g}",
        ),
    )


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
        backward: name of the learner's function, called with *args*.

        forward: name of the reference's function, differentiated at the point *at*.

        cotangent: the upstream gradient, of the shape of forward's result; never all ones.

        names: of the gradients in order, one per floating array of *at*.

        terms: length of the longest sum behind one entry.

    Raises:
        Mismatch: a gradient does not agree.

        AuthoringError: a true gradient is zero, so that nothing would be checked.
    """
    # computed first: the learner's function may change arrays that args shares with at
    true = [g for g in reference.vjp(forward, at, cotangent) if g is not None]
    result = getattr(student, backward)(*args)
    found = [result] if len(names) == 1 and not isinstance(result, (tuple, list)) else result
    if not isinstance(found, (tuple, list)) or len(found) != len(names):
        text = _("{name} must return {names}.").format(name=backward, names=", ".join(names))
        raise Mismatch(text, _("It returned {value}.").format(value=describe(result)))
    _compare_gradients(found, true, names, terms)


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
        Mismatch: it does not agree, or the result is cut off from its inputs.

        AuthoringError: a true gradient is zero, so that nothing would be checked.
    """
    true = reference.vjp(name, args, cotangent)
    found = student.vjp(name, args, cotangent)
    wanted = [i for i, gradient in enumerate(true) if gradient is not None]
    for i, what in zip(wanted, names, strict=False):
        if found[i] is None:
            text = _("{what} is missing: the result does not depend on it for autograd.")
            raise Mismatch(text.format(what=what))
    _compare_gradients([found[i] for i in wanted], [true[i] for i in wanted], names, terms)


def _compare_gradients(
    found: Sequence[Any], true: Sequence[Any], names: Sequence[str], terms: int
) -> None:
    if len(true) != len(names):
        raise AuthoringError(f"{len(names)} names for {len(true)} gradients")
    for gradient, expected, name in zip(found, true, names, strict=True):
        largest = float(np.abs(expected).max()) if expected.size else 0.0
        if largest < _VACUOUS:
            raise AuthoringError(f"the true gradient {name} is zero: this check passes anything")
        condition = max(1.0, _DIFFERENCE_ERROR / 1e-9) if _working_dtype == "float64" else 1.0
        assert_close(gradient, expected, terms=terms, condition=condition, what=name)


def assert_unchanged(actual: Array, before: Array, what: str) -> None:
    """Assert that an argument still holds what it held before the call.

    Raises:
        Mismatch: it was changed in place.
    """
    if actual.tobytes() != before.tobytes():
        text = _("{what} was changed in place; work on a copy.").format(what=what)
        raise Mismatch(text)


def assert_dtype_kept(actual: Any, dtype: str, what: str = "") -> None:
    """Assert that an array result has the dtype of the inputs; a single number may have any.

    Raises:
        Mismatch: it has another one.
    """
    what = what or _("The result")
    got = as_array(actual, what)
    if got.ndim and got.dtype.name != dtype:
        text = _("{what} does not have the dtype of the input.").format(what=what)
        detail = _("Got {actual}, expected {expected}.")
        raise Mismatch(text, detail.format(actual=got.dtype.name, expected=dtype))


def assert_rate(count: int, trials: int, rate: float, what: str) -> None:
    """Assert that *count* of *trials* independent events fits the probability *rate*.

    Exact binomial test; a right answer fails it once in 10⁹ runs.

    Raises:
        Mismatch: it does not fit.
    """
    if not trials:
        raise Mismatch(_("{what} is empty.").format(what=what))
    if rate_p_value(count, trials, rate) < FALSE_ALARM:
        headline = _("{what} does not have the right frequency.").format(what=what)
        detail = _("Seen {count} times in {trials}, a share of {share}; expected about {rate}.")
        share = f"{count / trials:.4f}"
        raise Mismatch(
            headline, detail.format(count=count, trials=trials, share=share, rate=f"{rate:g}")
        )


def assert_normal(values: Any, mean: float, deviation: float, what: str) -> None:
    """Assert that independent values are normal with this mean and standard deviation.

    Three tests (mean, deviation, Kolmogorov-Smirnov), each failed by a right answer once in 10⁹.

    Raises:
        Mismatch: they are not.
    """
    found = as_array(values, what)
    if not found.size:
        raise Mismatch(_("{what} is empty.").format(what=what))
    if found.dtype.kind not in "fiub":
        headline = _("{what} has the wrong kind of dtype.").format(what=what)
        detail = _("Got {actual}, expected {expected}.")
        raise Mismatch(headline, detail.format(actual=found.dtype.name, expected=_working_dtype))
    flat = found.astype(np.float64).reshape(-1)
    if not np.isfinite(flat).all():
        raise Mismatch(_("{what} is not finite.").format(what=what))
    if min(normal_p_values(flat, mean, deviation).values()) < FALSE_ALARM:
        headline = _("{what} does not have the right distribution.").format(what=what)
        detail = _(
            "Mean {mean} and deviation {deviation}; expected a normal distribution with {want_mean}"
            " and {want}."
        )
        raise Mismatch(
            headline,
            detail.format(
                mean=f"{flat.mean():.4g}",
                deviation=f"{flat.std():.4g}",
                want_mean=f"{mean:g}",
                want=f"{deviation:g}",
            ),
        )
