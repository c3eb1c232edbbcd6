"""Packs a submission, with a receipt."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.atomic_write import write_whole
from grader.errors import GraderError, SubmissionError, UsageError
from grader.kit.kit import HOME, STARTER, Kit, check_kit
from grader.language import _
from grader.outcome import Result
from grader.submission.archive import Archive
from grader.submission.files import CODE, MIB
from grader.submission.read import main_files, read_submission
from grader.submission.receipt import NAME, Receipt, is_for, read_receipt, receipt_for, written

#: maximum size of a submission in bytes, unpacked
_MOST = 64 * MIB


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed submission.

    Attributes:
        path: the path of the zip.

        result: the result of the public checks.

        left_out: the name of the other starter if it was edited, too; otherwise empty.
    """

    path: Path
    receipt: Receipt
    result: Result
    left_out: str = ""


def submit(kit: Kit, now: datetime, to: Path | None = None, file: Path | None = None) -> Packed:
    """Check the learner's work and pack it: the main file and the files beside it.

    Helper modules and small data files are included; the README and the other starter are not. The
    main file gets the name of the assignment, so that it can be recognized.

    Args:
        now: UTC.

        to: the zip to write; ``<assignment>.zip`` in the kit if None.

        file: the main file, if not the one changed last.

    Raises:
        SubmissionError: the file cannot be read, so it could not be graded.

        UsageError: there is no such file, or *to* is not a valid name for a zip.
    """
    target = to or kit.directory / f"{kit.assignment.name}.zip"
    if target.suffix.lower() != ".zip":
        raise UsageError(_("{path} is not a valid name for a zip file.").format(path=target))
    name = kit.assignment.name
    main = main_files(file or kit.directory, name)[0]
    data = main.read_bytes()
    result = check_kit(kit, file=main)
    files = [(_called(main, name), data), *_beside(kit, main)]
    receipt = receipt_for(name, files, now, result)
    write_whole(target, _zipped([*files, (NAME, written(receipt))], now))
    return Packed(target, receipt, result, _left_out(kit, main))


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


def _beside(kit: Kit, main: Path) -> list[tuple[str, bytes]]:
    """Return the files to pack with *main*: those that a submitted folder would contain."""
    name = kit.assignment.name
    left_out = {main.name, f"{name}.py", f"{name}.ipynb", "README.md", NAME}
    found = read_submission(kit.directory, name).files
    return [
        (path, data)
        for path, data in found
        if path not in left_out and not path.lower().endswith(".zip")
    ]


def _called(main: Path, assignment: str) -> str:
    """Return the name of the main file in the zip."""
    same = main.stem.casefold() == assignment.casefold()
    return main.name if same else f"{assignment}{main.suffix.lower()}"


def _left_out(kit: Kit, main: Path) -> str:
    """Return the name of the starter that is not packed, if the learner has edited its code."""
    name = kit.assignment.name
    for suffix in CODE:
        other = kit.directory / f"{name}{suffix}"
        if other.is_file() and not other.samefile(main):
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


def _zipped(files: list[tuple[str, bytes]], now: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
