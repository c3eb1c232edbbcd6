"""The audit's hardest question: does every small edit of a reference fail some check?

Each automatic mutant is graded as a submission. One that passes every check survives: either a
plausible wrong answer earns full marks, or the mutant is right, too, and ``equivalents.toml`` says
why. A verdict is kept for as long as nothing that it depends on has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace

from grader.course.catalogue import Course
from grader.exercise import Assignment
from grader.grading.setup import plan_for, reference_for, reference_submission, text_submission
from grader.outcome import Isolation, Outcome, Result
from grader.sandbox.isolation import STRONGEST
from grader.sandbox.zygote import Zygote
from grader.scoring.executor import EndedJob, grade_all
from grader.scoring.plan import Job
from grader.scoring.results import course_fingerprint, submission_fingerprint
from grader.scoring.session import collected_checks
from grader.submission.framework import libraries

from .equivalents import Equivalent, read_equivalents
from .findings import Finding, Mutation, Progress, silent
from .mutant_verdicts import Verdict, Verdicts
from .mutants import Mutant, mutants

#: what a mutant has for one check: some never end, and a check that takes this long is too slow
SECONDS = 3.0


def mutate(
    course: Course,
    assignment: Assignment,
    progress: Progress = silent,
    processes: int = 1,
    level: str = STRONGEST,
    fresh: bool = False,
) -> tuple[list[Mutation], list[Finding]]:
    """Grade the mutants of *assignment*'s reference, on as many *processes* as asked for.

    Returns what became of them by exercise, and what an author must mend: survivors that are not
    listed as equivalent, and equivalents that are no survivors.

    Args:
        fresh: grade all of them, whatever is known from an earlier run.

    Raises:
        AuthoringError: the course is too broken to be graded with.
    """
    run = _Run(course, assignment, progress)
    kept = Verdicts(course.root, assignment.name)
    todo = run.remember({} if fresh else kept.read(), level)
    wanted = libraries([reference_submission(course, assignment)])
    with ExitStack() as stack:
        zygotes = [stack.enter_context(Zygote(wanted, level))] if todo else []
        for _number in range(1, min(processes, len(todo))):
            zygotes.append(stack.enter_context(zygotes[0].another()))
        try:
            run.grade(todo, zygotes)
        finally:
            # after Ctrl-C, too: the next run goes on from here
            kept.write(run.to_keep())
    return run.judge()


class _Run:
    def __init__(self, course: Course, assignment: Assignment, progress: Progress) -> None:
        self._course = course
        self._assignment = _hurried(assignment)
        self._plan = plan_for(course, self._assignment)
        self._progress = progress
        cells = course.source(assignment)
        self._mutants = {
            f"{mutant.exercise}/{mutant.number}": mutant
            for exercise in assignment.exercises
            for mutant in mutants(cells, exercise.name)
        }
        self._jobs = {label: self._job(label, mutant) for label, mutant in self._mutants.items()}
        self._equivalents = {
            one.identity: one
            for name, folder in course.folders(assignment).items()
            for one in read_equivalents(folder.equivalents, name)
        }
        self._keys: dict[str, str] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._remembered: set[str] = set()
        #: verdicts that say more about this machine than about the mutant
        self._doubtful: set[str] = set()

    def _job(self, label: str, mutant: Mutant) -> Job:
        submission = text_submission("mutant.py", mutant.text, self._assignment.framework)
        return Job(label, submission, frozenset([mutant.exercise]), until_failure=True)

    def remember(self, known: Mapping[str, Verdict], level: str) -> list[Job]:
        """Take over verdicts that still hold; return the jobs of all other mutants."""
        fingerprints = {
            exercise.name: self._fingerprint(exercise.name, level)
            for exercise in self._assignment.exercises
        }
        for label, job in self._jobs.items():
            whole = fingerprints[self._mutants[label].exercise]
            key = self._keys[label] = submission_fingerprint(whole, job.submission)
            if key in known:
                self._verdicts[label] = known[key]
                self._remembered.add(label)
        return [job for label, job in self._jobs.items() if label not in self._verdicts]

    def _fingerprint(self, name: str, level: str) -> str:
        """Return the identity of everything but its text that a verdict on a mutant depends on."""
        assignment = self._plan.assignment
        alone = replace(assignment, exercises=(assignment.exercise(name),))
        files = self._course.check_files(alone)
        plan = replace(self._plan, assignment=alone, check_files=files)
        # the walls asked for: to learn which of them hold takes a worker, which may not be needed
        walls = Isolation(level)
        return course_fingerprint(plan, [self._course.reference(assignment)], walls)

    def grade(self, jobs: list[Job], zygotes: list[Zygote]) -> None:
        """Grade *jobs*."""
        if not jobs:
            return
        reference = reference_for(self._course, self._assignment)
        with collected_checks(self._plan, reference) as runner:
            runner.warm(reference.as_student(self._assignment.framework))
            for done, ended in enumerate(grade_all(jobs, zygotes, runner.grade), 1):
                step = f"{self._assignment.name}: mutant {done} of {len(jobs)}"
                self._progress(step, done, len(jobs))
                self._end(ended)

    def _end(self, ended: EndedJob) -> None:
        label = ended.job.learner
        problem = ended.error or _broken(ended.result)
        passed = (Outcome.PASSED, Outcome.SKIPPED)
        if problem:
            self._verdicts[label] = Verdict("broken", problem)
        elif ended.result and any(c.outcome not in passed for c in ended.result.checks):
            self._verdicts[label] = Verdict("killed")
        else:
            self._verdicts[label] = Verdict("survived")
        if ended.result is None:
            self._doubtful.add(label)

    def to_keep(self) -> dict[str, Verdict]:
        """Return the verdicts that will hold until something changes."""
        sure = self._verdicts.keys() - self._doubtful
        return {self._keys[label]: self._verdicts[label] for label in self._jobs if label in sure}

    def judge(self) -> tuple[list[Mutation], list[Finding]]:
        """Count, and find what an author must mend, in the order of the mutants."""
        names = [exercise.name for exercise in self._assignment.exercises]
        mutations = {name: Mutation(self._assignment.name, name) for name in names}
        findings: list[Finding] = []
        used: set[tuple[str, str, str]] = set()
        for label, mutant in self._mutants.items():
            verdict, mutation = self._verdicts[label], mutations[mutant.exercise]
            identity = (mutant.exercise, mutant.replaced, mutant.replacement)
            mutation.mutants += 1
            mutation.remembered += label in self._remembered
            if verdict.outcome == "killed":
                mutation.killed += 1
                continue
            used.add(identity)
            if verdict.outcome == "broken":
                mutation.survivors.append(mutant)
                findings.append(self._finding(mutant, f"{verdict.problem} on this mutant:"))
            elif identity in self._equivalents:
                mutation.equivalents.append((mutant, self._equivalents[identity].reason))
            else:
                mutation.survivors.append(mutant)
                what = "every check passes this mutant; catch it or list it as right:"
                findings.append(self._finding(mutant, what))
        unused = [one for identity, one in self._equivalents.items() if identity not in used]
        return list(mutations.values()), findings + [self._unused(one) for one in unused]

    def _finding(self, mutant: Mutant, what: str) -> Finding:
        path = self._course.reference(self._assignment)
        return Finding(f"{mutant.exercise}: {what}\n{mutant.diff}", path, mutant.line)

    def _unused(self, equivalent: Equivalent) -> Finding:
        path = self._course.folder(self._assignment, equivalent.exercise).equivalents
        what = f"{equivalent.exercise}: no mutant that survives is this edit; remove the entry"
        return Finding(what, path, equivalent.line)


def _hurried(assignment: Assignment) -> Assignment:
    """Return the assignment with limits that do not wait for endless loops."""
    exercises = tuple(
        replace(one, limits=replace(one.limits, seconds=min(one.limits.seconds, SECONDS)))
        for one in assignment.exercises
    )
    return replace(assignment, exercises=exercises)


def _broken(result: Result | None) -> str:
    """Return which check broke, and how: on a learner's work it would leave no grade."""
    for check in result.checks if result else ():
        if check.outcome is Outcome.INTERNAL:
            return f"{check.name} breaks ({check.message})"
    return ""
