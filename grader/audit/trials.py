"""Trials: the submissions that an audit runs for an exercise, each with a known right outcome."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Literal

from grader.course.catalogue import Course, apply_mistake
from grader.course.exercise_folder import ExerciseFolder
from grader.course.mistakes import read_mistakes
from grader.course.promises import Promises, read_promises
from grader.course.source import Cell, read_cells, reference_text
from grader.course.starters import starter_cells
from grader.errors import SubmissionError
from grader.exercise import Assignment, Exercise, Mistake, Promise, Submission
from grader.grading.setup import has_exercise, text_submission
from grader.grading.versions import framework_versions
from grader.submission.needed_code import needed_code
from grader.submission.read import read_submission
from grader.worker.adapters import PATIENCE

from .corrupted_answers import CORRUPTIONS
from .findings import Finding, about
from .offences import Offence, read_offences
from .wrong_answers import UNINFORMED, uninformed, with_corrupted_answers

#: maximum number of seeds for known mistakes: a rejected correct solution is rare and takes many
#: seeds to find, while a check that misses a mistake misses it often
MISTAKE_SEEDS = 50
#: the default number of seeds of an audit; rare failures need more
SEEDS = 3
Kind = Literal[
    "reference",
    "variant",
    "starter",
    "mistake",
    "promise",
    "uninformed",
    "corrupted",
    "offence",
    "inputs",
    "forbidden",
]


@dataclass(frozen=True, slots=True)
class AuditedExercise:
    """An exercise with everything that its author wrote for it.

    Attributes:
        cells: the cells of the whole assignment's source.

        reference: all of them as a submission.

        variants: the accepted variants that define it: name without suffix, and submission.

        offences: solutions that use something that it forbids.

        promises: of its sentences, each with an edit that breaks it.

        skipped: accepted variants, offences and starters, each with its framework, which is not
            installed.

        starters: the untouched starters of the assignment, the reference's framework first.
    """

    course: Course
    assignment: Assignment
    exercise: Exercise
    cells: tuple[Cell, ...]
    reference: Submission
    mistakes: tuple[Mistake, ...]
    variants: tuple[tuple[str, Submission], ...]
    offences: tuple[Offence, ...] = ()
    promises: Promises = field(default_factory=Promises)
    skipped: tuple[tuple[str, Path], ...] = ()
    starters: tuple[Submission, ...] = ()

    @property
    def name(self) -> str:
        """Its name within the assignment."""
        return self.exercise.name

    @property
    def label(self) -> str:
        """Its name within the course: ``assignment/exercise``."""
        return f"{self.assignment.name}/{self.exercise.name}"

    @property
    def folder(self) -> ExerciseFolder:
        """The folder of its checks and mistakes."""
        return self.course.folder(self.assignment, self.exercise.name)


@dataclass(frozen=True, slots=True)
class Trial:
    """One submission to one exercise, with one seed.

    Attributes:
        name: the name of an accepted variant or a mistake, a description of a wrong answer, a
            forbidden name, or the framework of a starter that is not the reference's.

        make: returns the submission; most audits already know its result.

        identity: what its result depends on, besides the exercise and the seed.
    """

    kind: Kind
    name: str
    make: Callable[[], Submission]
    seed: int
    identity: tuple[str, ...] = ()

    @property
    def must_pass(self) -> bool:
        """Whether every check must accept it."""
        return self.kind in ("reference", "variant")

    @property
    def label(self) -> str:
        """Its name in messages."""
        if self.kind == "starter" and self.name:
            return f"the starter for {self.name}"
        if self.kind in ("reference", "starter"):
            return f"the {self.kind}"
        return f"{self.name}.py" if self.kind == "variant" else self.name


def read_exercises(
    course: Course, units: Sequence[tuple[Assignment, Exercise]]
) -> tuple[list[AuditedExercise], list[Finding]]:
    """Read everything about each exercise; also return findings on the files.

    Raises:
        AuthoringError: the source cannot be used, a mistake is not an edit of it, or a promise
            names no check.
    """
    exercises: list[AuditedExercise] = []
    findings: list[Finding] = []
    for assignment in dict.fromkeys(assignment for assignment, _exercise in units):
        cells = course.source(assignment)
        every = read_cells(course.reference(assignment))
        name, text = course.reference(assignment).name, reference_text(cells)
        reference = text_submission(name, text, assignment.framework)
        starters = tuple(
            text_submission("starter.py", starter_code(course, assignment, framework), framework)
            for framework in assignment.frameworks
            if framework == assignment.framework or is_installed(framework)
        )
        variants: list[tuple[str, Submission]] = []
        for path in course.accepted(assignment):
            try:
                variants.append((path.stem, read_submission(path, assignment.name)))
            except SubmissionError as error:
                findings.append(Finding(str(error), path, subject=assignment.name))
        for exercise in (one for of, one in units if of == assignment):
            folder = course.folder(assignment, exercise.name)
            mistakes = read_mistakes(folder.mistakes, exercise.name, cells)
            offences, wrong = read_offences(exercise, folder)
            findings += about(f"{assignment.name}/{exercise.name}", wrong)
            own = [one for one in variants if has_exercise(one[1], exercise.name)]
            home = course.accepted_dir(assignment)
            files = [(submission.framework, home / f"{name}.py") for name, submission in own]
            files += [(one.submission.framework, one.path) for one in offences]
            files += [(one, course.starters(assignment) / one) for one in assignment.frameworks]
            exercises.append(
                AuditedExercise(
                    course,
                    assignment,
                    exercise,
                    cells,
                    reference,
                    mistakes,
                    tuple(one for one in own if is_installed(one[1].framework)),
                    tuple(one for one in offences if is_installed(one.submission.framework)),
                    read_promises(folder, exercise.name, cells, mistakes, every),
                    tuple(one for one in files if not is_installed(one[0])),
                    starters,
                )
            )
    return exercises, findings


@cache
def is_installed(framework: str) -> bool:
    """Return whether a framework can be imported here."""
    return importlib.util.find_spec(framework) is not None


def trials_of(audited: AuditedExercise, seeds: int, right_seeds: int) -> Iterator[Trial]:
    """Yield the trials of an exercise.

    Args:
        seeds: the number of seeds for known mistakes and broken promises, at most
            :data:`MISTAKE_SEEDS`.

        right_seeds: the number of seeds for correct solutions; those in a slow framework have one
            if the number is at most :data:`SEEDS`: chance is in the checks, which all share.
    """
    first = audited.course.seed
    right = list(_right(audited, first))
    again = list(_right(audited, first, and_slow=right_seeds > SEEDS))
    mistakes = [*_mistakes(audited, first), *_broken_promises(audited, first)]
    yield from (*right, *mistakes, *_wrong(audited, first), *_tried_once(audited, first))
    for seed in range(first + 1, first + max(seeds, right_seeds)):
        if seed < first + right_seeds:
            yield from (replace(trial, seed=seed) for trial in again)
        if seed < first + min(seeds, MISTAKE_SEEDS):
            yield from (replace(trial, seed=seed) for trial in mistakes)


def _right(audited: AuditedExercise, seed: int, and_slow: bool = True) -> Iterator[Trial]:
    yield Trial("reference", "", lambda: audited.reference, seed)
    for name, submission in audited.variants:
        if not and_slow and PATIENCE[submission.framework] > 1:
            continue
        yield Trial("variant", name, partial(_itself, submission), seed, _identity(submission))


def _identity(submission: Submission) -> tuple[str, ...]:
    framework = submission.framework
    versions = framework_versions(framework)
    return (submission.digest, framework, *(f"{name} {versions[name]}" for name in versions))


def _itself(submission: Submission) -> Submission:
    return submission


def _mistakes(audited: AuditedExercise, seed: int) -> Iterator[Trial]:
    for mistake in audited.mistakes:
        identity = (mistake.replace, mistake.replacement)
        yield Trial("mistake", mistake.name, partial(_with, audited, mistake), seed, identity)


def _broken_promises(audited: AuditedExercise, seed: int) -> Iterator[Trial]:
    """Yield the edits that break promises and are no known mistakes, each once."""
    edits = {(row.replace, row.replacement): row for row in audited.promises.rows}
    for identity, row in edits.items():
        if not row.mistake:
            yield Trial("promise", row.sentence, partial(_with, audited, row), seed, identity)


def _with(audited: AuditedExercise, mistake: Mistake | Promise) -> Submission:
    text = apply_mistake(audited.cells, mistake)
    return text_submission("mistake.py", text, audited.assignment.framework)


def _wrong(audited: AuditedExercise, seed: int) -> Iterator[Trial]:
    """Yield the wrong answers that are the same for every exercise."""
    name, cells, framework = audited.name, audited.cells, audited.assignment.framework
    own, *others = audited.starters
    yield Trial("starter", "", partial(_itself, own), seed)
    for starter in others:
        identity = tuple(needed_code(starter, [name]).values())
        yield Trial("starter", starter.framework, partial(_itself, starter), seed, identity)
    for what in UNINFORMED:
        yield Trial("uninformed", what, partial(uninformed, name, what, framework), seed)
    for what in CORRUPTIONS:
        make = partial(with_corrupted_answers, cells, name, what, framework)
        yield Trial("corrupted", what, make, seed)
    for offence in audited.offences:
        make, identity = partial(_itself, offence.submission), _identity(offence.submission)
        yield Trial("offence", offence.name, make, seed, identity)


def _tried_once(audited: AuditedExercise, seed: int) -> Iterator[Trial]:
    """Yield what is no submission: the call that a lecture would try, full names forbidden."""
    reference = partial(_itself, audited.reference)
    if audited.folder.inputs.exists():
        yield Trial("inputs", audited.folder.inputs.name, reference, seed)
    for name in audited.exercise.forbidden:
        if "." in name:
            yield Trial("forbidden", name, reference, seed)


def starter_code(course: Course, assignment: Assignment, framework: str) -> str:
    """Return the code of a starter; raises AuthoringError."""
    cells = starter_cells(course, assignment, framework)
    return "\n".join(cell.text for cell in cells if cell.kind == "code" and not cell.story)
