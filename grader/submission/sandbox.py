"""The trusted side of the worker: starts the zygote, asks it for workers, kills them.

Nothing here waits without a deadline, and nothing a worker does raises anything but Crashed or
TimedOut.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from grader.errors import AuthoringError, Crashed, InternalError, TimedOut
from grader.exercise import Limits
from grader.language import _
from grader.outcome import Isolation
from grader.worker import walls
from grader.worker.values import is_data
from grader.worker.wire import Connection, DeadlineExceeded, PeerClosed, WireError

from .scratch import scratch_directory

_PACKAGE = Path(walls.__file__).parent
_START_SECONDS = 120.0
_FORK_SECONDS = 20.0
_BOOTSTRAP = (
    "import sys; sys.path.append({home!r}); "
    "from {name}.zygote import main; main({control}, {frameworks!r}, {walled})"
)
_DESK_BOOTSTRAP = (
    "import os, sys; sys.path.append({home!r}); os.dup2(2, 1); "
    "from {name}.walls import die_with_parent; die_with_parent(); "
    "from {name}.serve import serve; serve({control})"
)


class Worker:
    """One learner's process, and the only way to speak with it."""

    def __init__(
        self, connection: Connection, kill: Callable[[], None], ending: Callable[[], str]
    ) -> None:
        self._connection = connection
        self._kill = kill
        self._ending = ending
        self._numbers = itertools.count(1)
        self.alive = True

    def request(
        self,
        op: str,
        payload: dict[str, Any],
        deadline: float,
        callbacks: Sequence[Callable[..., Any]] = (),
    ) -> tuple[str, Any]:
        """Send a request and return its reply's kind and payload.

        Args:
            deadline: on the clock of ``time.monotonic``; for the whole exchange.

            callbacks: functions that the worker may call meanwhile, by their index.

        Raises:
            TimedOut: there was no whole reply before *deadline*; the worker is dead now.

            Crashed: the worker died or sent what is not a reply; it is dead now.
        """
        number = next(self._numbers)
        try:
            self._connection.send(number, op, payload, deadline)
            while True:
                id, kind, answer = self._connection.receive(deadline)
                if kind == "callback":
                    self._resume(id, answer, callbacks, deadline)
                elif id == number and kind in ("value", "fault"):
                    return kind, answer
                else:
                    raise WireError("a reply to no request")
        except DeadlineExceeded:
            self.stop()
            raise TimedOut(_("no answer in time")) from None
        except PeerClosed:
            # Its own end must be read before the kill makes it look like ours.
            ending = self._ending()
            self.stop()
            raise Crashed(ending) from None
        except WireError as error:
            self.stop()
            raise Crashed(not_an_answer(error), not_an_answer("?")) from None
        except BaseException:
            # Whatever ends the exchange midway, its rest must not be taken for the next reply.
            self.stop()
            raise

    def _resume(
        self, id: int, answer: Any, callbacks: Sequence[Callable[..., Any]], deadline: float
    ) -> None:
        """Call back and send what comes of it; what the worker passes is only data."""
        function, args = _called(answer, callbacks)
        try:
            result = function(*args)
            self._connection.send(id, "resume", result, deadline)
        except (WireError, AuthoringError, InternalError):
            raise
        except Exception as error:
            if not self.alive:  # a request that the function itself made was its end
                raise
            # In one process it would reach the learner's code, which may have caused it.
            refusal = {"type": type(error).__name__, "message": str(error)[:2000]}
            self._connection.send(id, "refuse", refusal, deadline)

    def stop(self) -> None:
        """Kill the process and whatever it started."""
        if self.alive:
            self.alive = False
            self._kill()
            self._connection.close()


def not_an_answer(what: object) -> str:
    """Return the sentence for a process that broke the protocol."""
    return _("the process sent something that is not an answer ({what})").format(what=what)


def _called(
    answer: Any, callbacks: Sequence[Callable[..., Any]]
) -> tuple[Callable[..., Any], list[Any]]:
    """Return the function that a callback names, and its arguments."""
    if not isinstance(answer, dict) or set(answer) != {"callback", "args"}:
        raise WireError("a callback that cannot be read")
    number, args = answer["callback"], answer["args"]
    if type(number) is not int or not 0 <= number < len(callbacks) or not isinstance(args, list):
        raise WireError("a callback to no function")
    if not all(map(is_data, args)):
        raise WireError("a callback with an object")
    return callbacks[number], args


class Zygote:
    """A warm process that forks a worker in about ten milliseconds.

    Args:
        frameworks: what to import beforehand.

        walled: whether bubblewrap is wanted; it is used only where it works.
    """

    def __init__(self, frameworks: Sequence[str] = ("numpy",), walled: bool = True) -> None:
        self._frameworks = tuple(frameworks)
        self._scratch, self._lock = scratch_directory()
        outer = walls.bubblewrap(_PACKAGE) if walled and bubblewrap_works() else None
        self._outer = outer
        self._process: subprocess.Popen[bytes] | None = None
        self._ready: dict[str, Any] | None = None
        self._workers: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        walled = self._outer is not None
        home, name = str(_PACKAGE.parent.parent), "grader.worker"
        if walled:
            home, name = walls.PACKAGE_HOME, walls.PACKAGE_NAME
        code = _BOOTSTRAP.format(
            home=home,
            name=name,
            control=theirs.fileno(),
            frameworks=self._frameworks,
            walled=walled,
        )
        with (self._scratch / "stderr").open("ab") as stderr:
            self._process = subprocess.Popen(
                [*(self._outer or ()), sys.executable, "-I", "-c", code],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=walls.zygote_environment(),
                cwd=self._scratch,
                start_new_session=True,
            )
        theirs.close()
        ours.settimeout(_START_SECONDS)
        self._control = ours
        self._ready = None

    @property
    def ready(self) -> dict[str, Any]:
        """Wait for the zygote and return what it said of itself."""
        if self._ready is None:
            try:
                answer = self._control.recv(65536)
            except OSError:
                answer = b""
            if not answer:
                said = (self._scratch / "stderr").read_text(errors="replace")[-2000:]
                raise InternalError(f"the zygote did not start: {said}")
            self._ready = json.loads(answer)
            self._control.settimeout(_FORK_SECONDS)
        return self._ready

    @property
    def isolation(self) -> Isolation:
        """Return the walls that were seen to stand."""
        layers = {"bubblewrap": self._outer is not None, **self.ready["layers"]}
        missing = [name for name, stands in layers.items() if not stands]
        level = "bubblewrap" if self._outer is not None else "process"
        warning = ""
        if missing:
            text = _("WEAK ISOLATION: learners' code ran without {missing}. {advice}")
            advice = _("Install bubblewrap (`apt install bubblewrap`) and allow user namespaces.")
            warning = text.format(missing=", ".join(missing), advice=advice)
        return Isolation(level, tuple(layers.items()), warning)

    def worker(self, limits: Limits, seconds: float) -> Worker:
        """Fork a worker.

        Args:
            limits: of memory.

            seconds: of processor time over the worker's life.

        Raises:
            InternalError: no worker could be had.
        """
        for attempt in (1, 2):
            try:
                return self._fork(limits, seconds)
            except (OSError, ValueError, InternalError) as error:
                if attempt == 2:
                    raise InternalError(f"no worker can be started: {error}") from None
                self._end()
                self._start()
        raise AssertionError("unreachable")

    def _fork(self, limits: Limits, seconds: float) -> Worker:
        if not self.ready:
            raise InternalError("the zygote is not ready")
        with contextlib.ExitStack() as undo:
            wire, their_wire = socket.socketpair()
            status, their_status = socket.socketpair()
            scratch = None if self._outer else Path(tempfile.mkdtemp(dir=self._scratch))
            undo.callback(wire.close)
            undo.callback(status.close)
            request = {
                "memory_mb": limits.memory_mb,
                "seconds": seconds,
                "scratch": str(scratch or walls.SCRATCH),
            }
            with their_wire, their_status:
                socket.send_fds(
                    self._control,
                    [json.dumps(request).encode()],
                    [their_wire.fileno(), their_status.fileno()],
                )
            status.settimeout(_FORK_SECONDS)
            said, handles, _flags, _address = socket.recv_fds(status, 64, 1)
            for handle in handles:
                undo.callback(os.close, handle)
            if said != b"started" or len(handles) != 1:
                raise InternalError("no worker behind walls that stand could be had")
            undo.pop_all()
        life = _Life(handles[0], status, scratch)
        worker = Worker(Connection(wire), life.kill, life.ending)
        self._workers.add(worker)
        return worker

    def close(self) -> None:
        """End the zygote and every worker below it."""
        self._end()
        shutil.rmtree(self._scratch, ignore_errors=True)
        os.close(self._lock)

    def _end(self) -> None:
        for worker in list(self._workers):
            worker.stop()
        self._control.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


class _Life:
    """The process behind a worker: its handle, and how it ended."""

    def __init__(self, handle: int, status: socket.socket, scratch: Path | None) -> None:
        self._handle = handle
        self._status = status
        self._scratch = scratch

    def ending(self) -> str:
        """Return how the process ended by itself, or that it still runs."""
        # The supervisor needs a moment between the end of the process and its report.
        self._status.settimeout(0.5)
        try:
            ended = json.loads(self._status.recv(4096) or b"{}")
        except OSError:
            return _("the process was stopped")
        number = ended.get("signal")
        if number:
            known = number in set(signal.Signals)
            name = signal.Signals(number).name if known else f"signal {number}"
            return _("the process was ended by {signal}").format(signal=name)
        return _("the process ended itself (exit code {code})").format(code=ended.get("exit", "?"))

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
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)


_works: bool | None = None


def bubblewrap_works() -> bool:
    """Return whether bubblewrap is installed and this machine lets it make namespaces."""
    global _works
    if _works is None:
        command = walls.bubblewrap(_PACKAGE)
        try:
            _works = command is not None and (
                subprocess.run(
                    [*command, sys.executable, "-I", "-c", "import numpy"],
                    capture_output=True,
                    timeout=30,
                    check=False,
                ).returncode
                == 0
            )
        except (OSError, subprocess.TimeoutExpired):
            _works = False
    return _works


def desk_worker(directory: Path) -> Worker:
    """Start a worker on the learner's own machine: no walls, but a deadline, and prints show."""
    ours, theirs = socket.socketpair()
    code = _DESK_BOOTSTRAP.format(
        home=str(_PACKAGE.parent.parent), name="grader.worker", control=theirs.fileno()
    )
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", code],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        cwd=directory,
    )
    theirs.close()

    def ending() -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(timeout=0.5)
            return _("the process ended itself (exit code {code})").format(code=code)
        return _("the process was stopped")

    def kill() -> None:
        process.kill()
        process.wait()

    return Worker(Connection(ours), kill, ending)


def deadline_in(seconds: float) -> float:
    """Return the time *seconds* from now, on the clock of deadlines."""
    return time.monotonic() + seconds
