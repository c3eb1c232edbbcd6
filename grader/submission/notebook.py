"""Read the code cells of a Jupyter notebook.

Learners' notebooks are often slightly invalid, so only what is needed is validated.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType

from ..errors import SubmissionError
from ..exercise import Chunk
from ..language import _
from . import magics
from .files import MAX_FILE, NOTEBOOK, too_large
from .source_text import sendable

_WRITES = re.compile(r"%%(?:writefile|file)\s+(?P<more>(?:-a|--append)\s+)?(?P<name>\w+\.py)\s*$")


_SCRIPT = re.compile(r"^(?:def|class|import|from)[ \t]+\w", re.MULTILINE)
# Line ends of Python's str.splitlines, with which notebooks are written.
_LINE_ENDS = tuple("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


class _Cell(msgspec.Struct, omit_defaults=True):
    """A cell. Its type is required; otherwise two bytes could make a cell."""

    cell_type: str
    source: str | list[str] | UnsetType = UNSET
    input: str | list[str] | UnsetType = UNSET
    metadata: Raw | UnsetType = UNSET


class _Worksheet(msgspec.Struct):
    cells: list[_Cell]


class _Notebook(msgspec.Struct, omit_defaults=True):
    nbformat: int | UnsetType = UNSET
    cells: list[_Cell] | UnsetType = UNSET
    worksheets: list[_Worksheet] | UnsetType = UNSET


def is_notebook(text: str, name: str) -> bool:
    """Whether to read *text* as a notebook, by its content or else by the file's *name*."""
    if text.lstrip().startswith("{") and ('"cells"' in text or '"worksheets"' in text):
        return True
    is_script = bool(_SCRIPT.search(text)) and not text.lstrip().startswith(("{", "<"))
    return name.lower().endswith(NOTEBOOK) and not is_script


def without_outputs(data: bytes) -> bytes:
    """Return the notebook *data*, without its outputs if it is very large.

    Python's own parser needs twenty times the size of its input, so outputs of large notebooks are
    skipped without parsing them. Raises SubmissionError if the rest is too large or malformed.
    """
    if len(data) <= MAX_FILE:
        return data
    try:
        kept = msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8), type=_Notebook)
        slim = msgspec.json.encode(kept)
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError):
        slim = data
    if len(slim) > MAX_FILE:
        raise too_large(".ipynb", len(data), MAX_FILE)
    return slim


def chunks(text: str) -> tuple[Chunk, ...]:
    """Return the code cells of the notebook whose JSON is *text*, as plain Python.

    Cell numbers count all kinds of cells from 1, as readers do. Raises SubmissionError if *text*
    is not a notebook.
    """
    found = []
    for number, cell in enumerate(_cells(_parsed(text)), start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        code = magics.to_python(_source(cell))
        if code.strip():
            found.append(Chunk(_("cell {number}").format(number=number), code))
    return tuple(found)


def files_run(text: str) -> list[str]:
    """Return the names of the files that cells of the notebook run, in order."""
    cells = _cells(_parsed(text)) if "%run" in text or "exec(" in text else ()
    codes = [c for c in cells if isinstance(c, dict) and c.get("cell_type") == "code"]
    return [name for cell in codes for name in magics.files_run(_source(cell))]


def modules(text: str) -> dict[str, bytes]:
    """Return the modules that cells of the notebook write with ``%%writefile``."""
    found: dict[str, str] = {}
    for cell in _cells(_parsed(text)):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            top, _newline, body = _source(cell).lstrip().partition("\n")
            if written := _WRITES.match(top):
                kept = found.get(written["name"], "") if written["more"] else ""
                found[written["name"]] = kept + body + "\n"
    return {name: body.encode() for name, body in found.items()}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SubmissionError(
            _(
                "this notebook is incomplete or damaged (JSON error at line {line}); save it "
                "again in Jupyter and submit the new file."
            ).format(line=error.lineno)
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise _not_a_notebook() from None


def _cells(notebook: Any) -> Iterator[Any]:
    """Yield the cells of nbformat 4, or of the worksheets of nbformat 2 and 3."""
    if not isinstance(notebook, dict):
        raise _not_a_notebook()
    cells = notebook.get("cells")
    worksheets = notebook.get("worksheets")
    if isinstance(cells, list):
        yield from cells
    elif isinstance(worksheets, list):
        for worksheet in worksheets:
            inner = worksheet.get("cells") if isinstance(worksheet, dict) else None
            yield from inner if isinstance(inner, list) else ()
    else:
        raise _not_a_notebook()


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
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


def _not_a_notebook() -> SubmissionError:
    return SubmissionError(
        _("this is not a Jupyter notebook; open it in Jupyter, save it, and submit that file.")
    )
