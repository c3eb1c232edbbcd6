"""``roster.csv``: who is in the class, and by which names.

A row per learner. The columns are found by their headings, in English or Chinese; all others hold
further names that are nobody else's, such as a platform's number or a login. Names match exactly,
but for case, Unicode's form and space at the ends.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import AuthoringError, SubmissionError, UsageError
from ..language import _, listed
from .csv_table import rows_in
from .labels import Person
from .layouts import layout_of
from .learner_names import safe
from .register import AnyName, NamingRules, Register

FILE = "roster.csv"

#: what a column holds, by headings, the more telling ones first
_HEADINGS = {
    "id": "id learner learnerid studentid studentnumber studentno number sid sisuserid idnumber "
    "matriculation matriculationnumber matrikelnummer username 学号 学生学号 學號 编号 工号",
    "name": "name fullname studentname student learnername displayname 姓名 学生姓名 名字",
    "first": "firstname givenname forename vorname 名",
    "last": "lastname surname familyname nachname 姓",
    "email": "email emailaddress mail 邮箱 电子邮箱 电子邮件 邮件 信箱",
    "section": "section class tutorial 班级 班 教学班 行政班 班級",
    "group": "group team 小组 组 组别 分组 小組",
}


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody in the class.

    Attributes:
        line: where it stands in the roster.
    """

    id: str
    name: str
    section: str
    group: str
    line: int
    email: str = ""


class Roster:
    """Who is in the class; read by :func:`read_roster`."""

    def __init__(
        self,
        learners: Sequence[Learner],
        keys: Mapping[str, str],
        names: Mapping[str, frozenset[str]],
    ) -> None:
        self.learners = {learner.id: learner for learner in learners}
        self._keys = keys
        self._names = names
        self._sections = {spelled(learner.section) for learner in learners} - {""}
        groups: dict[str, set[str]] = defaultdict(set)
        for learner in learners:
            groups[spelled(learner.group)].add(learner.id)
        self._groups = {group: ids for group, ids in groups.items() if group}

    def identify(self, person: Person) -> tuple[str, ...]:
        """Return who *person* is; of a team or a group, its members.

        Raises SubmissionError if nobody is called so, or several are, or names contradict.
        """
        keys = dict.fromkeys(map(spelled, (*person.keys, person.learner)))
        found = [who for key in keys if (who := self._who(key))]
        if not found:
            members = next((self._groups[key] for key in keys if key in self._groups), set())
            if members:
                return tuple(sorted(members))
            text = _("nobody in {file} is called {name}.")
            raise SubmissionError(text.format(file=FILE, name=_called(person)))
        agreed = frozenset.intersection(*found)
        if len(agreed) == 1:
            return tuple(agreed)
        if agreed:
            text = _("several in {file} are called {name} ({ids}); the name needs an id.")
        else:
            text = _("{name} is not one learner of {file}: it names {ids}.")
        ids = listed(sorted(frozenset.union(*found)))
        raise SubmissionError(text.format(file=FILE, name=_called(person), ids=ids))

    def knows(self, name: str) -> bool:
        """Whether *name* is somebody's, or a group's."""
        key = spelled(name)
        return bool(self._who(key)) or key in self._groups

    def is_section(self, name: str) -> bool:
        """Whether *name* is that of a section, and nobody's."""
        return spelled(name) in self._sections and not self.knows(name)

    def about(self, learner: str) -> tuple[str, str]:
        """Return the name and the section of *learner*."""
        known = self.learners.get(learner)
        return (known.name, known.section) if known else ("", "")

    def address(self, learner: str) -> str:
        """Return the e-mail address of *learner*."""
        known = self.learners.get(learner)
        return known.email if known else ""

    def missing(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Return who is not among *submitted*, in the order of the roster."""
        there = set(submitted)
        return tuple(learner for learner in self.learners if learner not in there)

    def strangers(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Return who is among *submitted* and not in the roster."""
        return tuple(learner for learner in submitted if learner not in self.learners)

    def _who(self, key: str) -> frozenset[str]:
        if key in self._keys:
            return frozenset({self._keys[key]})
        return self._names.get(key, frozenset())


class Listed:
    """A register that a file with *ids* adds to: what the learners of some names are called."""

    def __init__(self, ids: Mapping[str, tuple[str, ...]], register: Register) -> None:
        self._ids = ids
        self._register = register

    def identify(self, person: Person) -> tuple[str, ...]:
        """Return the identifiers that the file gives, else what the register says."""
        texts = (*person.keys, person.learner, person.name, person.platform_id, person.origin)
        for text in texts:
            if text and (found := self._ids.get(spelled(text))):
                return tuple(
                    who for one in found for who in self._register.identify(Person(one, (one,)))
                )
        return self._register.identify(person)

    def knows(self, name: str) -> bool:
        """Whether *name* is somebody's."""
        return spelled(name) in self._ids or self._register.knows(name)

    def is_section(self, name: str) -> bool:
        """Whether *name* is that of a part of the class."""
        return self._register.is_section(name)

    def about(self, learner: str) -> tuple[str, str]:
        """Return the name and the section of *learner*, if the register knows them."""
        return self._register.about(learner)

    def address(self, learner: str) -> str:
        """Return the e-mail address of *learner*, if the register knows it."""
        return self._register.address(learner)

    def missing(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Return who is in the class and not among *submitted*."""
        return self._register.missing(submitted)

    def strangers(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Return who is among *submitted* and not in the class."""
        return self._register.strangers(submitted)


def _called(person: Person) -> str:
    """Return everything that *person* is called."""
    names = dict.fromkeys(filter(None, (*person.keys, person.name)))
    return listed(names) or person.learner


def naming_rules(
    root: Path, pattern: str | None = None, ids: Path | None = None, encoding: str | None = None
) -> NamingRules:
    """Return how names are read in the course at *root*, which may have a roster.

    Args:
        pattern: a regular expression for paths, in the place of what is known of platforms.

        ids: a file for :func:`read_ids`.

    Raises UsageError, and AuthoringError if the roster is wrong.
    """
    register: Register = read_roster(root / FILE) if (root / FILE).is_file() else AnyName()
    if ids is not None:
        register = Listed(read_ids(ids), register)
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError:
        raise UsageError(_("There is no encoding {name}.").format(name=encoding)) from None
    return NamingRules(register, layout_of(pattern) if pattern else None, encoding or "")


def read_roster(path: Path) -> Roster:
    """Return the roster in the CSV file *path*, in any usual encoding, parted by , ; or tabs.

    Raises AuthoringError with the lines if an id, an e-mail address or a further name is missing
    or is not one learner's alone.
    """
    rows = rows_in(path)
    line, headings = next(rows, (1, []))
    columns = _columns(headings)
    if "id" not in columns:
        text = _("no column holds an id; call one of them id")
        raise AuthoringError(text, path, line)
    learners: list[Learner] = []
    owners: dict[str, tuple[str, int, str]] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for number, row in rows:
        said = {what: row[place] for what, place in columns.items() if place < len(row)}
        if said.get("name", "").startswith("Points Possible"):
            continue  # the second row of a gradebook of Canvas
        who = _identifier(said.get("id", ""), path, number)
        full = [said.get("name", ""), *_both_ways(said.get("first", ""), said.get("last", ""))]
        for name in filter(None, full):
            names[spelled(name)].add(who)
        learner = Learner(
            who,
            next(filter(None, full), ""),
            said.get("section", ""),
            said.get("group", ""),
            number,
            said.get("email", ""),
        )
        learners.append(learner)
        further = [place for place in range(len(row)) if place not in columns.values()]
        others = [(_heading(headings, place), row[place]) for place in further]
        for heading, text in [("id", who), ("email", said.get("email", "")), *others]:
            if not (key := spelled(text)):
                continue
            owner, owned, column = owners.setdefault(key, (who, number, heading))
            if (owner, owned) != (who, number):
                message = _(
                    "{text} stands in line {line} already ({column}); "
                    "whoever it means cannot be told. Correct it or remove the column"
                )
                said_of = message.format(text=text, line=owned, column=column)
                raise AuthoringError(said_of, path, number)
    keys = {key: owner for key, (owner, _line, _column) in owners.items()}
    return Roster(learners, keys, {key: frozenset(ids) for key, ids in names.items()})


def read_ids(path: Path) -> dict[str, tuple[str, ...]]:
    """Return identifiers by name from a CSV file of two columns: a name, and whose it is.

    A name that stands there several times is a group's. Raises UsageError.
    """
    found: dict[str, tuple[str, ...]] = {}
    try:
        for number, row in rows_in(path):
            if len(row) < 2 or not row[0] or safe(row[1]) != row[1] or not row[1]:
                text = _("{path}:{line}: a line is a name, a comma and an id")
                raise UsageError(text.format(path=path, line=number))
            if number == 1 and _plain(row[1]) in _HEADINGS["id"].split():
                continue
            found[spelled(row[0])] = (*found.get(spelled(row[0]), ()), row[1])
    except AuthoringError as error:
        raise UsageError(str(error)) from None
    return found


def spelled(text: str) -> str:
    """Return *text* as names are compared."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return unicodedata.normalize("NFC", " ".join((safe(folded) or folded).split()))


def naming_columns(headings: Sequence[str]) -> tuple[int, ...]:
    """Return the places of what names a learner, the surest first: id, e-mail address, name."""
    found = _columns(headings)
    return tuple(found[what] for what in ("id", "email", "name") if what in found)


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Return the place of what is known, by what it is."""
    plain = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for what, words in _HEADINGS.items():
        places = [plain.index(word) for word in words.split() if word in plain]
        free = [place for place in places if place not in found.values()]
        if free:
            found[what] = free[0]
    return found


def _heading(headings: Sequence[str], place: int) -> str:
    return headings[place] if place < len(headings) else str(place + 1)


def _plain(heading: str) -> str:
    return re.sub(r"[\s_.\-]+", "", unicodedata.normalize("NFKC", heading).casefold())


def _identifier(text: str, path: Path, line: int) -> str:
    if not text or safe(text) != text:
        message = _('{text!r} is no id: it must hold a letter or digit, and no / \\ : * ? " < > |')
        raise AuthoringError(message.format(text=text), path, line)
    return text


def _both_ways(first: str, last: str) -> tuple[str, ...]:
    """Return the ways in which people write a name that stands in two columns."""
    if not (first and last):
        return ()
    joined = f"{first} {last}", f"{last} {first}", f"{last}, {first}", f"{last}{first}"
    return joined if first.isascii() and last.isascii() else joined[::-1]
