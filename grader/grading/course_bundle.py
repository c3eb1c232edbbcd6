"""What another machine needs to grade one assignment, as one piece with a digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from grader.course.catalogue import Course
from grader.course.packed import packed_course, write_course
from grader.exercise import Assignment


@dataclass(frozen=True, slots=True)
class Bundle:
    """The packed files of a course.

    Attributes:
        files: by their paths in the course.

        digest: SHA-256 of names and contents, in hexadecimal.
    """

    files: Mapping[str, bytes]
    digest: str

    def unpack(self, target: Path) -> Course:
        """Write the files to *target*, which is empty, and return the course there."""
        write_course(self.files, target)
        return Course.load(target)


def bundle_of(course: Course, assignment: Assignment) -> Bundle:
    """Return the bundle of *assignment*; the same files always give the same bundle."""
    files = packed_course(course, assignment, course.min_isolation)
    parts = (f"{name}\0{sha256(content).hexdigest()}" for name, content in files.items())
    return Bundle(files, sha256("\0".join(parts).encode()).hexdigest())
