"""Read untrusted zip archives without relying on their headers.

Entries are refused one by one if they are links, are encrypted, use an unusual compression or have
a path out of the archive. Unpacked bytes are counted while they are read.
"""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..errors import SubmissionError
from ..language import _
from .files import MIB, Item, Listing, Refused, folder_of_junk, junk_among, too_large, too_many
from .learner_names import has_no_place_on_windows, is_device, shown
from .name_encoding import NameReader

#: Most entries of an archive, and most with those that nobody submits on purpose.
MAX_ENTRIES = 20_000
MAX_SEEN = 200_000
_DIRECTORY = 8 * MIB
_PIECE = MIB
_LONGEST = 255
_ENCRYPTED, _UTF8, _UNICODE_PATH = 0x1, 0x800, 0x7075
_DEFECTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError),
)


class Archive:
    """A zip archive, open for reading.

    Args:
        file: its path or its bytes.

        budget: most unpacked bytes, of all entries together.

        names: decides how names are read that do not say their encoding.

    Attributes:
        guessed: the encoding in which such names were read; empty if there were none.

    Raises SubmissionError if the archive cannot be read.
    """

    def __init__(self, file: Path | bytes, budget: int, names: NameReader | None = None) -> None:
        self.guessed = ""
        self._names = names or NameReader()
        raw = io.BytesIO(file) if isinstance(file, bytes) else io.FileIO(file)
        self._file = _CappedReader(raw)
        self._left = self._budget = budget
        try:
            self._zip = zipfile.ZipFile(self._file)
        except _DEFECTS:
            self._file.close()
            raise SubmissionError(
                _(
                    "this zip archive is incomplete or damaged (was the upload interrupted?); "
                    "zip and submit it again."
                )
            ) from None

    def close(self) -> None:
        """Close the archive; its items can then no longer be read."""
        self._zip.close()
        self._file.close()

    def listing(self) -> Listing:
        """List the entries, sorted by path; raises SubmissionError if all must be refused."""
        entries = self._zip.infolist()
        if len(entries) > MAX_SEEN:
            raise too_many(MAX_ENTRIES)
        names = self._decoded(entries)
        junk = junk_among(names)
        if len(entries) - len(junk) > MAX_ENTRIES:
            raise too_many(MAX_ENTRIES)
        files = [e for e, name in zip(entries, names, strict=True) if not name.endswith("/")]
        if files and all(_is_encrypted(entry) for entry in files):
            raise _encrypted()
        items: dict[tuple[str, ...], Item] = {}
        folders = folders_around(junk)
        refused: list[Refused] = []
        for entry, name in zip(entries, names, strict=True):
            if name in junk:
                continue
            try:
                parts = entry_parts(name)
                if name.endswith("/"):
                    folders.add(parts)
                    continue
                _demand_plain(entry)
                if parts in items:
                    raise SubmissionError(
                        _("the archive contains two files with this name; keep one.")
                    )
            except SubmissionError as error:
                refused.append(Refused(shown(name), str(error)))
                continue
            items[parts] = Item(parts, entry.file_size, _modified(entry), self._reader(entry))
        return Listing(
            tuple(items[p] for p in sorted(items)), tuple(sorted(folders)), tuple(refused)
        )

    def _decoded(self, entries: Sequence[zipfile.ZipInfo]) -> list[str]:
        """Return the names of *entries* in Unicode, with forward slashes."""
        raws = [_raw_name(entry) for entry in entries]
        unsaid = [raw for raw in raws if isinstance(raw, bytes)]
        if any(not raw.isascii() for raw in unsaid):
            self.guessed = self._names.choose(unsaid)
        names = (
            raw.decode(self.guessed or "ascii", "replace") if isinstance(raw, bytes) else raw
            for raw in raws
        )
        return [unicodedata.normalize("NFC", name.replace("\\", "/")) for name in names]

    def _reader(self, entry: zipfile.ZipInfo) -> Callable[[int], bytes]:
        return lambda limit: self._read(entry, limit)

    def _read(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        """Return the unpacked bytes of *entry*; raises SubmissionError.

        zipfile stops at the size in the header, which limits a single entry. But entries may share
        their compressed bytes, so the total is counted, too.
        """
        if entry.file_size > limit:
            raise too_large(entry.filename, entry.file_size, limit)
        pieces: list[bytes] = []
        try:
            with self._zip.open(entry) as file:
                while piece := file.read(_PIECE):
                    pieces.append(piece)
                    self._left -= len(piece)
                    if self._left < 0:
                        raise over_budget(self._budget)
        except _DEFECTS:
            raise SubmissionError(
                _("it is damaged in the archive; zip and submit it again.")
            ) from None
        return b"".join(pieces)


class _CappedReader(io.BufferedReader):
    """A reader that refuses single reads larger than a valid archive can need."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _DIRECTORY:
            raise zipfile.BadZipFile("table of contents too large")
        return super().read(size)


def _raw_name(entry: zipfile.ZipInfo) -> str | bytes:
    """Return the entry's name; as bytes if nothing says in which encoding it is written."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    return _unicode_path(entry.extra, raw) or raw


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the name in Info-ZIP's extra field, if it is there and belongs to the name *raw*."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:5] == b"\1" + struct.pack("<L", zlib.crc32(raw)):
            with contextlib.suppress(UnicodeDecodeError):
                return field[5:].decode("utf-8")
    return ""


def entry_parts(name: str) -> tuple[str, ...]:
    """Return the path of an entry called *name*; raises SubmissionError if it may not be taken."""
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if name.startswith("/") or ".." in parts or ":" in name[:2]:
        raise SubmissionError(_("its path leads out of the archive."))
    impossible = any(map(is_device, parts)) or (
        sys.platform == "win32" and any(map(has_no_place_on_windows, parts))
    )
    if not parts or "\0" in name or impossible:
        raise SubmissionError(_("its name is not a valid file name; rename it and zip again."))
    if any(len(part.encode("utf-8", "surrogatepass")) > _LONGEST for part in parts):
        raise SubmissionError(_("its name is too long; shorten it."))
    return parts


def folders_around(junk: Iterable[str]) -> set[tuple[str, ...]]:
    """Return the folders in which *junk* lies: often nothing else in an archive tells of them."""
    folders = set()
    for folder in {folder_of_junk(path) for path in junk} - {""}:
        with contextlib.suppress(SubmissionError):
            folders.add(entry_parts(folder))
    return folders


def _demand_plain(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise SubmissionError(_("this is a link; submit the file itself."))
    if kind not in (0, stat.S_IFREG):
        raise SubmissionError(_("this is not a regular file; submit .py, .ipynb or .zip."))
    if _is_encrypted(entry):
        raise _encrypted()
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SubmissionError(_("it uses an unsupported compression; create an ordinary zip."))


def _is_encrypted(entry: zipfile.ZipInfo) -> bool:
    return bool(entry.flag_bits & _ENCRYPTED)


def _encrypted() -> SubmissionError:
    return SubmissionError(_("it is protected by a password; zip it without one."))


def over_budget(budget: int) -> SubmissionError:
    """Return the error for an archive from which more than *budget* bytes come."""
    return SubmissionError(
        _("the archive unpacks to more than {limit} MiB; unpack it and collect the folder.").format(
            limit=budget // MIB
        )
    )


def _modified(entry: zipfile.ZipInfo) -> float:
    """Return the entry's date in seconds since 1970; zip has no time zone, so assume UTC."""
    try:
        return datetime(*entry.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
