"""The secret seed of hidden checks: their inputs cannot be computed from the course's files.

It is drawn when a class is first scored, and kept with the results so that regrading is exact.
"""

from __future__ import annotations

import re
import secrets
import stat

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import InternalError
from grader.language import _

_SEED = re.compile(r"[0-9a-f]{32}\n?")


def secret_seed(course: Course, renew: bool = False) -> str:
    """Return the secret seed of *course*; draw one if there is none yet, or if requested.

    Raises:
        InternalError: the file does not contain a seed; a damaged file must not change grades.
    """
    path = course.root / "results" / "seed"
    if renew or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{secrets.token_hex(16)}\n".encode(), private=True)
        if course.root.stat().st_mode & stat.S_IWGRP:
            # Several people teach this course, as with nbgrader's groupshared.
            path.chmod(0o640)
    return _read(course)


def known_seed(course: Course) -> str:
    """Return the secret seed; empty if no class was scored yet; raises InternalError."""
    return _read(course) if (course.root / "results" / "seed").exists() else ""


def _read(course: Course) -> str:
    path = course.root / "results" / "seed"
    text = path.read_text("utf-8", errors="replace")
    if not _SEED.fullmatch(text):
        what = _(
            "{path} no longer contains a seed. Restore it, or draw a new one with `gradproof "
            "score --reseed`, which grades everyone again."
        )
        raise InternalError(what.format(path=path))
    return text.strip()
