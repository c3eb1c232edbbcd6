"""Which exercises the code of each exercise may call, found by reading a submission."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from grader.exercise import Submission
from grader.worker.loader import Piece, Source
from grader.worker.slicing import Statement


def calls_between(submission: Submission, exercises: Collection[str]) -> dict[str, frozenset[str]]:
    """Return for each exercise the others that it uses, directly or through functions of its own.

    Modules that were submitted with the main file are read, too. What is named in a text
    (``globals()["softmax"]``) is not found.
    """
    found: dict[str, frozenset[str]] = {}
    for part in submission.parts:
        own = [name for name in exercises if submission.holding(name) is part]
        modules = [
            (name, 1, content.decode("utf-8", "replace"))
            for name, content in part.files
            if name.endswith(".py")
        ]
        statements = Source.read([*modules, *_pieces(part)]).statements
        uses = _uses(statements, {PurePosixPath(name).stem for name, _line, _text in modules})
        found |= {name: _reached(name, uses) & (frozenset(exercises) - {name}) for name in own}
    return found


def unwritten(submission: Submission, exercises: Collection[str]) -> frozenset[str]:
    """Return the exercises of which there are only empty definitions."""
    found: set[str] = set()
    for part in submission.parts:
        defined = [s for s in Source.read(_pieces(part)).statements if s.is_definition]
        written = {name for s in defined if not s.is_stub for name in s.binds}
        empty = {name for s in defined if s.is_stub for name in s.binds} - written
        found |= {name for name in exercises if submission.holding(name) is part and name in empty}
    return frozenset(found)


def _pieces(part: Submission) -> list[Piece]:
    return [(chunk.label, chunk.line, chunk.text) for chunk in part.chunks]


def _uses(statements: Sequence[Statement], around: Collection[str]) -> dict[str, set[str]]:
    """Return what the statements that bind or change each name read.

    Args:
        around: the submission's own modules.
    """
    found: dict[str, set[str]] = {}
    for statement in statements:
        read = {*statement.uses, *_attributes(statement.node, around)}
        if statement.is_definition and not statement.is_stub:
            # The last definition counts.
            found |= {name: set() for name in statement.binds}
        for name in statement.binds | statement.changes:
            found.setdefault(name, set()).update(read - {name})
    return found


def _attributes(node: ast.AST, around: Collection[str]) -> Iterator[str]:
    """Yield what is read or imported from the submission's own modules, by its name there."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            if part.value.id in around:
                yield part.attr
        elif isinstance(part, ast.ImportFrom) and (part.level or str(part.module) in around):
            yield from (alias.name for alias in part.names)


def _reached(name: str, uses: Mapping[str, set[str]]) -> frozenset[str]:
    """Return all names that *name* leads to."""
    found: set[str] = set()
    todo = [name]
    while todo:
        for fresh in uses.get(todo.pop(), set()) - found:
            found.add(fresh)
            todo.append(fresh)
    return frozenset(found)
