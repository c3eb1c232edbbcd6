"""Right answers that only look wrong: mutants and corrupted ones, each with an author's reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.course.toml_file import TomlFile

from .corrupted_answers import CORRUPTIONS


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that no check can catch, because it is right, too.

    Attributes:
        replaced: the lines that went, as a mutant has them.

        replacement: the lines that came.

        line: where it stands in ``equivalents.toml``.
    """

    exercise: str
    replaced: str
    replacement: str
    reason: str
    line: int

    @property
    def identity(self) -> tuple[str, str, str]:
        """What it shares with the mutants that it stands for."""
        return self.exercise, self.replaced, self.replacement


@dataclass(frozen=True, slots=True)
class Harmless:
    """A corrupted answer that no check can catch, because in this exercise it is right, too.

    Attributes:
        corruption: what the answer is like, one of :data:`~.corrupted_answers.CORRUPTIONS`.

        line: where it stands in ``equivalents.toml``.
    """

    exercise: str
    corruption: str
    reason: str
    line: int


class _Equivalent(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[equivalent]]``."""

    replace: str
    reason: str
    replacement: str = msgspec.field(name="with")

    def __post_init__(self) -> None:
        _refuse_empty(self.reason)


class _Harmless(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[harmless]]``."""

    junk: str
    reason: str

    def __post_init__(self) -> None:
        _refuse_empty(self.reason)
        if self.junk not in CORRUPTIONS:
            kinds = "; ".join(CORRUPTIONS)
            raise ValueError(f"{self.junk!r} is no kind of corruption; write one of: {kinds}")


class _Equivalents(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``equivalents.toml``."""

    equivalent: list[_Equivalent] = msgspec.field(default_factory=list)
    harmless: list[_Harmless] = msgspec.field(default_factory=list)


def _refuse_empty(reason: str) -> None:
    if not reason.strip():
        raise ValueError("an equivalent without a reason; say why it is right, too")


def read_equivalents(path: Path, exercise: str) -> tuple[Equivalent, ...]:
    """Read the mutants of *exercise* that are right; none if there is no file at *path*.

    Raises AuthoringError with the line of one that stands there twice.
    """
    if not path.exists():
        return ()
    file = TomlFile.read(path)
    found: dict[tuple[str, str, str], Equivalent] = {}
    for index, raw in enumerate(file.convert(_Equivalents).equivalent):
        where = f"$.equivalent[{index}]"
        one = Equivalent(
            exercise,
            raw.replace.strip("\n"),
            raw.replacement.strip("\n"),
            raw.reason,
            file.line(where) or 0,
        )
        if one.identity in found:
            what = f"this edit is listed on line {found[one.identity].line}; keep one"
            raise file.fault(what, where)
        found[one.identity] = one
    return tuple(found.values())


def read_harmless(path: Path, exercise: str) -> tuple[Harmless, ...]:
    """Read the corrupted answers to *exercise* that are right; none if there is no file at *path*.

    Raises AuthoringError with the line of one that is no corruption.
    """
    if not path.exists():
        return ()
    file = TomlFile.read(path)
    found: list[Harmless] = []
    for index, raw in enumerate(file.convert(_Equivalents).harmless):
        line = file.line(f"$.harmless[{index}]") or 0
        found.append(Harmless(exercise, raw.junk, raw.reason, line))
    return tuple(found)
