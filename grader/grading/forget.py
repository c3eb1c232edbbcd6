"""Removes a person: submissions, reports, publications, tables, pages, nbgrader's folders.

What still names them afterwards, such as a file of somebody who worked with them, is listed: a
person must look at it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import SubmissionError, UsageError
from grader.language import _
from grader.submission.csv_cut import without_rows
from grader.submission.labels import Person
from grader.submission.learner_names import safe
from grader.submission.register import Register
from grader.submission.roster import naming_rules

#: where a learner has a folder of their own
_FOLDERS = (
    "submissions/*/{learner}",
    "results/*/{learner}",
    "published/*/*/{learner}",
    "submitted/{learner}",
    "autograded/{learner}",
    "feedback/{learner}",
    "repositories/{learner}",
)
#: tables in which a learner may have rows
_TABLES = (
    "roster.csv",
    "extensions.csv",
    "overrides.csv",
    "rubric.csv",
    "repositories.csv",
    "results/*.csv",
    "results/*/*.csv",
)
#: endings of what is written for a learner
_PAGES = {".html", ".md", ".txt", ".json", ".ipynb"}
#: larger files are not searched for names
_MOST_BYTES = 4 << 20


@dataclass
class Trace:
    """What there is of a person.

    Attributes:
        folders: folders and files that are theirs alone.

        tables: how many rows, by table.

        receipts: of others, which name them as a member of a group.
    """

    learner: str
    folders: list[Path] = field(default_factory=list)
    tables: dict[Path, int] = field(default_factory=dict)
    receipts: list[Path] = field(default_factory=list)


def trace(course: Course, learner: str, also: Sequence[Path] = ()) -> Trace:
    """Return what there is of *learner*.

    Args:
        also: folders or files elsewhere: pages, exported tables.

    Raises UsageError if there is nothing, or the name is no name of a learner.
    """
    if not learner or safe(learner) != learner or learner in (".", ".."):
        text = _("{name!r} is not a valid name of a learner or an assignment.")
        raise UsageError(text.format(name=learner))
    found = Trace(learner)
    register = naming_rules(course.root).register
    for pattern in _FOLDERS:
        parent, _slash, _name = pattern.rpartition("/")
        found.folders += [
            path / learner for path in course.root.glob(parent) if (path / learner).is_dir()
        ]
    tables = [path for pattern in _TABLES for path in course.root.glob(pattern)]
    for place in also:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        tables += [path for path in files if path.suffix.lower() == ".csv" and path.is_file()]
        found.folders += [path for path in files if _is_theirs(path, learner)]
    for path in dict.fromkeys(tables):
        rows = without_rows(path.read_bytes(), _Meant(learner, register))[1]
        if rows:
            found.tables[path] = rows
    for path in sorted(course.root.glob("submissions/*/*/*/receipt.json")):
        if path.parents[1].name != learner and learner in _group(path):
            found.receipts.append(path)
    if not (found.folders or found.tables or found.receipts):
        text = _("There is nothing of {learner} in this course. Look at the spelling.")
        raise UsageError(text.format(learner=learner))
    return found


def forget(course: Course, found: Trace) -> list[Path]:
    """Remove what was *found*; return the files of the course that still name the person."""
    meant = _Meant(found.learner, naming_rules(course.root).register)
    for path in found.tables:
        write_whole(path, without_rows(path.read_bytes(), meant)[0])
    for path in found.receipts:
        receipt = json.loads(path.read_text(encoding="utf-8"))
        group = receipt["metadata"]["group"]
        receipt["metadata"]["group"] = [one for one in group if one != found.learner]
        text = json.dumps(receipt, indent=2, ensure_ascii=False)
        write_whole(path, f"{text}\n".encode())
    for path in found.folders:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return list(_named_in(course.root, found.learner))


class _Meant:
    """Whether a cell means the learner, by any name that is theirs alone."""

    def __init__(self, learner: str, register: Register) -> None:
        self._learner = learner
        self._register = register

    def __call__(self, cell: str) -> bool:
        if cell == self._learner:
            return True
        try:
            found = self._register.identify(Person(cell, (cell,))) if cell else ()
        except SubmissionError:
            found = ()
        return found == (self._learner,)


def _is_theirs(path: Path, learner: str) -> bool:
    """Whether a folder or a page is called as the learner is, perhaps with some digits."""
    # a folder "ada.smith" is not that of ada
    name = path.stem if path.is_file() and path.suffix in _PAGES else path.name
    return bool(re.fullmatch(re.escape(learner) + "(-[0-9a-f]{8})?", name))


def _group(receipt: Path) -> Sequence[str]:
    try:
        found = json.loads(receipt.read_text(encoding="utf-8")).get("metadata", {}).get("group", ())
    except (OSError, ValueError, AttributeError):
        return ()
    return found if isinstance(found, list) else ()


def _named_in(root: Path, learner: str) -> Iterator[Path]:
    """Yield the files in which the name still stands as a word."""
    word = re.compile(rb"(?<![\w-])" + re.escape(learner.encode()) + rb"(?![\w-])")
    folders = ("submissions", "results", "published", "submitted", "autograded", "feedback")
    files = [path for name in folders for path in sorted((root / name).rglob("*"))]
    for path in [*sorted(root.glob("*.csv")), *files]:
        readable = path.is_file() and not path.is_symlink()
        if readable and path.stat().st_size <= _MOST_BYTES and word.search(path.read_bytes()):
            yield path
