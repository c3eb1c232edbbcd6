"""Grades one notebook after another for nbgrader, with checks and processes kept ready."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from grader import language
from grader.course.catalogue import Course, catalogue_file
from grader.course.slots import slot_of
from grader.errors import AuthoringError
from grader.exercise import Assignment, Submission
from grader.grading.secret_seed import secret_seed
from grader.grading.setup import (
    Unread,
    grading,
    read_or_note,
    reference_submission,
    submission_of,
)
from grader.outcome import Result
from grader.scoring.plan import Job
from grader.submission.framework import libraries


class WarmGrader:
    """One assignment, ready to grade: its checks are collected and its reference is proven.

    Raises:
        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """

    def __init__(self, course: Course, assignment: Assignment, wanted: list[str]) -> None:
        with ExitStack() as stack:
            self._grading = stack.enter_context(
                grading(course, assignment, wanted, secret=secret_seed(course))
            )
            self._open = stack.pop_all()

    def grade(self, learner: str, read: Submission | Unread, exercises: frozenset[str]) -> Result:
        """Return the result of one learner's *exercises*."""
        if isinstance(read, Unread):
            return self._grading.grade_unread(learner, read)
        return self._grading.grade(Job(learner, read, exercises))

    def close(self) -> None:
        """End the processes."""
        self._open.close()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A prepared assignment, and the identity of what it was prepared from.

    A broken course stays broken for the next learner until it changes.
    """

    made_of: object
    libraries: set[str]
    warm: WarmGrader | AuthoringError


#: the assignment that is ready, if any
_ready: list[_Ready] = []


def grade_next(
    course: Course, assignment: Assignment, learner: str, path: Path, exercises: frozenset[str]
) -> Result:
    """Return the result of *learner*'s submission at *path*, for *exercises* only.

    What was prepared for the previous learner is used again, unless the course has changed.

    Raises:
        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """
    slot = slot_of(course, assignment)
    read = read_or_note(path, assignment, path.name, "", slot=slot)
    used = {*libraries([reference_submission(course, assignment), submission_of(read)])}
    wanted = (assignment, _state(course, assignment), language.current())
    if _ready and _ready[0].made_of == wanted:
        used |= _ready[0].libraries
    if not _ready or _ready[0].made_of != wanted or _ready[0].libraries != used:
        forget()
        _ready.append(_Ready(wanted, used, _warmed(course, assignment, sorted(used))))
    warm = _ready[0].warm
    if isinstance(warm, AuthoringError):
        raise warm.with_traceback(None)
    try:
        return warm.grade(learner, read, exercises)
    except BaseException:
        # A check was interrupted.
        forget()
        raise


def _warmed(
    course: Course, assignment: Assignment, wanted: list[str]
) -> WarmGrader | AuthoringError:
    """Return the prepared grader, or the error that makes the course unusable."""
    try:
        return WarmGrader(course, assignment, wanted)
    except AuthoringError as error:
        return error


def _state(course: Course, assignment: Assignment) -> object:
    """Return the identity of the course's files and its secret seed."""
    checks = course.check_files(assignment)
    files = {catalogue_file(course.root), course.reference(assignment), *checks}
    # Modules that checks import are beside them, or beside the exercises' folders.
    files |= set(course.checks_dir(assignment).rglob("*.*"))
    files |= set(course.given_dir(assignment).rglob("*"))
    times = [(file.resolve(), file.stat().st_mtime_ns) for file in sorted(files)]
    return times, secret_seed(course)


@atexit.register
def forget() -> None:
    """End the prepared grader."""
    while _ready:
        warm = _ready.pop().warm
        if isinstance(warm, WarmGrader):
            warm.close()
