"""Runs the public checks of a kit in a worker without isolation."""

from __future__ import annotations

from grader.errors import UsageError
from grader.exercise import Limits, Submission
from grader.language import _
from grader.outcome import Isolation, Result
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.desk_worker import desk_worker
from grader.sandbox.from_scratch import forbidden_in
from grader.sandbox.spare_worker import SpareWorker
from grader.sandbox.worker_process import Worker
from grader.scoring.check_runner import CheckRunner
from grader.scoring.ended_check import Begins, Explain, Observe
from grader.scoring.follow_through import FollowThrough
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from .as_graded import as_graded
from .kit import Kit


def run_public_checks(
    kit: Kit, job: Job, spare: SpareWorker, begins: Begins | None = None
) -> Result:
    """Return the result of *job*, with hints; *spare* stands by in the kit's folder.

    *begins* is the hook of :meth:`CheckRunner.run`.

    Raises:
        UsageError: the kit holds no check of it.
    """
    plan = kit.plan(job.exercises)
    if not plan.check_files:
        raise _no_checks()
    with collected_checks(plan, kit.answers()) as runner:
        explain = kit.hints().hints
        return check_without_walls(runner, job, kit, explain=explain, spare=spare, begins=begins)


def require_checks(result: Result) -> Result:
    """Return *result*; raises UsageError if there was no check to run."""
    if not result.exercises:
        raise _no_checks()
    return result


def _no_checks() -> UsageError:
    text = _(
        "The kit has no checks for this exercise. Unpack the kit again, or ask your instructor."
    )
    return UsageError(text)


def check_without_walls(
    runner: CheckRunner,
    job: Job,
    kit: Kit,
    *,
    observe: Observe | None = None,
    explain: Explain | None = None,
    spare: SpareWorker | None = None,
    begins: Begins | None = None,
) -> Result:
    """Return the result of *job* on the learner's own machine: with deadlines, without isolation.

    *observe*, *explain* and *begins* are the hooks of :class:`CheckRunner`, *spare* is a worker
    that is ready in the kit's folder.
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
            checks = runner.run(
                job, channel, observe=observe, explain=explain, follow=follow, begins=begins
            )
        finally:
            channel.close()
    name = runner.plan.assignment.name
    return Result.of(job.learner, name, submission, checks, Isolation("desk"), kit.notes())
