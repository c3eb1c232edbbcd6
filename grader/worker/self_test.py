"""The worker's part of the isolation test: attempt everything that submissions must not do.

All attempts are real; a layer holds if its attempts fail. The grader provides the targets and
examines what arrived (``sandbox/isolation_tests.py``).
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

_PTRACE_SEIZE = 0x4206


def attempt(targets: dict[str, Any]) -> dict[str, list[str]]:
    """Attempt everything except running a program; return the successful attempts, by layer.

    Args:
        targets: ``files`` to read and a file to ``write``; the ``grader``'s process number;
            ``tcp`` and ``udp`` ports of this machine; ``unix``, an abstract socket; the ``token``
            to send there; ``memory`` and ``disk``, numbers of bytes over the limits.
    """
    grader, token = targets["grader"], targets["token"].encode()
    acts: dict[str, Sequence[tuple[str, Callable[[], object]]]] = {
        "files of the grader unreadable": [
            (f"read {path}", partial(_read, path)) for path in targets["files"]
        ],
        "nothing written elsewhere": [
            (f"write {targets['write']}", lambda: Path(targets["write"]).write_bytes(b"x"))
        ],
        "no network": [
            ("TCP", lambda: _connection(targets["tcp"], token)),
            ("UDP", lambda: _datagram(targets["udp"], token)),
            ("an abstract socket", lambda: _abstract(targets["unix"], token)),
        ],
        "grader's memory unreadable": [
            ("its memory", lambda: Path(f"/proc/{grader}/mem").open("rb").close()),
            ("its environment", lambda: _read(f"/proc/{grader}/environ")),
            ("ptrace", lambda: _trace(grader)),
        ],
        "no signals to others": [("kill", lambda: os.kill(grader, 0))],
        "no new processes": [("fork", _fork)],
        "memory limit": [("mmap", lambda: mmap.mmap(-1, targets["memory"]))],
        "disk limit": [("fallocate", lambda: _fill(targets["disk"]))],
    }
    return {layer: [name for name, act in some if _succeeds(act)] for layer, some in acts.items()}


def run_another_program() -> None:
    """Execute another program; returns only if that is refused."""
    with contextlib.suppress(OSError):
        os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", ""])


def _succeeds(act: Callable[[], object]) -> bool:
    try:
        act()
    except Exception:
        return False
    return True


def _read(path: str) -> None:
    if Path(path).is_dir():
        list(Path(path).iterdir())
    else:
        with Path(path).open("rb") as file:
            file.read(1)


def _connection(port: int, token: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), 1) as sock:
        sock.sendall(token)


def _datagram(port: int, token: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(token, ("127.0.0.1", port))


def _abstract(name: str, token: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect("\0" + name)
        sock.sendall(token)


def _trace(process: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    # The traced process keeps running and is released when this process ends.
    if libc.ptrace(_PTRACE_SEIZE, process, None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _fill(size: int) -> None:
    """Write two files of *size* bytes in total, each smaller than the limit for one file."""
    for name in ("one", "two"):
        place = os.open(name, os.O_WRONLY | os.O_CREAT)
        try:
            os.posix_fallocate(place, 0, size // 2)
        finally:
            os.close(place)
