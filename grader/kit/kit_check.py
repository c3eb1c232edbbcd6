"""Runs the public checks of a kit on the learner's own machine, as ``gradproof check`` does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from grader.exercise import Submission
from grader.outcome import Result
from grader.sandbox.desk_worker import desk_worker
from grader.sandbox.spare_worker import SpareWorker
from grader.scoring.plan import Job

from .kit import Kit, chosen_exercises


def check_kit(
    kit: Kit,
    exercises: tuple[str, ...] = (),
    file: Path | None = None,
    begun: Callable[[Submission], None] = lambda submission: None,
    begins: Callable[[str], None] | None = None,
) -> Result:
    """Run the public checks on the learner's file.

    Args:
        exercises: only these; empty means all.

        file: the file to check instead of those in the kit.

        begun: called with what is checked, before its checks run.

        begins: called with each exercise's name before its checks run.

    Raises:
        UsageError: there is no such exercise, or the kit holds no check of it.

        SubmissionError: the file cannot be read.
    """
    wanted = chosen_exercises(kit, exercises)
    submission = kit.read(file)
    begun(submission)
    with SpareWorker(partial(desk_worker, kit.directory)) as spare:
        spare.refill(submission.framework)
        # the worker loads its framework while this process imports what runs checks
        from .public_checks import run_public_checks

        return run_public_checks(kit, Job("", submission, wanted), spare, begins)
