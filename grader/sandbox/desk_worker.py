"""A worker in an ordinary process, without isolation: for learners' own machines.

This process imports NumPy only when the worker has been started: both take their time at once.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import InternalError
from grader.language import _
from grader.worker.walls import TENSORFLOW

from .processor_time import meter_of

if TYPE_CHECKING:
    from .worker_process import Worker

_HOME = Path(__file__).parents[2]
_START_SECONDS = 60.0
_LOOK_SECONDS = 0.5
_BOOTSTRAP = (
    "import os, sys; sys.path.append({home!r}); os.dup2(2, 1); "
    "{end_with_parent}; from grader.worker.serve import serve; "
)
_BY_KERNEL = "from grader.worker.walls import die_with_parent; die_with_parent()"
_BY_STDIN = "from grader.worker.end_of_parent import end_with_stdin; end_with_stdin()"
_INHERIT = "serve({control})"
_CONNECT = (
    "import socket; grader = socket.create_connection(('127.0.0.1', {port})); "
    "grader.sendall({token!r}); serve(grader.detach())"
)


def desk_worker(directory: Path, prints: bool = True) -> Worker:
    """Start a worker without walls in *directory*: its time is limited, and what it prints shows.

    Raises:
        InternalError: it cannot be started.
    """
    by_kernel = sys.platform == "linux"
    end_with_parent = _BY_KERNEL if by_kernel else _BY_STDIN
    bootstrap = _BOOTSTRAP.format(home=str(_HOME), end_with_parent=end_with_parent)
    # On Windows, sockets cannot be inherited: the worker connects and sends a token.
    start = _start_connecting if sys.platform == "win32" else _start_inheriting
    connection, process = start(bootstrap, directory, None if prints else subprocess.DEVNULL)
    from grader.worker.wire import Connection

    from .worker_process import Worker

    def ending() -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(timeout=0.5)
            return _("the process exited (exit code {code})").format(code=code)
        return _("the process was stopped")

    def kill() -> None:
        _end(process)

    return Worker(Connection(connection), kill, ending, meter_of(process.pid, below=process.pid))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _environment() -> dict[str, str]:
    """Return this process's environment, but for what makes an error of a warning.

    TensorFlow is set as where submissions are graded, unless the learner has set it.
    """
    own = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    return TENSORFLOW | own


def _stdin() -> int:
    """Return what a worker's standard input is: one that ends with this process, if need be."""
    return subprocess.DEVNULL if sys.platform == "linux" else subprocess.PIPE


def _start_inheriting(
    bootstrap: str, directory: Path, prints: int | None
) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    our_end, worker_end = socket.socketpair()
    code = bootstrap + _INHERIT.format(control=worker_end.fileno())
    with worker_end:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", code],
            pass_fds=[worker_end.fileno()],
            stdin=_stdin(),
            stderr=prints,
            cwd=directory,
            env=_environment(),
        )
    return our_end, process


def _start_connecting(
    bootstrap: str, directory: Path, prints: int | None
) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    token = secrets.token_bytes(16)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(_LOOK_SECONDS)
        code = bootstrap + _CONNECT.format(port=server.getsockname()[1], token=token)
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", code],
            stdin=_stdin(),
            stderr=prints,
            cwd=directory,
            env=_environment(),
            # Ctrl-C is for the grader, which stops the worker.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        until = time.monotonic() + _START_SECONDS
        while process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError):
                caller, _address = server.accept()
                caller.settimeout(_LOOK_SECONDS)
                if secrets.compare_digest(caller.recv(len(token)), token):
                    return caller, process
                caller.close()
    _end(process)
    raise InternalError("no worker can be started: it did not call back")
