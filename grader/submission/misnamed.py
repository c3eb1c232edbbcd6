"""Functions that are written under almost the right name, which no check can find."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from difflib import SequenceMatcher

from ..errors import SubmissionError
from ..language import _
from ..worker.definitions import parsed
from .choice import MAX_PARSED, Choice
from .code_file import CodeFile
from .learner_names import shown
from .slot import Slot

#: how alike two names are from 0 to 1, case and underscores apart, so that one may be meant
_ALIKE = 0.8


def misnamed(choice: Choice, files: Sequence[CodeFile], slot: Slot) -> Iterator[str]:
    """Yield a sentence for each exercise that may be written in *files* under another name."""
    open_ones = set(slot.starter) - set(choice.written)
    known = {*slot.starter, *(name for names in slot.others.values() for name in names)}
    text = _("{file} defines {found}, which is no exercise. If it is {exercise}, rename it.")
    for file in files:
        for found in sorted(_defined_in(file) - known) if open_ones else ():
            exercise = _closest(found, open_ones)
            if exercise:
                yield text.format(file=shown(file.name), found=found, exercise=exercise)


def _defined_in(file: CodeFile) -> set[str]:
    """Return the functions and classes at the top of *file*; none if it cannot be read."""
    names: set[str] = set()
    with suppress(SubmissionError):
        for chunk in file.chunks if file.item.size <= MAX_PARSED else ():
            definitions = (ast.FunctionDef, ast.ClassDef)
            found = (one for one in parsed(chunk.text) or () if isinstance(one, definitions))
            names.update(one.name for one in found)
    return names


def _plain(name: str) -> str:
    return name.replace("_", "").casefold()


def _closest(found: str, exercises: Collection[str]) -> str:
    """Return the exercise that *found* is almost called; empty if there is none."""

    def alike(exercise: str) -> float:
        return SequenceMatcher(None, _plain(found), _plain(exercise)).ratio()

    best = max(sorted(exercises), key=alike, default="")
    return best if best and alike(best) >= _ALIKE else ""
