"""Grading one file, for CI and for a look at a single submission."""

from __future__ import annotations

from pathlib import Path

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.outcome import Result
from grader.sandbox.isolation import STRONGEST, require
from grader.sandbox.zygote import Zygote
from grader.scoring.session import CheckRunner, Job, run_session
from grader.submission.framework import libraries

from .secret_seed import known_seed
from .setup import (
    Unread,
    diagnosis_for,
    plan_for,
    private_paths,
    read_or_note,
    reference_for,
    reference_submission,
    submission_of,
    unread_result,
)


def grade_file(
    course: Course,
    assignment: Assignment,
    path: Path,
    exercises: tuple[str, ...] = (),
    framework: str | None = None,
    device: str = "cpu",
    level: str = STRONGEST,
) -> Result:
    """Return the result of the submission at *path*; one that cannot be read gets nothing.

    Args:
        exercises: only these; empty means all.

        framework: used where the submission does not name its own.

        device: ``cpu``, ``cuda`` or ``all``.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

    Raises:
        UsageError: there is no such file or exercise.

        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """
    names = [exercise.name for exercise in assignment.exercises]
    for name in exercises:
        if name not in names:
            text = _("{assignment} has no exercise {name}; it has {names}.")
            raise UsageError(
                text.format(assignment=assignment.name, name=name, names=", ".join(names))
            )
    read = read_or_note(path, assignment, path.name, "", framework)
    submission = submission_of(read)
    proof = reference_submission(course, assignment)
    private = private_paths(course, assignment)
    walls = (level, private, assignment.processes, device != "cpu")
    with Zygote(libraries([proof, submission]), *walls) as zygote:
        # imported here while the zygote warms up
        reference = reference_for(course, assignment)
        require(zygote.isolation, course.min_isolation)

        def body(runner: CheckRunner) -> Result:
            if isinstance(read, Unread):
                return unread_result(runner, path.stem, read, zygote.isolation)
            job = Job(path.stem, read, frozenset(exercises) or None)
            runner.prove_reference(proof, zygote, job.exercises)
            diagnosis = diagnosis_for(course, assignment, reference)
            return runner.grade(job, zygote, diagnosis.hints)

        plan = plan_for(course, assignment, device, secret=known_seed(course))
        return run_session(plan, reference, body)
