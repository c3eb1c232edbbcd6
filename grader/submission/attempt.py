"""What one learner handed in: found in the listing of a whole class, then read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from ..errors import SubmissionError
from ..language import _
from .archive import Archive
from .files import (
    MAX_FILES,
    MIB,
    File,
    Item,
    Listing,
    Refused,
    is_code,
    most_bytes,
    too_large,
    too_many,
)
from .files import without_common_folder as unwrapped
from .learner_names import exchanged, is_assignment, is_platform, of_file, of_folder, shown

#: Archives within archives, the outermost one of the class counted.
MAX_NESTING = 3
#: Most bytes of one learner, unpacked.
MAX_LEARNER = 64 * MIB


@dataclass(frozen=True, slots=True)
class HandIn:
    """Files of one learner that belong together, not read yet.

    Attributes:
        origin: its name inside the source.

        items: with paths inside the hand-in.

        uploaded: whether a platform named it, which puts every attachment beside the others.

        late: whether the platform marked it as late.

        handed_in: when, in seconds since 1970, if the platform says so.
    """

    learner: str
    origin: str
    items: tuple[Item, ...]
    uploaded: bool = False
    late: bool = False
    handed_in: float | None = None

    @property
    def modified(self) -> float:
        """When it was handed in, else its youngest file changed, in seconds since 1970."""
        if self.handed_in is not None:
            return self.handed_in
        return max(item.modified for item in self.items)


def hand_ins(listing: Listing, assignment: str) -> tuple[list[HandIn], list[Refused]]:
    """Return the hand-ins in *listing*, and what belongs to nobody."""
    folders: dict[str, list[Item]] = {parts[0]: [] for parts in listing.folders}
    for item in listing.items:
        if len(item.parts) > 1:
            folders.setdefault(item.parts[0], []).append(item)
    found: list[HandIn] = []
    refused: list[Refused] = []
    for item in listing.items:
        if len(item.parts) == 1:
            try:
                found.append(_from_file(item, assignment))
            except SubmissionError as error:
                refused.append(Refused(shown(item.name), str(error)))
    for folder, items in sorted(folders.items()):
        if _is_for_another(folder, items, assignment):
            continue
        try:
            found.append(_from_folder(folder, items, assignment))
        except SubmissionError as error:
            refused.append(Refused(shown(folder), str(error)))
    return _joined(found), refused


def gather(hand_in: HandIn, nesting: int) -> tuple[tuple[File, ...], tuple[Refused, ...]]:
    """Read the files of *hand_in*, archives unpacked; *nesting* archives lie around it.

    Returns them, and what was left out of them. Raises SubmissionError if there is no code, or
    more of everything than a learner may hand in.
    """
    reader = _Reader(hand_in.origin)
    reader.take(hand_in.items, nesting)
    if not any(is_code(name) for name in reader.files):
        if len(reader.refused) == 1 and not reader.files:
            raise SubmissionError(reader.refused[0].reason)
        raise _no_code([*reader.files, *(refused.origin for refused in reader.refused)])
    return tuple(reader.files.values()), tuple(reader.refused)


class _Reader:
    """Reads one hand-in within the bounds that a learner has: code first, then what has room.

    Bytes are charged before they are read, so that damaged files cost no more than whole ones.
    """

    def __init__(self, origin: str) -> None:
        self.files: dict[str, File] = {}
        self.refused: list[Refused] = []
        self._origin = origin
        self._left = MAX_LEARNER
        self._packed_left = MAX_LEARNER

    def take(self, items: Sequence[Item], nesting: int, prefix: tuple[str, ...] = ()) -> None:
        """Read *items*; only the bounds of the whole hand-in raise SubmissionError."""
        if len(self.files) + len(items) > MAX_FILES:
            code = [item for item in items if item.is_code]
            if not code or len(self.files) + len(code) > MAX_FILES:
                raise too_many(MAX_FILES)
            self._refuse("/".join(prefix) or self._origin, too_many(MAX_FILES))
            items = code
        for item in sorted(items, key=_rank):
            parts = (*prefix, *item.parts)
            if item.name.lower().endswith(".zip"):
                stem = item.parts[-1].rpartition(".")[0]
                inside = prefix if len(items) == 1 else (*parts[:-1], stem)
                self._unpack(item, "/".join(parts), nesting, inside)
            else:
                self._read(item, unicodedata.normalize("NFC", "/".join(parts)))

    def _read(self, item: Item, name: str) -> None:
        limit = most_bytes(name)
        try:
            if name in self.files:
                raise SubmissionError(_("there are two files of this name; keep one."))
            if item.size > limit:
                raise too_large(name, item.size, limit)
        except SubmissionError as error:
            self._refuse(name, error)
            return
        if item.size > self._left:
            too_much = SubmissionError(
                _("it comes to more than {limit} MiB; leave out data sets and models.").format(
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
                raise SubmissionError(_("archives lie in archives in archives; zip it once."))
            if item.size > self._packed_left:
                raise too_large(name, item.size, MAX_LEARNER)
            self._packed_left -= item.size
            archive = Archive(item.read(MAX_LEARNER), MAX_LEARNER)
        except SubmissionError as error:
            self._refuse(name, error)
            return
        with closing(archive):
            try:
                listing = archive.listing()
            except SubmissionError as error:
                self._refuse(name, error)
                return
            for refused in listing.refused:
                self._refuse("/".join((*inside, refused.origin)), refused.reason)
            self.take(unwrapped(listing.items), nesting + 1, inside)

    def _refuse(self, name: str, reason: object) -> None:
        name = shown(name)
        origin = name if name == self._origin else f"{self._origin}/{name}"
        self.refused.append(Refused(origin, str(reason)))


def _rank(item: Item) -> int:
    if item.is_code:
        return 0
    return 1 if item.name.lower().endswith(".zip") else 2


def _from_file(item: Item, assignment: str) -> HandIn:
    top = item.parts[0]
    if not is_platform(top) and not is_code(top) and not top.lower().endswith(".zip"):
        raise SubmissionError(_("this kind of file is not read; ask for .py, .ipynb or .zip."))
    name = of_file(top, assignment)
    inner = replace(item, parts=(name.file or top,))
    return HandIn(name.learner, shown(top), (inner,), uploaded=bool(name.file), late=name.late)


def _from_folder(folder: str, items: Sequence[Item], assignment: str) -> HandIn:
    learner = of_folder(folder, assignment).learner
    if not items:
        raise SubmissionError(_("the folder is empty."))
    inner = [replace(item, parts=item.parts[1:]) for item in items]
    # nbgrader: a learner's folder holds one folder per assignment.
    ours = [i for i in inner if len(i.parts) > 1 and is_assignment(i.parts[0], assignment)]
    if ours and not any(item.is_code and len(item.parts) == 1 for item in inner):
        inner = ours
    # what nbgrader shows nobody but the learner
    inner = [item for item in inner if item.parts[-1] != "submission_secret.txt"]
    from_exchange = exchanged(folder)
    when = from_exchange.when if from_exchange else None
    return HandIn(learner, shown(folder), unwrapped(inner), handed_in=when)


def _is_for_another(folder: str, items: Sequence[Item], assignment: str) -> bool:
    """Whether nbgrader says that *folder* has to do with other assignments only."""
    if from_exchange := exchanged(folder):
        return not is_assignment(from_exchange.assignment, assignment)
    inside = {item.parts[1] for item in items if len(item.parts) > 2}
    dated = {item.parts[1] for item in items if item.parts[2:] == ("timestamp.txt",)}
    alone = all(len(item.parts) > 2 for item in items)
    return bool(alone and dated == inside and inside) and not any(
        is_assignment(name, assignment) for name in inside
    )


def _joined(found: Sequence[HandIn]) -> list[HandIn]:
    """Make one hand-in of all that a platform lists as attachments of one learner."""
    joined: dict[str, HandIn] = {}
    others: list[HandIn] = []
    for hand_in in found:
        before = joined.get(hand_in.learner)
        if not hand_in.uploaded:
            others.append(hand_in)
        elif before is None:
            joined[hand_in.learner] = hand_in
        else:
            joined[hand_in.learner] = replace(
                before,
                origin=f"{before.origin}, {hand_in.origin}",
                items=before.items + hand_in.items,
                late=before.late or hand_in.late,
            )
    return [*others, *joined.values()]


def _no_code(names: Sequence[str]) -> SubmissionError:
    listed = ", ".join(shown(name) for name in names[:8]) + (", …" if len(names) > 8 else "")
    return SubmissionError(_("no .py or .ipynb among: {names}.").format(names=listed or "—"))
