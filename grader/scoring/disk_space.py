"""Checks for free disk space before anything is graded, and removes half-written files."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import InternalError
from grader.language import _

if sys.platform != "win32":
    import fcntl

_MIB = 1 << 20
#: bytes: for one learner's reports, old and new together, and for everything else
_OF_A_LEARNER = 64 << 10
_OF_ALL = 4 << 20


@contextmanager
def room_for_results(root: Path, learners: int) -> Iterator[None]:
    """Hold the directory *root* of a course's results during a run over this many *learners*.

    Half-written files of killed runs are removed, unless another run is active here.

    Raises:
        InternalError: nothing can be written there, or there is too little disk space.
    """
    with not_written(root, _("Nothing was graded.")):
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root, prefix=".", suffix=".tmp") as file:
            file.write(b"1")
        free = shutil.disk_usage(root).free
    needed = _OF_ALL + learners * _OF_A_LEARNER
    if free < needed:
        text = _(
            "The disk of {path} has {free} MiB left, but results may need {needed} MiB. Nothing "
            "was graded. Free some space and run again."
        )
        raise InternalError(text.format(path=root, free=free // _MIB, needed=-(-needed // _MIB)))
    with _tidied(root):
        yield


@contextmanager
def not_written(path: Path, consequence: str) -> Iterator[None]:
    """Raise InternalError, with a *consequence*, if a disk is full, read-only or broken.

    Args:
        path: the file that is written.
    """
    try:
        yield
    except OSError as error:
        text = _("{path} cannot be written: {reason}. {consequence}")
        reason = error.strerror or str(error)
        what = text.format(path=path, reason=reason, consequence=consequence)
        raise InternalError(what) from None


@contextmanager
def _tidied(root: Path) -> Iterator[None]:
    """Remove files that killed runs left below *root*; not on Windows, which has no such locks."""
    if sys.platform == "win32":
        yield
        return
    lock = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for pattern in (".*.tmp", "*/.*.tmp", "*/*/.*.tmp", "*/*/*/.*.tmp"):
                for leftover in root.glob(pattern):
                    leftover.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)
