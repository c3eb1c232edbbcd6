"""How a request reaches a module: over the wire to a worker, or by a plain call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from grader.errors import Crashed, NoDevice, Raised, TimedOut, Unwritten
from grader.exercise import Limits, Submission
from grader.language import _
from grader.worker.host import Fault, Host
from grader.worker.values import Callback, Unsendable

from .sandbox import Worker, deadline_in

#: a check may use this many times its own limit of processor time over a submission
_LIFETIME = 20.0
_LOAD_SECONDS = 30.0


class Channel(Protocol):
    """Takes a request to a module and brings back what it answers."""

    framework: str

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError."""
        ...


class StudentChannel(Channel, Protocol):
    """A channel to a submission, on which checks begin and end."""

    def begin(self, exercise: str, seed: int, limits: Limits) -> None:
        """Start a check of *exercise*; raises SubmissionError."""
        ...


class LocalChannel:
    """Requests as plain calls: a reference, or the functions of a live notebook."""

    def __init__(self, host: Host, framework: str) -> None:
        self._host = host
        self.framework = framework

    @classmethod
    def of_namespace(cls, namespace: Mapping[str, Any], framework: str) -> LocalChannel:
        """Return a channel to the functions in *namespace*."""
        return cls(Host.of_namespace(namespace, framework), framework)

    def begin(self, exercise: str, seed: int, limits: Limits) -> None:
        """Start a check of *exercise*; a plain call cannot be limited."""
        self._host.begin(exercise, seed)

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError."""
        try:
            return getattr(self._host, op)(**payload)
        except Fault as fault:
            raise translate(fault.payload(), payload.get("name", "")) from fault


class WorkerChannel:
    """Requests to a submission in a worker, which is started anew whenever it is gone.

    Args:
        start: returns a fresh worker for limits and a number of processor seconds.
    """

    def __init__(
        self,
        submission: Submission,
        start: Callable[[Limits, float], Worker],
        device: str = "cpu",
    ) -> None:
        self.framework = submission.framework
        self._submission = submission
        self._start = start
        self._device = device
        self._worker: Worker | None = None
        self._exercise = ""
        self._deadline = 0.0
        self._limits = Limits()
        self._dead_loads: dict[str, TimedOut | Crashed] = {}

    def begin(self, exercise: str, seed: int, limits: Limits) -> None:
        """Start a check of *exercise*: load it, seed it, start its clock.

        Raises:
            TimedOut, Crashed: running the module's own statements did; remembered, so that it
                happens once for each exercise and not once for each check.
        """
        self._limits = limits
        self._exercise = exercise
        if exercise in self._dead_loads:
            raise self._dead_loads[exercise]
        try:
            self._deadline = deadline_in(_LOAD_SECONDS)
            if self._worker is None or not self._worker.alive:
                self._send_submission()
            self._deadline = deadline_in(limits.seconds)
            self.request("begin", {"exercise": exercise, "seed": seed})
        except (TimedOut, Crashed) as error:
            self._dead_loads[exercise] = error
            raise
        self._deadline = deadline_in(limits.seconds)

    def _send_submission(self) -> None:
        self._worker = self._start(self._limits, self._limits.seconds * _LIFETIME)
        files = {name: _bytes_array(content) for name, content in self._submission.files}
        self.request(
            "submission",
            {
                "pieces": [(c.label, c.line, c.text) for c in self._submission.chunks],
                "files": files,
                "framework": self.framework,
                "device": self._device,
            },
        )

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError."""
        if self._worker is None or not self._worker.alive:
            raise Crashed(_("the process is gone"))
        callbacks: list[Callable[..., Any]] = []
        sendable = _number_callables(payload, callbacks)
        try:
            kind, answer = self._worker.request(op, sendable, self._deadline, callbacks)
        except TimedOut:
            limit = f"{self._limits.seconds:g}"
            text = _("{name} gave no answer within {seconds} s. Is there a loop that does not end?")
            name = payload.get("name") or self._exercise
            raise TimedOut(text.format(name=name, seconds=limit)) from None
        except Unsendable as error:
            raise Crashed(str(error)) from None
        if kind == "fault":
            raise translate(answer, payload.get("name") or self._exercise)
        return answer

    def close(self) -> None:
        """Stop the worker."""
        if self._worker is not None:
            self._worker.stop()


def _bytes_array(content: bytes) -> Any:
    import numpy as np

    return np.frombuffer(content, dtype=np.uint8)


def _number_callables(value: Any, found: list[Callable[..., Any]]) -> Any:
    """Return *value* with functions of the grader replaced by numbered markers."""
    if isinstance(value, list):
        return [_number_callables(item, found) for item in value]
    if isinstance(value, tuple):
        return tuple(_number_callables(item, found) for item in value)
    if isinstance(value, dict):
        return {key: _number_callables(item, found) for key, item in value.items()}
    if callable(value):
        found.append(value)
        return Callback(len(found) - 1)
    return value


def translate(fault: Any, name: str) -> Unwritten | Raised | Crashed | NoDevice:
    """Return the error that a fault from a worker means; every text in it is only text."""
    if not isinstance(fault, dict):
        return Crashed(_("the process sent something that is not an answer ({what})"))
    kind, message, type_name = (str(fault.get(key, "")) for key in ("kind", "message", "type"))
    place = _place(fault.get("where"))
    if kind == "missing":
        text = _("There is no function or class called {name}.").format(name=name)
        if message:
            text += " " + _("Found: {names}.").format(names=message)
        return Unwritten(text)
    if kind == "unwritten":
        return Unwritten(_("{name} is not written yet.").format(name=name))
    if kind == "syntax":
        text = _("The code of {name} is not valid Python").format(name=name)
        return Raised(f"{text}: {message}{place}")
    if kind == "load":
        text = _("Defining {name} failed with {error}").format(name=name, error=type_name)
    elif kind == "raised":
        text = _("{name} raised {error}").format(name=name, error=type_name)
    elif kind == "device":
        return NoDevice(_("There is no {device} device here.").format(device=message))
    elif kind == "framework":
        return Raised(_("This machine cannot run the submission: {what}.").format(what=message))
    else:
        text = _("{name} returned something that cannot be judged: {what}.")
        return Raised(text.format(name=name, what=message))
    return Raised(f"{text}: {message}{place}" if message else text + place, text + place)


def _place(where: Any) -> str:
    """Return `` (file, line N: text)`` for the innermost line that is the learner's."""
    if not isinstance(where, Sequence) or not where:
        return ""
    last = where[-1]
    if not isinstance(last, Sequence) or len(last) != 4:
        return ""
    label, line, _function, text = last
    place = _("{file}, line {line}").format(file=label, line=line)
    return f"\n  {place}: {text}" if text else f"\n  {place}"
