"""Split a ``.py`` file into cells: at percent-format markers and cells that Colab left out.

Notebooks of marimo mark theirs in another way (``marimo_cells.py``).
"""

from __future__ import annotations

import re

from ..exercise import Chunk
from . import marimo_cells
from .magics import to_python
from .statement_starts import Scanner

# ``# %% title [markdown] {...}`` and the ``# In[3]:`` of exported notebooks. As in jupytext, the
# commented magic ``# %%time`` is no marker.
_MARKER = re.compile(r"#\s?(?:%%+(?:\s(?P<title>.*))?|In\s?\[[ \d]*\]:?\s*)$")
# Colab exports a cell with a cell magic as comments after this line.
_LEFT_OUT = "# Commented out IPython magic to ensure Python compatibility."
_PROSE = re.compile(r"[^{=]*\[(?:markdown|md|raw)\]")


def chunks(text: str, label: str) -> tuple[Chunk, ...]:
    """Return the non-empty code cells of *text*, as plain Python.

    Markdown and raw cells are left out. Markers inside a string or brackets do not count, unless
    the file has unbalanced quotes or brackets: then all markers count, so that a broken cell does
    not affect the others.
    """
    if marimo_cells.is_marimo(text):
        return marimo_cells.chunks(text, label)
    lines = text.split("\n")
    continued = _continued(lines)
    ends = _restore_left_out(lines, continued)
    cells: list[Chunk] = []
    start, prose = 0, False
    for number in range(len(lines) + 1):
        marker = None
        if number < len(lines):
            marker = None if continued[number] else _MARKER.match(lines[number])
            if marker is None and number not in ends:
                continue
        body = to_python("\n".join(lines[start:number]))
        if body.strip() and not prose:
            cells.append(Chunk(label, body, start + 1))
        start = number + 1
        prose = marker is not None and bool(_PROSE.match(marker["title"] or ""))
    return tuple(cells)


def _restore_left_out(lines: list[str], continued: list[bool]) -> set[int]:
    """Uncomment the cells in *lines* that Colab left out; return the lines around them."""
    ends: set[int] = set()
    end = 0
    for number in range(len(lines) - 1):
        # look at each line only once, however many of these there are
        if number < end or lines[number] != _LEFT_OUT or continued[number]:
            continue
        if not lines[number + 1].startswith("# %%"):
            continue
        end = number + 1
        while end < len(lines) and lines[end].startswith("#"):
            end += 1
        if end == len(lines) or not lines[end].strip():
            ends |= {number, end}
            lines[number + 1 : end] = [comment[2:] for comment in lines[number + 1 : end]]
    return ends


def _continued(lines: list[str]) -> list[bool]:
    scanner = Scanner()
    inside = []
    for line in lines:
        inside.append(scanner.inside)
        scanner.feed(line)
    return [False] * len(lines) if scanner.inside or scanner.broken else inside
