"""What the layouts of platforms say of the paths in a class: for each one, whose it is and when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..errors import SubmissionError
from ..language import _, listed
from .layouts import LAYOUTS, Layout, is_extra, reading, when
from .learner_names import identifier, is_assignment, of_file, of_folder
from .metadata import Metadata
from .parts import unclear_number


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever a name stands for.

    Attributes:
        learner: the identifier, if no roster knows better.

        keys: the texts by which a roster may know the person.

        team: whether it is a team, of whose members only a roster knows.

        origin: the name that says all this.
    """

    learner: str
    keys: tuple[str, ...] = ()
    name: str = ""
    platform_id: str = ""
    team: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What a platform's layout says of a path.

    Attributes:
        people: whose it is; of a group several.

        file: the path inside the submission; empty for what the platform wrote itself.

        origin: the part of the path that says all this.

        alone: whether other files with the same label are other attempts.

        part, number: as in a :class:`.learner_names.Name`.
    """

    people: tuple[Person, ...]
    metadata: Metadata
    file: str
    origin: str
    alone: bool = False
    part: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a platform's own file says of a submission: whose it is, and since when (ISO 8601)."""

    people: tuple[Person, ...]
    submitted: str = ""


#: what such a file says, by the platform's name for a submission
Index = Mapping[str, Entry]


@dataclass
class Labels:
    """What became of the paths that a layout fits.

    Attributes:
        found: a label, or why there is none, by path.

        passed: what is the platform's own, or belongs to other assignments.
    """

    found: dict[str, Label | SubmissionError]
    passed: set[str]


def labelled(
    paths: Iterable[str],
    assignment: str,
    indexes: Mapping[str, Index],
    pattern: Layout | None = None,
) -> Labels:
    """Return what the table says of *paths*.

    Args:
        indexes: what platforms' own files say, by the name of the file.

        pattern: a layout to use in the place of the table.
    """
    left = set(paths)
    inside = {tuple(path.split("/")[:2]) for path in left}
    labels, seen = Labels({}, set()), set()
    for layout in (pattern,) if pattern else LAYOUTS:
        read = {path: reading(layout, path, assignment) for path in left}
        fits = {path: groups for path, groups in read.items() if groups is not None}
        if layout.holds:
            holds = {path for path in fits if (path.split("/")[0], layout.holds) in inside}
            fits = {path: fits[path] for path in holds}
        if not fits:
            continue
        extras = {path for path in left - fits.keys() if is_extra(layout, path, assignment)}
        if layout.loose and layout.platform not in seen and len(fits) + len(extras) < len(left):
            continue
        seen.add(layout.platform)
        labels.passed |= extras
        left -= extras | fits.keys()
        _one_title(fits, labels)
        _one_kind_of_number(fits, labels)
        for path, groups in fits.items():
            if "assignment" in groups and not is_assignment(groups["assignment"], assignment):
                labels.passed.add(path)
                continue
            try:
                labels.found[path] = _label(layout, path, groups, assignment, indexes)
            except SubmissionError as error:
                labels.found[path] = error
    _refuse_contradictions(labels.found)
    _refuse_numbers(labels.found)
    return labels


def _one_title(fits: dict[str, Mapping[str, str]], labels: Labels) -> None:
    """Part the platform's title from a learner's login where both may hold what joins them.

    The title is the same for all, so it is the one that fits most. If several fit as many, nobody
    is read, else those whom it does not fit are not.
    """
    titled = {path: groups for path, groups in fits.items() if "title" in groups}
    texts = [groups["title"] for groups in titled.values()]
    fitting = {title: sum(f"{text}_".startswith(f"{title}_") for text in texts) for title in texts}
    most = max(fitting.values(), default=0)
    best = [title for title in fitting if fitting[title] == most]
    for path, groups in titled.items():
        text = f"{groups['title']}_"
        if len(best) == 1 and text.startswith(f"{best[0]}_"):
            rest = text.removeprefix(f"{best[0]}_")
            fits[path] = {**groups, "learner": rest + groups["learner"]}
        else:
            said = _("where the title ends and the learner's name begins is not clear; {advice}")
            labels.found[path] = SubmissionError(said.format(advice=_advice()))
            del fits[path]


def _one_kind_of_number(fits: dict[str, Mapping[str, str]], labels: Labels) -> None:
    """Refuse paths in which a number before the learner's may have been taken for it.

    So it is if the number behind is as long as those of the other attachments, and this one is not.
    """
    numbered = {path: groups for path, groups in fits.items() if "attachment" in groups}
    behind = {path: re.match(r"(\d+)_.", groups["file"]) for path, groups in numbered.items()}
    sure = {len(groups["attachment"]) for path, groups in numbered.items() if not behind[path]}
    for path, groups in numbered.items():
        found = behind[path]
        if found and len(groups["attachment"]) not in sure and len(found[1]) in sure:
            text = _("which of its numbers is the learner's is not clear; {advice}")
            labels.found[path] = SubmissionError(text.format(advice=_advice()))
            del fits[path]


def _label(
    layout: Layout,
    path: str,
    groups: Mapping[str, str],
    assignment: str,
    indexes: Mapping[str, Index],
) -> Label:
    if layout.own_name:
        # The name is the learner's own, and may say more.
        top, slash, rest = path.partition("/")
        name = (of_folder if slash else of_file)(top, assignment)
        own = Metadata(attempt=name.attempt, submitted=name.submitted)
        # two parts may be folders with the same files
        file = path if name.part else rest or top
        return Label((_person(layout, groups),), own, file, top, True, name.part, name.number)
    file = groups.get("file", "")
    date = when(groups["date"]) if "date" in groups else None
    entry = Entry((_person(layout, groups),), date.isoformat() if date else "")
    if layout.index:
        entry = _looked_up(layout, groups["id"], indexes)
    metadata = Metadata(
        platform=layout.platform,
        attempt=int(groups.get("attempt", 0)),
        submitted=entry.submitted,
        late="late" in groups,
    )
    return Label(
        entry.people, metadata, _uploaded(file, assignment), _origin(path, file), layout.alone
    )


def _looked_up(layout: Layout, number: str, indexes: Mapping[str, Index]) -> Entry:
    if layout.index not in indexes:
        text = _("{platform} says whose it is in {file}, which is not here; add it.")
        raise SubmissionError(text.format(platform=layout.platform, file=layout.index))
    entry = indexes[layout.index].get(number)
    if entry is None or not entry.people:
        text = _("{file} does not say whose it is.")
        raise SubmissionError(text.format(file=layout.index))
    return entry


def _person(layout: Layout, groups: Mapping[str, str]) -> Person:
    text = layout.learner.format_map(defaultdict(str, groups)).strip("-")
    keys = tuple(groups[key] for key in layout.known_by if groups.get(key))
    number = groups.get("id") or (groups.get("learner", "") if layout.platform else "")
    return Person(identifier(text), keys, groups.get("name", ""), number, layout.team)


def _origin(path: str, file: str) -> str:
    """Return as much of *path* as the platform named, in whole parts."""
    if not file:
        return path
    named = path[: -len(file)]
    return named[:-1] if named.endswith("/") else named + file.partition("/")[0]


def _uploaded(file: str, assignment: str) -> str:
    """Return *file* without the number that Canvas adds when it is uploaded again."""
    found = re.fullmatch(r"(.+)-\d+(\.\w+)", file, re.DOTALL)
    return found[1] + found[2] if found and is_assignment(found[1], assignment) else file


def _refuse_contradictions(found: dict[str, Label | SubmissionError]) -> None:
    """Refuse what makes one person of two: an identifier with several numbers or names."""
    people: dict[str, set[Person]] = defaultdict(set)
    for label in found.values():
        if isinstance(label, Label):
            for person in label.people:
                people[person.learner].add(person)
    torn = {learner for learner, some in people.items() if _are_several(some)}
    for path, label in found.items():
        if isinstance(label, Label):
            for person in label.people:
                if person.learner in torn:
                    others = {p.name or p.platform_id for p in people[person.learner]}
                    text = _("{learner} stands for several here ({names}); {advice}")
                    said = {"learner": person.learner, "names": listed(sorted(others))}
                    found[path] = SubmissionError(text.format(**said, advice=_advice()))


def _refuse_numbers(found: dict[str, Label | SubmissionError]) -> None:
    """Refuse what only a number tells apart in names that the same people gave."""
    tops: dict[tuple[Person, ...], set[str]] = defaultdict(set)
    labels = [label for label in found.values() if isinstance(label, Label)]
    for label in labels:
        tops[label.people].add(label.origin)
    unclear = {one.people for one in labels if one.number and len(tops[one.people]) > 1}
    for path, said in found.items():
        if isinstance(said, Label) and said.people in unclear:
            found[path] = unclear_number()


def _are_several(people: set[Person]) -> bool:
    numbers = {person.platform_id for person in people} - {""}
    names = sorted({person.name for person in people} - {""}, key=len)
    return len(numbers) > 1 or any(names[0] not in name for name in names)


def _advice() -> str:
    return _("say whose is what in roster.csv, with --ids or with --pattern.")
