"""One zygote that was started behind one kind of walls, and the workers that it forks."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from grader.errors import InternalError
from grader.exercise import Limits
from grader.language import _
from grader.worker import gpu, walls
from grader.worker.wire import Connection
from grader.worker.zygote_process import TWIN

from .cgroups import Group
from .isolation import Attempt
from .isolation_tests import DISK_MB, MEMORY_MB, Targets
from .processor_time import meter_of, parent_of
from .scratch_directory import remove
from .worker_process import Worker

PACKAGE = Path(walls.__file__).parent
_START_SECONDS = 120.0
_FORK_SECONDS = 60.0
#: for how long a process that has closed its end of the wire may take to end
_HUNG_UP_MS = 1000
#: what a worker may hold beside its memory and its files, and how many threads
_SPARE = 64 << 20
_THREADS = 1024
#: users that no one is: above those of people, services and containers' first users; so many for
#: each grader, by the number of its process
_FIRST_USER, _USERS = 0x60000000, 64
_numbers = itertools.count()
_BOOTSTRAP = (
    "import sys; sys.path.append({home!r}); "
    "from {name} import walls; walls.found_roots = {roots!r}; "
    "from {name}.zygote_process import main; "
    "main({control}, {libraries!r}, {level!r}, {user}, {with_gpu})"
)


@dataclass(frozen=True, slots=True)
class Launch:
    """How a zygote is launched.

    Attributes:
        libraries: what it imports beforehand.

        scratch: a folder for it, not to be shared; readable by other users by name.

        with_gpu: whether some workers use a GPU.
    """

    attempt: Attempt
    libraries: Sequence[str]
    scratch: Path
    with_gpu: bool = False

    @property
    def said(self) -> Path:
        """Where what it writes to its standard error goes."""
        return self.scratch / "stderr"

    def start(
        self, user: int | None, control: socket.socket, group: Group | None
    ) -> subprocess.Popen[bytes]:
        """Start a process that becomes *user* and serves *control*, in a control *group*."""
        bubblewrap = self.attempt.level == "bubblewrap"
        code = _BOOTSTRAP.format(
            home=walls.PACKAGE_HOME if bubblewrap else str(_home(self.scratch)),
            name=walls.PACKAGE_NAME,
            roots=list(map(str, walls.python_roots())),
            control=control.fileno(),
            libraries=tuple(self.libraries),
            level=self.attempt.level,
            user=user,
            with_gpu=self.with_gpu,
        )
        python = [sys.executable, "-I", "-c", code]
        command = self.attempt.around(python, PACKAGE, self.with_gpu)
        with self.said.open("wb") as stderr:
            return subprocess.Popen(
                group.joined(command) if group else command,
                pass_fds=[control.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=walls.zygote_environment(self.with_gpu),
                cwd=_work(self.scratch, user),
                start_new_session=True,
            )


class Launched:
    """A zygote that runs.

    Args:
        first: one of which this is a fork, where that has walls enough: see :meth:`may_divide`.
    """

    def __init__(self, launch: Launch, first: Launched | None = None) -> None:
        self._launch = launch
        self.user: int | None = first.user if first else _user_of(launch.attempt)
        self._workers: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._walls: dict[str, bool] = {}
        self._used = 0
        self.group = Group.make() if launch.attempt.level != "off" else None
        self._control, theirs = socket.socketpair()
        with theirs:
            self.process: subprocess.Popen[bytes] | _Fork
            if first is None:
                self.process = launch.start(self.user, theirs, self.group)
            else:
                self.process = first._divide(theirs)
                if self.group:
                    self.group.take(self.process.pid)

    @property
    def may_divide(self) -> bool:
        """Whether workers of a fork are as far from those of this one as of a stranger.

        Without namespaces, only that they are two users keeps them from each other.
        """
        return walls.NAMESPACES in walls.LEVELS[self._launch.attempt.level]

    def _divide(self, control: socket.socket) -> _Fork:
        """Have the zygote fork a second one that serves *control*."""
        status, their_status = socket.socketpair()
        with status, their_status:
            descriptors = [control.fileno(), their_status.fileno()]
            socket.send_fds(self._control, [json.dumps(TWIN).encode()], descriptors)
            return _Fork(_handle_in(status))

    def greet(self) -> dict[str, Any]:
        """Wait until it is warm and return what it says of itself; raises InternalError."""
        self._control.settimeout(_START_SECONDS)
        try:
            answer = self._control.recv(65536)
        except OSError:
            answer = b""
        if not answer:
            raise InternalError(self._launch.said.read_text(errors="replace")[-2000:])
        self._control.settimeout(_FORK_SECONDS)
        self._used = self.group.used() if self.group else 0
        greeting: dict[str, Any] = json.loads(answer)
        return greeting

    def test(self, private: Sequence[Path], processes: int = 0) -> dict[str, list[str]]:
        """Have a worker attempt what is forbidden, and return the acts that succeeded, by layer.

        Args:
            private: paths that must be out of reach.

            processes: how many workers may be allowed to start.

        Raises:
            InternalError, OSError, ValueError: there was no worker, or it said nothing.
        """
        targets = Targets(self._launch.scratch, private)
        limits = Limits(memory_mb=MEMORY_MB, disk_mb=DISK_MB, processes=processes)
        try:
            wire, life = self._order(limits, 10.0, targets=targets.request())
            with wire:
                wire.settimeout(_FORK_SECONDS)
                answer = b"".join(iter(lambda: wire.recv(65536), b""))
            life.kill()
            self._walls, done = targets.judge(answer)
        finally:
            targets.close()
        return done

    @property
    def stands(self) -> dict[str, bool]:
        """The walls that stand around a worker, as found by the test, and around all of them."""
        return {**self._walls, "control group": self.group is not None and self.group.stands()}

    def worker(self, limits: Limits, seconds: float, with_gpu: bool = False) -> Worker:
        """Fork a worker behind the walls that the test found to stand.

        Args:
            with_gpu: whether it uses a GPU; its memory is limited otherwise then.

        Raises:
            InternalError, OSError, ValueError: there is none to be had.
        """
        wire, life = self._order(limits, seconds, stands=self._walls, with_gpu=with_gpu)
        # What a process leaves behind when it ends becomes a child of who watches over the worker.
        meter = meter_of(life.pid, parent_of(life.pid) if limits.processes else None)
        worker = Worker(Connection(wire), life.kill, life.ending, meter)
        self._workers.add(worker)
        return worker

    def _order(self, limits: Limits, seconds: float, **more: Any) -> tuple[socket.socket, _Life]:
        if self.group:
            driver = gpu.DRIVER_MB if more.get("with_gpu") else 0
            memory = self._used + (limits.memory_mb + limits.disk_mb + driver << 20) + _SPARE
            self.group.bound(memory, _THREADS + limits.processes)
        with contextlib.ExitStack() as undo:
            wire, their_wire = socket.socketpair()
            status, their_status = socket.socketpair()
            undo.callback(wire.close)
            undo.callback(status.close)
            order = {
                "memory_mb": limits.memory_mb,
                "disk_mb": limits.disk_mb,
                "seconds": seconds,
                "processes": limits.processes,
                **more,
            }
            with their_wire, their_status:
                descriptors = [their_wire.fileno(), their_status.fileno()]
                socket.send_fds(self._control, [json.dumps(order).encode()], descriptors)
            handle = _handle_in(status)
            undo.pop_all()
        return wire, _Life(handle, status, limits, self.group)

    def end(self) -> None:
        """End it and every worker below it."""
        for worker in list(self._workers):
            worker.stop()
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        if self.group:
            self.group.remove()
        remove(self._launch.scratch / "work")


def _handle_in(status: socket.socket) -> int:
    """Return the handle of a process that the zygote says it has started; raises InternalError."""
    status.settimeout(_FORK_SECONDS)
    said, handles, _flags, _address = socket.recv_fds(status, 64, 1)
    if said == b"started" and len(handles) == 1:
        return handles[0]
    for handle in handles:
        os.close(handle)
    raise InternalError("no process behind walls that stand could be had")


def _pid_of(handle: int) -> int:
    """Return the number by which this process knows the process of a *handle*."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


class _Fork:
    """A process that is no child of this one, by its handle."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @property
    def pid(self) -> int:
        """Its number, as this process knows it."""
        return _pid_of(self._handle)

    def kill(self) -> None:
        """Kill it; raises ProcessLookupError."""
        signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> None:
        """Wait for its end; then it cannot be asked for again."""
        gone = select.poll()
        gone.register(self._handle, select.POLLIN)
        gone.poll()
        os.close(self._handle)


def _user_of(attempt: Attempt) -> int | None:
    """Return whom the zygote and its workers become; None for who grades.

    Where no namespaces keep workers from each other, those of each zygote are a user of their own:
    what the kernel lets one user's processes do to each other, and what it counts of them together,
    is then no matter between two submissions. Some containers know no such users.
    """
    if attempt.user is None or walls.ROOT in walls.LEVELS[attempt.level]:
        return attempt.user
    own = _FIRST_USER + os.getpid() * _USERS + next(_numbers) % _USERS
    return own if all(map(partial(_is_known, own), ("uid", "gid"))) else attempt.user


def _is_known(number: int, kind: str) -> bool:
    """Whether this process's user namespace has a user, or a group, of that number."""
    ranges = [line.split() for line in Path(f"/proc/self/{kind}_map").read_text().splitlines()]
    return any(int(first) <= number < int(first) + int(count) for first, _outside, count in ranges)


def _home(scratch: Path) -> Path:
    """Return a folder that shows this package under a name that no submission will have."""
    home = scratch / "home"
    home.mkdir(exist_ok=True)
    link = home / walls.PACKAGE_NAME
    if not link.is_symlink():
        link.symlink_to(PACKAGE)
    return home


def _work(scratch: Path, user: int | None) -> Path:
    """Return an empty folder in which a zygote that becomes *user* runs."""
    work = scratch / "work"
    work.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        # In a container, there may be no such user; then it cannot be become either.
        with contextlib.suppress(OSError):
            os.chown(work, user, user)
    return work


class _Life:
    """The process behind a worker: its handle, and how it ended.

    Attributes:
        pid: its number, as this process knows it.
    """

    def __init__(
        self, handle: int, status: socket.socket, limits: Limits, group: Group | None
    ) -> None:
        self._handle = handle
        self._status = status
        self._limits = limits
        self._group = group
        self._killed = group.killed() if group else 0
        self.pid = _pid_of(handle)

    def ending(self) -> str:
        """Return how the process ended by itself, or that it still runs."""
        # Between the end of the process and its supervisor's report, a busy machine may do much.
        # Who has only hung up, and lives, is not waited for as long.
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        self._status.settimeout(_FORK_SECONDS if ended.poll(_HUNG_UP_MS) else 0.01)
        try:
            said = json.loads(self._status.recv(4096) or b"{}")
        except OSError:
            return _("the process was stopped")
        number = said.get("signal")
        if said.get("full"):
            text = _("the process wrote more than {disk} MiB of files")
            return text.format(disk=self._limits.disk_mb)
        if number == signal.SIGKILL and self._group and self._group.killed() > self._killed:
            text = _("the process needed more than {memory} MiB of memory")
            return text.format(memory=self._limits.memory_mb)
        if number:
            known = number in set(signal.Signals)
            name = signal.Signals(number).name if known else f"signal {number}"
            return _("the process was ended by {signal}").format(signal=name)
        return _("the process ended itself (exit code {code})").format(code=said.get("exit", "?"))

    def kill(self) -> None:
        """Kill the process; its supervisor, or its namespace's end, kills the rest."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        os.close(self._handle)
        self._status.settimeout(2.0)
        with contextlib.suppress(OSError):
            while self._status.recv(4096):
                pass
        self._status.close()
