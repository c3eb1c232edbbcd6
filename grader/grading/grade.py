"""Grades one submission, for CI or by hand."""

from __future__ import annotations

from pathlib import Path

from grader.course.catalogue import Course
from grader.course.slots import slot_of
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _, listed
from grader.outcome import Result
from grader.sandbox.isolation import STRONGEST
from grader.scoring.plan import Job
from grader.submission.files import archive_stem, is_archive
from grader.submission.framework import libraries

from .policies import with_counts
from .secret_seed import known_seed
from .setup import Unread, grading, read_or_note, submission_of


def grade_file(
    course: Course,
    assignment: Assignment,
    path: Path,
    exercises: tuple[str, ...] = (),
    framework: str | None = None,
    device: str = "cpu",
    level: str = STRONGEST,
) -> Result:
    """Return the result of the submission at *path*; an unreadable one gets no points.

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
                text.format(assignment=assignment.name, name=name, names=listed(names))
            )
    read = read_or_note(
        path, assignment, path.name, "", framework, slot=slot_of(course, assignment)
    )
    only = frozenset(exercises) or None
    learner = archive_stem(path.name) if is_archive(path.name) else path.stem
    with grading(
        course,
        assignment,
        libraries([submission_of(read)]),
        secret=known_seed(course),
        device=device,
        level=level,
        only=only,
    ) as ready:
        if isinstance(read, Unread):
            return with_counts(ready.grade_unread(learner, read), assignment)
        job = Job(learner, read, only)
        result = ready.grade(job)
        # once more, where that may help, as for a class
        result = ready.grade(job) if result.machine_busy else result
        return with_counts(result, assignment)
