"""Merge conflicts of Git that were submitted unresolved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..exercise import Chunk
from ..language import _

_MARKS = [re.compile(rf"^{mark}{{7}}(?: .*)?$", re.MULTILINE) for mark in "<=>"]


def line_of_conflict(text: str) -> int:
    """Return the line at which a merge conflict begins in *text*, counted from 1; 0 if none does.

    The three marks must follow each other, since a heading may be underlined with seven signs.
    """
    first = found = _MARKS[0].search(text)
    for mark in _MARKS[1:]:
        found = found and mark.search(text, found.end())
    return text.count("\n", 0, first.start()) + 1 if first and found else 0


def conflict_sentence(chunks: Sequence[Chunk]) -> str:
    """Return where the code of a submission contains a merge conflict, and what to do, if it does.

    A conflict may begin in one cell and end in another.
    """
    line = line_of_conflict("\n".join(chunk.text for chunk in chunks))
    for chunk in chunks if line else ():
        length = chunk.text.count("\n") + 1
        if line <= length:
            place = _("{file}, line {line}").format(file=chunk.label, line=chunk.line + line - 1)
            text = _(
                "{place}: this is a merge conflict of Git. Keep one of the two versions, delete "
                "the lines that begin with <<<<<<<, ======= and >>>>>>>, and submit again."
            )
            return text.format(place=place)
        line -= length
    return ""
