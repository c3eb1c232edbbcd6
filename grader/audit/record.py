"""Records which checks catch each known mistake and hold each promise, for review in the diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import tomlkit
from tomlkit.items import Array, Table

from grader.atomic_write import write_whole
from grader.course.toml_file import read_text
from grader.exercise import Mistake

from .promise_audit import KeptPromise

#: maximum length of a recorded list on one line; a longer list has a line for each check
_WIDTH = 100
_KEYS = {"mistake": "caught_by", "promise": "held_by"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A mistake whose ``caught_by`` was written, or a promise whose ``held_by`` was.

    Attributes:
        label: ``assignment/exercise``.

        subject: the name of the mistake, or the promise's sentence.

        before: its previous checks; empty if there were none.
    """

    label: str
    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    kind: Literal["mistake", "promise"] = "mistake"

    def __str__(self) -> str:
        changes = [f"-{name}" for name in self.before if name not in self.after]
        changes += [f"+{name}" for name in self.after if name not in self.before]
        key = _KEYS[self.kind]
        return f"{self.label}: {key} of {self.subject}: {' '.join(changes)}"

    def payload(self) -> dict[str, object]:
        """Return it for machines."""
        return {
            "exercise": self.label,
            self.kind: self.subject,
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
            _put(tables[one.subject], "caught_by", one.after)
        write_whole(path, tomlkit.dumps(document).encode())
    return done


def record_promises(label: str, path: Path, kept: Sequence[KeptPromise]) -> list[Recorded]:
    """Write ``held_by`` of the promises at *path* that name no check, or one that passes.

    Return the changes. A promise that no check holds is left unchanged.

    Args:
        label: the label of the exercise.

        kept: all promises of the exercise, in the order of the file.
    """
    changed = {
        number: one
        for number, one in enumerate(kept)
        if one.caught and not (one.promise.held_by and set(one.promise.held_by) <= set(one.caught))
    }
    if changed:
        document = tomlkit.parse(read_text(path))
        tables = document["promise"]
        for number, one in changed.items():
            _put(tables[number], "held_by", one.caught)
        write_whole(path, tomlkit.dumps(document).encode())
    return [
        Recorded(label, one.promise.sentence, one.promise.held_by, one.caught, "promise")
        for one in changed.values()
    ]


def _put(table: Table, key: str, checks: Sequence[str]) -> None:
    """Set the checks of one mistake or promise."""
    table[key] = _array(key, checks)


def _array(key: str, checks: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(checks)
    line = f"{key} = {array.as_string()}"
    return array.multiline(len(line) > _WIDTH)
