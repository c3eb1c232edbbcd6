"""Forks of the grader, which do one thing beside it and end with it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import warnings
from dataclasses import dataclass

from grader.errors import InternalError
from grader.worker import walls

#: frameworks that start no threads, or none when told so
_WITHOUT_THREADS = {"numpy", "torch"}


def system_forks() -> bool:
    """Return whether this system forks processes.

    Windows does not; on macOS, Apple's libraries end a fork that uses them.
    """
    return hasattr(os, "fork") and sys.platform != "darwin"


def can_fork(framework: str) -> bool:
    """Return whether this process can be forked here with a reference in *framework*.

    JAX and TensorFlow have threads of which a fork waits for what they hold.
    """
    return system_forks() and framework in _WITHOUT_THREADS


@dataclass(frozen=True, slots=True)
class Fork:
    """A fork of this process."""

    pid: int

    def end(self) -> None:
        """Kill it."""
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self.pid, 0)


def fork() -> Fork | None:
    """Fork this process; return None in the fork, which must end by :func:`os._exit`.

    It dies with this process, and Ctrl-C is not for it.

    Raises:
        InternalError: there can be no other process.
    """
    parent = os.getpid()
    try:
        with warnings.catch_warnings():
            # Of threads, which the reference does not use.
            warnings.simplefilter("ignore")
            pid = os.fork()
    except OSError as error:
        raise InternalError(f"no other process can be started: {error}") from None
    if pid:
        return Fork(pid)
    walls.die_with_parent()
    if os.getppid() != parent:
        os._exit(0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    return None
