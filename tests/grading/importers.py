"""What the importers of platforms ask of a file, and what is wrong with one.

Canvas's is written from ``lib/gradebook_importer.rb`` of canvas-lms, Moodle's from
``mod/assign/feedback/offline`` and PHP's ``fgetcsv``. Of the others no code is public: theirs are
written from Brightspace's help on importing grades and Blackboard's on working offline with grades.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return the cells of a file."""
    return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))


def canvas_faults(data: bytes) -> Iterator[str]:
    """Yield what Canvas would refuse, leave out or make anew."""
    text = data.decode("utf-8")
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    head, *rows = rows_of(text, delimiter)
    names = ["LastName", "FirstName"] if head[0] == "LastName" else ["Student"]
    if head[: len(names)] != names or head[len(names)] != "ID":
        yield "header: names, then ID"
    after = len(names) + 1
    place = after
    if head[place] == "SIS Login ID":
        place += 1
    elif head[place : place + 2] == ["SIS User ID", "SIS Login ID"]:
        place += 2
        place += head[place] == "Integration ID"
        place += head[place] == "Root Account"
    if head[place] != "Section":
        yield "header: Section is the last of what names a student"
    for name in head[place + 1 :]:
        if not re.fullmatch(r"(?s).*\s\(\d+\)", name):
            yield f"header: {name} would be a new assignment"
    for row in rows:
        if "Points Possible" in row[0]:
            if any("read only" in cell for cell in row):
                yield "a read-only column"
        elif not row[after - 1].isdecimal() and not any(row[after:place]):
            yield f"row: {row[0]} is told by name alone"
        elif not all(map(_NUMBER.fullmatch, row[place + 1 :])):
            yield f"row: {row[place + 1 :]} is no grade"


def moodle_faults(data: bytes, users: Sequence[int], most: float) -> Iterator[str]:
    """Yield what Moodle, in English, would refuse or leave out."""
    text = data.decode("utf-8")
    if r"\"" in text:
        yield "PHP does not end a cell at a quotation mark after a backslash"
    head, *rows = rows_of(text)
    for name in ("Identifier", "Grade", "Last modified (grade)"):
        if name not in head:
            yield f"header: {name} is missing"
    for row in rows:
        if len(row) != len(head):
            yield f"row: {len(row)} cells"
        number = row[head.index("Identifier")].removeprefix("Participant ")
        grade = row[head.index("Grade")]
        if not number.isdecimal() or int(number) not in users:
            yield f"row: {number} is nobody"
        elif grade and not (_NUMBER.fullmatch(grade) and 0 <= float(grade) <= most):
            yield f"row: {grade} is out of range"


def blackboard_faults(data: bytes) -> Iterator[str]:
    """Yield what Blackboard would refuse, or make anew."""
    if not data.startswith(b"\xff\xfe"):
        yield "a file of tabs is UTF-16, with its mark"
    head, *rows = rows_of(data.decode("utf-16"), "\t")
    if "Username" not in head:
        yield "header: Username is missing"
    graded = [name for name in head if "|" in name]
    if not graded:
        yield "header: no column has a number, so a new one would be made"
    for name in graded:
        if not re.fullmatch(r".+ \[Total Pts: [\d.]+ Score\] \|\d+", name):
            yield f"header: {name} is no column of scores"
    for row in rows:
        if not row[head.index("Username")]:
            yield "row: it names nobody"
        for name in graded:
            if not _NUMBER.fullmatch(row[head.index(name)]):
                yield f"row: {row[head.index(name)]} is no score"


def brightspace_faults(data: bytes) -> Iterator[str]:
    """Yield what Brightspace would refuse."""
    text = data.decode("utf-8")
    if text.startswith("\ufeff"):
        yield "the first heading begins with a mark of the encoding"
    head, *rows = rows_of(text)
    if head[0] not in ("OrgDefinedId", "Username"):
        yield "header: the first column names the students"
    if head[-1] != "End-of-Line Indicator":
        yield "header: the last column is the end-of-line indicator"
    keys = [name for name in head[:-1] if name in ("OrgDefinedId", "Username")]
    for name in head[len(keys) : -1]:
        if not re.fullmatch(r".+ Points Grade( <Numeric MaxPoints:[\d.]+[^>]*>)?", name):
            yield f"header: {name} is no column of points"
    for row in rows:
        if row[-1] != "#":
            yield "row: its end is not marked"
        if not any(cell.strip("#") for cell in row[: len(keys)]):
            yield "row: it names nobody"
        if not all(map(_NUMBER.fullmatch, row[len(keys) : -1])):
            yield f"row: {row[len(keys) : -1]} is no grade"
