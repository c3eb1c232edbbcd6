"""Converts a report of the previous format to the current one. Nothing in it is lost."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.language import _
from grader.outcome import Result

from .json_report import OLD_SCHEMA, fraction, require_schema, unreadable, written
from .points_text import decimal_text

#: decimals are read as text, since points are exact
_OLD = msgspec.json.Decoder(dict[str, Any], float_hook=str)


def upgrade(report: bytes) -> bytes:
    """Return *report*, in format v2, in the current format.

    It keeps its fingerprint and the version that graded, so that the grade stays valid.

    Raises:
        InternalError: it is damaged, contradicts itself, or is of another version.
    """
    try:
        require_schema(report, OLD_SCHEMA)
        old = _OLD.decode(report)
        result = _result(old)
        if _claims(old) != _facts(result):
            raise ValueError(_("it contradicts itself"))
        return written(result, old["fingerprint"], old["grader"]["version"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise unreadable(error) from None


def _result(old: dict[str, Any]) -> Result:
    exercises: dict[str, list[object]] = {}
    timed = zip(old["checks"], old["timing"]["checks"], strict=True)
    for check, seconds in timed:
        exercises.setdefault(check["exercise"], []).append({**check, "seconds": float(seconds)})
    new = {
        **old,
        "exercises": [{"exercise": name, "checks": group} for name, group in exercises.items()],
        "seconds": float(old["timing"]["seconds"]),
    }
    return msgspec.convert(new, Result, dec_hook=fraction)


def _claims(old: dict[str, Any]) -> object:
    """Return the derived values that *old* contains."""
    points = {(check["exercise"], check["name"]): str(check["points"]) for check in old["checks"]}
    return str(old["score"]), str(old["max_score"]), old["final"], points


def _facts(result: Result) -> object:
    """Return the derived values, computed again."""
    points = {(check.exercise, check.name): decimal_text(check.points) for check in result.checks}
    return decimal_text(result.score), decimal_text(result.max_score), result.final, points
