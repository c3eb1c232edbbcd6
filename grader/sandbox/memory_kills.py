"""Whose memory ran out when the kernel killed a process: its own group's, or the machine's."""

from __future__ import annotations

import contextlib
from enum import Enum
from pathlib import Path

from .cgroups import Group, count_of

_VMSTAT = Path("/proc/vmstat")


class RanOut(Enum):
    """What ran out of memory."""

    LIMIT = "limit"
    MACHINE = "machine"


class MemoryKills:
    """Tells for what the kernel has killed a process since this was made.

    Args:
        group: the control group of the process, if there is one.

        limited: whether it cannot use more than its limit even without a group, because it is one
            process. Otherwise, what it took may itself be why the machine has none left.
    """

    def __init__(self, group: Group | None, limited: bool, vmstat: Path = _VMSTAT) -> None:
        self._group = group if group is not None and group.in_effect() else None
        if self._group is not None:
            self._group.forget_peak()
        self._limited = limited
        self._vmstat = vmstat
        self._before = self._counts()

    def ran_out(self) -> RanOut | None:
        """Return for what it was killed; None if the kernel killed nothing for lack of memory."""
        counts = zip(self._counts(), self._before, strict=True)
        killed, met = (now > before for now, before in counts)
        if not killed:
            return None
        if met:
            return RanOut.LIMIT
        return RanOut.MACHINE if self._group is not None or self._limited else None

    def _counts(self) -> tuple[int, int]:
        """Return how many processes were killed, and how often the group met its own limit.

        Without a group, those of the whole machine are counted.
        """
        if self._group is not None:
            return self._group.killed(), self._group.met()
        with contextlib.suppress(OSError):
            return count_of("oom_kill", self._vmstat.read_text()), 0
        return 0, 0
