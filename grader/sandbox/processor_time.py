"""How much of the machine a process has had, as seen from outside: it is not asked itself."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

_PROC = Path("/proc")
#: fields of a process: its ticks as user and in the kernel, those of children that it has waited
#: for, and when it started
_OWN, _THEIRS, _START = 11, 13, 19
_TICK = 1 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has had of the machine since it began.

    Attributes:
        seconds: of processor time: its threads together, and its children where they are measured.

        waits: by thread, the seconds for which it could have run but was given no processor; None
            where the system does not say.
    """

    seconds: float
    waits: Mapping[int, float] | None


class Meter(Protocol):
    """Reads off what one process uses."""

    def read(self) -> Usage | None:
        """Return what it has used so far; None if that cannot be known."""
        ...


def meter_of(pid: int, below: int | None = None) -> Meter:
    """Return what reads off the process *pid*, and whatever else there is *below* another."""
    return LinuxMeter(pid, below) if sys.platform == "linux" else PortableMeter(pid)


def parent_of(pid: int) -> int | None:
    """Return the parent of *pid*; None if it is gone."""
    fields = _fields(pid)
    return int(fields[1]) if fields else None


class LinuxMeter:
    """Reads the kernel's accounts of a process, which need no right to look into it."""

    def __init__(self, pid: int, below: int | None = None) -> None:
        self._pid = pid
        self._below = below
        # The kernel's number for "processor time of this process", as clock_getcpuclockid(3) makes
        # it. Unlike /proc, it counts nanoseconds, and is there where others' processes are hidden.
        self._clock = ~pid << 3 | 2
        self._most = 0.0
        self._base = 0.0
        self._account: Callable[[], float] | None = None
        # by number and time of start, what each process was last seen to have used itself
        self._seen: dict[tuple[int, str], float] = {}

    def count_by(self, account: Callable[[], float]) -> None:
        """From now on, ask *account*, too: it misses no child, but what was used before."""
        now = self.read()
        self._base = (now.seconds if now is not None else 0.0) - account()
        self._account = account

    def read(self) -> Usage | None:
        """Return what it has used so far; None once it has been cleared away."""
        if self._pid <= 0:  # it had ended before it could be asked for; the clock would be our own
            return None
        try:
            seconds = time.clock_gettime(self._clock)
        except OSError:
            return None
        members = {self._pid}
        if self._below is not None:
            members |= _descendants(self._below)
            seconds = self._with_others(seconds, members)
        if self._account is not None:
            seconds = max(seconds, self._base + self._account())
        # A child that nobody waits for takes what it used out of the sum when it ends.
        self._most = max(self._most, seconds)
        return Usage(self._most, dict(wait for pid in members for wait in _waits(pid)) or None)

    def _with_others(self, seconds: float, members: set[int]) -> float:
        """Return *seconds* of the process and those of other *members*, also of ended ones.

        A child that has ended is in the account of who waited for it, also if it was never seen.
        If nobody waited, what it was seen to use is all that is known. Both sums are too small by
        what they lack, and count nothing twice.
        """
        waited_for = seconds
        for pid in members:
            fields = _fields(pid)
            if len(fields) > _START:
                own, theirs = (
                    sum(map(int, fields[first : first + 2])) * _TICK for first in (_OWN, _THEIRS)
                )
                own = seconds if pid == self._pid else own
                waited_for += theirs + (0.0 if pid == self._pid else own)
                self._seen[pid, fields[_START]] = own
        return max(waited_for, sum(self._seen.values()))


def _waits(pid: int) -> Iterator[tuple[int, float]]:
    """Yield each thread of *pid*, and for how many seconds it could have run and did not."""
    with contextlib.suppress(OSError):
        for thread in (_PROC / str(pid) / "task").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                yield int(thread.name), int((thread / "schedstat").read_text().split()[1]) * 1e-9


def stolen() -> list[float]:
    """Return, by processor, the seconds for which the host ran something else than this machine."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = (line.split() for line in (_PROC / "stat").read_text("ascii").splitlines())
        of_one = (fields for fields in lines if fields and fields[0][:3] == "cpu")
        return [int(fields[8]) * _TICK for fields in of_one if fields[0] != "cpu"]
    return []


def _descendants(pid: int) -> set[int]:
    """Return the processes below *pid*."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for thread in (_PROC / str(pid) / "task").iterdir():
            with contextlib.suppress(OSError):
                found.update(map(int, (thread / "children").read_text().split()))
    return found.union(*map(_descendants, found))


def _fields(pid: int) -> list[str]:
    """Return what the kernel says of *pid*, from its state on; nothing if it is gone."""
    with contextlib.suppress(OSError):
        # The name stands in brackets and may hold any.
        return (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    return []


class PortableMeter:
    """Reads what psutil knows of a process; it does not say how long the process waited."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._psutil: Any = None
        with contextlib.suppress(ImportError):
            self._psutil = importlib.import_module("psutil")

    def read(self) -> Usage | None:
        """Return what it has used so far; None if it is gone, or there is no psutil."""
        if self._psutil is None:
            return None
        try:
            times = self._psutil.Process(self._pid).cpu_times()
        except self._psutil.Error:
            return None
        # user and system, and the same of children that have ended
        return Usage(sum(times[:4]), None)
