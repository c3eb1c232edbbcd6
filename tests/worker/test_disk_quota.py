from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.worker import disk_quota as quota

if not sys.platform.startswith("linux"):
    pytest.skip("only Linux has handles of processes", allow_module_level=True)

_MIB = 1 << 20


def watched(code: str, folder: Path, size: int = 4 * _MIB) -> tuple[bool, int]:
    """Run *code* in *folder*; return whether its files were too many, and how it ended."""
    with subprocess.Popen([sys.executable, "-I", "-S", "-c", code], cwd=folder) as process:
        handle = os.pidfd_open(process.pid)
        try:
            full = quota.watch(process.pid, handle, folder, size)
        finally:
            os.close(handle)
    return full, process.returncode


FLOODS = {
    "one file": "file = open('f', 'wb')\nwhile True: file.write(bytes(1 << 20))",
    "many files": "for n in range(100): open(f'f{n}', 'wb').write(bytes(1 << 20))",
    "files below": "import os\nos.makedirs('a/b')\n"
    "for n in range(100): open(f'a/b/f{n}', 'wb').write(bytes(1 << 20))",
    "files without a name": "import os\nkept = []\nwhile len(kept) < 100:\n"
    "    kept.append(open('f', 'wb'))\n    os.unlink('f')\n    kept[-1].write(bytes(1 << 20))",
    "empty files": "for n in range(10_000): open(f'f{n}', 'wb').close()",
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
def test_a_flood_of_files_is_ended(flood: str, tmp_path: Path) -> None:
    """Whatever they are called, and whether they have a name and hold anything or not."""
    assert watched(f"{flood}\nimport time; time.sleep(600)", tmp_path) == (True, -signal.SIGKILL)


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENAMETOOLONG])
def test_a_folder_that_cannot_be_looked_into_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """What is in it cannot be counted: it was made to be closed, or too deep."""

    def refused(_path: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "scandir", refused)

    assert watched("import time; time.sleep(600)", tmp_path) == (True, -signal.SIGKILL)


def test_what_is_within_the_limit_goes_on_to_its_own_end(tmp_path: Path) -> None:
    """Links count as what they are, and files that come and go do no harm."""
    big = tmp_path / "big"
    big.write_bytes(bytes(8 * _MIB))
    own = tmp_path / "own"
    own.mkdir()
    code = (
        "import os, time\n"
        "os.symlink('../big', 'link'); os.symlink('..', 'folder')\n"
        "open('kept', 'wb').write(bytes(2 << 20))\n"
        "end = time.monotonic() + 0.3\n"
        "while time.monotonic() < end:\n"
        "    os.mkdir('a'); open('a/b', 'wb').close(); os.unlink('a/b'); os.rmdir('a')\n"
        "raise SystemExit(7)"
    )

    assert watched(code, own) == (False, 7)
