"""The zygote process: import slow libraries once, then fork workers on request.

It must have exactly one thread when it forks, because the child of a process with a thread pool may
wait for threads that do not exist. It never uses CUDA, which does not survive a fork, and it never
holds anything secret.
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
from .cleanup import remove
from .library_imports import COMPILER, QUIET
from .quick_compiler import try_flags
from .rehearsal import rehearse
from .seccomp import refuse_calls
from .serve import serve
from .watched_operators import operators

#: directory of this package
PACKAGE = Path(__file__).parent
#: walls that prevent a worker from reading the memory of other processes
_KEEP_MEMORY = {walls.NAMESPACES, walls.LANDLOCK}
#: the order that asks for another zygote instead of a worker
NEW_ZYGOTE = "zygote"
#: frameworks that start threads when they are used, and none when they are imported: these modules
_PRELOADED = {
    "jax": ("jax", "jax.numpy", "jaxlib.mlir.dialects.mhlo"),
    "tensorflow": ("tensorflow", "keras"),
}
#: frameworks that start no thread when they are used
_REHEARSED = {"numpy", "torch", "mxnet"}
#: threads that a worker may have in addition to its allowed processes
_THREADS = 64


def warm_up(libraries: Sequence[str]) -> None:
    """Import what submissions need, including modules that libraries import on first use."""
    importlib.import_module("numpy.random")
    if "torch" in libraries and importlib.util.find_spec("torch"):
        torch = importlib.import_module("torch")
        torch.set_num_threads(1)
        weight = torch.nn.Parameter(torch.ones(2, 2))
        torch.nn.functional.relu(torch.ones(1, 2) @ weight).sum().backward()
        if COMPILER in libraries:
            # The first optimizer imports the compiler, which takes as long as torch itself.
            torch.optim.SGD([weight], lr=0.1).step()
        operators()
    for name in _PRELOADED.keys() & {*libraries}:
        if importlib.util.find_spec(name):
            for module in _PRELOADED[name]:
                with contextlib.suppress(ImportError):  # a private one, in another version
                    importlib.import_module(module)
    if "jax" in sys.modules:
        try_flags()
    for framework in _REHEARSED & {"numpy", *libraries}:
        rehearse(framework)
    for name in libraries:
        if name.partition(".")[0] in QUIET:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    gc.collect()
    gc.freeze()


def thread_count() -> int:
    """Return the number of threads of this process, including native ones."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _has_hung_up(channel: socket.socket) -> bool:
    """Whether the grader has ended, perhaps before :func:`walls.die_with_parent` took effect."""
    gone = select.poll()
    gone.register(channel, 0)  # a hang-up is reported without being requested
    return bool(gone.poll(0))


def main(
    control: int,
    libraries: Sequence[str],
    level: str,
    user: int | None,
    with_gpu: bool = False,
) -> None:
    """Serve the grader on the socket *control* until it closes the connection.

    Args:
        level: one of ``walls.LEVELS``; bubblewrap is already set up, a private root is not.

        user: the user to become, if root started this.

        with_gpu: whether some workers use a GPU.
    """
    if level == "private root":
        private_root.enter(PACKAGE, control, user is not None, gpu.nodes() if with_gpu else [])
    if user is not None:
        walls.become(user)
        # Raises PermissionError where this user cannot read Python: submissions import from it.
        next(Path(os.__file__).parent.iterdir())
    walls.die_with_parent()
    if level != "off":
        walls.drop_privileges()
    # A GPU driver may need more of /proc/self than a hidden process has.
    if user is not None and not walls.LEVELS[level] & _KEEP_MEMORY and not with_gpu:
        walls.hide_memory()
    channel = socket.socket(fileno=control)
    if _has_hung_up(channel):
        return
    warm_up(libraries)
    # Compute these once, for all workers.
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
        if order == NEW_ZYGOTE:
            channel = _fork_zygote(channel, *descriptors)
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
    """Tell the grader that workers can be requested."""
    ready = {"threads": thread_count(), "python": sys.version}
    channel.sendall(json.dumps(ready).encode())


def _fork_zygote(channel: socket.socket, control: int, status: int) -> socket.socket:
    """Fork another zygote that serves the socket *control*; return the channel of each.

    The first one sends the grader a pidfd of the second through *status*.
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
    """Whether a process can enter namespaces; tried in a child, as a failure may be partial."""
    child = os.fork()
    if child == 0:
        os._exit(not walls.enter_namespaces())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@dataclass
class Order:
    """The grader's request for a worker.

    Attributes:
        seconds: limit on its total processor time.

        processes: number of processes it may start; with 0, also no programs.

        with_gpu: whether it uses a GPU.

        required: the walls that it must have.

        targets: targets for testing the walls, instead of serving; None for a normal worker.
    """

    level: str
    memory_mb: int
    disk_mb: int
    seconds: float
    processes: int
    with_gpu: bool = False
    required: dict[str, bool] | None = None
    targets: dict[str, Any] | None = None

    def wants(self, wall: str) -> bool:
        """Whether the level requires *wall*."""
        return wall in walls.LEVELS[self.level]

    def is_measured(self, spaces: bool) -> bool:
        """Whether the worker's files are measured from outside, and it is killed for too many.

        Not while it tests the isolation: it writes more than it may on purpose, and on a busy
        machine it would be killed before it can answer.

        Args:
            spaces: whether it is in its own namespaces, where its folder is a file system.
        """
        return self.wants(walls.LIMITS) and not spaces and self.targets is None


def isolate(order: Order, spaces: bool, scratch: Path) -> dict[str, bool]:
    """Put the inner walls around this process; return whether each is in effect.

    Args:
        spaces: whether it is in its own namespaces.

        scratch: its folder; with namespaces, an empty file system is mounted there.
    """
    if order.level == "off":
        return {}
    walls.prefer_oom_kill()
    space = (gpu.memory if order.with_gpu else walls.address_space)(order.memory_mb)
    size = order.disk_mb << 20
    proc = gpu.take_proc() if spaces and order.with_gpu else {}
    alone = spaces and walls.private_scratch(str(scratch), size)
    alone = alone and (not proc or gpu.put_proc(proc))
    unprivileged = walls.drop_privileges()
    # TensorFlow ends a process that cannot read its own command line, where it sees a /proc.
    own = [] if alone else [Path(f"/proc/{os.getpid()}/cmdline")]
    listed = order.wants(walls.LANDLOCK) and landlock.restrict(
        [*_readable(), *own, *(gpu.proc() if order.with_gpu else [])],
        scratch,
        [*map(Path, walls.DEVICES), *(gpu.nodes() if order.with_gpu else [])],
    )
    # Without namespaces, the kernel counts all processes of the user.
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
    """Fork the worker, wait for its end, kill what it left behind, and report."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    walls.die_with_parent()
    walls.adopt_orphans()
    wire, status = descriptors
    report = socket.socket(fileno=status)
    spaces = order.wants(walls.NAMESPACES) and _namespaces_work()
    if spaces and not walls.enter_namespaces():
        return
    scratch = Path(walls.SCRATCH) if spaces else Path(tempfile.mkdtemp(dir=Path.cwd()))
    ready, report_ready = os.pipe()
    pid = os.fork()
    if pid == 0:
        report.close()
        _become_worker(wire, report_ready, order, spaces, scratch)
    os.close(wire)
    os.close(report_ready)
    handle = os.pidfd_open(pid)
    # A worker must not run with fewer walls than reports say.
    socket.send_fds(report, [b"started" if os.read(ready, 1) else b"weak"], [handle])
    full = order.is_measured(spaces)
    full = full and disk_quota.watch(pid, handle, scratch, order.disk_mb << 20)
    _, status_word = os.waitpid(pid, 0)
    _kill_orphans()
    ended = {"signal": os.WTERMSIG(status_word) if os.WIFSIGNALED(status_word) else 0}
    ended["exit"] = os.WEXITSTATUS(status_word) if os.WIFEXITED(status_word) else 0
    ended["full"] = int(full)
    report.sendall(json.dumps(ended).encode())
    if not spaces:
        # Removing many files takes time; only a wait for the end of all workers includes it.
        remove(scratch)


def _kill_orphans() -> None:
    """Kill all descendants of this process; needed without a process namespace."""
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        # Children of killed processes become children of this one, until none are left.
        for child in _children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.001)


def _children() -> list[int]:
    """Return the children of this process."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The process name, in brackets, may contain brackets; state and parent follow it.
            if int(path.read_text(errors="replace").rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(path.parent.name))
    return found


def _become_worker(wire: int, report_ready: int, order: Order, spaces: bool, scratch: Path) -> None:
    """Turn this process into a worker; never returns."""
    code = 1
    try:
        os.setsid()
        walls.die_with_parent()
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        wire, report_ready = os.dup(wire), os.dup(report_ready)
        os.chdir(scratch)
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
        layers = isolate(order, spaces, scratch)
        if order.targets is not None or layers == order.required:
            os.write(report_ready, b"1")
            os.dup2(wire, 3)
            os.closerange(4, 4096)
            _test(order.targets, layers) if order.targets is not None else serve(3)
            code = 0
    finally:
        os._exit(code)


def _test(targets: dict[str, Any], layers: dict[str, bool]) -> None:
    """Attempt what is forbidden and tell the grader; last, try to execute a program."""
    with socket.socket(fileno=os.dup(3)) as grader:
        done = self_test.attempt(targets)
        grader.sendall(json.dumps({"layers": layers, "done": done}).encode() + b"\n")
        self_test.run_another_program()
        grader.sendall(b"refused\n")
