"""The audit's question to a rule on what may not be used: is a use of it told, by its name?

An *offence* is an answer that uses what its exercise forbids. Its first line says what must be
told: ``# told: torch.nn.functional.softmax``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from grader.course.exercise_folder import ExerciseFolder
from grader.errors import AuthoringError, SubmissionError
from grader.exercise import Exercise, Submission
from grader.outcome import CheckResult, Outcome
from grader.submission.read import read_submission

from .findings import Finding

_TOLD = re.compile(r"# told: ([\w.]+)")


def offence_findings(
    exercise: Exercise,
    folder: ExerciseFolder,
    grade: Callable[[str, Submission], Iterable[CheckResult]],
) -> list[Finding]:
    """Return what is wrong with the offences of *exercise*.

    Args:
        grade: grades a submission, under a label, by the checks of the exercise.
    """
    offences = folder.offences
    if exercise.forbidden and not offences:
        what = f"{exercise.name} forbids what no offence uses; write an answer that does"
        return [Finding(what, folder.path / "offence.py")]
    found = []
    for path in offences:
        if not exercise.forbidden:
            found.append(Finding(f"{exercise.name} forbids nothing; remove this offence", path))
            continue
        try:
            name, submission = told_by(path), read_submission(path, exercise.name)
        except (AuthoringError, SubmissionError) as error:
            found.append(Finding(str(getattr(error, "what", error)), path))
            continue
        for result in grade(f"{exercise.name}/{path.stem}", submission):
            if not tells(result, name):
                what = f"{result.name} must fail and tell of {name}, but: {result.outcome.value}"
                found.append(Finding(f"{what}: {result.message}", path, 1))
                break
    return found


def told_by(path: Path) -> str:
    """Return the name that must be told of the offence at *path*; raises AuthoringError."""
    first = path.read_text("utf-8").partition("\n")[0]
    match = _TOLD.fullmatch(first.rstrip())
    if match is None:
        what = "the first line must say which name is told, such as # told: torch.softmax"
        raise AuthoringError(what, path, 1)
    return match[1]


def tells(result: CheckResult, name: str) -> bool:
    """Return whether a check failed because of *name*, and said so."""
    # Chinese stands right beside it
    whole = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w]|\.\w)", re.ASCII)
    return result.outcome is Outcome.FAILED and bool(whole.search(result.message))
