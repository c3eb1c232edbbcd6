"""What is seen of an attempt when it is collected: which of its files count, and whether any does.

What cannot be read is taken all the same: the report says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ..errors import SubmissionError, UsageError
from ..language import _, listed
from .choice import AnotherAssignment, Choice, choose
from .files import File
from .learner_names import shown
from .read import code_among, code_files, item_of
from .slot import Slot, Status
from .store import Version


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of an attempt.

    Attributes:
        blank: whether nothing of the assignment is written in it.

        written: the exercises that are.
    """

    blank: bool
    notes: tuple[str, ...] = ()
    written: frozenset[str] = frozenset()


def seen_in(files: Sequence[File], slot: Slot) -> Seen:
    """Return what is seen of *files*, one attempt; nothing if no exercises are expected."""
    if not slot.starter:
        return Seen(blank=False)
    try:
        choice = choose(code_among(list(map(item_of, files)), slot.assignment), slot)
    except AnotherAssignment as error:
        return Seen(True, (str(error),))
    except SubmissionError as error:
        return Seen(False, (str(error),))
    found = [several[0].found.status for several in choice.candidates.values()]
    if found and all(status is Status.BLANK for status in found):
        return Seen(True, (_("nothing is written in it, it is the starter"), *_tests_in(choice)))
    return Seen(False, tuple(_files_of(choice)), frozenset(choice.written))


def written_in(version: Version, slot: Slot) -> list[str]:
    """Return the exercises that are written in *version*; none if it cannot be read."""
    if not slot.starter:
        return []
    with suppress(SubmissionError, UsageError, OSError):
        return choose(code_files(version.main, slot.assignment), slot).written
    return []


def _files_of(choice: Choice) -> Iterator[str]:
    """Yield which exercises come from which file, if there is more than one to choose from."""
    taken: dict[str, list[str]] = defaultdict(list)
    blank: dict[str, None] = {}
    rivals: dict[str, None] = {}
    tests = list(_tests_in(choice))
    for name, (best, *others) in choice.candidates.items():
        taken[shown(best.file.name)].append(name)
        for other in others:
            if other.is_written and not other.is_test and other.found.form != best.found.form:
                rivals[shown(other.file.name)] = None
            elif not other.is_written:
                blank[shown(other.file.name)] = None
    is_from_test = any(best.is_test for best, *_others in choice.candidates.values())
    if len(taken) > 1 or blank or rivals or tests or is_from_test:
        text = _("{exercises} from {file}")
        for file, names in taken.items():
            yield text.format(exercises=listed(names), file=file)
    if rivals:
        text = _("otherwise written in {files}: the file's name, then its date decided")
        yield text.format(files=listed(rivals))
    yield from tests
    if blank:
        yield _("empty in {files}").format(files=listed(blank))


def _tests_in(choice: Choice) -> Iterator[str]:
    """Yield which files of tests have what no other file has written."""
    others = (other for _best, *others in choice.candidates.values() for other in others)
    tests = dict.fromkeys(shown(o.file.name) for o in others if o.is_test and o.is_written)
    if tests:
        text = _("also written in {files}: files of tests do not count")
        yield text.format(files=listed(tests))
