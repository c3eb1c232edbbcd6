"""Checks the learner's files, and remembers what passed and what the learner works on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.exercise import Submission
from grader.kit.kit import Kit
from grader.kit.kit_check import check_kit
from grader.outcome import Result
from grader.submission.needed_code import needed_code

from .progress import Progress


def check_and_note(
    kit: Kit,
    exercises: tuple[str, ...] = (),
    file: Path | None = None,
    begun: Callable[[Submission], None] = lambda submission: None,
    begins: Callable[[str], None] | None = None,
) -> tuple[Result, Progress]:
    """Run the public checks; return the result, and the progress with it, which is not yet kept.

    Arguments and errors are those of :func:`check_kit`.
    """
    read: list[Submission] = []

    def note(submission: Submission) -> None:
        read.append(submission)
        begun(submission)

    result = check_kit(kit, exercises, file, note, begins)
    progress = Progress.of(kit)
    names = [one.exercise for one in result.exercises]
    progress.note(result, needed_code(read[0], names))
    progress.see_calls(kit, result, read[0])
    return result, progress
