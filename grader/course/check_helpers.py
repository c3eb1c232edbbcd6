"""The modules that checks import from beside them: ``from ..shared import inputs``."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import AuthoringError


def helpers_of(checks: Iterable[Path], top: Path) -> tuple[Path, ...]:
    """Return the modules that *checks* import relatively, also by way of each other, sorted.

    Args:
        top: the directory that they must lie in.

    Raises:
        AuthoringError: one of the files cannot be read or parsed.
    """
    found: set[Path] = set()
    todo = list(checks)
    while todo:
        for path in _imported(todo.pop(), top):
            if path not in found:
                found.add(path)
                todo.append(path)
    return tuple(sorted(found))


def _imported(path: Path, top: Path) -> Iterator[Path]:
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except (OSError, SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise AuthoringError(f"this file cannot be read: {error}", path, line) from None
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        home = path.parents[node.level - 1]
        home = home.joinpath(*(node.module or "").split("."))
        # `from .shared import x` names a module, or a member of one
        named = [home.with_suffix(".py"), home / "__init__.py"] if node.module else []
        for one in [*named, *(home / f"{alias.name}.py" for alias in node.names)]:
            if one.is_file() and one.is_relative_to(top):
                yield one
