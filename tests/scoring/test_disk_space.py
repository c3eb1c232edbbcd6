"""Disks that are full, read-only or left untidy by runs that were killed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.atomic_write import write_whole
from grader.errors import InternalError
from grader.scoring.disk_space import not_written, room_for_results


@pytest.fixture
def mounted(tmp_path):
    """Return a function that mounts an empty disk of some bytes, with options."""
    places = []

    def mount(options):
        place = tmp_path / f"disk{len(places)}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except OSError as error:
            pytest.skip(f"there is no mount here: {error}")
        if done.returncode:
            pytest.skip(f"only the superuser may mount: {done.stderr.decode().strip()}")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_with_too_little_left_is_told_with_what_is_needed(mounted):
    """More learners need more."""
    root = mounted("size=8m") / "results"

    with room_for_results(root, 10):
        pass
    with (
        pytest.raises(InternalError, match="8 MiB left, but results may need 11 MiB"),
        room_for_results(root, 100),
    ):
        pytest.fail("it must not begin")
    assert list(root.iterdir()) == []


def test_a_read_only_disk_is_told(mounted):
    """Also when the directory for results is there."""
    with (
        pytest.raises(InternalError, match=r"cannot be written: Read-only.*Nothing was graded"),
        room_for_results(mounted("ro"), 1),
    ):
        pytest.fail("it must not begin")


@pytest.mark.parametrize("there", [0, 4096, 12_288, 65_536])
def test_a_disk_that_is_full_leaves_what_was_there(mounted, there):
    """However much of the new file there is room for."""
    disk = mounted("size=64k")
    path = disk / "report.json"
    write_whole(path, b"old")
    (disk / "other").write_bytes(bytes(max(0, 65_536 - 4096 - there)))
    new = b"n" * 50_000
    with contextlib.suppress(InternalError), not_written(path, "Nothing is lost."):
        write_whole(path, new)

    assert path.read_bytes() == (new if there >= 50_000 else b"old")
    assert sorted(entry.name for entry in disk.iterdir()) == ["other", "report.json"]


def test_what_a_killed_run_left_is_removed(tmp_path):
    """Half-written files, and nothing else."""
    places = [tmp_path, tmp_path / "warmup", tmp_path / "warmup" / "ada"]
    places[-1].mkdir(parents=True)
    for place in places:
        (place / ".abc.tmp").write_text("half")
        (place / "kept").write_text("")
        (place / ".kept").write_text("")
    with room_for_results(tmp_path, 1):
        left = {path.name for path in tmp_path.rglob("*") if path.is_file()}

    assert left == {"kept", ".kept"}


def test_what_another_run_is_writing_stays(tmp_path):
    """Two runs side by side do not take each other's files away."""
    half = tmp_path / ".abc.tmp"
    with room_for_results(tmp_path, 1):
        half.write_text("half")
        with room_for_results(tmp_path, 1):
            assert half.exists()
    with room_for_results(tmp_path, 1):
        assert not half.exists()


def test_a_run_that_was_killed_holds_nothing_up(tmp_path):
    """Its lock goes with it."""
    program = (
        "import os, sys; from pathlib import Path; "
        "from grader.scoring.disk_space import room_for_results; "
        "room = room_for_results(Path(sys.argv[1]), 1); room.__enter__(); os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=environment, check=False)
    (tmp_path / ".abc.tmp").write_text("half")
    with room_for_results(tmp_path, 1):
        left = list(tmp_path.iterdir())

    assert left == []
    assert Path(tmp_path).is_dir()
