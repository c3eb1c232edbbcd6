"""Taking in the hand-ins of a class, from a folder or an archive, into the store.

One bad entry never stops the others: it is listed as refused, with a reason. Collecting the same
source again changes nothing. How a learner is told from a name stands in :mod:`.names`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import GraderError, SubmissionError, UsageError
from ..language import _
from . import receipt
from .archive import Archive
from .attempt import HandIn, gather, hand_ins
from .digest import digest
from .files import MIB, File, Item, Listing, Refused, is_code, list_folder, read_regular
from .learner_names import is_assignment, is_platform, shown
from .store import Store

#: Most bytes that may come out of the archive of a class.
MAX_UNPACKED = 512 * MIB
_MAX_LISTED = 200_000


@dataclass(frozen=True, slots=True)
class Taken:
    """One hand-in that is in the store now.

    Attributes:
        origin: its name inside the source.

        sequence: the number of the version that holds it.

        note: what is worth saying of it; may be empty.
    """

    learner: str
    origin: str
    sequence: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """What became of everything in a source.

    Attributes:
        taken: new versions.

        unchanged: hand-ins that were in the store already.

        refused: what was not taken, and why.

        notes: what an instructor should know of the whole.
    """

    taken: tuple[Taken, ...]
    unchanged: tuple[Taken, ...]
    refused: tuple[Refused, ...]
    notes: tuple[str, ...]


def collect(
    source: Path, assignment: str, store: Store, most_unpacked: int = MAX_UNPACKED
) -> Collection:
    """Take every hand-in of *assignment* in *source* into *store*.

    *source* is a folder or a zip archive, of files, folders or archives, one or more per learner;
    of an archive no more than *most_unpacked* bytes are unpacked. Raises UsageError if *source*
    as a whole cannot be read or holds nothing.
    """
    with _opened(source, most_unpacked) as (listing, nesting):
        notes: list[str] = []
        refused = list(listing.refused)
        if nesting:
            listing, folder = _without_class_folder(listing, assignment)
            if folder:
                notes.append(
                    _("Everything lay in the folder {name}; its contents were taken.").format(
                        name=shown(folder)
                    )
                )
        found, nobodys = hand_ins(listing, assignment)
        refused += nobodys
        if not found and not refused:
            raise UsageError(_("{path} holds nothing to collect.").format(path=source))
        intake = _Intake(store, assignment, nesting)
        notes += _case_clashes([*store.learners(assignment), *(h.learner for h in found)])
        learners: dict[str, list[HandIn]] = defaultdict(list)
        for hand_in in sorted(found, key=lambda h: (h.learner, h.modified, h.origin)):
            learners[hand_in.learner].append(hand_in)
        for several in learners.values():
            intake.take(several)
    return Collection(
        tuple(intake.taken),
        tuple(intake.unchanged),
        tuple(refused + intake.refused),
        tuple(notes + intake.notes),
    )


class _Intake:
    """Moves hand-ins into the store and keeps account."""

    def __init__(self, store: Store, assignment: str, nesting: int) -> None:
        self.taken: list[Taken] = []
        self.unchanged: list[Taken] = []
        self.refused: list[Refused] = []
        self.notes: list[str] = []
        self._store = store
        self._assignment = assignment
        self._nesting = nesting

    def take(self, several: Sequence[HandIn]) -> None:
        """Take all hand-ins of one learner, oldest first; the last one counts."""
        accepted = []
        for hand_in in several:
            try:
                self._take_one(hand_in, is_last=hand_in is several[-1])
                accepted.append(hand_in.origin)
            except GraderError as error:
                self.refused.append(Refused(hand_in.origin, str(error)))
            except OSError as error:
                reason = _("it could not be stored ({reason}).").format(reason=error.strerror)
                self.refused.append(Refused(hand_in.origin, reason))
        if len(accepted) > 1:
            self.notes.append(
                _("{learner} handed in {number} times here ({origins}); {last} counts.").format(
                    learner=several[0].learner,
                    number=len(accepted),
                    origins=", ".join(accepted),
                    last=accepted[-1],
                )
            )

    def _take_one(self, hand_in: HandIn, is_last: bool) -> None:
        files, left_out = gather(hand_in, self._nesting)
        self.refused += left_out
        files, said = _without_receipt(files)
        notes = [_("late, says the platform") if hand_in.late else "", said]
        note = "; ".join(filter(None, notes))
        if not is_last:
            # An older hand-in that is kept already must not become the latest again.
            found = digest((file.name, file.data) for file in files)
            for version in self._store.versions(self._assignment, hand_in.learner):
                if version.digest == found:
                    taken = Taken(hand_in.learner, hand_in.origin, version.sequence, note)
                    self.unchanged.append(taken)
                    return
        version, is_new = self._store.add(
            self._assignment, hand_in.learner, files, name=hand_in.origin
        )
        taken = Taken(hand_in.learner, hand_in.origin, version.sequence, note)
        (self.taken if is_new else self.unchanged).append(taken)


def _without_receipt(files: tuple[File, ...]) -> tuple[tuple[File, ...], str]:
    """Return *files* without a receipt that is for them, and what to say of it; may be empty.

    One that is for others stays among them, to be looked at.
    """
    rest = tuple(file for file in files if file.name != receipt.NAME)
    mine = (receipt.read_receipt(file.data) for file in files if file.name == receipt.NAME)
    found = next(mine, None)
    if found is None:
        return files, ""
    if receipt.is_for(found, [(file.name, file.data) for file in rest]):
        return rest, _("receipt verified ({receipt})").format(receipt=found.in_short)
    text = _("the receipt ({receipt}) is not for these files: they were changed since")
    return files, text.format(receipt=found.in_short)


@contextmanager
def _opened(source: Path, budget: int) -> Iterator[tuple[Listing, int]]:
    """Yield what *source* holds and how many archives that is deep; raises UsageError."""
    with ExitStack() as stack:
        try:
            if source.is_dir():
                found = list_folder(source, _MAX_LISTED), 0
            elif not source.is_file():
                raise UsageError(_("There is no file or folder {path}.").format(path=source))
            elif is_code(source.name):
                found = Listing((_single(source),)), 0
            else:
                archive = Archive(source, budget)
                stack.callback(archive.close)
                found = archive.listing(), 1
        except (SubmissionError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            text = _("{file}: {reason}").format(file=source, reason=reason)
            raise UsageError(text) from None
        yield found


def _single(path: Path) -> Item:
    status = path.stat()
    return Item(
        (path.name,), status.st_size, status.st_mtime, lambda limit: read_regular(path, limit)
    )


def _without_class_folder(listing: Listing, assignment: str) -> tuple[Listing, str]:
    """Look into the one folder that whoever zips a folder wraps around a class.

    A folder of one learner looks the same, unless a platform named it or the assignment lies
    right inside.
    """
    paths = [*listing.folders, *(item.parts for item in listing.items)]
    tops = {parts[0] for parts in paths}
    if len(tops) != 1 or any(len(item.parts) == 1 for item in listing.items):
        return listing, ""
    top = tops.pop()
    inside = {Path(parts[1]).stem for parts in paths if len(parts) > 1}
    if is_platform(top) or any(is_assignment(name, assignment) for name in inside):
        return listing, ""
    items = tuple(replace(item, parts=item.parts[1:]) for item in listing.items)
    folders = tuple(parts[1:] for parts in listing.folders if len(parts) > 1)
    return Listing(items, folders, listing.refused), top


def _case_clashes(learners: Iterable[str]) -> list[str]:
    spellings: dict[str, set[str]] = defaultdict(set)
    for learner in learners:
        spellings[unicodedata.normalize("NFC", learner.casefold())].add(learner)
    return [
        _("{names} differ only in case and are kept apart; are they one learner?").format(
            names=", ".join(sorted(names))
        )
        for __, names in sorted(spellings.items())
        if len(names) > 1
    ]
