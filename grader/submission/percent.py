"""A ``.py`` file cut into cells at its percent-format markers."""

from __future__ import annotations

import re

from ..exercise import Chunk
from .scan import Scanner

# ``# %% title [markdown] {...}`` and the ``# In[3]:`` of exported notebooks. As in jupytext, the
# commented magic ``# %%time`` is no marker.
_MARKER = re.compile(r"#\s?(?:%%+(?:\s(?P<title>.*))?|In\s?\[[ \d]*\]:?\s*)$")
_PROSE = re.compile(r"[^{=]*\[(?:markdown|md|raw)\]")


def chunks(text: str, label: str) -> tuple[Chunk, ...]:
    """Return the cells of *text* that hold anything; markdown and raw cells are left out.

    Markers inside a string or a bracket are part of it, unless the file is so broken that
    nobody can tell: then every marker counts, so that one broken cell spoils only itself.
    """
    lines = text.split("\n")
    continued = _continued(lines)
    cells: list[Chunk] = []
    start, prose = 0, False
    for number in range(len(lines) + 1):
        marker = None
        if number < len(lines):
            marker = None if continued[number] else _MARKER.match(lines[number])
            if marker is None:
                continue
        body = "\n".join(lines[start:number])
        if body.strip() and not prose:
            cells.append(Chunk(label, body, start + 1))
        start = number + 1
        prose = marker is not None and bool(_PROSE.match(marker["title"] or ""))
    return tuple(cells)


def _continued(lines: list[str]) -> list[bool]:
    scanner = Scanner()
    inside = []
    for line in lines:
        inside.append(scanner.inside)
        scanner.feed(line)
    return [False] * len(lines) if scanner.inside or scanner.broken else inside
