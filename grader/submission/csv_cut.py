"""Takes the rows of one person out of a CSV file, and leaves every other byte as it is."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable

#: headings of columns that say whose a row is, without spaces and the like
_WHO = {
    *("learner", "id", "name", "fullname", "firstname", "lastname", "email", "emailaddress"),
    *("student", "studentid", "sid", "username", "sisuserid", "sisloginid", "login", "idnumber"),
    *("学号", "姓名", "邮箱", "电子邮箱", "学生", "用户名"),
}


def without_rows(data: bytes, is_meant: Callable[[str], bool]) -> tuple[bytes, int]:
    """Return *data* without the rows in which a cell that says whose they are *is_meant*.

    Also returns the number of rows taken out: 0 if this is no table in UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data, 0
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if not lines:
        return data, 0
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    kept, removed, start = [], 0, 0
    who: list[int] = []
    try:
        for number, cells in enumerate(reader):
            raw = "".join(lines[start : reader.line_num])
            start = reader.line_num
            if number == 0:
                who = [place for place, cell in enumerate(cells) if _plain(cell) in _WHO]
            named = [cells[place].strip().removeprefix("'") for place in who if place < len(cells)]
            if number and any(is_meant(unicodedata.normalize("NFC", cell)) for cell in named):
                removed += 1
            else:
                kept.append(raw)
    except csv.Error:
        return data, 0
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return (mark + "".join(kept)).encode(), removed


def _plain(heading: str) -> str:
    return re.sub(r"[\s_.\-]+", "", unicodedata.normalize("NFKC", heading).casefold())
