"""The audit's hardest question: does every small edit of a reference fail some check?

Each automatic mutant is graded as a submission. One that passes every check survives: either a
plausible wrong answer earns full marks, or the mutant is right, too, and ``equivalents.toml`` says
why.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from grader.exercise import Assignment
from grader.outcome import Outcome, Result
from grader.scoring.executor import Ended, grade_all
from grader.scoring.session import Bench, Job, run_session
from grader.submission.sandbox import Zygote

from .audit import CourseAudit, Finding, Progress, audit_course
from .catalogue import Course
from .equivalents import Equivalent, read_equivalents
from .grading import plan_for, reference_for, text_submission
from .mutants import Mutant, mutants

#: what a mutant has for one check: some never end, and a check that takes this long is too slow
SECONDS = 3.0


@dataclass
class Mutation:
    """What became of the mutants of one exercise.

    Attributes:
        equivalent: how many of those that survived are listed as right.

        survivors: those that survived and are not.
    """

    assignment: str
    exercise: str
    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    def row(self) -> tuple[str, int, int, int, int]:
        """Return exercise, mutants, killed, equivalent, survivors."""
        counts = (self.mutants, self.killed, self.equivalent, len(self.survivors))
        return (self.exercise, *counts)


def audit(
    course: Course,
    names: Sequence[str],
    progress: Progress,
    with_mutants: bool,
    walled: bool = True,
) -> CourseAudit:
    """Audit the assignments called *names*; if asked for, find the mutants that survive, too.

    Raises:
        AuthoringError: an assignment is too broken to be audited.
    """
    whole = audit_course(course, names, progress, walled)
    for name in names if with_mutants else ():
        assignment = course.assignment(name)
        mutations, findings = mutate(course, assignment, progress, os.cpu_count() or 1, walled)
        whole.mutations += [mutation.row() for mutation in mutations]
        whole.findings += findings
    return whole


def mutate(
    course: Course,
    assignment: Assignment,
    progress: Progress = lambda step: None,
    processes: int = 1,
    walled: bool = True,
) -> tuple[list[Mutation], list[Finding]]:
    """Grade every mutant of *assignment*'s reference, on as many *processes* as asked for.

    Returns what became of them by exercise, and what an author must mend: survivors that are not
    listed as equivalent, and equivalents that are no survivors.

    Raises:
        AuthoringError: the course is too broken to be graded with.
    """
    run = _Run(course, assignment, progress)
    with ExitStack() as stack:
        zygotes = [
            stack.enter_context(Zygote([assignment.framework], walled))
            for _number in range(processes)
        ]
        return run.run(zygotes)


class _Run:
    def __init__(self, course: Course, assignment: Assignment, progress: Progress) -> None:
        self._course = course
        self._assignment = assignment
        self._progress = progress
        cells = course.source(assignment)
        self._mutants = {
            f"{mutant.exercise}/{mutant.number}": mutant
            for exercise in assignment.exercises
            for mutant in mutants(cells, exercise.name)
        }
        self._mutations = {
            exercise.name: Mutation(assignment.name, exercise.name)
            for exercise in assignment.exercises
        }
        path = course.equivalents_file(assignment)
        self._equivalents = {one.identity: one for one in read_equivalents(path, assignment)}
        self._findings: list[Finding] = []

    def run(self, zygotes: Sequence[Zygote]) -> tuple[list[Mutation], list[Finding]]:
        """Grade all mutants and judge what survived."""
        reference = reference_for(self._course, self._assignment)
        jobs = [self._job(label, mutant) for label, mutant in self._mutants.items()]
        survived: set[str] = set()

        def body(bench: Bench) -> None:
            bench.warm(reference.as_student(self._assignment.framework))
            for done, ended in enumerate(grade_all(jobs, zygotes, bench.grade), 1):
                self._progress(f"{self._assignment.name}: mutant {done} of {len(jobs)}")
                if self._survived(ended):
                    survived.add(ended.job.learner)

        run_session(plan_for(self._course, self._hurried()), reference, body)
        self._judge(survived)
        return list(self._mutations.values()), self._findings

    def _hurried(self) -> Assignment:
        """Return the assignment with limits that do not wait for endless loops."""
        exercises = tuple(
            replace(one, limits=replace(one.limits, seconds=min(one.limits.seconds, SECONDS)))
            for one in self._assignment.exercises
        )
        return replace(self._assignment, exercises=exercises)

    def _job(self, label: str, mutant: Mutant) -> Job:
        submission = text_submission("mutant.py", mutant.text, self._assignment.framework)
        return Job(label, submission, frozenset([mutant.exercise]), until_failure=True)

    def _survived(self, ended: Ended) -> bool:
        """Return whether a mutant passed every check; a check that breaks on it is a finding."""
        mutant = self._mutants[ended.job.learner]
        problem = ended.error or _broken(ended.result)
        if problem:
            self._found(mutant, f"{problem} on this mutant:")
        passed = (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL)
        return ended.result is None or all(c.outcome in passed for c in ended.result.checks)

    def _judge(self, survived: set[str]) -> None:
        """Count, and find what an author must mend, in the order of the mutants."""
        used: set[tuple[str, str, str]] = set()
        for label, mutant in self._mutants.items():
            mutation = self._mutations[mutant.exercise]
            mutation.mutants += 1
            identity = (mutant.exercise, mutant.replaced, mutant.replacement)
            if label not in survived:
                mutation.killed += 1
            elif identity in self._equivalents:
                mutation.equivalent += 1
                used.add(identity)
            else:
                mutation.survivors.append(mutant)
                self._found(mutant, "every check passes this mutant; catch it or list it as right:")
        for identity, equivalent in self._equivalents.items():
            if identity not in used:
                self._unused(equivalent)

    def _found(self, mutant: Mutant, what: str) -> None:
        path = self._course.reference(self._assignment)
        text = f"{mutant.exercise}: {what}\n{mutant.diff}"
        self._findings.append(Finding(text, path, mutant.line))

    def _unused(self, equivalent: Equivalent) -> None:
        path = self._course.equivalents_file(self._assignment)
        what = f"{equivalent.exercise}: no mutant that survives is this edit; remove the entry"
        self._findings.append(Finding(what, path, equivalent.line))


def _broken(result: Result | None) -> str:
    """Return which check broke, and how: on a learner's work it would leave no grade."""
    for check in result.checks if result else ():
        if check.outcome is Outcome.INTERNAL:
            return f"{check.name} breaks ({check.message})"
    return ""
