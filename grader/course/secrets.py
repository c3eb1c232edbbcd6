"""What a kit must not hold: lines of solutions and of known mistakes, and hidden checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.exercise import HIDDEN_CHECKS, Assignment

from .catalogue import Course
from .source import BEGIN, END
from .starters import render

#: a line of a solution shorter than this is too common to prove anything
_TELLING = 16


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that no learner may get.

    Attributes:
        origin: the file that it stands in.

        is_name: whether it counts only as a whole word.
    """

    text: str
    origin: Path
    is_name: bool = False

    def is_in(self, content: str) -> bool:
        """Return whether *content* holds it."""
        if self.text not in content:
            return False
        return not self.is_name or bool(re.search(rf"\b{re.escape(self.text)}\b", content))


def secrets_of(course: Course, assignment: Assignment) -> Iterator[Secret]:
    """Yield each text that must not be in a kit of *assignment*.

    A line that starters hold is none; nor is one of a mistake or a hidden check that stands in a
    public check, too.
    """
    given = "\n".join(render(course, assignment, "en").values())
    public = "\n".join(path.read_text("utf-8") for path in public_files(course, assignment))
    path = course.reference(assignment)
    for line in solution_lines(path.read_text("utf-8")):
        if len(line) >= _TELLING and line not in given:
            yield Secret(line, path)
    for mistake in course.mistakes(assignment):
        origin = course.folder(assignment, mistake.exercise).mistakes
        for line in map(str.strip, mistake.replacement.splitlines()):
            if len(line) >= _TELLING and line not in given and line not in public:
                yield Secret(line, origin)
    for path in course.check_files(assignment):
        if path.name == HIDDEN_CHECKS:
            yield from _of_hidden_checks(path, given, public)


def public_files(course: Course, assignment: Assignment) -> tuple[Path, ...]:
    """Return the public checks, and the modules that they import from beside them."""
    return course.check_files(assignment, True) + course.helper_files(assignment, True)


def _of_hidden_checks(path: Path, given: str, public: str) -> Iterator[Secret]:
    """Yield the names of the checks in *path*, and their lines."""
    for line in _without_docstrings(path.read_text("utf-8")):
        name = line.removeprefix("def ").partition("(")[0]
        if line.startswith("def test_") and f"def {name}(" not in public:
            yield Secret(name, path, is_name=True)
        body = line.strip()
        if line != body and len(body) >= _TELLING and body not in given + public:
            yield Secret(body, path)


def _without_docstrings(text: str) -> Iterator[str]:
    """Yield the lines of *text* but those of functions' docstrings: the kit tells what they say."""
    told: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            told.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    yield from (line for n, line in enumerate(text.splitlines(), 1) if n not in told)


def solution_lines(text: str) -> Iterator[str]:
    """Yield the lines of a source between the markers of solutions, without indentation."""
    inside = False
    for line in text.splitlines():
        marker = line.strip()
        if marker in (BEGIN, END):
            inside = marker == BEGIN
        elif inside and marker:
            yield marker
