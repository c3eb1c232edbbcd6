"""Limits on authors' code in the audit's own processes, where a mistake may loop forever."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from grader.exercise import Limits
from grader.sandbox.own_memory import limit_memory

#: code is interrupted after this many times the limit of one check
_PATIENCE = 2.0
#: interruptions after which the process exits: code that runs in C does not notice them
_INTERRUPTIONS = 15


class Interruption:
    """Whether code had to be interrupted."""

    def __init__(self) -> None:
        self.happened = False


@contextmanager
def limited(limits: Limits) -> Iterator[Interruption]:
    """Interrupt code that takes too long, repeatedly; each time, a check fails.

    Code that allocates more memory than a submission may have gets a MemoryError. If
    interruptions have no effect, the process exits.
    """
    seconds = _PATIENCE * limits.seconds
    interruption = Interruption()

    def interrupt(number: int, frame: FrameType | None) -> None:
        interruption.happened = True
        raise TimeoutError("no answer in time")

    before = signal.signal(signal.SIGALRM, interrupt)
    with _memory(limits.memory_mb), Path(os.devnull).open("w") as nowhere:
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
        faulthandler.dump_traceback_later(_INTERRUPTIONS * seconds, exit=True, file=nowhere)
        try:
            yield interruption
        finally:
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(mebibytes: int) -> Iterator[None]:
    """Limit this process to this much memory beyond its current use."""
    before = limit_memory(mebibytes)
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_DATA, before)
