"""Channels to the reference, and to recorded answers that replace it in a kit.

The reference computes in float64, whatever the submission's dtype: its inputs are converted. The
same request gives the same answer, so each is computed once in a run, for the whole class. Answers
can be recorded for a kit, so that learners do not get the reference.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import re
import types
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from grader.errors import AuthoringError, InternalError, Raised, SubmissionError
from grader.language import _
from grader.worker import wire
from grader.worker.adapters import FLOAT_DTYPES
from grader.worker.call_arrays import Changes
from grader.worker.call_effects import keeping_modes, modes, restore
from grader.worker.finite_differences import central_differences, slopes
from grader.worker.module_host import Host
from grader.worker.values import Array, Held, Unsendable, is_data, leaves, replace_arrays

from .channel import LocalChannel
from .proxy import OF_A_FUNCTION
from .random_sources import OWN, drawing_from
from .repeated_check import answer_of, objects, with_objects

_RECORDABLE = ("call", "vjp", "slopes", "repeat")

#: where a cell of a source begins, and what frameworks it is for
_CELL = re.compile(r"#\s*%%")
_ONLY_FOR = re.compile(r'framework\s*=\s*"([^"]*)"')
_STORY = re.compile(r'\bstory\s*=\s*"')

#: most answers kept: checks may pass on values from learners, which must not pile up over a class
MOST_ANSWERS = 10_000


def load_reference(
    path: Path, framework: str, changes: Changes = MappingProxyType({})
) -> ReferenceChannel:
    """Run the reference module at *path* and return a channel to it.

    Args:
        changes: the arguments that each of its functions changes in place.

    Raises:
        AuthoringError: the module cannot be read or run.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthoringError(f"the reference cannot be read: {error}", path) from None
    return load_reference_text(_cells_for(framework, text), path, framework, changes)


def _cells_for(framework: str, text: str) -> str:
    """Return *text* without stories and cells for other frameworks; their lines stay, empty."""
    kept, ours = [], True
    for line in text.split("\n"):
        if _CELL.match(line):
            only = _ONLY_FOR.search(line)
            ours = only is None or framework in only[1].split()
            ours = ours and not _STORY.search(line)
        kept.append(line if ours else "")
    return "\n".join(kept)


def load_reference_text(
    text: str, path: Path, framework: str, changes: Changes = MappingProxyType({})
) -> ReferenceChannel:
    """Run *text* as a reference module; *path* is named in errors."""
    _on_one_processor(framework)
    restore(_modes_at_first(framework))
    module = types.ModuleType("reference")
    module.__file__ = str(path)
    try:
        code = compile(text, str(path), "exec", dont_inherit=True)
        exec(code, module.__dict__)
        host = Host.of_namespace(module.__dict__, framework, changes)
    except SyntaxError as error:
        what = f"the reference does not parse: {error.msg}"
        raise AuthoringError(what, path, error.lineno) from None
    except Exception as error:
        what = f"the reference does not run: {type(error).__name__}: {error}"
        raise AuthoringError(what, path) from error
    return ReferenceChannel(host, framework)


def key_of(op: str, payload: dict[str, Any]) -> str:
    """Return a digest of a request: its operation and all its values."""
    digest = hashlib.sha256(op.encode())
    for part in wire.encode(0, op, payload):
        digest.update(part)
    return digest.hexdigest()


def _on_one_processor(framework: str) -> None:
    """Keep PyTorch in this process from starting threads and from thinking of other devices.

    Grading processes are forked from it, and a fork can wait forever for threads that only its
    parent has. Two grading processes on two cores are also faster than one that uses both. And
    each ``torch.manual_seed`` would record a traceback for each kind of device that was never used.
    """
    if framework == "torch":
        torch = importlib.import_module("torch")
        torch.set_num_threads(1)
        vars(torch)["manual_seed"] = vars(torch.random)["manual_seed"] = _seed_processor


def _seed_processor(seed: int) -> Any:
    """Do what ``torch.manual_seed`` does where the processor is the only device."""
    return importlib.import_module("torch").default_generator.manual_seed(int(seed))


@cache
def _modes_at_first(framework: str) -> dict[str, Any]:
    """Return the global settings as they were before any reference module ran."""
    return modes()


class _WideChannel(LocalChannel):
    """Answers by plain calls; new objects compute in float64, whatever their framework chooses."""

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError."""
        before, self._host.wide = self._host.wide, True
        try:
            return super().request(op, payload)
        finally:
            self._host.wide = before


class ReferenceChannel:
    """Sends each distinct request to the reference once, and remembers the answer.

    Args:
        widen: whether to convert inputs to float64.
    """

    def __init__(self, host: Host, framework: str, widen: bool = True) -> None:
        self._local = (_WideChannel if widen else LocalChannel)(host, framework)
        self._host = host
        self._widen = widen
        self.framework = framework
        self.answers: dict[str, Any] = {}

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer, remembered from an equal request if possible."""
        if op not in _RECORDABLE:
            return self._compute(op, payload)
        try:
            key = key_of(op, payload)
        except Unsendable:  # an argument is a function, which may return anything
            return self._compute(op, payload)
        if key not in self.answers:
            answer = self._compute(op, payload)
            # objects have state, so they are created for each request
            if not is_data(answer) or len(self.answers) >= MOST_ANSWERS:
                return answer
            self.answers[key] = answer
        return _copied(self.answers[key])

    @property
    def host(self) -> Host:
        """What carries out the requests, in this process."""
        return self._host

    def parameters(self, name: str) -> list[str]:
        """Return the names of the parameters of the function *name*, if it is one."""
        try:
            return list(inspect.signature(self._host.module[name]).parameters)
        except (KeyError, TypeError, ValueError):
            return []

    def as_student(self, framework: str) -> LocalChannel:
        """Return a channel to the same module as if it were a submission in *framework*.

        Checks then draw inputs in that framework's dtype, as for submissions, so the reference's
        answers to these inputs are remembered. Objects of the module compute in it, too.
        """
        wide = FLOAT_DTYPES[framework] == "float64"
        return (_WideChannel if wide else LocalChannel)(self._host, framework)

    def as_given(self) -> ReferenceChannel:
        """Return a channel that computes in the dtype of the inputs, as a learner's code does."""
        return ReferenceChannel(self._host, self.framework, widen=False)

    def _compute(self, op: str, payload: dict[str, Any]) -> Any:
        before = leaves([*payload.get("args", ()), *payload.get("kwargs", {}).values()])
        if self._widen:
            payload = {key: replace_arrays(value, widened) for key, value in payload.items()}
        try:
            # a known mistake may change global settings of this process
            with keeping_modes(), warnings.catch_warnings():
                # a known mistake may divide by zero; the warning would name a line of the course
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
        """Return the whole gradient, or with a *seed* its selected slopes."""

        def function(*values: Any) -> Any:
            payload = {"name": name, "args": values, "kwargs": {}}
            return self._local.request("call", payload)["value"]

        if seed is None:
            return {"value": central_differences(function, args, cotangent), "after": []}
        found = slopes(function, args, cotangent, seed)
        return {"value": [one and one.neutral() for one in found], "after": []}

    def _repeat(
        self, seed: int, calls: Sequence[tuple[str, dict[str, Any]]], source: str = OWN
    ) -> dict[str, Any]:
        """Answer *calls* in order, with random generators seeded as for a submission.

        The answer to a call that raises, or that needs an object it cannot have, is None.

        Args:
            source: what random numbers are drawn from.
        """
        self._host.begin("", seed)
        # objects take no arrays when they are made: what is computed with them says the dtype
        floats = {array.dtype for array in leaves(list(calls)) if array.dtype.kind == "f"}
        wide = floats == {np.dtype(np.float64)}
        local = _WideChannel(self._host, self.framework) if wide else self._local
        held: list[Held] = []
        answers: list[Any] = []
        with drawing_from(source, seed, self.framework) as called:
            for op, payload in calls:
                if op in OF_A_FUNCTION:
                    called()
                try:
                    request = with_objects(payload, dict(enumerate(held)))
                    answer = local.request(op, request)
                except SubmissionError:
                    answers.append(None)
                else:
                    held += objects(answer["value"])
                    answers.append(answer_of(answer["value"], answer["after"]))
        return {"value": answers, "after": []}


class ReplayChannel:
    """Answers requests from a recording, in a learner's kit.

    Args:
        answers: answers by key of the request; None if the reference raises.
    """

    def __init__(self, answers: dict[str, Any], framework: str) -> None:
        self._answers = answers
        self.framework = framework

    def parameters(self, name: str) -> list[str]:
        """Return nothing: names of parameters are not recorded."""
        return []

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the recorded answer; raises Raised if the reference did, InternalError if none."""
        try:
            key = key_of(op, payload)
        except Unsendable:  # an argument is a function: such calls are not recorded
            key = ""
        if key not in self._answers:
            raise InternalError(
                _(
                    "This check needs an expected value that is not in the kit. Ask your "
                    "instructor for a new kit."
                )
            )
        answer = self._answers[key]
        if answer is None:
            raise Raised(_("{name} raised an exception.").format(name=payload["name"]))
        return _copied(answer)


def write_recording(answers: dict[str, Any], path: Path) -> None:
    """Write recorded answers as one frame; raises AuthoringError if they are too large."""
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
    """Return whether *answer* has the structure of an answer."""
    if not isinstance(answer, dict) or set(answer) != {"value", "after"}:
        return False
    pairs = answer["after"]
    return isinstance(pairs, list) and all(isinstance(p, list) and len(p) == 2 for p in pairs)


def widened(array: Array) -> Array:
    """Return a floating-point array in float64, any other as it is."""
    return array.astype(np.float64) if array.dtype.kind == "f" else array


def _copied(answer: Any) -> Any:
    after = [[index, np.array(new)] for index, new in answer["after"]]
    return {"value": replace_arrays(answer["value"], np.array), "after": after}
