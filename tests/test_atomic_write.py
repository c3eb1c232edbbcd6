from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from grader.atomic_write import write_all, write_whole

from .waiting import until


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    """Nothing half-written is ever seen, and nothing is left lying about."""
    path = tmp_path / "report.json"
    write_whole(path, b"old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


WRITER = """
import sys
from pathlib import Path
from grader.atomic_write import write_whole

path = Path(sys.argv[1])
for number in range(10**9):
    write_whole(path, f"{number % 10}".encode() * 300_000)
"""


def test_a_kill_at_any_instant_leaves_a_whole_file(tmp_path):
    """The old one or the new one, never a mixture."""
    path = tmp_path / "report.json"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for pause in (0.0, 0.013, 0.031):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], env=environment)
        until(path.exists)
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        content = path.read_bytes()
        path.unlink()

        assert len(content) == 300_000
        assert len(set(content)) == 1


def test_a_device_stays_a_device(tmp_path):
    """What is no file has nothing to be kept, and must not be replaced by one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_all({pipe: b"through"})

        assert os.read(reader, 100) == b"through"
        assert pipe.is_fifo()
    finally:
        os.close(reader)
