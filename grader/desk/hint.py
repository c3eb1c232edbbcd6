"""Shows the next hint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.kit.kit import Kit
from grader.report.hint_text import NextHint

from .check import check_and_note


def next_hint(
    kit: Kit,
    exercise: str | None = None,
    file: Path | None = None,
    begins: Callable[[str], None] | None = None,
) -> NextHint:
    """Check an exercise, and return one more hint than last time; the number is remembered.

    Args:
        exercise: its name; None for the one at hand.

        begins: called with each exercise's name before its checks run.

    Raises:
        UsageError: there is no such exercise.

        SubmissionError: the file cannot be read.
    """
    result, progress = check_and_note(kit, (exercise,) if exercise else (), file, begins=begins)
    at_hand = exercise or progress.standing(kit).following
    failed = result.only([at_hand]).first_failure
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
