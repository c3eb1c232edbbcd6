"""One more zygote for one more process that grades: a fork of the first where that is as good."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import Crashed
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.worker import walls

from ..conftest import Enrol
from ..waiting import until
from .test_zygote import is_running, process_of


@pytest.fixture(params=["bubblewrap", "private root"])
def first(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    """Return a zygote whose workers have namespaces of their own."""
    with Zygote(level=request.param) as zygote:
        if zygote.isolation.level != request.param:
            pytest.skip(f"{request.param} cannot be had here")
        yield zygote


def parent_of(pid: int) -> int:
    """Return the parent of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_another_zygote_is_a_fork_behind_the_same_walls(first: Zygote, enrol: Enrol) -> None:
    """It imports nothing again, and its walls are put to the test like those of any other."""
    with first.clone() as other:
        assert other.isolation == first.isolation
        assert enrol("def f(): return 1", other).f() == 1
        assert enrol("def f(): return 2", first).f() == 2
        forked = process_of(other).pid

        assert Path(f"/proc/{forked}/cmdline").read_bytes().count(b"_gradproof_worker")
        assert parent_of(forked) != os.getpid()

    assert until(lambda: not is_running(forked))
    assert enrol("def f(): return 3", first).f() == 3


def test_another_zygote_has_a_bound_of_its_own_on_memory(first: Zygote, enrol: Enrol) -> None:
    """Its workers are counted in its own control group, not in the first one's."""
    if not first.isolation.layers["control group"]:
        pytest.skip("no control group can be made here")
    with first.clone() as other:
        assert enrol("def f(): return 1", other).f() == 1
        assert first._launched is not None
        assert other._launched is not None
        mine, its = first._launched.group, other._launched.group
        assert mine is not None
        assert its is not None

        members = (its.memory / "cgroup.procs").read_text().split()
        assert str(process_of(other).pid) in members
        assert str(process_of(other).pid) not in (mine.memory / "cgroup.procs").read_text().split()
        assert len(members) > 1

    assert not its.memory.exists()


def test_another_zygote_that_died_is_started_anew(first: Zygote, enrol: Enrol) -> None:
    """It may die with the first one, or alone; the next worker comes from a new one."""
    with first.clone() as other:
        student = enrol("def f(): return 1", other)
        assert student.f() == 1

        os.kill(process_of(other).pid, signal.SIGKILL)

        assert until(lambda: not is_running(process_of(other).pid))
        # the kernel ends the worker with its zygote, a moment later
        assert until(lambda: has_crashed(student))
        assert enrol("def f(): return 2", other).f() == 2
        assert enrol("def f(): return 3", first).f() == 3


def has_crashed(student: ModuleProxy) -> bool:
    """Whether the worker behind *student* has ended."""
    try:
        student.f()
    except Crashed:
        return True
    return False


def test_a_fork_ends_with_the_first_zygote(first: Zygote) -> None:
    """Nothing of it is left when the grader is killed, and the first zygote with it."""
    with first.clone() as other:
        assert other.ready
        forked = process_of(other).pid

        os.kill(process_of(first).pid, signal.SIGKILL)

        assert until(lambda: not is_running(forked))


def test_without_namespaces_another_zygote_is_another_user(bare_zygote: Zygote) -> None:
    """Only that keeps the workers of two submissions from each other there."""
    with bare_zygote.clone() as other:
        assert other.ready
        assert other._launched is not None
        assert bare_zygote._launched is not None

        assert walls.NAMESPACES not in walls.LEVELS[other.isolation.level]
        assert parent_of(process_of(other).pid) == os.getpid()
        if bare_zygote._launched.user is not None:
            assert other._launched.user != bare_zygote._launched.user
