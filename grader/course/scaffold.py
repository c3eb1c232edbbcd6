"""Scaffolds: a first course or a new exercise that can be checked at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from string import Template

from ..atomic_write import write_all
from ..errors import UsageError
from ..exercise import Assignment
from ..language import _
from . import scaffold_templates as templates
from .bilingual_text import check_name
from .catalogue import Course, catalogue_file
from .catalogue_edit import catalogue_with
from .copied_exercise import CopiedExercise
from .source import exercise_of, split_cells
from .sync import starter_files, sync
from .toml_file import read_text


@dataclass(frozen=True, slots=True)
class Scaffolded:
    """The result of a scaffold.

    Attributes:
        files: the files created or extended.

        left_to_write: the lines that the author must still write, each as ``path:line: what``.
    """

    files: tuple[Path, ...]
    left_to_write: list[str]


def new_course(directory: Path) -> list[Path]:
    """Write a small, complete course to *directory*, and return its files.

    Raises UsageError if *directory* is a file or is not empty.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        message = _("{directory} is not empty; name a directory that does not exist yet.")
        raise UsageError(message.format(directory=directory))
    files = {directory / name: text for name, text in templates.COURSE.items()}
    write_all({path: text.encode() for path, text in files.items()})
    return [*files, *sync(Course.load(directory), write=True).changed]


def new_exercise(
    course: Course, assignment: str, name: str, like: str = "", after: str = ""
) -> Scaffolded:
    """Add an exercise called *name* to *assignment*, which may be new.

    Args:
        like: an exercise of the course to copy instead of the example, which adds 1.

        after: the exercise of *assignment* to put it after, instead of the last one.

    Raises UsageError if a name cannot be used, is taken or is unknown, or a file exists already;
    AuthoringError if the course has faults. In either case nothing is written.
    """
    known = next((a for a in course.assignments if a.name == assignment), None)
    _refuse_names(course, assignment, name)
    if after and not (known and after in [exercise.name for exercise in known.exercises]):
        message = _("{assignment} has no exercise {name}.")
        raise UsageError(message.format(assignment=assignment, name=after))
    framework = (known or course.assignments[-1]).framework
    words = {"assignment": assignment, "name": name, "framework": framework}
    copied = _like(course, known, framework, like, words) if like else None
    if known:
        starter_files(course, known)  # An error found here is not caused by the new exercise.

    added = _own_files(course.root, words, copied)
    source = course.root / "solutions" / assignment / f"{assignment}.py"
    _refuse_existing([*added, *([] if known else [source])])
    cells = copied.cells() if copied else templates.EXERCISE_CELLS.substitute(words)
    texts = {
        catalogue_file(course.root): catalogue_with(course, words, copied, after),
        source: _inserted(source, cells, after) if known else cells,
        **added,
    }
    # The catalogue names the other files, so it is written last.
    write_all({path: text.encode() for path, text in texts.items()})

    changed = Course.load(course.root)
    starters = starter_files(changed, changed.assignment(assignment))
    write_all({path: text.encode() for path, text in starters.items()})
    return Scaffolded((*texts, *starters), _left_to_write([*texts]))


def _like(
    course: Course, known: Assignment | None, framework: str, like: str, words: dict[str, str]
) -> CopiedExercise:
    """Return the exercise to copy; one of the same assignment takes precedence."""
    for assignment in ([known] if known else []) + list(course.assignments):
        if assignment.framework == framework and like in [e.name for e in assignment.exercises]:
            return CopiedExercise(course, assignment, like, words["name"], words["assignment"])
    message = _("There is no {framework} exercise called {name}.")
    raise UsageError(message.format(framework=framework, name=like))


def _inserted(source: Path, cells: str, after: str) -> str:
    """Return the text of *source* with *cells* after those of exercise *after*, or at the end."""
    lines = read_text(source).split("\n")
    headers = [(number, exercise_of(rest)) for number, rest, _body in split_cells(source)]
    place = len(lines)
    for (_number, exercise), (following, _other) in pairwise(headers):
        if after and exercise == after:
            place = following - 1
    if after and headers[-1][1] == after:
        place = len(lines)
    before, behind = "\n".join(lines[:place]).rstrip(), "\n".join(lines[place:])
    return f"{before}\n\n{cells.rstrip()}\n" + (f"\n{behind}" if behind else "")


def _refuse_names(course: Course, assignment: str, name: str) -> None:
    """Raise UsageError unless *name* can be added to *assignment*."""
    try:
        check_name(assignment)
        check_name(name)
    except ValueError as error:
        raise UsageError(str(error)) from None
    for known in course.assignments:
        same = known.name == assignment
        if not same and known.name.casefold() == assignment.casefold():
            message = _("There is already an assignment {known}; choose another name.")
            raise UsageError(message.format(known=known.name))
        for exercise in known.exercises if same else ():
            if exercise.name.casefold() == name.casefold():
                message = _("{assignment} already has an exercise {name}; choose another name.")
                raise UsageError(message.format(assignment=assignment, name=exercise.name))


def _refuse_existing(paths: Iterable[Path]) -> None:
    """Raise UsageError if one of *paths* exists."""
    for path in paths:
        if path.exists():
            message = _("{path} already exists; remove it, or choose another name.")
            raise UsageError(message.format(path=path))


def _own_files(root: Path, words: dict[str, str], copied: CopiedExercise | None) -> dict[Path, str]:
    """Return the files of the new exercise's folder and its variant: text by path."""
    made = {
        root / Template(path).substitute(words): Template(text).substitute(words)
        for path, text in templates.EXERCISE_FILES.items()
    }
    if copied is None:
        return made
    folder = root / "autograder_tests" / words["assignment"] / words["name"]
    variant = next(path for path in made if path.parent.name == "accepted")
    return {variant: copied.accepted(), **copied.files(folder)}


def _left_to_write(paths: list[Path]) -> list[str]:
    """Return the lines of *paths* that the author must replace."""
    return [
        f"{path}:{number}: {what}"
        for path in paths
        for number, wanted in templates.left_to_write(read_text(path))
        for what in wanted
    ]
