"""Split a marimo notebook, which is a ``.py`` file, into its cells.

marimo writes each cell as a function: its arguments are the names from other cells, and it returns
those that others use. Here, a cell is what the function contains, as it was typed. Like all of a
submission, it is read by lines and not parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..exercise import Chunk
from .statement_starts import Scanner

_IMPORT = re.compile(r"^import marimo\b", re.MULTILINE)
_APP = re.compile(r"^app = marimo\.App\(", re.MULTILINE)
_BLOCK = re.compile(
    r"(?:@app\.(?P<kind>cell|function|class_definition)\b|(?P<broken>app\._unparsable_cell\()"
    r"|(?P<setup>(?:async )?with app\.setup\b)|(?P<end>if __name__ ==))"
)
_CELL = re.compile(r"(?:async )?def \w+\(")
_INDENT = re.compile(r"[ \t]*")


def is_marimo(text: str) -> bool:
    """Whether the script *text* is a marimo notebook."""
    return bool(_IMPORT.search(text) and _APP.search(text))


def chunks(text: str, label: str) -> tuple[Chunk, ...]:
    """Return the non-empty cells of the marimo notebook *text*, in the order of the file."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _BLOCK.match(line)]
    found: list[Chunk] = []
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        first, body = _cell(lines[start:end])
        code = "\n".join(body)
        if code.strip():
            found.append(Chunk(label, code, start + first + 1))
    return tuple(found)


def _cell(block: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return the code in a *block* of the file, and the number of lines before it."""
    head = _BLOCK.match(block[0]) if block else None
    if head is None:
        return 0, block
    if head["end"]:
        return 0, ()
    if head["broken"]:
        return _unparsable(block)
    after = _statement_end(block, 0)
    if head["setup"]:
        return after, _dedented(block[after:])
    if head["kind"] == "cell":
        after = next((n for n, line in enumerate(block) if _CELL.match(line)), after)
        after = _statement_end(block, after)
        return after, _without_return(_dedented(block[after:]))
    return after, block[after:]


def _statement_end(lines: Sequence[str], start: int) -> int:
    """Return the number of the line after the statement, or its head, that begins at *start*."""
    scanner = Scanner()
    for number in range(start, len(lines)):
        scanner.feed(lines[number])
        if not scanner.inside:
            return number + 1
    return len(lines)


def _unparsable(block: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return the text of a cell that is not valid Python, which marimo keeps in a string."""
    marks = [number for number, line in enumerate(block) if '"""' in line.replace('\\"', "")]
    first, last = (marks[0] + 1, marks[-1]) if len(marks) > 1 else (0, 0)
    return first, [line.replace('\\"', '"') for line in _dedented(block[first:last])]


def _dedented(lines: Sequence[str]) -> list[str]:
    """Return *lines* without the indent of the first one, which marimo gave to all."""
    top = next((line for line in lines if line.strip()), "")
    indent = _INDENT.match(top)
    depth = indent.end() if indent else 0
    return [line[depth:] if not line[:depth].strip() else line for line in lines]


def _without_return(lines: Sequence[str]) -> Sequence[str]:
    scanner, last = Scanner(), len(lines)
    for number, line in enumerate(lines):
        if not scanner.inside and re.match(r"return\b", line):
            last = number
        scanner.feed(line)
    return lines[:last]
