"""Each wall alone, in a process of its own that attempts all that is forbidden."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from grader.sandbox.isolation_tests import Targets
from grader.worker import landlock, walls

from ..waiting import PATIENCE

if sys.platform != "linux":
    pytest.skip("walls need Linux", allow_module_level=True)

ROOT = Path(walls.__file__).parents[2]
FILES = "files of the grader unreadable"
WRITES = "nothing written elsewhere"
MEMORY = "grader's memory unreadable"
SIGNALS = "no signals to others"
FORKS = "no new processes"
ALL = {FILES, WRITES, "no network", MEMORY, SIGNALS, FORKS, "memory limit", "disk limit"}

PROGRAM = """
import json, os, sys
from pathlib import Path
from grader.worker import landlock, seccomp, walls
from grader.worker import private_root as privateroot
from grader.worker import self_test as selftest
targets, home, said = json.loads(sys.argv[1]), Path.cwd(), os.dup(1)
def tell(done):
    os.write(said, json.dumps(done).encode())
    os._exit(0)
def alone():
    return landlock.restrict(walls.readable(Path(walls.__file__).parent), home, [])
{wall}
tell(selftest.attempt(targets))
"""

WALLS = {
    "none": "",
    "Landlock": "walls.drop_privileges()\nassert alone()",
    "filter": "walls.drop_privileges()\nassert seccomp.refuse_calls()",
    "limits": "assert walls.limit_resources(walls.address_space(256), 9, 1 << 20, 1024)",
    "namespaces": """
assert walls.enter_namespaces()
if os.fork():
    os._exit(os.wait()[1] != 0)
assert walls.private_scratch(str(home), 1 << 20)
""",
    "private root": """
privateroot.enter(Path(walls.__file__).parent, os.dup(2), as_superuser=os.getuid() == 0)
os.chdir(walls.SCRATCH)
""",
}

#: by wall, the layers that it makes, and acts that it lets through of layers that it makes in part
MAKES: dict[str, tuple[set[str], dict[str, list[str]]]] = {
    "none": (set(), {}),
    "Landlock": ({FILES, WRITES, MEMORY, SIGNALS}, {"no network": ["UDP"]}),
    "filter": ({"no network", SIGNALS, FORKS}, {}),
    "limits": ({"memory limit"}, {}),
    "namespaces": ({"no network", MEMORY, SIGNALS, "disk limit"}, {}),
    "private root": ({FILES, WRITES, "no network", MEMORY, SIGNALS}, {}),
}


def attempt(directory: Path, wall: str) -> tuple[dict[str, list[str]], str]:
    """Return the acts that succeeded behind *wall*, by layer, and what it said on stderr."""
    home = directory / "home"
    home.mkdir()
    targets = Targets(directory)
    request: dict[str, Any] = targets.request()
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(wall=wall), json.dumps(request)],
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return (json.loads(done.stdout) if done.stdout else {}), done.stderr.decode()
    finally:
        targets.close()


@pytest.mark.parametrize("wall", WALLS)
def test_what_each_wall_stops_alone(tmp_path: Path, wall: str) -> None:
    """Without walls, every act succeeds; each wall makes some of them fail."""
    if wall == "Landlock" and landlock.abi() < 6:
        pytest.skip(f"this kernel's Landlock has version {landlock.abi()}, not 6")
    done, said = attempt(tmp_path, WALLS[wall])
    if not done and wall in ("namespaces", "private root"):
        pytest.skip(f"{wall} cannot be had here: {said.splitlines()[-1]}")
    made, partly = MAKES[wall]

    assert {layer for layer, acts in done.items() if not acts} >= made
    assert {layer: done[layer] for layer in partly} == partly
    if wall == "none":
        assert {layer for layer, acts in done.items() if acts} == ALL


@pytest.mark.parametrize(("version", "through"), [(1, ["TCP", "UDP", "an abstract socket"]),
                                                  (4, ["UDP", "an abstract socket"])])  # fmt: skip
def test_an_older_kernel_refuses_less(tmp_path: Path, version: int, through: list[str]) -> None:
    """Where Landlock is older, it stands all the same and stops what it knows: files at least."""
    if landlock.abi() < version:
        pytest.skip(f"this kernel's Landlock has version {landlock.abi()}")
    old = f"landlock.abi = lambda: {version}\n"

    done, said = attempt(tmp_path, old + WALLS["Landlock"])

    assert [done[layer] for layer in (FILES, WRITES)] == [[], []], said
    assert done["no network"] == through


def test_without_landlock_no_wall_is_claimed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A kernel that knows no Landlock, or another system, is told apart from one that does."""
    monkeypatch.setattr(sys, "platform", "darwin")

    assert landlock.abi() == 0
    assert landlock.restrict([], tmp_path) is False


def test_a_worker_sees_no_more_than_python_needs() -> None:
    """Landlock's list has the parts of /usr but for the sources that images keep there."""
    shown = walls.readable(Path("/package"))

    assert Path("/usr/lib") in shown
    assert not {Path("/usr"), Path("/usr/src"), Path("/"), Path("/etc"), Path.home()} & set(shown)
    assert shown[-1] == Path("/package")


def test_bubblewrap_lets_another_user_through(tmp_path: Path) -> None:
    """Every folder on the way to what is shown can be passed through by whoever is inside."""
    command = walls.bubblewrap(tmp_path / "package", as_superuser=True)
    pairs = list(itertools.pairwise(command))

    assert ("--dir", walls.PACKAGE_HOME) in pairs
    assert ("--cap-add", "CAP_SETUID") in pairs
    assert "--unshare-all" not in command
    for root in walls.python_roots():
        if not root.is_relative_to("/usr"):
            assert all(("--dir", str(parent)) in pairs for parent in list(root.parents)[:-1])


def test_the_limit_of_one_process_is_on_all_its_memory(tmp_path: Path) -> None:
    """Small pieces, of which each alone is allowed, meet the limit together."""
    wall = WALLS["limits"] + dedent("""
        pieces, size = [], 0
        try:
            while size < 1024: pieces.append(bytearray(16 << 20)); size += 16
        except MemoryError:
            pass
        del pieces
        tell(size)
    """)

    size, _said = attempt(tmp_path, wall)

    assert 128 <= int(str(size)) <= 256
