"""A table that a platform gave out, to be filled in and given back as it came.

Encoding, delimiter, ends of lines and quotes stay, since importers compare them with their own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..language import _

_MOST_BYTES = 64 * 1024 * 1024
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class PlatformTable:
    """A platform's own table.

    Attributes:
        rows: its lines as cells, the headings first.

        lines: the number of the line in which each of them ends.
    """

    path: Path
    rows: list[list[str]]
    lines: list[int]
    encoding: str
    delimiter: str
    quoted: bool
    end: str

    @classmethod
    def read(cls, path: Path) -> PlatformTable:
        """Read the table at *path*; raises UsageError with file, line and what to do."""
        text, encoding = _text(path)
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows: list[list[str]] = []
        lines: list[int] = []
        try:
            for row in reader:
                rows.append(row)
                lines.append(reader.line_num)
        except csv.Error as error:
            what = _("the quotes are wrong ({reason}); download the file again")
            raise _fault(path, reader.line_num, what.format(reason=error)) from None
        while rows and not any(rows[-1]):
            rows.pop()
        if not rows:
            raise _fault(path, 0, _("the file is empty"))
        for row, line in zip(rows, lines, strict=False):
            if len(row) > len(rows[0]):
                what = _(
                    "there are more cells than columns; a cell with {mark} needs quotes. "
                    "Download the file again"
                )
                raise _fault(path, line, what.format(mark=repr(delimiter)))
            row += [""] * (len(rows[0]) - len(row))
        end = "\r\n" if "\r\n" in text else "\n"
        return cls(path, rows, lines, encoding, delimiter, first.startswith('"'), end)

    @property
    def head(self) -> list[str]:
        """The headings."""
        return self.rows[0]

    def fault(self, what: str, number: int = 0) -> UsageError:
        """Return the error *what* in the row of this *number*."""
        return _fault(self.path, self.lines[number], what)

    def written(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Return *rows* in the form of the table."""
        page = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if self.quoted else csv.QUOTE_MINIMAL
        form = {"delimiter": self.delimiter, "lineterminator": self.end, "quoting": quoting}
        csv.writer(page, **form).writerows(rows)  # type: ignore[arg-type]
        # not every importer reads past a mark at the start; UTF-16 cannot be read without one
        return page.getvalue().encode(self.encoding.removesuffix("-sig"))


def _text(path: Path) -> tuple[str, str]:
    """Return the text at *path* and its encoding."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _fault(path, 0, error.strerror or str(error)) from None
    if len(data) > _MOST_BYTES:
        raise _fault(path, 0, _("this file is too large for a list of learners"))
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = _("this is not {encoding}; download the file again, or save it as CSV UTF-8")
        raise _fault(path, line, what.format(encoding=encoding.upper())) from None


def _fault(path: Path, line: int, what: str) -> UsageError:
    return UsageError(f"{path}:{line}: {what}" if line else f"{path}: {what}")
