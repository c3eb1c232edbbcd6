"""Known mistakes: edits of the reference, each with the checks that must catch it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from grader.scoring.relation_sentences import TOPICS

from ..errors import AuthoringError
from ..exercise import Mistake, Promise
from .bilingual_text import BothLanguages, check_name
from .source import Cell, code_cell, reference_text
from .toml_file import TomlFile


class _Mistake(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[mistake]]``."""

    name: str
    replace: str
    hint: BothLanguages
    replacement: str = msgspec.field(name="with")
    caught_by: list[str] = []
    topic: str | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        if self.replacement == self.replace:
            raise ValueError(f"mistake {self.name!r} changes nothing; edit its 'with'")
        for check in self.caught_by:
            if not check.startswith("test_"):
                raise ValueError(f"{check!r} in caught_by is not a check; write test_...")
        if len(set(self.caught_by)) < len(self.caught_by):
            raise ValueError(f"caught_by of {self.name!r} names a check twice; keep one")
        if self.topic is not None and self.topic not in TOPICS:
            topics = ", ".join(sorted(TOPICS))
            raise ValueError(f"{self.topic!r} is not a topic; write one of {topics}")


class _Mistakes(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``mistakes.toml``."""

    mistake: list[_Mistake] = msgspec.field(default_factory=list)


def read_mistakes(path: Path, exercise: str, cells: Sequence[Cell]) -> tuple[Mistake, ...]:
    """Read the mistakes of *exercise* from *path*; none if there is no such file.

    Raises AuthoringError with the line of a mistake that is not one edit of the reference.
    """
    if not path.exists():
        return ()
    file = TomlFile.read(path)
    mistakes: list[Mistake] = []
    seen: dict[str, int] = {}
    for index, raw in enumerate(file.convert(_Mistakes).mistake):
        where = f"$.mistake[{index}]"
        mistake = Mistake(
            exercise=exercise,
            name=raw.name,
            replace=raw.replace,
            replacement=raw.replacement,
            caught_by=tuple(raw.caught_by),
            hint=raw.hint.text(),
            topic=raw.topic or "",
            line=file.line(where) or 0,
        )
        first = seen.setdefault(raw.name, mistake.line)
        if len(seen) == len(mistakes):
            what = f"{exercise!r} has a mistake {raw.name!r} on line {first}, too; rename one"
            raise file.fault(what, where)
        apply_mistake(cells, mistake, path)
        mistakes.append(mistake)
    return tuple(mistakes)


def apply_mistake(
    source_cells: Sequence[Cell], edit: Mistake | Promise, path: Path | None = None
) -> str:
    """Return the reference with a mistake, or with a promise broken, as one module.

    It is a submission that checks must catch.

    Raises AuthoringError if the edit does not match exactly once in the exercise's cell.

    Args:
        path: the file that the edit is from.
    """
    edited = _edited(source_cells, edit, path)
    return reference_text(
        edited if cell.kind == "code" and cell.exercise == edit.exercise else cell
        for cell in source_cells
    )


def _edited(cells: Sequence[Cell], edit: Mistake | Promise, path: Path | None) -> Cell:
    """Return the code cell of the edit's exercise with the edit applied."""
    cell = code_cell(cells, edit.exercise)
    count = cell.text.count(edit.replace)
    if count != 1:
        what = (
            f"{edit.label}: 'replace' stands {count} times in the reference's cell of "
            f"{edit.exercise!r} (line {cell.line}); quote text that stands there exactly once"
        )
        raise AuthoringError(what, path, edit.line)
    text = cell.text.replace(edit.replace, edit.replacement)
    try:
        ast.parse(text)
    except SyntaxError as error:
        what = f"{edit.label}: after the edit, this is not valid Python ({error.msg})"
        raise AuthoringError(f"{what}; fix its 'with'", path, edit.line) from None
    return replace(cell, text=text)
