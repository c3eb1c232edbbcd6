"""A control group that limits the memory and number of a zygote's processes, all together.

Creating one needs permission: as root, or where systemd has delegated a part of the tree. Both
versions of the kernel's interface are supported.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

MOUNTED = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")
PREFIX = "gradproof-"
_JOIN = 'for group in "$1" "$2"; do echo $$ >"$group/cgroup.procs"; done 2>&-; shift 2; exec "$@"'
#: so near to the limit, in bytes, there was no room for more
_NEAR = 1 << 20
_numbers = itertools.count(1)


@dataclass
class Group:
    """A control group: one directory for both limits, or with the kernel's version 1, two.

    Attributes:
        memory: the directory that limits memory.

        pids: the directory that limits the number of processes and threads.
    """

    memory: Path
    pids: Path
    _bounds: tuple[int, int] = (0, 0)

    @classmethod
    def make(cls, mounted: Path = MOUNTED, membership: Path = MEMBERSHIP) -> Group | None:
        """Create a group next to or below this process's own; None if that is not permitted."""
        parents = _parents(mounted, membership)
        if parents is None:
            return None
        name = f"{PREFIX}{os.getpid()}-{next(_numbers)}"
        group = cls(parents[0] / name, parents[1] / name)
        try:
            for parent in parents:
                remove_abandoned(parent)
                (parent / name).mkdir(exist_ok=True)
        except OSError:
            group.remove()
            return None
        return group

    def joined(self, command: list[str]) -> list[str]:
        """Return a command that joins the group and then runs *command*."""
        return ["/bin/sh", "-c", _JOIN, "sh", str(self.memory), str(self.pids), *command]

    def take(self, pid: int) -> None:
        """Move a process into the group, with all processes it starts from now on."""
        with contextlib.suppress(OSError):
            for path in {self.memory, self.pids}:
                (path / "cgroup.procs").write_text(str(pid))

    def in_effect(self) -> bool:
        """Whether both limits are set and the group has processes."""
        return all(self._bounds) and bool(_number_of_lines(self.memory / "cgroup.procs"))

    def bound(self, memory: int, pids: int) -> None:
        """Limit the group's memory in bytes, and its number of processes and threads.

        If the kernel refuses a limit, :meth:`in_effect` stays false. While more is in use than a
        lower limit allows, the one before stays: the kernel would kill for it.
        """
        if self._bounds == (memory, pids) or self._bounds[0] > memory <= self.used():
            return
        self._bounds = (0, 0)
        # The kernel takes no limit on memory that is above the one on memory and swap. So when both
        # become higher, this is the first; when both become lower, the last.
        self._keep_from_swapping(memory)
        with contextlib.suppress(OSError):
            name = "memory.max" if self._unified else "memory.limit_in_bytes"
            (self.memory / name).write_text(str(memory))
            (self.pids / "pids.max").write_text(str(pids))
            self._bounds = (memory, pids)
        self._keep_from_swapping(memory)

    def _keep_from_swapping(self, memory: int) -> None:
        """Have no memory over the limit swapped to disk. Not every kernel can."""
        with contextlib.suppress(OSError):
            if self._unified:
                (self.memory / "memory.swap.max").write_text("0")
            else:
                (self.memory / "memory.memsw.limit_in_bytes").write_text(str(memory))

    def used(self) -> int:
        """Return the memory in use, in bytes."""
        name = "memory.current" if self._unified else "memory.usage_in_bytes"
        try:
            return int((self.memory / name).read_text())
        except (OSError, ValueError):
            return 0

    def killed(self) -> int:
        """Return how many of its processes the kernel killed because memory had run out.

        Perhaps not this group's: also that of a group around it, or of the whole machine.
        """
        return self._count("oom_kill", "memory.events" if self._unified else "memory.oom_control")

    def met(self) -> int:
        """Return how often it needed more memory than its own limit.

        In the kernel's version 1: whether it did, since :meth:`forget_peak`.
        """
        if self._unified:
            return self._count("oom", "memory.events")
        # There, memory.failcnt no longer counts.
        peak = self._count("", "memory.max_usage_in_bytes")
        return int(0 < self._bounds[0] <= peak + _NEAR)

    def forget_peak(self) -> None:
        """Let :meth:`met` know nothing of processes that have ended."""
        if not self._unified:
            with contextlib.suppress(OSError):
                (self.memory / "memory.max_usage_in_bytes").write_text("0")

    def _count(self, word: str, name: str) -> int:
        with contextlib.suppress(OSError):
            return count_of(word, (self.memory / name).read_text())
        return 0

    def remove(self) -> None:
        """Kill the remaining processes and remove the group."""
        with contextlib.suppress(OSError):
            if self._unified:
                (self.memory / "cgroup.kill").write_text("1")
        remove_killed(self.memory, self.pids)

    @property
    def _unified(self) -> bool:
        return self.memory == self.pids


def count_of(word: str, text: str) -> int:
    """Return the number after *word* in a file of the kernel's, or its only number; 0 if none."""
    for line in text.splitlines():
        before, _, number = line.rpartition(" ")
        if before == word and number.isdigit():
            return int(number)
    return 0


def _parents(mounted: Path, membership: Path) -> tuple[Path, Path] | None:
    """Return the directories in which groups for memory and for pids can be created."""
    own = own_groups(membership)
    if not own:
        return None
    if (mounted / "cgroup.controllers").exists():
        # Beside this process's own group: one that holds processes can have none below it.
        parent = mounted / own.get("", "/").lstrip("/")
        parent = parent.parent if parent != mounted else parent
        with contextlib.suppress(OSError):
            if {"memory", "pids"} <= set((parent / "cgroup.subtree_control").read_text().split()):
                return parent, parent
        return None
    found = []
    for kind in ("memory", "pids"):
        place = mounted / kind / own.get(kind, "/").lstrip("/")
        # In a container, the root of the tree may be the container's own group.
        found.append(place if place.is_dir() else mounted / kind)
    return (found[0], found[1]) if all(path.is_dir() for path in found) else None


def own_groups(membership: Path = MEMBERSHIP) -> dict[str, str]:
    """Return the groups that this process is in, by what they control; empty for version 2."""
    with contextlib.suppress(OSError):
        lines = (line.split(":", 2) for line in membership.read_text().splitlines())
        return {name: path for _, kinds, path in lines for name in kinds.split(",")}
    return {}


def remove_abandoned(parent: Path) -> None:
    """Remove the groups of graders that were killed before they could clean up."""
    for path in parent.glob(f"{PREFIX}*"):
        owner = path.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", owner).exists():
            _is_left(path)


def remove_killed(*groups: Path) -> None:
    """Remove the directories of groups whose processes have been killed."""
    for _attempt in range(50):
        if not any(_is_left(path) for path in groups):
            return
        # Killed processes need a moment to disappear.
        time.sleep(0.01)


def _is_left(path: Path) -> bool:
    """Remove a group's directory and those in it; return whether it is still there."""
    for inside in path.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            inside.rmdir()
    with contextlib.suppress(OSError):
        path.rmdir()
    return path.exists()


def _number_of_lines(path: Path) -> int:
    try:
        return len(path.read_text().splitlines())
    except OSError:
        return 0
