"""Right and wrong answers to the exercises of a course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.audit.equivalents import read_equivalents
from grader.audit.mutants import mutants
from grader.course.catalogue import Course, apply_mistake
from grader.course.mistakes import Mistake
from grader.course.source import Cell, code_cell, parameters, reference_text
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
        cells = course.source(assignment)
        reference, home = reference_text(cells), assignment.framework
        wrong: dict[str, list[Mistake]] = {exercise.name: [] for exercise in assignment.exercises}
        for mistake in course.mistakes(assignment):
            wrong[mistake.exercise].append(mistake)
        right = _accepted(course, assignment)
        for exercise in assignment.exercises:
            inputs = course.folder(assignment, exercise.name).inputs
            names = parameters(code_cell(cells, exercise.name), exercise.name)
            of = Answer(
                kind="right",
                exercise=exercise.name,
                name="reference",
                text=reference,
                framework=home,
                reference=reference,
                home=home,
                inputs=inputs if inputs.exists() else None,
                changed=names.index(exercise.changes[0]) if exercise.changes else None,
            )
            yield of
            for name, text, framework in right:
                if defines(text, exercise.name):
                    yield replace(of, name=name, text=text, framework=framework)
            for mistake in wrong[exercise.name]:
                text = apply_mistake(cells, mistake)
                yield replace(of, kind="mistake", name=mistake.name, text=text)
            if with_mutants:
                yield from _mutants(course, assignment, cells, of)


def _accepted(course: Course, assignment: Assignment) -> list[tuple[str, str, str]]:
    """Return name, text and framework of every accepted variant."""
    found = []
    for path in course.accepted(assignment):
        variant = read_submission(path, assignment.name)
        text = "\n".join(chunk.text for chunk in variant.chunks)
        found.append((path.stem, text, variant.framework))
    return found


def _mutants(
    course: Course, assignment: Assignment, cells: tuple[Cell, ...], of: Answer
) -> Iterator[Answer]:
    """Yield every mutant of an exercise's reference that is not listed as right."""
    exercise = of.exercise
    listed = read_equivalents(course.folder(assignment, exercise).equivalents, exercise)
    for mutant in mutants(cells, exercise):
        if not any(one.covers(mutant) for one in listed):
            name = f"{mutant.number}: {mutant.diff}"
            yield replace(of, kind="mutant", name=name, text=mutant.text)
