"""Whose hand-in it is: the learner's identifier, read off file and folder names.

The rule, first match first:

1. **Canvas** ``name[_LATE]_userid_attachmentid_file``: *name-userid*. All attachments of a
   learner are one hand-in.
2. **Moodle** ``Full Name_123456_assignsubmission_file``, a folder or the start of a file name:
   *Full Name-123456*.
3. **nbgrader** ``ada+softmax_regression+2026-11-20 10:00:00 UTC``, a folder of its exchange: *ada*.
   Folders of other assignments are passed over.
4. **A folder** per learner: the folder's name, as in nbgrader's ``student/assignment/file``.
5. **A file** per learner: its name without suffix (``.ipynb.txt`` is one, too), without a copy
   mark at the end (``(1)``, ``- Copy``, ``_copy``, ``副本`` …) and without the assignment's name
   before or after a ``_``, ``-``, ``.``, space or their Chinese kin, or beside brackets. So
   ``ada_softmax_regression (1).ipynb``, ``softmax_regression-ada.py`` and
   ``softmax_regression（ada）.py`` are all *ada*'s.

Identifiers are in Unicode's NFC form and keep their case. Whatever a path may not hold on Linux
or Windows becomes ``_``. A name that leaves nothing, or only the assignment's, names nobody.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from ..errors import SubmissionError
from ..language import _

_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?:(?P<late>LATE)_)?(?P<id>\d+|anon_[A-Za-z0-9]+)_\d+_(?P<file>.+)", re.S
)
_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_[a-z]+_?(?P<file>.*)", re.S)
_EXCHANGE = re.compile(
    r"(?P<learner>[^+]+)\+(?P<assignment>[^+]+)\+"
    r"(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) [^+]+(?:\+[^+]*)?",
    re.S,
)
_COPY = re.compile(
    r"(?:[\s_-]*[(（]\d+[)）]|[\s_-]+copy[\s_]*\d*|[\s_-]*的?副本[\s_]*\d*)$", re.IGNORECASE
)
_SUFFIX = re.compile(r"(?:(?P<suffix>\.(?:py|ipynb|zip))(?:\.(?:txt|json))?)+$", re.IGNORECASE)
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|$))", re.I
)
#: what stands between a learner's name and the assignment's, if one of them is not in brackets
_BETWEEN = "[-_. \uff0d\uff3f\u2013\u2014\u00b7\u3000]"
_BRACKETED = r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]"
_UNSAFE = frozenset('/\\:*?"<>|')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Name:
    """What a name says.

    Attributes:
        learner: the identifier, safe as a folder's name.

        file: the file's own name, if the platform put the learner's before it.

        late: whether the platform marked it as late.
    """

    learner: str
    file: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What the name of a folder in nbgrader's exchange says.

    Attributes:
        when: it was handed in, in seconds since 1970 as the exchange's clock has it.
    """

    learner: str
    assignment: str
    when: float


def exchanged(name: str) -> Exchanged | None:
    """Return what the folder *name* of nbgrader's exchange says; None for any other."""
    found = _EXCHANGE.fullmatch(name)
    if found is None:
        return None
    try:
        when = datetime.fromisoformat(found["when"]).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
    return Exchanged(found["learner"], found["assignment"], when)


def of_file(name: str, assignment: str) -> Name:
    """Return what the file *name* says; raises SubmissionError if it names no learner."""
    uploaded = _CANVAS.fullmatch(name) or _MOODLE.fullmatch(name)
    # A platform puts the learner first, so a leading assignment name is the learner's own doing.
    if uploaded and uploaded["file"] and not _leads(assignment, name):
        learner = _learner(f"{uploaded['name'].strip()}-{uploaded['id']}")
        late = bool(uploaded.groupdict().get("late"))
        return Name(learner, _uploaded(uploaded["file"], assignment), late)
    suffix = _SUFFIX.search(name)
    stem = _without_copy_mark(_SUFFIX.sub("", name))
    stem = _without_copy_mark(_without_assignment(stem, assignment))
    if not stem or is_assignment(stem, assignment):
        raise SubmissionError(
            _("whose it is cannot be seen; name the file <learner>{suffix}.").format(
                suffix=suffix["suffix"].lower() if suffix else ".py"
            )
        )
    return Name(_learner(stem))


def of_folder(name: str, assignment: str) -> Name:
    """Return what the folder *name* says; raises SubmissionError if it names no learner."""
    if found := _MOODLE.fullmatch(name):
        return Name(_learner(f"{found['name'].strip()}-{found['id']}"))
    if from_exchange := exchanged(name):
        return Name(_learner(from_exchange.learner))
    if is_assignment(name, assignment):
        raise SubmissionError(_("whose it is cannot be seen; name the folder after the learner."))
    return Name(_learner(name))


def is_platform(name: str) -> bool:
    """Whether Canvas, Moodle or nbgrader's exchange made *name*."""
    return bool(_CANVAS.fullmatch(name) or _MOODLE.fullmatch(name) or exchanged(name))


def is_assignment(name: str, assignment: str) -> bool:
    """Whether *name* is that of the assignment, whatever joins its words."""
    return bool(re.fullmatch(_joined(assignment), name.strip(), re.IGNORECASE))


def is_copy_of(stem: str, assignment: str) -> bool:
    """Whether *stem* is the assignment's name, but for a copy mark and what joins its words."""
    return is_assignment(_without_copy_mark(stem), assignment)


def holds_name_of(stem: str, assignment: str) -> bool:
    """Whether the assignment's name stands in *stem* as words of their own."""
    words = rf"(?<![A-Za-z0-9]){_joined(assignment)}(?![A-Za-z0-9])"
    return bool(re.search(words, stem, re.IGNORECASE))


def safe(text: str) -> str:
    """Return *text* as one part of a path that any system accepts; empty if nothing is left.

    Applying it twice changes nothing more.
    """
    text = unicodedata.normalize("NFC", text).strip()
    text = "".join("_" if _is_unsafe(character) else character for character in text)
    text = re.sub(r"^\.+|[.\s]+$", lambda match: "_" * len(match.group()), text)
    if is_device(text):
        text = "_" + text
    return text if any(character.isalnum() for character in text) else ""


def is_device(name: str) -> bool:
    """Whether Windows takes *name* for a device, such as ``NUL`` or ``con.txt``."""
    return bool(_RESERVED.match(name))


def shown(name: str) -> str:
    """Return *name* safe to print: no control characters, no undecodable bytes."""
    return "".join("\ufffd" if _is_invisible(character) else character for character in name)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE


def _is_unsafe(character: str) -> bool:
    return character in _UNSAFE or _is_invisible(character)


def _learner(text: str) -> str:
    learner = safe(text)
    if not learner:
        raise SubmissionError(_("its name holds no letter or digit; name it after the learner."))
    if len(learner.encode()) > _LONGEST:
        raise SubmissionError(_("its name is too long; shorten it to the learner's name."))
    return learner


def _without_copy_mark(stem: str) -> str:
    while (shorter := _COPY.sub("", stem)) != stem:
        stem = shorter
    return stem.strip()


def _without_assignment(stem: str, assignment: str) -> str:
    body = _joined(assignment)
    beside = (
        *(rf"{_BRACKETED}{_BETWEEN}*{body}", rf"{body}{_BETWEEN}*{_BRACKETED}"),
        *(rf"(.*?){_BETWEEN}+{body}", rf"{body}{_BETWEEN}+(.*)"),
    )
    found = (re.fullmatch(pattern, stem, re.IGNORECASE | re.DOTALL) for pattern in beside)
    return next((match[1] for match in found if match), stem)


def _leads(assignment: str, name: str) -> bool:
    return bool(re.match(rf"{_joined(assignment)}[-_. ]", name, re.IGNORECASE))


def _joined(assignment: str) -> str:
    return "[-_. ]".join(re.escape(word) for word in re.split("[-_. ]", assignment))


def _uploaded(file: str, assignment: str) -> str:
    """Return *file* without the number that Canvas adds when it is uploaded again."""
    found = re.fullmatch(r"(.+)-\d+(\.\w+)", file, re.DOTALL)
    return found[1] + found[2] if found and is_assignment(found[1], assignment) else file
