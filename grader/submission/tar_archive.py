"""Tar archives that strangers made, plain or compressed with gzip.

Nothing is extracted: files are read one by one, and their names pass the same rules as those in a
zip, which are stricter than the filters of the standard library. A compressed archive is unpacked
into a temporary file first, up to the bytes that may come out of it.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import tempfile
import unicodedata
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from ..errors import SubmissionError
from ..language import _
from .archive import MAX_ENTRIES, MAX_SEEN, entry_parts, folders_around, over_budget
from .files import Item, Listing, Refused, junk_among, too_large, too_many
from .learner_names import shown
from .name_encoding import NameReader

_PIECE = 1024 * 1024
_GZIP = b"\x1f\x8b"
#: tar's own headers, beside what is in it
_HEADERS = 64 * 1024 * 1024
_DEFECTS = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError)


class TarArchive:
    """A tar archive, open for reading; like :class:`.archive.Archive`."""

    def __init__(self, file: Path | bytes, budget: int, names: NameReader | None = None) -> None:
        self.guessed = ""
        self._names = names or NameReader()
        self._left = self._budget = budget
        with ExitStack() as stack:
            raw: IO[bytes] = io.BytesIO(file) if isinstance(file, bytes) else file.open("rb")
            stack.callback(raw.close)
            try:
                plain = raw
                if raw.read(2) == _GZIP:
                    raw.seek(0)
                    plain = stack.enter_context(tempfile.TemporaryFile())
                    _unpack(raw, plain, budget + _HEADERS, budget)
                plain.seek(0)
                self._tar = stack.enter_context(
                    tarfile.open(fileobj=plain, mode="r:", errors="surrogateescape")
                )
            except _DEFECTS:
                raise _damaged() from None
            self._open = stack.pop_all()

    def close(self) -> None:
        """Close the archive; its items cannot be read any more."""
        self._open.close()

    def listing(self) -> Listing:
        """List the entries, sorted by path; raises SubmissionError if none may be taken."""
        members = self._members()
        items: dict[tuple[str, ...], Item] = {}
        refused: list[Refused] = []
        names = self._decoded(members)
        junk = junk_among(names)
        folders = folders_around(junk)
        if len(members) - len(junk) > MAX_ENTRIES:
            raise too_many(MAX_ENTRIES)
        for member, name in zip(members, names, strict=True):
            if name in junk:
                continue
            try:
                if member.isdir() and not name.strip("./"):
                    continue
                parts = entry_parts(name)
                if member.isdir():
                    folders.add(parts)
                    continue
                _demand_plain(member)
                if parts in items:
                    raise SubmissionError(
                        _("the archive contains two files with this name; keep one.")
                    )
            except SubmissionError as error:
                refused.append(Refused(shown(name), str(error)))
                continue
            items[parts] = Item(parts, member.size, float(member.mtime), self._reader(member))
        return Listing(
            tuple(items[p] for p in sorted(items)), tuple(sorted(folders)), tuple(refused)
        )

    def _members(self) -> list[tarfile.TarInfo]:
        members: list[tarfile.TarInfo] = []
        try:
            while (member := self._tar.next()) is not None:
                members.append(member)
                if len(members) > MAX_SEEN:
                    raise too_many(MAX_ENTRIES)
        except _DEFECTS:
            raise _damaged() from None
        return members

    def _decoded(self, members: list[tarfile.TarInfo]) -> list[str]:
        """Return the names of *members* in Unicode."""
        unsaid = [m.name.encode("utf-8", "surrogateescape") for m in members if not _says(m)]
        try:
            for raw in unsaid:
                raw.decode("utf-8")
        except UnicodeDecodeError:
            self.guessed = self._names.choose(unsaid)
        names = (
            member.name
            if _says(member)
            else member.name.encode("utf-8", "surrogateescape").decode(
                self.guessed or "utf-8", "replace"
            )
            for member in members
        )
        return [unicodedata.normalize("NFC", name) for name in names]

    def _reader(self, member: tarfile.TarInfo) -> Callable[[int], bytes]:
        return lambda limit: self._read(member, limit)

    def _read(self, member: tarfile.TarInfo, limit: int) -> bytes:
        if member.size > limit:
            raise too_large(member.name, member.size, limit)
        self._left -= member.size
        if self._left < 0:
            raise over_budget(self._budget)
        try:
            file = self._tar.extractfile(member)
            data = file.read(limit + 1) if file is not None else b""
        except _DEFECTS:
            raise _damaged() from None
        if len(data) != member.size:
            raise _damaged()
        return data


def _unpack(packed: IO[bytes], plain: IO[bytes], most: int, budget: int) -> None:
    """Unpack gzip from *packed* into *plain*; raises SubmissionError beyond *most* bytes."""
    with gzip.GzipFile(fileobj=packed) as file:
        while piece := file.read(_PIECE):
            most -= len(piece)
            if most < 0:
                raise over_budget(budget)
            plain.write(piece)


def _says(member: tarfile.TarInfo) -> bool:
    """Whether the name of *member* is in Unicode, as the newer kind of header has it."""
    return "path" in member.pax_headers


def _demand_plain(member: tarfile.TarInfo) -> None:
    if member.issym() or member.islnk():
        raise SubmissionError(_("this is a link; submit the file itself."))
    if not member.isreg():
        raise SubmissionError(_("this is not a regular file; submit .py, .ipynb or .zip."))


def _damaged() -> SubmissionError:
    return SubmissionError(
        _(
            "this tar archive is incomplete or damaged (was the upload interrupted?); pack "
            "and submit it again."
        )
    )
