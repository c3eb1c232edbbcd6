"""Runs the public checks of a kit on the learner's own machine, as ``gradproof check`` does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from grader.errors import UsageError
from grader.exercise import Limits, Submission
from grader.language import _
from grader.outcome import Isolation, Result
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.desk_worker import desk_worker
from grader.sandbox.from_scratch import forbidden_in
from grader.sandbox.reference import ReplayChannel
from grader.sandbox.spare_worker import SpareWorker
from grader.sandbox.worker_process import Worker
from grader.scoring.check_runner import CheckRunner
from grader.scoring.ended_check import Explain, Observe
from grader.scoring.follow_through import FollowThrough
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from .as_graded import as_graded
from .kit import Kit, chosen_exercises


def check_kit(
    kit: Kit,
    exercises: tuple[str, ...] = (),
    file: Path | None = None,
    begun: Callable[[Submission], None] = lambda submission: None,
) -> Result:
    """Run the public checks on the learner's file.

    Args:
        exercises: only these; empty means all.

        file: the file to check instead of those in the kit.

        begun: called with what is checked, before its checks run.

    Raises:
        UsageError: there is no such exercise, or the kit holds no check of it.

        SubmissionError: the file cannot be read.
    """
    wanted = chosen_exercises(kit, exercises)
    submission = kit.read(file)
    begun(submission)
    job = Job("", submission, wanted)
    with SpareWorker(partial(desk_worker, kit.directory)) as spare:
        spare.refill(submission.framework)  # which loads while the checks are collected
        recorded = ReplayChannel(kit.answers(), kit.assignment.framework)
        with collected_checks(kit.plan(), recorded) as runner:
            explain = kit.diagnosis().hints
            result = check_without_walls(runner, job, kit, explain=explain, spare=spare)
    return require_checks(result)


def require_checks(result: Result) -> Result:
    """Return *result*; raises UsageError if there was no check to run."""
    if not result.exercises:
        text = _(
            "The kit has no checks for this exercise. Unpack the kit again, or ask your instructor."
        )
        raise UsageError(text)
    return result


def check_without_walls(
    runner: CheckRunner,
    job: Job,
    kit: Kit,
    *,
    observe: Observe | None = None,
    explain: Explain | None = None,
    spare: SpareWorker | None = None,
) -> Result:
    """Return the result of *job* on the learner's own machine: with deadlines, without isolation.

    *observe* and *explain* are the hooks of :class:`CheckRunner`, *spare* is a worker that is ready
    in the kit's folder.
    """
    submission: Submission = job.submission

    forbidden = forbidden_in(kit.assignment)
    names = job.exercises or [exercise.name for exercise in kit.assignment.exercises]
    changes = kit.assignment.changes
    with as_graded(kit.directory, kit.replaced()) as folder:

        def start(limits: Limits, seconds: float) -> Worker:
            is_ready = folder == kit.directory
            return spare.take() if spare is not None and is_ready else desk_worker(folder)

        channel = WorkerChannel(
            submission, start, forbidden=forbidden, exercises=names, changes=changes
        )
        try:
            follow = FollowThrough(kit.assignment, submission)
            checks = runner.run(job, channel, observe=observe, explain=explain, follow=follow)
        finally:
            channel.close()
    name = runner.plan.assignment.name
    return Result.of(job.learner, name, submission, checks, Isolation("desk"), kit.notes())
