"""Right solutions and known mistakes under many seeds.

A check draws its inputs from a seed. That it rejects a right answer now and then, or misses a
mistake that it should catch, shows only over many; so does how far right answers are off. All that
is run here is the authors' own code: it runs without walls, once for every seed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from grader.course.catalogue import Course, apply_mistake
from grader.course.tolerances import Errors
from grader.exercise import Assignment, Submission
from grader.grading.setup import (
    has_exercise,
    plan_for,
    reference_for,
    reference_submission,
    text_submission,
)
from grader.outcome import Outcome
from grader.sandbox.channel import LocalChannel
from grader.sandbox.reference import ReferenceChannel
from grader.scoring.check_runner import CheckRunner
from grader.scoring.ended_check import EndedCheck
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.submission.read import read_submission
from grader.worker.call_effects import keeping_modes
from grader.worker.module_host import Host

from .findings import Progress, silent

#: seeds that known mistakes are tried under, of those asked for: that a right solution is rejected
#: is rare and takes many to see, while a check that misses a mistake misses it often
MISTAKE_SEEDS = 50
#: what one candidate has for its checks; right ones take milliseconds
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A submission of which it is known what must become of it.

    Attributes:
        exercises: those that it is about.

        caught_by: the checks that a known mistake must fail; empty for what is right.
    """

    label: str
    submission: Submission
    exercises: frozenset[str]
    caught_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Misjudged:
    """A check that told right from wrong falsely, and how that came about.

    Attributes:
        path: of the check's file; *line* is where it starts.

        what: which check did what to which candidate.

        seed: under which it did.
    """

    path: Path
    line: int
    what: str
    seed: int
    message: str = ""


@dataclass
class SeedRuns:
    """What became of right solutions and of known mistakes.

    Attributes:
        runs: right solutions to one exercise, each under one seed.

        errors: by exercise and dtype, the largest relative error of a right solution.

        chances: by exercise and check, the most assertions of chance made in one run.

        misjudged: checks that a right solution did not pass, or a mistake did that names them.
    """

    runs: int = 0
    errors: dict[str, Errors] = field(default_factory=dict)
    chances: dict[tuple[str, str], int] = field(default_factory=dict)
    misjudged: list[Misjudged] = field(default_factory=list)

    def add(self, other: SeedRuns) -> None:
        """Take in what *other* found."""
        self.runs += other.runs
        self.misjudged += other.misjudged
        for exercise, errors in other.errors.items():
            _keep_largest(self.errors.setdefault(exercise, {}), errors)
        _keep_largest(self.chances, other.chances)


def try_seeds(
    course: Course,
    assignment: Assignment,
    seeds: Iterable[int],
    progress: Progress = silent,
) -> SeedRuns:
    """Run reference, accepted variants and known mistakes of *assignment* once for each seed.

    Raises:
        AuthoringError: the checks or the reference are broken.
    """
    reference = reference_for(course, assignment)
    right, wrong = _right(course, assignment), _wrong(course, assignment)
    numbers = list(seeds)
    whole = SeedRuns()
    with collected_checks(plan_for(course, assignment), reference) as runner:
        # forked, so that they share the collected checks; nothing of these is pickled
        fork = multiprocessing.get_context("fork")
        todo = (runner, reference, right, wrong)
        with ProcessPoolExecutor(os.cpu_count(), fork, _Trier.prepare, todo) as pool:
            running = [
                pool.submit(_Trier.run, seed, number < MISTAKE_SEEDS)
                for number, seed in enumerate(numbers)
            ]
            for done, future in enumerate(as_completed(running), 1):
                whole.add(future.result())
                progress(f"{assignment.name}: seed", done, len(numbers))
    whole.misjudged.sort(key=lambda one: (one.path, one.line, one.what, one.seed))
    return whole


class _Trier:
    """What a forked process tries its seeds with."""

    runner: CheckRunner
    reference: ReferenceChannel
    right: Sequence[Candidate]
    wrong: Sequence[Candidate]

    @classmethod
    def prepare(
        cls,
        runner: CheckRunner,
        reference: ReferenceChannel,
        right: Sequence[Candidate],
        wrong: Sequence[Candidate],
    ) -> None:
        cls.runner, cls.reference, cls.right, cls.wrong = runner, reference, right, wrong

    @classmethod
    def run(cls, seed: int, with_mistakes: bool) -> SeedRuns:
        trials = SeedRuns()
        # each seed asks for other values, and they must not pile up
        cls.reference.answers.clear()
        for candidate in [*cls.right, *(cls.wrong if with_mistakes else ())]:
            _try(cls.runner.seeded(seed), candidate, seed, trials)
        return trials


def _right(course: Course, assignment: Assignment) -> list[Candidate]:
    names = [exercise.name for exercise in assignment.exercises]
    reference = reference_submission(course, assignment)
    every = [Candidate("the reference", reference, frozenset(names))]
    for path in course.accepted(assignment):
        submission = read_submission(path, assignment.name)
        written = frozenset(name for name in names if has_exercise(submission, name))
        every.append(Candidate(path.name, submission, written))
    return every


def _wrong(course: Course, assignment: Assignment) -> list[Candidate]:
    cells = course.source(assignment)
    return [
        Candidate(
            f"{mistake.exercise}/{mistake.name}",
            text_submission("mistake.py", apply_mistake(cells, mistake), assignment.framework),
            frozenset([mistake.exercise]),
            frozenset(mistake.caught_by),
        )
        for mistake in course.mistakes(assignment)
    ]


def _try(runner: CheckRunner, candidate: Candidate, seed: int, trials: SeedRuns) -> None:
    submission = candidate.submission
    pieces = [(chunk.label, chunk.line, chunk.text) for chunk in submission.chunks]
    channel = LocalChannel(Host(pieces, submission.framework), submission.framework)
    right = not candidate.caught_by
    trials.runs += right * len(candidate.exercises)

    def note(ended: Sequence[EndedCheck]) -> None:
        for one in ended:
            _judge(trials, one, candidate, seed)
            if right:
                _measure(trials, one)

    # a mistake may be to leave them changed, for the next candidate, too
    with keeping_modes(), _not_for_ever():
        job = Job(candidate.label, submission, candidate.exercises)
        runner.run(job, channel, observe=note)


@contextmanager
def _not_for_ever() -> Iterator[None]:
    """Interrupt the author's code, which may loop, again and again: each time a check fails."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("no answer in time")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _judge(trials: SeedRuns, ended: EndedCheck, candidate: Candidate, seed: int) -> None:
    check, verdict = ended.check, ended.verdict
    passed = verdict.outcome in (Outcome.PASSED, Outcome.SKIPPED)
    if not candidate.caught_by and not passed:
        what, message = "rejects", f"{verdict.outcome.value}: {verdict.message}"
    elif passed and check.name in candidate.caught_by:
        what, message = "misses", ""
    else:
        return
    what = f"{check.name} {what} {candidate.label}"
    trials.misjudged.append(Misjudged(check.path, check.line, what, seed, message))


def _measure(trials: SeedRuns, ended: EndedCheck) -> None:
    check, context = ended.check, ended.context
    if context is not None:
        _keep_largest(trials.errors.setdefault(check.exercise, {}), context.errors)
        _keep_largest(trials.chances, {(check.exercise, check.name): context.chances})


def _keep_largest(known: dict, more: dict) -> None:  # type: ignore[type-arg]  # of numbers
    for key, value in more.items():
        known[key] = max(value, known.get(key, value))
