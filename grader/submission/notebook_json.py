"""Read the cells of a notebook's JSON, whatever its size, without building its outputs.

Python's own parser needs twenty times the size of its input; msgspec passes over what is not asked
for. What Jupyter writes and msgspec refuses is replaced first: NaN, Infinity and half characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Raw

from ..errors import SubmissionError
from ..language import _
from .files import MAX_FILE, too_large
from .merge_conflict import line_of_conflict

_ABSENT = Raw(b"null")
#: most commas where a list may have items of any kind, of which two bytes could make one
_MOST_COMMAS = 5_000_000
#: half of a character, in ``bad``, and what stands between two of them
_HALVES = re.compile(
    r"(?P<good>(?:[^\\]++|\\(?:[^u]|u(?![dD][89a-fA-F])"
    r"|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}))++)"
    r"|(?P<bad>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
#: what JSON has no word for, in ``bad``, and what stands between two of them
_NUMBERS = re.compile(
    r"""(?P<good>(?:[^"NI-]++|"(?:[^"\\]++|\\.?)*+(?:"|\Z)|N(?!aN)|I(?!nfinity)|-(?!Infinity))++)"""
    r"|(?P<bad>NaN|-?Infinity)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the JSON, without its outputs; empty if it is no cell."""

    kind: Any = None
    source: Any = ""
    metadata: Any = None

    @property
    def is_code(self) -> bool:
        """Whether it holds code."""
        return bool(self.kind == "code")


class _Cell(msgspec.Struct):
    cell_type: Raw
    source: Raw = _ABSENT
    input: Raw = _ABSENT
    metadata: Raw = _ABSENT


class _Notebook(msgspec.Struct):
    cells: Raw = _ABSENT
    worksheets: Raw = _ABSENT


class _Worksheet(msgspec.Struct):
    cells: Raw = _ABSENT


def cells(text: str) -> Iterator[Cell]:
    """Yield the cells of nbformat 4, or of the worksheets of nbformat 2 and 3.

    Raises:
        SubmissionError: *text* is no notebook, or its cells are too large without their outputs.
    """
    notebook = _notebook(text)
    lists = [notebook.cells]
    if not _is_list(notebook.cells):
        if not _is_list(notebook.worksheets):
            raise _not_a_notebook()
        sheets = [_as(_Worksheet, sheet) for sheet in _items(notebook.worksheets, Raw)]
        lists = [sheet.cells for sheet in sheets if sheet is not None and _is_list(sheet.cells)]
    room = MAX_FILE
    for raw in lists:
        for item in _items(raw, _Cell):
            cell = item if isinstance(item, _Cell) else _as(_Cell, item)
            if cell is not None:
                room -= sum(len(bytes(part)) for part in (cell.source, cell.input, cell.metadata))
            if room < 0:
                raise too_large(".ipynb", len(text), MAX_FILE)
            yield Cell() if cell is None else _cell(cell)


def _cell(cell: _Cell) -> Cell:
    source = cell.input if cell.source is _ABSENT else cell.source
    return Cell(*(json.loads(bytes(part)) for part in (cell.cell_type, source, cell.metadata)))


def _notebook(text: str) -> _Notebook:
    try:
        try:
            return msgspec.json.decode(text, type=_Notebook)
        except msgspec.DecodeError as error:
            if isinstance(error, msgspec.ValidationError):
                raise _not_a_notebook() from None
        text = _HALVES.sub(lambda found: found["good"] or r"\ufffd", text)
        text = _NUMBERS.sub(lambda found: found["good"] or "null", text)
        return msgspec.json.decode(text, type=_Notebook)
    except msgspec.ValidationError:
        raise _not_a_notebook() from None
    except msgspec.DecodeError as error:
        raise _damaged(text, str(error)) from None
    except (ValueError, RecursionError, MemoryError):
        raise _not_a_notebook() from None


def _damaged(text: str, why: str) -> SubmissionError:
    """Return the error for *text*, which is not JSON; *why* names the place by its bytes."""
    if line := line_of_conflict(text):
        return SubmissionError(
            _(
                "this notebook contains a merge conflict of Git (line {line}); keep one of the two "
                "versions, open it in Jupyter, save it, and submit the new file."
            ).format(line=line)
        )
    data = text.encode("utf-8", "replace")
    place = re.search(r"\(byte (\d+)\)", why)
    line = data.count(b"\n", 0, int(place[1]) if place else len(data)) + 1
    return SubmissionError(
        _(
            "this notebook is incomplete or damaged (JSON error at line {line}); save it "
            "again in Jupyter and submit the new file."
        ).format(line=line)
    )


def _is_list(raw: Raw) -> bool:
    return bytes(memoryview(raw)[:1]) == b"["


def _items(raw: Raw, kind: type[Any]) -> list[Any]:
    """Return the items of a list: all of *kind*, or all raw."""
    try:
        found: list[Any] = msgspec.json.decode(raw, type=list[kind])  # type: ignore[valid-type]
    except msgspec.ValidationError:
        if bytes(raw).count(b",") > _MOST_COMMAS:
            raise _not_a_notebook() from None
        found = msgspec.json.decode(raw, type=list[Raw])
    return found


def _as(kind: type[Any], raw: Raw) -> Any:
    """Return *raw* as an object of *kind*; None if it is something else."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        return None


def _not_a_notebook() -> SubmissionError:
    return SubmissionError(
        _("this is not a Jupyter notebook; open it in Jupyter, save it, and submit that file.")
    )
