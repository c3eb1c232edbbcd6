"""Load the helper modules of a submission as its main file is loaded: statement by statement.

A statement that fails costs only what needs it. Most often it imports a library that is not
installed and that no graded function uses. What it would have bound stays unbound: using it raises
what the statement raised, or a ``NameError`` that ``missing_names.py`` explains by it.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from importlib.util import decode_source
from typing import Any

from .loader import Helpers, Source, run, run_once
from .slicing import Statement


@dataclass
class _Begun:
    """A module that is being loaded, or that a failure has stopped.

    Attributes:
        is_valid: whether all of its file is valid Python.

        at: the number of the statement to go on with.
    """

    module: types.ModuleType
    source: Source
    is_valid: bool
    at: int = 0
    failures: list[tuple[Statement, BaseException]] = field(default_factory=list)

    def lost(self, name: str) -> BaseException | None:
        """Return why *name* is not in the module, if a failure is the reason."""
        binding = [error for statement, error in self.failures if name in statement.binds]
        if binding:
            return binding[-1]
        if fault := self.source.fault_in(name):
            label, line, message = fault
            return SyntaxError(message, (label, line, None, None))
        # An attribute that a package lacks may be one of its modules.
        is_package = hasattr(self.module, "__path__")
        starred = (error for statement, error in self.failures if statement.is_star_import)
        return None if is_package else next(starred, None)


class HelperLoader(SourceFileLoader):
    """Loads a helper module, strictly or not, as :class:`~.loader.Helpers` says.

    One that was stopped goes on where it was: nothing before runs twice.
    """

    def __init__(
        self, name: str, path: str, helpers: Helpers, begun: dict[tuple[str, str], _Begun]
    ) -> None:
        super().__init__(name, path)
        self._helpers = helpers
        self._begun = begun

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Return the module if it was stopped; other modules may hold it already."""
        begun = self._begun.get((self.name, self.path))
        return begun.module if begun else None

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module's statements; raises what one of them raises if this is to be strict."""
        helpers, key = self._helpers, (self.name, self.path)
        if key not in self._begun:
            self._begun[key] = self._begin(module)
        begun = self._begun[key]
        if helpers.is_strict and not begun.is_valid:
            helpers.stops += 1
            self.source_to_code(self.get_data(self.path), self.path)
        while begun.at < len(begun.source.statements):
            statement = begun.source.statements[begun.at]
            running = run_once if helpers.is_strict else run
            error = running(statement, begun.source, module)
            if error is not None and helpers.is_strict:
                helpers.stops += 1
                raise error
            if error is not None:
                begun.failures.append((statement, error))
                helpers.failures.append((statement, error))
            begun.at += 1
        del self._begun[key]
        if begun.failures or not begun.is_valid:
            helpers.sources.append(begun.source)
            _explain(begun)

    def _begin(self, module: types.ModuleType) -> _Begun:
        data = self.get_data(self.path)
        try:
            text, is_valid = decode_source(data), True
        except (SyntaxError, UnicodeError):
            text, is_valid = data.decode("utf-8", "replace"), False
        source = Source.read([(self.path, 1, text)], self._helpers, is_whole=True)
        first = source.statements[0].node if source.statements else None
        match first:
            case ast.Expr(ast.Constant(str(said))):
                module.__doc__ = said
        return _Begun(module, source, is_valid and not source.broken)


def _explain(begun: _Begun) -> None:
    """Let who asks the module for what is not there read why."""
    there = begun.module.__dict__

    def absent(name: str) -> object:
        error = None if name.startswith("__") else begun.lost(name)
        raise error or AttributeError(f"module {begun.module.__name__!r} has no attribute {name!r}")

    there.setdefault("__getattr__", absent)
    if isinstance(exported := there.get("__all__"), (list, tuple)):
        # A star import takes the rest.
        there["__all__"] = [name for name in exported if name in there or not begun.lost(name)]


def finder_hook(
    loader: Callable[[str, str], HelperLoader], is_own: Callable[[str], bool]
) -> Callable[[str], FileFinder]:
    """Return a hook for ``sys.path_hooks`` that finds modules in folders of the submission.

    Args:
        loader: makes what loads them.

        is_own: whether a folder, given by its path, is one of these.
    """
    # The standard library's types know of classes only, not of what makes their objects.
    loaders: Any = (
        (ExtensionFileLoader, EXTENSION_SUFFIXES),
        (loader, SOURCE_SUFFIXES),
        (SourcelessFileLoader, BYTECODE_SUFFIXES),
    )

    def hook(path: str) -> FileFinder:
        if not is_own(path):
            raise ImportError(path)
        return FileFinder(path, *loaders)

    return hook


def loader_of(helpers: Helpers) -> Callable[[str, str], HelperLoader]:
    """Return what makes a loader of a module's name and path."""
    return partial(HelperLoader, helpers=helpers, begun={})
