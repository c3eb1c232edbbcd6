"""The grader's part of the isolation test: set up targets and judge what a worker reached."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: limits on memory and files of the worker that tests the isolation
MEMORY_MB = 256
DISK_MB = 1

WRITES, NETWORK, PROGRAMS = "nothing written elsewhere", "no network", "no other programs"
#: if one of these layers fails, the level is not used
SECRECY = (
    "files of the grader unreadable",
    WRITES,
    NETWORK,
    "grader's memory unreadable",
    "no signals to others",
)
#: all layers that should hold; those after SECRECY limit resources and the user
LAYERS = (*SECRECY, "no new processes", PROGRAMS, "memory limit", "disk limit", "an ordinary user")
#: layers that an assignment may switch off
ALLOWABLE = ("no new processes", PROGRAMS)


class Targets:
    """Targets for the test: a file, a process and sockets of the grader.

    Args:
        directory: a directory of the grader that workers must not access.

        private: paths of the course that workers must not read.
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
        """Return the description of the targets that the worker gets."""
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
        """Return the layers around the worker, and the attempts that succeeded, by layer.

        Args:
            answer: everything the worker sent until it ended.

        Raises:
            ValueError: the worker did not finish its attempts.
        """
        first, _, rest = answer.partition(b"\n")
        if not first:
            raise ValueError("the worker that tests the isolation ended without an answer")
        answers = json.loads(first)
        done: dict[str, list[str]] = answers["done"]
        # The grader sees for itself what arrived.
        done[WRITES] += ["found"] if self._written.exists() else []
        for name, reached in (
            ("TCP", _was_reached(self._tcp)),
            ("an abstract socket", _was_reached(self._unix)),
        ):
            done[NETWORK] += [name] if reached and name not in done[NETWORK] else []
        with contextlib.suppress(OSError):
            done[NETWORK] += ["UDP"] if self._udp.recv(1) and "UDP" not in done[NETWORK] else []
        done[PROGRAMS] = [] if rest == b"refused\n" else ["exec"]
        return answers["layers"], done

    def close(self) -> None:
        """Remove the targets."""
        for sock in (self._tcp, self._unix, self._udp):
            sock.close()
        for path in (self._canary, self._written):
            path.unlink(missing_ok=True)


def _listening(sock: socket.socket, address: Any) -> socket.socket:
    # The machine may have no network of this kind.
    with contextlib.suppress(OSError):
        sock.bind(address)
        sock.listen()
    sock.setblocking(False)
    return sock


def _was_reached(sock: socket.socket) -> bool:
    """Whether anyone has connected to *sock*."""
    try:
        sock.accept()[0].close()
    except OSError:
        return False
    return True
