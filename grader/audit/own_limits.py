"""Limits on authors' code in the audit's own processes, where a mistake may loop forever."""

from __future__ import annotations

import contextlib
import faulthandler
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
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
    """Interrupts code in the ``with`` by the system's timers, and ends what takes no notice.

    Both timers may end at one moment, on a busy machine above all. If the second interrupted the
    way out from the first, timers would stay on and end the process later. So each interruption
    starts both anew, a signal from before that means nothing, and on the way in and out there is
    no interruption.

    Args:
        limits: those of a submission.
    """

    def __init__(self, limits: Limits) -> None:
        self.happened = False
        self._seconds = seconds = _PATIENCE * limits.seconds
        self._memory_mb = limits.memory_mb
        self._timers = {
            signal.SIGPROF: (signal.ITIMER_PROF, seconds),
            signal.SIGALRM: (signal.ITIMER_REAL, _ASLEEP * seconds),
        }
        self._is_over = False
        self._began = 0.0
        self._end = ExitStack()

    def __enter__(self) -> Timers:
        """Set all limits, then start the timers."""
        with ExitStack() as end:
            for number in self._timers:
                end.callback(signal.signal, number, signal.signal(number, self._handle))
            end.enter_context(_memory(self._memory_mb))
            end.enter_context(_processor(_INTERRUPTIONS * self._seconds))
            nowhere = end.enter_context(Path(os.devnull).open("wb"))
            latest = _INTERRUPTIONS_ASLEEP * _ASLEEP * self._seconds
            faulthandler.dump_traceback_later(latest, exit=True, file=nowhere)
            end.callback(faulthandler.cancel_dump_traceback_later)
            self._end = end.pop_all()
        self._start()
        return self

    def __exit__(self, *exception: object) -> None:
        """Stop the timers; a signal that is on its way means nothing."""
        self._is_over = True
        for timer, _seconds in self._timers.values():
            signal.setitimer(timer, 0)
        self._end.close()

    def _start(self) -> None:
        self._began = time.process_time()
        for timer, seconds in self._timers.values():
            signal.setitimer(timer, seconds)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal of a timer; raises TimeoutError in the code of the ``with``."""
        remaining, _interval = signal.getitimer(self._timers[signal.Signals(number)][0])
        if self._is_over or remaining > 0:
            return
        left = self._seconds - (time.process_time() - self._began)
        if number == signal.SIGPROF and left > 0:  # it counts ticks, see _ticked
            signal.setitimer(signal.ITIMER_PROF, left)
            return
        self._start()
        if not _is_in(frame, Timers.__enter__, Timers.__exit__):
            self.happened = True
            raise TimeoutError("no answer in time")


class Watch:
    """Interrupts code as Ctrl-C would, where the system has no timers: on Windows.

    A thread looks at the clocks. It cannot interrupt code that runs in C, but ends the process.

    Args:
        limits: those of a submission.
    """

    def __init__(self, limits: Limits) -> None:
        self.happened = False
        self._seconds = _PATIENCE * limits.seconds
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
        # It ends the audit itself, and shows what it was at.
        latest = _INTERRUPTIONS_ASLEEP * _ASLEEP * self._seconds
        faulthandler.dump_traceback_later(latest, exit=True, file=_STDERR)
        signal.signal(signal.SIGINT, self._handle)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Look no more; an interruption that is on its way means nothing."""
        self._is_over.set()
        self._thread.join()
        signal.signal(signal.SIGINT, self._before)
        faulthandler.cancel_dump_traceback_later()

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
        if not self._is_over.is_set() and not _is_in(frame, Watch.__enter__, Watch.__exit__):
            self.happened = True
            self._begin()
            raise TimeoutError("no answer in time")


def _is_in(frame: FrameType | None, *functions: Callable[..., Any]) -> bool:
    """Whether *frame* is one of *functions*, or was called by one."""
    codes = [function.__code__ for function in functions]
    while frame is not None and frame.f_code not in codes:
        frame = frame.f_back
    return frame is not None


def limited(limits: Limits) -> AbstractContextManager[Interruption]:
    """Interrupt code that takes too long, repeatedly; each time, a check fails.

    Processor time counts, so that what a busy machine is slow to run is not interrupted.

    Code that allocates more memory than a submission may have gets a MemoryError. If
    interruptions have no effect, the process ends.
    """
    return Timers(limits) if hasattr(signal, "setitimer") else Watch(limits)


@contextmanager
def _processor(seconds: float) -> Iterator[None]:
    """End this process if it computes for longer than this."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    latest = math.ceil(max(time.process_time(), _ticked()) + seconds)
    if before[1] != resource.RLIM_INFINITY:
        latest = min(latest, before[1])
    resource.setrlimit(resource.RLIMIT_CPU, (latest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


def _ticked() -> float:
    """Return the seconds of processor time that RLIMIT_CPU goes by.

    Linux counts them by the ticks at which this process happened to run: it may be many more, or
    fewer, than it has computed. The clock is numbered as clock_getcpuclockid(3) makes it.
    """
    return time.clock_gettime(~0 << 3) if sys.platform == "linux" else 0.0


@contextmanager
def _memory(mebibytes: int) -> Iterator[None]:
    """Limit this process to this much memory beyond its current use."""
    before = limit_memory(mebibytes)
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_DATA, before)
