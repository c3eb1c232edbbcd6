"""Measures trials: which checks fail, and the errors of correct solutions.

Solutions that must pass run in an isolated worker, like submissions, and so do offences, which are
detected there. Wrong answers, and everything with other seeds than the course's own, run in the
audit's own processes, several times as fast: it is all the authors' own code, and isolation could
only make more of it fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.checks.draws import Draw
from grader.errors import AuthoringError
from grader.exercise import Limits
from grader.outcome import CheckResult
from grader.sandbox.channel import LocalChannel
from grader.sandbox.proxy import ModuleProxy, Record
from grader.sandbox.reference import ReferenceChannel
from grader.sandbox.zygote import Zygote
from grader.scoring.ended_check import EndedCheck, Observe
from grader.scoring.plan import Job
from grader.submission.given import beside
from grader.worker.adapters import FLOAT_DTYPES
from grader.worker.call_effects import keeping_modes
from grader.worker.module_host import Host

from .example_inputs import example_arguments
from .inputs_seen import InputsSeen, seen_in
from .library_names import fault_in_name
from .measurement import CheckEnd, Measurement, keep_largest
from .own_limits import limited
from .sessions import Session
from .trials import AuditedExercise, Trial
from .wrong_answers import AnswersSeen


@dataclass(frozen=True, slots=True)
class Batch:
    """Trials of one exercise with one seed, measured one after another."""

    audited: AuditedExercise
    seed: int
    trials: tuple[Trial, ...]

    @property
    def walled(self) -> bool:
        """Whether a worker is needed."""
        return any(_is_walled(self.audited, trial) for trial in self.trials)


def _is_walled(audited: AuditedExercise, trial: Trial) -> bool:
    # another framework is not imported here, where processes are forked
    other = trial.kind == "starter" and trial.name != ""
    return (
        trial.kind == "offence" or other or (trial.must_pass and trial.seed == audited.course.seed)
    )


class TrialRunner:
    """Measures batches in a grading process; shared by forking.

    Args:
        sessions: by assignment name.
    """

    def __init__(self, sessions: Mapping[str, Session]) -> None:
        self._sessions = sessions
        self._corruptions: dict[str, list[str]] = {}

    def measure(self, batch: Batch, zygote: Zygote | None) -> list[Measurement]:
        """Measure the trials of one batch.

        Args:
            zygote: may be None if the batch is not walled.
        """
        session = self._sessions[batch.audited.assignment.name]
        with _own_answers(session.reference, batch):
            return [self._measured(session, batch.audited, t, zygote) for t in batch.trials]

    def _measured(
        self, session: Session, audited: AuditedExercise, trial: Trial, zygote: Zygote | None
    ) -> Measurement:
        if trial.kind == "inputs":
            return _with_example_inputs(session, audited)
        if trial.kind == "forbidden":
            return Measurement(problem=fault_in_name(trial.name))
        if trial.kind == "corrupted" and trial.name not in self._fitting(session, audited):
            return Measurement(applies=False)
        noted = _Noted(audited.name, session.reference)
        job = Job(
            trial.label,
            trial.make(),
            frozenset([audited.name]),
            until_failure=trial.kind == "corrupted",
        )
        results: Sequence[CheckResult]
        interrupted = False
        if _is_walled(audited, trial):
            assert zygote is not None
            results = session.runner.grade(job, zygote, observe=noted.note).checks
        else:
            results, interrupted = run_here(session, audited, trial.seed, job, noted.note)
        return Measurement(
            tuple(_end(result) for result in results),
            noted.errors if trial.must_pass else {},
            noted.chances if trial.must_pass else {},
            noted.unsaid if trial.kind == "reference" else {},
            noted.inputs() if trial.kind == "reference" else InputsSeen(),
            interrupted=interrupted,
        )

    def _fitting(self, session: Session, audited: AuditedExercise) -> list[str]:
        """Return the corruptions that make answers to *audited* wrong."""
        if audited.label not in self._corruptions:
            seen, asserted = AnswersSeen(), set[str]()

            def note(ended: Sequence[EndedCheck]) -> None:
                for one in ended:
                    seen.note(one.trace)
                    asserted.update(one.context.asserted if one.context else ())

            framework = audited.assignment.framework
            job = Job("the reference", audited.reference, frozenset([audited.name]))
            session.runner.run(job, session.reference.as_student(framework), observe=note)
            self._corruptions[audited.label] = seen.corruptions("dtype" in asserted)
        return self._corruptions[audited.label]


def _end(result: CheckResult) -> CheckEnd:
    return CheckEnd(result.name, result.outcome, result.message)


class _Noted:
    """The notes of one trial's assertions, and its calls."""

    def __init__(self, exercise: str, reference: ReferenceChannel) -> None:
        self._exercise = exercise
        self._reference = reference
        self._calls: list[Record] = []
        self.errors: dict[str, float] = {}
        self.chances: dict[str, int] = {}
        self.unsaid: dict[str, tuple[str, ...]] = {}

    def note(self, ended: Sequence[EndedCheck]) -> None:
        for one in ended:
            self._calls += one.trace
            if one.context is not None:
                self.chances[one.check.name] = one.context.chances
                unsaid = one.context.asserted - one.check.says
                if unsaid:
                    self.unsaid[one.check.name] = tuple(sorted(unsaid))
                # As Python floats, which can be kept: some are NumPy's.
                errors = {dtype: float(error) for dtype, error in one.context.errors.items()}
                keep_largest(self.errors, errors)

    def inputs(self) -> InputsSeen:
        """Return what the exercise was called with."""
        known = self._reference.host.module.get(self._exercise)
        return seen_in(self._calls, self._exercise, known)


class _Beside(LocalChannel):
    """Sends requests to a module that loads with the given files around it."""

    def __init__(self, host: Host, framework: str, folder: Path) -> None:
        super().__init__(host, framework)
        self._folder = folder

    def begin(self, exercise: str, seed: int, limits: Limits, share: float = 1.0) -> None:
        with beside(self._folder):
            super().begin(exercise, seed, limits, share)


def run_here(
    session: Session,
    audited: AuditedExercise,
    seed: int,
    job: Job,
    observe: Observe | None = None,
) -> tuple[Sequence[CheckResult], bool]:
    """Run the checks of *job* in this process; also return whether it had to be interrupted."""
    submission = job.submission
    pieces = [(chunk.label, chunk.line, chunk.text) for chunk in submission.chunks]
    folder = audited.course.given_dir(audited.assignment)
    host = Host(pieces, submission.framework, changes=audited.assignment.changes)
    channel = _Beside(host, submission.framework, folder)
    # Changes left by a mistake must not affect the next trial.
    with keeping_modes(), limited(audited.exercise.limits) as interruption:
        results = session.runner.seeded(seed).run(job, channel, observe=observe)
    return results, interruption.happened


def _with_example_inputs(session: Session, audited: AuditedExercise) -> Measurement:
    """Call the reference as a lecture would; return what is wrong with that call, if anything."""
    seed, limits = audited.course.seed, audited.exercise.limits
    channel = session.reference.as_student(audited.assignment.framework)
    draw = Draw(seed, FLOAT_DTYPES[channel.framework])
    with keeping_modes(), limited(limits) as interruption:
        try:
            arguments = example_arguments(audited.folder.inputs, audited.name, draw)
            channel.begin(audited.name, seed, limits)
            result = getattr(ModuleProxy(channel), audited.name)(*arguments)
            if isinstance(result, Iterator):
                next(result, None)  # a generator begins when its first item is asked for
        except AuthoringError as error:
            return Measurement(
                problem=error.what, line=error.line or 0, interrupted=interruption.happened
            )
        except Exception as error:
            what = f"the reference does not accept what inputs() returns: {error}; "
            what += f"return the arguments of one call of {audited.name!r}"
            return Measurement(problem=what, interrupted=interruption.happened)
    return Measurement()


@contextmanager
def _own_answers(reference: ReferenceChannel, batch: Batch) -> Iterator[None]:
    """Forget the reference's answers for other seeds afterwards; they would accumulate."""
    if batch.seed == batch.audited.course.seed:
        yield
        return
    kept, reference.answers = reference.answers, {}
    try:
        yield
    finally:
        reference.answers = kept
