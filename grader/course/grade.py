"""Grading one file, for CI and for a look at a single submission."""

from __future__ import annotations

from pathlib import Path

from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.outcome import Result
from grader.scoring.session import Bench, Job, run_session
from grader.submission.read import read_submission
from grader.submission.sandbox import Zygote

from .catalogue import Course
from .grading import diagnosis_for, plan_for, reference_for, reference_submission


def grade_file(
    course: Course,
    assignment: Assignment,
    path: Path,
    exercises: tuple[str, ...] = (),
    framework: str | None = None,
    device: str = "cpu",
    walled: bool = True,
) -> Result:
    """Return the result of the submission at *path*.

    Args:
        exercises: only these; empty means all.

        framework: used where the submission does not name its own.

        device: ``cpu``, ``cuda`` or ``all``.

        walled: whether bubblewrap is used where it works.

    Raises:
        UsageError: there is no such file or exercise.

        SubmissionError: the file cannot be read.

        AuthoringError: the course is broken.
    """
    names = [exercise.name for exercise in assignment.exercises]
    for name in exercises:
        if name not in names:
            text = _("{assignment} has no exercise {name}; it has {names}.")
            raise UsageError(
                text.format(assignment=assignment.name, name=name, names=", ".join(names))
            )
    submission = read_submission(path, assignment.name, framework)
    job = Job(path.stem, submission, frozenset(exercises) or None)
    reference = reference_for(course, assignment)

    def body(bench: Bench) -> Result:
        bench.prove_reference(reference_submission(course, assignment), zygote, job.exercises)
        diagnosis = diagnosis_for(course, assignment, reference)
        return bench.grade(job, zygote, diagnosis.hints)

    with Zygote(("numpy", "torch"), walled) as zygote:
        return run_session(plan_for(course, assignment, device), reference, body)
