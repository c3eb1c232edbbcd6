"""Mutants judged equivalent: right answers that only look like mistakes, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..exercise import Assignment
from .tomlfile import TomlFile


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


class _Equivalent(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[equivalent]]``."""

    exercise: str
    replace: str
    reason: str
    replacement: str = msgspec.field(name="with")

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("an equivalent without a reason; say why it is right, too")


class _Equivalents(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``equivalents.toml``."""

    equivalent: list[_Equivalent] = msgspec.field(default_factory=list)


def read_equivalents(path: Path, assignment: Assignment) -> tuple[Equivalent, ...]:
    """Read the equivalents at *path*; none if there is no such file.

    Raises AuthoringError with the line of one that names no exercise, or stands there twice.
    """
    if not path.exists():
        return ()
    file = TomlFile.read(path)
    found: dict[tuple[str, str, str], Equivalent] = {}
    for index, raw in enumerate(file.convert(_Equivalents).equivalent):
        where = f"$.equivalent[{index}]"
        if raw.exercise not in {exercise.name for exercise in assignment.exercises}:
            what = f"{assignment.name} has no exercise {raw.exercise!r}; mend the name"
            raise file.fault(what, f"{where}.exercise")
        one = Equivalent(
            raw.exercise,
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
