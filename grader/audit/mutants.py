"""Automatic mutants: small edits of a reference by a set of operators.

The operators are those of array code: a wrong axis, a lost ``keepdims``, a sum for a mean, a bound
that is off by one, an array changed in place. Subtle mutants are right nearly everywhere or nearly
right, or have two edits of which one may hide the other. Only solution regions are mutated.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations, islice
from textwrap import dedent

from grader.course.source import Cell, code_cell, reference_text

from .edits import Edit, edited, edits_of, places
from .mutation_operators import OPERATORS, Rule, other_name, without_call
from .near_miss_operators import NEAR_MISS_OPERATORS, in_float32

#: the number of mutants of an exercise with two edits
PAIRS = 24
#: how many of these have two edits that are listed as right, too
_EQUIVALENT_PAIRS = 8
_DRAWS = 50 * PAIRS

#: the names of all operators that a mutant of one edit may come from
EVERY_OPERATOR = frozenset({*OPERATORS, "name", "call", *NEAR_MISS_OPERATORS, "float32"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """An edit of the reference, found by an operator, or two edits.

    Attributes:
        number: counts the mutants of *exercise* from 1.

        line: the edited line in the source of the reference; the first of two.

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
    """Yield the mutants of *exercise* by the operators that everybody knows.

    Each text comes once, in the order of the operators.

    Args:
        cells: of a source as :func:`read_source` returns it.
    """
    made = _Mutants(cells, exercise)
    return (mutant for mutant, _edit in made.crude())


def every_mutant(
    cells: Sequence[Cell], exercise: str, framework: str, is_right: Callable[[Mutant], bool]
) -> list[Mutant]:
    """Return the :func:`mutants` of *exercise*, and then the subtle ones.

    Which pairs of edits there are depends on the text of the reference alone, except that pairs
    of two right edits come in the place of pairs with one of them, and of the last ones.

    Args:
        framework: the framework of the reference.

        is_right: whether a mutant of one edit is known to be right, too.
    """
    made = _Mutants(cells, exercise)
    single = [*made.crude(), *made.near_misses(framework)]
    return [*(mutant for mutant, _edit in single), *made.pairs(single, is_right)]


class _Mutants:
    """Makes the mutants of one exercise, each text once."""

    def __init__(self, cells: Sequence[Cell], exercise: str) -> None:
        self._cells = cells
        self._exercise = exercise
        self._cell = code_cell(cells, exercise)
        self._tree = ast.parse(self._cell.text)
        self._original = ast.unparse(self._tree)
        self._seen = {self._original}

    def crude(self) -> Iterator[tuple[Mutant, Edit]]:
        """Yield those by the operators that everybody knows."""
        return self._by(
            OPERATORS
            | {
                "name": partial(other_name, _bound(self._tree)),
                "call": partial(without_call, _modules(self._cells)),
            }
        )

    def near_misses(self, framework: str) -> Iterator[tuple[Mutant, Edit]]:
        """Yield those that are right nearly everywhere, or nearly right."""
        float32 = in_float32(_bound(self._tree), framework)
        return self._by(NEAR_MISS_OPERATORS | {"float32": float32})

    def pairs(
        self, single: Sequence[tuple[Mutant, Edit]], is_right: Callable[[Mutant], bool]
    ) -> Iterator[Mutant]:
        """Yield mutants with two edits of different statements.

        Either both edits are wrong, and one may hide the other, or both are right, and each may
        need the other to be absent.
        """
        right = [edit for mutant, edit in single if is_right(mutant)]
        together = islice(_apart(combinations(right, 2)), _EQUIVALENT_PAIRS)
        # Drawn among all, so that listing one more as right replaces only the pairs it is in.
        drawn = _drawn([edit for _mutant, edit in single], self._original)
        wrong = (pair for pair in drawn if pair[0] not in right and pair[1] not in right)
        chosen = chain(together, _apart(wrong))
        made = (self._mutant("two edits", one, other) for one, other in chosen)
        return islice((mutant for mutant in made if mutant), PAIRS)

    def _by(self, rules: dict[str, Rule]) -> Iterator[tuple[Mutant, Edit]]:
        for edit in edits_of(self._tree, self._cell, rules):
            mutant = self._mutant(edit.operator, edit)
            if mutant:
                yield mutant, edit

    def _mutant(self, operator: str, *edits: Edit) -> Mutant | None:
        """Return the mutant with *edits*; None if there is one with this text."""
        text = edited(self._tree, *edits)
        if text in self._seen:
            return None
        self._seen.add(text)
        cells = (replace(c, text=text) if c is self._cell else c for c in self._cells)
        return Mutant(
            self._exercise,
            len(self._seen) - 1,
            operator,
            self._cell.line + min(edit.line for edit in edits) - 1,
            reference_text(cells),
            *_change(self._original, text),
        )


def _apart(pairs: Iterable[tuple[Edit, Edit]]) -> Iterator[tuple[Edit, Edit]]:
    return ((one, other) for one, other in pairs if one.is_apart_from(other))


def _drawn(edits: Sequence[Edit], seed: str) -> Iterator[tuple[Edit, Edit]]:
    """Yield many pairs of *edits*, drawn at random, the same for each *seed*."""
    # The floats of the Mersenne Twister are the same in every version of Python.
    draw = random.Random(hashlib.sha256(seed.encode()).hexdigest()).random
    for _number in range(_DRAWS if edits else 0):
        yield edits[int(draw() * len(edits))], edits[int(draw() * len(edits))]


def _modules(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the names that *cells* import: a call on one is a call of a module's function."""
    nodes = [n for c in cells if c.kind == "code" for n in ast.walk(ast.parse(c.text))]
    imports = [n for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom))]
    names = [alias.asname or alias.name for node in imports for alias in node.names]
    return frozenset(name.partition(".")[0] for name in names)


def _bound(tree: ast.AST) -> list[str]:
    """Return parameters and local names in the order in which *tree* binds them."""
    names: list[str] = []
    for place, _statement in places(tree):
        match place.node:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                names.append(name)
    return list(dict.fromkeys(names))


def _change(original: str, text: str) -> tuple[str, str]:
    """Return the removed and the added lines, both without indentation."""
    changes = [c for c in difflib.ndiff(original.split("\n"), text.split("\n")) if c[:2] != "? "]
    went = "\n".join(change[2:] for change in changes if change.startswith("- "))
    came = "\n".join(change[2:] for change in changes if change.startswith("+ "))
    return dedent(went), dedent(came)
