"""A course as one piece of data: what another machine needs to grade one assignment."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from grader.course.catalogue import Course, catalogue_file
from grader.exercise import Assignment

#: a fixed date, so that the same files make the same data
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a course that grading one assignment reads.

    Attributes:
        data: a zip of them, by their paths in the course.

        digest: SHA-256 of *data*, in hexadecimal.
    """

    data: bytes
    digest: str

    def unpack(self, target: Path) -> Course:
        """Write the files to *target*, which is empty, and return the course there."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            archive.extractall(target)
        return Course.load(target)


def bundle_of(course: Course, assignment: Assignment) -> Bundle:
    """Return the bundle of *assignment*; the same files always give the same bundle."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_files(course, assignment)):
            place = path.absolute().relative_to(course.root.absolute()).as_posix()
            archive.writestr(zipfile.ZipInfo(place, _DATE), path.read_bytes())
    return Bundle(buffer.getvalue(), sha256(buffer.getvalue()).hexdigest())


def _files(course: Course, assignment: Assignment) -> Iterator[Path]:
    """Yield the catalogue, the reference, what learners are given, and all checks.

    The checks of other assignments are among them, because a course is loaded as a whole.
    """
    yield catalogue_file(course.root)
    yield course.reference(assignment)
    given = course.given_dir(assignment)
    for home in (course.root / "autograder_tests", given):
        for path in home.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
