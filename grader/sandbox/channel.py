"""Channels: send requests to a module, over the wire to a worker or by a plain call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from grader.errors import (
    Crashed,
    Forbidden,
    InternalError,
    MachineBusy,
    NoDevice,
    NotInstalled,
    Raised,
    SubmissionError,
    TimedOut,
)
from grader.exercise import Limits, Submission
from grader.language import _
from grader.worker.adapters import CPU, FLOAT_DTYPES, PATIENCE, Device
from grader.worker.call_arrays import Changes
from grader.worker.fault import Fault
from grader.worker.module_host import Host
from grader.worker.values import Callback, Unsendable, with_parts

from .fault_sentences import place_of, text_in, translate
from .from_scratch import as_listed, reason
from .promised_memory import require_promise
from .substitutes import Substitutes
from .time_limit import Over, TimeLimit
from .worker_process import Worker, not_an_answer

#: processor time of a worker's life, as a multiple of one check's: only for what the limit of a
#: check does not see, threads that go on computing
_LIFETIME = 1000.0
#: what the framework has to start up, and the libraries of one exercise to be imported
_LIBRARY_SECONDS = 30.0
#: of the limit on time, what loading a module has in a worker that has run other code; if that is
#: not enough, it is loaded again in a fresh one
_SHARE_IN_USED = 0.1


#: called when a check has spent its part of the time: whether this process, a fork by now, goes on
#: with the worker and all of the time
GoOn = Callable[[Worker], bool]


class Channel(Protocol):
    """Sends requests to a module and returns its answers."""

    framework: str

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError."""
        ...


class StudentChannel(Channel, Protocol):
    """A channel to a submission.

    Attributes:
        device: the device that it computes on.

        can_go_on: whether a check may go on in a fork while another begins here: their workers
            share nothing.
    """

    device: Device
    can_go_on: bool

    def begin(self, exercise: str, seed: int, limits: Limits, share: float = 1.0) -> None:
        """Start a check of *exercise*; raises SubmissionError.

        Args:
            share: of the limit on time, what this check has of it.
        """
        ...

    def when_spent(self, go_on: GoOn | None) -> None:
        """Call *go_on* when the next check has spent its share."""
        ...


class ClosableChannel(StudentChannel, Protocol):
    """A channel that ends its worker when it is closed."""

    def close(self) -> None:
        """End it."""
        ...


class LocalChannel:
    """Answers requests by plain calls: for a reference, or the functions of a live notebook."""

    can_go_on = False

    def __init__(self, host: Host, framework: str) -> None:
        self._host = host
        self.framework = framework
        self.device = host.adapter.device

    @classmethod
    def of_namespace(cls, namespace: Mapping[str, Any], framework: str) -> LocalChannel:
        """Return a channel to the functions in *namespace*."""
        return cls(Host.of_namespace(namespace, framework), framework)

    def begin(self, exercise: str, seed: int, limits: Limits, share: float = 1.0) -> None:
        """Start a check of *exercise*. Plain calls have no limits."""
        self._host.begin(exercise, seed)

    def when_spent(self, go_on: GoOn | None) -> None:
        """Do nothing."""

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError."""
        try:
            return getattr(self._host, op)(**payload)
        except Fault as fault:
            raise translate(fault.payload(), payload.get("name", "")) from fault


class WorkerChannel:
    """Sends requests to a submission in a worker, and restarts the worker if it has ended.

    Args:
        start: returns a fresh worker for limits and a number of processor seconds.

        device: where it computes; the limits say how much of the device's memory.

        forbidden: patterns of the names that each exercise is to do without.

        exercises: those that will be checked, as far as known.

        substitutes: correct functions that its code calls in place of its own; closed with this.

        changes: the arguments that each exercise changes in place.
    """

    def __init__(
        self,
        submission: Submission,
        start: Callable[[Limits, float], Worker],
        device: Device = CPU,
        forbidden: Mapping[str, Sequence[str]] = MappingProxyType({}),
        exercises: Iterable[str] = (),
        substitutes: Substitutes | None = None,
        changes: Changes = MappingProxyType({}),
    ) -> None:
        self.framework = submission.framework
        self._changes = changes
        # its files of which each is the main one for some exercises, and that of the worker
        self._whole = self._submission = submission
        self._start = start
        self.device = device
        self.can_go_on = device is CPU and substitutes is None
        self._worker: Worker | None = None
        self._exercise = ""
        self._limits = Limits()
        self._time: TimeLimit | None = None
        # the limit that is only a part of a check's
        self._part: TimeLimit | None = None
        self._go_on: GoOn | None = None
        self._in_fork = False
        self._started_with = (0, 0, 0)
        self._dead_loads: dict[str, TimedOut | Crashed] = {}
        self._exercises = set(exercises)
        # those of them whose libraries end a worker
        self._deadly: set[str] = set()
        self._forbidden = forbidden
        self._substitutes = substitutes
        self._names = substitutes.names if substitutes is not None else ()
        self._functions = substitutes.functions if substitutes is not None else []
        self._uses: dict[str, SubmissionError] = {}

    def begin(self, exercise: str, seed: int, limits: Limits, share: float = 1.0) -> None:
        """Start a check of *exercise*: load it, seed it, start its clock.

        Raises:
            TimedOut, Crashed: the module's own statements timed out or crashed. This is remembered,
                so that it costs time once for each exercise and not for each check.

            Forbidden: it uses what the exercise is to do without.

            MachineBusy: the machine gave it too little of itself.
        """
        self._exercise = exercise
        self._exercises.add(exercise)
        if (part := self._whole.holding(exercise)) is not self._submission:
            self._stop()
            self._submission, self.framework = part, part.framework
        limits = replace(limits, seconds=limits.seconds * PATIENCE.get(self.framework, 1.0))
        self._limits = limits
        if self._substitutes is not None:
            self._substitutes.begin(seed, limits)
        if exercise in self._dead_loads:
            raise self._dead_loads[exercise]
        # Twice, because an earlier check may have left the worker in a state that makes it crash.
        for fresh in (not self._worker_fits(limits), True):
            try:
                if fresh:
                    self._send_submission(limits)
                if exercise in self._uses:
                    raise self._uses[exercise]
                self._limit(limits.seconds * (1.0 if fresh else _SHARE_IN_USED))
                self.request("begin", {"exercise": exercise, "seed": seed})
                break
            except (TimedOut, Crashed) as error:
                if fresh:
                    self._dead_loads[exercise] = error
                    raise
        share = 1.0 if self._in_fork else share
        self._limit(limits.seconds * share)
        self._part = self._time if share < 1.0 else None

    def when_spent(self, go_on: GoOn | None) -> None:
        """Call *go_on* when the next check has spent its share."""
        self._go_on = go_on

    def _left(self, limit: TimeLimit) -> float:
        """Return for how long to wait for the worker; a check whose share is spent may go on."""
        left, worker = limit.left(), self._worker
        if left or limit is not self._part or limit.over is Over.STARVED or worker is None:
            return left
        go_on, self._go_on = self._go_on, None
        if go_on is None or not go_on(worker):
            return left
        self._in_fork = True
        limit.extend(self._limits.seconds)
        return limit.left()

    def _limit(self, seconds: float) -> None:
        """Give the worker *seconds* from now on."""
        assert self._worker is not None
        self._time = TimeLimit(seconds, self._worker.meter)

    def _import_libraries(self) -> None:
        """Have the libraries of all exercises imported, while no code of the learner's has run."""
        for exercise in sorted(self._exercises - self._deadly):
            self._limit(_LIBRARY_SECONDS)
            try:
                self.request("import_libraries", {"exercise": exercise})
            except (TimedOut, Crashed):
                # It may well be in a branch that is never taken. If not, loading meets it again.
                self._deadly.add(exercise)
                self._send_submission(self._limits)
                return

    def _worker_fits(self, limits: Limits) -> bool:
        """Whether the worker is alive and was started with these limits."""
        worker = self._worker
        return worker is not None and worker.alive and self._started_with == _lifelong(limits)

    def _send_submission(self, limits: Limits) -> None:
        self._stop()
        if self._in_fork:
            # It has only the worker that it goes on with. Whoever made it does the rest.
            os._exit(0)
        self._worker = self._start(limits, limits.seconds * _LIFETIME + _LIBRARY_SECONDS)
        self._started_with = _lifelong(limits)
        self._limit(_LIBRARY_SECONDS)
        files = {name: np.frombuffer(data, np.uint8) for name, data in self._submission.files}
        payload = {
            "pieces": [(c.label, c.line, c.text) for c in self._submission.chunks],
            "files": files,
            "folder": self._submission.folder,
            "framework": self.framework,
            "device": self.device.name,
            "allow_tf32": self.device.allow_tf32,
            "memory_mb": limits.memory_mb,
            "forbidden": {name: list(listed) for name, listed in self._forbidden.items()},
            "substitutes": {name: Callback(i) for i, name in enumerate(self._names)},
            "changes": {name: dict(changed) for name, changed in self._changes.items()},
        }
        try:
            uses = self.request("submission", payload)
        except TimedOut as error:
            # None of the learner's code has run yet.
            raise MachineBusy(str(error)) from None
        except BaseException:
            # The device or framework is missing; a worker without a submission is useless.
            self._stop()
            raise
        # Trust the uses found by reading the code: none of it has run yet.
        self._uses = {
            exercise: self._offence(exercise, name, where, read=True)
            for exercise, (name, where) in (uses or {}).items()
        }
        self._import_libraries()

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError and MachineBusy."""
        if self._worker is None or not self._worker.alive or self._time is None:
            raise Crashed(_("the process has ended"))
        name = payload.get("name") or self._exercise
        limit = self._time
        # The first numbers are those of the correct functions, in every request.
        callbacks = [_in_paused(function, limit) for function in self._functions]
        sendable = _number_callables(payload, callbacks)
        try:
            with limit.running():
                kind, answer = self._worker.request(
                    op, sendable, partial(self._left, limit), callbacks
                )
        except TimedOut:
            if limit.over is Over.STARVED:
                text = _("the machine was too busy to run {name}").format(name=name)
                raise MachineBusy(text) from None
            text = _("{name} did not return within {seconds} s. Is there an infinite loop?")
            raise TimedOut(text.format(name=name, seconds=f"{limit.seconds:g}")) from None
        except Unsendable as error:
            raise Crashed(str(error)) from None
        if kind == "value":
            return answer
        if op == "submission":
            raise self._refusal(answer)
        if text_in(answer, "kind") == "forbidden":
            raise self._offence(self._exercise, text_in(answer, "message"), answer.get("where"))
        if text_in(answer, "kind") == "memory":
            require_promise(self._limits.memory_mb, self._stop)
        code = self._submission
        raise translate(answer, name, code.chunks, self._limits, code.files, code.folder)

    def _offence(self, exercise: str, name: str, where: Any, read: bool = False) -> SubmissionError:
        """Return the error for a use of *name* in *exercise*.

        Args:
            read: found by reading the code; otherwise reported by a worker, which may lie.
        """
        listed = self._forbidden.get(exercise, ())
        entry = as_listed(name, listed)
        if not entry:
            return Crashed(not_an_answer("?"))
        place = place_of(where, self._submission.chunks)
        text = reason(entry, listed)
        full, headline = (text.format(exercise=exercise, name=n) + place for n in (name, entry))
        return Forbidden(full, full if read else headline)

    def _refusal(self, fault: Any) -> SubmissionError | InternalError:
        """Return the error for a submission that a worker has refused.

        Only here may a worker say that a device or framework is missing. Later, the learner's code
        could claim it to have checks skipped.
        """
        kind, message = text_in(fault, "kind"), text_in(fault, "message")
        if kind == "device":
            text = _("This machine has no {device} device.").format(device=self.device.name)
            # the message is the driver's, if there is a device that cannot be used
            return NoDevice(f"{text} ({message})" if message != self.device.name else text)
        text = _("This machine cannot run the submission: {what}.").format(what=message)
        if kind == "framework" and self.framework in FLOAT_DTYPES:
            return NotInstalled(text, self.framework)
        return Raised(text)

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()

    def close(self) -> None:
        """Stop the worker."""
        self._stop()
        if self._substitutes is not None:
            self._substitutes.close()


def _in_paused(function: Callable[..., Any], limit: TimeLimit) -> Callable[..., Any]:
    """Return *function*, whose time is not that of the code which waits for it."""

    def paused(*args: Any) -> Any:
        with limit.paused():
            return function(*args)

    return paused


def _number_callables(value: Any, found: list[Callable[..., Any]]) -> Any:
    """Return *value* with the grader's functions replaced by numbered markers."""

    def numbered(part: Any) -> Any:
        if not callable(part):
            return part
        found.append(part)
        return Callback(len(found) - 1)

    return with_parts(value, numbered)


def _lifelong(limits: Limits) -> tuple[int, int, int]:
    """Return the limits that cannot change during a worker's life."""
    return limits.memory_mb, limits.disk_mb, limits.processes
