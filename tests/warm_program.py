"""gradproof as a program of its own, without the second that its imports take each time.

A server imports them once. For each call it forks a process that has the arguments, the
environment, the directory and the files of its caller, and nothing of another call's.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import pkgutil
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: what a call imports anyway; the commands themselves look at their environment
WARM = ("audit", "checks", "course", "desk", "grading", "kit", "report", "scoring", "submission")

_SERVER = """
import sys
from tests.warm_program import serve
serve(int(sys.argv.pop()))
from cli import main
main(prog_name="gradproof")
"""

_CALLER = """
import json, os, socket, sys
call = {"arguments": sys.argv[2:], "environment": dict(os.environ), "directory": os.getcwd()}
with socket.socket(socket.AF_UNIX) as server:
    server.connect(sys.argv[1])
    socket.send_fds(server, [b" "], [0, 1, 2])
    server.sendall(json.dumps(call).encode())
    server.shutdown(socket.SHUT_WR)
    code = int(server.recv(16))
if code < 0:
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


@cache
def warm_program() -> list[str]:
    """Return the command that calls gradproof; its server ends with this process."""
    home = Path(tempfile.mkdtemp(prefix="gradproof-"))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(home / "socket"))
        listening.listen(64)
        server = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVER, str(listening.fileno())],
            env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
            stdin=subprocess.PIPE,
            pass_fds=[listening.fileno()],
        )

    def end() -> None:
        server.communicate()
        shutil.rmtree(home)

    atexit.register(end)
    return [sys.executable, "-I", "-S", "-c", _CALLER, str(home / "socket")]


def serve(number: int) -> None:
    """Fork a process for each call, in which this returns; end when there are no callers."""
    for package in WARM:
        path = [str(ROOT / "grader" / package)]
        for module in pkgutil.iter_modules(path, f"grader.{package}."):
            importlib.import_module(module.name)
    with socket.socket(fileno=number) as listening:
        while True:
            ready, _, _ = select.select([listening, sys.stdin], [], [])
            if sys.stdin in ready:
                sys.exit()
            caller, _ = listening.accept()
            if os.fork() == 0:
                break
            caller.close()
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
    _called(caller)


def _called(caller: socket.socket) -> None:
    """Return in the place of the caller, whom this process tells how that ended."""
    _, files, _, _ = socket.recv_fds(caller, 1, 3)
    with caller.makefile("rb") as said:
        call = json.load(said)
    child = os.fork()
    if child != 0:
        for file in (0, 1, 2, *files):
            os.close(file)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        caller.sendall(str(code).encode())
        os._exit(0)
    caller.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    # new ones, since each has looked at its file when it was made
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.chdir(call["directory"])
    os.environ.clear()
    os.environ.update(call["environment"])
    sys.argv[1:] = call["arguments"]
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in os.environ
    tempfile.tempdir = None
