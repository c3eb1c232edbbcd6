"""Limits on authors' code in the audit's own processes, where a mistake may loop forever."""

from __future__ import annotations

import contextlib
import faulthandler
import math
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from grader.exercise import Limits
from grader.sandbox.own_memory import limit_memory

with contextlib.suppress(ImportError):  # Windows has none
    import resource

#: code is interrupted after this many times the limit of one check, in processor time
_PATIENCE = 2.0
#: and after this many times that by the clock on the wall, for code that sleeps
_ASLEEP = 10.0
#: interruptions after which the process is ended: code that runs in C does not notice them
_INTERRUPTIONS = 15
_INTERRUPTIONS_ASLEEP = 3


_STDERR = 2
#: seconds between two looks at the clocks where no timer interrupts by itself
_LOOK = 0.05


class Interruption(Protocol):
    """Whether code had to be interrupted."""

    happened: bool


class Timers:
    """Interrupts code by the system's timers.

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


class Watch:
    """Interrupts code as Ctrl-C would, where the system has no timers: on Windows.

    A thread looks at the clocks. It cannot interrupt code that runs in C.

    Args:
        seconds: of processor time after which code is interrupted.
    """

    def __init__(self, seconds: float) -> None:
        self.happened = False
        self._seconds = seconds
        self._is_over = threading.Event()
        self._is_due = False
        self._before: Any = signal.getsignal(signal.SIGINT)
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._begin()

    def _begin(self) -> None:
        self._until = (
            time.process_time() + self._seconds,
            time.monotonic() + _ASLEEP * self._seconds,
        )

    def __enter__(self) -> Watch:
        """Start to look."""
        signal.signal(signal.SIGINT, self._handle)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Look no more; an interruption that is on its way means nothing."""
        self._is_over.set()
        self._thread.join()
        signal.signal(signal.SIGINT, self._before)

    def _look(self) -> None:
        while not self._is_over.wait(_LOOK):
            spent, asleep = self._until
            if time.process_time() >= spent or time.monotonic() >= asleep:
                self._is_due = True
                signal.raise_signal(signal.SIGINT)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        """Raise TimeoutError, or handle a Ctrl-C as before."""
        if not self._is_due:
            if callable(self._before):
                self._before(number, frame)
            return
        self._is_due = False
        if not self._is_over.is_set():
            self.happened = True
            self._begin()
            raise TimeoutError("no answer in time")


def limited(limits: Limits) -> AbstractContextManager[Interruption]:
    """Interrupt code that takes too long, repeatedly; each time, a check fails.

    Processor time counts, so that what a busy machine is slow to run is not interrupted.

    Code that allocates more memory than a submission may have gets a MemoryError. If
    interruptions have no effect, the process ends.
    """
    by: Callable[[Limits], AbstractContextManager[Interruption]]
    by = _by_timers if hasattr(signal, "setitimer") else _by_a_thread
    return by(limits)


@contextmanager
def _by_a_thread(limits: Limits) -> Iterator[Interruption]:
    seconds = _PATIENCE * limits.seconds
    # It ends the audit itself, and shows what it was at.
    faulthandler.dump_traceback_later(
        _INTERRUPTIONS_ASLEEP * _ASLEEP * seconds, exit=True, file=_STDERR
    )
    try:
        with Watch(seconds) as watch:
            yield watch
    finally:
        faulthandler.cancel_dump_traceback_later()


@contextmanager
def _by_timers(limits: Limits) -> Iterator[Interruption]:
    seconds = _PATIENCE * limits.seconds
    timers: dict[int, tuple[int, float]] = {signal.SIGPROF: (signal.ITIMER_PROF, seconds)}
    timers[signal.SIGALRM] = signal.ITIMER_REAL, _ASLEEP * seconds
    interruption = Timers(timers)
    before = {number: signal.signal(number, interruption.handle) for number in timers}
    with (
        _memory(limits.memory_mb),
        _processor(_INTERRUPTIONS * seconds),
        Path(os.devnull).open("wb") as nowhere,
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
