"""Correct answers that look wrong: mutants and corrupted answers, each with the author's reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.course.toml_file import TomlFile

from .corrupted_answers import CORRUPTIONS
from .mutants import EVERY_OPERATOR, Mutant


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that no check can catch, because it is correct, too; or all of one operator.

    Attributes:
        replaced: the removed lines, as in the mutant.

        replacement: the added lines.

        operator: the operator whose mutants are all meant, without lines; else empty.

        line: its line in ``equivalents.toml``.
    """

    exercise: str
    replaced: str
    replacement: str
    operator: str
    reason: str
    line: int

    def covers(self, mutant: Mutant) -> bool:
        """Return whether it says that *mutant* is right, too."""
        if self.operator:
            return self.operator == mutant.operator
        return (self.replaced, self.replacement) == (mutant.replaced, mutant.replacement)


@dataclass(frozen=True, slots=True)
class Harmless:
    """A corrupted answer that no check can catch, because it is correct in this exercise.

    Attributes:
        corruption: the corruption, one of :data:`~.corrupted_answers.CORRUPTIONS`.

        line: its line in ``equivalents.toml``.
    """

    exercise: str
    corruption: str
    reason: str
    line: int


class _Equivalent(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[equivalent]]``."""

    reason: str
    replace: str = ""
    replacement: str = msgspec.field(name="with", default="")
    operator: str = ""

    def __post_init__(self) -> None:
        _refuse_empty(self.reason)
        if bool(self.operator) == bool(self.replace or self.replacement):
            raise ValueError("write either an operator, or `replace` and `with`")
        if self.operator and self.operator not in EVERY_OPERATOR:
            operators = "; ".join(sorted(EVERY_OPERATOR))
            raise ValueError(f"{self.operator!r} is not an operator; write one of: {operators}")


class _Harmless(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[harmless]]``."""

    junk: str
    reason: str

    def __post_init__(self) -> None:
        _refuse_empty(self.reason)
        if self.junk not in CORRUPTIONS:
            kinds = "; ".join(CORRUPTIONS)
            raise ValueError(f"{self.junk!r} is not a corruption; write one of: {kinds}")


class _Equivalents(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``equivalents.toml``."""

    equivalent: list[_Equivalent] = msgspec.field(default_factory=list)
    harmless: list[_Harmless] = msgspec.field(default_factory=list)


def _refuse_empty(reason: str) -> None:
    if not reason.strip():
        raise ValueError("an equivalent needs a reason; say why it is correct, too")


def read_equivalents(path: Path, exercise: str) -> tuple[Equivalent, ...]:
    """Read the equivalents of *exercise* from *path*; none if there is no such file.

    Raises AuthoringError with the line of a duplicate.
    """
    if not path.exists():
        return ()
    file = TomlFile.read(path)
    found: dict[tuple[str, str, str], Equivalent] = {}
    for index, raw in enumerate(file.convert(_Equivalents).equivalent):
        where = f"$.equivalent[{index}]"
        edit = raw.replace.strip("\n"), raw.replacement.strip("\n"), raw.operator
        if edit in found:
            what = f"this edit is listed on line {found[edit].line}; keep one"
            raise file.fault(what, where)
        found[edit] = Equivalent(exercise, *edit, raw.reason, file.line(where) or 0)
    return tuple(found.values())


def read_harmless(path: Path, exercise: str) -> tuple[Harmless, ...]:
    """Read the correct corrupted answers to *exercise* from *path*; none if there is no such file.

    Raises AuthoringError with the line of an unknown corruption.
    """
    if not path.exists():
        return ()
    file = TomlFile.read(path)
    found: list[Harmless] = []
    for index, raw in enumerate(file.convert(_Equivalents).harmless):
        line = file.line(f"$.harmless[{index}]") or 0
        found.append(Harmless(exercise, raw.junk, raw.reason, line))
    return tuple(found)
