"""The zygote: imports what is slow once, then forks a worker whenever it is asked to.

It must have exactly one thread when it forks: a child forked from a process whose thread pool is
running waits for threads that are not there. It never touches CUDA, which a forked child cannot
use, and it never holds anything secret.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import json
import linecache
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from . import walls
from .host import Host
from .seccomp import refuse_calls
from .serve import serve


def warm_up(frameworks: Sequence[str]) -> None:
    """Import what learners' code will import, down to what is imported on first use."""
    importlib.import_module("numpy.random")
    if "torch" in frameworks and importlib.util.find_spec("torch"):
        torch = importlib.import_module("torch")
        torch.set_num_threads(1)
        # The first optimizer imports torch._dynamo, which takes as long as torch itself.
        weight = torch.nn.Parameter(torch.ones(2, 2))
        optimizer = torch.optim.SGD([weight], lr=0.1)
        torch.nn.functional.relu(torch.ones(1, 2) @ weight).sum().backward()
        optimizer.step()
    for framework in {"numpy", *frameworks} & set(_REHEARSALS):
        _rehearse(framework)
    gc.collect()
    gc.freeze()


#: a submission in each framework that uses what most do
_REHEARSALS = {
    "numpy": "import numpy\ndef f(x):\n    return numpy.exp(x - x.max(1, keepdims=True)) @ x.T\n",
    "torch": "import torch\ndef f(x):\n    return torch.exp(x - x.max(1, True).values) @ x.T\n",
}


def _rehearse(framework: str) -> None:
    """Load and call a small submission, so that no worker is the first to walk this way."""
    try:
        host = Host([("rehearsal.py", 1, _REHEARSALS[framework])], framework)
    except ImportError:
        return
    host.begin("f", 0)
    host.call("f", [np.ones((2, 3), host.adapter.float_dtype)], {})
    host.vjp("f", [np.ones((2, 3), host.adapter.float_dtype)], np.ones((2, 2)))
    del sys.modules["submission"]
    linecache.clearcache()


def thread_count() -> int:
    """Return the number of threads of this process, native ones included."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def main(control: int, frameworks: Sequence[str], walled: bool) -> None:
    """Serve the grader at the other end of the socket *control* until it hangs up."""
    walls.die_with_parent()
    warm_up(frameworks)
    channel = socket.socket(fileno=control)
    layers = _probe(walled)
    ready = {"threads": thread_count(), "layers": layers, "python": sys.version}
    channel.sendall(json.dumps(ready).encode())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        request, descriptors, _, _ = socket.recv_fds(channel, 4096, 2)
        if not request:
            return
        if thread_count() != 1:
            raise RuntimeError("the zygote has more than one thread")
        if os.fork() == 0:
            try:
                channel.close()
                _supervise(json.loads(request), descriptors, walled, layers)
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def _probe(walled: bool) -> dict[str, bool]:
    """Return which inner walls stand here, found by putting them up in a child."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        spaces = walls.enter_namespaces()
        inner = os.fork()
        if inner == 0:
            limits = {"memory_mb": 4096, "seconds": 60, "scratch": str(Path.cwd())}
            layers = _wall_in(limits, spaces, walled)
            os.write(writer, json.dumps(layers).encode())
            os._exit(0)
        os.waitpid(inner, 0)
        os._exit(0)
    os.close(writer)
    found = os.read(reader, 4096)
    os.close(reader)
    os.waitpid(pid, 0)
    return dict(json.loads(found)) if found else {}


def _wall_in(limits: dict[str, Any], spaces: bool, walled: bool) -> dict[str, bool]:
    """Put the inner walls up around this process; return which stand."""
    limited = walls.limit_resources(limits["memory_mb"], limits["seconds"])
    scratch = spaces and walls.private_scratch(limits["scratch"])
    unprivileged = walls.drop_privileges()
    filtered = refuse_calls()
    return {
        "private file system": walled and scratch,
        "no network": spaces or filtered,
        "own process namespace": spaces,
        "resource limits": limited,
        "no new privileges": unprivileged,
        "system call filter": filtered,
    }


def _supervise(
    limits: dict[str, Any], descriptors: Sequence[int], walled: bool, layers: dict[str, bool]
) -> None:
    """Fork the worker, wait for its end, kill what it left behind, report."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    walls.die_with_parent()
    walls.adopt_orphans()
    wire, status = descriptors
    report = socket.socket(fileno=status)
    spaces = walls.enter_namespaces()
    stands, standing = os.pipe()
    pid = os.fork()
    if pid == 0:
        report.close()
        _become_worker(wire, standing, limits, spaces, walled, layers)
    os.close(wire)
    os.close(standing)
    handle = os.pidfd_open(pid)
    # A worker must not run behind fewer walls than a report will say.
    socket.send_fds(report, [b"started" if os.read(stands, 1) else b"weak"], [handle])
    os.close(handle)
    _, status_word = os.waitpid(pid, 0)
    _kill_orphans()
    ended = {"signal": os.WTERMSIG(status_word) if os.WIFSIGNALED(status_word) else 0}
    ended["exit"] = os.WEXITSTATUS(status_word) if os.WIFEXITED(status_word) else 0
    report.sendall(json.dumps(ended).encode())


def _kill_orphans() -> None:
    """Kill every process below this one; needed where there is no process namespace to end."""
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        # The children of what is killed become children of this process, until none is left.
        for child in _children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.001)


def _children() -> list[int]:
    """Return the processes whose parent this process is."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name stands in brackets and may hold any; state and parent follow it.
            if int(path.read_text(errors="replace").rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(path.parent.name))
    return found


def _become_worker(
    wire: int,
    standing: int,
    limits: dict[str, Any],
    spaces: bool,
    walled: bool,
    layers: dict[str, bool],
) -> None:
    """Turn this process into a worker; never returns."""
    code = 1
    try:
        os.setsid()
        walls.die_with_parent()
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        wire, standing = os.dup(wire), os.dup(standing)
        os.chdir(limits["scratch"])
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = limits["scratch"]
        if _wall_in(limits, spaces, walled) == layers:
            os.write(standing, b"1")
            os.dup2(wire, 3)
            os.closerange(4, 4096)
            serve(3)
            code = 0
    finally:
        os._exit(code)
