"""The report as JSON, for the result store, other programs and later versions.

Its keys are the fields of :class:`grader.outcome.Result`, in order, between ``schema`` and the
facts about the run. The format is described in ``docs/report-format.md``.
"""

from __future__ import annotations

import re
from dataclasses import fields
from fractions import Fraction
from typing import Any

import msgspec

import grader
from grader.errors import InternalError
from grader.language import _
from grader.outcome import Result

from .points_text import decimal_text
from .safe_text import clean_result

SCHEMA = "gradproof/report/v3"

#: the format that :func:`upgrade` converts
OLD_SCHEMA = "gradproof/report/v2"

#: as :func:`decimal_text` writes them, with fewer digits than would make arithmetic slow
_POINTS = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400}|/[1-9][0-9]{0,399})?")


class OldReport(InternalError):
    """A report in an older format, which ``gradproof migrate`` converts."""


class _Schema(msgspec.Struct):
    schema: str


class _Grader(msgspec.Struct, forbid_unknown_fields=True):
    version: str


class _Run(msgspec.Struct):
    """The part of a report that is not the result."""

    grader: _Grader
    fingerprint: str | None


def to_json(result: Result, fingerprint: str | None = None) -> bytes:
    """Return the report of *result*, in UTF-8.

    The same result gives the same bytes, except for ``seconds``.

    Args:
        fingerprint: the identity of everything that the result depends on.
    """
    return written(result, fingerprint, grader.__version__)


def written(result: Result, fingerprint: str | None, version: str) -> bytes:
    """Return the report of *result*, graded by gradproof of *version*."""
    return msgspec.json.format(_encoded(result, fingerprint, version), indent=2) + b"\n"


def from_json(report: bytes) -> tuple[Result, str | None]:
    """Return the result and the fingerprint in *report*, with texts cleaned.

    Raises:
        OldReport: it has the previous format.

        InternalError: it is damaged, contradicts itself, or is of another version.
    """
    try:
        require_schema(report, SCHEMA)
        run = msgspec.json.decode(report, type=_Run)
        result = _RESULT.decode(report)
        # Everything is written again and compared: points, scores, their form, clean text, keys.
        again = _encoded(result, run.fingerprint, run.grader.version)
        if again != msgspec.json.format(report, indent=-1):
            raise ValueError(_("it contradicts itself"))
    except (ValueError, RecursionError) as error:
        raise unreadable(error) from None
    return result, run.fingerprint


def is_old(report: bytes) -> bool:
    """Whether *report* seems to have the previous format."""
    try:
        require_schema(report, SCHEMA)
    except OldReport:
        return True
    except (InternalError, ValueError, RecursionError):
        return False
    return False


def require_schema(report: bytes, wanted: str) -> None:
    """Raise InternalError unless *report* has the format *wanted*; OldReport if the previous."""
    found = msgspec.json.decode(report, type=_Schema).schema
    if found == OLD_SCHEMA != wanted:
        text = _("This report has the older format {found}. Run: gradproof migrate")
        raise OldReport(text.format(found=found))
    if found != wanted:
        text = _(
            "This report has format {found}, but this version of gradproof reads {known}. Grade "
            "again."
        )
        raise InternalError(text.format(found=found, known=wanted))


def unreadable(error: Exception) -> InternalError:
    """Return the exception for a report that cannot be read because of *error*."""
    return InternalError(_("This report cannot be read ({what}). Grade again.").format(what=error))


def fraction(kind: type[Any], points: object) -> Fraction:
    """Return exact points, read from text without conversion to float.

    Raises:
        ValueError: the text is not a number of points.
    """
    text = str(points)
    if kind is not Fraction or not _POINTS.fullmatch(text):
        raise ValueError(_("{text} is not a number of points").format(text=text[:40]))
    return Fraction(text)


#: decimals are read as text, since points are exact
_RESULT = msgspec.json.Decoder(Result, dec_hook=fraction, float_hook=str)


def _encoded(result: Result, fingerprint: str | None, version: str) -> bytes:
    """Return the report of *result* on one line."""
    clean = clean_result(result)
    report = {
        "schema": SCHEMA,
        **{field.name: getattr(clean, field.name) for field in fields(clean)},
        "grader": {"version": version},
        "fingerprint": fingerprint,
    }
    return msgspec.json.encode(report, enc_hook=_number)


def _number(points: object) -> msgspec.Raw:
    """Return *points* as JSON: a number if a decimal is exact, otherwise a string."""
    if not isinstance(points, Fraction):
        raise NotImplementedError(f"a report cannot contain a {type(points).__name__}")
    text = decimal_text(points)
    return msgspec.Raw(f'"{text}"'.encode() if "/" in text else text.encode())
