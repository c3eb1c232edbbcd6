"""The next hint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.kit.kit import Kit, check_kit
from grader.outcome import CheckResult
from grader.report.notebook_html import Standing, first_failure

from .progress import Progress


@dataclass(frozen=True, slots=True)
class NextHint:
    """What a learner sees who asks for a hint.

    Attributes:
        check: the first that does not pass; None if all pass.

        steps: hints shown so far, this one last.

        more: whether there is a next one.
    """

    exercise: str
    check: CheckResult | None
    steps: tuple[str, ...]
    more: bool
    standing: Standing


def next_hint(kit: Kit, exercise: str | None = None, file: Path | None = None) -> NextHint:
    """Check an exercise and return one hint more than the last time; it is remembered.

    Args:
        exercise: the first that does not pass if None.

    Raises:
        UsageError: there is no such exercise.

        SubmissionError: the file cannot be read.
    """
    result = check_kit(kit, (exercise,) if exercise else (), file)
    progress = Progress.of(kit)
    progress.note(result)
    failed = first_failure(result)
    shown = 0
    if failed is not None:
        key = f"{failed.exercise}/{failed.name}"
        shown = min(progress.hints.get(key, 0) + 1, len(failed.hints))
        progress.hints[key] = shown
    progress.keep(kit)
    return NextHint(
        exercise=failed.exercise if failed else exercise or "",
        check=failed,
        steps=failed.hints[:shown] if failed else (),
        more=failed is not None and shown < len(failed.hints),
        standing=progress.standing(kit),
    )
