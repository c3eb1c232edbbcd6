"""Limits on authors' code in the audit's own processes, where a mistake may loop forever."""

from __future__ import annotations

import faulthandler
import math
import os
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from grader.exercise import Limits
from grader.sandbox.own_memory import limit_memory

#: code is interrupted after this many times the limit of one check, in processor time
_PATIENCE = 2.0
#: and after this many times that by the clock on the wall, for code that sleeps
_ASLEEP = 10.0
#: interruptions after which the process is ended: code that runs in C does not notice them
_INTERRUPTIONS = 15
_INTERRUPTIONS_ASLEEP = 3


class Interruption:
    """Whether code had to be interrupted."""

    def __init__(self) -> None:
        self.happened = False


@contextmanager
def limited(limits: Limits) -> Iterator[Interruption]:
    """Interrupt code that takes too long, repeatedly; each time, a check fails.

    Processor time counts, so that what a busy machine is slow to run is not interrupted.

    Code that allocates more memory than a submission may have gets a MemoryError. If
    interruptions have no effect, the process ends.
    """
    seconds = _PATIENCE * limits.seconds
    interruption = Interruption()

    def interrupt(number: int, frame: FrameType | None) -> None:
        interruption.happened = True
        raise TimeoutError("no answer in time")

    timers = {signal.SIGPROF: (signal.ITIMER_PROF, seconds)}
    timers[signal.SIGALRM] = signal.ITIMER_REAL, _ASLEEP * seconds
    before = {number: signal.signal(number, interrupt) for number in timers}
    with (
        _memory(limits.memory_mb),
        _processor(_INTERRUPTIONS * seconds),
        Path(os.devnull).open("w") as nowhere,
    ):
        for timer, after in timers.values():
            signal.setitimer(timer, after, after)
        latest = _INTERRUPTIONS_ASLEEP * _ASLEEP * seconds
        faulthandler.dump_traceback_later(latest, exit=True, file=nowhere)
        try:
            yield interruption
        finally:
            faulthandler.cancel_dump_traceback_later()
            for number, (timer, _after) in timers.items():
                signal.setitimer(timer, 0)
                signal.signal(number, before[number])


@contextmanager
def _processor(seconds: float) -> Iterator[None]:
    """End this process if it computes for longer than this."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    latest = math.ceil(time.process_time() + seconds)
    if before[1] != resource.RLIM_INFINITY:
        latest = min(latest, before[1])
    resource.setrlimit(resource.RLIMIT_CPU, (latest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


@contextmanager
def _memory(mebibytes: int) -> Iterator[None]:
    """Limit this process to this much memory beyond its current use."""
    before = limit_memory(mebibytes)
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_DATA, before)
