"""Start a zygote at one isolation level, and have it fork workers."""

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

from grader.errors import InternalError, MachineBusy
from grader.exercise import Limits
from grader.language import _
from grader.worker import gpu, walls
from grader.worker.wire import Connection
from grader.worker.zygote_process import NEW_ZYGOTE

from .cgroups import Group
from .isolation import Candidate
from .isolation_tests import DISK_MB, MEMORY_MB, Targets
from .memory_kills import MemoryKills, RanOut
from .processor_account import meter_of_all
from .processor_time import meter_of
from .scratch_directory import remove
from .worker_process import Worker

PACKAGE = Path(walls.__file__).parent
#: what imports in seconds may take minutes on a machine that is busy
_START_SECONDS = 300.0
_FORK_SECONDS = 60.0
#: for how long a process that has closed its end of the wire may take to end
_HUNG_UP_MS = 1000
#: memory that a worker may use in addition to its limits, in bytes, and its number of threads
_SPARE = 64 << 20
_THREADS = 1024
#: first of the unused user numbers, above those of people, services and containers; and how many
#: each grader may use, chosen by its process number
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
    """How to start a zygote.

    Attributes:
        libraries: the libraries it imports at the start.

        scratch: a folder for this zygote alone; other users may enter it but not list it.

        with_gpu: whether some workers use a GPU.
    """

    candidate: Candidate
    libraries: Sequence[str]
    scratch: Path
    with_gpu: bool = False

    @property
    def stderr(self) -> Path:
        """The file that its standard error is written to."""
        return self.scratch / "stderr"

    def start(
        self, user: int | None, control: socket.socket, group: Group | None
    ) -> subprocess.Popen[bytes]:
        """Start a process that becomes *user* and serves *control*, in a control *group*."""
        bubblewrap = self.candidate.level == "bubblewrap"
        code = _BOOTSTRAP.format(
            home=walls.PACKAGE_HOME if bubblewrap else str(_package_home(self.scratch)),
            name=walls.PACKAGE_NAME,
            roots=list(map(str, walls.python_roots())),
            control=control.fileno(),
            libraries=tuple(self.libraries),
            level=self.candidate.level,
            user=user,
            with_gpu=self.with_gpu,
        )
        python = [sys.executable, "-I", "-c", code]
        command = self.candidate.around(python, PACKAGE, self.with_gpu)
        with self.stderr.open("wb") as stderr:
            return subprocess.Popen(
                group.joined(command) if group else command,
                pass_fds=[control.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=walls.zygote_environment(self.with_gpu),
                cwd=_working_directory(self.scratch, user),
                start_new_session=True,
            )


class Launched:
    """A running zygote.

    Args:
        first: fork this zygote instead of starting a new process; see :attr:`can_fork`.
    """

    def __init__(self, launch: Launch, first: Launched | None = None) -> None:
        self._launch = launch
        self.user: int | None = first.user if first else _user_of(launch.candidate)
        self._workers: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._walls: dict[str, bool] = {}
        self._used = 0
        self.group = Group.make() if launch.candidate.level != "off" else None
        self._control, other_end = socket.socketpair()
        with other_end:
            self.process: subprocess.Popen[bytes] | _ForkedZygote
            if first is None:
                self.process = launch.start(self.user, other_end, self.group)
            else:
                self.process = first._fork_zygote(other_end)
                if self.group:
                    self.group.take(self.process.pid)

    @property
    def can_fork(self) -> bool:
        """Whether forks of this zygote are as well isolated from each other as new zygotes.

        Without namespaces they are not: only different users isolate workers from each other.
        """
        return walls.NAMESPACES in walls.LEVELS[self._launch.candidate.level]

    def _fork_zygote(self, control: socket.socket) -> _ForkedZygote:
        """Have the zygote fork another zygote that serves *control*."""
        status, their_status = socket.socketpair()
        with status, their_status:
            descriptors = [control.fileno(), their_status.fileno()]
            socket.send_fds(self._control, [json.dumps(NEW_ZYGOTE).encode()], descriptors)
            return _ForkedZygote(_receive_pidfd(status))

    def greet(self) -> dict[str, Any]:
        """Wait until it is ready and return its greeting.

        Raises:
            InternalError: it ended.

            TimeoutError: it neither ended nor got ready in time.
        """
        self._control.settimeout(_START_SECONDS)
        try:
            answer = self._control.recv(65536)
        except TimeoutError:
            raise
        except OSError:
            answer = b""
        if not answer:
            raise InternalError(self._launch.stderr.read_text(errors="replace")[-2000:])
        self._control.settimeout(_FORK_SECONDS)
        self._used = self.group.used() if self.group else 0
        greeting: dict[str, Any] = json.loads(answer)
        return greeting

    def test(self, private: Sequence[Path], processes: int = 0) -> dict[str, list[str]]:
        """Test the isolation with a worker; return the attempts that succeeded, by layer.

        Args:
            private: paths that workers must not access.

            processes: number of processes that a worker may start.

        Raises:
            InternalError, OSError, ValueError: no worker started, or it sent no answer.

            TimeoutError: it sent none in time.
        """
        targets = Targets(self._launch.scratch, private)
        limits = Limits(memory_mb=MEMORY_MB, disk_mb=DISK_MB, processes=processes)
        try:
            wire, process = self._order(limits, 10.0, targets=targets.request())
            with wire:
                wire.settimeout(_FORK_SECONDS)
                answer = b"".join(iter(lambda: wire.recv(65536), b""))
            process.kill()
            self._walls, done = targets.judge(answer)
        finally:
            targets.close()
        return done

    @property
    def layers(self) -> dict[str, bool]:
        """The layers found by the test, and whether the control group is in effect."""
        return {**self._walls, "control group": self.group is not None and self.group.in_effect()}

    def worker(self, limits: Limits, seconds: float, with_gpu: bool = False) -> Worker:
        """Fork a worker with the layers that the test found.

        Args:
            with_gpu: whether it uses a GPU, which needs another kind of memory limit.

        Raises:
            InternalError, OSError, ValueError: no worker can be started.
        """
        wire, process = self._order(limits, seconds, required=self._walls, with_gpu=with_gpu)
        meter, kill = meter_of(process.pid), process.kill
        if limits.processes:
            meter, kill = meter_of_all(process.pid, self.group, kill)
        worker = Worker(Connection(wire), kill, process.ending, meter)
        self._workers.add(worker)
        return worker

    def _order(
        self, limits: Limits, seconds: float, **more: Any
    ) -> tuple[socket.socket, _WorkerProcess]:
        if self.group:
            driver = gpu.DRIVER_MB if more.get("with_gpu") else 0
            # One submission may have several workers at once, each with its own limit.
            count = 1 + sum(worker.alive or worker.handed_over for worker in self._workers)
            each = limits.memory_mb + limits.disk_mb + driver << 20
            memory = self._used + count * each + _SPARE
            self.group.bound(memory, count * (_THREADS + limits.processes))
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
            handle = _receive_pidfd(status)
            undo.pop_all()
        return wire, _WorkerProcess(handle, status, limits, self.group)

    def end(self) -> None:
        """End the zygote and all its workers."""
        for worker in list(self._workers):
            worker.stop()
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        if self.group:
            self.group.remove()
        remove(self._launch.scratch / "work")


def _receive_pidfd(status: socket.socket) -> int:
    """Receive the pidfd of a process that the zygote has started; raises InternalError."""
    status.settimeout(_FORK_SECONDS)
    message, handles, _flags, _address = socket.recv_fds(status, 64, 1)
    if message == b"started" and len(handles) == 1:
        return handles[0]
    for handle in handles:
        os.close(handle)
    raise InternalError("no worker started with the layers that were tested")


def _pid_of(handle: int) -> int:
    """Return the number by which this process knows the process of a *handle*."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


class _ForkedZygote:
    """A process that is not a child of this one, known by its pidfd."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @property
    def pid(self) -> int:
        """Its process number in this process's namespace."""
        return _pid_of(self._handle)

    def kill(self) -> None:
        """Kill it; raises ProcessLookupError."""
        signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> None:
        """Wait for its end and close the pidfd; call this once."""
        gone = select.poll()
        gone.register(self._handle, select.POLLIN)
        gone.poll()
        os.close(self._handle)


def _user_of(candidate: Candidate) -> int | None:
    """Return the user that the zygote and its workers become; None for the grader's own user.

    Without namespaces, each zygote gets a user number of its own. Otherwise the kernel would let
    workers of different submissions signal each other, and would count their resources together.
    Some containers have no such user numbers.
    """
    if candidate.user is None or walls.ROOT in walls.LEVELS[candidate.level]:
        return candidate.user
    own = _FIRST_USER + os.getpid() * _USERS + next(_numbers) % _USERS
    return own if all(map(partial(_is_known, own), ("uid", "gid"))) else candidate.user


def _is_known(number: int, kind: str) -> bool:
    """Whether this process's user namespace has a user (or group) of that number."""
    ranges = [line.split() for line in Path(f"/proc/self/{kind}_map").read_text().splitlines()]
    return any(int(first) <= number < int(first) + int(count) for first, _outside, count in ranges)


def _package_home(scratch: Path) -> Path:
    """Return a folder with a link to the worker package, under a name no submission uses."""
    home = scratch / "home"
    home.mkdir(exist_ok=True)
    link = home / walls.PACKAGE_NAME
    if not link.is_symlink():
        link.symlink_to(PACKAGE)
    return home


def _working_directory(scratch: Path, user: int | None) -> Path:
    """Create the working directory of a zygote that becomes *user*."""
    work = scratch / "work"
    work.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        # A container may have no such user; becoming it then fails, too.
        with contextlib.suppress(OSError):
            os.chown(work, user, user)
    return work


class _WorkerProcess:
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
        self._kills = MemoryKills(group, limited=not limits.processes)
        self.pid = _pid_of(handle)

    def ending(self) -> str:
        """Return how the process ended, as a message.

        Raises:
            MachineBusy: the kernel killed it because the machine had no memory left.
        """
        # Between the end of the process and its supervisor's report, a busy machine may do much.
        # Who has only hung up, and lives, is not waited for as long.
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        self._status.settimeout(_FORK_SECONDS if ended.poll(_HUNG_UP_MS) else 0.01)
        try:
            said = json.loads(self._status.recv(4096) or b"{}")
        except OSError:
            return _("the process was stopped")
        # A supervisor that says nothing was killed itself, and took the process with it.
        number = said.get("signal") if said else signal.SIGKILL
        if said.get("full"):
            text = _("the process wrote more than {disk} MiB of files")
            return text.format(disk=self._limits.disk_mb)
        ran_out = self._kills.ran_out() if number == signal.SIGKILL else None
        if ran_out is RanOut.LIMIT:
            text = _("the process needed more than {memory} MiB of memory")
            return text.format(memory=self._limits.memory_mb)
        if ran_out is RanOut.MACHINE:
            raise MachineBusy(_("the machine had no memory left"))
        if number:
            known = number in set(signal.Signals)
            name = signal.Signals(number).name if known else f"signal {number}"
            return _("the process was killed by {signal}").format(signal=name)
        return _("the process exited (exit code {code})").format(code=said.get("exit", "?"))

    def kill(self) -> None:
        """Kill the process; its supervisor or its namespace kills its children."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        os.close(self._handle)
        self._status.settimeout(2.0)
        with contextlib.suppress(OSError):
            while self._status.recv(4096):
                pass
        self._status.close()
