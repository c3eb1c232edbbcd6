"""Sets up grading for a course.

:func:`warmed_up` starts a zygote and meanwhile loads the reference; that is enough to know whether
anything must be graded. :func:`grading` also collects the checks, proves the reference and prepares
the diagnosis.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.course.catalogue import Course, apply_mistake
from grader.course.source import reference_text
from grader.errors import SubmissionError
from grader.exercise import Assignment, Chunk, Mistake, Submission
from grader.language import current
from grader.outcome import CheckResult, Isolation, Outcome, Result
from grader.sandbox.isolation import STRONGEST, require
from grader.sandbox.reference import ReferenceChannel, load_reference, load_reference_text
from grader.sandbox.zygote import Zygote
from grader.scoring.check_runner import CheckRunner
from grader.scoring.diagnosis import Diagnosis, Suspect
from grader.scoring.plan import Job, Plan
from grader.scoring.rivals import with_rival
from grader.scoring.session import collected_checks
from grader.submission.digest import digest
from grader.submission.framework import libraries
from grader.submission.given import beside
from grader.submission.read import read_submission
from grader.submission.slot import Slot
from grader.worker.definitions import defines


@dataclass(frozen=True, slots=True)
class WarmedUp:
    """A zygote and the reference, for one assignment.

    Attributes:
        zygote: a zygote with at least the isolation that the course asks for.
    """

    course: Course
    assignment: Assignment
    zygote: Zygote
    reference: ReferenceChannel

    @contextmanager
    def grading(
        self, plan: Plan, processes: int = 1, only: frozenset[str] | None = None
    ) -> Iterator[Grading]:
        """Collect the checks of *plan*, prove the reference, and yield the :class:`Grading`.

        Args:
            processes: the number of zygotes.

            only: the exercises whose checks the reference must pass; None means all.

        Raises:
            AuthoringError: the course is broken.
        """
        with ExitStack() as stack:
            more = [stack.enter_context(self.zygote.clone()) for _number in range(1, processes)]
            runner = stack.enter_context(collected_checks(plan, self.reference))
            proof = reference_submission(self.course, self.assignment)
            runner.prove_reference(proof, self.zygote, only)
            diagnosis = diagnosis_for(self.course, self.assignment, self.reference)
            yield Grading(runner, self.reference, diagnosis, (self.zygote, *more))


@dataclass(frozen=True, slots=True)
class Grading:
    """Everything that is needed to grade submissions of one assignment."""

    runner: CheckRunner
    reference: ReferenceChannel
    diagnosis: Diagnosis
    zygotes: tuple[Zygote, ...]

    @property
    def zygote(self) -> Zygote:
        """The first zygote."""
        return self.zygotes[0]

    @property
    def isolation(self) -> Isolation:
        """The isolation of the learner's code."""
        return self.zygote.isolation

    def grade(self, job: Job, zygote: Zygote | None = None) -> Result:
        """Return the result of one submission, with hints; the first zygote is used by default.

        Other written definitions of an exercise are graded, too, to say what they would earn.
        """
        zygote = zygote or self.zygote
        result = self.runner.grade(job, zygote, explain=self.diagnosis.hints, follow=True)
        for file, (submission, names) in job.submission.rivals.items():
            if job.exercises is None or names & job.exercises:
                # All of them, because some may be judged through others.
                rival = Job(job.learner, submission, names)
                graded = self.runner.grade(rival, zygote, follow=True)
                result = with_rival(result, file, graded)
        every = {one.exercise: one for one in (*result.exercises, *job.kept)}
        order = [exercise.name for exercise in self.runner.plan.assignment.exercises]
        return replace(result, exercises=tuple(every[name] for name in order if name in every))

    def grade_unread(self, learner: str, unread: Unread) -> Result:
        """Return the result of an unreadable submission: every check says why."""
        return unread_result(self.runner, learner, unread, self.isolation)


@contextmanager
def warmed_up(
    course: Course,
    assignment: Assignment,
    wanted: Collection[str],
    device: str = "cpu",
    level: str = STRONGEST,
) -> Iterator[WarmedUp]:
    """Yield a zygote that imports what submissions need, and the reference.

    Args:
        wanted: libraries that submissions need; those of the reference are always imported.

        device: ``cpu``, ``cuda`` or ``all``.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

    Raises:
        AuthoringError: the reference does not run.

        InternalError: the isolation here is weaker than the course asks for.
    """
    every = {*libraries([reference_submission(course, assignment)]), *wanted}
    private = private_paths(course, assignment)
    walls = (level, private, assignment.processes, device != "cpu")
    with Zygote(sorted(every), *walls) as zygote:
        # Imported here while the zygote starts.
        reference = reference_for(course, assignment)
        require(zygote.isolation, course.min_isolation)
        yield WarmedUp(course, assignment, zygote, reference)


@contextmanager
def grading(
    course: Course,
    assignment: Assignment,
    wanted: Collection[str],
    *,
    secret: str,
    device: str = "cpu",
    level: str = STRONGEST,
    only: frozenset[str] | None = None,
) -> Iterator[Grading]:
    """Yield the :class:`Grading` of one assignment, with one zygote.

    Args:
        wanted, device, level: see :func:`warmed_up`.

        only: see :meth:`WarmedUp.grading`.

        secret: the seed of hidden checks; empty for the course's seed.

    Raises:
        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """
    plan = plan_for(course, assignment, device, secret=secret)
    with (
        warmed_up(course, assignment, wanted, device, level) as warm,
        warm.grading(plan, only=only) as ready,
    ):
        yield ready


def plan_for(
    course: Course,
    assignment: Assignment,
    device: str = "cpu",
    public_only: bool = False,
    secret: str = "",
) -> Plan:
    """Return the plan for grading *assignment*."""
    files = course.check_files(assignment, public_only)
    given = course.given(assignment)
    return Plan(assignment, course.seed, files, course.root, device, secret, given)


def reference_for(course: Course, assignment: Assignment) -> ReferenceChannel:
    """Return a channel to the reference of *assignment*."""
    path = course.reference(assignment).absolute()  # given files are in another directory
    with beside(course.given_dir(assignment)):
        return load_reference(path, assignment.framework, assignment.changes)


def diagnosis_for(course: Course, assignment: Assignment, reference: ReferenceChannel) -> Diagnosis:
    """Return the diagnosis of wrong answers to *assignment*."""
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
    """Return a channel to the reference with *mistake*, computing in the dtype of its inputs."""
    text = apply_mistake(course.source(assignment), mistake)
    path = course.folder(assignment, mistake.exercise).mistakes
    with beside(course.given_dir(assignment)):
        channel = load_reference_text(text, path, assignment.framework, assignment.changes)
        return channel.as_given()


def private_paths(course: Course, assignment: Assignment) -> tuple[Path, ...]:
    """Return the paths that learners' code must not be able to read."""
    others = (course.root / "submissions", course.root / "results")
    return (course.reference(assignment), *course.check_files(assignment), *others)


def reference_submission(course: Course, assignment: Assignment) -> Submission:
    """Return the reference as a submission."""
    text = reference_text(course.source(assignment))
    return text_submission(course.reference(assignment).name, text, assignment.framework)


def text_submission(name: str, text: str, framework: str) -> Submission:
    """Return *text* as a submission of one file."""
    identity = digest([(Path(name).name, text.encode())])
    return Submission(name, (Chunk(name, text),), framework, identity)


@dataclass(frozen=True, slots=True)
class Unread:
    """An unreadable submission, and the reason."""

    submission: Submission
    reason: str


def read_or_note(
    path: Path,
    assignment: Assignment,
    name: str,
    digest: str,
    framework: str | None = None,
    *,
    slot: Slot,
) -> Submission | Unread:
    """Read the submission at *path*; an unreadable one is graded, too, and gets no points.

    Args:
        name: its name for people.

        digest: the digest to use if it cannot be read.

        slot: what is expected of it.

    Raises:
        UsageError: there is nothing at *path*.
    """
    try:
        usual = assignment.framework
        read = read_submission(path, assignment.name, framework, usual, slot=slot, unpack=True)
        return replace(read, name=name)
    except SubmissionError as error:
        stand_in = Submission(name, (), framework or assignment.framework, digest)
        return Unread(stand_in, str(error))


def submission_of(read: Submission | Unread) -> Submission:
    """Return the submission, or an empty one in place of an unreadable one."""
    return read.submission if isinstance(read, Unread) else read


def unread_result(
    runner: CheckRunner, learner: str, unread: Unread, isolation: Isolation
) -> Result:
    """Return the result of an unreadable submission: every check fails and says why."""
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


def has_exercise(submission: Submission, name: str) -> bool:
    """Return whether *submission* defines the exercise *name*."""
    return any(defines(chunk.text, name) for chunk in submission.chunks)
