"""From a course to what grading needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.course.catalogue import Course, apply_mistake
from grader.course.source import reference_text
from grader.errors import SubmissionError
from grader.exercise import Assignment, Chunk, Mistake, Submission
from grader.language import current
from grader.outcome import CheckResult, Isolation, Outcome, Result
from grader.sandbox.reference import ReferenceChannel, load_reference, load_reference_text
from grader.scoring.diagnosis import Diagnosis, Suspect
from grader.scoring.session import CheckRunner, Plan
from grader.submission.digest import digest
from grader.submission.read import read_submission


def plan_for(
    course: Course,
    assignment: Assignment,
    device: str = "cpu",
    public_only: bool = False,
    secret: str = "",
) -> Plan:
    """Return the plan by which *assignment* is graded."""
    files = course.check_files(assignment, public_only)
    return Plan(assignment, course.seed, files, course.root, device, secret)


def reference_for(course: Course, assignment: Assignment) -> ReferenceChannel:
    """Return a channel to the reference of *assignment*."""
    return load_reference(course.reference(assignment), assignment.framework)


def diagnosis_for(course: Course, assignment: Assignment, reference: ReferenceChannel) -> Diagnosis:
    """Return what explains wrong answers to *assignment*, by its known mistakes first."""
    suspects = [
        Suspect(
            mistake.exercise,
            mistake.hint,
            partial(mistake_for, course, assignment, mistake),
            mistake.topic,
        )
        for mistake in course.mistakes(assignment)
    ]
    return Diagnosis(suspects, reference.as_given(), reference.as_given())


def mistake_for(course: Course, assignment: Assignment, mistake: Mistake) -> ReferenceChannel:
    """Return a channel to the reference with *mistake* in it, which computes as it is given."""
    text = apply_mistake(course.source(assignment), mistake)
    path = course.folder(assignment, mistake.exercise).mistakes
    return load_reference_text(text, path, assignment.framework).as_given()


def private_paths(course: Course, assignment: Assignment) -> tuple[Path, ...]:
    """Return what learners' code must not be able to read."""
    others = (course.root / "submissions", course.root / "results")
    return (course.reference(assignment), *course.check_files(assignment), *others)


def reference_submission(course: Course, assignment: Assignment) -> Submission:
    """Return the reference as a submission like any other."""
    text = reference_text(course.source(assignment))
    return text_submission(course.reference(assignment).name, text, assignment.framework)


def text_submission(name: str, text: str, framework: str) -> Submission:
    """Return *text* as a submission of one file."""
    identity = digest([(Path(name).name, text.encode())])
    return Submission(name, (Chunk(name, text),), framework, identity)


@dataclass(frozen=True, slots=True)
class Unread:
    """A submission that cannot be read, and why."""

    submission: Submission
    reason: str


def read_or_note(
    path: Path, assignment: Assignment, name: str, digest: str, framework: str | None = None
) -> Submission | Unread:
    """Read the submission at *path*; one that cannot be read is graded too, with nothing.

    Args:
        name: what people know it by.

        digest: of one that cannot be read.

    Raises:
        UsageError: there is nothing at *path*.
    """
    try:
        read = read_submission(path, assignment.name, framework, assignment.framework)
        return replace(read, name=name)
    except SubmissionError as error:
        stand_in = Submission(name, (), framework or assignment.framework, digest)
        return Unread(stand_in, str(error))


def submission_of(read: Submission | Unread) -> Submission:
    """Return the submission, or what stands in for it."""
    return read.submission if isinstance(read, Unread) else read


def unread_result(
    runner: CheckRunner, learner: str, unread: Unread, isolation: Isolation
) -> Result:
    """Return the result of a submission that cannot be read: every check fails, and says why."""
    checks = (
        CheckResult(
            exercise=check.exercise,
            name=check.name,
            outcome=Outcome.NOT_IMPLEMENTED,
            max_points=check.points,
            sentence=check.sentence.get(current()),
            message=unread.reason,
            hidden=check.hidden,
            seed=runner.seed_of(check),
        )
        for check in runner.checks
    )
    name, notes = runner.plan.assignment.name, (unread.reason,)
    return Result.of(learner, name, unread.submission, checks, isolation, notes)


def defines(submission: Submission, name: str) -> bool:
    """Return whether the exercise *name* stands in *submission*, at the top level."""
    starts = (f"def {name}(", f"class {name}(", f"class {name}:", f"{name} =")
    lines = (line for chunk in submission.chunks for line in chunk.text.splitlines())
    return any(line.startswith(starts) for line in lines)
