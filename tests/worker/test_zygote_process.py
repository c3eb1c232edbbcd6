"""What a zygote finds out once, for all of its workers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.worker import walls
from grader.worker import zygote_process as zygote

if sys.platform != "linux":
    pytest.skip("a zygote needs Linux", allow_module_level=True)


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """Forget what was found out before."""
    zygote._namespaces_work.cache_clear()
    yield
    zygote._namespaces_work.cache_clear()


@pytest.mark.parametrize("answer", [True, False])
def test_namespaces_are_tried_by_a_process_of_their_own(
    monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    """Whatever comes of it, and wherever it leaves off, the zygote is where it was."""
    places = [Path(f"/proc/self/ns/{kind}") for kind in ("user", "net", "mnt")]
    here = [place.readlink() for place in places]
    real = walls.enter_namespaces
    monkeypatch.setattr(walls, "enter_namespaces", lambda: (real(), answer)[1])

    assert zygote._namespaces_work() is answer
    assert here == [place.readlink() for place in places]


def test_without_any_wall_none_is_claimed() -> None:
    """At the level that has none, nothing is put up and nothing reported."""
    order = zygote.Order("off", memory_mb=64, disk_mb=1, seconds=1.0, processes=0)

    assert zygote.isolate(order, False, Path("/nowhere")) == {}
    assert not any(order.wants(wall) for wall in ("root", "namespaces", "landlock", "filter"))


def test_a_zygote_whose_grader_is_gone_warms_nothing_up():
    """Killed before the kernel knew whom to tell, it leaves no process that imports for seconds."""
    program = """
import socket
from grader.worker import zygote_process as zygote

def warm_up(frameworks):
    print("warm")
    ours.close()

zygote.warm_up = warm_up
ours, theirs = socket.socketpair()
{before}
zygote.main(theirs.detach(), (), "off", None)
"""
    said = [
        subprocess.run(
            [sys.executable, "-c", program.format(before=before)],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for before in ("ours.close()", "")
    ]

    assert said == ["", "warm\n"]
