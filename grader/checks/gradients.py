"""Assertions on gradients: central differences of the reference are the arbiter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.errors import AuthoringError
from grader.language import _
from grader.submission.proxy import ModuleProxy

from .assertions import Mismatch, assert_close, describe
from .ledger import ledger

#: error of a central difference in float64, relative to the largest gradient
_DIFFERENCE_ERROR = 1e-6
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
        condition = max(1.0, _DIFFERENCE_ERROR / 1e-9) if ledger().dtype == "float64" else 1.0
        assert_close(gradient, expected, terms=terms, condition=condition, what=name)
