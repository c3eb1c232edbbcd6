"""What is expected where an assignment is submitted, and whether a file holds it.

Learners' code is only parsed. What its definitions come to is a :class:`Status`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from ..worker.blank import is_blank, normal_form
from ..worker.definitions import (
    BY_DEFINITION,
    NOT_AT_ALL,
    how_it_seems,
    how_itself,
    parsed,
    reached,
)
from ..worker.loader import CUTS, blocks

STAR_IMPORT = re.compile(r"^[ \t]*from[ \t]+[.\w]+[ \t]+import[ \t]*\*", re.MULTILINE)
_NO_MODULES: Mapping[str, Collection[str]] = {}
#: values that may be a function or a class
_CALLABLE = (ast.Lambda, ast.Name, ast.Attribute, ast.Call, ast.IfExp)


class Status(IntEnum):
    """How a file defines an exercise, the least sure first."""

    BLANK = 1
    #: written, but only below ``if __name__ == "__main__":``, which does not run
    SCRIPT = 2
    #: in text that is not valid Python
    BROKEN = 3
    #: imported from another module of the submission
    IMPORTED = 4
    #: a value that may be a function: ``f = partial(g, 2)``
    VALUE = 5
    WRITTEN = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A file's definition of an exercise.

    Attributes:
        index: of the text that holds it; of several texts, the last one.

        form: the normal form of all statements that it consists of.
    """

    status: Status
    index: int
    form: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one assignment is submitted, and what is expected there.

    Attributes:
        assignment: its name.

        starter: its exercises, each with the normal forms that it has in starters.

        others: the exercises of the course's other assignments, by assignment.
    """

    assignment: str
    starter: Mapping[str, frozenset[str]] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        assignment: str,
        exercises: Iterable[str],
        starters: Iterable[str] = (),
        others: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Slot:
        """Return the slot of an assignment.

        Args:
            starters: the code of its starters, in any pieces.
        """
        forms: dict[str, set[str]] = {name: set() for name in exercises}
        for text in starters:
            for statement, _guarded in reached(parsed(text) or []):
                for name in forms:
                    if how_itself(statement, name) == BY_DEFINITION:
                        forms[name].add(normal_form(statement))
        frozen = {name: frozenset(several) for name, several in forms.items()}
        return cls(assignment, frozen, others or {})


def found_in(
    texts: Sequence[str],
    starter: Mapping[str, frozenset[str]],
    modules: Mapping[str, Collection[str]] = _NO_MODULES,
    parse: bool = True,
) -> dict[str, Found]:
    """Return how *texts*, the cells of one file in their order, define the exercises.

    A class that later cells extend is one definition: it is written if any part of it is.

    Args:
        starter: the exercises with their normal forms in starters.

        modules: modules of the submission, from which exercises may be imported, each with those
            that it defines.

        parse: otherwise, lines that look like definitions count.
    """
    ledgers = {name: _Ledger(name, forms) for name, forms in starter.items()}
    for index, text in enumerate(texts):
        takes_all = bool(modules) and STAR_IMPORT.search(text) is not None
        mentioned = [ledger for name, ledger in ledgers.items() if takes_all or name in text]
        if mentioned:
            for piece in _pieces(text, parse):
                for ledger in mentioned:
                    ledger.read(piece, index, modules, parse)
    found = ((name, ledger.found()) for name, ledger in ledgers.items())
    return {name: one for name, one in found if one is not None}


def _pieces(
    text: str, parse: bool, cuts: Sequence[re.Pattern[str]] = CUTS
) -> Iterator[str | list[ast.stmt]]:
    """Yield the statements of *text*; if it is not valid, of its parts that are, and the others."""
    whole = parsed(text) if parse else None
    if whole is not None:
        yield whole
    elif cuts:
        for block in blocks(cuts[0], text):
            yield from _pieces(block, parse, cuts[1:])
    else:
        yield text


class _Ledger:
    """Collects what defines one exercise in one file."""

    def __init__(self, name: str, starter: frozenset[str]) -> None:
        self._name = name
        self._starter = starter
        self._entries: list[Found] = []
        self._extensions: list[Found] = []
        self._is_class = False

    def read(
        self,
        piece: str | list[ast.stmt],
        index: int,
        modules: Mapping[str, Collection[str]],
        parse: bool,
    ) -> None:
        """Note what *piece* of text *index* has to do with the exercise."""
        if isinstance(piece, str):
            how = how_it_seems(piece, self._name)
            if how != NOT_AT_ALL:
                seems = Status.WRITTEN if how == BY_DEFINITION else Status.VALUE
                sure = Status.BROKEN if parse else seems
                self._entries.append(Found(sure, index, piece.strip()))
            return
        for statement, guarded in reached(piece):
            status = self._status(statement, modules)
            if status is not None:
                if guarded and status is not Status.BLANK:
                    status = Status.SCRIPT
                self._entries.append(Found(status, index, _form(statement)))
            elif not guarded and _extends(statement, self._name):
                self._extensions.append(Found(Status.WRITTEN, index, _form(statement)))

    def found(self) -> Found | None:
        """Return what all of it comes to; None if nothing defines the exercise."""
        if not self._entries:
            return None
        entries = self._entries
        if self._is_class:
            entries = sorted([*entries, *self._extensions], key=lambda entry: entry.index)
        statuses = {entry.status for entry in entries}
        # An empty function replaces what was imported above it.
        if max(statuses) is Status.IMPORTED and Status.BLANK in statuses:
            entries = [entry for entry in entries if entry.status is Status.BLANK]
        best = max(entry.status for entry in entries)
        counted = [entry for entry in entries if entry.status is best]
        return Found(best, counted[-1].index, "\n".join(entry.form for entry in counted))

    def _status(self, statement: ast.stmt, modules: Mapping[str, Collection[str]]) -> Status | None:
        if isinstance(statement, ast.ImportFrom):
            module = (statement.module or "").rpartition(".")[2]
            names = {alias.asname or alias.name for alias in statement.names}
            if "*" in names:
                names |= set(modules.get(module, ()))
            own = statement.level or module in modules
            return Status.IMPORTED if own and self._name in names else None
        how = how_itself(statement, self._name)
        if how == NOT_AT_ALL:
            return None
        if how != BY_DEFINITION:
            value = getattr(statement, "value", None)
            return Status.VALUE if isinstance(value, (*_CALLABLE, ast.Tuple)) else None
        self._is_class |= isinstance(statement, ast.ClassDef)
        if is_blank(statement) or _form(statement) in self._starter:
            return Status.BLANK
        return Status.WRITTEN


def _form(statement: ast.stmt) -> str:
    try:
        return normal_form(statement)
    except RecursionError:
        return f"line {statement.lineno}"


def _extends(statement: ast.stmt, name: str) -> bool:
    """Whether *statement* gives the class *name* another part."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if is_blank(statement):
            return False
        arguments = [
            argument
            for decorator in statement.decorator_list
            if isinstance(decorator, ast.Call)
            for argument in decorator.args
        ]
        if statement.decorator_list:
            # @patch from fastcore: def forward(self: Model, x)
            own = [*statement.args.posonlyargs, *statement.args.args][:1]
            arguments += [one.annotation for one in own if one.annotation is not None]
        return any(isinstance(one, ast.Name) and one.id == name for one in arguments)
    if isinstance(statement, ast.Assign):
        return any(
            isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id == name
            for target in statement.targets
        )
    if isinstance(statement, (ast.Expr, ast.For)):
        calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
        return any(_sets_attribute_of(call, name) for call in calls)
    return False


def _sets_attribute_of(call: ast.Call, name: str) -> bool:
    first = call.args[0] if call.args else None
    return (
        isinstance(call.func, ast.Name)
        and call.func.id == "setattr"
        and isinstance(first, ast.Name)
        and first.id == name
    )
