"""Detect calls of forbidden library functions while a submission runs.

PyTorch reports each call of its functions and methods to a *function mode*, whatever name the
learner used. The operators that these end in are watched, too (``watched_operators.py``). Other
libraries are watched at their entry points: before any of the learner's code runs, functions in
their modules are replaced by callables that first record the call. Classes are not replaced; only
their constructors record calls.

Of functions and classes, only calls by the learner's own code count. What an allowed library
function calls internally does not, except inside modules of ``torch.nn``. Of operators, all calls
count that the learner's code causes: a library function that ends in one contains it.

This helps to grade honest work. Code in the same process can disable it.
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
import types
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .dotted_names import Names
from .watched_entries import watch_entries
from .watched_operators import OperatorWatch, uncompiled
from .watched_primitives import PrimitiveWatch, is_tracing

#: exercise -> patterns of dotted names, such as ``torch.softmax`` or ``torch.optim.*``
Forbidden = Mapping[str, Sequence[str]]

#: modules whose calls PyTorch's function mode reports; they need no replacements
_TOLD = ("torch", "torch.nn.functional", "torch.special", "torch.linalg", "torch.autograd")
#: modules of PyTorch that only forward calls, or contain what the mode reports
_PASSING_ON = frozenset(
    [
        *("torch.nn", "torch.autograd", "torch.functional", "torch.overrides", "torch._tensor"),
        *("torch._ops", "torch._jit_internal", "torch.utils._contextlib"),
        # JAX calls its own functions by the names of private modules
        *("jax", "jax._src"),
    ]
)
#: PyTorch's operators; a pattern must begin like this to stand for what runs inside functions
_OPERATORS = "torch.ops."
_PACKAGE = __name__.rpartition(".")[0]
#: the module of this package whose functions learners call in place of a library's
_STAND_INS = f"{_PACKAGE}.stand_ins"
#: modules of this package that a watched call passes through
_WATCHING = (
    *(__name__, _STAND_INS),
    *(f"{_PACKAGE}.watched_{what}" for what in ("entries", "operators", "primitives")),
)
#: modules of this package that call the learner's functions, which may be library functions
_CALLERS = tuple(
    f"{_PACKAGE}.{name}"
    for name in ("module_host", "effect_requests", "call_effects", "differentiation")
)


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a forbidden function: its name, and label and line of the learner's code."""

    name: str
    label: str
    line: int

    @property
    def place(self) -> tuple[str, int, str, str]:
        """The place as label, line, function and text; the last two are empty."""
        return self.label, self.line, "", ""


class Watch:
    """Records the first forbidden use in the exercise being checked.

    Args:
        labels: file names of the learner's code in tracebacks.

    Attributes:
        seen: the first use since :meth:`begin`.
    """

    def __init__(self, forbidden: Forbidden, labels: Collection[str]) -> None:
        self._forbidden = forbidden
        self._labels = labels
        self._home = str(Path.cwd() / "_").rstrip("_")
        self._exercise = ""
        self._names = Names()
        self._of_torch = False
        self._allowed: set[Any] = set()
        self._mode: Any = None
        self._operators: dict[str, OperatorWatch] = {}
        self._traced: dict[str, Use] = {}
        self.seen: Use | None = None
        every = sorted({p for patterns in forbidden.values() for p in patterns})
        told = [p for p in every if p.startswith(_OPERATORS) or p.rpartition(".")[0] in _TOLD]
        watch_entries([p for p in every if p not in told], self.note)

    def begin(self, exercise: str) -> None:
        """Start watching for the functions that *exercise* forbids."""
        # what was compiled once runs again without being seen
        self.seen = self._traced.get(exercise)
        if exercise == self._exercise:
            return
        self._exercise = exercise
        patterns = self._forbidden.get(exercise, ())
        self._names = Names(patterns)
        self._of_torch = any(map(_of_torch, patterns))
        self._allowed.clear()

    def loading(self, exercise: str) -> AbstractContextManager[None]:
        """Return a context to load the code of *exercise* in."""
        patterns = self._forbidden.get(exercise, ())
        return uncompiled() if any(map(_of_torch, patterns)) else nullcontext()

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call one of the learner's functions and watch its calls."""
        inside = functools.partial(self.note, inside=True)
        with PrimitiveWatch(self._names.__contains__, inside):
            return self._call(function, *args, **kwargs)

    def _call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._of_torch or "torch" not in sys.modules:
            return function(*args, **kwargs)
        if self._mode is None:
            self._mode = _torch_mode(self._on_torch_call, self._allowed)
        if self._exercise not in self._operators:
            listed = self._forbidden.get(self._exercise, ())
            wanted = Names(pattern for pattern in listed if pattern.startswith(_OPERATORS))
            on_call = functools.partial(self.note, inside=True)
            self._operators[self._exercise] = OperatorWatch(wanted.__contains__, on_call)
        with uncompiled(), self._operators[self._exercise], self._mode:
            return function(*args, **kwargs)

    def _on_torch_call(self, function: Any) -> None:
        """Record a call of a PyTorch function if it is forbidden; else ignore it from now on."""
        name = torch_name(function)
        if name in self._names:
            self.note(name)
        else:
            self._allowed.add(function)

    def note(self, name: str, made: bool = False, inside: bool = False) -> None:
        """Record a call of the dotted *name* if it is forbidden and comes from the learner's code.

        Args:
            made: whether the call creates an object.

            inside: whether calls from inside library functions count.
        """
        if self.seen is None and name in self._names:
            self.seen = self._use(name, made, inside)
            if self.seen is not None and is_tracing():
                self._traced[self._exercise] = self.seen

    def _use(self, name: str, made: bool, inside: bool) -> Use | None:
        """Return where the learner's code calls *name*; None if other code calls it."""
        frame: types.FrameType | None = sys._getframe(1)
        block = ""
        while frame is not None:
            module = str(frame.f_globals.get("__name__", ""))
            file = frame.f_code.co_filename
            if module in _CALLERS:
                return Use(block or name, "", 0)
            if module.startswith(_PACKAGE):
                if module not in _WATCHING:
                    return None
            elif module == "submission" or self._is_learners(file):
                return Use(block or name, file, frame.f_lineno)
            elif inside:
                pass
            elif module.startswith("torch.nn.modules."):
                if made:
                    return None
                if frame.f_code.co_name == "forward" and not block:
                    block = f"torch.nn.{type(frame.f_locals.get('self')).__name__}"
                    if block not in self._names:
                        return None
            elif file != "<string>" and not _passes_on(module):
                return None
            frame = frame.f_back
        return None

    def _is_learners(self, file: str) -> bool:
        """Whether *file* is the submission or one of its helper modules."""
        helper = file.startswith(self._home) and self._home != "/" and "-packages" not in file
        # the kit's own checks are in a hidden folder
        helper = helper and f"{os.sep}." not in file[len(self._home) - 1 :]
        return file in self._labels or helper


def _passes_on(module: str) -> bool:
    """Whether a *module*, or its package, only forwards calls."""
    package = ".".join(module.split(".")[:2])
    return module in _PASSING_ON or package in _PASSING_ON


def _of_torch(pattern: str) -> bool:
    return pattern.startswith("torch.")


def torch_name(function: Any) -> str:
    """Return the name that learners use for a function that PyTorch reports."""
    operator = getattr(function, "overloadpacket", function)
    if type(operator).__name__ == "OpOverloadPacket":
        return f"torch.ops.{operator}"
    name = str(getattr(function, "__name__", "")).lstrip("_")
    if hasattr(function, "__objclass__"):
        return f"torch.Tensor.{name}"
    module = str(getattr(function, "__module__", ""))
    if module in ("torch._tensor", "torch.functional"):
        return f"torch.Tensor.{name}" if module == "torch._tensor" else f"torch.{name}"
    if module.startswith("torch._C._"):
        part = module.removeprefix("torch._C._")
        return f"torch.{'nn.functional' if part == 'nn' else part}.{name.removeprefix(part + '_')}"
    return f"{module}.{name}"


def _torch_mode(on_call: Callable[[Any], None], known: Collection[Any]) -> Any:
    """Return a PyTorch function mode that calls *on_call* with each function not in *known*."""
    base: Any = importlib.import_module("torch.overrides").TorchFunctionMode

    class Mode(base):  # type: ignore[misc]
        def __torch_function__(
            self, function: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            if function not in known:
                on_call(function)
            return function(*args, **kwargs) if kwargs else function(*args)

    return Mode()
