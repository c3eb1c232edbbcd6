"""Wraps text for the terminal where its language allows, without dropping anything.

rich treats Chinese as one long word: it breaks it anywhere, a full stop can start a line, and in a
table the rest is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

#: minimum width of a line in cells; in narrower terminals the margin shrinks
_LEAST = 8

#: characters that cannot start a line, and characters that cannot end one
_CLOSING = "，。；：！？、）】》」』”’…—,.;:!?)]}%"
_OPENING = "（【《「『“‘([{"

#: an index such as ``[1, 0]``, or a command, which is not broken
_WHOLE = re.compile(
    r"\[[^\[\]\n]{0,20}\]|\bgradproof [a-z]+(?:(?: --[a-z]+)? [\w./-]+){1,2}", re.ASCII
)


class Lines:
    """*text* with a margin on its left.

    Args:
        first: the content of the margin in the first line.

        margin: its width in cells; default the width of *first*.
    """

    def __init__(self, text: Text, first: Text | None = None, margin: int = 0) -> None:
        self._text = text
        self._first = first or Text()
        self._margin = max(margin, self._first.cell_len)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        margin = max(self._first.cell_len, min(self._margin, options.max_width - _LEAST))
        room = max(2, options.max_width - margin)
        head = self._first + Text(" " * (margin - self._first.cell_len))
        for paragraph in self._text.split("\n", allow_blank=True):
            for line in _wrapped(paragraph, room):
                whole = Text.assemble(head, line, no_wrap=True, overflow="fold")
                whole.rstrip()
                yield whole
                head = Text(" " * margin)


def indented(text: Text) -> Lines:
    """Return text about a check, indented below its sentence."""
    return Lines(text, margin=6)


def wrapped(text: str, room: int) -> str:
    """Return *text* in lines of *room* cells.

    A longer word, such as a path, stays whole: it can be copied from a terminal, which breaks it.
    """
    paragraphs = Text(text).split("\n", allow_blank=True)
    lines = (line.plain for one in paragraphs for line in _wrapped(one, room, fold=False))
    return "\n".join(lines)


def _wrapped(paragraph: Text, room: int, fold: bool = True) -> Iterator[Text]:
    """Yield the lines of *paragraph*, all with the indentation of the first."""
    plain = paragraph.plain
    inside = min(len(plain) - len(plain.lstrip(" ")), room // 2)
    for number, line in enumerate(paragraph.divide(cuts(plain, room, inside, fold))):
        line.rstrip()
        yield Text.assemble(" " * inside, line) if number else line


def cuts(text: str, room: int, inside: int = 0, fold: bool = True) -> list[int]:
    """Return the positions at which to break *text* so that every line fits into *room* cells.

    Args:
        inside: the indentation, in cells, of every line but the first.

        fold: whether to break a word that is longer than a line.
    """
    whole = (match for match in _WHOLE.finditer(text) if cell_len(match[0]) <= room - inside)
    kept = {i for match in whole for i in range(match.start() + 1, match.end())}
    found: list[int] = []
    start = last = used = 0
    for i, letter in enumerate(text):
        if i not in kept and text[start:i].strip() and _may_break(text[i - 1], letter):
            last = i
        size = cell_len(letter)
        while letter != " " and used + size > room and i > start:
            if last <= start and not fold:
                break
            start = last if last > start else i
            found.append(start)
            used = inside + cell_len(text[start:i])
        used += size
    return found


def _may_break(before: str, after: str) -> bool:
    """Whether a line may break between two characters."""
    if before == " " or after == " ":
        return before == " " != after
    wide = cell_len(before) == 2 or cell_len(after) == 2
    return wide and after not in _CLOSING and before not in _OPENING
