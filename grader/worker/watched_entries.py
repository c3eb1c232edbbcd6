"""Entry points of libraries: functions and classes in their modules, each call of which is told.

Before any of the learner's code runs, functions are replaced by callables that first tell of the
call, also in modules that are imported later. Classes are not replaced; only their constructors
tell of calls.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.abc
import importlib.util
import inspect
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

import numpy as np

from .dotted_names import Names

#: libraries whose modules have other names than learners know: ``tensorflow.nn`` is an attribute
_BY_ATTRIBUTE = ("tensorflow", "mxnet")


def watch_entries(patterns: Sequence[str], note: Callable[..., None]) -> None:
    """Have *note* called with the name of each entry point in *patterns* that is called."""
    members: dict[str, list[str]] = {}
    for pattern in patterns:
        module, _, member = pattern.rpartition(".")
        if "*" not in module:
            members.setdefault(module, []).append(member)
    for name in list(members):
        module_here = _module(name)
        if module_here is not None:
            _replace(module_here, name, members.pop(name), note)
    if members:
        sys.meta_path.insert(0, _Finder(members, note))


def _module(name: str) -> types.ModuleType | None:
    """Return a module that is here, if need be by the attributes that lead to it."""
    if name in sys.modules or name.partition(".")[0] not in _BY_ATTRIBUTE:
        return sys.modules.get(name)
    parent, _, child = name.rpartition(".")
    whole, found = _module(parent) if parent else None, None
    with contextlib.suppress(Exception):
        found = getattr(whole, child, None)
    return found if isinstance(found, types.ModuleType) else None


def _replace(
    module: types.ModuleType, dotted: str, members: Sequence[str], note: Callable[..., None]
) -> None:
    """Replace *members* of a module, which learners call *dotted*, by callables that tell."""
    wanted = Names(members)
    there = vars(module)
    for name in [n for n in (there if wanted.wild else wanted.exact) if n in there]:
        value = there[name]
        # a star matches what the module exports, not what it imports
        private = name.startswith("__" if name in wanted.exact else "_")
        if private or name not in wanted or not callable(value):
            continue
        if isinstance(value, np.ufunc):  # compiled code gets these, and only these, from the module
            continue
        full = f"{dotted}.{name}"
        if not isinstance(value, type):
            setattr(module, name, _Entry(value, functools.partial(note, full)))
        elif "__init__" in dir(value):
            _replace_init(value, functools.partial(note, full, made=True))


def _replace_init(kind: Any, note: Callable[[], None]) -> None:
    """Record the creation of objects of *kind*; impossible for classes written in C."""
    original = kind.__init__

    @functools.wraps(original)
    def noted(*args: Any, **kwargs: Any) -> None:
        note()
        # a named tuple, for example, has no __init__, and that of object takes no arguments
        if original is not object.__init__:
            original(*args, **kwargs)

    # libraries that look at it do not look through wrappers
    with contextlib.suppress(TypeError, ValueError):
        noted.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]
    try:
        kind.__init__ = noted
    except TypeError:
        return


class _Entry:
    """A function that records its calls and otherwise behaves as before."""

    def __init__(self, function: Any, note: Callable[[], None]) -> None:
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._note = note

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._note()
        return self._function(*args, **kwargs)

    @property
    def __signature__(self) -> inspect.Signature:
        """That of the function, which is looked at where wrappers are not looked through."""
        return inspect.signature(self._function)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_function"], name)

    def __repr__(self) -> str:
        return repr(self._function)


class _Finder(importlib.abc.MetaPathFinder):
    """Replaces members of modules as soon as the modules are imported."""

    def __init__(self, members: dict[str, list[str]], note: Callable[..., None]) -> None:
        self._members = members
        self._note = note

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the module's spec with a loader that replaces the watched members."""
        inside = [n for n in self._members if n == name or _leads_to(name, n)]
        members = {n: self._members.pop(n) for n in inside}
        if not members:
            return None
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, functools.partial(self._imported, members))
        return spec

    def _imported(self, members: Mapping[str, Sequence[str]], module: types.ModuleType) -> None:
        for name, listed in members.items():
            found = module if name == module.__name__ else _module(name)
            if found is not None:
                _replace(found, name, listed, self._note)


def _leads_to(library: str, name: str) -> bool:
    """Whether a module is found by the attributes of a *library*."""
    return library in _BY_ATTRIBUTE and name.startswith(f"{library}.")


class _Loader(importlib.abc.Loader):
    """Loads a module with another loader, then calls a function with it."""

    def __init__(self, loader: Any, done: Callable[[types.ModuleType], None]) -> None:
        self._loader = loader
        self._done = done

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Create the module with the other loader."""
        module: types.ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module with the other loader, then change it."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._done(module)
