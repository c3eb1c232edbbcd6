"""Findings: what an author must fix."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.errors import AuthoringError

#: called for each step of an audit with its description, its number and the total
Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an author must fix.

    Attributes:
        subject: the exercise, as ``assignment/exercise``, or the assignment that it is about; empty
            if it is about the course. Not compared: a file that two exercises share is one finding.
    """

    what: str
    path: Path | None = None
    line: int | None = None
    subject: str = field(default="", compare=False)

    def __str__(self) -> str:
        return str(AuthoringError(self.what, self.path, self.line))


def about(subject: str, findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* as those about *subject*."""
    return [replace(finding, subject=subject) for finding in findings]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return each finding once, by file and line."""
    by_place = lambda f: (str(f.path or ""), f.line or 0)  # noqa: E731
    return sorted(dict.fromkeys(findings), key=by_place)
