"""Records which checks catch each known mistake, for the author to review in the diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.items import Array, Table

from grader.atomic_write import write_whole
from grader.course.toml_file import read_text
from grader.exercise import Mistake

#: maximum length of a recorded list on one line; a longer list has a line for each check
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Recorded:
    """A mistake whose ``caught_by`` was written.

    Attributes:
        label: ``assignment/exercise``.

        before: its previous ``caught_by``; empty if there was none.
    """

    label: str
    mistake: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def __str__(self) -> str:
        changes = [f"-{name}" for name in self.before if name not in self.after]
        changes += [f"+{name}" for name in self.after if name not in self.before]
        return f"{self.label}: caught_by of {self.mistake}: {' '.join(changes)}"

    def payload(self) -> dict[str, object]:
        """Return it for machines."""
        return {
            "exercise": self.label,
            "mistake": self.mistake,
            "before": self.before,
            "after": self.after,
        }


def record(
    label: str, path: Path, mistakes: Sequence[Mistake], caught: Mapping[str, tuple[str, ...]]
) -> list[Recorded]:
    """Write ``caught_by`` of the mistakes at *path*; return the changes.

    A list that names the same checks is left unchanged, and so is that of a mistake that no check
    catches: there the checks must be fixed, not the record.

    Args:
        label: the label of the exercise.

        caught: by mistake name, in the order of the checks.
    """
    done = [
        Recorded(label, mistake.name, mistake.caught_by, caught[mistake.name])
        for mistake in mistakes
        if caught.get(mistake.name) and set(caught[mistake.name]) != set(mistake.caught_by)
    ]
    if done:
        document = tomlkit.parse(read_text(path))
        tables = {table["name"]: table for table in document["mistake"]}
        for one in done:
            _put(tables[one.mistake], one.after)
        write_whole(path, tomlkit.dumps(document).encode())
    return done


def _put(table: Table, checks: Sequence[str]) -> None:
    """Set ``caught_by`` of one mistake."""
    table["caught_by"] = _array(checks)


def _array(checks: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(checks)
    line = f"caught_by = {array.as_string()}"
    return array.multiline(len(line) > _WIDTH)
