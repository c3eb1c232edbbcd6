"""A bound on all of a worker's files together, where its folder is no file system of its own.

The kernel bounds each file. How much all of them take is looked at again and again from outside;
between two looks a worker can write more, so that this ends a flood and is no exact limit.
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

#: between two looks, in milliseconds
_INTERVAL = 50
#: what a file takes that is empty: its name and its place in the table of files
_LEAST = 1024


def watch(process: int, handle: int, folder: Path, size: int) -> bool:
    """Wait until a process ends; end it if its files take more than *size* bytes.

    Args:
        process: its number.

        handle: its pidfd.

        folder: all that it can write to.

    Returns:
        Whether it was ended here.
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
    """Whether the files take more than *size* bytes; looks at no more of them than that takes."""
    taken = 0
    try:
        for used in itertools.chain(_unlinked(process), _below(folder)):
            taken += used
            if taken > size:
                return True
    except OSError:
        # A folder that was made to be looked into by no one, or too deep for that.
        return True
    return False


def _below(folder: Path) -> Iterator[int]:
    """Yield the bytes that each file and folder below *folder* takes."""
    left = [str(folder)]
    while left:
        place = left.pop()
        # What is gone meanwhile takes nothing.
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as found:
            for entry in found:
                with contextlib.suppress(FileNotFoundError):
                    yield _taken(entry.stat(follow_symlinks=False))
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)


def _unlinked(process: int) -> Iterator[int]:
    """Yield the bytes that each file takes that is open and has no name any more."""
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{process}/fd").iterdir():
            with contextlib.suppress(OSError):
                found = path.stat()
                if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                    yield _taken(found)


def _taken(status: os.stat_result) -> int:
    return max(status.st_blocks * 512, _LEAST)
