"""Mutation testing: every small edit of a reference must fail some check.

Each automatic mutant is graded like a known mistake, in the audit's own processes, and as a
submission in a worker unless it fails there. One that passes every check survives: either a
plausible wrong answer earns full marks, or the mutant is right, too, and ``equivalents.toml`` says
why. A verdict is kept as long as nothing that it depends on changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from grader.grading.setup import text_submission
from grader.outcome import CheckResult, Outcome
from grader.sandbox.isolation import STRONGEST
from grader.sandbox.zygote import Zygote
from grader.scoring.executor import EndedJob, grade_all
from grader.scoring.plan import Job

from .audit_report import Mutation
from .equivalents import Equivalent, read_equivalents
from .findings import Finding, Progress, silent
from .fingerprint import Fingerprints, identity_of
from .kept_results import MutantVerdict, read_results, write_results
from .mutants import Mutant, every_mutant
from .sessions import open_sessions, zygote_for
from .trial_runner import run_here
from .trials import AuditedExercise

#: seconds of a mutant for one check: some never end, and a check that takes longer is too slow
SECONDS = 3.0

#: how the checks of one mutant ended
Results = Sequence[CheckResult]
#: outcomes in the audit's own process that a worker's could only repeat
_CERTAIN = (Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.CRASHED)


def mutate(
    exercises: Sequence[AuditedExercise],
    progress: Progress = silent,
    processes: int = 1,
    level: str = STRONGEST,
    fresh: bool = False,
) -> tuple[list[Mutation], list[Finding]]:
    """Grade the mutants of the references of *exercises*, on as many *processes* as asked for.

    Returns the results by exercise, and the findings: survivors that are not listed as equivalent,
    and equivalents that did not survive.

    Args:
        fresh: grade all of them again, even those known from an earlier audit.

    Raises:
        AuthoringError: the course is too broken to be graded with.
    """
    fingerprints = Fingerprints(level)
    tested = [_Tested(one, fingerprints.of(one), fresh) for one in exercises]
    todo = [mutant for one in tested for mutant in one.unknown()]
    try:
        if todo:
            _grade(todo, processes, level, progress)
    finally:
        # After Ctrl-C, too: the next run continues from here.
        for one in tested:
            one.keep()
    judged = [one.judge() for one in tested]
    return [mutation for mutation, _ in judged], [f for _, found in judged for f in found]


def _grade(todo: Sequence[_Unknown], processes: int, level: str, progress: Progress) -> None:
    exercises = list({one.tested.hurried.label: one.tested.hurried for one in todo}.values())
    with ExitStack() as stack:
        zygotes = [stack.enter_context(zygote_for(exercises, level))]
        sessions = stack.enter_context(open_sessions(exercises))
        for session in sessions.values():
            session.runner.warm(session.reference.as_student(session.reference.framework))
        for _number in range(1, min(processes, len(todo))):
            zygotes.append(stack.enter_context(zygotes[0].clone()))

        def grade(unknown: _Unknown, zygote: Zygote) -> Results:
            session, hurried = sessions[unknown.assignment], unknown.tested.hurried
            results, interrupted = run_here(session, hurried, hurried.course.seed, unknown.job)
            if not interrupted and any(one.outcome in _CERTAIN for one in results):
                return results
            return grade_walled(unknown, zygote)

        def grade_walled(unknown: _Unknown, zygote: Zygote) -> Results:
            return sessions[unknown.assignment].runner.grade(unknown.job, zygote).checks

        done = itertools.count(1)

        def end(ended: EndedJob[_Unknown, Results]) -> None:
            progress(f"{ended.job.tested.hurried.label}: mutants", next(done), len(todo))
            ended.job.tested.end(ended)

        died = []  # with the process in which it ran
        for ended in grade_all(todo, zygotes, grade, may_kill=True):
            if ended.result is None:
                died.append(ended.job)
            else:
                end(ended)
        for ended in grade_all(died, zygotes, grade_walled) if died else ():
            end(ended)


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A mutant without a known verdict."""

    tested: _Tested
    mutant: Mutant

    @property
    def assignment(self) -> str:
        return self.tested.hurried.assignment.name

    @property
    def job(self) -> Job:
        framework = self.tested.hurried.assignment.framework
        submission = text_submission("mutant.py", self.mutant.text, framework)
        label = f"{self.mutant.exercise}/{self.mutant.number}"
        return Job(label, submission, frozenset([self.mutant.exercise]), until_failure=True)


class _Tested:
    """The mutants of one exercise, and their verdicts."""

    def __init__(self, audited: AuditedExercise, fingerprint: str, fresh: bool) -> None:
        self.hurried = _hurried(audited)
        self._equivalents = read_equivalents(audited.folder.equivalents, audited.name)
        self._by_precedence = sorted(self._equivalents, key=lambda one: bool(one.operator))
        self._mutants = every_mutant(
            audited.cells,
            audited.name,
            audited.assignment.framework,
            lambda mutant: self._listed(mutant) is not None,
        )
        self._kept = read_results(audited.course.root, audited.label, fingerprint)
        known = {} if fresh else self._kept.mutants
        keys = {mutant.number: _key(mutant) for mutant in self._mutants}
        self._verdicts = {n: known[key] for n, key in keys.items() if key in known}
        self._remembered = len(self._verdicts)
        #: mutants whose verdict may be caused by this machine
        self._doubtful: set[int] = set()

    def unknown(self) -> Iterator[_Unknown]:
        """Yield the mutants that must be graded."""
        for mutant in self._mutants:
            if mutant.number not in self._verdicts:
                yield _Unknown(self, mutant)

    def end(self, ended: EndedJob[_Unknown, Results]) -> None:
        """Note the verdict on one mutant."""
        number = ended.job.mutant.number
        problem = ended.error or _broken(ended.result)
        passed = (Outcome.PASSED, Outcome.SKIPPED)
        lost = [c for c in ended.result or () if c.outcome not in passed]
        blocked = ", ".join(c.name for c in lost if c.outcome is Outcome.BLOCKED)
        if problem:
            self._verdicts[number] = MutantVerdict("broken", problem)
        elif any(check.outcome is not Outcome.BLOCKED for check in lost):
            self._verdicts[number] = MutantVerdict("killed")
        else:
            self._verdicts[number] = MutantVerdict("survived", blocked)
        if ended.result is None:
            self._doubtful.add(number)

    def keep(self) -> None:
        """Keep the verdicts that remain valid until something changes."""
        sure = self._verdicts.keys() - self._doubtful
        self._kept.mutants = {
            _key(mutant): self._verdicts[mutant.number]
            for mutant in self._mutants
            if mutant.number in sure
        }
        write_results(self.hurried.course.root, self.hurried.label, self._kept)

    def judge(self) -> tuple[Mutation, list[Finding]]:
        """Count the verdicts, and return the findings in the order of the mutants."""
        mutation = Mutation(self.hurried.assignment.name, self.hurried.name)
        mutation.remembered = self._remembered
        findings: list[Finding] = []
        used: set[Equivalent] = set()
        for mutant in self._mutants:
            verdict = self._verdicts[mutant.number]
            listed = self._listed(mutant)
            mutation.mutants += 1
            if verdict.outcome == "killed":
                mutation.killed += 1
                continue
            if listed:
                used.add(listed)
            if verdict.outcome == "broken":
                mutation.survivors.append(mutant)
                findings.append(self._finding(mutant, f"{verdict.problem} on this mutant:"))
            elif listed:
                mutation.equivalents.append((mutant, listed.reason))
            else:
                mutation.survivors.append(mutant)
                what = "every check passes this mutant; catch it or list it as equivalent:"
                if verdict.problem:
                    # Points are lost, and nothing says why.
                    what = (
                        f"this mutant only blocks {verdict.problem}; let a check of values notice "
                        "it, too, or list it as equivalent:"
                    )
                findings.append(self._finding(mutant, what))
        unused = [one for one in self._equivalents if one not in used]
        return mutation, findings + [self._unused(one) for one in unused]

    def _listed(self, mutant: Mutant) -> Equivalent | None:
        """Return what says that *mutant* is right, too; its own entry before its operator's."""
        entries = (one for one in self._by_precedence if one.covers(mutant))
        return next(entries, None)

    def _finding(self, mutant: Mutant, what: str) -> Finding:
        path = self.hurried.course.reference(self.hurried.assignment)
        text = f"{mutant.exercise}: {what}\n{mutant.diff}"
        return Finding(text, path, mutant.line, self.hurried.label)

    def _unused(self, equivalent: Equivalent) -> Finding:
        kind = (
            f"is of the operator {equivalent.operator!r}"
            if equivalent.operator
            else "has this edit"
        )
        what = f"{equivalent.exercise}: no surviving mutant {kind}; remove the entry"
        path = self.hurried.folder.equivalents
        return Finding(what, path, equivalent.line, self.hurried.label)


def _key(mutant: Mutant) -> str:
    """Return the key of a mutant within its exercise."""
    return identity_of([mutant.number, mutant.line, mutant.replaced, mutant.replacement])[:24]


def _hurried(audited: AuditedExercise) -> AuditedExercise:
    """Return the exercise with limits that do not wait for endless loops."""
    limits = audited.exercise.limits
    limits = replace(limits, seconds=min(limits.seconds, SECONDS))
    return replace(audited, exercise=replace(audited.exercise, limits=limits))


def _broken(results: Results | None) -> str:
    """Return the check that broke, and its error: it would leave a learner without a grade."""
    for check in results or ():
        if check.outcome is Outcome.INTERNAL:
            return f"{check.name} breaks ({check.message})"
    return ""
