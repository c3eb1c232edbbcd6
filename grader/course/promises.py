"""Promises: sentences of a statement or a check, each with an edit that breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..checks.sentences import sentences_in
from ..exercise import Mistake, Promise
from .exercise_folder import ExerciseFolder
from .mistakes import apply_mistake
from .source import Cell, statement_parts
from .toml_file import TomlFile, read_text

_LETTERS = re.compile(r"\w")
_ONE_BREAK = (
    "a promise needs one edit that breaks it: write the name of a known mistake as 'mistake', or "
    "'replace' and 'with'"
)


class _Promise(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[promise]]``."""

    sentence: str
    held_by: list[str] = []
    mistake: str = ""
    replace: str = ""
    replacement: str | None = msgspec.field(name="with", default=None)

    def __post_init__(self) -> None:
        if not self.sentence.strip():
            raise ValueError("a promise needs its sentence")
        if bool(self.mistake) == bool(self.replace) or bool(self.replace) != (
            self.replacement is not None
        ):
            raise ValueError(_ONE_BREAK)


class _Promises(msgspec.Struct, forbid_unknown_fields=True):
    """A whole ``promises.toml``."""

    promise: list[_Promise] = []
    explains: list[str] = []


@dataclass(frozen=True, slots=True)
class Promises:
    """What an exercise's sentences promise.

    Attributes:
        explains: the parts of the English statement that promise nothing.

        left: the parts of it that are neither a promise nor an explanation.

        stale: promises and explanations that stand nowhere any more, each with its line.
    """

    rows: tuple[Promise, ...] = ()
    explains: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    stale: tuple[tuple[int, str], ...] = ()


def read_promises(
    folder: ExerciseFolder,
    exercise: str,
    cells: Sequence[Cell],
    mistakes: Iterable[Mistake],
    every: Sequence[Cell],
) -> Promises:
    """Read the promises of *exercise*; there are none without a file.

    Args:
        cells: of the source, for the reference's framework.

        every: for all frameworks, whose statements promise something, too.

    Raises AuthoringError with the line of one that names no known mistake, or whose edit is none
    of the reference.
    """
    if not folder.promises.exists():
        return Promises()
    file = TomlFile.read(folder.promises)
    whole = file.convert(_Promises)
    sentences = list(_sentences([folder.public, folder.hidden]))
    known = {mistake.name: mistake for mistake in mistakes}
    said = [_words(part.text) for part in statement_parts(every, exercise, "en")]
    rows = []
    for index, raw in enumerate(whole.promise):
        where = f"$.promise[{index}]"
        if raw.mistake and raw.mistake not in known:
            what = f"{raw.mistake!r} is not a known mistake of {exercise!r}; fix the name"
            raise file.fault(what, f"{where}.mistake")
        rows.append(_row(exercise, raw, known.get(raw.mistake), file.line(where) or 0))
        apply_mistake(cells, rows[-1], folder.promises)
    explains = tuple(map(_words, whole.explains))
    texts = [*said, *sentences]
    stale = [(r.line, r.sentence) for r in rows if not any(r.sentence in text for text in texts)]
    explained = [text for text in explains if not any(text in part for part in said)]
    stale += [(file.line("$.explains") or 0, text) for text in explained]
    quoted = [*(row.sentence for row in rows), *explains]
    left = tuple(text for part in said for text in _left(part, quoted))
    return Promises(tuple(rows), explains, left, tuple(stale))


def _row(exercise: str, raw: _Promise, mistake: Mistake | None, line: int) -> Promise:
    replace = mistake.replace if mistake else raw.replace
    replacement = mistake.replacement if mistake else raw.replacement or ""
    held_by = tuple(raw.held_by)
    return Promise(exercise, _words(raw.sentence), held_by, raw.mistake, replace, replacement, line)


def _words(text: str) -> str:
    return " ".join(text.split())


def _left(said: str, quoted: Iterable[str]) -> Iterator[str]:
    """Yield the parts of *said* that are not *quoted*, if they have words."""
    quoting = [False] * len(said)
    for text in map(_words, quoted):
        for found in re.finditer(re.escape(text), said):
            quoting[found.start() : found.end()] = [True] * len(text)
    kept = "".join("\0" if q else letter for letter, q in zip(said, quoting, strict=True))
    for part in kept.split("\0"):
        if _LETTERS.search(part):
            yield part.strip()


def _sentences(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the sentences of the checks in *paths*; raises AuthoringError."""
    for path in paths:
        if path.exists():
            yield from (_words(one.en) for one in sentences_in(read_text(path), path))
