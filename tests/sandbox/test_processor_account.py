"""The control group that counts what a worker and its children use of the processors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.cgroups import Group
from grader.sandbox.processor_account import Account
from grader.sandbox.processor_time import LinuxMeter

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's accounts")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder in which the kernel's tree of groups would be."""
    (tmp_path / "mine").write_text("4:memory:/box\n2:cpu,cpuacct:/box\n0::/\n")
    return tmp_path


def test_a_group_of_version_1_counts_in_a_tree_of_its_own(tree: Path) -> None:
    """In nanoseconds; the limits stay where they are."""
    (tree / "cpuacct/box").mkdir(parents=True)
    account = Account.of(7, None, tree, tree / "mine")

    assert account is not None
    assert account.folder.parent == tree / "cpuacct/box"
    assert (account.folder / "cgroup.procs").read_text() == "7"
    (account.folder / "cpuacct.usage").write_text("1500000000\n")
    assert account.seconds() == 1.5


def test_a_group_of_version_2_counts_within_the_one_that_limits(tree: Path) -> None:
    """In microseconds; without one that limits, there is none: it would lead out of others."""
    (tree / "cgroup.controllers").write_text("memory pids\n")
    (tree / "limits").mkdir()
    account = Account.of(7, Group(tree / "limits", tree / "limits"), tree, tree / "mine")

    assert account is not None
    assert account.folder.parent == tree / "limits"
    (account.folder / "cpu.stat").write_text("usage_usec 2500000\nuser_usec 1\n")
    assert account.seconds() == 2.5
    assert Account.of(7, None, tree, tree / "mine") is None


def test_without_a_tree_there_is_no_account(tree: Path) -> None:
    """Nor where nothing may be made in it."""
    assert Account.of(7, None, tree, tree / "mine") is None
    (tree / "cpuacct").write_text("")
    assert Account.of(7, None, tree, tree / "missing") is None


def test_an_account_that_is_gone_says_nothing(tree: Path) -> None:
    """A sum that was seen before stays."""
    assert Account(tree / "gone").seconds() == 0.0


def test_a_limiting_group_is_removed_with_the_accounts_in_it(tmp_path: Path) -> None:
    """A worker that was never stopped leaves one behind."""
    group = Group(tmp_path / "limits", tmp_path / "pids")
    account = Account(group.memory / "gradproof-1-of-1")
    account.folder.mkdir(parents=True)

    group.remove()

    assert not group.memory.exists()


@linux
def test_what_was_used_before_the_account_began_stays_used() -> None:
    """The account counts from there."""
    burn = "import sys, time\nwhile time.process_time() < 0.3: pass\nprint(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", burn], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        meter, counted = LinuxMeter(process.pid), [5.0]
        meter.count_by(lambda: counted[0])
        first = meter.read()
        counted[0] = 7.0
        second = meter.read()
        process.kill()

    assert first is not None and second is not None
    assert first.seconds >= 0.3
    assert second.seconds - first.seconds == pytest.approx(2.0, abs=0.3)
