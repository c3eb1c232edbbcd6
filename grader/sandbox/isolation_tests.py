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
        # What others on this machine send is not the worker's.
        self._token = secrets.token_hex(8)
        self._name = f"gradproof-{self._token}"
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
            "token": self._token,
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
        for name, arrived in (
            ("TCP", _from_callers(self._tcp)),
            ("an abstract socket", _from_callers(self._unix)),
            ("UDP", _received(self._udp)),
        ):
            reached = self._token.encode() in arrived and name not in done[NETWORK]
            done[NETWORK] += [name] if reached else []
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


def _from_callers(sock: socket.socket) -> list[bytes]:
    """Return what those said who have connected to *sock*."""
    said: list[bytes] = []
    with contextlib.suppress(OSError):
        while True:
            with sock.accept()[0] as caller:
                caller.setblocking(False)
                said += _received(caller)
    return said


def _received(sock: socket.socket) -> list[bytes]:
    """Return what has arrived at *sock*, datagram by datagram."""
    said: list[bytes] = []
    with contextlib.suppress(OSError):
        while data := sock.recv(64):
            said.append(data)
    return said
