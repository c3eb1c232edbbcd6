"""A learner's own code for one exercise: its lines, and its parts in normal form."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection
from dataclasses import dataclass

from grader.exercise import Submission
from grader.worker.loader import Piece, Source
from grader.worker.slicing import Statement, needed

from .normal_code import MOST_SYMBOLS, Part, normal_parts

#: most characters of one exercise that are looked at: more is a table of numbers
_MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Listing:
    """The code that one exercise needs, without imports and without other exercises.

    Attributes:
        lines: where each line stands, its number there, and its text.

        parts: the code in normal form; its line numbers are places in *lines*, from 1.

        too_large: whether it is larger than what is compared.
    """

    lines: tuple[tuple[str, int, str], ...]
    parts: tuple[Part, ...]
    too_large: bool = False


def listings(
    submission: Submission,
    exercises: Collection[str],
    given: Collection[str] = (),
    with_stubs: bool = False,
) -> dict[str, Listing]:
    """Return the code for each of *exercises* that *submission* has code for.

    Helper functions that it calls are part of it, also those in modules of the learner's.

    Args:
        given: the names of files that came with the starter.

        with_stubs: whether functions that are still empty count, as in a starter.
    """
    found = {}
    for part in submission.parts:
        own = [name for name in exercises if submission.holding(name) is part]
        pieces: list[Piece] = [
            (name, 1, content.decode("utf-8", "replace"))
            for name, content in part.files
            if name.endswith(".py") and name not in given
        ]
        pieces += [(chunk.label, chunk.line, chunk.text) for chunk in part.chunks]
        source = Source.read(pieces)
        for name in own:
            listing = _listing(source, name, exercises, with_stubs)
            if listing.parts or listing.too_large:
                found[name] = listing
    return found


def _listing(source: Source, name: str, exercises: Collection[str], with_stubs: bool) -> Listing:
    others = frozenset(exercises) - {name}
    wanted = [
        statement
        for statement in needed(source.statements, name)
        if not statement.is_import
        and not statement.binds & others
        and (with_stubs or not statement.is_stub)
    ]
    if not any(name in statement.binds for statement in wanted):
        return Listing((), ())
    imports = [statement.node for statement in source.statements if statement.is_import]
    lines: list[tuple[str, int, str]] = []
    nodes: list[ast.stmt] = []
    for statement in wanted:
        first, place = _first_line(statement.node), len(lines) + 1
        lines += _lines(source.pieces[statement.chunk], first, statement)
        if sum(len(text) for _label, _number, text in lines) > _MOST_CHARACTERS:
            return Listing((), (), too_large=True)
        moved = copy.deepcopy(statement.node)
        ast.increment_lineno(moved, place - first)
        nodes.append(moved)
    try:
        parts = normal_parts([*imports, *nodes], exercises)
    except RecursionError:
        return Listing(tuple(lines), (), too_large=True)
    if sum(part.size for part in parts) > MOST_SYMBOLS:
        return Listing(tuple(lines), (), too_large=True)
    return Listing(tuple(lines), tuple(parts))


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(one.lineno for one in decorators)])


def _lines(piece: Piece, first: int, statement: Statement) -> list[tuple[str, int, str]]:
    label, start, text = piece
    last = statement.node.end_lineno or first
    # as Python counts lines: a form feed ends none
    every = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        (label, number, every[number - start] if 0 <= number - start < len(every) else "")
        for number in range(first, last + 1)
    ]
