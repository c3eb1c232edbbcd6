"""Work that a learner has parted into several files or folders, which lie side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..errors import SubmissionError
from ..language import _
from .files import Item, Refused
from .learner_names import Name
from .metadata import Metadata


@dataclass(frozen=True, slots=True)
class Own:
    """A file or folder at the top that a learner has named.

    Attributes:
        origin: its name inside the source.

        top: the same, without the section that it lies in.

        items: with paths inside the submission.
    """

    origin: str
    top: str
    name: Name
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """What was submitted together, by one learner."""

    learner: str
    origin: str
    metadata: Metadata
    items: tuple[Item, ...]


def joined(several: Iterable[Own]) -> tuple[list[Joined], list[Refused]]:
    """Join the parts among *several* to one submission of each learner.

    What is no part is a submission of its own. Where numbers do not say what they tell apart,
    nobody is made of them.
    """
    learners: dict[str, list[Own]] = defaultdict(list)
    for own in several:
        learners[own.name.learner].append(own)
    found: list[Joined] = []
    refused: list[Refused] = []
    for theirs in learners.values():
        if len(theirs) > 1 and any(own.name.number for own in theirs):
            refused += [Refused(own.origin, str(unclear_number())) for own in theirs]
        elif len(theirs) > 1 and any(own.name.part for own in theirs):
            latest, older = _latest_of_each(theirs)
            refused += older
            found.append(_together(latest))
        else:
            found += [_together([own]) for own in theirs]
    return found, refused


def unclear_number() -> SubmissionError:
    """Return the error for names that only a number tells apart."""
    return SubmissionError(
        _(
            "what the number behind the assignment's name means is not clear: name parts of one "
            "work …_part1, …_part2, attempts …_v1, …_v2, and learners by their own names, or say "
            "it with --pattern."
        )
    )


def _latest_of_each(several: Sequence[Own]) -> tuple[list[Own], list[Refused]]:
    """Return the latest version of each part, and the others, refused."""
    parts: dict[str, list[Own]] = defaultdict(list)
    for own in several:
        parts[own.name.part.casefold()].append(own)
    latest, older = [], []
    for versions in parts.values():
        last = max(versions, key=_age)
        text = _("{file} is a later version of this part.").format(file=last.origin)
        latest += [own for own in versions if _age(own) == _age(last)]
        older += [Refused(own.origin, text) for own in versions if _age(own) != _age(last)]
    return latest, older


def _age(own: Own) -> tuple[str, int]:
    return own.name.submitted, own.name.attempt


def _together(several: Sequence[Own]) -> Joined:
    """Return *several* as one submission; each folder keeps its name if there are others."""
    items = [
        item
        if len(several) == 1 or (len(item.parts) == 1 and item.name == own.top)
        else replace(item, parts=(own.top, *item.parts))
        for own in several
        for item in own.items
    ]
    metadata = Metadata(
        attempt=max(own.name.attempt for own in several),
        submitted=max(own.name.submitted for own in several),
    )
    origin = ", ".join(own.origin for own in several)
    return Joined(several[0].name.learner, origin, metadata, tuple(items))
