"""A limit on the total size of a worker's files, if its folder is not a file system of its own.

The kernel limits each file. The total is measured repeatedly from outside. Between two measurements
a worker can write more, so this limit is not exact.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

#: time between two measurements, in milliseconds
_INTERVAL = 50
#: size counted for an empty file: its name and its inode, in bytes
_LEAST = 1024


def watch(process: int, handle: int, folder: Path, size: int) -> bool:
    """Wait until a process ends; kill it if its files take more than *size* bytes.

    Args:
        process: its process number.

        handle: its pidfd.

        folder: the folder it can write to.

    Returns:
        Whether it was killed.
    """
    end = select.poll()
    end.register(handle, select.POLLIN)
    while not end.poll(_INTERVAL):
        if _is_over(folder, process, size):
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            return True
    return False


def _is_over(folder: Path, process: int, size: int) -> bool:
    """Whether the files take more than *size* bytes; stops counting when they do."""
    taken = 0
    try:
        for used in itertools.chain(_unlinked(process), _below(folder)):
            taken += used
            if taken > size:
                return True
    except OSError:
        # A folder made unreadable, or nested too deeply, on purpose.
        return True
    return False


def _below(folder: Path) -> Iterator[int]:
    """Yield the bytes that each file and folder below *folder* takes."""
    left = [str(folder)]
    while left:
        place = left.pop()
        # Files removed meanwhile take no space.
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as found:
            for entry in found:
                with contextlib.suppress(FileNotFoundError):
                    yield _taken(entry.stat(follow_symlinks=False))
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)


def _unlinked(process: int) -> Iterator[int]:
    """Yield the bytes of each open file that has been unlinked."""
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{process}/fd").iterdir():
            with contextlib.suppress(OSError):
                found = path.stat()
                if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                    yield _taken(found)


def _taken(status: os.stat_result) -> int:
    return max(status.st_blocks * 512, _LEAST)
