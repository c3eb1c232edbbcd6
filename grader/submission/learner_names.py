"""Find the learner of a submission from a file or folder name that no platform has made.

A file and a folder are read in the same way, so unpacking an archive changes no name:

1. The extension is removed (also ``.ipynb.txt``).
2. Copy marks (``(1)``, ``- Copy``, ``Copy of``, ``副本`` …) are removed, and from the end the
   number of an attempt (``_v2``, ``-attempt3``, ``第2次`` …) and a date (``2026-11-20``). These two
   order the versions of one learner.
3. The assignment's name is removed if it is separated by ``_``, ``-``, ``.``, a space, their
   Chinese equivalents, or brackets. So ``ada_softmax_regression (1).ipynb``,
   ``softmax_regression-ada.py`` and ``softmax_regression（ada）.py`` all belong to *ada*.
4. The name of a part (``_part1``, ``_q2``, ``第1部分`` …) is removed. Parts of one learner that lie
   side by side are one submission. What a number alone behind the assignment's name means
   (``ada_softmax_regression_1.py``) is asked if there are several.

Identifiers are normalised to Unicode NFC and keep their case. Characters that paths on Linux or
Windows cannot contain become ``_``. A name is refused if nothing is left, or only the assignment's
name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ..errors import SubmissionError
from ..language import _

_COPY = re.compile(
    r"(?:[\s_-]*[(（]\d+[)）]|[\s_-]+copy[\s_]*\d*|[\s_-]*的?副本[\s_]*\d*)$"
    # Colab puts it first, in the language of the learner's account
    r"|^(?:copy(?: \(\d+\))? of|kopie v[ao]n|copie de|c[oó]pia d[eio])\s+",
    re.IGNORECASE,
)
_ATTEMPT = re.compile(
    r"[\s_-]+(?:v|version|attempt|try)[\s_-]?(?P<attempt>\d{1,3})$|[\s_-]*第(?P<di>\d{1,3})次(?:提交)?$",
    re.IGNORECASE,
)
_DATED = re.compile(r"[\s_-]+(?P<date>20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))$")
_SUFFIX = re.compile(
    r"(?:(?P<suffix>\.(?:py|ipynb|zip|tar|tgz|tar\.gz))(?:\.(?:txt|json))?)+$", re.IGNORECASE
)
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|$))", re.I
)
#: separators between a learner's name and the assignment's name
_BETWEEN = "[-_. \uff0d\uff3f\u2013\u2014\u00b7\u3000]"
_BRACKETED = r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]"
_COUNT = "[一二三四五六七八九十\\d]{1,3}"
#: what tells the parts of one work apart
_PART = (
    r"(?:part|teil|partie|parte|question|exercise|exercice|task|problem|aufgabe)"
    rf"(?:{_BETWEEN}?\d{{1,2}}|{_BETWEEN}(?:[a-h]|[ivx]{{1,4}}))"
    rf"|(?:pt|ex|q){_BETWEEN}?\d{{1,2}}"
    rf"|第{_COUNT}(?:个?部分|道?题|小题|问)|(?:部分|习题|题目?|问题|任务|练习){_BETWEEN}?{_COUNT}"
)
_OPEN, _CLOSE = r"[(（\[【]", r"[)）\]】]"
_LAST_PART = re.compile(
    rf"(?:^|{_BETWEEN}+|{_BETWEEN}*{_OPEN}|(?=[第部习题问任练]))(?P<part>{_PART}){_CLOSE}?$", re.I
)
_FIRST_PART = re.compile(rf"^{_OPEN}?(?P<part>{_PART})(?:$|{_BETWEEN}+|{_CLOSE}{_BETWEEN}*)", re.I)
_UNSAFE = frozenset('/\\:*?"<>|')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Name:
    """The information in a file or folder name.

    Attributes:
        learner: the identifier, safe as a folder's name.

        attempt: the number of the attempt, from 1; 0 if there is none.

        submitted: the date, as ISO 8601; may be empty.

        part: what tells it from other parts of the same work; may be empty.

        number: a number behind the assignment's name, which may be that of a part, an attempt or
            another learner of this name; may be empty.
    """

    learner: str
    attempt: int = 0
    submitted: str = ""
    part: str = ""
    number: str = ""


def of_file(name: str, assignment: str) -> Name:
    """Parse the *name* of a file; raises SubmissionError if it names no learner."""
    found = _read(name, assignment)
    if found is None:
        suffix = _SUFFIX.search(name)
        raise SubmissionError(
            _("cannot tell whose submission this is; name the file <learner>{suffix}.").format(
                suffix=suffix["suffix"].lower() if suffix else ".py"
            )
        )
    return found


def of_folder(name: str, assignment: str) -> Name:
    """Parse the *name* of a folder; raises SubmissionError if it names no learner."""
    found = _read(name, assignment)
    if found is None:
        raise SubmissionError(
            _("cannot tell whose submission this is; name the folder after the learner.")
        )
    return found


def without_ending(name: str) -> str:
    """Return *name* without what tells that it is code or an archive."""
    return _SUFFIX.sub("", name)


def is_assignment(name: str, assignment: str) -> bool:
    """Whether *name* is the assignment's name, with any separators between its words."""
    return bool(re.fullmatch(spelled(assignment), name.strip(), re.IGNORECASE))


def is_copy_of(stem: str, assignment: str) -> bool:
    """Whether *stem* is the assignment's name, apart from a copy mark and separators."""
    return is_assignment(_without_marks(stem)[0], assignment)


def holds_name_of(stem: str, assignment: str) -> bool:
    """Whether *stem* contains the assignment's name as separate words."""
    words = rf"(?<![A-Za-z0-9]){spelled(assignment)}(?![A-Za-z0-9])"
    return bool(re.search(words, stem, re.IGNORECASE))


def safe(text: str) -> str:
    """Return *text* as a file name that any system accepts; empty if nothing is left.

    The function is idempotent.
    """
    text = unicodedata.normalize("NFC", text).strip()
    text = "".join("_" if _is_unsafe(character) else character for character in text)
    text = re.sub(r"^\.+|[.\s]+$", lambda match: "_" * len(match.group()), text)
    if is_device(text):
        text = "_" + text
    return text if any(character.isalnum() for character in text) else ""


def is_device(name: str) -> bool:
    """Whether *name* is a device on Windows, such as ``NUL`` or ``con.txt``."""
    return bool(_RESERVED.match(name))


def has_no_place_on_windows(name: str) -> bool:
    """Whether no file of Windows can have this *name*, such as ``10:30.csv``."""
    return name[-1:] in (".", " ") or any(c in _UNSAFE or c < " " for c in name)


def shown(name: str) -> str:
    """Return *name* without control characters and undecodable bytes, for printing."""
    return "".join("\ufffd" if _is_invisible(character) else character for character in name)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE


def _is_unsafe(character: str) -> bool:
    return character in _UNSAFE or _is_invisible(character)


def identifier(text: str) -> str:
    """Return *text* as an identifier; raises SubmissionError if it cannot be one."""
    learner = safe(text)
    if not learner:
        raise SubmissionError(_("its name contains no letter or digit; name it after the learner."))
    if len(learner.encode()) > _LONGEST:
        raise SubmissionError(_("its name is too long; shorten it to the learner's name."))
    return learner


def part_alone(name: str, assignment: str) -> str:
    """Return the part that *name* tells if it names nobody; else nothing."""
    stem, _attempt, _submitted, part = _parted(name, assignment)
    return part if not stem or is_assignment(stem, assignment) else ""


def _read(name: str, assignment: str) -> Name | None:
    stem, attempt, submitted, part = _parted(name, assignment)
    if not stem or is_assignment(stem, assignment):
        return None
    number = ""
    if not part and (found := _numbered(assignment).fullmatch(stem)):
        stem, number = found["learner"], found["number"]
    return Name(identifier(stem), attempt, submitted, part, number)


def _parted(name: str, assignment: str) -> tuple[str, int, str, str]:
    """Return *name* without all that is not the learner's, and the attempt, the date, the part.

    What stands further out counts first; the assignment's own name may look like a part.
    """
    stem, attempt, submitted, part = _SUFFIX.sub("", name), 0, "", ""
    is_named, before = False, ""
    while stem != before:
        before = stem
        stem, an_attempt, a_date = _without_marks(stem)
        attempt, submitted = attempt or an_attempt, submitted or a_date
        if is_assignment(stem, assignment):
            break
        rest = stem if is_named else _without_assignment(stem, assignment)
        is_named |= rest != stem
        if (
            rest == stem
            and not part
            and (found := _LAST_PART.search(stem) or _FIRST_PART.search(stem))
        ):
            part, rest = found["part"], stem[: found.start()] + stem[found.end() :]
        stem = rest
    return stem, attempt, submitted, part


@cache
def _numbered(assignment: str) -> re.Pattern[str]:
    """Return the form of a learner's name, the assignment's and a number."""
    between = f"{_BETWEEN}+" if assignment[-1:].isdigit() else f"{_BETWEEN}*"
    return re.compile(
        rf"(?P<learner>.*?){_BETWEEN}+{spelled(assignment)}{between}(?P<number>\d{{1,2}})",
        re.IGNORECASE | re.DOTALL,
    )


def _without_marks(stem: str) -> tuple[str, int, str]:
    """Return *stem* without what stands for a version at its end, the attempt and the date."""
    attempt, submitted = 0, ""
    while found := _COPY.search(stem) or _ATTEMPT.search(stem) or _DATED.search(stem):
        groups = found.groupdict()
        attempt = int(groups.get("attempt") or groups.get("di") or attempt)
        submitted = groups.get("date") or submitted
        # Colab's “ada.ipynb”的副本
        stem = _SUFFIX.sub("", (stem[: found.start()] + stem[found.end() :]).strip("“” "))
    return stem.strip(), attempt, submitted


def _without_assignment(stem: str, assignment: str) -> str:
    body = spelled(assignment)
    beside = (
        *(rf"{_BRACKETED}{_BETWEEN}*{body}", rf"{body}{_BETWEEN}*{_BRACKETED}"),
        *(rf"(.*?){_BETWEEN}+{body}", rf"{body}{_BETWEEN}+(.*)"),
    )
    found = (re.fullmatch(pattern, stem, re.IGNORECASE | re.DOTALL) for pattern in beside)
    return next((match[1] for match in found if match), stem)


def spelled(assignment: str) -> str:
    """Return a regular expression for the assignment's name, whatever joins its words."""
    return "[-_. ]".join(re.escape(word) for word in re.split("[-_. ]", assignment))
