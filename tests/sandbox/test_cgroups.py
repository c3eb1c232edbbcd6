"""Control groups: bounds on all processes of a zygote together, where one may be made."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import cgroups
from grader.sandbox.cgroups import Group

from ..waiting import PATIENCE, until


@pytest.fixture
def group() -> Iterator[Group]:
    """Return a group of this machine's kernel."""
    made = Group.make()
    if made is None:
        pytest.skip("this user may make no control group with memory and pids here")
    yield made
    made.remove()


def run(group: Group, *program: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in *group*."""
    command = [sys.executable, "-I", "-c", "\n".join(program)]
    return subprocess.run(
        group.joined(command), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_a_process_is_in_its_group_from_the_start(group: Group) -> None:
    """What runs in a group sees itself and its children there."""
    group.bound(256 << 20, 32)
    done = run(group, "import os, time", "os.fork() or time.sleep(0.1)",
               "print(open('/proc/self/cgroup').read().count('/gradproof-'), end=' ')")  # fmt: skip

    assert set(done.stdout.split()) <= {"1", "2"} and done.stdout, done.stderr


def test_memory_is_bounded_for_all_together(group: Group) -> None:
    """Processes that are small alone are ended when they are too large together, and counted."""
    group.bound(96 << 20, 64)
    done = run(
        group,
        "import os, signal",
        "children = []",
        "for _ in range(4):",
        "    child = os.fork()",
        "    if child == 0:",
        "        open('/proc/self/oom_score_adj', 'w').write('1000')",
        "        held = bytearray(b'x') * (48 << 20)",
        "        signal.pause()",
        "    children.append(child)",
        "first, status = os.wait()",
        "[os.kill(child, 15) for child in children if child != first]",
        "print(status)",
    )

    assert done.stdout == "9\n", done.stderr
    assert group.killed() >= 1


def test_processes_are_bounded(group: Group) -> None:
    """A process that forks on and on gets no further than the bound."""
    group.bound(256 << 20, 8)
    done = run(
        group,
        "import os, signal",
        "made = []",
        "try:",
        "    while len(made) < 50:",
        "        made.append(os.fork() or signal.pause())",
        "except BlockingIOError:",
        "    pass",
        "[os.kill(one, 9) for one in made]",
        "print(len(made))",
    )

    assert 0 < int(done.stdout) < 8, done.stderr


def test_a_group_is_removed_with_what_is_left_in_it(group: Group) -> None:
    """Nothing stays behind in the kernel's tree."""
    process = subprocess.Popen(group.joined([sys.executable, "-I", "-c", "input()"]),
                               stdin=subprocess.PIPE)  # fmt: skip
    group.bound(256 << 20, 64)
    assert until(group.in_effect)

    process.kill()
    process.communicate()
    group.remove()

    assert not group.memory.exists() and not group.pids.exists()


# -- the kernel's two interfaces, in folders ------------------------------------------------------


def one_tree(root: Path, controllers: str = "cpu memory pids") -> Path:
    """Make a tree of the second version, of which a part is delegated; return its membership."""
    (root / "user.slice" / "me.scope").mkdir(parents=True)
    (root / "cgroup.controllers").write_text("cpu memory pids")
    (root / "user.slice" / "cgroup.subtree_control").write_text(controllers)
    membership = root / "membership"
    membership.write_text("0::/user.slice/me.scope\n")
    return membership


def two_trees(root: Path) -> Path:
    """Make the trees of the first version; return the membership."""
    (root / "memory" / "mine").mkdir(parents=True)
    (root / "pids").mkdir()
    membership = root / "membership"
    membership.write_text("8:pids:/\n4:memory:/mine\n0::/\n")
    return membership


def test_in_one_tree_a_group_is_made_beside_ours(tmp_path: Path) -> None:
    """A group that holds processes can have none below it, so the new one is its sibling."""
    group = Group.make(tmp_path, one_tree(tmp_path))
    assert group is not None

    group.bound(1 << 30, 99)

    assert group.memory == group.pids
    assert group.memory.parent == tmp_path / "user.slice"
    assert (group.memory / "memory.max").read_text() == str(1 << 30)
    assert (group.memory / "memory.swap.max").read_text() == "0"
    assert (group.pids / "pids.max").read_text() == "99"


def test_in_two_trees_a_group_is_made_in_each(tmp_path: Path) -> None:
    """Memory and pids have a tree each, and this process a place of its own in both."""
    group = Group.make(tmp_path, two_trees(tmp_path))
    assert group is not None

    group.bound(1 << 30, 99)

    assert (group.memory.parent, group.pids.parent) == (
        tmp_path / "memory" / "mine",
        tmp_path / "pids",
    )
    assert (group.memory / "memory.limit_in_bytes").read_text() == str(1 << 30)
    assert (group.pids / "pids.max").read_text() == "99"


@pytest.mark.parametrize("controllers", ["", "cpu", "memory", "cpu pids"])
def test_what_is_not_delegated_is_not_used(tmp_path: Path, controllers: str) -> None:
    """Without both controllers there is no group, and nobody is worse off."""
    assert Group.make(tmp_path, one_tree(tmp_path, controllers)) is None


def test_without_control_groups_there_is_none(tmp_path: Path) -> None:
    """On a machine without them, or without /proc, nothing is raised."""
    (tmp_path / "membership").write_text("0::/\n")

    assert Group.make(tmp_path / "missing", tmp_path / "membership") is None
    assert Group.make(tmp_path, tmp_path / "nowhere") is None


def test_groups_of_graders_that_are_gone_are_removed(tmp_path: Path) -> None:
    """A grader that was killed leaves its group to the next one to tidy up."""
    membership = one_tree(tmp_path)
    gone = tmp_path / "user.slice" / "gradproof-999999999-1"
    here = tmp_path / "user.slice" / f"gradproof-{os.getpid()}-0"
    gone.mkdir()
    here.mkdir()

    Group.make(tmp_path, membership)

    assert [gone.exists(), here.exists()] == [False, True]


def test_bounds_that_cannot_be_set_do_not_stand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A group without bounds is none, whoever is in it."""
    group = Group.make(tmp_path, one_tree(tmp_path))
    assert group is not None
    (group.memory / "cgroup.procs").write_text("1\n")
    (group.memory / "memory.max").mkdir()

    group.bound(1 << 30, 99)

    assert not group.in_effect()
    assert group.killed() == group.used() == 0
    assert cgroups.PREFIX in group.memory.name


@pytest.mark.parametrize("bounds", [(64, 256), (256, 64), (64, 256, 64, 512)])
def test_a_bound_may_be_raised_and_lowered(group: Group, bounds: tuple[int, ...]) -> None:
    """Submissions of one class may have different limits, and memory is never swapped."""
    for mebibytes in bounds:
        group.bound(mebibytes << 20, 99)

        assert group._bounds == (mebibytes << 20, 99)
        name = "memory.max" if group._unified else "memory.limit_in_bytes"
        assert int((group.memory / name).read_text()) == mebibytes << 20
        if (group.memory / "memory.memsw.limit_in_bytes").exists():
            both = int((group.memory / "memory.memsw.limit_in_bytes").read_text())
            assert both == mebibytes << 20


def test_a_lower_bound_waits_until_less_is_in_use(tmp_path: Path) -> None:
    """The kernel would kill somebody for what ended workers have not given back yet."""
    for name in ("memory.max", "pids.max", "memory.swap.max"):
        (tmp_path / name).touch()
    (tmp_path / "memory.current").write_text("200")
    group = Group(tmp_path, tmp_path)

    group.bound(300, 8)
    group.bound(100, 8)
    assert (tmp_path / "memory.max").read_text() == "300"

    (tmp_path / "memory.current").write_text("50")
    group.bound(100, 8)
    assert (tmp_path / "memory.max").read_text() == "100"
