"""Automatic mutants: every small edit of a reference by a set of operators.

The operators are those of array code: a wrong axis, a lost ``keepdims``, a sum for a mean, a bound
that is off by one, an array changed in place. Only solution regions are mutated.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from textwrap import dedent

from grader.course.source import BEGIN, END, Cell, code_cell, reference_text

from .mutation_operators import OPERATORS, other_name, without_call


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit of the reference, found by an operator.

    Attributes:
        number: counts the mutants of *exercise* from 1.

        line: the edited line in the source of the reference.

        text: the whole reference with the edit, as one module.

        replaced: the removed lines, as ``ast.unparse`` writes them, without indentation. Together
            with *replacement* they identify a mutant even if its number and line change.

        replacement: the added lines.
    """

    exercise: str
    number: int
    operator: str
    line: int
    text: str
    replaced: str
    replacement: str

    @property
    def diff(self) -> str:
        """The edit in readable form: removed and added lines."""
        went = [f"- {line}" for line in self.replaced.splitlines()]
        came = [f"+ {line}" for line in self.replacement.splitlines()]
        return "\n".join(went + came)


def mutants(cells: Sequence[Cell], exercise: str) -> Iterator[Mutant]:
    """Yield the mutants of *exercise*, each text once, in the order of the operators.

    Args:
        cells: of a source as :func:`read_source` returns it.
    """
    cell = code_cell(cells, exercise)
    tree = ast.parse(cell.text)
    regions = _regions(cell)
    original = ast.unparse(tree)
    seen = {original}
    rules = OPERATORS | {
        "name": partial(other_name, _bound(tree)),
        "call": partial(without_call, _modules(cells)),
    }
    for operator, rule in rules.items():
        for place in _places(tree):
            line = getattr(place.node, "lineno", 0)
            if line not in regions:
                continue
            for node in rule(place.node):
                text = place.with_node(node, tree)
                if text not in seen:
                    seen.add(text)
                    edited = (replace(c, text=text) if c is cell else c for c in cells)
                    yield Mutant(
                        exercise,
                        len(seen) - 1,
                        operator,
                        cell.line + line - 1,
                        reference_text(edited),
                        *_edit(original, text),
                    )


def _regions(cell: Cell) -> set[int]:
    """Return the numbers, counted from 1 within the cell, of the lines of its solutions."""
    inside, lines = False, set[int]()
    for number, line in enumerate(cell.text.split("\n"), 1):
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif inside:
            lines.add(number)
    return lines


def _modules(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the names that *cells* import: a call on one is a call of a module's function."""
    nodes = [n for c in cells if c.kind == "code" for n in ast.walk(ast.parse(c.text))]
    imports = [n for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom))]
    names = [alias.asname or alias.name for node in imports for alias in node.names]
    return frozenset(name.partition(".")[0] for name in names)


def _bound(tree: ast.AST) -> list[str]:
    """Return parameters and local names in the order in which *tree* binds them."""
    names: list[str] = []
    for place in _places(tree):
        match place.node:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                names.append(name)
    return list(dict.fromkeys(names))


def _edit(original: str, text: str) -> tuple[str, str]:
    """Return the removed and the added lines, both without indentation."""
    changes = [c for c in difflib.ndiff(original.split("\n"), text.split("\n")) if c[:2] != "? "]
    went = "\n".join(change[2:] for change in changes if change.startswith("- "))
    came = "\n".join(change[2:] for change in changes if change.startswith("+ "))
    return dedent(went), dedent(came)


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a node in its tree: a field of its parent, or an entry of a list there."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def with_node(self, node: ast.AST, tree: ast.AST) -> str:
        """Return the text of *tree* with *node* here; the tree is left unchanged."""
        self._put(node)
        try:
            return ast.unparse(tree)
        finally:
            self._put(self.node)

    def _put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(tree: ast.AST) -> Iterator[_Place]:
    """Yield the place of every node except the root, in the order of the text."""
    for field, value in ast.iter_fields(tree):
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST):
                yield _Place(tree, field, index, node)
                yield from _places(node)
