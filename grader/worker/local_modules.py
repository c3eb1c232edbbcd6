"""Modules of a submission, found where Python alone would not look for them.

Learners arrange their folders for the tool they use: a package started with ``python -m``, a
helper folder on ``sys.path``, ``src/`` beside ``lib/``. What reaches the grader is one folder,
perhaps under another name. Python's own search goes first; a name that it misses, and that the
learner's code imports, is searched for in the whole submission.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.abc
import os
import sys
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from itertools import takewhile
from pathlib import Path, PurePosixPath

from .helper_modules import finder_hook, loader_of
from .loader import Helpers

#: the name of the folder that was submitted, as a package: what relative imports are relative to
PACKAGE = "submission_folder"
#: most files that are looked at, in a folder that may be anything at a learner's desk
_MOST_FILES = 2000
_NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


class LocalModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules of a submission that Python's own search has missed.

    Args:
        home: the folder of the whole submission.

        folder: the folder of its main file, relative to *home*; empty if it is *home*.

        trees: the main file's statements.

        main: the main file's name; empty if it is a notebook, which nobody imports.

        helpers: what is noted of the modules as they load.
    """

    def __init__(
        self,
        home: Path,
        folder: str,
        trees: Iterable[ast.AST],
        main: str = "",
        helpers: Helpers | None = None,
    ) -> None:
        self._home = home
        self._folder = PurePosixPath(folder)
        self._trees = list(trees)
        self._main = main.removesuffix(".py") if main.endswith(".py") else ""
        self._files: list[PurePosixPath] | None = None
        self._imported: dict[str, set[str]] = {}
        self._loader = loader_of(helpers or Helpers())

    @property
    def package(self) -> str:
        """The package that the main file is in."""
        return ".".join([PACKAGE, *self._folder.parts])

    @property
    def path(self) -> list[str]:
        """What is on ``sys.path``: the main file's folder, and the whole submission."""
        return list(dict.fromkeys([str(self._home / self._folder), str(self._home)]))

    @property
    def directory(self) -> Path:
        """Where the main file runs: where it lies, unless it reads files as seen from the top."""
        there = self._home / self._folder
        for node in (node for tree in self._trees for node in ast.walk(tree)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                name = node.value
                is_relative = bool(name) and not name.startswith(("/", "."))
                at_the_top = is_relative and _is_file(self._home / name)
                if at_the_top and not _is_file(there / name):
                    return self._home
        return there

    def install(self) -> None:
        """Let this process import the submission's modules."""
        sys.path[:0] = self.path
        self._hook = finder_hook(self._loader, self._holds)
        sys.path_hooks.insert(0, self._hook)
        for entry in filter(self._holds, list(sys.path_importer_cache)):
            del sys.path_importer_cache[entry]
        # Not from their `__init__.py`, which often imports the main file.
        for depth in range(len(self._folder.parts) + 1):
            parts = self._folder.parts[:depth]
            made = types.ModuleType(".".join([PACKAGE, *parts]))
            made.__path__ = [str(self._home.joinpath(*parts))]
            sys.modules[made.__name__] = made
        # Before what stands in for libraries: what was submitted is the learner's own.
        sys.meta_path.insert(sys.meta_path.index(PathFinder) + 1, self)

    def remove(self) -> None:
        """Undo :meth:`install`: another submission comes, after one that only loaded libraries."""
        for entry in self.path:
            sys.path.remove(entry)
        sys.path_hooks.remove(self._hook)
        sys.meta_path.remove(self)

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """Let imports in the ``with`` find nothing of the submission."""
        path, finders = sys.path[:], sys.meta_path[:]
        sys.path[:] = [entry for entry in path if entry not in self.path]
        sys.meta_path[:] = [finder for finder in finders if finder is not self]
        try:
            yield
        finally:
            sys.path[:], sys.meta_path[:] = path, finders

    # -- the import hook -------------------------------------------------------------------------

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: object = None
    ) -> ModuleSpec | None:
        """Return where the module *name* is in the submission, or None."""
        inside, _dot, last = name.rpartition(".")
        if inside:
            return self._anywhere(name, last) if inside == self.package else None
        return self._anywhere(name, name) if name in self._tails() else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Return the main file's module: a helper module may import from it."""
        return sys.modules.get("submission")

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: the main file's statements run when they are needed."""

    def _holds(self, folder: str) -> bool:
        """Whether *folder* is one of the submission, and not of what is installed in there."""
        if "\0" in folder:
            return False
        home, there = os.path.realpath(self._home), os.path.realpath(folder)
        return os.path.commonpath([home, there]) == home and all(
            map(_is_own, PurePosixPath(os.path.relpath(there, home)).parts)
        )

    # -- the search ------------------------------------------------------------------------------

    def _anywhere(self, full: str, name: str) -> ModuleSpec | None:
        """Return the module or folder *name*, or the folder that the learner knows as *name*.

        Args:
            full: the name to import it as.
        """
        for file in self._listed():
            if file.name == f"{name}.py":
                return self._of_file(full, self._home / file)
        for file in self._listed():
            if name in file.parts[:-1]:
                depth = file.parts.index(name) + 1
                return self._of_folder(full, self._home.joinpath(*file.parts[:depth]))
        if name == self._main:
            return ModuleSpec(full, self)
        # `from hw1.utils import f`, where hw1 is what the submitted folder was called
        for tail in sorted(self._tails().get(name, ())):
            for file in self._listed():
                if file.name == f"{tail}.py":
                    return _package(full, self._home / file.parent)
                if tail in file.parts[:-1]:
                    depth = file.parts.index(tail)
                    return _package(full, self._home.joinpath(*file.parts[:depth]))
        return None

    def _of_file(self, name: str, file: Path, inside: Path | None = None) -> ModuleSpec | None:
        """Return *file* as a module; with *inside*, as the package that is this folder."""
        loader, folders = self._loader(name, str(file)), [str(inside)] if inside else None
        return spec_from_file_location(
            name, file, loader=loader, submodule_search_locations=folders
        )

    def _of_folder(self, name: str, folder: Path) -> ModuleSpec | None:
        """Return *folder* as Python would find it with its parent on ``sys.path``."""
        first = folder / "__init__.py"
        return self._of_file(name, first, folder) if first.is_file() else _package(name, folder)

    def _listed(self) -> list[PurePosixPath]:
        """Return the submission's modules, those near the main file first."""
        if self._files is None:
            found = [PurePosixPath(name) for name in _modules_below(self._home)]
            self._files = sorted(found, key=lambda file: (self._distance(file), str(file)))
        return self._files

    def _distance(self, file: PurePosixPath) -> int:
        """Return how many folders lie between *file* and the main file."""
        mine, its = self._folder.parts, file.parent.parts
        pairs = zip(mine, its, strict=False)
        shared = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return len(mine) + len(its) - 2 * shared

    def _tails(self) -> Mapping[str, set[str]]:
        """Return, for each name that the submission imports, what it imports from there."""
        if not self._imported:
            trees = [*self._trees]
            for file in self._listed():
                with contextlib.suppress(OSError, *_NOT_PYTHON):
                    trees.append(ast.parse((self._home / file).read_bytes()))
            for name in (
                name for tree in trees for name, relative in imports(tree) if not relative
            ):
                top, _dot, rest = name.partition(".")
                tails = self._imported.setdefault(top, set())
                if rest:
                    tails.add(rest.partition(".")[0])
        return self._imported


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # The text is too long for a name.
        return False


def imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield what *tree* imports, wherever in it, and whether by its place among the modules.

    Of ``from a import b``, both ``a`` and ``a.b``: either may be a module.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package, relative = node.module or "", node.level > 0
            if package:
                yield package, relative
            for alias in node.names:
                if alias.name != "*":
                    yield f"{package}.{alias.name}".lstrip("."), relative


def _package(name: str, folder: Path) -> ModuleSpec:
    """Return *folder* as a package without its ``__init__.py``, which often runs the main file."""
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    return spec


def _modules_below(home: Path) -> Iterator[str]:
    """Yield the relative paths of the modules below *home*, without hidden or installed ones."""
    seen = 0
    for folder, folders, files in os.walk(home):
        skipped = "pyvenv.cfg" in files
        folders[:] = [] if skipped else sorted(f for f in folders if _is_own(f))
        for name in [] if skipped else files:
            seen += 1
            if seen > _MOST_FILES:
                return
            if name.endswith(".py"):
                yield Path(folder, name).relative_to(home).as_posix()


def _is_own(folder: str) -> bool:
    return not folder.startswith(".") and folder not in ("site-packages", "__pycache__")
