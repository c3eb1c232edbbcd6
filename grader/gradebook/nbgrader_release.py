"""Releases to nbgrader's folders: ``source/`` with solutions, ``release/`` for learners.

Beside each notebook are the files that ``check`` needs: public checks and recorded answers.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment, Language
from grader.kit.kit import GIVEN, HOME
from grader.kit.release import release
from grader.language import _

from .cell_metadata import release_notebook, source_notebook


def release_nbgrader(
    course: Course,
    assignment: Assignment,
    target: Path,
    language: Language,
    framework: str = "",
) -> tuple[Path, Path]:
    """Write *assignment* into the nbgrader course *target*; return its source and its release.

    Args:
        framework: that of the notebooks; empty for that of the reference.

    Raises:
        UsageError: one of them already exists.

        AuthoringError: the release would reveal a solution, or the reference fails a check.
    """
    places = tuple(target / step / assignment.name for step in ("source", "release"))
    for place in places:
        if place.exists():
            text = _("{path} already exists; remove it, or choose another directory.")
            raise UsageError(text.format(path=place))
    target.mkdir(parents=True, exist_ok=True)
    source, released = places
    with tempfile.TemporaryDirectory(dir=target, prefix=".release-") as scratch:
        # The kit is proven to reveal nothing; the learners' notebook contains only its cells.
        kit = release(course, assignment, Path(scratch), language, framework=framework)
        for place, notebook in (
            (source, source_notebook(course, assignment, language, framework)),
            (released, release_notebook(course, assignment, language, framework)),
        ):
            new = Path(scratch) / place.parent.name
            new.mkdir()
            _fill(new, kit, assignment.name, notebook)
            place.parent.mkdir(parents=True, exist_ok=True)
            new.rename(place)
    return source, released


def _fill(folder: Path, kit: Path, name: str, notebook: Any) -> None:
    """Write *notebook* to *folder*, with the files that the kit has beside its own notebook."""
    writes: Any = nbformat.writes
    text = writes(notebook, version=nbformat.NO_CONVERT)
    (folder / f"{name}.ipynb").write_text(text + "\n", encoding="utf-8")
    shutil.copytree(kit / HOME, folder / HOME)
    if (kit / HOME / GIVEN).is_dir():
        shutil.copytree(kit / HOME / GIVEN, folder, dirs_exist_ok=True)
