"""What pytest finds around it while a class is graded: nothing but the course's checks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_environment() -> Iterator[None]:
    """Keep out of a grade which plugins happen to be installed and what ``PYTEST_ADDOPTS`` says."""
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
    """Import the check files anew and forget them; another course has files of the same names."""
    files = {str(path.absolute()) for path in check_files}
    paths = [path.absolute().with_suffix("") for path in check_files]
    names = [
        ".".join(p.relative_to(root.absolute()).parts)
        for p in paths
        if p.is_relative_to(root.absolute())
    ]
    others = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    wrote, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = wrote
        for name, module in list(sys.modules.items()):
            if getattr(module, "__dict__", {}).get("__file__") in files:
                del sys.modules[name]
        sys.modules.update(others)
