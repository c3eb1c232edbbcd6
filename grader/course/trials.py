"""Right solutions under many seeds: none may be rejected, and how far they are off is measured.

A check draws its inputs from a seed, so a tolerance or a test of chance that rejects a right answer
now and then shows only over many. The reference and the accepted variants are the authors' own code
and run without walls here, once for every seed.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from grader.exercise import Assignment, Submission
from grader.outcome import Outcome
from grader.scoring.session import Bench, Ended, Job, run_session
from grader.submission.channel import LocalChannel
from grader.submission.read import read_submission
from grader.submission.reference import ReferenceChannel
from grader.worker.host import Host

from .catalogue import Course
from .grading import plan_for, reference_for, reference_submission
from .tolerances import Errors

#: what is right, by what to call it, with the exercises that it is right in
Right = Sequence[tuple[str, Submission, frozenset[str]]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A check that a right solution did not pass, and how that came about.

    Attributes:
        path: of the check's file; *line* is where it starts.
    """

    path: Path
    line: int
    what: str


@dataclass
class Trials:
    """What became of right solutions.

    Attributes:
        runs: right solutions to one exercise, each under one seed.

        errors: by exercise and dtype, the largest relative error that was let through.

        chances: by exercise and check, the most tests of chance made in one run.
    """

    runs: int = 0
    errors: Errors = field(default_factory=dict)
    chances: dict[tuple[str, str], int] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)

    def add(self, other: Trials) -> None:
        """Take in what *other* found."""
        self.runs += other.runs
        self.rejected += other.rejected
        for exercise, errors in other.errors.items():
            _keep_largest(self.errors.setdefault(exercise, {}), errors)
        _keep_largest(self.chances, other.chances)


def try_seeds(
    course: Course,
    assignment: Assignment,
    seeds: Iterable[int],
    progress: Progress = lambda step, done, total: None,
) -> Trials:
    """Run the reference and every accepted variant of *assignment* once for each seed.

    Raises:
        AuthoringError: the checks or the reference are broken.
    """
    reference = reference_for(course, assignment)
    right = _right(course, assignment)
    numbers = list(seeds)
    whole = Trials()

    def body(bench: Bench) -> None:
        # forked, so that they share the collected checks; nothing of these is pickled
        fork = multiprocessing.get_context("fork")
        todo = (bench, reference, right)
        with ProcessPoolExecutor(os.cpu_count(), fork, _Trier.prepare, todo) as pool:
            running = [pool.submit(_Trier.run, seed) for seed in numbers]
            for done, future in enumerate(as_completed(running), 1):
                whole.add(future.result())
                progress(f"{assignment.name}: seed", done, len(numbers))

    run_session(plan_for(course, assignment), reference, body)
    whole.rejected.sort(key=lambda one: (one.path, one.line, one.what))
    return whole


class _Trier:
    """What a forked process tries its seeds with."""

    bench: Bench
    reference: ReferenceChannel
    right: Right

    @classmethod
    def prepare(cls, bench: Bench, reference: ReferenceChannel, right: Right) -> None:
        cls.bench, cls.reference, cls.right = bench, reference, right

    @classmethod
    def run(cls, seed: int) -> Trials:
        return _try(cls.bench.seeded(seed), cls.reference, cls.right, seed)


def _right(course: Course, assignment: Assignment) -> Right:
    names = [exercise.name for exercise in assignment.exercises]
    every = [("the reference", reference_submission(course, assignment), frozenset(names))]
    for path in course.accepted(assignment):
        submission = read_submission(path, assignment.name)
        every.append((path.name, submission, frozenset(defined(submission, names))))
    return every


def _try(bench: Bench, reference: ReferenceChannel, right: Right, seed: int) -> Trials:
    trials = Trials()
    # each seed asks for other values, and they must not pile up
    reference.answers.clear()
    for label, submission, exercises in right:
        pieces = [(chunk.label, chunk.line, chunk.text) for chunk in submission.chunks]
        channel = LocalChannel(Host(pieces, submission.framework), submission.framework)
        trials.runs += len(exercises)

        def note(ended: Sequence[Ended], label: str = label) -> dict[str, str]:
            for one in ended:
                _note(trials, one, f"{label} under seed {seed}")
            return {}

        bench.run(Job(label, submission, exercises), channel, note)
    return trials


def _note(trials: Trials, ended: Ended, label: str) -> None:
    check, verdict, ledger = ended.check, ended.verdict, ended.ledger
    if verdict.outcome not in (Outcome.PASSED, Outcome.SKIPPED):
        what = f"{check.name} rejects {label}: {verdict.outcome.value}: {verdict.message}"
        trials.rejected.append(Rejection(check.path, check.line, what))
    if ledger is not None:
        _keep_largest(trials.errors.setdefault(check.exercise, {}), ledger.errors)
        _keep_largest(trials.chances, {(check.exercise, check.name): ledger.chances})


def _keep_largest(known: dict, more: dict) -> None:  # type: ignore[type-arg]  # of numbers
    for key, value in more.items():
        known[key] = max(value, known.get(key, value))


def defined(submission: Submission, names: Iterable[str]) -> list[str]:
    """Return which of the exercises *names* the submission defines."""
    lines = [line for chunk in submission.chunks for line in chunk.text.splitlines()]
    return [
        name
        for name in names
        if any(
            line.startswith((f"def {name}(", f"class {name}(", f"class {name}:", f"{name} ="))
            for line in lines
        )
    ]
