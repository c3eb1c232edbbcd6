"""Offences: the audit tests that the use of a forbidden name is reported.

An *offence* is a solution that uses something that its exercise forbids. Its first line gives the
name that must be reported: ``# told: torch.nn.functional.softmax``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.course.exercise_folder import ExerciseFolder
from grader.errors import AuthoringError, SubmissionError
from grader.exercise import Exercise, Submission
from grader.outcome import CheckResult, Outcome
from grader.submission.read import read_submission

from .findings import Finding
from .measurement import CheckEnd

_TOLD = re.compile(r"# told: ([\w.]+)")


@dataclass(frozen=True, slots=True)
class Offence:
    """A solution that uses something that its exercise forbids.

    Attributes:
        told: the name that every check must report.
    """

    path: Path
    told: str
    submission: Submission

    @property
    def name(self) -> str:
        """Its name within the exercise."""
        return self.path.stem


def read_offences(
    exercise: Exercise, folder: ExerciseFolder
) -> tuple[list[Offence], list[Finding]]:
    """Return the offences of *exercise*, and findings on their files."""
    if exercise.forbidden and not folder.offences:
        what = f"{exercise.name} forbids names but has no offence; write a solution that uses one"
        return [], [Finding(what, folder.path / "offence.py")]
    offences: list[Offence] = []
    found: list[Finding] = []
    for path in folder.offences:
        if not exercise.forbidden:
            found.append(Finding(f"{exercise.name} forbids nothing; remove this offence", path))
            continue
        try:
            offences.append(Offence(path, told_by(path), read_submission(path, exercise.name)))
        except (AuthoringError, SubmissionError) as error:
            found.append(Finding(str(getattr(error, "what", error)), path))
    return offences, found


def told_by(path: Path) -> str:
    """Return the name that must be reported for the offence at *path*; raises AuthoringError."""
    first = path.read_text("utf-8").partition("\n")[0]
    match = _TOLD.fullmatch(first.rstrip())
    if match is None:
        what = "the first line must give the name to report, such as # told: torch.softmax"
        raise AuthoringError(what, path, 1)
    return match[1]


def offence_finding(offence: Offence, ends: Iterable[CheckEnd]) -> Finding | None:
    """Return a finding if a check did not report *offence*; None if all did."""
    for end in ends:
        if not tells(end, offence.told):
            ended = f": {end.outcome.value}: {end.message}"
            instead = " it passed" if end.outcome is Outcome.PASSED else ended
            what = f"{end.name} must fail and report {offence.told}, but{instead}"
            return Finding(what, offence.path, 1)
    return None


def tells(end: CheckResult | CheckEnd, name: str) -> bool:
    """Return whether a check failed because of *name* and reported it."""
    # Chinese text may follow it without a space.
    whole = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w]|\.\w)", re.ASCII)
    return end.outcome is Outcome.FAILED and bool(whole.search(end.message))
