"""Runs collected checks on one submission after another.

The reference is graded first, like any other submission: a course whose own reference fails a check
is broken, and no learner loses points for that.
"""

from __future__ import annotations

import contextlib
import itertools
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from grader.checks.assertions import Mismatch
from grader.checks.check_context import CheckContext
from grader.checks.draws import Draw, seed_for
from grader.checks.plugin import Check, Fixtures, run_check
from grader.errors import (
    AuthoringError,
    Crashed,
    Forbidden,
    InternalError,
    Raised,
    SubmissionError,
    TimedOut,
)
from grader.exercise import Exercise, Submission
from grader.language import SENTENCES, _, current, listed
from grader.outcome import NOT_LOST, CheckResult, Outcome, Result
from grader.sandbox.channel import StudentChannel
from grader.sandbox.fork import can_fork
from grader.sandbox.proxy import Forms, ModuleProxy, Record
from grader.sandbox.reference import ReferenceChannel, ReplayChannel
from grader.sandbox.zygote import Zygote
from grader.submission.merge_conflict import conflict_sentence
from grader.worker.adapters import FLOAT_DTYPES

from .background import Background
from .changed_arguments import with_changes, with_unchanged
from .devices import PARITY, channel_to, precision_on, run_on
from .ended_check import Begins, EndedCheck, Explain, Observe, without_forbidden
from .follow_through import FollowThrough
from .patience import PATIENCE, run_patiently
from .plan import Job, Plan
from .stumbles import with_stumbles
from .verdict import Verdict, in_another_form, told, verdict_of

#: in so many shapes the results of a check may come in another form
_FORMS = 8


@dataclass(frozen=True, slots=True)
class CheckRunner:
    """Collected checks, and the objects that they are run with.

    Attributes:
        checks: the checks, in the order in which they run.

        reference: answers the checks' calls of the reference.
    """

    plan: Plan
    checks: tuple[Check, ...]
    reference: ReferenceChannel | ReplayChannel

    def only(self, exercise: str, names: Sequence[str]) -> CheckRunner:
        """Return a runner for the checks *names* of one exercise and those that they need.

        Raises:
            KeyError: there is no such check.
        """
        wanted = {name: self.check(exercise, name) for name in names}
        while more := {need for one in wanted.values() for need in one.needs} - wanted.keys():
            wanted |= {name: self.check(exercise, name) for name in more}
        chosen = [c for c in self.checks if c.exercise == exercise and c.name in wanted]
        return replace(self, checks=tuple(chosen))

    def seeded(self, seed: int) -> CheckRunner:
        """Return a runner with different random inputs: those of a course with *seed*."""
        return replace(self, plan=replace(self.plan, seed=seed))

    def check(self, exercise: str, name: str) -> Check:
        """Return one check; raises KeyError if it does not exist."""
        for check in self.checks:
            if (check.exercise, check.name) == (exercise, name):
                return check
        raise KeyError(name)

    def seed_of(self, check: Check) -> int:
        """Return the seed of a check's random inputs and of the learner's generators in it."""
        source = (check.hidden and self.plan.secret) or self.plan.seed
        return seed_for(source, self.plan.assignment.name, check.exercise, check.name)

    def grade(
        self,
        job: Job,
        zygote: Zygote,
        *,
        observe: Observe | None = None,
        explain: Explain | None = None,
        follow: bool = False,
    ) -> Result:
        """Return the result of one submission, from a worker of *zygote*.

        Args:
            observe: called with each exercise's checks when they have ended, on each device.

            explain: called then for hints.

            follow: whether a mistake in one exercise costs nothing in another.
        """
        started = time.monotonic()
        assignment, given = self.plan.assignment, self.plan.given
        submission = given.with_submission(job.submission)

        open_on = partial(channel_to, submission, assignment, zygote)

        def run(channel: StudentChannel, observe: Observe | None) -> list[CheckResult]:
            through = None
            if follow and isinstance(self.reference, ReferenceChannel):
                again = partial(open_on, channel.device)
                through = FollowThrough(assignment, submission, self.reference, again)
            return self.run(job, channel, observe=observe, explain=explain, follow=through)

        results, notes = run_on(self.plan.device, assignment, open_on, run, observe)
        seconds = time.monotonic() - started
        # Even where all is well: which of two versions counts was decided here.
        conflict = filter(None, [conflict_sentence(job.submission.chunks)])
        notes = (*notes, *conflict, *given.notes(job.submission))
        return Result.of(
            job.learner, assignment.name, job.submission, results, zygote.isolation, notes, seconds
        )

    def run(
        self,
        job: Job,
        channel: StudentChannel,
        *,
        observe: Observe | None = None,
        explain: Explain | None = None,
        follow: FollowThrough | None = None,
        begins: Begins | None = None,
    ) -> list[CheckResult]:
        """Run the checks of *job* through *channel*; the hooks are those of :meth:`grade`.

        Args:
            begins: called with each exercise's name before its checks run.

            follow: settles what a mistake in one exercise costs in another.
        """
        results: list[CheckResult] = []
        kept = {one.exercise: one for one in job.kept}
        for exercise, group in itertools.groupby(self.checks, key=lambda check: check.exercise):
            if follow and exercise in kept:
                follow.know(exercise, [check.outcome for check in kept[exercise].checks])
            if job.exercises is not None and exercise not in job.exercises:
                continue
            if begins:
                begins(exercise)
            checks = list(group)
            settled = partial(self._settled, job, exercise, checks, channel, follow)
            ended: list[EndedCheck] = []
            if follow and follow.replaces_endless(exercise):
                ended = settled(patience=0)
            if not ended or any(one.timed_out for one in ended):
                ended = settled()
            if observe:
                observe(ended)
            replayed = isinstance(self.reference, ReplayChannel)  # knows no other answers
            # What did not end is no evidence, and would take all that time again.
            again = [one.check for one in ended if not one.timed_out]
            foreign = job.submission.framework != self.plan.assignment.framework
            other = None if replayed else _OtherInputs(self, again, channel, foreign)
            hints = explain(ended, other) if explain else {}
            results += [one.result(hints.get(one.check.name, ())) for one in ended]
        return results

    def _settled(
        self,
        job: Job,
        exercise: str,
        checks: Sequence[Check],
        channel: StudentChannel,
        follow: FollowThrough | None,
        patience: int = PATIENCE,
    ) -> list[EndedCheck]:
        """Run the checks of one exercise, as they end where a mistake in another costs nothing."""
        ended = self._judged(exercise, checks, channel, job.until_failure, patience)
        ended = with_stumbles(ended, job.submission, exercise)
        return follow.settle(exercise, ended, channel, self._run_whole) if follow else ended

    def warm(self, channel: StudentChannel, exercises: frozenset[str] | None = None) -> None:
        """Run checks on a channel to the reference, so that every answer is cached.

        Raises:
            AuthoringError: the reference fails a check.
        """
        job = Job("the reference", Submission("", (), "", ""), exercises)
        self._must_pass(self.run(job, channel))

    def prove_reference(
        self, submission: Submission, zygote: Zygote, exercises: frozenset[str] | None = None
    ) -> None:
        """Grade the reference itself; raises AuthoringError if it fails any check."""
        result = self.grade(Job("the reference", submission, exercises), zygote)
        self._must_pass(result.checks)

    def _run_whole(self, exercise: str, channel: StudentChannel) -> list[EndedCheck]:
        """Run all checks of one exercise."""
        checks = [check for check in self.checks if check.exercise == exercise]
        return self._judged(exercise, checks, channel, until_failure=False)

    def _judged(
        self,
        name: str,
        checks: Sequence[Check],
        channel: StudentChannel,
        until_failure: bool,
        patience: int = PATIENCE,
    ) -> list[EndedCheck]:
        """Run the checks of one exercise; then look at all their calls together."""
        ended = without_forbidden(self._run_exercise(checks, channel, until_failure, patience))
        exercise = self.plan.assignment.exercise(name)
        ended = with_unchanged(ended, exercise, channel.framework)
        return with_changes(ended, exercise, self.reference.parameters(name))

    def _run_exercise(
        self,
        checks: Sequence[Check],
        channel: StudentChannel,
        until_failure: bool,
        patience: int = PATIENCE,
    ) -> list[EndedCheck]:
        """Run the checks of one exercise, each as long as it may take."""
        replayed = isinstance(self.reference, ReplayChannel)  # in a kit, where nobody waits
        can_go_on = channel.can_go_on and not replayed and can_fork(self.reference.framework)
        # Processes of several workers would share a limit on memory.
        can_go_on = can_go_on and not self.plan.assignment.processes

        def run(
            check: Check,
            before: Sequence[EndedCheck],
            share: float = 1.0,
            background: Background | None = None,
        ) -> EndedCheck:
            if background is None:
                return self._run_one(check, channel, before, share)
            channel.when_spent(background.take)
            try:
                return background.run(lambda: self._run_one(check, channel, before, share))
            finally:
                channel.when_spent(None)

        return run_patiently(
            checks, run, can_go_on=can_go_on, until_failure=until_failure, patience=patience
        )

    def _run_one(
        self,
        check: Check,
        channel: StudentChannel,
        before: Sequence[EndedCheck],
        share: float = 1.0,
    ) -> EndedCheck:
        """Run one check in a part of its time, given the outcomes of others of its exercise."""
        verdict = self._not_run(check, before)
        if verdict is not None:
            return EndedCheck(check, verdict, seed=self.seed_of(check))
        began = time.monotonic()
        ended = self._call(check, channel, before, share)
        return replace(ended, seconds=time.monotonic() - began, seed=self.seed_of(check))

    def _not_run(self, check: Check, before: Sequence[EndedCheck]) -> Verdict | None:
        """Return why a check is not run; None if it is run."""
        if busy := [one.verdict for one in before if one.verdict.machine_busy]:
            return busy[0]
        # A check that needs a skipped one is run; it may be skipped itself.
        met = {one.check.name for one in before if not one.lost}
        missing = [name for name in check.needs if name not in met]
        unwritten = [
            one.verdict
            for one in before
            if one.check.name in missing and one.verdict.outcome is Outcome.NOT_IMPLEMENTED
        ]
        if unwritten:
            return unwritten[0]
        if missing:
            text = _("Not checked until this passes: {sentences}")
            text = text.format(
                sentences=listed(self._sentences(check.exercise, missing), SENTENCES)
            )
            return Verdict(Outcome.BLOCKED, text, text)
        return None

    def _sentences(self, exercise: str, names: Sequence[str]) -> list[str]:
        """Return the sentences of the checks *names*."""
        return [
            check.sentence.get(current())
            for check in self.checks
            if check.exercise == exercise and check.name in names
        ]

    def _call(
        self,
        check: Check,
        channel: StudentChannel,
        before: Sequence[EndedCheck],
        share: float,
    ) -> EndedCheck:
        """Run one check; again with right shapes if results only have an axis of size 1 too many.

        The check cannot go on by itself: what it computes with another shape may not be what it
        means, and may not fit into memory.
        """
        first = again = self._call_once(check, channel, before, share, {})
        forms: Forms = {}
        while (form := again.form) and form[0] not in forms and len(forms) < _FORMS:
            forms[form[0]] = form[1]
            again = self._call_once(check, channel, before, share, forms)
        if again.lost or not forms:
            return first
        return replace(first, verdict=in_another_form(first.verdict))

    def _call_once(
        self,
        check: Check,
        channel: StudentChannel,
        before: Sequence[EndedCheck],
        share: float,
        forms: Forms,
    ) -> EndedCheck:
        seed = self.seed_of(check)
        exercise: Exercise = self.plan.assignment.exercise(check.exercise)
        student = ModuleProxy(channel, forms)
        try:
            channel.begin(check.exercise, seed % 2**31, exercise.limits, share)
        except (SubmissionError, InternalError) as error:
            return EndedCheck(check, verdict_of(error, []), refused=error)
        draw = Draw(seed, FLOAT_DTYPES.get(channel.framework, "float32"))
        precision = precision_on(channel.device, exercise)
        context = CheckContext(draw, student.trace, precision, says=check.says)
        fixtures = Fixtures(student, ModuleProxy(self.reference), draw)
        with warnings.catch_warnings():
            # A reference may divide by zero on purpose.
            warnings.simplefilter("ignore")
            raised = run_check(check, fixtures, context)
        calls = [record for one in before for record in one.trace]
        stumbled = {record.error.headline for record in calls if record.error}
        verdict = told(raised, student.trace, context, stumbled)
        form = raised.form if isinstance(raised, Mismatch) and not check.says else None
        return EndedCheck(check, verdict, student.trace, context, form=form)

    def _must_pass(self, results: Sequence[CheckResult]) -> None:
        for result in results:
            if result.name != PARITY and result.outcome not in NOT_LOST:
                check = self.check(result.exercise, result.name)
                ended = f"{result.outcome.value}: {result.message}"
                what = f"the reference fails {check.name}: {ended}"
                raise AuthoringError(what, check.path, check.line)


@dataclass(frozen=True, slots=True)
class _OtherInputs:
    """Asks a learner's code for more than *checks*, those of one exercise, have asked."""

    runner: CheckRunner
    checked: Sequence[Check]
    channel: StudentChannel
    in_another_framework: bool

    def checks(self, number: int) -> Sequence[EndedCheck]:
        """Run the checks again, with other seeds, which *number* tells from more others."""
        plan = self.runner.plan
        name = f"other {number}"
        seed, secret = seed_for(plan.seed, name), plan.secret and f"{plan.secret}, {name}"
        other = replace(self.runner, plan=replace(plan, seed=seed, secret=secret))
        return other._run_exercise(self.checked, self.channel, until_failure=False)

    def ask(self, calls: Sequence[dict[str, Any]]) -> list[Record]:
        """Call functions; all calls together have the time of one check."""
        exercise = self.runner.plan.assignment.exercise(self.checked[0].exercise)
        student = ModuleProxy(self.channel)
        with contextlib.suppress(TimedOut, Crashed, InternalError, Forbidden):
            self.channel.begin(exercise.name, 0, exercise.limits)
            for call in calls:
                args = [*call["args"], *call["kwargs"].values()]
                with contextlib.suppress(Raised):
                    student.ask("call", call["name"], call, args, tuple(call["kwargs"]))
        broke = (TimedOut, Crashed)
        return [record for record in student.trace if not isinstance(record.error, broke)]
