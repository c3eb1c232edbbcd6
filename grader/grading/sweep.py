"""Fetches the repositories of a class, collects what was there at the due date, and grades it.

The checks stay here: nothing runs in a learner's repository, and nobody who can edit one can read
them. A repository that cannot be fetched stops no other.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.course.slots import slot_of
from grader.errors import GraderError, SubmissionError, UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.submission.collect import Collection, collect
from grader.submission.csv_table import Row, read_table
from grader.submission.git_repository import Commit, GitRepository
from grader.submission.labels import Person
from grader.submission.layouts import Layout
from grader.submission.register import NamingRules, Register
from grader.submission.roster import FILE, naming_rules

from .score import submissions_of

#: where fetched repositories are kept, in the course
FOLDER = "repositories"
#: how what was read lies before it is collected: whose, when, and the learner's own path
_LAYOUT = Layout("Git", r"(?P<learner>[^/]+)/(?P<date>[^/]+)/(?P<file>.+)")


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of repositories.

    Attributes:
        name: as the list says it: a learner's, or a group's.

        learners: whose work it holds.
    """

    name: str
    learners: tuple[str, ...]
    repository: str
    branch: str
    path: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of one repository.

    Attributes:
        commit: the commit that counts; None if it was not fetched, or has none.

        fault: why nothing was collected; empty if it was.

        notes: what an instructor should know.
    """

    listed: Listed
    commit: Commit | None = None
    fault: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Sweep:
    """What became of all of them."""

    swept: list[Swept] = field(default_factory=list)
    collection: Collection | None = None

    @property
    def learners(self) -> tuple[str, ...]:
        """Those whose work was collected."""
        done = (one.listed.learners for one in self.swept if not one.fault)
        return tuple(sorted({learner for learners in done for learner in learners}))


def read_repositories(
    course: Course, source: Path | None, only: Iterable[str] = ()
) -> list[Listed]:
    """Return the repositories in the table *source*, or in the roster.

    Its columns are ``learner`` (in a roster ``id``) and ``repository``, and if need be ``branch``
    and ``path``, a folder in the repository.

    Args:
        only: addresses, or the ends of some (``school/hw1-ada``); empty means all.

    Raises:
        AuthoringError: a line is wrong, with file and line.

        UsageError: there is no list, or *only* names a repository that is not in it.
    """
    path = source or course.root / FILE
    if not path.is_file():
        text = _("There is no {path}. List the repositories in a table: learner,repository")
        raise UsageError(text.format(path=path))
    register = naming_rules(course.root).register
    rows = read_table(path, ("repository",), ("learner", "id", "repository"))
    lines: dict[str, int] = {}
    found = []
    for row in rows:
        if row["repository"] or source:
            found.append(_listed(row, register))
            line = lines.setdefault(row["repository"], row.line)
            if line != row.line:
                text = _("a second row for {what}, which line {line} has already; remove one")
                raise row.fault(text.format(what=row["repository"], line=line))
    if not found:
        text = _("{path} lists no repository; write one in the column repository.")
        raise UsageError(text.format(path=path))
    asked = list(only)
    chosen = [one for one in found if not asked or any(_is(one, name) for name in asked)]
    for name in asked:
        if not any(_is(one, name) for one in chosen):
            text = _("{name} is not in {path}, so it is not fetched.")
            raise UsageError(text.format(name=name, path=path))
    return chosen


def sweep(
    course: Course,
    assignment: Assignment,
    repositories: Sequence[Listed],
    late: bool = False,
    progress: Callable[[str], None] = lambda name: None,
) -> Sweep:
    """Fetch *repositories* and collect what counts in each.

    That is the newest commit that was made before the due date, or the newest at all if there is no
    due date, or none was made before.

    Args:
        late: take the newest at all, which the course's rules then judge.

        progress: called with the name of each.
    """
    done, now = Sweep(), datetime.now(UTC)
    # copies of others' work are no part of a course that is kept in git
    write_whole(course.root / FOLDER / ".gitignore", b"*\n")
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        for one in repositories:
            progress(one.name)
            try:
                done.swept.append(_taken(course, assignment, one, late, now, Path(folder)))
            except (GraderError, OSError) as error:
                done.swept.append(Swept(one, fault=str(error)))
        if done.learners:
            register = naming_rules(course.root).register
            rules = NamingRules(register, _LAYOUT)
            slot = slot_of(course, assignment)
            store = submissions_of(course)
            done.collection = collect(Path(folder), assignment.name, store, rules, slot=slot)
            _refused(done)
    return done


def _taken(
    course: Course, assignment: Assignment, one: Listed, late: bool, now: datetime, folder: Path
) -> Swept:
    """Fetch a repository, and write what counts in it below *folder*."""
    key = hashlib.sha256(one.repository.encode()).hexdigest()[:12]
    owner = one.name if len(one.learners) > 1 else one.learners[0]
    home = course.root / FOLDER / owner / key
    repository = GitRepository(one.repository, home.absolute())
    repository.fetch(now)
    dates = [course.deadlines.due_for(learner, assignment.name) for learner in one.learners]
    due = None if None in dates else max(date for date in dates if date is not None)
    commit = repository.commit(one.branch, None if late else due)
    notes = []
    if commit is None:
        commit = repository.commit(one.branch)
        notes.append(_("no commit was made before the due date; the newest counts"))
    if commit is None:
        raise SubmissionError(_("the repository is empty"))
    if due is not None and commit.made <= due < commit.seen:
        text = _(
            "the date of the commit, {made}, is from the learner's machine; it was first seen "
            "at {seen}, after the due date"
        )
        notes.append(text.format(made=commit.made.isoformat(), seen=commit.seen.isoformat()))
    files, left = repository.files(commit, one.path)
    if not files:
        text = _("there is no file in {place}")
        raise SubmissionError(text.format(place=one.path or one.repository))
    # whose it is stands in the list, so the name of the folder is sure
    place = folder / one.name / commit.made.strftime("%Y-%m-%dT%H%M%S+0000")
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Swept(one, commit, notes=(*notes, *left))


def _refused(done: Sweep) -> None:
    """Note what could not be collected at the repository it is from."""
    assert done.collection is not None
    reasons = {r.origin.split("/")[0]: r.reason for r in done.collection.refused}
    taken = {t.learner for t in (*done.collection.taken, *done.collection.unchanged)}
    for number, one in enumerate(done.swept):
        if not one.fault and not taken & set(one.listed.learners):
            fault = reasons.get(one.listed.name, _("nothing in it was collected"))
            done.swept[number] = replace(one, fault=fault)


def _listed(row: Row, register: Register) -> Listed:
    name = row["learner"] or row["id"]
    if not row["repository"]:
        raise row.fault(_("the repository is missing; write its address"))
    if not name:
        raise row.fault(_("the learner is missing; write an id, or the name of a group"))
    try:
        learners = register.identify(Person(name, (name,)))
    except SubmissionError as error:
        text = _("{reason} Correct the name, or add it to the roster")
        raise row.fault(text.format(reason=error)) from None
    if "/" in name or name in (".", ".."):
        raise row.fault(_("{name} is no name of a folder").format(name=name))
    return Listed(name, learners, row["repository"], row["branch"], row["path"])


def _is(one: Listed, name: str) -> bool:
    """Whether *name* is the address of a repository, or the end of it."""
    plain = one.repository.removesuffix("/").removesuffix(".git")
    return bool(name) and f"/{plain}".replace(":", "/").endswith(f"/{name.removesuffix('.git')}")
