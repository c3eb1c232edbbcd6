"""The course's ``submissions/`` directory: all versions of all submissions.

::

    <root>/<assignment>/<learner>/<NNN>-<first 12 digits of the digest>/
        files/          exactly the submitted files
        receipt.json    who, what, when

A version is stored completely or not at all: it is written under a temporary name and renamed.
Only one collect may write at a time. Files are read-only, and their digest is verified before they
are graded.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec

from ..errors import SubmissionError, UsageError
from ..language import _
from .digest import digest
from .files import File, read_regular
from .learner_names import safe
from .metadata import Metadata

SCHEMA = "gradproof/receipt/v1"
_FOLDER = re.compile(r"(\d{3,})-[0-9a-f]{12}")
_TEMPORARY = ".tmp-"
_NOTHING_SAID = Metadata()


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version of a submission.

    Attributes:
        path: the folder that contains its files.

        digest: SHA-256 of their names and contents, in hexadecimal.

        sequence: 1 for the learner's first version, and so on.

        collected: when it was collected, UTC.

        name: its name in the source.

        metadata: what the platform said of it.

        blank: whether nothing was written in it when it was collected.
    """

    path: Path
    digest: str
    sequence: int
    collected: datetime
    name: str
    metadata: Metadata = _NOTHING_SAID
    blank: bool = False

    @property
    def main(self) -> Path:
        """The path to read: the file if there is only one, else the folder."""
        entries = list(self.path.iterdir())
        return entries[0] if len(entries) == 1 and entries[0].is_file() else self.path


class Store:
    """The submissions in the folder *root*, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def learners(self, assignment: str) -> list[str]:
        """Return the identifiers of all learners with a submission for *assignment*, sorted."""
        folder = self._folder(assignment)
        names = [path.name for path in _folders(folder) if any(map(_sequence, _folders(path)))]
        return sorted(unicodedata.normalize("NFC", name) for name in names)

    def versions(self, assignment: str, learner: str) -> list[Version]:
        """Return the learner's versions, oldest first; raises UsageError if one is damaged."""
        folders = [p for p in _folders(self._folder(assignment, learner)) if _sequence(p)]
        folders.sort(key=lambda path: (_sequence(path), path.name))
        return [_version(path) for path in folders]

    def latest(self, assignment: str, learner: str) -> Version | None:
        """Return the version that counts, if any: the latest, but a blank one only if all are.

        Raises UsageError if one is damaged.
        """
        newest = None
        for version in self._newest_first(assignment, learner):
            newest = newest or version
            if not version.blank:
                return version
        return newest

    def newest(self, assignment: str, learner: str) -> Version | None:
        """Return the learner's last version, blank or not; raises UsageError if it is damaged."""
        return next(self._newest_first(assignment, learner), None)

    def _newest_first(self, assignment: str, learner: str) -> Iterator[Version]:
        folders = [p for p in _folders(self._folder(assignment, learner)) if _sequence(p)]
        folders.sort(key=lambda path: (_sequence(path), path.name), reverse=True)
        yield from map(_version, folders)

    def add(
        self,
        assignment: str,
        learner: str,
        files: Sequence[File],
        name: str,
        metadata: Metadata = _NOTHING_SAID,
        blank: bool = False,
    ) -> tuple[Version, bool]:
        """Store *files* as the learner's latest version; *name* is its name in the source.

        Returns the version and whether it is new: nothing is written if the last one or the one
        that counts contains the same files, unmodified. Raises OSError if writing fails.
        """
        found = digest((file.name, file.data) for file in files)
        newest = self.newest(assignment, learner)
        for version in (newest, self.latest(assignment, learner)):
            if version is not None and version.digest == found and is_intact(version):
                return version, False
        sequence = newest.sequence + 1 if newest else 1
        folder = self._folder(assignment, learner)
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob(f"{_TEMPORARY}*"):
            shutil.rmtree(leftover)
        receipt = {
            "schema": SCHEMA,
            "learner": learner,
            "assignment": assignment,
            "name": name,
            "digest": found,
            "size": sum(len(file.data) for file in files),
            "collected": datetime.now(UTC).isoformat(timespec="seconds"),
            "sequence": sequence,
        }
        if blank:
            receipt["blank"] = True
        if metadata != _NOTHING_SAID:
            receipt["metadata"] = msgspec.to_builtins(metadata)
        place = folder / f"{sequence:03}-{found[:12]}"
        temporary = folder / f"{_TEMPORARY}{place.name}"
        try:
            _write(temporary, files, receipt)
            temporary.rename(place)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        return _version(place), True

    def _folder(self, assignment: str, learner: str | None = None) -> Path:
        """Return the folder for these names; raises UsageError for names that lead elsewhere."""
        parts = (assignment,) if learner is None else (assignment, learner)
        for part in parts:
            if safe(part) != part or not part:
                raise UsageError(
                    _("{name!r} is not a valid name of a learner or an assignment.").format(
                        name=part
                    )
                )
        return self.root.joinpath(*parts)


def is_intact(version: Version) -> bool:
    """Whether the files of *version* are exactly those that were collected."""
    try:
        paths = [path for path in version.path.rglob("*") if path.is_symlink() or not path.is_dir()]
        found = digest((p.relative_to(version.path).as_posix(), read_regular(p)) for p in paths)
    except (OSError, SubmissionError):
        return False
    return found == version.digest


def require_intact(version: Version) -> None:
    """Raise UsageError if the files of *version* have been modified since they were collected."""
    if not is_intact(version):
        entries = sorted(version.path.iterdir()) if version.path.is_dir() else []
        text = _("{path} was changed since it was collected; collect it again")
        raise UsageError(text.format(path=entries[0] if len(entries) == 1 else version.path))


def _write(place: Path, files: Sequence[File], receipt: dict[str, object]) -> None:
    for file in files:
        relative = PurePosixPath(file.name)
        if relative.is_absolute() or ".." in relative.parts:
            raise UsageError(_("{name!r} leads out of its folder.").format(name=file.name))
        path = place.joinpath("files", relative)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        # Of two main files, the one changed later is read, so dates must be kept.
        os.utime(path, (file.modified, file.modified))
        if sys.platform != "win32":  # where read-only files cannot be removed
            path.chmod(0o444)
    text = json.dumps(receipt, indent=2, ensure_ascii=False)
    (place / "receipt.json").write_text(text + "\n", encoding="utf-8", errors="replace")


def _folders(path: Path) -> list[Path]:
    return [entry for entry in path.iterdir() if entry.is_dir()] if path.is_dir() else []


def _sequence(path: Path) -> int:
    """Return the version's number; 0 for a folder that is not a version."""
    found = _FOLDER.fullmatch(path.name)
    return int(found[1]) if found else 0


def _version(path: Path) -> Version:
    place = path / "receipt.json"
    try:
        receipt = json.loads(place.read_text(encoding="utf-8"))
        if receipt["schema"] != SCHEMA:
            raise ValueError(receipt["schema"])
        return Version(
            path=path / "files",
            digest=str(receipt["digest"]),
            sequence=int(receipt["sequence"]),
            collected=datetime.fromisoformat(receipt["collected"]),
            name=str(receipt["name"]),
            metadata=msgspec.convert(receipt.get("metadata", {}), Metadata, strict=False),
            blank=receipt.get("blank", False) is True,
        )
    except (OSError, ValueError, KeyError, TypeError, msgspec.ValidationError):
        raise UsageError(
            _(
                "{path} is missing or damaged; restore it, or remove its folder and collect again."
            ).format(path=place)
        ) from None
