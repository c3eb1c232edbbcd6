"""The worker's loop: one request, one reply, until the grader hangs up."""

from __future__ import annotations

import itertools
import socket
import sys
from pathlib import Path
from typing import Any

from .adapters import DeviceMissing
from .host import Fault, Host
from .values import Array, Callback, Unsendable
from .wire import Connection, WireError


class Server:
    """Answers one grader's requests over one socket."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._host: Host | None = None
        self._numbers = itertools.count(1)

    def run(self) -> None:
        """Serve until the grader hangs up."""
        while True:
            try:
                id, op, payload = self._connection.receive()
            except WireError:
                return
            self._reply(id, op, payload)

    def _reply(self, id: int, op: str, payload: Any) -> None:
        try:
            answer, kind = self._carry_out(op, payload), "value"
        except Fault as fault:
            answer, kind = fault.payload(), "fault"
        except DeviceMissing as error:
            answer, kind = Fault("device", str(error)).payload(), "fault"
        except ImportError as error:
            answer, kind = Fault("framework", str(error)).payload(), "fault"
        try:
            self._connection.send(id, kind, answer)
        except Unsendable as error:
            self._connection.send(id, "fault", Fault("unsendable", str(error)).payload())

    def _carry_out(self, op: str, payload: dict[str, Any]) -> Any:
        if op == "submission":
            self._receive_submission(**payload)
            return None
        if self._host is None:
            raise Fault("unsendable", "no submission yet")
        if op not in ("begin", "call", "call_many", "vjp", "call_held", "get_held") and op not in (
            "parameters",
            "take",
            "release",
        ):
            raise Fault("unsendable", f"no such request: {op}")
        return getattr(self._host, op)(**payload)

    def _receive_submission(
        self, pieces: list[Any], files: dict[str, Array], framework: str, device: str
    ) -> None:
        for name, content in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.tobytes())
        sys.path.insert(0, str(Path.cwd()))
        triples = [(str(label), int(line), str(text)) for label, line, text in pieces]
        self._host = Host(triples, framework, device, self._call_back)

    def _call_back(self, callback: Callback, args: list[Any]) -> Any:
        number = next(self._numbers)
        self._connection.send(number, "callback", {"callback": callback.id, "args": args})
        id, op, payload = self._connection.receive()
        if id != number or op != "resume":
            raise WireError("not the answer to a callback")
        return payload


def serve(descriptor: int) -> None:
    """Serve the grader at the other end of the socket *descriptor*."""
    Server(Connection(socket.socket(fileno=descriptor))).run()
