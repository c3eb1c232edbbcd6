"""A ``.py`` file cut into cells: at percent-format markers, and where Colab left out a cell."""

from __future__ import annotations

import re

from ..exercise import Chunk
from .magics import to_python
from .statement_starts import Scanner

# ``# %% title [markdown] {...}`` and the ``# In[3]:`` of exported notebooks. As in jupytext, the
# commented magic ``# %%time`` is no marker.
_MARKER = re.compile(r"#\s?(?:%%+(?:\s(?P<title>.*))?|In\s?\[[ \d]*\]:?\s*)$")
# Colab writes a cell that begins with a cell magic as comments, all of it, behind this line.
_LEFT_OUT = "# Commented out IPython magic to ensure Python compatibility."
_PROSE = re.compile(r"[^{=]*\[(?:markdown|md|raw)\]")


def chunks(text: str, label: str) -> tuple[Chunk, ...]:
    """Return the cells of *text* that hold anything, as plain Python.

    Markdown and raw cells are left out. Markers inside a string or a bracket are part of it,
    unless the file is so broken that nobody can tell: then every marker counts, so that one
    broken cell spoils only itself.
    """
    lines = text.split("\n")
    continued = _continued(lines)
    ends = _bring_back(lines, continued)
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


def _bring_back(lines: list[str], continued: list[bool]) -> set[int]:
    """Uncomment in *lines* the cells that Colab left out; return the lines around them."""
    ends: set[int] = set()
    end = 0
    for number in range(len(lines) - 1):
        # no line is looked at twice, however many there are of these
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
