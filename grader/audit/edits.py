"""Edits of one function: the place of a node in its tree, and the text with another node there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.course.source import BEGIN, END, Cell

from .mutation_operators import Rule


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a node in its tree: a field of its parent, or an entry of a list there."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        """Put *node* here."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit by an operator.

    Attributes:
        node: what stands at *place* afterwards.

        statement: the innermost statement that *place* is in, or that it is.
    """

    operator: str
    place: Place
    node: ast.AST
    statement: ast.AST

    @property
    def line(self) -> int:
        """The edited line, counted from 1 within the cell."""
        return getattr(self.place.node, "lineno", 0)

    def is_apart_from(self, other: Edit) -> bool:
        """Return whether they edit different statements, and neither edits what the other does."""
        mine, others = self.place.node, other.place.node
        inside = others in ast.walk(mine) or mine in ast.walk(others)
        return self.statement is not other.statement and not inside


def edited(tree: ast.AST, *edits: Edit) -> str:
    """Return the text of *tree* with *edits*, which are apart; the tree is left unchanged."""
    for edit in edits:
        edit.place.put(edit.node)
    try:
        return ast.unparse(tree)
    finally:
        for edit in edits:
            edit.place.put(edit.place.node)


def edits_of(tree: ast.AST, cell: Cell, rules: dict[str, Rule]) -> Iterator[Edit]:
    """Yield the edits that *rules* make in the solutions of *cell*, whose text *tree* is."""
    lines = _solution_lines(cell)
    where = [
        (place, statement)
        for place, statement in places(tree)
        if getattr(place.node, "lineno", 0) in lines
    ]
    for operator, rule in rules.items():
        for place, statement in where:
            for node in rule(place.node):
                yield Edit(operator, place, node, statement)


def places(tree: ast.AST, statement: ast.AST | None = None) -> Iterator[tuple[Place, ast.AST]]:
    """Yield the place and the statement of every node but the root, in the order of the text."""
    for field, value in ast.iter_fields(tree):
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST):
                inner = node if isinstance(node, ast.stmt) else statement or tree
                yield Place(tree, field, index, node), inner
                yield from places(node, inner)


def _solution_lines(cell: Cell) -> set[int]:
    """Return the numbers, counted from 1 within the cell, of the lines of its solutions."""
    inside, lines = False, set[int]()
    for number, line in enumerate(cell.text.split("\n"), 1):
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif inside:
            lines.add(number)
    return lines
