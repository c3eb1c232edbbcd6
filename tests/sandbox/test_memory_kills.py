"""Whether a process was killed for what it needed itself, or for what others did."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.errors import Crashed, MachineBusy
from grader.exercise import Limits
from grader.sandbox.cgroups import MOUNTED, Group
from grader.sandbox.memory_kills import MemoryKills, RanOut
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.worker_process import deadline_in
from grader.sandbox.zygote import Zygote

Enrol = Callable[..., ModuleProxy]
MANY = 1 << 30
FEW = 96 << 20


@pytest.fixture
def nested(tmp_path: Path) -> Iterator[tuple[Group, Group]]:
    """Return a group of this machine's kernel, and one inside it."""
    outer = Group.make()
    if outer is None:
        pytest.skip("this user may make no control group with memory and pids here")
    memory = "/" + str(outer.memory.relative_to(MOUNTED))
    lines = f"0::{memory}/any\n"
    if outer.memory != outer.pids:
        memory = "/" + str(outer.memory.relative_to(MOUNTED / "memory"))
        pids = "/" + str(outer.pids.relative_to(MOUNTED / "pids"))
        lines = f"8:pids:{pids}\n4:memory:{memory}\n0::/\n"
    with contextlib.suppress(OSError):  # there is no such file in the kernel's first version
        (outer.memory / "cgroup.subtree_control").write_text("+memory +pids")
    membership = tmp_path / "membership"
    membership.write_text(lines)
    inner = Group.make(membership=membership)
    assert inner is not None
    assert inner.memory.parent == outer.memory
    yield outer, inner
    inner.remove()
    outer.remove()


@pytest.mark.parametrize(
    ("around", "own", "blamed"), [(MANY, FEW, RanOut.LIMIT), (FEW, MANY, RanOut.MACHINE)]
)
def test_who_had_no_memory_left_is_told_by_the_kernels_counts(
    nested: tuple[Group, Group], around: int, own: int, blamed: RanOut
) -> None:
    """A group around the own one stands for the machine: both kill in the same way."""
    outer, inner = nested
    outer.bound(around, 64)
    inner.bound(own, 64)
    hold = "input(); held = bytearray(b'x') * (400 << 20)"
    process = subprocess.Popen(
        inner.joined([sys.executable, "-I", "-c", f"print(flush=True); {hold}"]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    kills = MemoryKills(inner, limited=True)
    before = kills.ran_out()
    process.communicate(b"\n")

    assert (before, process.returncode, kills.ran_out()) == (None, -9, blamed)


def in_folder(folder: Path, unified: bool, met: int, killed: int) -> Group:
    """Return a group that the kernel says this of."""
    names = ("one", "one") if unified else ("memory", "pids")
    group = Group(*(folder / name for name in names))
    for path in (group.memory, group.pids):
        path.mkdir(exist_ok=True)
    (group.memory / "cgroup.procs").write_text("1\n")
    (group.memory / "memory.events").write_text(f"max 9\noom {met}\noom_kill {killed}\n")
    (group.memory / "memory.oom_control").write_text(f"under_oom 0\noom_kill {killed}\n")
    peak = MANY - 4096 if met > 3 else MANY // 2
    (group.memory / "memory.max_usage_in_bytes").write_text(f"{peak}\n")
    group.bound(MANY, 9)
    return group


@pytest.mark.parametrize("unified", [True, False])
@pytest.mark.parametrize(
    ("met", "killed", "blamed"),
    [(0, 0, None), (1, 0, None), (1, 1, RanOut.LIMIT), (0, 1, RanOut.MACHINE)],
)
def test_both_interfaces_of_the_kernel_tell_it(
    tmp_path: Path, unified: bool, met: int, killed: int, blamed: RanOut | None
) -> None:
    """What was counted before the process began says nothing about it."""
    kills = MemoryKills(in_folder(tmp_path, unified, 3, 2), limited=True)
    in_folder(tmp_path, unified, 3 + met, 2 + killed)

    assert kills.ran_out() is blamed


@pytest.mark.parametrize("limited", [True, False])
def test_without_a_group_the_machines_count_tells_it(tmp_path: Path, limited: bool) -> None:
    """One process cannot pass its limit; several may have used up the machine themselves."""
    vmstat = tmp_path / "vmstat"
    vmstat.write_text("pgfault 3\noom_kill 5\n")
    kills = MemoryKills(None, limited, vmstat)
    before = kills.ran_out()
    vmstat.write_text("pgfault 9\noom_kill 6\n")

    assert (before, kills.ran_out()) == (None, RanOut.MACHINE if limited else None)


def test_where_nothing_is_counted_nothing_is_said(tmp_path: Path) -> None:
    """Neither a missing file nor a group that holds no process blames anybody."""
    nowhere = tmp_path / "nowhere"
    kills = MemoryKills(Group(nowhere, nowhere), limited=True, vmstat=nowhere)

    assert kills.ran_out() is None


# -- a worker --------------------------------------------------------------------------------------

HOLDS = "import numpy\ndef f(): return numpy.ones(100 << 20).sum()"


@pytest.fixture
def crowded(
    nested: tuple[Group, Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Zygote]:
    """Return a zygote on a machine with less memory than a worker may use."""
    outer, _inner = nested
    make = Group.make
    monkeypatch.setattr(Group, "make", lambda: make(membership=tmp_path / "membership"))
    outer.bound(600 << 20, 2000)
    with Zygote() as zygote:
        if not zygote.isolation.layers["control group"]:
            pytest.skip("the zygote has no control group here")
        yield zygote


def test_a_worker_killed_because_the_machine_has_no_memory_is_not_blamed(
    enrol: Enrol, crowded: Zygote
) -> None:
    """It needed less than it was promised, and the machine had not even that."""
    student = enrol(HOLDS, crowded, limits=Limits(seconds=60, memory_mb=4096))

    with pytest.raises(MachineBusy, match="the machine had no memory left"):
        student.f()


@pytest.mark.parametrize(
    ("ran_out", "error", "message"),
    [
        (None, Crashed, "was killed by SIGKILL"),
        (RanOut.LIMIT, Crashed, "needed more than 512 MiB of memory"),
        (RanOut.MACHINE, MachineBusy, "the machine had no memory left"),
    ],
)
def test_a_worker_that_was_killed_says_for_what(
    zygote: Zygote,
    monkeypatch: pytest.MonkeyPatch,
    ran_out: RanOut | None,
    error: type[Exception],
    message: str,
) -> None:
    """By the limit it met, by the machine, or by whatever else: only then by name."""
    worker = zygote.worker(Limits(memory_mb=512), 60)
    monkeypatch.setattr(MemoryKills, "ran_out", lambda self: ran_out)
    os.kill(worker.meter._pid, signal.SIGKILL)  # type: ignore[attr-defined]

    with pytest.raises(error, match=message):
        worker.request("begin", {}, deadline_in(60))
    assert not worker.alive
