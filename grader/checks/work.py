"""Assertions on the work of a call: how much it is, by counting, and who does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from grader.language import _
from grader.sandbox.proxy import ModuleProxy
from grader.worker.work_done import STEPS

from .assertions import Mismatch
from .check_context import current_check

#: numbers of entries, unlike those in other checks: what is compiled for a size is kept
_FIRST, _SMALL, _LARGE = 59, 101, 16_411


def assert_vectorised(
    student: ModuleProxy, name: str, make: Callable[[int], Sequence[Any]]
) -> None:
    """Assert that a function works on whole arrays, without running Python for single entries.

    It is called for a hundred entries and for many thousands. In the second call Python may
    neither take more steps nor hold more objects for each entry more; what compiled code does is
    not counted. Values are not looked at. A machine's speed does not matter.

    Args:
        make: returns arguments whose largest array has about as many entries as it is told; of
            floats, each different from the others.

    Raises:
        Mismatch: the work that Python does grows with the number of entries.
    """
    current_check().asserted.add("work")
    first, small, large = (list(make(entries)) for entries in (_FIRST, _SMALL, _LARGE))
    found = student.work(name, [first, small], large)
    if found:
        headline = _("{name} handles entries one by one in Python; work on whole arrays.")
        if STEPS in found:
            detail = _("The more entries, the more steps Python takes, as in a loop.")
        else:
            detail = _("It makes a Python object for every entry, as in a list of numbers.")
        raise Mismatch(headline.format(name=name), detail, "work")


def assert_differentiated(student: ModuleProxy, name: str, args: Sequence[Any]) -> None:
    """Assert that the framework differentiates in a call, whichever of its functions is used.

    That what it finds is used is not looked at, and values are not. NumPy, which cannot
    differentiate, is asked nothing.

    Raises:
        Mismatch: it does not.
    """
    current_check().asserted.add("work")
    if student.differentiates(name, args) is False:
        headline = _("{name} does not let the framework differentiate.")
        detail = _("A formula that was worked out by hand is not what is asked for here.")
        raise Mismatch(headline.format(name=name), detail, "work")
