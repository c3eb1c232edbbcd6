"""Watching a run for library functions that an exercise asks learners to write themselves.

PyTorch tells a *function mode* of each of its functions and methods that is called, by whatever
name the learner reached it. Everything else is watched at its entry points: functions in a module
are replaced, once and before any code of the learner's runs, by callables that take a note first;
classes keep their identity, only what makes their objects takes a note.

What counts is what the learner's own code calls. What a library function that is allowed does
inside is its own affair; only the modules of ``torch.nn`` are looked through.

The watch helps to grade honest work. Code that runs beside it can put it out of action.
"""

from __future__ import annotations

import functools
import importlib
import importlib.abc
import importlib.util
import os
import sys
import types
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import numpy as np

#: exercise -> patterns of dotted names, such as ``torch.softmax`` or ``torch.optim.*``
Forbidden = Mapping[str, Sequence[str]]

#: what PyTorch's function mode is told of; to replace these would see nothing more
_TOLD = ("torch", "torch.nn.functional", "torch.special", "torch.linalg", "torch.autograd")
#: modules of PyTorch that only pass a call on, or hold what the mode is told of
_PASSING_ON = frozenset(
    [
        *("torch.nn", "torch.autograd", "torch.functional", "torch.overrides", "torch._tensor"),
        *("torch._ops", "torch._jit_internal", "torch.utils._contextlib"),
    ]
)
_PACKAGE = __name__.rpartition(".")[0]
#: modules of this package that call the learner's functions; such a one may be the library's own
_CALLERS = (f"{_PACKAGE}.host", f"{_PACKAGE}.effects")


@dataclass(frozen=True, slots=True)
class Use:
    """A use of what is forbidden: its name, and label and line of the learner's code."""

    name: str
    label: str
    line: int

    @property
    def place(self) -> tuple[str, int, str, str]:
        """Where it is: label, line, function and text, of which the last two are not told."""
        return self.label, self.line, "", ""


class Names:
    """Names as *patterns* give them, in which ``*`` stands for anything.

    Attributes:
        exact: those without one.
    """

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        patterns = frozenset(patterns)
        self.exact = frozenset(pattern for pattern in patterns if "*" not in pattern)
        # Taken apart by hand: to compile a regular expression takes longer than all its matches.
        self._wild = [pattern.split("*") for pattern in patterns - self.exact]

    @property
    def wild(self) -> bool:
        """Whether any of the patterns has a ``*``."""
        return bool(self._wild)

    def __contains__(self, name: str) -> bool:
        return name in self.exact or any(_fits(name, parts) for parts in self._wild)


def _fits(name: str, parts: Sequence[str]) -> bool:
    """Whether *name* is *parts* in their order, with anything between them."""
    first, *middle, last = parts
    if not (name.startswith(first) and name.endswith(last)):
        return False
    at, end = len(first), len(name) - len(last)
    for part in middle:
        found = name.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


class Watch:
    """Notes the first forbidden use in the exercise that is being checked.

    Args:
        labels: what the learner's code is called in tracebacks.

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
        self._innocent: set[Any] = set()
        self._mode: Any = None
        self.seen: Use | None = None
        _watch_entries(sorted({p for patterns in forbidden.values() for p in patterns}), self.look)

    def begin(self, exercise: str) -> None:
        """Look out for what is forbidden in *exercise*."""
        self.seen = None
        if exercise == self._exercise:
            return
        self._exercise = exercise
        patterns = self._forbidden.get(exercise, ())
        self._names = Names(patterns)
        self._of_torch = any(pattern.startswith("torch.") for pattern in patterns)
        self._innocent.clear()

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a function of the learner's and watch it."""
        if not self._of_torch or "torch" not in sys.modules:
            return function(*args, **kwargs)
        if self._mode is None:
            self._mode = _torch_mode(self._told, self._innocent)
        with self._mode:
            return function(*args, **kwargs)

    def _told(self, function: Any) -> None:
        """Take note of a function of PyTorch's, or never again if it is allowed."""
        name = torch_name(function)
        if name in self._names:
            self.look(name)
        else:
            self._innocent.add(function)

    def look(self, name: str, made: bool = False) -> None:
        """Take note of a call by its dotted *name*, if it is forbidden and the learner's.

        Args:
            made: it makes an object.
        """
        if self.seen is None and name in self._names:
            self.seen = self._use(name, made)

    def _use(self, name: str, made: bool) -> Use | None:
        """Return where the learner's code calls *name*; None if something else calls it."""
        frame: types.FrameType | None = sys._getframe(1)
        block = ""
        while frame is not None:
            module = str(frame.f_globals.get("__name__", ""))
            file = frame.f_code.co_filename
            if module in _CALLERS:
                return Use(block or name, "", 0)
            if module.startswith(_PACKAGE):
                if module != __name__:
                    return None
            elif module == "submission" or self._is_learners(file):
                return Use(block or name, file, frame.f_lineno)
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
        """Whether *file* is the submission or a helper module beside it."""
        helper = file.startswith(self._home) and self._home != "/" and "-packages" not in file
        # a kit's checks lie in a hidden folder of it
        helper = helper and f"{os.sep}." not in file[len(self._home) - 1 :]
        return file in self._labels or helper


def _passes_on(module: str) -> bool:
    """Whether a *module* only passes calls on: it is one of those, or in such a package."""
    package = ".".join(module.split(".")[:2])
    return module in _PASSING_ON or package in _PASSING_ON


def torch_name(function: Any) -> str:
    """Return what learners call a function that PyTorch tells of."""
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


def _torch_mode(told: Callable[[Any], None], known: Collection[Any]) -> Any:
    """Return a function mode of PyTorch's that tells *told* of each call but of those *known*."""
    base: Any = importlib.import_module("torch.overrides").TorchFunctionMode

    class Mode(base):  # type: ignore[misc]
        def __torch_function__(
            self, function: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            if function not in known:
                told(function)
            return function(*args, **kwargs) if kwargs else function(*args)

    return Mode()


# -- entry points ------------------------------------------------------------------------------


def _watch_entries(patterns: Sequence[str], look: Callable[..., None]) -> None:
    """Watch the entry points that *patterns* name, also in modules imported later."""
    members: dict[str, list[str]] = {}
    for pattern in patterns:
        module, _, member = pattern.rpartition(".")
        if "*" not in module and module not in _TOLD:
            members.setdefault(module, []).append(member)
    for module in [name for name in members if name in sys.modules]:
        _replace(sys.modules[module], members.pop(module), look)
    if members:
        sys.meta_path.insert(0, _Finder(members, look))


def _replace(module: types.ModuleType, members: Sequence[str], look: Callable[..., None]) -> None:
    """Put what takes notes in place of *members* of a module."""
    wanted = Names(members)
    there = vars(module)
    for name in [n for n in (there if wanted.wild else wanted.exact) if n in there]:
        value = there[name]
        # what a star stands for is what the module offers, not what it needs itself
        private = name.startswith("__" if name in wanted.exact else "_")
        if private or name not in wanted or not callable(value):
            continue
        if isinstance(value, np.ufunc):  # compiled code takes them from here, and nothing else
            continue
        full = f"{module.__name__}.{name}"
        if not isinstance(value, type):
            setattr(module, name, _Entry(value, functools.partial(look, full)))
        elif "__init__" in dir(value):
            _replace_init(value, functools.partial(look, full, made=True))


def _replace_init(kind: Any, note: Callable[[], None]) -> None:
    """Have making an object of *kind* noted; a class written in C keeps its secrets."""
    original = kind.__init__

    @functools.wraps(original)
    def noted(*args: Any, **kwargs: Any) -> None:
        note()
        # a tuple with names, say, has none of its own, and that of all objects takes nothing
        if original is not object.__init__:
            original(*args, **kwargs)

    try:
        kind.__init__ = noted
    except TypeError:
        return


class _Entry:
    """A function that takes a note when it is called, and otherwise is what it was."""

    def __init__(self, function: Any, note: Callable[[], None]) -> None:
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._note = note

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._note()
        return self._function(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_function"], name)

    def __repr__(self) -> str:
        return repr(self._function)


class _Finder(importlib.abc.MetaPathFinder):
    """Has members of modules replaced as soon as they are imported."""

    def __init__(self, members: dict[str, list[str]], look: Callable[..., None]) -> None:
        self._members = members
        self._look = look

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the module's own spec, which then replaces what is to be watched."""
        members = self._members.pop(name, None)
        if members is None:
            return None
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            done = functools.partial(_replace, members=members, look=self._look)
            spec.loader = _Loader(spec.loader, done)
        return spec


class _Loader(importlib.abc.Loader):
    """Loads as another loader does, then does something to the module."""

    def __init__(self, loader: Any, done: Callable[[types.ModuleType], None]) -> None:
        self._loader = loader
        self._done = done

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Return the module that the other loader makes."""
        module: types.ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module as the other loader does."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._done(module)
