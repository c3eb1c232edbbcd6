"""Why a name that the learner's code uses is missing, and for want of which module or file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .exception_text import text_of
from .loader import Source
from .slicing import Statement

#: how NumPy and h5py name a file in an error that does not know its name
_UNFOUND = re.compile(r"^(?P<file>.{1,300}) not found\.$|name = '(?P<named>[^']{1,300})'")

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


def missing_module(error: BaseException, failures: Failures) -> str:
    """Return the module for want of which *error* was raised; empty if there is none."""
    cause = _first_cause(error, failures)
    found = getattr(cause, "name", "") if isinstance(cause, ModuleNotFoundError) else ""
    return found[:100] if isinstance(found, str) else ""


def missing_file(error: BaseException, failures: Failures) -> str:
    """Return the path of the file for want of which *error* was raised; empty if there is none."""
    cause = _first_cause(error, failures)
    if not isinstance(cause, FileNotFoundError):
        return ""
    if isinstance(cause.filename, str):
        return cause.filename[:300]
    said = _UNFOUND.search(text_of(cause))
    return (said["file"] or said["named"]) if said else ""


def _first_cause(error: BaseException, failures: Failures) -> BaseException | None:
    """Return what *error* follows from: a name may be missing because a statement failed."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while isinstance(cause, NameError) and cause not in seen:
        seen.append(cause)
        cause = _cause(getattr(cause, "name", ""), failures)
    return cause


def _cause(name: object, failures: Failures) -> BaseException | None:
    """Return why *name* is not there: the failure of a statement that binds it, or may bind it."""
    binding = [error for statement, error in failures if name in statement.binds]
    starred = [error for statement, error in failures if statement.is_star_import]
    return next(iter([*binding, *starred, *(error for _, error in failures)]), None)
