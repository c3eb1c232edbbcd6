"""List and read untrusted files, without following links or relying on sizes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from ..errors import SubmissionError
from ..language import _
from .learner_names import shown

MIB = 1024 * 1024
#: Most bytes of a file.
MAX_FILE = 32 * MIB
#: Most bytes of a notebook; without its outputs, MAX_FILE applies.
MAX_NOTEBOOK = 64 * MIB
#: Most files of one learner.
MAX_FILES = 2000
#: Most files of a class, and of a learner's folder before those that are not read are left out.
MAX_LISTED = 200_000
#: file extensions, including those that browsers append
NOTEBOOK = (".ipynb", ".ipynb.txt", ".ipynb.json")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
#: archives that are not unpacked here
FOREIGN_ARCHIVES = (".7z", ".rar", ".tar.bz2", ".tar.xz", ".tbz2", ".txz", ".gz")
CODE = (".py", ".py.txt", *NOTEBOOK)

_JUNK = frozenset(
    {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}
    | {".ipynb_checkpoints", "__pycache__", ".git", "site-packages", "node_modules"}
)
#: what lies beside the file that marks a virtual environment; the learner may work in that folder
_ENVIRONMENT = "pyvenv.cfg"
_OF_ENVIRONMENT = frozenset({_ENVIRONMENT, "bin", "scripts", "include", "lib64", "share"})
# Neither a link swapped in after the check nor a pipe without a writer may block us.
_OPEN = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _OPEN |= getattr(os, _flag, 0)


@dataclass(frozen=True, slots=True)
class Item:
    """A file that has been found but not read.

    Attributes:
        parts: the parts of its path in the listing.

        size: claimed size in bytes.

        modified: seconds since 1970.

        read: reads at most the given number of bytes; raises SubmissionError if that fails.
    """

    parts: tuple[str, ...]
    size: int
    modified: float
    read: Callable[[int], bytes]

    @property
    def name(self) -> str:
        """Relative path with forward slashes."""
        return "/".join(self.parts)

    @property
    def is_code(self) -> bool:
        """Whether it is a Python file or a notebook, by its name."""
        return is_code(self.parts[-1])

    @property
    def stem(self) -> str:
        """The name of a code file without folders and extension."""
        name = self.parts[-1]
        return name[: -max(len(end) for end in CODE if name.lower().endswith(end))]


@dataclass(frozen=True, slots=True)
class File:
    """A file that has been read: relative path, contents, modification time in seconds."""

    name: str
    data: bytes
    modified: float


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was refused: its name in the source, and the reason."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a folder or archive without junk; *folders* are paths like Item.parts."""

    items: tuple[Item, ...] = ()
    folders: tuple[tuple[str, ...], ...] = ()
    refused: tuple[Refused, ...] = ()


def is_code(name: str) -> bool:
    """Whether *name* is that of a Python file or a notebook."""
    return name.lower().endswith(CODE)


def is_junk(name: str) -> bool:
    """Whether *name* is one that operating systems and tools leave behind."""
    return name.lower() in _JUNK or name.startswith("._")


def junk_among(paths: Sequence[str]) -> set[str]:
    """Return those of *paths*, all that lie in an archive, that nobody submits on purpose.

    They are what operating systems and tools leave behind, and virtual environments.
    """
    marked = (path.rpartition("/") for path in paths)
    environments = {folder for folder, _slash, name in marked if name == _ENVIRONMENT}

    def is_left_behind(path: str) -> bool:
        parts = path.split("/")
        return any(map(is_junk, parts)) or any(
            part.lower() in _OF_ENVIRONMENT and "/".join(parts[:depth]) in environments
            for depth, part in enumerate(parts)
        )

    return set(filter(is_left_behind, paths))


def folder_of_junk(path: str) -> str:
    """Return the folder in which the junk at *path*, in an archive, lies; empty at the top."""
    return "/".join(takewhile(lambda part: not is_junk(part), path.split("/")[:-1]))


def too_large(name: str, size: int, limit: int) -> SubmissionError:
    """Return the error for a file of *size* bytes where *limit* are allowed."""
    if name.lower().endswith(NOTEBOOK):
        advice = _("clear the outputs of the notebook and save it again.")
    else:
        advice = _("submit the code without data sets and trained models.")
    message = _("the file is {size:.1f} MiB, over the limit of {limit:.0f} MiB; {advice}")
    return SubmissionError(message.format(size=size / MIB, limit=limit / MIB, advice=advice))


def most_bytes(name: str) -> int:
    """Return how many bytes of a file called *name* are read."""
    return MAX_NOTEBOOK if name.lower().endswith(NOTEBOOK) else MAX_FILE


def read_regular(path: Path, limit: int = 0) -> bytes:
    """Return the contents of the regular file at *path*.

    Never opens links, pipes or devices, and reads at most *limit* bytes, by default the limit for
    a file of this name. Raises SubmissionError.
    """
    limit = limit or most_bytes(path.name)
    try:
        _demand_regular(path.lstat())
        descriptor = os.open(path, _OPEN)
        try:
            status = os.fstat(descriptor)
            _demand_regular(status)
            if status.st_size > limit:
                raise too_large(path.name, status.st_size, limit)
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read(limit + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise SubmissionError(_unreadable(error)) from None
    if len(data) > limit:
        raise too_large(path.name, len(data), limit)
    return data


def list_folder(root: Path, most: int) -> Listing:
    """List the files below *root*, sorted by path, without following links.

    Raises SubmissionError if there are more than *most* entries, OSError if *root* cannot be
    listed.
    """
    items: list[Item] = []
    folders: list[tuple[str, ...]] = []
    refused: list[Refused] = []
    pending: list[tuple[str, ...]] = [()]
    entries = 0
    while pending:
        folder = pending.pop()
        try:
            names = {p.name for p in root.joinpath(*folder).iterdir() if not is_junk(p.name)}
            if _ENVIRONMENT in names:
                names = {name for name in names if name.lower() not in _OF_ENVIRONMENT}
        except OSError as error:
            if not folder:
                raise
            refused.append(Refused(shown("/".join(folder)), _unreadable(error)))
            continue
        entries += len(names)
        if entries > most:
            raise too_many(most)
        for parts in ((*folder, name) for name in names):
            try:
                item = _item(root, parts)
            except SubmissionError as error:
                refused.append(Refused(shown("/".join(parts)), str(error)))
                continue
            if item is None:
                pending.append(parts)
                folders.append(parts)
            else:
                items.append(item)
    items.sort(key=lambda item: item.parts)
    return Listing(tuple(items), tuple(sorted(folders)), tuple(refused))


def too_many(most: int) -> SubmissionError:
    """Return the error for a folder or an archive of more than *most* files."""
    return SubmissionError(
        _(
            "it contains more than {most} files; is it the right one? Leave out virtual "
            "environments and data sets."
        ).format(most=most)
    )


def _item(root: Path, parts: tuple[str, ...]) -> Item | None:
    """Return the file at *parts*, or None for a folder; raises SubmissionError for others."""
    path = root.joinpath(*parts)
    try:
        status = path.lstat()
    except OSError as error:
        raise SubmissionError(_unreadable(error)) from None
    if stat.S_ISDIR(status.st_mode):
        return None
    _demand_regular(status)
    return Item(parts, status.st_size, status.st_mtime, lambda limit: read_regular(path, limit))


def without_common_folder(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return *items* without the leading folders that all of them share."""
    rest = tuple(items)
    while rest and len({item.parts[0] for item in rest}) == 1 and len(rest[0].parts) > 1:
        rest = tuple(replace(item, parts=item.parts[1:]) for item in rest)
    return rest


def _demand_regular(status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise SubmissionError(_("this is a link; submit the file itself."))
    if not stat.S_ISREG(status.st_mode):
        raise SubmissionError(_("this is not a regular file; submit .py, .ipynb or .zip."))


def _unreadable(error: OSError) -> str:
    return _("it cannot be read ({reason}); check its permissions.").format(reason=error.strerror)


def is_archive(name: str) -> bool:
    """Whether *name* is that of an archive that is unpacked."""
    return name.lower().endswith(ARCHIVES)


def archive_stem(name: str) -> str:
    """Return the *name* of an archive without its ending."""
    return name[: -max(len(end) for end in ARCHIVES if name.lower().endswith(end))]


def foreign_archive(name: str) -> SubmissionError | None:
    """Return the error for an archive that is not unpacked here; None if *name* is none."""
    if is_archive(name) or not name.lower().endswith(FOREIGN_ARCHIVES):
        return None
    return SubmissionError(
        _(
            "this kind of archive is not unpacked here; unpack it with 7-Zip (7z x) and collect "
            "the folder, or ask for .zip or .tar.gz."
        )
    )
