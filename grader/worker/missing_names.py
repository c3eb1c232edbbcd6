"""Why a name that the learner's code uses is missing, and for want of which module or file."""

from __future__ import annotations

import re
from itertools import chain

from .exception_text import text_of
from .loader import Failures, Source

#: how NumPy and h5py name a file in an error that does not know its name
_UNFOUND = re.compile(r"^(?P<file>.{1,300}) not found\.$|name = '(?P<named>[^']{1,300})'")


def why_missing(name: object, source: Source, failures: Failures) -> str:
    """Return why *name* may be missing: its code is not valid, or a statement before it failed."""
    known = isinstance(name, str) and name
    for one in (source, *source.helpers.sources) if known else ():
        if fault := one.fault_in(str(name)):
            label, line, reason = fault
            label = label if one is source else source.helpers.label(label)
            return f" ({label}, line {line} is not valid Python: {reason})"
    earlier = _cause(name, source, failures)
    if earlier is None:
        return ""
    first = first_cause(earlier, source, failures) or earlier
    place = source.helpers.place_of(first)
    where = f"{place[0]}, line {place[1]}" if place else "earlier"
    return f" ({where}: {type(first).__name__}: {text_of(first)[:200]})"


def missing_module(cause: BaseException | None) -> str:
    """Return the module for want of which *cause* was raised; empty if there is none."""
    found = getattr(cause, "name", "") if isinstance(cause, ModuleNotFoundError) else ""
    return found[:100] if isinstance(found, str) else ""


def missing_file(cause: BaseException | None) -> str:
    """Return the path of the file for want of which *cause* was raised; empty if there is none."""
    if not isinstance(cause, FileNotFoundError):
        return ""
    if isinstance(cause.filename, str):
        return cause.filename[:300]
    said = _UNFOUND.search(text_of(cause))
    return (said["file"] or said["named"]) if said else ""


def first_cause(error: BaseException, source: Source, failures: Failures) -> BaseException | None:
    """Return what *error* follows from: a name may be missing because a statement failed."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while isinstance(cause, NameError) and cause not in seen:
        seen.append(cause)
        cause = _cause(getattr(cause, "name", ""), source, failures)
    return cause


def _cause(name: object, source: Source, failures: Failures) -> BaseException | None:
    """Return why *name* is not there: the failure of a statement that binds it, or may bind it."""
    both = [*failures, *source.helpers.failures]
    binding = (error for statement, error in both if name in statement.binds)
    starred = (error for statement, error in both if statement.is_star_import)
    # Any other of the main file's may be why. Of a helper's, also those fail that nothing needs.
    others = (error for _statement, error in failures)
    return next(chain(binding, starred, others), None)
