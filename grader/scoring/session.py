"""A class in one pytest session.

pytest collects the checks once. Then, instead of pytest's own loop, the collected checks are run
for one submission after another, each with fixtures set up anew, in memory that does not grow
with the class. The reference goes first, as a submission like any other: a course whose own
reference fails a check is broken, and no learner pays for that.
"""

from __future__ import annotations

import itertools
import os
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import pytest

from grader.checks.check_context import CheckContext, enter_check
from grader.checks.draws import Draw, seed_for
from grader.checks.plugin import Check, Stage, StagePlugin, collect_checks, run_check
from grader.errors import AuthoringError, Forbidden, InternalError, SubmissionError
from grader.exercise import Assignment, Exercise, Submission
from grader.language import _, current
from grader.outcome import CheckResult, Outcome, Result
from grader.sandbox.channel import StudentChannel
from grader.sandbox.proxy import ModuleProxy, Record
from grader.sandbox.reference import ReferenceChannel, ReplayChannel
from grader.sandbox.zygote import Zygote
from grader.worker.adapters import FLOAT_DTYPES

from .devices import PARITY, channel_to, precision_on, run_on
from .judge import Verdict, judge
from .pytest_environment import own_environment, own_modules

T = TypeVar("T")

#: after this many timeouts in one exercise its other checks are not started
_PATIENCE = 2

_NOT_LOST = (Outcome.PASSED, Outcome.SKIPPED)

#: pytest's own plugins that a grade has no use for
_UNUSED = ["terminal", "cacheprovider", "logging", "faulthandler", "unraisableexception"]
_UNUSED += ["threadexception", "warnings", "doctest", "junitxml", "stepwise", "pastebin"]


@dataclass(frozen=True, slots=True)
class Job:
    """One submission to grade.

    Attributes:
        exercises: grade only these; None means all.

        until_failure: leave out what follows an exercise's first check that does not pass.
    """

    learner: str
    submission: Submission
    exercises: frozenset[str] | None = None
    until_failure: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What every submission of a run is graded with.

    Attributes:
        seed: of the course; each public check's own seed follows from it.

        secret: what hidden checks' seeds follow from instead; empty for the course's.

        check_files: in the order of the catalogue.

        root: directory that the checks' paths are relative to.

        device: ``cpu`` or ``cuda``.
    """

    assignment: Assignment
    seed: int
    check_files: tuple[Path, ...]
    root: Path
    device: str = "cpu"
    secret: str = ""


@dataclass(frozen=True, slots=True)
class EndedCheck:
    """One check that has ended.

    Attributes:
        trace: the learner's calls in it.

        context: what its assertions noted; None if it was not run.

        seed: of its random inputs, and of the learner's generators when it began.

        refused: why it could not even begin.
    """

    check: Check
    verdict: Verdict
    trace: list[Record] = field(default_factory=list)
    context: CheckContext | None = None
    seconds: float = 0.0
    seed: int = 0
    refused: Exception | None = None


#: told of the checks of one exercise; returns steps of hints by the checks' names
Watch = Callable[[Sequence[EndedCheck]], dict[str, tuple[str, ...]]]


class CheckRunner:
    """Grades submissions, one after another, with checks collected once."""

    def __init__(
        self,
        plan: Plan,
        checks: Sequence[Check],
        stage: StagePlugin,
        reference: ReferenceChannel | ReplayChannel,
    ) -> None:
        self.plan = plan
        self.checks = _in_order(checks, plan.assignment)
        self._stage = stage
        self._reference = reference

    def grade(
        self,
        job: Job,
        zygote: Zygote,
        watch: Watch | None = None,
    ) -> Result:
        """Return the result of one submission.

        Args:
            watch: told of each exercise's checks when they have ended; returns hints by name.
        """
        started = time.monotonic()
        assignment = self.plan.assignment
        results, notes = run_on(
            self.plan.device,
            assignment,
            partial(channel_to, job.submission, assignment, zygote),
            partial(self.run, job),
            watch,
        )
        seconds = time.monotonic() - started
        return Result.of(
            job.learner, assignment.name, job.submission, results, zygote.isolation, notes, seconds
        )

    def run(
        self,
        job: Job,
        channel: StudentChannel,
        watch: Watch | None = None,
    ) -> list[CheckResult]:
        """Run the checks that *job* asks for through *channel*."""
        results: list[CheckResult] = []
        wanted = [c for c in self.checks if job.exercises is None or c.exercise in job.exercises]
        for _exercise, group in itertools.groupby(wanted, key=lambda check: check.exercise):
            ended: list[EndedCheck] = []
            for check in group:
                ended.append(self._end(check, channel, ended))
                if job.until_failure and ended[-1].verdict.outcome not in _NOT_LOST:
                    break
            ended = _without_forbidden(ended)
            hints = watch(ended) if watch else {}
            results += [_result(one, hints.get(one.check.name, ())) for one in ended]
        return results

    def _end(
        self, check: Check, channel: StudentChannel, before: Sequence[EndedCheck]
    ) -> EndedCheck:
        """Run one check, given how the earlier checks of its exercise ended."""
        verdict = self._not_run(check, before)
        if verdict is not None:
            return EndedCheck(check, verdict, seed=self.seed_of(check))
        began = time.monotonic()
        ended = self._run(check, channel)
        return replace(ended, seconds=time.monotonic() - began, seed=self.seed_of(check))

    def _not_run(self, check: Check, before: Sequence[EndedCheck]) -> Verdict | None:
        """Return why a check is not run; None if it is."""
        # what needs a skipped check is run, to be skipped itself or not
        met = {one.check.name for one in before if one.verdict.outcome in _NOT_LOST}
        missing = [name for name in check.needs if name not in met]
        if missing:
            text = _("Not checked until this passes: {sentences}")
            text = text.format(sentences=" ".join(self._sentences(check.exercise, missing)))
            return Verdict(Outcome.BLOCKED, text, text)
        if sum(one.verdict.outcome is Outcome.TIMED_OUT for one in before) >= _PATIENCE:
            text = _("Not started: earlier checks of this exercise gave no answer in time.")
            return Verdict(Outcome.TIMED_OUT, text, text)
        return None

    def _sentences(self, exercise: str, names: Sequence[str]) -> list[str]:
        """Return what learners know the checks *names* by."""
        return [
            check.sentence.get(current())
            for check in self.checks
            if check.exercise == exercise and check.name in names
        ]

    def seed_of(self, check: Check) -> int:
        """Return the seed of a check's random inputs and of the learner's generators in it."""
        source = (check.hidden and self.plan.secret) or self.plan.seed
        return seed_for(source, self.plan.assignment.name, check.exercise, check.name)

    def _run(self, check: Check, channel: StudentChannel) -> EndedCheck:
        seed = self.seed_of(check)
        exercise: Exercise = self.plan.assignment.exercise(check.exercise)
        student = ModuleProxy(channel)
        try:
            channel.begin(check.exercise, seed % 2**31, exercise.limits)
        except (SubmissionError, InternalError) as error:
            return EndedCheck(check, judge(error, []), refused=error)
        draw = Draw(seed, FLOAT_DTYPES.get(channel.framework, "float32"))
        context = CheckContext(draw, precision_on(channel.device, exercise))
        enter_check(context)
        stage = self._stage.stage = Stage(student, ModuleProxy(self._reference), draw)
        with warnings.catch_warnings():
            # a reference may divide by zero on purpose
            warnings.simplefilter("ignore")
            raised = run_check(check, stage)
        return EndedCheck(check, judge(raised, student.trace), student.trace, context)

    def seeded(self, seed: int) -> CheckRunner:
        """Return the same runner with other random inputs: those of a course with *seed*."""
        return CheckRunner(replace(self.plan, seed=seed), self.checks, self._stage, self._reference)

    def warm(self, channel: StudentChannel) -> None:
        """Run all checks on a channel to the reference, so that every answer is remembered.

        Raises:
            AuthoringError: the reference fails a check.
        """
        self._must_pass(self.run(Job("the reference", Submission("", (), "", "")), channel))

    def prove_reference(
        self, submission: Submission, zygote: Zygote, exercises: frozenset[str] | None = None
    ) -> None:
        """Grade the reference itself; raises AuthoringError if it fails any check."""
        result = self.grade(Job("the reference", submission, exercises), zygote)
        self._must_pass(result.checks)

    def _must_pass(self, results: Sequence[CheckResult]) -> None:
        by_name = {(check.exercise, check.name): check for check in self.checks}
        for outcome in (one for one in results if one.name != PARITY):
            check = by_name[outcome.exercise, outcome.name]
            if outcome.outcome not in _NOT_LOST:
                ended = f"{outcome.outcome.value}: {outcome.message}"
                what = f"the reference fails {check.name}: {ended}"
                raise AuthoringError(what, check.path, check.line)


def _without_forbidden(ended: list[EndedCheck]) -> list[EndedCheck]:
    """Return the checks of one exercise, all failed if its code was seen to use what it must not.

    Some of them may have passed before it was seen, and none of it is the learner's own work.
    """
    errors = [e for one in ended for e in (one.refused, *(r.error for r in one.trace))]
    found = next((error for error in errors if isinstance(error, Forbidden)), None)
    if found is None:
        return ended
    verdict = Verdict(Outcome.FAILED, str(found), found.headline)
    return [replace(one, verdict=verdict, trace=[]) for one in ended]


def _result(ended: EndedCheck, hints: tuple[str, ...]) -> CheckResult:
    check, verdict = ended.check, ended.verdict
    return CheckResult(
        exercise=check.exercise,
        name=check.name,
        outcome=verdict.outcome,
        max_points=check.points,
        sentence=check.sentence.get(current()),
        message=verdict.headline if check.hidden else verdict.message,
        hints=hints,
        hidden=check.hidden,
        seconds=ended.seconds,
        seed=ended.seed,
    )


def _in_order(checks: Sequence[Check], assignment: Assignment) -> list[Check]:
    places = {exercise.name: number for number, exercise in enumerate(assignment.exercises)}
    for check in checks:
        if check.exercise not in places:
            what = f"checks for {check.exercise}, which course.toml does not list"
            raise AuthoringError(what, check.path)
    return sorted(checks, key=lambda c: (places[c.exercise], c.hidden, c.line))


class _Session(StagePlugin, Generic[T]):
    """A pytest session whose loop is *body*."""

    def __init__(
        self,
        plan: Plan,
        reference: ReferenceChannel | ReplayChannel,
        body: Callable[[CheckRunner], T],
    ) -> None:
        super().__init__()
        self._plan = plan
        self._reference = reference
        self._body = body
        self._broken: list[str] = []
        self.answer: list[T] = []
        self.error: BaseException | None = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what cannot be collected."""
        if report.failed:
            self._broken.append(f"{report.nodeid}:\n{report.longreprtext}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Grade instead of running each test once."""
        try:
            if self._broken:
                raise AuthoringError("checks that cannot be imported: " + "\n".join(self._broken))
            checks = collect_checks(session.items)
            self._refuse_empty_files(checks)
            runner = CheckRunner(self._plan, checks, self, self._reference)
            self.answer.append(self._body(runner))
        except BaseException as error:
            self.error = error
            if not isinstance(error, Exception):
                raise
        return True

    def _refuse_empty_files(self, checks: Sequence[Check]) -> None:
        filled = {check.path.absolute() for check in checks}
        for path in self._plan.check_files:
            if path.absolute() not in filled:
                raise AuthoringError("there is no check in this file; write one", path)


def run_session(
    plan: Plan, reference: ReferenceChannel | ReplayChannel, body: Callable[[CheckRunner], T]
) -> T:
    """Collect the checks of *plan* and return what *body* makes of the runner.

    Raises:
        AuthoringError: the checks cannot be collected, or there are none.
    """
    missing = [path for path in plan.check_files if not path.is_file()]
    if missing or not plan.check_files:
        path = missing[0] if missing else plan.root
        raise AuthoringError("there are no checks here", path)
    session = _Session(plan, reference, body)
    arguments = ["-c", os.devnull, "--rootdir", str(plan.root), "--import-mode=importlib"]
    arguments += ["--noconftest", "-s", *map(str, plan.check_files)]
    for name in _UNUSED:
        arguments += ["-p", f"no:{name}"]
    with own_environment(), own_modules(plan.check_files, plan.root):
        code = pytest.main(arguments, plugins=[session])
    if session.error is not None:
        raise session.error
    if not session.answer:
        if session._broken:
            raise AuthoringError("checks that cannot be imported: " + "\n".join(session._broken))
        raise InternalError(f"pytest ended early (exit code {int(code)})")
    return session.answer[0]
