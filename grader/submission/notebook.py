"""Read the code cells of a Jupyter notebook.

Learners' notebooks are often slightly invalid, so only what is needed is validated
(``notebook_json.py``).
"""

from __future__ import annotations

import re

from ..exercise import Chunk
from ..language import _
from . import magics
from .files import NOTEBOOK
from .notebook_json import Cell, cells
from .source_text import sendable

_WRITES = re.compile(r"%%(?:writefile|file)\s+(?P<more>(?:-a|--append)\s+)?(?P<name>\w+\.py)\s*$")
_SCRIPT = re.compile(r"^(?:def|class|import|from)[ \t]+\w", re.MULTILINE)
# Line ends of Python's str.splitlines, with which notebooks are written.
_LINE_ENDS = tuple("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def is_notebook(text: str, name: str) -> bool:
    """Whether to read *text* as a notebook, by its content or else by the file's *name*."""
    if text.lstrip().startswith("{") and ('"cells"' in text or '"worksheets"' in text):
        return True
    is_script = bool(_SCRIPT.search(text)) and not text.lstrip().startswith(("{", "<"))
    return name.lower().endswith(NOTEBOOK) and not is_script


def chunks(text: str) -> tuple[Chunk, ...]:
    """Return the code cells of the notebook whose JSON is *text*, as plain Python.

    Cell numbers count all kinds of cells from 1, as readers do. Raises SubmissionError if *text*
    is not a notebook, or is too large without its outputs.
    """
    found = []
    for number, cell in enumerate(cells(text), start=1):
        if not cell.is_code:
            continue
        code = magics.to_python(_source(cell))
        if code.strip():
            found.append(Chunk(_("cell {number}").format(number=number), code))
    return tuple(found)


def files_run(text: str) -> list[str]:
    """Return the names of the files that cells of the notebook run, in order."""
    if "%run" not in text and "exec(" not in text:
        return []
    codes = [cell for cell in cells(text) if cell.is_code]
    return [name for cell in codes for name in magics.files_run(_source(cell))]


def modules(text: str) -> dict[str, bytes]:
    """Return the modules that cells of the notebook write with ``%%writefile``."""
    found: dict[str, str] = {}
    for cell in cells(text):
        if cell.is_code:
            top, _newline, body = _source(cell).lstrip().partition("\n")
            if written := _WRITES.match(top):
                kept = found.get(written["name"], "") if written["more"] else ""
                found[written["name"]] = kept + body + "\n"
    return {name: body.encode() for name, body in found.items()}


def _source(cell: Cell) -> str:
    source = cell.source
    if isinstance(source, list):
        source = _joined([line for line in source if isinstance(line, str)])
    if not isinstance(source, str):
        return ""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return sendable(source)


def _joined(lines: list[str]) -> str:
    """Return the text of *lines*, whose line ends may be missing."""
    last = len(lines) - 1
    return "".join(
        line if number == last or line.endswith(_LINE_ENDS) else line + "\n"
        for number, line in enumerate(lines)
    )
