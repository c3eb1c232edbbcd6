"""The audit's question to a rule on what may not be used: is a use of it told, by its name?

An *offence* is an answer that uses what its exercise forbids. Its first line says what must be
told: ``# told: torch.nn.functional.softmax``.
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
    """An answer that uses what its exercise forbids.

    Attributes:
        told: the name that every check must fail with.
    """

    path: Path
    told: str
    submission: Submission

    @property
    def name(self) -> str:
        """What it is called within its exercise."""
        return self.path.stem


def read_offences(
    exercise: Exercise, folder: ExerciseFolder
) -> tuple[list[Offence], list[Finding]]:
    """Return the offences of *exercise*, and what is wrong with their files."""
    if exercise.forbidden and not folder.offences:
        what = f"{exercise.name} forbids what no offence uses; write an answer that does"
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
    """Return the name that must be told of the offence at *path*; raises AuthoringError."""
    first = path.read_text("utf-8").partition("\n")[0]
    match = _TOLD.fullmatch(first.rstrip())
    if match is None:
        what = "the first line must say which name is told, such as # told: torch.softmax"
        raise AuthoringError(what, path, 1)
    return match[1]


def offence_finding(offence: Offence, ends: Iterable[CheckEnd]) -> Finding | None:
    """Return which check did not tell of *offence*; None if every one did."""
    for end in ends:
        if not tells(end, offence.told):
            what = f"{end.name} must fail and tell of {offence.told}, but: {end.outcome.value}"
            return Finding(f"{what}: {end.message}", offence.path, 1)
    return None


def tells(end: CheckResult | CheckEnd, name: str) -> bool:
    """Return whether a check failed because of *name*, and said so."""
    # Chinese stands right beside it
    whole = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w]|\.\w)", re.ASCII)
    return end.outcome is Outcome.FAILED and bool(whole.search(end.message))
