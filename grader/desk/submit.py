"""Packs a submission, with a receipt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from grader.atomic_write import write_whole
from grader.errors import GraderError, SubmissionError, UsageError
from grader.kit.kit import HOME, STARTER, Kit
from grader.kit.kit_check import check_kit
from grader.language import _
from grader.outcome import Result
from grader.submission.archive import Archive
from grader.submission.files import CODE, MIB, File
from grader.submission.read import code_files, read_submission
from grader.submission.receipt import NAME, Receipt, is_for, read_receipt, receipt_for, written

#: maximum size of a submission in bytes, unpacked
_MOST = 64 * MIB
_FIRST_DATE = datetime(1980, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed submission.

    Attributes:
        path: the path of the zip.

        result: the result of the public checks.

        left_out: the name of a starter that was edited and is not packed; otherwise empty.
    """

    path: Path
    receipt: Receipt
    result: Result
    left_out: str = ""


def submit(
    kit: Kit,
    now: datetime,
    to: Path | None = None,
    file: Path | None = None,
    checked: Callable[[Result], None] = lambda result: None,
    begins: Callable[[str], None] | None = None,
) -> Packed:
    """Check the learner's work and pack it: the files that exercises are taken from, and others.

    Helper modules and small data files are included; the README and a starter that no exercise is
    taken from are not. A *file* gets the name of the assignment, so that it counts before others.

    Args:
        now: UTC.

        to: the zip to write; ``<assignment>.zip`` in the kit if None.

        file: take all exercises from this file.

        checked: called with the result of the public checks before anything is packed.

        begins: called with each exercise's name before its checks run.

    Raises:
        SubmissionError: the file cannot be read, so it could not be graded; or nothing is written
            in the kit, but in an archive there.

        UsageError: there is no such file, or *to* is not a valid name for a zip.
    """
    target = to or kit.directory / f"{kit.assignment.name}.zip"
    if target.suffix.lower() != ".zip":
        raise UsageError(_("{path} is not a valid name for a zip file.").format(path=target))
    name = kit.assignment.name
    submission = kit.read(file)
    if file is None and (packed := kit.still_packed(submission)):
        raise SubmissionError(packed)
    works = [file or kit.directory / part.file for part in submission.parts]
    result = check_kit(kit, file=file, begins=begins)
    checked(result)
    files = _packed(kit, works, file is not None)
    receipt = receipt_for(name, [(f.name, f.data) for f in files], now, result)
    note = File(NAME, written(receipt), now.timestamp())
    write_whole(target, _zipped([*files, note]))
    return Packed(target, receipt, result, _left_out(kit, works))


def verify(path: Path) -> Receipt:
    """Return the receipt in the zip at *path* if it matches the other files in the zip.

    Raises:
        SubmissionError: it does not match, or there is no receipt.

        UsageError: there is no such file.
    """
    if not path.is_file():
        raise UsageError(_("There is no file or folder {path}.").format(path=path))
    with closing(Archive(path, _MOST)) as archive:
        files = {item.name: item.read(_MOST) for item in archive.listing().items}
    receipt = read_receipt(files.pop(NAME, b""))
    if receipt is None:
        text = _("{file} has no gradproof receipt: it was not made by gradproof submit.")
        raise SubmissionError(text.format(file=path.name))
    if not is_for(receipt, list(files.items())):
        text = _("{file} does not match its receipt: it was changed after it was packed.")
        raise SubmissionError(text.format(file=path.name))
    return receipt


def _packed(kit: Kit, works: Sequence[Path], alone: bool) -> list[File]:
    """Return the files to pack: *works*, and those that a submitted folder would contain.

    Args:
        alone: the only one of *works* was asked for by name.
    """
    name = kit.assignment.name
    home = kit.directory.resolve()
    files = {
        _called(work, name) if alone else work.resolve().relative_to(home).as_posix(): work
        for work in works
    }
    left_out = {f"{name}.py", f"{name}.ipynb", "README.md", NAME}
    packed = [
        File(called, path.read_bytes(), path.stat().st_mtime) for called, path in files.items()
    ]
    run = (one.run for one in code_files(home, name) if home / one.name in works)
    for path, data in [*kit.read_folder().files, *chain.from_iterable(run)]:
        beside = kit.directory / path
        if path in files or path in left_out or beside in works or path.lower().endswith(".zip"):
            continue
        files[path] = beside
        # Of several definitions the latest may count, so dates must be kept.
        date = beside.stat().st_mtime if beside.is_file() else works[0].stat().st_mtime
        packed.append(File(path, data, date))
    return packed


def _called(main: Path, assignment: str) -> str:
    """Return the name in the zip of the file that was asked for."""
    if main.stem.casefold() == assignment.casefold():
        return main.name
    return assignment + next(end for end in reversed(CODE) if main.name.lower().endswith(end))


def _left_out(kit: Kit, works: Sequence[Path]) -> str:
    """Return the name of a starter that is not packed, if the learner has edited its code."""
    name = kit.assignment.name
    for suffix in CODE:
        other = kit.directory / f"{name}{suffix}"
        if other.is_file() and not any(other.samefile(work) for work in works):
            fresh = kit.directory / HOME / STARTER / other.name
            if _code(other, name) != _code(fresh, name):
                return other.name
    return ""


def _code(path: Path, assignment: str) -> list[str]:
    """Return the code in a file, cell by cell; empty if it cannot be read."""
    try:
        return [chunk.text.strip() for chunk in read_submission(path, assignment).chunks]
    except GraderError:
        return []


def _zipped(files: Sequence[File]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            # Zip has no dates before 1980.
            date = datetime.fromtimestamp(max(file.modified, _FIRST_DATE), UTC)
            entry = zipfile.ZipInfo(file.name, date.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.data)
    return buffer.getvalue()
