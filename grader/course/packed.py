"""The parts of a course that grade one assignment, for another machine.

Nobody's data is among them: no roster, no extensions, no overrides, no submissions, no results; and
nothing that grading does not need: no other assignment, no accepted variants, no promises.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomlkit

from ..exercise import Assignment
from .catalogue import GIVEN, Course, catalogue_file

#: what is said of the whole course and matters where one assignment is graded
_KEPT = ("title", "seed", "min_isolation", "limits", "frameworks")
#: what matters only where the class is: elsewhere nobody is late, and nobody gives points by hand
_OF_THE_CLASS = ("due", "weight", "rubric")


def packed_course(course: Course, assignment: Assignment, least: str) -> dict[str, bytes]:
    """Return the files that grade *assignment*, by their paths in the course.

    Args:
        least: the isolation to require if ``course.toml`` names none.

    Raises:
        AuthoringError: the course is broken.
    """
    root = course.root
    paths = [course.reference(assignment), *course.check_files(assignment)]
    paths += [*course.mistakes_files(assignment), *course.helper_files(assignment)]
    tolerances = (folder.tolerances for folder in course.folders(assignment).values())
    paths += [path for path in tolerances if path.exists()]
    top = root.resolve()
    files = {path.resolve().relative_to(top).as_posix(): path.read_bytes() for path in paths}
    home = f"assignments/{assignment.name}"
    for name, content in course.given(assignment).files:
        files[f"{home}/{GIVEN}/{name}"] = content
    catalogue = catalogue_file(root)
    text = _catalogue(catalogue.read_text("utf-8"), assignment.name, least)
    files[catalogue.relative_to(root).as_posix()] = text.encode()
    return dict(sorted(files.items()))


def write_course(files: Mapping[str, bytes], root: Path) -> None:
    """Write packed *files* below *root*."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _catalogue(text: str, assignment: str, least: str) -> str:
    """Return the catalogue of this *assignment* alone."""
    whole, kept = tomlkit.parse(text).unwrap(), tomlkit.document()
    for key in _KEPT:
        if key in whole:
            kept[key] = whole[key]
    if "min_isolation" not in kept:
        kept["min_isolation"] = least
    table = next(one for one in whole["assignment"] if one["name"] == assignment)
    kept["assignment"] = [{k: v for k, v in table.items() if k not in _OF_THE_CLASS}]
    return tomlkit.dumps(kept)
