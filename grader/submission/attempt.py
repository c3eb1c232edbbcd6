"""What was submitted together: put in order, then read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import SubmissionError
from ..language import _, listed
from .archive import Archive
from .files import (
    MAX_FILES,
    MIB,
    File,
    Item,
    Refused,
    archive_stem,
    foreign_archive,
    is_archive,
    is_code,
    most_bytes,
    too_large,
    too_many,
)
from .files import without_common_folder as unwrapped
from .learner_names import holds_name_of, is_assignment, is_copy_of, of_file, of_folder, shown
from .metadata import Metadata
from .name_encoding import NameReader
from .tar_archive import TarArchive

#: Levels of nested archives, including the archive of the class.
MAX_NESTING = 3
#: Most unpacked bytes of one learner.
MAX_LEARNER = 64 * MIB
#: what tells a learner's own files and folders apart, and is nobody's name
_PARTS = re.compile(
    r"(?i)(?:(?:v|version|attempt|try|draft|old|new|final|backup|copy|original|src|solutions?|work"
    r"|code|main|my|parts?|tests?|utils?|helpers?|submission|exercise|ex|task|question|q|answers?"
    r"|homework|hw|lab|data|notebook|初稿|终稿|最终版?|修改版?|答案|代码|第.部分)[-_ .\d]*)+"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Files that were submitted together, not read yet.

    Attributes:
        members: whose they are, each with what is known of their submission; of a group several.

        origin: its name inside the source.

        items: with paths inside the submission.
    """

    members: tuple[tuple[str, Metadata], ...]
    origin: str
    items: tuple[Item, ...]

    @property
    def modified(self) -> float:
        """When its youngest file changed, in seconds since 1970."""
        return max((item.modified for item in self.items), default=0.0)


def in_order(attempts: Iterable[Attempt], learner: str) -> list[Attempt]:
    """Return *attempts* of one *learner*, the first one first.

    By the dates that the platform gives, if it dates them all; else by its count, if it counts
    any; else by when files changed.
    """
    several = [(attempt, dict(attempt.members)[learner]) for attempt in attempts]
    dated = all(metadata.seconds is not None for _attempt, metadata in several)

    def place(pair: tuple[Attempt, Metadata]) -> tuple[float, int, float, str]:
        attempt, metadata = pair
        when = metadata.seconds if dated else None
        return when or 0.0, metadata.attempt or 1, attempt.modified, attempt.origin

    return [attempt for attempt, _metadata in sorted(several, key=place)]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What an attempt holds.

    Attributes:
        left_out: what was not taken, and why.

        guessed: encodings in which names in its archives were read that do not say theirs.
    """

    files: tuple[File, ...]
    left_out: tuple[Refused, ...]
    guessed: tuple[str, ...]


def gather(attempt: Attempt, assignment: str, nesting: int, names: NameReader) -> Gathered:
    """Read the files of *attempt*, archives unpacked; *nesting* archives lie around it.

    Raises SubmissionError if there is no code, or more of everything than a learner may submit.
    """
    reader = _Reader(attempt.origin, assignment, names)
    reader.take(attempt.items, nesting)
    if not any(is_code(name) for name in reader.files):
        if len(reader.refused) == 1 and not reader.files:
            raise SubmissionError(reader.refused[0].reason)
        raise _no_code([*reader.files, *(refused.origin for refused in reader.refused)])
    guessed = tuple(sorted(reader.guessed - {"", "utf_8"}))
    return Gathered(tuple(reader.files.values()), tuple(reader.refused), guessed)


class _Reader:
    """Reads one attempt within the bounds that a learner has: code first, then what has room.

    Bytes are charged before they are read, so that damaged files cost no more than whole ones.
    """

    def __init__(self, origin: str, assignment: str, names: NameReader) -> None:
        self.files: dict[str, File] = {}
        self.refused: list[Refused] = []
        self.guessed: set[str] = set()
        self._origin = origin
        self._assignment = assignment
        self._names = names
        self._left = MAX_LEARNER
        self._packed_left = MAX_LEARNER

    def take(self, items: Sequence[Item], nesting: int, prefix: tuple[str, ...] = ()) -> None:
        """Read *items*; only the bounds of the whole raise SubmissionError."""
        if len(self.files) + len(items) > MAX_FILES:
            code = [item for item in items if item.is_code]
            if not code or len(self.files) + len(code) > MAX_FILES:
                raise too_many(MAX_FILES)
            self._refuse("/".join(prefix) or self._origin, too_many(MAX_FILES))
            items = code
        for item in sorted(items, key=_rank):
            parts = (*prefix, *item.parts)
            if is_archive(item.name):
                inside = prefix if len(items) == 1 else (*parts[:-1], archive_stem(parts[-1]))
                self._unpack(item, "/".join(parts), nesting, inside)
            elif (foreign := foreign_archive(item.name)) is not None:
                self._refuse("/".join(parts), foreign)
            else:
                self._read(item, unicodedata.normalize("NFC", "/".join(parts)))

    def _read(self, item: Item, name: str) -> None:
        limit = most_bytes(name)
        try:
            if name in self.files:
                raise SubmissionError(_("there are two files with this name; keep one."))
            if item.size > limit:
                raise too_large(name, item.size, limit)
        except SubmissionError as error:
            self._refuse(name, error)
            return
        if item.size > self._left:
            too_much = SubmissionError(
                _("its total size is over {limit} MiB; leave out data sets and models.").format(
                    limit=MAX_LEARNER // MIB
                )
            )
            if item.is_code:
                raise too_much
            self._refuse(name, too_much)
            return
        self._left -= item.size
        try:
            self.files[name] = File(name, item.read(limit), item.modified)
        except SubmissionError as error:
            self._refuse(name, error)

    def _unpack(self, item: Item, name: str, nesting: int, inside: tuple[str, ...]) -> None:
        try:
            if nesting >= MAX_NESTING:
                raise SubmissionError(_("it contains too many nested archives; zip it once."))
            if item.size > self._packed_left:
                raise too_large(name, item.size, MAX_LEARNER)
            self._packed_left -= item.size
            archive = open_archive(item.name, item.read(MAX_LEARNER), MAX_LEARNER, self._names)
        except SubmissionError as error:
            self._refuse(name, error)
            return
        with closing(archive):
            try:
                listing = archive.listing()
            except SubmissionError as error:
                self._refuse(name, error)
                return
            self.guessed.add(archive.guessed)
            for refused in listing.refused:
                self._refuse("/".join((*inside, refused.origin)), refused.reason)
            items = unwrapped(listing.items)
            if not inside:
                # as if it had been unpacked by hand
                require_one_learner(listing.items, self._assignment)
                items = own_work(listing.items, self._assignment)
            self.take(items, nesting + 1, inside)

    def _refuse(self, name: str, reason: object) -> None:
        name = shown(name)
        origin = name if name == self._origin else f"{self._origin}/{name}"
        self.refused.append(Refused(origin, str(reason)))


def _rank(item: Item) -> int:
    if item.is_code:
        return 0
    return 1 if is_archive(item.name) else 2


def open_archive(
    name: str, file: Path | bytes, budget: int, names: NameReader
) -> Archive | TarArchive:
    """Return the archive *file*, called *name*, opened; raises SubmissionError."""
    kind = TarArchive if is_archive(name) and not name.lower().endswith(".zip") else Archive
    return kind(file, budget, names)


def own_work(items: Sequence[Item], assignment: str) -> tuple[Item, ...]:
    """Return what counts of a learner's folder or archive, without folders that hold all of it.

    nbgrader keeps one folder per assignment in it, and a file that only the learner may see.
    """
    ours = [i for i in items if len(i.parts) > 1 and is_assignment(i.parts[0], assignment)]
    if ours and not any(item.is_code and len(item.parts) == 1 for item in items):
        items = ours
    return unwrapped(item for item in items if item.parts[-1] != "submission_secret.txt")


def require_one_learner(items: Iterable[Item], assignment: str) -> None:
    """Raise SubmissionError if a folder holds what several learners named after themselves.

    It may be a section, or a folder around a class; it must not become a person.
    """
    learners: set[str] = set()
    for item in items:
        own = is_copy_of(_stem(item.parts[-1]), assignment)
        if own and len(item.parts) == 1:
            return
        with suppress(SubmissionError):
            if len(item.parts) == 1 and (item.is_code or is_archive(item.name)):
                if holds_name_of(_stem(item.name), assignment):
                    learners.add(of_file(item.name, assignment).learner)
            elif own and len(item.parts) == 2:
                learners.add(of_folder(item.parts[0], assignment).learner)
    learners = {learner for learner in learners if not is_part(learner)}
    if len(learners) > 1:
        text = _(
            "it holds the work of several learners ({names}); "
            "collect it by itself, or say whose is what with --pattern."
        )
        raise SubmissionError(text.format(names=listed(sorted(learners))))


def is_part(name: str) -> bool:
    """Whether *name* tells a learner's own files or folders apart, and is nobody's."""
    return bool(_PARTS.fullmatch(name))


def _stem(name: str) -> str:
    return name.partition(".")[0]


def empty() -> SubmissionError:
    """Return the error for a folder or an archive in which no files are."""
    return SubmissionError(
        _(
            "it is empty, or holds only what systems and tools leave behind; ask for the .py or "
            ".ipynb file."
        )
    )


def _no_code(names: Sequence[str]) -> SubmissionError:
    if not names:
        return empty()
    text = _("no .py or .ipynb file among: {names}.")
    return SubmissionError(text.format(names=listed(map(shown, names), most=8)))
