"""Limits on authors' code in the audit's own processes, where a mistake may loop forever."""

from __future__ import annotations

import faulthandler
import math
import os
import resource
import signal
import time
from collections.abc import Iterator, Mapping
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
    """Whether code had to be interrupted.

    Both timers may end at one moment, on a busy machine above all. If the second interrupted the
    way out from the first, timers would stay on and end the process later. So each interruption
    starts both anew, and a signal from before that means nothing.

    Args:
        timers: the timer, and the seconds after which it ends, by signal.
    """

    def __init__(self, timers: Mapping[int, tuple[int, float]]) -> None:
        self.happened = False
        self._timers = timers
        self._is_over = False

    def start(self) -> None:
        """Start the timers."""
        for timer, seconds in self._timers.values():
            signal.setitimer(timer, seconds)

    def stop(self) -> None:
        """Stop the timers; a signal that is on its way means nothing."""
        self._is_over = True
        for timer, _seconds in self._timers.values():
            signal.setitimer(timer, 0)

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal of a timer; raises TimeoutError."""
        remaining, _interval = signal.getitimer(self._timers[number][0])
        if self._is_over or remaining > 0:
            return
        self.happened = True
        self.start()
        raise TimeoutError("no answer in time")


@contextmanager
def limited(limits: Limits) -> Iterator[Interruption]:
    """Interrupt code that takes too long, repeatedly; each time, a check fails.

    Processor time counts, so that what a busy machine is slow to run is not interrupted.

    Code that allocates more memory than a submission may have gets a MemoryError. If
    interruptions have no effect, the process ends.
    """
    seconds = _PATIENCE * limits.seconds
    timers: dict[int, tuple[int, float]] = {signal.SIGPROF: (signal.ITIMER_PROF, seconds)}
    timers[signal.SIGALRM] = signal.ITIMER_REAL, _ASLEEP * seconds
    interruption = Interruption(timers)
    before = {number: signal.signal(number, interruption.handle) for number in timers}
    with (
        _memory(limits.memory_mb),
        _processor(_INTERRUPTIONS * seconds),
        Path(os.devnull).open("w") as nowhere,
    ):
        latest = _INTERRUPTIONS_ASLEEP * _ASLEEP * seconds
        faulthandler.dump_traceback_later(latest, exit=True, file=nowhere)
        try:
            interruption.start()
            yield interruption
        finally:
            interruption.stop()
            faulthandler.cancel_dump_traceback_later()
            for number, handler in before.items():
                signal.signal(number, handler)


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
