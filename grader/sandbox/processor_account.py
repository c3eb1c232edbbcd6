"""A control group that counts what a worker and all its children use of the processors.

The kernel's accounts of processes lack children that ended without being waited for. Where a group
may be made, nothing is lost; it limits nothing.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .cgroups import (
    MEMBERSHIP,
    MOUNTED,
    PREFIX,
    Group,
    count_of,
    own_groups,
    remove_abandoned,
    remove_killed,
)
from .processor_time import LinuxMeter, Meter, parent_of

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Account:
    """The directory of such a group."""

    folder: Path

    @classmethod
    def of(
        cls,
        pid: int,
        group: Group | None,
        mounted: Path = MOUNTED,
        membership: Path = MEMBERSHIP,
    ) -> Account | None:
        """Move the process *pid* into a group of its own; None if that is not permitted.

        Args:
            group: what limits the process, and goes on to do so.
        """
        parent = _parent(group, mounted, membership)
        if parent is None:
            return None
        account = cls(parent / f"{PREFIX}{os.getpid()}-of-{next(_numbers)}")
        try:
            remove_abandoned(parent)
            account.folder.mkdir()
            (account.folder / "cgroup.procs").write_text(str(pid))
        except OSError:
            account.close()
            return None
        return account

    def seconds(self) -> float:
        """Return the processor time of all that was ever in the group; 0 if it is not known."""
        with contextlib.suppress(OSError):
            return count_of("", (self.folder / "cpuacct.usage").read_text()) * 1e-9
        with contextlib.suppress(OSError):
            return count_of("usage_usec", (self.folder / "cpu.stat").read_text()) * 1e-6
        return 0.0

    def close(self) -> None:
        """Remove the group, whose processes have been killed."""
        remove_killed(self.folder)


def meter_of_all(
    pid: int, group: Group | None, kill: Callable[[], None]
) -> tuple[Meter, Callable[[], None]]:
    """Return what measures the worker *pid* with its children, and what to kill it with.

    Args:
        group: what limits the worker.

        kill: kills the worker and its children.
    """
    # What a process leaves behind when it ends becomes a child of who watches over the worker.
    meter = LinuxMeter(pid, parent_of(pid))
    account = Account.of(pid, group)
    if account is None:
        return meter, kill
    meter.count_by(account.seconds)

    def kill_and_close() -> None:
        kill()
        account.close()

    return meter, kill_and_close


def _parent(group: Group | None, mounted: Path, membership: Path) -> Path | None:
    """Return the directory in which a group that counts can be made."""
    if (mounted / "cgroup.controllers").exists():
        # In the kernel's version 2, whoever is moved elsewhere leaves its limits.
        return group.memory if group is not None else None
    place = mounted / "cpuacct" / own_groups(membership).get("cpuacct", "/").lstrip("/")
    # In a container, the root of the tree may be the container's own group.
    found = (path for path in (place, mounted / "cpuacct") if path.is_dir())
    return next(found, None)
