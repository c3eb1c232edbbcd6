"""Keeps the starters in ``assignments/`` in step with the sources in ``solutions/``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..atomic_write import write_all
from ..exercise import LANGUAGES, Assignment, Language
from .catalogue import GIVEN, Course, catalogue_file
from .starters import render


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The result of a synchronisation.

    Attributes:
        changed: starters that were missing or stale; they were written, unless only compared.

        stray: files among the starters that no source generates; they are never deleted.
    """

    changed: tuple[Path, ...]
    stray: tuple[Path, ...]

    @property
    def clean(self) -> bool:
        """Whether all starters agree with their sources."""
        return not self.changed and not self.stray


def sync(course: Course, write: bool) -> SyncReport:
    """Compare all starters with their sources and, if *write*, write those that differ.

    Raises AuthoringError, and then writes nothing, if any source cannot be used.
    """
    wanted = {
        path: text for a in course.assignments for path, text in starter_files(course, a).items()
    }
    changed = tuple(path for path, text in wanted.items() if _bytes(path) != text.encode())
    if write:
        write_all({path: wanted[path].encode() for path in changed})
    return SyncReport(changed, tuple(_stray(course, set(wanted))))


def starter_files(course: Course, assignment: Assignment) -> dict[Path, str]:
    """Return the starters of *assignment*: text by path.

    Those of the reference's framework lie at the top, others in a folder of their framework.
    """
    home = course.starters(assignment)
    return {
        home / _folder(assignment, framework, language) / name: text
        for framework in assignment.frameworks
        for language in LANGUAGES
        for name, text in render(course, assignment, language, framework).items()
    }


def _folder(assignment: Assignment, framework: str, language: Language) -> Path:
    own = framework == assignment.framework
    return Path("" if own else framework, "zh" if language == "zh" else "")


def _bytes(path: Path) -> bytes | None:
    """Return the bytes of *path*, or None if it is not a file."""
    return path.read_bytes() if path.is_file() else None


def _stray(course: Course, wanted: set[Path]) -> Iterator[Path]:
    """Yield the files among the starters that no source generates and that are not given."""
    home = catalogue_file(course.root).parent
    names = {assignment.name for assignment in course.assignments}
    for directory in sorted(path for path in home.iterdir() if path.is_dir()):
        if _private(directory):
            continue
        if directory.name not in names:
            yield directory
            continue
        for path in sorted(directory.rglob("*")):
            inside = path.relative_to(directory).parts
            skip = inside[0] == GIVEN or any(_private(Path(part)) for part in inside)
            if path.is_file() and not skip and path not in wanted:
                yield path


def _private(path: Path) -> bool:
    """Whether *path* is a cache of Python or Jupyter."""
    return path.name.startswith(".") or path.name == "__pycache__"
