"""Why a name that the learner's code uses is missing, and for want of which library."""

from __future__ import annotations

from collections.abc import Sequence

from .exception_text import text_of
from .loader import Source
from .slicing import Statement

Failures = Sequence[tuple[Statement, BaseException]]


def why_missing(name: object, source: Source, failures: Failures) -> str:
    """Return why *name* may be missing: its code is not valid, or a statement before it failed."""
    fault = source.fault_in(name) if isinstance(name, str) and name else None
    if fault:
        label, line, reason = fault
        return f" ({label}, line {line} is not valid Python: {reason})"
    if earlier := _cause(name, failures):
        return f" (earlier: {type(earlier).__name__}: {text_of(earlier)[:200]})"
    return ""


def missing_library(error: BaseException, failures: Failures) -> str:
    """Return the library for want of which *error* was raised; empty if there is none."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while isinstance(cause, NameError) and cause not in seen:
        seen.append(cause)
        cause = _cause(getattr(cause, "name", ""), failures)
    found = getattr(cause, "name", "") if isinstance(cause, ModuleNotFoundError) else ""
    return found.partition(".")[0][:100] if isinstance(found, str) else ""


def _cause(name: object, failures: Failures) -> BaseException | None:
    """Return why *name* is not there: the failure of a statement that binds it, or may bind it."""
    binding = [error for statement, error in failures if name in statement.binds]
    starred = [error for statement, error in failures if statement.is_star_import]
    return next(iter([*binding, *starred, *(error for _, error in failures)]), None)
