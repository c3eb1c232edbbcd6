"""The reference behind the same door as a submission, and the recording that stands in for it.

A reference computes in float64 whatever the submission computes in: inputs are widened on the way
in. Same name and same inputs give the same answer, so each is computed once in a run, for a whole
class. What was asked can be written down, and a kit replays it: no reference leaves the house.
"""

from __future__ import annotations

import hashlib
import importlib
import types
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from grader.errors import AuthoringError, InternalError, Raised, SubmissionError
from grader.language import _
from grader.worker import wire
from grader.worker.call_effects import keeping_modes, modes, put_back
from grader.worker.finite_differences import central_differences, slopes
from grader.worker.module_host import Host
from grader.worker.values import Array, Held, Unsendable, is_data, leaves, replace_arrays

from .channel import LocalChannel
from .repeated_check import answer_of, objects, with_objects

_RECORDABLE = ("call", "vjp", "slopes", "repeat")

#: answers remembered: the checks' own inputs come first, and values that come from learners, which
#: a check may pass on, must not pile up over a class
MOST_ANSWERS = 10_000


def load_reference(path: Path, framework: str) -> ReferenceChannel:
    """Run the reference module at *path* and return a channel to it.

    Raises:
        AuthoringError: it does not run.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthoringError(f"the reference cannot be read: {error}", path) from None
    return load_reference_text(text, path, framework)


def load_reference_text(text: str, path: Path, framework: str) -> ReferenceChannel:
    """Run *text* as a reference module; *path* is named in errors."""
    _compute_on_one_thread(framework)
    put_back(_modes_at_first(framework))
    module = types.ModuleType("reference")
    module.__file__ = str(path)
    try:
        code = compile(text, str(path), "exec", dont_inherit=True)
        exec(code, module.__dict__)
        host = Host.of_namespace(module.__dict__, framework)
    except SyntaxError as error:
        what = f"the reference does not parse: {error.msg}"
        raise AuthoringError(what, path, error.lineno) from None
    except Exception as error:
        what = f"the reference does not run: {type(error).__name__}: {error}"
        raise AuthoringError(what, path) from error
    return ReferenceChannel(host, framework)


def key_of(op: str, payload: dict[str, Any]) -> str:
    """Return the identity of a request: its operation and every value in it."""
    digest = hashlib.sha256(op.encode())
    for part in wire.encode(0, op, payload):
        digest.update(part)
    return digest.hexdigest()


def _compute_on_one_thread(framework: str) -> None:
    """Keep PyTorch from starting threads in this process.

    Grading processes are forked from it, and a fork waits for ever for threads that only its
    parent has. Two grading processes on two cores are also faster than one that uses both.
    """
    if framework == "torch":
        importlib.import_module("torch").set_num_threads(1)


@cache
def _modes_at_first(framework: str) -> dict[str, Any]:
    """Return the global settings from before any module ran that might change them for good."""
    return modes()


class ReferenceChannel:
    """Asks the reference, in float64, once for each request.

    Args:
        widen: whether it computes in float64 whatever it is given.
    """

    def __init__(self, host: Host, framework: str, widen: bool = True) -> None:
        self._local = LocalChannel(host, framework)
        self._host = host
        self._widen = widen
        self.framework = framework
        self.answers: dict[str, Any] = {}

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer, from memory if the same was asked before."""
        if op not in _RECORDABLE:
            return self._compute(op, payload)
        try:
            key = key_of(op, payload)
        except Unsendable:  # a function is among the arguments: it may give anything
            return self._compute(op, payload)
        if key not in self.answers:
            answer = self._compute(op, payload)
            # an object has a life of its own and is made anew
            if not is_data(answer) or len(self.answers) >= MOST_ANSWERS:
                return answer
            self.answers[key] = answer
        return _copied(self.answers[key])

    def as_student(self, framework: str) -> LocalChannel:
        """Return a channel to the same module as if it were a submission in *framework*.

        Checks then draw inputs in that framework's dtype, and every answer they ask of the
        reference for such submissions is remembered.
        """
        return LocalChannel(self._host, framework)

    def as_given(self) -> ReferenceChannel:
        """Return a channel that computes in the dtype of the inputs, as a learner's code does."""
        return ReferenceChannel(self._host, self.framework, widen=False)

    def _compute(self, op: str, payload: dict[str, Any]) -> Any:
        before = leaves([*payload.get("args", ()), *payload.get("kwargs", {}).values()])
        if self._widen:
            payload = {key: replace_arrays(value, _widened) for key, value in payload.items()}
        try:
            # a mistake may leave settings changed, which everything here shares
            with keeping_modes(), warnings.catch_warnings():
                # a mistake may divide by zero, and its warning would name a line of the course
                warnings.simplefilter("ignore")
                if op in ("vjp", "slopes"):
                    answer = self._differentiate(**payload)
                elif op == "repeat":
                    answer = self._repeat(**payload)
                else:
                    answer = self._local.request(op, payload)
        except SubmissionError as error:
            raise AuthoringError(f"the reference failed: {error}") from error
        if not isinstance(answer, dict):
            return answer
        answer["after"] = [[i, new.astype(before[i].dtype)] for i, new in answer["after"]]
        return answer

    def _differentiate(
        self, name: str, args: list[Any], cotangent: Any, seed: int | None = None
    ) -> dict[str, Any]:
        """Return the whole gradient, or with a *seed* its slopes where it is looked at."""

        def function(*values: Any) -> Any:
            payload = {"name": name, "args": values, "kwargs": {}}
            return self._local.request("call", payload)["value"]

        if seed is None:
            return {"value": central_differences(function, args, cotangent), "after": []}
        found = slopes(function, args, cotangent, seed)
        return {"value": [one and one.neutral() for one in found], "after": []}

    def _repeat(self, seed: int, calls: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
        """Answer *calls* in order, from generators seeded as a submission's were.

        A call that raises, and one on an object that was not handed out, is answered with None.
        """
        self._host.begin("", seed)
        held: list[Held] = []
        answers: list[Any] = []
        for op, payload in calls:
            try:
                request = with_objects(payload, dict(enumerate(held)))
                answer = self._local.request(op, request)
            except SubmissionError:
                answers.append(None)
            else:
                held += objects(answer["value"])
                answers.append(answer_of(answer["value"], answer["after"]))
        return {"value": answers, "after": []}


class ReplayChannel:
    """Answers from a recording: what a learner's kit has instead of a reference.

    Args:
        answers: by the key of the request; None for one that raises.
    """

    def __init__(self, answers: dict[str, Any], framework: str) -> None:
        self._answers = answers
        self.framework = framework

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the recorded answer; raises Raised if it is that, InternalError without one."""
        try:
            key = key_of(op, payload)
        except Unsendable:  # a function is among the arguments: nothing can have been recorded
            key = ""
        if key not in self._answers:
            raise InternalError(
                _(
                    "This check asks for an expected value that the kit does not hold. "
                    "Ask your instructor for a new kit."
                )
            )
        answer = self._answers[key]
        if answer is None:
            raise Raised(_("{name} raised an exception.").format(name=payload["name"]))
        return _copied(answer)


def write_recording(answers: dict[str, Any], path: Path) -> None:
    """Write recorded answers, as one frame; raises AuthoringError if they are too large for it."""
    try:
        parts = wire.encode(1, "recording", dict(sorted(answers.items())))
    except Unsendable as error:
        what = f"the checks' expected values cannot be recorded ({error}); draw smaller inputs"
        raise AuthoringError(what, path) from None
    path.write_bytes(b"".join(parts))


def read_recording(path: Path) -> dict[str, Any]:
    """Read recorded answers; raises InternalError if the file is damaged."""
    text = _("The kit's recorded answers cannot be read ({what}). Unpack the kit again.")
    try:
        id, op, answers = wire.decode_frame(path.read_bytes())
    except (OSError, wire.WireError) as error:
        raise InternalError(text.format(what=error)) from None
    good = (id, op) == (1, "recording") and isinstance(answers, dict)
    if not good or not all(map(is_answer, answers.values())):
        raise InternalError(text.format(what=op))
    return dict(answers)


def is_answer(answer: Any) -> bool:
    """Return whether *answer* is built like one."""
    if not isinstance(answer, dict) or set(answer) != {"value", "after"}:
        return False
    pairs = answer["after"]
    return isinstance(pairs, list) and all(isinstance(p, list) and len(p) == 2 for p in pairs)


def _widened(array: Array) -> Array:
    return array.astype(np.float64) if array.dtype.kind == "f" else array


def _copied(answer: Any) -> Any:
    after = [[index, np.array(new)] for index, new in answer["after"]]
    return {"value": replace_arrays(answer["value"], np.array), "after": after}
