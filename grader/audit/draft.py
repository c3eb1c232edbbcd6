"""Shows which checks a draft passes: grades an author's file as a submission, with all details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment, Exercise, Submission, Text
from grader.grading.setup import has_exercise, mistake_for, plan_for, reference_for
from grader.language import _
from grader.outcome import Result
from grader.sandbox.isolation import STRONGEST
from grader.sandbox.zygote import Zygote
from grader.scoring.diagnosis import Diagnosis, Suspect
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.submission.framework import libraries
from grader.submission.read import read_submission

from .course_audit import exercises_named


@dataclass(frozen=True, slots=True)
class TriedDraft:
    """The result of a draft.

    Attributes:
        result: the result of public and hidden checks on the exercises that the draft defines.

        framework: the framework of the arrays that the draft is given.

        likenesses: known mistakes that give the same answers in a check, by exercise and check.
    """

    result: Result
    framework: str
    likenesses: dict[tuple[str, str], str]


def try_draft(
    course: Course, path: Path, names: Sequence[str] = (), level: str = STRONGEST
) -> TriedDraft:
    """Grade the file at *path* on the exercises that it defines.

    Args:
        names: only these assignments, or exercises as ``assignment/exercise``; empty for the
            assignment of which the file defines most.

        level: the strongest isolation to try.

    Raises:
        AuthoringError: the checks are broken.

        SubmissionError: the file cannot be read.

        UsageError: it defines no exercise.
    """
    only, submission = _defined(course, path, exercises_named(course, names))
    assignment = course.assignment(only.name)
    with Zygote(libraries([submission]), level) as zygote:
        reference = reference_for(course, assignment)
        suspects = [
            Suspect(m.exercise, Text(m.name, m.name), partial(mistake_for, course, assignment, m))
            for m in course.mistakes(assignment)
        ]
        diagnosis = Diagnosis(suspects, reference.as_given(), reference.as_given())

        with collected_checks(plan_for(course, only), reference) as runner:
            job = Job(path.name, submission)
            result = runner.grade(job, zygote, explain=diagnosis.hints)
    known = {(suspect.exercise, suspect.hint.en) for suspect in suspects}
    likenesses = {
        (check.exercise, check.name): check.hints[-1]
        for check in result.checks
        if check.hints and (check.exercise, check.hints[-1]) in known
    }
    return TriedDraft(result, submission.framework, likenesses)


def _defined(
    course: Course, path: Path, units: Sequence[tuple[Assignment, Exercise]]
) -> tuple[Assignment, Submission]:
    """Return the assignment of *path* with the exercises defined there, and the submission."""
    found: list[tuple[Assignment, Submission]] = []
    for assignment in dict.fromkeys(assignment for assignment, _exercise in units):
        submission = read_submission(path, assignment.name, usual=assignment.framework)
        offered = (exercise for of, exercise in units if of == assignment)
        exercises = tuple(e for e in offered if has_exercise(submission, e.name))
        if exercises:
            found.append((replace(assignment, exercises=exercises), submission))
    if not found:
        text = _("{file} defines no exercise that was asked for.")
        raise UsageError(text.format(file=path.name))
    return max(found, key=lambda one: len(one[0].exercises))
