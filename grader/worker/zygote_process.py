"""The zygote: imports what is slow once, then forks a worker whenever it is asked to.

It must have exactly one thread when it forks: a child forked from a process whose thread pool is
running waits for threads that are not there. It never touches CUDA, which a forked child cannot
use, and it never holds anything secret.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import importlib.util
import json
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import disk_quota, gpu, landlock, private_root, self_test, walls
from .adapters import COMPILER
from .cleanup import remove
from .library_imports import QUIET
from .rehearsal import rehearse
from .seccomp import refuse_calls
from .serve import serve

#: where this package lies
PACKAGE = Path(__file__).parent
#: walls of which each keeps a worker from the memory of all others
_KEEP_MEMORY = {walls.NAMESPACES, walls.LANDLOCK}
#: the order for a second zygote, in place of a worker
TWIN = "twin"
#: frameworks that start no thread when they are used
_REHEARSED = {"numpy", "torch"}
#: threads that a worker may have besides the processes that it is allowed
_THREADS = 64


def warm_up(libraries: Sequence[str]) -> None:
    """Import what learners' code will import, down to what is imported on first use."""
    importlib.import_module("numpy.random")
    if "torch" in libraries and importlib.util.find_spec("torch"):
        torch = importlib.import_module("torch")
        torch.set_num_threads(1)
        weight = torch.nn.Parameter(torch.ones(2, 2))
        torch.nn.functional.relu(torch.ones(1, 2) @ weight).sum().backward()
        if COMPILER in libraries:
            # The first optimizer imports it, which takes as long as torch itself.
            torch.optim.SGD([weight], lr=0.1).step()
    for framework in _REHEARSED & {"numpy", *libraries}:
        rehearse(framework)
    for name in libraries:
        if name.partition(".")[0] in QUIET:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    gc.collect()
    gc.freeze()


def thread_count() -> int:
    """Return the number of threads of this process, native ones included."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _is_forsaken(channel: socket.socket) -> bool:
    """Whether the grader is gone: had it died a moment earlier, the kernel would not have said."""
    gone = select.poll()
    gone.register(channel, 0)  # hanging up is told unasked
    return bool(gone.poll(0))


def main(
    control: int,
    libraries: Sequence[str],
    level: str,
    user: int | None,
    with_gpu: bool = False,
) -> None:
    """Serve the grader at the other end of the socket *control* until it hangs up.

    Args:
        level: one of ``walls.LEVELS``; bubblewrap stands already, a private root is made here.

        user: whom to become, if the superuser started this.

        with_gpu: whether some workers use a GPU.
    """
    if level == "private root":
        private_root.enter(PACKAGE, control, user is not None, gpu.nodes() if with_gpu else [])
    if user is not None:
        walls.become(user)
    walls.die_with_parent()
    if level != "off":
        walls.drop_privileges()
    # A driver may want more of /proc/self than a hidden process has.
    if user is not None and not walls.LEVELS[level] & _KEEP_MEMORY and not with_gpu:
        walls.hide_memory()
    channel = socket.socket(fileno=control)
    if _is_forsaken(channel):
        return
    warm_up(libraries)
    # Found out here once, for all workers.
    _readable()
    _namespaces_work()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _greet(channel)
    while True:
        request, descriptors, _, _ = socket.recv_fds(channel, 65536, 2)
        if not request:
            return
        if thread_count() != 1:
            raise RuntimeError("the zygote has more than one thread")
        order = json.loads(request)
        if order == TWIN:
            channel = _divide(channel, *descriptors)
            continue
        if os.fork() == 0:
            try:
                channel.close()
                _supervise(Order(level, **order), descriptors)
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def _greet(channel: socket.socket) -> None:
    """Say that workers can be ordered."""
    ready = {"threads": thread_count(), "python": sys.version}
    channel.sendall(json.dumps(ready).encode())


def _divide(channel: socket.socket, control: int, status: int) -> socket.socket:
    """Fork a second zygote that serves the socket *control*; return each one's channel.

    The first tells the grader through *status* who the second is.
    """
    first = os.getpid()
    pid = os.fork()
    if pid == 0:
        walls.die_with_parent()
        channel.close()
        os.close(status)
        if os.getppid() != first:
            os._exit(1)
        channel = socket.socket(fileno=control)
        _greet(channel)
        return channel
    os.close(control)
    handle = os.pidfd_open(pid)
    with socket.socket(fileno=status) as report:
        socket.send_fds(report, [b"started"], [handle])
    os.close(handle)
    return channel


@functools.cache
def _readable() -> list[Path]:
    return walls.readable(PACKAGE)


@functools.cache
def _namespaces_work() -> bool:
    """Whether a process can enter namespaces; where not, trying leaves it halfway in."""
    child = os.fork()
    if child == 0:
        os._exit(not walls.enter_namespaces())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@dataclass
class Order:
    """What the grader wants of one worker.

    Attributes:
        seconds: of processor time over its life.

        processes: how many it may start; with none, none and no program.

        with_gpu: whether it uses a GPU.

        stands: the walls that must stand around it.

        targets: what to attempt, in place of serving, to test the walls.
    """

    level: str
    memory_mb: int
    disk_mb: int
    seconds: float
    processes: int
    with_gpu: bool = False
    stands: dict[str, bool] | None = None
    targets: dict[str, Any] | None = None

    def wants(self, wall: str) -> bool:
        """Whether the level asks for *wall*."""
        return wall in walls.LEVELS[self.level]


def wall_in(order: Order, spaces: bool, scratch: Path) -> dict[str, bool]:
    """Put the inner walls up around this process; return which stand.

    Args:
        spaces: whether it is in namespaces of its own.

        scratch: its folder; with namespaces, an empty one is mounted there.
    """
    if order.level == "off":
        return {}
    walls.offer_to_the_killer()
    space = (gpu.memory if order.with_gpu else walls.address_space)(order.memory_mb)
    size = order.disk_mb << 20
    proc = gpu.take_proc() if spaces and order.with_gpu else {}
    alone = spaces and walls.private_scratch(str(scratch), size)
    alone = alone and (not proc or gpu.put_proc(proc))
    unprivileged = walls.drop_privileges()
    listed = order.wants(walls.LANDLOCK) and landlock.restrict(
        [*_readable(), *(gpu.proc() if order.with_gpu else [])],
        scratch,
        [*map(Path, walls.DEVICES), *(gpu.nodes() if order.with_gpu else [])],
    )
    # Elsewhere all processes of the user would be counted.
    processes = order.processes + _THREADS if alone and order.processes else 1024
    limited = walls.limit_resources(space, order.seconds, size, processes, order.with_gpu)
    signals = alone or (listed and landlock.abi() >= 6)
    allowed = order.processes > 0
    filtered = refuse_calls(allowed, allowed and signals, order.wants(walls.ROOT) and alone)
    return {
        "namespaces of its own": alone,
        "no privileges": unprivileged,
        "Landlock": listed,
        "resource limits": limited,
        "system call filter": filtered,
    }


def _supervise(order: Order, descriptors: Sequence[int]) -> None:
    """Fork the worker, wait for its end, kill what it left behind, report."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    walls.die_with_parent()
    walls.adopt_orphans()
    wire, status = descriptors
    report = socket.socket(fileno=status)
    spaces = order.wants(walls.NAMESPACES) and _namespaces_work()
    if spaces and not walls.enter_namespaces():
        return
    scratch = Path(walls.SCRATCH) if spaces else Path(tempfile.mkdtemp(dir=Path.cwd()))
    stands, standing = os.pipe()
    pid = os.fork()
    if pid == 0:
        report.close()
        _become_worker(wire, standing, order, spaces, scratch)
    os.close(wire)
    os.close(standing)
    handle = os.pidfd_open(pid)
    # A worker must not run behind fewer walls than a report will say.
    socket.send_fds(report, [b"started" if os.read(stands, 1) else b"weak"], [handle])
    full = order.wants(walls.LIMITS) and not spaces
    full = full and disk_quota.watch(pid, handle, scratch, order.disk_mb << 20)
    _, status_word = os.waitpid(pid, 0)
    _kill_orphans()
    ended = {"signal": os.WTERMSIG(status_word) if os.WIFSIGNALED(status_word) else 0}
    ended["exit"] = os.WEXITSTATUS(status_word) if os.WIFEXITED(status_word) else 0
    ended["full"] = int(full)
    report.sendall(json.dumps(ended).encode())
    if not spaces:
        # Many files take their time; whoever waits for the end of all waits for that, too.
        remove(scratch)


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


def _become_worker(wire: int, standing: int, order: Order, spaces: bool, scratch: Path) -> None:
    """Turn this process into a worker; never returns."""
    code = 1
    try:
        os.setsid()
        walls.die_with_parent()
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        wire, standing = os.dup(wire), os.dup(standing)
        os.chdir(scratch)
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
        stands = wall_in(order, spaces, scratch)
        if order.targets is not None or stands == order.stands:
            os.write(standing, b"1")
            os.dup2(wire, 3)
            os.closerange(4, 4096)
            _test(order.targets, stands) if order.targets is not None else serve(3)
            code = 0
    finally:
        os._exit(code)


def _test(targets: dict[str, Any], stands: dict[str, bool]) -> None:
    """Attempt what is forbidden and tell the grader; at the end, to become another program."""
    with socket.socket(fileno=os.dup(3)) as grader:
        done = self_test.attempt(targets)
        grader.sendall(json.dumps({"stands": stands, "done": done}).encode() + b"\n")
        self_test.run_another_program()
        grader.sendall(b"refused\n")
