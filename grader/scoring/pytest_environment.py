"""Isolates pytest's collection of checks from its environment, and the environment from pytest."""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from _pytest.assertion.rewrite import AssertionRewritingHook


@contextmanager
def own_environment() -> Iterator[None]:
    """Keep installed plugins and ``PYTEST_ADDOPTS`` from affecting grades."""
    before = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    for name in before:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def own_modules(check_files: Sequence[Path], root: Path) -> Iterator[None]:
    """Import the check files afresh, and forget them; other courses have files of the same names.

    Modules that they import from beside them are forgotten, too. Later imports, for example in a
    learner's notebook, are not affected.
    """
    hooks = list(sys.meta_path)
    packages = {_module_parts(path, root)[0] for path in check_files}
    others = _taken(packages)
    wrote, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = wrote
        sys.meta_path[:] = [
            hook
            for hook in sys.meta_path
            if hook in hooks or not isinstance(hook, AssertionRewritingHook)
        ]
        _taken(packages)
        sys.modules.update(others)


def _module_parts(path: Path, root: Path) -> tuple[str, ...]:
    """Return the module name that pytest's module_name_from_path gives to *path*."""
    whole, root = path.absolute().with_suffix(""), root.absolute()
    parts = whole.relative_to(root).parts if whole.is_relative_to(root) else whole.parts[1:]
    return tuple(part.replace(".", "_") for part in parts)


def _taken(packages: Container[str]) -> dict[str, ModuleType]:
    """Remove all modules of *packages* from the imported ones, and return them."""
    names = [name for name in sys.modules if name.partition(".")[0] in packages]
    return {name: sys.modules.pop(name) for name in names}
