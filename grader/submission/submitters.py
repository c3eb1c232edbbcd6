"""Who submitted what: the listing of a class, parted into attempts of its learners.

A path that a platform's layout fits is read by it; any other file or folder at the top is one
learner's. What is ambiguous is refused with a reason, and becomes nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

import msgspec

from ..errors import SubmissionError, UsageError
from ..language import _
from . import gradescope
from .attempt import Attempt, empty, is_part, own_work, require_one_learner
from .files import Item, Listing, Refused, archive_stem, foreign_archive, is_archive, is_code
from .labels import Index, Label, Person, labelled
from .layouts import is_section, is_wrapper
from .learner_names import (
    Name,
    holds_name_of,
    identifier,
    is_assignment,
    is_copy_of,
    of_file,
    of_folder,
    part_alone,
    shown,
    without_ending,
)
from .metadata import Metadata
from .parts import Own, joined
from .register import NamingRules


@dataclass
class Submitted:
    """What a listing comes to."""

    attempts: list[Attempt] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def submitted(listing: Listing, assignment: str, rules: NamingRules) -> Submitted:
    """Part *listing* into attempts, and what belongs to nobody."""
    result = Submitted()
    sections = set() if rules.pattern else _sections(listing, assignment, rules)
    places: dict[str, tuple[list[Item], list[tuple[str, ...]]]] = defaultdict(lambda: ([], []))
    for item in listing.items:
        place = item.parts[0] if item.parts[0] in sections else ""
        places[place][0].append(replace(item, parts=item.parts[1:]) if place else item)
    for parts in listing.folders:
        place = parts[0] if parts[0] in sections else ""
        if inside := parts[1:] if place else parts:
            places[place][1].append(inside)
    for place, (items, folders) in sorted(places.items()):
        _Place(assignment, rules, place).part(items, folders, result)
    return result


class _Place:
    """The class, or one section of it."""

    def __init__(self, assignment: str, rules: NamingRules, section: str) -> None:
        self._assignment = assignment
        self._rules = rules
        self._section = section

    def part(
        self, items: Sequence[Item], folders: Sequence[tuple[str, ...]], result: Submitted
    ) -> None:
        indexes = _indexes(items)
        labels = labelled(
            [item.name for item in items], self._assignment, indexes, self._rules.pattern
        )
        self._labelled(items, labels.found, result)
        passed = labels.passed | labels.found.keys()
        tops = {name.partition("/")[0] for name in passed}
        left = [item for item in items if item.name not in passed]
        if self._rules.pattern is not None:
            text = _("--pattern does not fit this.")
            result.refused += [Refused(shown(item.name), text) for item in left]
            return
        self._plain(left, [parts for parts in folders if parts[0] not in tops], result)

    def _labelled(
        self,
        items: Sequence[Item],
        found: Mapping[str, Label | SubmissionError],
        result: Submitted,
    ) -> None:
        """Join what a platform lists as attachments of one attempt."""
        together: dict[object, list[tuple[Label, Item]]] = defaultdict(list)
        refused: dict[str, str] = {}
        in_parts = {one.people for one in found.values() if isinstance(one, Label) and one.part}
        for item in items:
            label = found.get(item.name)
            if isinstance(label, SubmissionError):
                refused.setdefault(shown(self._within(item.name.partition("/")[0])), str(label))
            elif label is not None:
                when = label.metadata.attempt, label.metadata.submitted
                alone = label.alone and label.people not in in_parts
                key = (label.people, when, label.origin if alone else "")
                together[key].append((label, item))
        result.refused += [Refused(origin, reason) for origin, reason in refused.items()]
        for several in together.values():
            first = several[0][0]
            own = [label.origin for label, _item in several if label.file] or [first.origin]
            origin = ", ".join(dict.fromkeys(shown(self._within(name)) for name in own))
            inner = [
                replace(item, parts=tuple(label.file.split("/")))
                for label, item in several
                if label.file
            ]
            late = any(label.metadata.late for label, _item in several)
            metadata = msgspec.structs.replace(first.metadata, late=late)
            self._add(first.people, metadata, origin, inner, result)

    def _plain(
        self, items: Sequence[Item], folders: Sequence[tuple[str, ...]], result: Submitted
    ) -> None:
        """Take every file and every folder at the top for one learner's."""
        inside: dict[str, list[Item]] = {parts[0]: [] for parts in folders}
        for item in items:
            if len(item.parts) > 1:
                inside.setdefault(item.parts[0], []).append(item)
        own: list[Own] = []
        for item in items:
            if len(item.parts) == 1:
                own += self._own(item.name, partial(self._file, item), result)
        for folder, some in sorted(inside.items()):
            if not _is_for_another(some, self._assignment):
                own += self._own(folder, partial(self._folder, folder, some), result)
        together, unclear = joined(own)
        result.refused += unclear
        for one in together:
            people = (Person(one.learner, (one.learner,)),)
            self._add(people, one.metadata, one.origin, one.items, result)

    def _own(
        self, top: str, read: Callable[[], tuple[Name, Sequence[Item]]], result: Submitted
    ) -> list[Own]:
        """Return what a learner named; nothing, and refuse it, if it names nobody."""
        origin = shown(self._within(top))
        try:
            name, inner = read()
        except SubmissionError as error:
            result.refused.append(Refused(origin, str(error)))
            return []
        return [Own(origin, top, name, tuple(inner))]

    def _file(self, item: Item) -> tuple[Name, Sequence[Item]]:
        """Return whose a file at the top is, and what it holds; raises SubmissionError."""
        if (foreign := foreign_archive(item.name)) is not None:
            raise foreign
        if not is_code(item.name) and not is_archive(item.name):
            raise SubmissionError(_("this file type is not accepted; ask for .py, .ipynb or .zip."))
        if is_archive(item.name) and self._is_section(archive_stem(item.name)):
            raise SubmissionError(
                _("this is the archive of a section; unpack it and collect the folder.")
            )
        return self._named(item.name, of_file), [item]

    def _folder(self, folder: str, items: Sequence[Item]) -> tuple[Name, Sequence[Item]]:
        """Return whose a folder at the top is, and what it holds; raises SubmissionError."""
        name = self._named(folder, of_folder)
        if not items:
            raise empty()
        inner = [replace(item, parts=item.parts[1:]) for item in items]
        if not self._rules.register.knows(name.learner):
            require_one_learner(inner, self._assignment)
        return name, inner

    def _named(self, name: str, read: Callable[[str, str], Name]) -> Name:
        """Return what the learner's own *name* says; as it stands if somebody is called so."""
        stem = without_ending(name)
        if self._rules.register.knows(stem):
            return Name(identifier(stem))
        return read(name, self._assignment)

    def _add(
        self,
        people: Sequence[Person],
        metadata: Metadata,
        origin: str,
        items: Sequence[Item],
        result: Submitted,
    ) -> None:
        """Add an attempt of *people*; of a group, for those who are known."""
        register = self._rules.register
        known: dict[str, Person] = {}
        for person in people:
            try:
                found = register.identify(replace(person, origin=origin))
                known |= dict.fromkeys(found, person)
            except SubmissionError as error:
                result.refused.append(Refused(origin, str(error)))
        group = tuple(sorted(known)) if len(known) > 1 else ()
        members = []
        for learner, person in sorted(known.items()):
            name, section = register.about(learner)
            own = msgspec.structs.replace(
                metadata,
                name=name or person.name,
                platform_id=person.platform_id,
                section=section or self._section,
                group=group,
            )
            members.append((learner, own))
        if members:
            inner = own_work(items, self._assignment)
            result.attempts.append(Attempt(tuple(members), origin, inner))

    def _within(self, name: str) -> str:
        return f"{self._section}/{name}" if self._section else name

    def _is_section(self, name: str) -> bool:
        return self._rules.register.is_section(name) or is_section(name)


def _indexes(items: Sequence[Item]) -> Mapping[str, Index]:
    """Read what platforms say in files of their own."""
    for item in items:
        if item.name == "submission_metadata.yml":
            try:
                return {item.name: gradescope.entries(item.read(gradescope.MOST_BYTES))}
            except SubmissionError:
                return {item.name: {}}
    return {}


def _sections(listing: Listing, assignment: str, rules: NamingRules) -> set[str]:
    """Return the folders at the top that part the class, and are no learner's."""
    inside: dict[str, list[Item]] = defaultdict(list)
    for item in listing.items:
        if len(item.parts) > 1:
            inside[item.parts[0]].append(item)
    return {
        top
        for top, items in inside.items()
        if rules.register.is_section(top)
        or (
            is_section(top)
            and not rules.register.knows(top)
            and not _holds_assignment(items, assignment)
        )
    }


def _holds_assignment(items: Iterable[Item], assignment: str) -> bool:
    """Whether the work lies right in a folder: whoever it belongs to is then in its name."""
    return any(is_copy_of(item.parts[1].partition(".")[0], assignment) for item in items)


def without_wrapper(
    listing: Listing, source: str, assignment: str, rules: NamingRules
) -> tuple[Listing, str]:
    """Look into a folder that is wrapped around a class, if there is one, and so on.

    A folder of one learner looks the same. What is inside decides, or else what it is called; if
    neither does, nobody is made of it.

    Args:
        source: what the archive or folder around it is called, without an ending.

    Returns:
        the listing inside, and the path of the folder; empty if nothing is wrapped.

    Raises:
        UsageError: it is not clear whether the folder is a class or a learner.
    """
    wrappers: list[str] = []
    while (top := _only_folder(listing)) is not None:
        items = tuple(replace(item, parts=item.parts[1:]) for item in listing.items)
        folders = tuple(parts[1:] for parts in listing.folders if len(parts) > 1)
        inner = Listing(items, folders, listing.refused)
        if _is_learner(top, listing, inner, assignment, rules):
            break
        if not _is_class(top, inner, source, assignment, rules):
            text = _(
                "Everything lies in the folder {name}. Is it a class? Collect that folder itself. "
                "Is it one learner's? Say so with --pattern '(?P<learner>[^/]+)/.*'."
            )
            raise UsageError(text.format(name=shown(top)))
        wrappers.append(top)
        listing, source = inner, top
    return listing, "/".join(wrappers)


def _only_folder(listing: Listing) -> str | None:
    """Return the one folder that everything lies in, if it is so."""
    tops = {parts[0] for parts in listing.folders}
    for item in listing.items:
        if len(item.parts) == 1:
            return None
        tops.add(item.parts[0])
    return tops.pop() if len(tops) == 1 else None


def _is_learner(
    top: str, listing: Listing, inner: Listing, assignment: str, rules: NamingRules
) -> bool:
    """Whether *top* is the folder of somebody."""
    if is_wrapper(top, assignment):
        return False
    names = [item.name for item in listing.items]
    if rules.register.knows(top) or labelled(names, assignment, {}, rules.pattern).found:
        return True
    inside = {item.parts[0].partition(".")[0] for item in inner.items}
    inside |= {parts[0] for parts in inner.folders}
    if any(is_assignment(name, assignment) or is_copy_of(name, assignment) for name in inside):
        return True
    if all(map(is_part, _named(inner, assignment) or inside)):
        return True
    # One file that is not called after anybody: a class has more, and names that differ.
    alone = len(inner.items) == 1 and len(inner.items[0].parts) == 1
    return alone and not inner.folders and not _named(inner, assignment)


def _is_class(top: str, inner: Listing, source: str, assignment: str, rules: NamingRules) -> bool:
    """Whether what lies in *top* is the work of a class."""
    if is_wrapper(top, assignment) or is_assignment(top, assignment) or top == source:
        return True
    names = [item.name for item in inner.items]
    named = _named(inner, assignment)
    if labelled(names, assignment, {}, rules.pattern).found or not all(map(is_part, named)):
        return True
    return known_among(names, assignment, rules) > 0


def known_among(paths: Sequence[str], assignment: str, rules: NamingRules) -> int:
    """Return how many of *paths* are those of learners whom the register knows."""
    register = rules.register
    labels = labelled(paths, assignment, {}, rules.pattern).found
    known = 0
    for path in paths:
        label = labels.get(path)
        if isinstance(label, Label):
            keys = [key for person in label.people for key in (*person.keys, person.learner)]
        else:
            # at the top, or in a section
            keys = [without_ending(part) for part in path.split("/")[:2]]
            with suppress(SubmissionError):
                keys.append(of_file(path.partition("/")[0], assignment).learner)
        known += any(map(register.knows, keys))
    return known


def _named(inner: Listing, assignment: str) -> set[str]:
    """Return what names inside that hold the assignment's say beside it."""
    found = set()
    for item in inner.items:
        top = item.parts[0]
        readable = len(item.parts) > 1 or item.is_code or is_archive(top)
        if readable and holds_name_of(without_ending(top), assignment):
            with suppress(SubmissionError):
                found.add(part_alone(top, assignment) or of_file(top, assignment).learner)
    return found


def _is_for_another(items: Sequence[Item], assignment: str) -> bool:
    """Whether nbgrader says that a learner's folder has to do with other assignments only."""
    inside = {item.parts[1] for item in items if len(item.parts) > 2}
    dated = {item.parts[1] for item in items if item.parts[2:] == ("timestamp.txt",)}
    alone = all(len(item.parts) > 2 for item in items)
    return bool(alone and dated == inside and inside) and not any(
        is_assignment(name, assignment) for name in inside
    )
