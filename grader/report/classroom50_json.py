"""``result.json`` as Classroom 50's autograders write it (``classroom50/result/v1``).

Points are whole numbers there, so all of them are multiplied by the least number that makes them
whole; a partial credit that no such number makes whole is rounded, halves to even.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from grader.exercise import Assignment
from grader.outcome import Outcome, Result

from .safe_text import clean_result, markdown_text, one_line

SCHEMA = "classroom50/result/v1"
#: points are never multiplied by more than this
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Identity:
    """What Classroom 50 says of a submission; it is written as it came."""

    classroom: str = ""
    assignment: str = ""
    owner: str = ""
    submission: str = ""
    commit: str = ""
    release: str = ""
    review: str = ""
    datetime: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Identity:
        """Return what the runner says in the environment."""
        commit = environ.get("COMMIT_URL", "")
        return cls(
            environ.get("CLASSROOM", ""),
            environ.get("ASSIGNMENT", ""),
            environ.get("OWNER") or environ.get("USERNAME", ""),
            environ.get("SUBMISSION_TAG", ""),
            commit,
            environ.get("RELEASE_URL", ""),
            environ.get("REVIEW_URL") or commit,
            datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )


def to_classroom50(result: Result, identity: Identity) -> bytes:
    """Return the result of one submission, in UTF-8.

    Its ``score`` has what policies take off or give, so it may differ from the sum of the tests.
    """
    return _written(points_of(result), identity)


def nothing_read(reason: str, assignment: Assignment, identity: Identity) -> tuple[bytes, str]:
    """Return the result of a submission that cannot be read, and the text for its release."""
    by = scale([assignment.points])
    most = round(assignment.points * by)
    test = {"test-name": one_line(reason), "passed": False, "score": 0, "max-score": most}
    written = _written({"score": 0, "max-score": most, "tests": [test]}, identity)
    return written, markdown_text(reason) + "\n"


def _written(points: Mapping[str, Any], identity: Identity) -> bytes:
    written = {
        "schema": SCHEMA,
        "classroom": identity.classroom,
        "assignment": identity.assignment,
        "owner": identity.owner,
        "submission": identity.submission,
        "commit": identity.commit,
        "release": identity.release,
        "review": identity.review,
        "datetime": identity.datetime,
        **points,
    }
    return json.dumps(written, indent=2, ensure_ascii=False).encode() + b"\n"


def points_of(result: Result) -> dict[str, Any]:
    """Return the keys ``score``, ``max-score`` and ``tests``, in whole numbers."""
    result = clean_result(result)
    checks = [check for check in result.checks if check.outcome is not Outcome.SKIPPED]
    points = [result.score, result.max_score, *(check.max_points for check in checks)]
    by = scale([*points, *(check.points for check in checks)])
    tests = [
        {
            "test-name": one_line(f"{check.exercise}: {check.sentence}"),
            "passed": check.outcome is Outcome.PASSED,
            "score": round(check.points * by),
            "max-score": round(check.max_points * by),
            "outcome": check.outcome.value,
            "hidden": check.hidden,
        }
        for check in checks
    ]
    whole = {"score": round(result.score * by), "max-score": round(result.max_score * by)}
    note = {"points-per-unit": by} if by > 1 else {}
    return {**whole, "tests": tests, **note}


def scale(points: Iterable[Fraction]) -> int:
    """Return the least number that makes all *points* whole, or 100 if it is above 1000."""
    by = math.lcm(*(one.denominator for one in points))
    return by if by <= _MOST else 100
