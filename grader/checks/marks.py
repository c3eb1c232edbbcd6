"""Decorators for checks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def points(value: int | str) -> Callable[[Function], Function]:
    """Give a check its points: an int, or an exact decimal or fraction such as ``"0.5"``.

    Raises:
        ValueError: *value* is not a number above 0.
    """
    try:
        amount = Fraction(
            str(value)
        )  # Converted through text: 0.1 is one tenth, not the nearest float.
    except (ValueError, ZeroDivisionError):
        amount = Fraction(0)
    if amount <= 0:
        raise ValueError(f"points must be a number above zero, not {value!r}")

    def mark(function: Function) -> Function:
        function.__dict__["gradproof_points"] = amount
        return function

    return mark


#: what a sentence may speak of
SUBJECTS = ("call", "dtype", "memory", "shape", "state", "unchanged", "values", "work")


def says(*subjects: str) -> Callable[[Function], Function]:
    """Say what the sentence of a check speaks of, where it is not the values of a result.

    The check then fails for nothing else. If a value is wrong, or the call raises as another
    one did, it is *blocked*: before the result is right, nobody can tell.

    Args:
        subjects: ``call`` (how the function is called), ``dtype``, ``memory`` (what arrays share),
            ``shape``, ``state`` (of generators and modes), ``unchanged`` (arguments), ``values``
            (beside others) or ``work`` (how much is done, or by whom).

    Raises:
        ValueError: a subject is none of these, or there is none.
    """
    unknown = [subject for subject in subjects if subject not in SUBJECTS]
    if unknown or not subjects:
        raise ValueError(f"a check may speak of {', '.join(SUBJECTS)}, not of {unknown}")

    def mark(function: Function) -> Function:
        function.__dict__["gradproof_says"] = frozenset(subjects)
        return function

    return mark


def needs(*names: str) -> Callable[[Function], Function]:
    """Run a check only if these checks of the same exercise passed; otherwise it is *blocked*."""

    def mark(function: Function) -> Function:
        function.__dict__["gradproof_needs"] = names
        return function

    return mark
