"""Collecting: what a class submitted, from a folder or an archive into the store.

One bad entry never stops the others: it is listed as refused, with a reason. Collecting the same
source again changes nothing. How it is seen whose an entry is stands in :mod:`.submitters`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..errors import GraderError, SubmissionError, UsageError
from ..language import CLAUSES, _, listed
from . import receipt
from .attempt import Attempt, gather, in_order, open_archive
from .digest import digest
from .files import (
    MAX_LISTED,
    MIB,
    File,
    Item,
    Listing,
    Refused,
    archive_stem,
    foreign_archive,
    is_archive,
    is_code,
    list_folder,
    read_regular,
)
from .learner_names import shown
from .metadata import Metadata
from .name_encoding import NameReader
from .register import NamingRules
from .seen import Seen, seen_in, written_in
from .slot import Slot
from .store import Store, Version
from .submitters import known_among, submitted, without_wrapper

#: Most unpacked bytes of the archive of a class.
MAX_UNPACKED = 512 * MIB


@dataclass(frozen=True, slots=True)
class Taken:
    """One submission that is in the store now.

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

        unchanged: submissions that were in the store already.

        refused: what was not taken, and why.

        notes: what an instructor should know of the whole.

        missing: who is in the class and has submitted nothing yet, by identifier.
    """

    taken: tuple[Taken, ...]
    unchanged: tuple[Taken, ...]
    refused: tuple[Refused, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...] = ()


def collect(
    source: Path,
    assignment: str,
    store: Store,
    rules: NamingRules | None = None,
    most_unpacked: int = MAX_UNPACKED,
    slot: Slot | None = None,
) -> Collection:
    """Take everything that was submitted for *assignment* in *source* into *store*.

    *source* is a folder or an archive, of files, folders or archives, one or more per learner;
    of an archive no more than *most_unpacked* bytes are unpacked. Without *rules*, learners
    are who their files say. With *slot*, which says what is expected, it is told which files count,
    and a later attempt in which nothing is written does not replace work. Raises UsageError if
    *source* as a whole cannot be read, holds nothing, or may be a class as well as a learner.
    """
    rules = rules or NamingRules()
    names = NameReader(rules.encoding, partial(_known, assignment=assignment, rules=rules))
    notes: list[str] = []
    with _opened(source, most_unpacked, names, notes) as (listing, nesting):
        name = archive_stem(source.name) if is_archive(source.name) else source.resolve().name
        folder = ""
        if rules.pattern is None:
            listing, folder = without_wrapper(listing, name, assignment, rules)
        if folder:
            notes.append(
                _("Everything was in the folder {name}; its contents were collected.").format(
                    name=shown(folder)
                )
            )
        found = submitted(listing, assignment, rules)
        refused = [*listing.refused, *found.refused]
        if not found.attempts and not refused:
            raise UsageError(_("{path} contains nothing to collect.").format(path=source))
        slot = slot or Slot(assignment)
        intake = _Intake(store, assignment, nesting, NameReader(rules.encoding), slot)
        learners: dict[str, list[Attempt]] = defaultdict(list)
        for attempt in found.attempts:
            for learner, _metadata in attempt.members:
                learners[learner].append(attempt)
        notes += _case_clashes([*store.learners(assignment), *learners])
        for learner in sorted(learners):
            intake.take(learner, in_order(learners[learner], learner))
    everyone = store.learners(assignment)
    if strangers := rules.register.strangers(everyone):
        text = _("Collected before and not in the roster: {learners}")
        notes.append(text.format(learners=listed(strangers)))
    return Collection(
        tuple(intake.taken),
        tuple(intake.unchanged),
        tuple(refused + intake.refused),
        tuple(notes + intake.notes),
        rules.register.missing(everyone),
    )


class _Intake:
    """Moves attempts into the store and keeps account."""

    def __init__(
        self, store: Store, assignment: str, nesting: int, names: NameReader, slot: Slot
    ) -> None:
        self.taken: list[Taken] = []
        self.unchanged: list[Taken] = []
        self.refused: list[Refused] = []
        self.notes: list[str] = []
        self._store = store
        self._assignment = assignment
        self._nesting = nesting
        self._names = names
        self._slot = slot

    def take(self, learner: str, several: Sequence[Attempt]) -> None:
        """Take all attempts of one *learner*, oldest first; the last with work in it counts."""
        accepted: list[str] = []
        counts = ""
        for attempt in several:
            try:
                blank = self._take_one(learner, attempt, is_last=attempt is several[-1])
                accepted.append(attempt.origin)
                counts = counts if blank and counts else attempt.origin
            except GraderError as error:
                self._refuse(Refused(attempt.origin, str(error)))
            except OSError as error:
                reason = _("it could not be stored ({reason}).").format(reason=error.strerror)
                self._refuse(Refused(attempt.origin, reason))
        if len(accepted) > 1:
            self.notes.append(
                _("{learner} has {number} submissions here ({origins}); {last} counts.").format(
                    learner=learner,
                    number=len(accepted),
                    origins=listed(accepted),
                    last=counts,
                )
            )

    def _take_one(self, learner: str, attempt: Attempt, is_last: bool) -> bool:
        """Take one attempt; return whether nothing is written in it."""
        gathered = gather(attempt, self._assignment, self._nesting, self._names)
        for refused in gathered.left_out:
            self._refuse(refused)
        files, said = _without_receipt(gathered.files)
        metadata = dict(attempt.members)[learner]
        seen = seen_in(files, self._slot)
        notes = [*_said(metadata, learner), said, *seen.notes]
        if gathered.guessed:
            text = _("names in it read as {encoding}")
            notes.append(text.format(encoding=listed(gathered.guessed)))
        counting = self._store.latest(self._assignment, learner)
        if counting is not None and not counting.blank:
            notes.append(self._lost(seen, counting))
        note = listed(filter(None, notes), CLAUSES)
        if not is_last:
            # An older attempt that is kept already must not become the latest again.
            found = digest((file.name, file.data) for file in files)
            for version in self._store.versions(self._assignment, learner):
                if version.digest == found:
                    taken = Taken(learner, attempt.origin, version.sequence, note)
                    self.unchanged.append(taken)
                    return seen.blank
        version, is_new = self._store.add(
            self._assignment, learner, files, attempt.origin, metadata, seen.blank
        )
        taken = Taken(learner, attempt.origin, version.sequence, note)
        (self.taken if is_new else self.unchanged).append(taken)
        return seen.blank

    def _lost(self, seen: Seen, counting: Version) -> str:
        """Return what is worth saying of an attempt that holds less than the version that counts.

        It counts all the same, unless it is blank: it may be shorter on purpose.
        """
        if seen.blank:
            text = _("it does not replace version {number}, which counts")
            return text.format(number=counting.sequence)
        some = 0 < len(seen.written) < len(self._slot.starter)
        before = written_in(counting, self._slot) if some else []
        lost = [name for name in before if name not in seen.written]
        text = _("{exercises} written in version {number}, and not in this one")
        return text.format(exercises=listed(lost), number=counting.sequence) if lost else ""

    def _refuse(self, refused: Refused) -> None:
        """Refuse once what several members of a group submitted."""
        if refused not in self.refused:
            self.refused.append(refused)


def _said(metadata: Metadata, learner: str) -> list[str]:
    """Return what is worth saying of the metadata of one submission."""
    said = [metadata.name] if metadata.name and metadata.name not in learner else []
    if metadata.late:
        said.append(_("late, according to the platform"))
    if metadata.group:
        said.append(_("group: {members}").format(members=listed(metadata.group)))
    return said


def _without_receipt(files: tuple[File, ...]) -> tuple[tuple[File, ...], str]:
    """Return *files* without a matching receipt, and a note about the receipt; may be empty.

    A receipt that does not match stays with the files, so that it can be inspected.
    """
    rest = tuple(file for file in files if file.name != receipt.NAME)
    mine = (receipt.read_receipt(file.data) for file in files if file.name == receipt.NAME)
    found = next(mine, None)
    if found is None:
        return files, ""
    if receipt.is_for(found, [(file.name, file.data) for file in rest]):
        return rest, _("receipt verified ({receipt})").format(receipt=found.in_short)
    text = _("the receipt ({receipt}) does not match these files: they were changed later")
    return files, text.format(receipt=found.in_short)


def _known(paths: Sequence[str], assignment: str, rules: NamingRules) -> int:
    """Return how many of *paths* in the archive of a class are those of its learners."""
    return known_among(paths, assignment, rules) if rules.has_register else 0


@contextmanager
def _opened(
    source: Path, budget: int, names: NameReader, notes: list[str]
) -> Iterator[tuple[Listing, int]]:
    """Yield the contents of *source* and the number of archives around them; raises UsageError."""
    with ExitStack() as stack:
        try:
            if source.is_dir():
                found = list_folder(source, MAX_LISTED), 0
            elif not source.is_file():
                raise UsageError(_("There is no file or folder {path}.").format(path=source))
            elif is_code(source.name):
                found = Listing((_single(source),)), 0
            elif (foreign := foreign_archive(source.name)) is not None:
                raise foreign
            else:
                archive = open_archive(source.name, source, budget, names)
                stack.callback(archive.close)
                found = archive.listing(), 1
                if archive.guessed not in ("", "utf_8"):
                    text = _("Names in {file} do not say their encoding; they were read as {name}.")
                    notes.append(text.format(file=shown(source.name), name=archive.guessed))
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


def _case_clashes(learners: Iterable[str]) -> list[str]:
    spellings: dict[str, set[str]] = defaultdict(set)
    for learner in learners:
        spellings[unicodedata.normalize("NFC", learner.casefold())].add(learner)
    return [
        _(
            "{names} differ only in case and count as different learners; are they the same person?"
        ).format(names=listed(sorted(names)))
        for __, names in sorted(spellings.items())
        if len(names) > 1
    ]
