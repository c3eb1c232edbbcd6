"""The syllabus: what a course holds, exercise by exercise, as its files say; nothing is run."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.course.catalogue import Course
from grader.course.mistakes import read_mistakes
from grader.errors import AuthoringError
from grader.exercise import Assignment, Exercise, Submission
from grader.grading.setup import has_exercise
from grader.report.syllabus_table import SyllabusRow
from grader.submission.read import read_submission


def syllabus(
    course: Course,
    units: Sequence[tuple[Assignment, Exercise]],
    mutations: Mapping[tuple[str, str], tuple[int, int]] | None = None,
) -> Iterator[SyllabusRow]:
    """Yield a row for each of *units*, exercises with their assignments, in their order.

    Args:
        mutations: what became of mutants, by assignment and exercise.

    Raises:
        AuthoringError: a source, a check or a mistake cannot be read.

        SubmissionError: an accepted variant cannot be.
    """
    for assignment in dict.fromkeys(assignment for assignment, _exercise in units):
        cells = course.source(assignment)
        variants = [read_submission(path, assignment.name) for path in course.accepted(assignment)]
        for exercise in (one for of, one in units if of == assignment):
            folder = course.folder(assignment, exercise.name)
            yield SyllabusRow(
                assignment.name,
                exercise.name,
                exercise.title,
                exercise.points,
                _count_checks(folder.public),
                _count_checks(folder.hidden),
                len(read_mistakes(folder.mistakes, exercise.name, cells)),
                _by_framework(variants, exercise.name),
                (mutations or {}).get((assignment.name, exercise.name)),
            )


def _count_checks(path: Path) -> int:
    """Return how many checks the file *path* has; none if it is missing."""
    if not path.exists():
        return 0
    try:
        body = ast.parse(path.read_text("utf-8")).body
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise AuthoringError(f"the checks are not Python: {error}", path, line) from None
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    return sum(function.name.startswith("test_") for function in functions)


def _by_framework(variants: Sequence[Submission], exercise: str) -> dict[str, int]:
    own = Counter(one.framework for one in variants if has_exercise(one, exercise))
    return dict(sorted(own.items()))
