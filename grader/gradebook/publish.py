"""Publishes a scored class to nbgrader: its gradebook, and the folders that formgrader reads.

::

    source/<assignment>/                  by which formgrader knows the assignment
    submitted/<learner>/<assignment>/     the submission as a notebook
    autograded/<learner>/<assignment>/    the same with grades and feedback
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat

from grader.course.catalogue import Course
from grader.course.slots import slot_of
from grader.errors import SubmissionError
from grader.exercise import Assignment, Submission
from grader.grading.attempts import counted
from grader.grading.score import submissions_of
from grader.grading.setup import read_or_note, submission_of
from grader.language import current
from grader.outcome import Result
from grader.submission.files import read_regular
from grader.submission.read import main_file
from grader.submission.slot import Slot
from grader.submission.store import Version

from .cell_metadata import release_notebook
from .database import default_url, opened, without_password
from .graded_notebook import graded_notebook, marked_notebook, notebook_of
from .nbgrader_import import nbgrader_module
from .nbgrader_release import release_nbgrader

_STAMP = "timestamp.txt"
_SECRET = "submission_secret.txt"


def look_over(course: Course, assignment: Assignment, url: str = "") -> None:
    """Raise the errors of :func:`publish` before anything is graded."""
    with opened(url or default_url(course.root)) as book:
        book.refuse_double(assignment)


def publish(
    course: Course, assignment: Assignment, results: Iterable[Result], url: str = ""
) -> str:
    """Write *results* to the gradebook at *url*, and write the folders beside the course.

    Args:
        url: any URL that SQLAlchemy accepts; empty for ``gradebook.db`` in the course.

    Returns:
        the address of the gradebook, without its password.

    Raises:
        UsageError: nbgrader is not installed, the gradebook cannot be used, or it already has
            points from nbgrader for this assignment.
    """
    url = url or default_url(course.root)
    store = submissions_of(course)
    with opened(url) as book:
        book.refuse_double(assignment)
        steps = ("source", "release")
        if not any((course.root / step / assignment.name).is_dir() for step in steps):
            release_nbgrader(course, assignment, course.root, current())
        book.enter_assignment(assignment, release_notebook(course, assignment, current()))
        others = book.other_cells(assignment)
        slot = slot_of(course, assignment)
        for result in results:
            version = counted(course, store, assignment, result.learner)
            if version is not None:
                handed_in = _handed_in(version)
                judges = assignment.name in course.deadlines.due
                book.enter_result(assignment, result, handed_in, judges)
                found = _notebook(version, assignment, slot)
                notebook = marked_notebook(found, assignment, others)
                _write_folders(course.root, assignment, result, notebook, handed_in)
    return without_password(url)


def _handed_in(version: Version) -> datetime:
    """Return the submission time from nbgrader or the platform, else the collection time."""
    said = version.metadata.seconds
    dated = datetime.fromtimestamp(said, UTC) if said is not None else None
    return _stamped(version.path) or dated or version.collected


def _stamped(folder: Path) -> datetime | None:
    """Return the date that nbgrader's exchange wrote to *folder*, if there is one."""
    try:
        text = (folder / _STAMP).read_text(encoding="utf-8").strip()
        when: datetime = nbgrader_module("utils").parse_utc(text)
    except (OSError, ValueError):
        return None
    return when.replace(tzinfo=UTC)


def _write_folders(
    root: Path, assignment: Assignment, result: Result, notebook: Any, handed_in: datetime
) -> None:
    """Write ``submitted/`` and ``autograded/`` of one learner."""
    stamp = handed_in.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    submitted = root / "submitted" / result.learner / assignment.name
    earlier = _stamped(submitted)
    # An existing folder without a date is nbgrader's own.
    writes: Any = nbformat.writes
    name = f"{assignment.name}.ipynb"
    if not submitted.exists() or (earlier is not None and earlier < handed_in):
        _write(submitted, {name: writes(notebook) + "\n", _STAMP: stamp})
    graded = graded_notebook(notebook, assignment, result)
    texts = {name: writes(graded) + "\n", _STAMP: stamp}
    # Learners find the output of release_feedback by this file.
    if (submitted / _SECRET).is_file():
        texts[_SECRET] = (submitted / _SECRET).read_text(encoding="utf-8")
    _write(root / "autograded" / result.learner / assignment.name, texts)


def _notebook(version: Version, assignment: Assignment, slot: Slot) -> Any:
    """Return the submission as a notebook; an empty one if it cannot be read."""
    read = read_or_note(version.main, assignment, version.name, version.digest, slot=slot)
    submission: Submission = submission_of(read)
    try:
        main = main_file(version.main, assignment.name, slot)
        names = [exercise.name for exercise in assignment.exercises]
        return notebook_of(read_regular(main), main.name, submission, names)
    except SubmissionError:
        return notebook_of(b"", ".py", submission)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write *texts* to files in *folder*, which is replaced as a whole.

    Other files in it are kept: nbgrader's, or those of other notebooks.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".gradproof-") as scratch:
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        if folder.exists():
            shutil.copytree(folder, new, symlinks=True)
        else:
            new.mkdir()
        for file, text in texts.items():
            # nbgrader's files are read-only
            (new / file).unlink(missing_ok=True)
            (new / file).write_text(text, encoding="utf-8")
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
