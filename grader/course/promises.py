"""Promises: sentences of a statement, each with the checks that test it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import msgspec

from ..errors import AuthoringError
from ..exercise import Promise
from .exercise_folder import ExerciseFolder
from .toml_file import TomlFile, read_text


class _Promise(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[promise]]``."""

    sentence: str
    held_by: list[str]

    def __post_init__(self) -> None:
        if not self.sentence.strip() or not self.held_by:
            raise ValueError("a promise needs a sentence, and held_by with the checks that test it")


class _Promises(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``promises.toml``."""

    promise: list[_Promise] = msgspec.field(default_factory=list)


def read_promises(folder: ExerciseFolder, exercise: str, statement: str) -> tuple[Promise, ...]:
    """Read the promises of *exercise*; none if there is no such file.

    Raises AuthoringError with the line of one that does not stand in the English *statement*, or
    that names no check.
    """
    if not folder.promises.exists():
        return ()
    file = TomlFile.read(folder.promises)
    checks = frozenset(_check_names([folder.public, folder.hidden]))
    words = " ".join(statement.split())
    promises = []
    for index, raw in enumerate(file.convert(_Promises).promise):
        where = f"$.promise[{index}]"
        if " ".join(raw.sentence.split()) not in words:
            what = f"the English statement of {exercise!r} lacks this sentence; quote it exactly"
            raise file.fault(what, f"{where}.sentence")
        for name in raw.held_by:
            if name not in checks:
                what = f"{name!r} is not a check of {exercise!r}; fix the name"
                raise file.fault(what, f"{where}.held_by")
        line = file.line(where) or 0
        promises.append(Promise(exercise, raw.sentence, tuple(raw.held_by), line))
    return tuple(promises)


def _check_names(paths: Iterable[Path]) -> Iterable[str]:
    """Yield the names of the checks in *paths*; raises AuthoringError for invalid Python."""
    for path in paths:
        if not path.exists():
            continue
        try:
            tree = ast.parse(read_text(path))
        except SyntaxError as error:
            what = f"this is not valid Python: {error.msg}"
            raise AuthoringError(what, path, error.lineno) from None
        yield from (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
