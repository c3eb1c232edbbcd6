"""A directory for one zygote that does not outlive everyone who uses it."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from grader.worker.cleanup import remove as remove

if sys.platform != "win32":
    import fcntl

_PREFIX = "gradproof-zygote-"


def scratch_directory() -> tuple[Path, int | None]:
    """Make a directory and return it with a descriptor; it is in use until that is closed.

    Directories whose users were killed before they could tidy up are removed on the way. Windows
    has no such descriptors, and leaves them where they are.
    """
    if sys.platform == "win32":
        return Path(tempfile.mkdtemp(prefix=_PREFIX)), None
    _remove_abandoned()
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_SH)
        if path.exists():
            return path, lock
        # Someone who tidied up met it before it was locked.
        os.close(lock)


def _remove_abandoned() -> None:
    """Remove the directories that nobody holds a lock on."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(path)
            finally:
                os.close(lock)
