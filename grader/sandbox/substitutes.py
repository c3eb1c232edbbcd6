"""Correct functions in place of a learner's wrong ones, for a second run of another exercise.

A learner's code then gives the reference whatever inputs it likes. So the reference computes in a
process of its own: a fork of this one, with the limits on time and memory of the exercise, which
ends with the run. It never meets a learner's code; only values reach it, through this process.
"""

from __future__ import annotations

import os
import socket
import sys
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.errors import Crashed, InternalError, MachineBusy, Raised, TimedOut
from grader.exercise import Limits
from grader.language import _
from grader.worker.module_host import Host
from grader.worker.serve import Server
from grader.worker.substitutes import REASONS
from grader.worker.values import Held, is_data, replace_arrays
from grader.worker.wire import Connection

from .answer_validation import MAX_ITEMS
from .fork import fork
from .own_memory import limit_memory
from .processor_time import meter_of
from .time_limit import Over, TimeLimit
from .worker_process import Worker

#: why a correct function cannot answer, beside the worker's own :data:`REASONS`
OBJECTS, LIMITS = "objects", "limits"
_ALL_REASONS = REASONS | {OBJECTS, LIMITS}


class Substitutes:
    """The reference's functions *names*, as functions that a worker may call.

    Args:
        host: the reference.

    Attributes:
        names: what they replace.

        asked: those that were called.

        cannot: why some could not answer.
    """

    def __init__(self, host: Host, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.asked: set[str] = set()
        self.cannot: dict[str, str] = {}
        self._host = host
        self._process: Worker | None = None
        self._limits = Limits()
        self._seed: int | None = None
        self._time: TimeLimit | None = None

    @property
    def functions(self) -> list[Callable[..., Any]]:
        """One function for each name, for :meth:`Worker.request`."""
        return [partial(self._answer, name) for name in self.names]

    def begin(self, seed: int, limits: Limits) -> None:
        """Start a check: the reference has as much time for all its answers as the learner's code.

        Args:
            seed: of the learner's generators; the reference's own follow from it.
        """
        self._seed = zlib.crc32(b"substitutes %d" % seed) % 2**31
        self._limits = limits
        self._time = None

    def close(self) -> None:
        """End the reference's process."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    # -- what a worker asks, which may be anything -----------------------------------------------

    def _answer(self, name: str, what: Any = None, *details: Any) -> Any:
        """Answer a worker.

        Raises:
            Raised: the request makes no sense, or the reference raised.

            MachineBusy: the machine gave the reference too little of itself.
        """
        self.asked.add(name)
        match what, details:
            case "cannot", [str(reason)] if reason in _ALL_REASONS:
                self.cannot.setdefault(name, reason)
                return None
            case "call", [list(args), dict(kwargs)] if all(isinstance(k, str) for k in kwargs):
                return self._call(name, args, kwargs)
            case "vjp", [list(args), cotangent]:
                return self._gradients(name, args, cotangent)
        raise Raised(_("{name} cannot be called in this way.").format(name=name))

    def _call(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        answer = self._request(name, "call", {"name": name, "args": args, "kwargs": kwargs})
        value, after = answer["value"], answer["after"]
        if isinstance(value, Held) and value.iterable:
            return {"items": self._items(name, value), "after": after}
        if not is_data(value):
            raise self._unable(name, OBJECTS)
        return {"value": value, "after": after}

    def _items(self, name: str, iterable: Held) -> list[Any]:
        """Return all that an iterable yields."""
        iterator = self._request(name, "iterate", {"id": iterable.id})["value"]
        answer = self._request(name, "take", {"id": iterator.id, "count": MAX_ITEMS + 1})
        items = answer["value"]
        if len(items) > MAX_ITEMS or answer["after"] or not is_data(items):
            raise self._unable(name, OBJECTS)
        return list(items)

    def _gradients(self, name: str, args: list[Any], cotangent: Any) -> list[Any]:
        """Return the gradients for the arguments, in their dtypes; computed in float64."""
        payload = {"name": name, "args": args, "cotangent": cotangent}
        wide = replace_arrays(payload, _widened)
        gradients = self._request(name, "vjp", wide)["value"]
        return [
            None if gradient is None else np.asarray(gradient).astype(argument.dtype)
            for gradient, argument in zip(gradients, args, strict=True)
        ]

    def _request(self, name: str, op: str, payload: dict[str, Any]) -> Any:
        """Return what the reference answers."""
        process, limit = self._ready(name)
        try:
            with limit.running():
                kind, answer = process.request(op, payload, limit.left)
        except TimedOut:
            if limit.over is Over.STARVED:
                text = _("the machine was too busy to run {name}").format(name=name)
                raise MachineBusy(text) from None
            raise self._unable(name, LIMITS) from None
        except Crashed:  # by its own limit on memory, for want of which it cannot even say so
            raise self._unable(name, LIMITS) from None
        if kind != "value":
            if isinstance(answer, dict) and answer.get("kind") in ("memory", "unsendable"):
                raise self._unable(name, LIMITS)
            raise Raised(_("{name} raised an exception.").format(name=name))
        return answer

    def _ready(self, name: str) -> tuple[Worker, TimeLimit]:
        """Return the reference's process, seeded for the check, and what time it has left.

        There is one process in a run: once a worker has driven it beyond its limits, it gets no
        more answers.
        """
        if LIMITS in self.cannot.values():
            raise self._unable(name, LIMITS)
        if self._process is None:
            self._process = forked(self._host, self._limits)
        if self._time is None:
            self._time = TimeLimit(self._limits.seconds, self._process.meter)
        if self._seed is not None:
            seed, self._seed = self._seed, None
            with self._time.running():
                request = {"exercise": "", "seed": seed}
                self._process.request("begin", request, self._time.left)
        return self._process, self._time

    def _unable(self, name: str, reason: str) -> Raised:
        self.cannot.setdefault(name, reason)
        return Raised(_("{name} cannot be called in this way.").format(name=name))


def _widened(array: Any) -> Any:
    return array.astype(np.float64) if array.dtype.kind == "f" else array


def forked(host: Host, limits: Limits) -> Worker:
    """Return a fork of this process that answers requests to *host*.

    Raises:
        InternalError: it cannot be started.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            made = fork()
        except InternalError:
            ours.close()
            raise
        if made is None:
            try:
                _serve(theirs, host, limits)
            finally:
                # Whatever happened, nothing of the grader's may be run a second time here.
                os._exit(0)
    meter = meter_of(made.pid)
    return Worker(Connection(ours), made.end, lambda: _("the process has ended"), meter)


def _serve(connection: socket.socket, host: Host, limits: Limits) -> None:
    """Answer until the grader closes the connection."""
    socket_number = os.dup2(connection.fileno(), 3) if connection.fileno() != 3 else 3
    os.closerange(4, os.sysconf("SC_OPEN_MAX") if sys.platform != "linux" else 2**16)
    limit_memory(limits.memory_mb)
    Server(Connection(socket.socket(fileno=socket_number)), host).run()
