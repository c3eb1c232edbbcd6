"""Scaffolds: a first course, or one more exercise, in a state that can be checked at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template

from ..atomic_write import write_all
from ..errors import AuthoringError, UsageError
from ..language import _
from . import scaffold_templates as templates
from .bilingual_text import check_name
from .catalogue import Course, catalogue_file
from .sync import starter_files, sync
from .toml_file import headers, read_text

_PLACEHOLDER = re.compile(templates.WRITE_HERE + r"([^\"#]*)")


@dataclass(frozen=True, slots=True)
class Scaffolded:
    """What a scaffold wrote.

    Attributes:
        files: the files created or extended.

        left_to_write: what its author must still write, each as ``path:line: what``.
    """

    files: tuple[Path, ...]
    left_to_write: list[str]


def new_course(directory: Path) -> list[Path]:
    """Write a small, complete course to *directory* and return its files.

    Raises UsageError if *directory* is a file, or holds anything.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        message = _("{directory} is not empty; name a directory that does not exist yet.")
        raise UsageError(message.format(directory=directory))
    files = {directory / name: text for name, text in templates.COURSE.items()}
    write_all({path: text.encode() for path, text in files.items()})
    return [*files, *sync(Course.load(directory), write=True).changed]


def new_exercise(course: Course, assignment: str, name: str) -> Scaffolded:
    """Add an exercise called *name* at the end of *assignment*, which may be new.

    Raises UsageError if the name cannot be used or is taken, or a file of it exists already;
    AuthoringError if the course has faults. In either case nothing is written.
    """
    known = next((a for a in course.assignments if a.name == assignment), None)
    _refuse_names(course, assignment, name)
    words = {
        "assignment": assignment,
        "name": name,
        "framework": (known or course.assignments[-1]).framework,
    }
    if known:
        starter_files(course, known)  # a fault found here is older than the new exercise

    added = _own_files(course.root, words)
    shared = {
        course.root / "solutions" / assignment / f"{assignment}.py": templates.EXERCISE_CELLS,
    }
    _refuse_existing([*added, *([] if known else shared)])
    texts = {catalogue_file(course.root): _catalogue_with(course.root, words, known is None)}
    for path, template in shared.items():
        before = f"{read_text(path).rstrip()}\n\n" if path.exists() else ""
        texts[path] = before + template.substitute(words)
    texts |= added
    # the catalogue, which names the others, takes its place last
    write_all({path: text.encode() for path, text in texts.items()})

    changed = Course.load(course.root)
    starters = starter_files(changed, changed.assignment(assignment))
    write_all({path: text.encode() for path, text in starters.items()})
    return Scaffolded((*texts, *starters), _left_to_write([*texts]))


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
            message = _("There is an assignment {known} already; choose another name.")
            raise UsageError(message.format(known=known.name))
        for exercise in known.exercises if same else ():
            if exercise.name.casefold() == name.casefold():
                message = _("{assignment} has an exercise {name} already; choose another name.")
                raise UsageError(message.format(assignment=assignment, name=exercise.name))


def _refuse_existing(paths: Iterable[Path]) -> None:
    """Raise UsageError if one of *paths* exists."""
    for path in paths:
        if path.exists():
            message = _("{path} exists already; remove it, or choose another name.")
            raise UsageError(message.format(path=path))


def _own_files(root: Path, words: dict[str, str]) -> dict[Path, str]:
    """Return the files that belong to the new exercise alone: text by path."""
    return {
        root / Template(path).substitute(words): Template(text).substitute(words)
        for path, text in templates.EXERCISE_FILES.items()
    }


def _catalogue_with(root: Path, words: dict[str, str], new_assignment: bool) -> str:
    """Return the text of ``course.toml`` with the new entry; comments stay where they are.

    Raises AuthoringError if the tables are written in a way that cannot be extended as text.
    """
    path = catalogue_file(root)
    before = read_text(path)
    lines = before.splitlines()
    entry = templates.EXERCISE_ENTRY.substitute(words)
    if new_assignment:
        entry = f"{templates.ASSIGNMENT_ENTRY.substitute(words)}\n{entry}"
        at = len(lines)
    else:
        names = [table["name"] for table in tomllib.loads(before)["assignment"]]
        places = [*headers(lines, "assignment"), len(lines)]
        following = names.index(words["assignment"]) + 1
        at = places[following] if following < len(places) else len(lines)
    # comments right above the next assignment belong to it
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    rest = "\n".join(lines[at:]).strip("\n")
    parts = ["\n".join(lines[:at]), entry.rstrip("\n"), *([rest] if rest else [])]
    after = "\n\n".join(parts) + "\n"
    if not _extends(before, after, words):
        what = "cannot add to these tables; write them as [[assignment]], [[assignment.exercise]]"
        raise AuthoringError(what, path)
    return after


def _extends(before: str, after: str, words: dict[str, str]) -> bool:
    """Whether *after* is *before* with one more exercise, the last of its assignment."""
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    table = next((t for t in new["assignment"] if t["name"] == words["assignment"]), None)
    if table is None or table["exercise"].pop()["name"] != words["name"]:
        return False
    if not table["exercise"]:
        new["assignment"].remove(table)
    return old == new


def _left_to_write(paths: list[Path]) -> list[str]:
    """Return the lines of *paths* that their author must replace."""
    return [
        f"{path}:{number}: {what.strip()}"
        for path in paths
        for number, line in enumerate(read_text(path).splitlines(), 1)
        for what in _PLACEHOLDER.findall(line)
    ]
