"""The worker's loop: answer requests until the grader closes the connection."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
from pathlib import Path
from typing import Any

from . import mxnet_import, unseeded
from .adapters import Device, DeviceLost, DeviceMissing
from .exception_text import text_of
from .fault import Fault
from .library_imports import import_named
from .local_modules import LocalModules
from .module_host import Host
from .prints import accept_prints
from .rehearsal import rehearse
from .slicing import environment, needed
from .stand_ins import stand_in
from .values import Array, Callback, Unsendable
from .wire import Connection, WireError

_REQUESTS = frozenset(
    [
        *("begin", "call", "call_many", "listed", "in_turn"),
        *("vjp", "slopes", "aliases", "disturbed", "work", "differentiates"),
        *("call_held", "get_held", "iterate", "take"),
        *("parameters", "set_parameters", "state", "restore", "gradients", "make_block"),
    ]
)


class Server:
    """Answers the grader's requests over a socket.

    Args:
        host: a module that is here already; otherwise a submission is received first.
    """

    def __init__(self, connection: Connection, host: Host | None = None) -> None:
        self._connection = connection
        self._host = host
        self._files: dict[str, bytes] = {}
        self._local: LocalModules | None = None
        self._numbers = itertools.count(1)

    def run(self) -> None:
        """Answer requests until the grader closes the connection."""
        while True:
            try:
                id, op, payload = self._connection.receive()
                self._reply(id, op, payload)
            except (WireError, DeviceLost):
                # End this worker: the grader starts a new one, which can use the device.
                return

    def _reply(self, id: int, op: str, payload: Any) -> None:
        try:
            kind, answer = "value", self._carry_out(op, payload)
        except Fault as fault:
            kind, answer = "fault", fault.payload()
        except DeviceMissing as error:
            kind, answer = "fault", Fault("device", str(error)).payload()
        except (WireError, DeviceLost):
            raise
        except BaseException as error:  # KeyboardInterrupt, or MemoryError in our own code
            last = Fault("raised", text_of(error), type(error).__name__[:100])
            kind, answer = "fault", last.payload()
        try:
            self._connection.send(id, kind, answer)
        except Unsendable as error:
            self._connection.send(id, "fault", Fault("unsendable", str(error)).payload())

    def _carry_out(self, op: str, payload: dict[str, Any]) -> Any:
        if op == "submission":
            return self._receive_submission(**payload)
        if self._host is None:
            raise Fault("unsendable", "no submission yet")
        if op == "begin":
            # An earlier check may have put something else in their place.
            accept_prints()
        if op == "import_libraries":
            return self._import_libraries(**payload)
        if op not in _REQUESTS:
            raise Fault("unsendable", f"no such request: {op}")
        answer = getattr(self._host, op)(**payload)
        if op == "begin":
            unseeded.seed_held(self._host.module)
        return answer

    def _receive_submission(
        self,
        pieces: list[Any],
        files: dict[str, Array],
        framework: str,
        device: str,
        allow_tf32: bool = False,
        memory_mb: int = 0,
        forbidden: dict[str, list[str]] | None = None,
        folder: str = "",
        substitutes: dict[str, Callback] | None = None,
        changes: dict[str, dict[str, int]] | None = None,
    ) -> dict[str, list[Any]]:
        """Load a submission; return name and place of forbidden uses, by exercise."""
        triples = [(str(label), int(line), str(text)) for label, line, text in pieces]
        try:
            # Before writing the learner's files: one of them may be called torch.py.
            rehearse(framework)
            unseeded.take_over()
            there = Device(device, allow_tf32, memory_mb)
            rules = (forbidden or {}, substitutes or {}, changes or {})
            self._host = Host(triples, framework, there, self._call_back, *rules)
        except ImportError as error:
            raise Fault("framework", str(error)) from None
        home = Path.cwd()
        self._files = {name: content.tobytes() for name, content in files.items()}
        for name, content in self._files.items():
            path = home / name
            if not path.resolve().is_relative_to(home.resolve()):
                raise Fault("unsendable", f"a file outside of the submission: {name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self._settle(home, folder)
        helpers = [data for name, data in self._files.items() if name.endswith(".py")]
        told = [data.decode("utf-8", "replace") for data in helpers]
        self._host.adapter.read([*(text for _, _, text in triples), *told])
        self._host.helpers = {str(home / n): n for n in self._files if n.endswith(".py")}
        return {name: [use.name, [list(use.place)]] for name, use in self._host.uses.items()}

    def _settle(self, home: Path, folder: str) -> None:
        """Go to where the main file lies, and let its code import the modules around it."""
        assert self._host is not None
        source = self._host.source
        there = (home / folder).resolve()
        if not there.is_relative_to(home.resolve()):
            raise Fault("unsendable", f"a folder outside of the submission: {folder}")
        there.mkdir(parents=True, exist_ok=True)
        main = source.pieces[-1][0] if source.pieces else ""
        if self._local is not None:
            self._local.remove()
        trees = [statement.node for statement in source.statements]
        self._local = LocalModules(home, folder, trees, main, source.helpers)
        source.helpers.home = str(home)
        os.chdir(self._local.directory)
        self._local.install()
        source.package = self._local.package

    def _import_libraries(self, exercise: str) -> None:
        assert self._host is not None and self._local is not None
        nodes = [one.node for one in needed(self._host.source.statements, exercise)]
        for name, value in environment(nodes):
            with contextlib.suppress(ValueError, OSError):
                os.environ[name] = value
        import_named(nodes, self._files, self._local.hidden())

    def _call_back(self, callback: Callback, args: list[Any]) -> Any:
        """Have the grader call one of its functions; answer requests that it makes meanwhile."""
        number = next(self._numbers)
        self._connection.send(number, "callback", {"callback": callback.id, "args": args})
        while True:
            id, op, payload = self._connection.receive()
            if op not in ("resume", "refuse"):
                self._reply(id, op, payload)
            elif id != number:
                raise WireError("not the answer to a callback")
            elif op == "refuse":
                # As in a single process, raise an exception of the function's own type.
                raise type(str(payload["type"]), (Exception,), {})(payload["message"])
            else:
                return payload


def serve(descriptor: int) -> None:
    """Answer the grader's requests on the socket *descriptor*."""
    stand_in()
    mxnet_import.allow()
    accept_prints()
    Server(Connection(socket.socket(fileno=descriptor))).run()
