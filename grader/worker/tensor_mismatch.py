"""Recognise errors about mixed devices and dtypes, and find the line to fix.

PyTorch, TensorFlow and MXNet raise them where two tensors are combined. The line to fix is usually
an earlier one, which creates a mask or constant without giving its device or dtype.
"""

from __future__ import annotations

import dis
import re
import types
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from .adapters import NumpyAdapter
from .loader import Source

#: label, line, function and text of a line of the learner's code code code code
Place = tuple[str, int, str, str]

#: kinds of fault and the messages of PyTorch 2.2 to 2.13, TensorFlow 2.21 and MXNet 1.9
_SAID = {
    # before dtypes, because messages on cuda.FloatTensor and FloatTensor also mention types
    "devices": (
        r"on the same device",
        r"is not on the expected device",
        r"either on (the )?cpu or on the same device",
        r"Expected a '\w+' device type for generator",
        r"\(torch\.cuda\.\w+\) and \w+ type \(torch\.(?!cuda)",
        r"\(torch\.(?!cuda)\w+\) and \w+ type \(torch\.cuda\.",
    ),
    "no device": (
        r"not compiled with CUDA",
        r"no NVIDIA driver",
        r"No CUDA GPUs are available",
        r"no CUDA-capable device",
        r"CUDA driver initialization failed",
        r"CUDA unknown error",
        r"not linked with support for \w+ devices",
        r"Cannot access accelerator device",
    ),
    "to numpy": (r"can't convert \S+ device type tensor to numpy",),
    "from numpy": (r"expected np\.ndarray \(got Tensor\)",),
    "dtypes": (
        r"expected scalar type \w+ but found \w+",
        r"same (dtype|scalar type)\b",
        r"dtypes match, got",
        r"\.dtype to be equal to",
        r"expected dtype \w+ for .* but got dtype",
        r"type \([\w.]+\) and \w+ type \([\w.]+\) should be the same",
        r"expected to be an? \w+ tensor but is an? \w+ tensor",
        r"has type \w+ that does not match type \w+ of argument",
        r"requested dtype \w+ for Tensor with dtype \w+",
        r"Incompatible attr in node .*: expected \w+, got \w+",
        r"Type inconsistent, Provided = \w+, inferred type = \w+",
    ),
    "legacy in mxnet": (
        r"can only accept (legacy ndarrays|MXNet numpy ndarrays), while received",
        r"type <class 'mxnet\.ndarray\.\S+'> not supported",
    ),
    "numpy in mxnet": (
        r"type <class '(numpy\.\w+|mxnet\.numpy\.ndarray)'> not supported",
        r"must have NDArray type, but got",
        r"no implementation found for .*<class 'mxnet\.numpy\.ndarray'>",
    ),
}
_SAYS = {kind: re.compile("|".join(texts)) for kind, texts in _SAID.items()}


class TensorMismatch:
    """The kind of mismatch that an exception reports.

    Attributes:
        kind: ``devices`` (tensors on two devices), ``no device`` (a missing device was requested),
            ``to numpy`` (a tensor that is not in the host's memory), ``from numpy`` (a tensor where
            an array of NumPy is expected), ``dtypes`` (tensors of two dtypes), ``dtypes of
            others`` (likewise, if :meth:`made_at` finds none that the learner has created),
            ``numpy in mxnet`` (an array of NumPy where one of MXNet is expected), ``legacy in
            mxnet`` (one of ``nd`` where one of ``np`` is, or the reverse), or empty for any other
            exception. In MXNet and TensorFlow, those of dtypes end in ``of mxnet`` and ``of
            tensorflow``.

    Args:
        inputs: the arguments of the learner's function, as the framework's arrays.
    """

    def __init__(self, message: str, adapter: NumpyAdapter, inputs: Sequence[Any]) -> None:
        self.kind = next((kind for kind, said in _SAYS.items() if said.search(message)), "")
        self._adapter = adapter
        self._dtypes = {adapter.float_dtype_of(one) for one in inputs} - {None}

    def made_at(self, error: BaseException, source: Source, labels: Collection[str]) -> list[Place]:
        """Return the line that created the mismatched tensor, if a variable holds it.

        Args:
            labels: file names of the learner's code.
        """
        wanted: list[object] = []
        for step in reversed(list(_steps(error, labels)) if self.kind else []):
            frame, code = step.tb_frame, step.tb_frame.f_code
            handed_on: list[object] = []
            for name in _names_used(code, step.tb_lasti, step.tb_lineno):
                local = name in frame.f_locals
                value = frame.f_locals[name] if local else frame.f_globals.get(name)
                # In a caller, only the variables that it passed on matter.
                if not self._is_odd(value) or (wanted and all(value is not w for w in wanted)):
                    continue
                line = _last_store(code, name, step.tb_lineno)
                place = (code.co_filename, line) if line else source.bound_at(name)
                if place and (line or not local):
                    return [(*place, "", "")]
                handed_on.append(value)
            wanted = handed_on
            if not wanted:
                break
        if self.kind == "dtypes":
            # None of the learner's own tensors is at fault, which they could create otherwise.
            self.kind = "dtypes of others"
        return []

    @property
    def told(self) -> str:
        """The kind as a fault has it, by which the learner's framework is spoken."""
        framework = self._adapter.name
        own = framework in ("mxnet", "tensorflow") and self.kind.startswith("dtypes")
        return f"{self.kind} of {framework}" if own else self.kind

    def _is_odd(self, value: object) -> bool:
        try:
            if self.kind == "devices":
                return not self._adapter.on_device(value)
            dtype = self._adapter.float_dtype_of(value)
            return self.kind == "dtypes" and dtype is not None and dtype not in self._dtypes
        except Exception:  # a learner's object may raise anything when inspected
            return False


def all_on_device(value: Any, adapter: NumpyAdapter) -> bool:
    """Whether all tensors in lists, tuples and dicts are on the inputs' device."""
    if isinstance(value, (list, tuple, dict)):
        items = value.values() if isinstance(value, dict) else value
        return all(all_on_device(item, adapter) for item in items)
    return adapter.on_device(value)


def _steps(error: BaseException, labels: Collection[str]) -> Iterator[types.TracebackType]:
    """Yield the steps of the traceback in the learner's code, the innermost last."""
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in labels:
            yield step
        step = step.tb_next


def _names_used(code: types.CodeType, at: int, line: int) -> list[str]:
    """Return the variables read by the expression that ends at instruction offset *at*."""
    instructions = list(dis.get_instructions(code))
    last = next((one.positions for one in instructions if one.offset == at), None)
    first = (last.lineno if last else None) or line
    end = (last.end_lineno if last else None) or line
    names: list[str] = []
    for one in instructions:
        number = one.positions.lineno if one.positions else None
        if number and first <= number <= end and "LOAD_" in one.opname:
            names += _names_in(one)
    return list(dict.fromkeys(names))


def _last_store(code: types.CodeType, name: str, before: int) -> int | None:
    """Return the last line before *before* that binds a variable; in a loop, any line."""
    lines = [
        one.positions.lineno
        for one in dis.get_instructions(code)
        if "STORE_" in one.opname and name in _names_in(one)
        if one.positions and one.positions.lineno
    ]
    return max([line for line in lines if line < before] or lines, default=None)


def _names_in(instruction: dis.Instruction) -> list[str]:
    """Return the variables of an instruction; from Python 3.13 on, there may be two."""
    value = instruction.argval
    found = value if isinstance(value, tuple) else (value,)
    return [name for name in found if isinstance(name, str)]
