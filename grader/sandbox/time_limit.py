"""What time learners' code has, and which clock says that it is over.

It is given processor time. The clock on the wall only ends what does not compute: it stands still
while the machine keeps the code from running, up to a multiple of the limit, and while it is the
grader's turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum

from .processor_time import Meter, Usage, stolen

#: the wall clock ends it after so many times the limit, whatever the machine did
MOST = 20.0
#: seconds between two looks at what was used, at least and at most
_OFTEN, _SELDOM = 0.005, 0.1
#: what is no time to wait for: a sum of times may leave a rest that no clock can count
_SOON = 0.0005
#: a process that used less than this part of some time is taken to have been asleep meanwhile
_ASLEEP = 0.01


class Over(Enum):
    """Why there is no time left."""

    #: the processor time is spent
    SPENT = "spent"
    #: the code slept, or waited for what did not come
    ASLEEP = "asleep"
    #: the machine gave the code too little
    STARVED = "starved"


class TimeLimit:
    """A limit on the time of one check.

    Args:
        seconds: of processor time, and of wall time in which the code could have run.

        meter: reads what the code uses. Where it cannot, the wall clock is all there is.

    Attributes:
        seconds: the limit.

        over: why there is no time left; None while there is.
    """

    def __init__(
        self, seconds: float, meter: Meter, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.over: Over | None = None
        self.seconds = seconds
        self._meter = meter
        self._clock = clock
        self._first = meter.read()
        # what the wall clock has measured, and for how much of that the code waited to be run
        self._wall = self._waited = 0.0
        # wall clock, processor time and waits at the last look
        self._waits: Mapping[int, float] = (self._first.waits if self._first else None) or {}
        self._before = 0.0, self._first.seconds if self._first else 0.0
        self._stolen: list[float] | None = None
        self._running = 0
        self._since = self._expected = 0.0
        self._until_look = min(seconds, _SELDOM)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the wall clock: it is the code's turn."""
        if not self._running:
            self._since = self._expected = self._clock()
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._count(self._clock())

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the wall clock: the code waits for what the grader does."""
        self._count(self._clock())
        try:
            yield
        finally:
            self._since = self._expected = self._clock()

    def extend(self, seconds: float) -> None:
        """Set the limit to *seconds*, of which what was spent is spent."""
        self.seconds = seconds
        self.over = None

    def left(self) -> float:
        """Return for how many seconds to wait before asking again; 0 if there is no time left."""
        now = self._clock()
        self._count(now)
        if self.over is None and self._until_look < _SOON:
            self._look()
        if self.over is not None:
            return 0.0
        self._expected = now + self._until_look
        return self._until_look

    def _count(self, now: float) -> None:
        """Add the time since the last count; what is later than expected was not the code's.

        Then the grader was at work, or was itself kept from running.
        """
        passed = max(0.0, min(now, self._expected) - self._since)
        self._wall += passed
        self._until_look -= passed
        self._since = self._expected = now

    def _look(self) -> None:
        usage = self._meter.read()
        used = self._taken_in(usage) if usage is not None else 0.0
        own = self._wall - self._waited - self._stolen_until_now()
        left = min(self.seconds - used, self.seconds - own, MOST * self.seconds - self._wall)
        self._until_look = min(max(left, _OFTEN), _SELDOM)
        if left > 0:
            return
        if self.seconds - used < _SOON:
            self.over = Over.SPENT
        else:
            self.over = Over.ASLEEP if self.seconds - own < _SOON else Over.STARVED

    def _taken_in(self, usage: Usage) -> float:
        """Note for how long the code waited until now; return the processor time it has used."""
        first, before = self._first or usage, self._before
        self._first = first
        if usage.waits is not None:
            # Threads may take turns, and be gone: what counts is who waited longest since then.
            waits, self._waits = self._waits, usage.waits
            longest = max(now - waits.get(thread, 0.0) for thread, now in usage.waits.items())
            waited = min(self._waited + max(0.0, longest), self._wall)
        else:
            # Who uses some of the time is taken to have wanted all of it.
            passed, used = self._wall - before[0], usage.seconds - before[1]
            waited = self._waited
            waited += max(0.0, passed - used) if used >= _ASLEEP * passed else 0.0
        self._waited = max(self._waited, waited)
        self._before = self._wall, usage.seconds
        return usage.seconds - first.seconds

    def _stolen_until_now(self) -> float:
        """Return the most that the host took from one of this machine's processors since looked."""
        now = stolen()
        if self._stolen is None:
            self._stolen = now
        return max((n - o for n, o in zip(now, self._stolen, strict=False)), default=0.0)
