"""Right and wrong answers to the exercises of a course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.audit.equivalents import read_equivalents
from grader.audit.mutants import mutants
from grader.course.catalogue import Course, apply_mistake
from grader.course.source import code_cell, parameters, reference_text
from grader.exercise import Assignment
from grader.submission.read import read_submission
from grader.worker.definitions import defines


@dataclass(frozen=True)
class Answer:
    """An answer to one exercise, right or wrong.

    Attributes:
        kind: ``right``, ``mistake`` or ``mutant``.

        text: of its whole module.

        reference: the text of the reference's module, written in *home*.

        inputs: the file that gives the arguments of one call, if there is one.

        changed: the place of the argument that is changed in place, if one is.
    """

    kind: str
    exercise: str
    name: str
    text: str
    framework: str
    reference: str
    home: str
    inputs: Path | None = None
    changed: int | None = None


def answers(course: Course, with_mutants: bool) -> Iterator[Answer]:
    """Yield every answer, exercise by exercise."""
    for assignment in course.assignments:
        for exercise in assignment.exercises:
            inputs = course.folder(assignment, exercise.name).inputs
            names = parameters(code_cell(course.source(assignment), exercise.name), exercise.name)
            changed = names.index(exercise.changes[0]) if exercise.changes else None
            for answer in (
                *_right(course, assignment, exercise.name),
                *_wrong(course, assignment, exercise.name, with_mutants),
            ):
                yield replace(answer, inputs=inputs if inputs.exists() else None, changed=changed)


def _right(course: Course, assignment: Assignment, exercise: str) -> Iterator[Answer]:
    reference = reference_text(course.source(assignment))
    home = assignment.framework
    yield Answer("right", exercise, "reference", reference, home, reference, home)
    for path in course.accepted(assignment):
        variant = read_submission(path, assignment.name)
        text = "\n".join(chunk.text for chunk in variant.chunks)
        if defines(text, exercise):
            name, framework = path.stem, variant.framework
            yield Answer("right", exercise, name, text, framework, reference, home)


def _wrong(
    course: Course, assignment: Assignment, exercise: str, with_mutants: bool
) -> Iterator[Answer]:
    cells = course.source(assignment)
    reference, home = reference_text(cells), assignment.framework
    for mistake in course.mistakes(assignment):
        if mistake.exercise == exercise:
            text = apply_mistake(cells, mistake)
            yield Answer("mistake", exercise, mistake.name, text, home, reference, home)
    listed = read_equivalents(course.folder(assignment, exercise).equivalents, exercise)
    equivalent = {one.identity for one in listed}
    for mutant in mutants(cells, exercise) if with_mutants else ():
        if (exercise, mutant.replaced, mutant.replacement) not in equivalent:
            name = f"{mutant.number}: {mutant.diff}"
            yield Answer("mutant", exercise, name, mutant.text, home, reference, home)
