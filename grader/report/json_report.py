"""The report as JSON: what the result store, other programs and later versions read.

Its format is described in ``docs/report-format.md``.
"""

from __future__ import annotations

import re
from fractions import Fraction

import msgspec

import grader
from grader.errors import InternalError
from grader.language import _
from grader.outcome import CheckResult, Isolation, Outcome, Result

from .points_text import decimal_text
from .safe_text import clean_result

SCHEMA = "gradproof/report/v2"

#: as :func:`decimal_text` writes them, with fewer digits than would make arithmetic slow
_POINTS = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?|\"-?[0-9]{1,400}/[1-9][0-9]{0,399}\"")


class _Part(msgspec.Struct, forbid_unknown_fields=True):
    """A JSON object whose keys stand in the order of its fields."""


class _Isolation(_Part):
    level: str
    layers: dict[str, bool]
    warning: str


class _Check(_Part):
    exercise: str
    name: str
    outcome: Outcome
    points: msgspec.Raw
    max_points: msgspec.Raw
    sentence: str
    message: str
    hints: tuple[str, ...]
    hidden: bool
    seed: int


class _Timing(_Part):
    seconds: float
    checks: tuple[float, ...]


class _Grader(_Part):
    version: str


class _Report(_Part):
    schema: str
    learner: str
    assignment: str
    submission: str
    digest: str
    framework: str
    score: msgspec.Raw
    max_score: msgspec.Raw
    final: bool
    isolation: _Isolation
    notes: tuple[str, ...]
    checks: tuple[_Check, ...]
    timing: _Timing
    grader: _Grader
    fingerprint: str | None


class _Schema(msgspec.Struct):
    schema: str


def to_json(result: Result, fingerprint: str | None = None) -> bytes:
    """Return the report of *result*, in UTF-8.

    The same result gives the same bytes, but for what stands under ``timing``.

    Args:
        fingerprint: of everything that the result depends on.
    """
    report = _report(clean_result(result), fingerprint, grader.__version__)
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def from_json(report: bytes) -> tuple[Result, str | None]:
    """Return the result and the fingerprint that *report* was made of, its texts cleaned.

    Raises:
        InternalError: it is damaged, contradicts itself, or is of another version.
    """
    try:
        schema = msgspec.json.decode(report, type=_Schema).schema
        if schema != SCHEMA:
            text = _("This report has the format {found}; {known} is read here. Grade again.")
            raise InternalError(text.format(found=schema, known=SCHEMA))
        read = msgspec.json.decode(report, type=_Report)
        result = _result(read)
        # Everything derived is written once more and compared: totals, totals' form, clean text.
        again = _report(clean_result(result), read.fingerprint, read.grader.version)
        if msgspec.json.encode(again) != msgspec.json.encode(read):
            raise ValueError(_("it contradicts itself"))
    except (ValueError, RecursionError) as error:
        text = _("This report cannot be read ({what}). Grade again.")
        raise InternalError(text.format(what=error)) from None
    return result, read.fingerprint


def _report(result: Result, fingerprint: str | None, version: str) -> _Report:
    isolation = result.isolation
    return _Report(
        schema=SCHEMA,
        learner=result.learner,
        assignment=result.assignment,
        submission=result.submission,
        digest=result.digest,
        framework=result.framework,
        score=_number(result.score),
        max_score=_number(result.max_score),
        final=result.final,
        isolation=_Isolation(isolation.level, dict(isolation.layers), isolation.warning),
        notes=result.notes,
        checks=tuple(map(_check, result.checks)),
        timing=_Timing(result.seconds, tuple(check.seconds for check in result.checks)),
        grader=_Grader(version),
        fingerprint=fingerprint,
    )


def _check(check: CheckResult) -> _Check:
    return _Check(
        exercise=check.exercise,
        name=check.name,
        outcome=check.outcome,
        points=_number(check.points),
        max_points=_number(check.max_points),
        sentence=check.sentence,
        message=check.message,
        hints=check.hints,
        hidden=check.hidden,
        seed=check.seed,
    )


def _result(report: _Report) -> Result:
    isolation = report.isolation
    return Result(
        learner=report.learner,
        assignment=report.assignment,
        submission=report.submission,
        digest=report.digest,
        framework=report.framework,
        checks=tuple(
            CheckResult(
                exercise=check.exercise,
                name=check.name,
                outcome=check.outcome,
                max_points=_fraction(check.max_points),
                sentence=check.sentence,
                message=check.message,
                hints=check.hints,
                hidden=check.hidden,
                seconds=seconds,
                seed=check.seed,
            )
            for check, seconds in zip(report.checks, report.timing.checks, strict=True)
        ),
        isolation=Isolation(isolation.level, tuple(isolation.layers.items()), isolation.warning),
        notes=report.notes,
        seconds=report.timing.seconds,
    )


def _number(points: Fraction) -> msgspec.Raw:
    """Return *points* as JSON: a number where a decimal is exact, else a string."""
    text = decimal_text(points)
    return msgspec.Raw(f'"{text}"'.encode() if "/" in text else text.encode())


def _fraction(points: msgspec.Raw) -> Fraction:
    """Return the exact points, read from their text and never by way of a float."""
    text = bytes(points).decode()
    if not _POINTS.fullmatch(text):
        raise ValueError(_("{text} is no number of points").format(text=text[:40]))
    return Fraction(text.strip('"'))
