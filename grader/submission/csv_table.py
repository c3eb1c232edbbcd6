"""Tables that people write: CSV files in any usual encoding, parted by commas, semicolons or tabs.

Every error names the file, the line and what to do.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import AuthoringError, SubmissionError
from ..language import _, listed
from .labels import Person
from .name_encoding import most_plausible
from .register import Register

_MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells by their columns.

    Attributes:
        line: where it ends, counted from 1.
    """

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; empty if there is no such column."""
        return self.cells.get(column, "")

    def fault(self, what: str) -> AuthoringError:
        """Return the error *what* in this row."""
        return AuthoringError(what, self.path, self.line)

    def learners(self, register: Register) -> tuple[str, ...]:
        """Return whom the column ``learner`` names: one, or the members of a group.

        Raises AuthoringError if it is nobody in the class.
        """
        name = self["learner"]
        if not name:
            raise self.fault(_("the learner is missing; write an id, or the name of a group"))
        try:
            return register.identify(Person(name, (name,)))
        except SubmissionError as error:
            text = _("{reason} Correct the name, or add it to the roster")
            raise self.fault(text.format(reason=error)) from None


def read_table(path: Path, columns: Sequence[str], key: Sequence[str]) -> list[Row]:
    """Return the rows of the table at *path*; none if there is no such file.

    Args:
        columns: those that must be there; others may.

        key: the columns that no two rows share.

    Raises AuthoringError with file and line.
    """
    if not path.exists():
        return []
    lines = rows_in(path, strict=True)
    number, headings = next(lines, (1, []))
    names = [heading.casefold() for heading in headings]
    missing = [name for name in columns if name not in names]
    if missing:
        text = _("a column is missing: {missing}; the first line must name {columns}")
        what = text.format(missing=listed(missing), columns=listed(columns))
        raise AuthoringError(what, path, number)
    for name in names:
        if name and names.count(name) > 1:
            text = _("the column {name} is there twice; remove one")
            raise AuthoringError(text.format(name=name), path, number)
    found: dict[tuple[str, ...], int] = {}
    rows = []
    for number, cells in lines:
        if any(cells[len(names) :]):
            text = _("there are more cells than columns; put a text with {mark} between quotes")
            raise AuthoringError(text.format(mark='","'), path, number)
        plain = (unicodedata.normalize("NFC", cell) for cell in cells)
        row = Row(path, number, dict(zip(names, plain, strict=False)))
        same = tuple(row[column] for column in key)
        if same in found:
            text = _("a second row for {what}, which line {line} has already; remove one")
            raise row.fault(text.format(what="/".join(same), line=found[same]))
        found[same] = number
        rows.append(row)
    return rows


def rows_in(path: Path, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a CSV file that are not empty, with their numbers and stripped cells.

    Args:
        strict: refuse quotes that do not end, which would swallow the rest of the file.

    Raises AuthoringError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AuthoringError(error.strerror or str(error), path) from None
    if len(data) > _MOST_BYTES:
        raise AuthoringError(_("this file is too large for a list of learners"), path)
    text = _decoded(data, path)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        text = _("the quotes are wrong ({reason}); correct the line")
        what = text.format(reason=error) if strict else str(error)
        raise AuthoringError(what, path, reader.line_num) from None


def _decoded(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        # Excel writes the code page of the system.
        words = re.split(rb"[\s,;]+", data)
        encoding = "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else most_plausible(words)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = _("its encoding is not clear; save it as CSV UTF-8")
        raise AuthoringError(text, path) from None
