"""A temporary directory for a zygote, which is removed even if its users are killed."""

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
    """Create a directory; return it with a descriptor that marks it as used until closed.

    Also removes directories whose users were killed before they could clean up. On Windows, which
    has no such descriptors, they are not removed.
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
        # Another process removed it before it was locked.
        os.close(lock)


def _remove_abandoned() -> None:
    """Remove the directories that no process has locked."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(path)
            finally:
                os.close(lock)
