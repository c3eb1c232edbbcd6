"""Whether walls hold: what a worker is told to attempt, and what came of it on this side."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: of memory and of files, for the worker that tests the walls
MEMORY_MB = 256
DISK_MB = 1

WRITES, NETWORK, PROGRAMS = "nothing written elsewhere", "no network", "no other programs"
#: layers without which a level leaks
SECRECY = (
    "files of the grader unreadable",
    WRITES,
    NETWORK,
    "grader's memory unreadable",
    "no signals to others",
)
#: all layers that should hold; those after the first bound what a worker uses, and as whom
LAYERS = (*SECRECY, "no new processes", PROGRAMS, "memory limit", "disk limit", "an ordinary user")
#: layers that an assignment may do without
ALLOWABLE = ("no new processes", PROGRAMS)


class Targets:
    """A file, a process and sockets of the grader, put up for a worker to reach.

    Args:
        directory: of the grader, where a worker has nothing to look for.

        private: paths of the course that no worker must read.
    """

    def __init__(self, directory: Path, private: Iterable[Path] = ()) -> None:
        self._canary = directory / "canary"
        self._canary.write_text("only the grader may read this")
        self._canary.chmod(0o600)
        self._files = [self._canary, *private]
        self._written = directory / "written"
        self._name = f"gradproof-{secrets.token_hex(8)}"
        self._tcp = _listening(socket.socket(), ("127.0.0.1", 0))
        self._unix = _listening(socket.socket(socket.AF_UNIX), "\0" + self._name)
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with contextlib.suppress(OSError):
            self._udp.bind(("127.0.0.1", 0))
        self._udp.setblocking(False)

    def request(self) -> dict[str, Any]:
        """Return what a worker is told of them."""
        return {
            "files": [str(path.absolute()) for path in self._files],
            "write": str(self._written.absolute()),
            "grader": os.getpid(),
            "tcp": self._tcp.getsockname()[1],
            "udp": self._udp.getsockname()[1],
            "unix": self._name,
            "memory": (MEMORY_MB + 64) << 20,
            "disk": 2 * DISK_MB << 20,
        }

    def judge(self, answer: bytes) -> tuple[dict[str, bool], dict[str, list[str]]]:
        """Return the inner walls that stand, and the acts that succeeded, by layer.

        Args:
            answer: all that the worker sent until it ended.

        Raises:
            ValueError: it did not come to an end.
        """
        first, _, rest = answer.partition(b"\n")
        said = json.loads(first)
        done: dict[str, list[str]] = said["done"]
        # A worker need not be asked what arrived here.
        done[WRITES] += ["found"] if self._written.exists() else []
        for name, came in (("TCP", _came(self._tcp)), ("an abstract socket", _came(self._unix))):
            done[NETWORK] += [name] if came and name not in done[NETWORK] else []
        with contextlib.suppress(OSError):
            done[NETWORK] += ["UDP"] if self._udp.recv(1) and "UDP" not in done[NETWORK] else []
        done[PROGRAMS] = [] if rest == b"refused\n" else ["exec"]
        return said["stands"], done

    def close(self) -> None:
        """Take them away."""
        for sock in (self._tcp, self._unix, self._udp):
            sock.close()
        for path in (self._canary, self._written):
            path.unlink(missing_ok=True)


def _listening(sock: socket.socket, address: Any) -> socket.socket:
    # A machine may have no such network at all.
    with contextlib.suppress(OSError):
        sock.bind(address)
        sock.listen()
    sock.setblocking(False)
    return sock


def _came(sock: socket.socket) -> bool:
    """Whether someone has connected."""
    try:
        sock.accept()[0].close()
    except OSError:
        return False
    return True
