"""How platforms name what they hand over: one table, a few lines for each.

A row's pattern is a regular expression for a whole path, from the top of what is collected. Its
named groups say what the parts mean:

- ``learner`` a login, ``id`` the platform's number, ``name`` the learner's name;
- ``file`` the learner's own path; what stands before it is the platform's;
- ``attempt`` a count, ``date`` when it was submitted, ``late`` there if it was late;
- ``assignment`` if others' paths are to be passed over; ``title`` the platform's own name for it;
- ``attachment`` the platform's number for the file.

``{assignment}`` in a pattern stands for the assignment's name, whatever joins its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from ..errors import UsageError
from ..language import _
from .learner_names import spelled

_DATE = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"


@dataclass(frozen=True, slots=True)
class Layout:
    """How one platform names files.

    Attributes:
        learner: the identifier, made of groups.

        known_by: groups by which a roster may know the learner. A number that means something
            else in every assignment is not among them.

        extras: what the platform adds for the instructor; passed over.

        loose: whether others use such names, too, so that it counts only where every path has
            the form, or the platform shows in other paths.

        holds: what must lie in a learner's folder.

        index: a file beside the folders that says whose they are.

        team: whether the name is a team's, whose members only a roster knows.

        alone: whether two files of one attempt are two attempts, and no attachments.

        own_name: whether learners named their files themselves, so that the rest of the name may
            say more.
    """

    platform: str
    pattern: str
    learner: str = "{learner}"
    known_by: tuple[str, ...] = ("learner",)
    extras: str = ""
    loose: bool = False
    holds: str = ""
    index: str = ""
    team: bool = False
    alone: bool = False
    own_name: bool = False


_CANVAS = (
    r"_(?:(?P<late>LATE)_)?(?P<id>\d+|anon_[A-Za-z0-9]+)_"
    r"(?=\d+_.|(?:text|link)\.html$)(?:(?P<attachment>\d+)_)?(?P<file>.+)"
)
# a student's number, which is no date
_NUMBER = r"(?<!\d)(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))\d{6,14}(?!\d)"
# the first two to four characters between others, but for what people add to a name
_HAN = r"[\u4e00-\u9fff\u00b7]"
_CHINESE_NAME = (
    rf"(?:(?=(?:[^/]*?[^/\u4e00-\u9fff\u00b7])??"
    rf"(?P<name>(?!作业|实验|报告|最终|修改|补交|副本|第){_HAN}{{2,4}})(?!{_HAN}))|)"
)

#: The first row that fits a path decides.
LAYOUTS = (
    Layout(
        "nbgrader",  # its exchange; on Windows the colons are gone
        rf"(?P<learner>[^+/]+)\+(?P<assignment>[^+/]+)\+(?P<date>{_DATE} \d\d[:_]\d\d[:_]\d\d"
        r"(?:\.\d+)?) [^+/]+(?:\+[^+/]*)?/(?P<file>.+)",
    ),
    Layout(
        "Moodle",
        r"(?P<name>[^/]+)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_?/|_)(?P<file>.+)",
        learner="{name}-{id}",
        known_by=("name",),
    ),
    Layout(
        "Blackboard",
        r"(?P<title>[^/]+)_(?P<learner>[^_/]+)_attempt_(?P<date>\d{4}(?:-\d\d){5})"
        r"(?:_(?P<file>.+)|\.txt)",
    ),
    Layout(
        "Brightspace",
        r"(?P<id>\d+)-\d+ - (?P<name>[^/]+?) - "
        r"(?P<date>[^/]*?\d{4}[^/]*? \d{3,4}(?: ?[AP]M)?)(?:/| - )(?P<file>.+)",
        learner="{name}-{id}",
        known_by=("id", "name"),
        extras=r"index\.html",
    ),
    Layout(
        "Gradescope",
        r"(?P<id>submission_\d+)/(?P<file>.+)",
        learner="{id}",
        extras=r"submission_metadata\.yml",
        index="submission_metadata.yml",
    ),
    Layout(
        "Autolab",
        r"(?P<learner>[^@/]+@[A-Za-z0-9.-]+)_(?P<attempt>\d+)_(?P<file>.+)",
    ),
    Layout(
        "Sakai",
        r"(?P<name>[^/]+)\((?P<learner>[^()/]+)\)[/_]Submission attachment\(s\)[/_](?P<file>.+)",
        known_by=("learner", "name"),
        extras=r"grades\.(?:csv|xlsx?)|[^/]+\([^()/]+\)/(?:timestamp\.txt|comments\.txt"
        r"|[^/]*submissionText\.html|feedbackText\.html|Feedback Attachment\(s\)/.+)",
    ),
    Layout(
        "Classroom 50",
        r"[^/]+-{assignment}-(?P<learner>[A-Za-z0-9][A-Za-z0-9-]*)/(?P<file>.+)",
        extras=r"scores\.csv|results?\.json",
        holds=".github",
    ),
    Layout(
        "GitHub Classroom",
        r"{assignment}-(?P<learner>[A-Za-z0-9][A-Za-z0-9-]*)/(?P<file>.+)",
        holds=".github",
    ),
    Layout("Canvas", rf"(?P<name>[^_/]*){_CANVAS}", "{name}-{id}", ("id", "name")),
    Layout("Canvas", rf"(?P<name>[^/]*?){_CANVAS}", "{name}-{id}", ("id", "name"), loose=True),
    Layout("ILIAS", r"(?P<learner>Team \d+)/(?P<file>.+)", team=True),
    Layout(
        "ILIAS",
        r"(?P<name>[^/_]+_[^/]+)_(?P<learner>[^/_]+)_(?P<id>\d{2,})/"
        r"(?:(?P<late>(?i:late submission|versp(?:ä|ae|a)tete abgabe)) - )?(?P<file>.+)",
        known_by=("learner", "id"),
        loose=True,
    ),
    Layout(
        "",  # 学号-姓名-作业名 in any order: the number is who it is
        rf"(?=[^/]*[\u4e00-\u9fff])(?![^/]*{_NUMBER}[^/]*?{_NUMBER}){_CHINESE_NAME}"
        rf"[^/]*?(?P<learner>(?:(?<![A-Za-z])[A-Za-z]{{1,3}})?{_NUMBER})[^/]*(?:/.+)?",
        known_by=("learner", "name"),
        own_name=True,
    ),
)

#: what is wrapped around a class, never a learner
WRAPPERS = r"assignment_\d+_export|{assignment}[-_ ]submissions|.+_submissions_\d{4}_.+"
#: folders that part a class
SECTION = (
    r"(?i:section|sec|tutorial|tut|discussion|recitation|seminar|lab|class|übung)"
    r"[-_ .]*(?:[A-Za-z]?\d{1,3}[A-Za-z]?|[A-Za-z])"
    # 3班, A班, 计科2301班, 软件工程1班, but nobody's 张三3班
    r"|第?[一二三四五六七八九十\d]{1,3}班|[A-Za-z]\d?班"
    r"|[\u4e00-\u9fff]{2,8}\d{3,4}班|[\u4e00-\u9fff]{4,8}\d{0,2}班"
)

_NBGRADER = {
    **{"student_id": "learner", "file_id": "file", "timestamp": "date"},
    **{"assignment_id": "assignment", "first_name": "name"},
}
#: besides ISO 8601
_DATES = (
    *("%Y-%m-%d-%H-%M-%S", "%Y-%m-%d %H_%M_%S"),
    *(
        f"{day} {time}"
        for day in ("%b %d, %Y", "%B %d, %Y", "%d %B %Y")
        for time in ("%I%M %p", "%H%M")
    ),
)


def reading(layout: Layout, path: str, assignment: str) -> Mapping[str, str] | None:
    """Return what the groups of *layout* read in *path*; None if it does not have the form."""
    found = _compiled(layout.pattern, assignment).fullmatch(path)
    if found is None:
        return None
    read = {key: value for key, value in found.groupdict().items() if value is not None}
    groups = {key: value if key == "file" else value.strip() for key, value in read.items()}
    if layout.alone and "file" not in groups:
        after = path[found.end("learner") :]
        groups["file"] = after.partition("/")[2] or path.rpartition("/")[2]
    # These put a name first, so that of the assignment there is the learner's own doing.
    led = re.match(rf"{spelled(assignment)}[-_. ]", path, re.IGNORECASE)
    return None if led and groups.keys() >= {"id", "name"} else groups


def layout_of(pattern: str) -> Layout:
    """Return the layout that an instructor's *pattern* describes.

    Groups may be called as nbgrader calls them. Raises UsageError.
    """
    for theirs, ours in _NBGRADER.items():
        pattern = pattern.replace(f"(?P<{theirs}>", f"(?P<{ours}>")
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        text = _("--pattern is no regular expression: {reason}.")
        raise UsageError(text.format(reason=error)) from None
    if "learner" not in groups:
        raise UsageError(_("--pattern needs a group (?P<learner>…)."))
    return Layout("", pattern, known_by=("learner", "id", "name"), alone="file" not in groups)


def is_extra(layout: Layout, path: str, assignment: str) -> bool:
    """Whether the platform of *layout* adds *path* for the instructor."""
    return bool(layout.extras and _compiled(layout.extras, assignment).fullmatch(path))


def is_wrapper(name: str, assignment: str) -> bool:
    """Whether a platform wraps a folder of this *name* around a class."""
    return bool(_compiled(WRAPPERS, assignment).fullmatch(name))


def is_section(name: str) -> bool:
    """Whether *name* is that of a part of a class."""
    return bool(re.fullmatch(SECTION, name))


def when(text: str) -> datetime | None:
    """Return the date that a platform writes as *text*; None if it is none that we know."""
    # 957 AM: without a zero before it, 111 could be taken for 11:01
    text = re.sub(r" (\d)(\d\d)( ?[AP]M)?$", r" 0\1\2\3", text.strip())
    for form in _DATES:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@cache
def _compiled(pattern: str, assignment: str) -> re.Pattern[str]:
    text = pattern.replace("{assignment}", f"(?i:{spelled(assignment)})")
    return re.compile(text, re.DOTALL)
