"""Scores a class: every learner's latest version, in parallel, and only what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from grader import language
from grader.course.catalogue import Course
from grader.course.slots import slot_of
from grader.errors import UsageError
from grader.exercise import Assignment, Submission
from grader.language import _, listed
from grader.outcome import Isolation, Result
from grader.report.markdown import to_markdown
from grader.report.moved_points import Move, moves
from grader.sandbox.isolation import STRONGEST
from grader.scoring.disk_space import not_written, room_for_results
from grader.scoring.executor import EndedJob, grade_all
from grader.scoring.plan import Job
from grader.scoring.results import Results
from grader.submission.framework import libraries
from grader.submission.metadata import notes_on
from grader.submission.roster import naming_rules
from grader.submission.slot import Slot
from grader.submission.store import Store, Version, require_intact

from .attempts import best, eligible
from .class_grades import FILE, write_grades
from .cluster import cluster_at
from .course_bundle import bundle_of
from .grading_process import Settings, UnreadWork
from .grounds import KnownGrounds, grounds_of
from .kept import Keeper, Kept, Report, Why
from .on_cluster import OnCluster
from .policies import Policies
from .secret_seed import known_seed, secret_seed
from .setup import Grading, Unread, plan_for, read_or_note, submission_of, warmed_up

#: called for each learner with the number done, the total, and the result
Progress = Callable[[int, int, Result], None]
#: a learner, and the digest of a version
_Key = tuple[str, str]
_HandedIn = dict[_Key, Submission | Unread]
#: what is to be graded, and what is kept of its last report
_Changed = dict[_Key, tuple[Submission | Unread, Kept]]
_J = TypeVar("_J")

#: whether a result is worth a second try
_BUSY = attrgetter("machine_busy")


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """Options for scoring a class.

    Attributes:
        jobs: number of grading processes.

        learners: only these; empty means all.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

        reseed: draw a new secret seed for hidden checks.

        dry_run: grade, and write nothing.

        cluster: the address of a cluster to grade on, or ``slurm``; empty for this machine.
    """

    jobs: int = 1
    learners: tuple[str, ...] = ()
    device: str = "cpu"
    level: str = STRONGEST
    reseed: bool = False
    dry_run: bool = False
    cluster: str = ""


@dataclass
class Scored:
    """The result of a scoring run.

    Attributes:
        results: the results of all requested learners, sorted by learner.

        graded: how many learners had something graded now; the others had not changed.

        lost: learners without a result, and the error on our side.

        moved: whose points are others than in the last report on the same work.

        before: the last reports, by learner.

        why: the reasons for what was graded now, by learner and exercise.
    """

    results: list[Result] = field(default_factory=list)
    graded: int = 0
    lost: dict[str, str] = field(default_factory=dict)
    grades: Path | None = None
    moved: list[Move] = field(default_factory=list)
    before: dict[str, Result] = field(default_factory=dict)
    why: dict[str, Why] = field(default_factory=dict)


def submissions_of(course: Course) -> Store:
    """Return the store of collected submissions."""
    return Store(course.root / "submissions")


def score(
    course: Course,
    assignment: Assignment,
    options: ScoreOptions,
    progress: Progress = lambda done, total, result: None,
) -> Scored:
    """Score *assignment* for the class, and write reports and ``grades.csv``.

    Raises:
        UsageError: nothing was collected, a requested learner has not submitted, or another
            learner's report has an older format; nothing was graded.

        AuthoringError: the course or its roster is broken; nothing was graded.

        InternalError: the isolation here is weaker than the course asks for, or there is no space
            for results; nothing was graded. Or the disk fills up; finished grades are kept.
    """
    learners = _learners(course, assignment, options)
    if options.dry_run:
        return _ClassScoring(course, assignment, options, progress).run(learners)
    with room_for_results(course.root / "results", len(learners)):
        return _ClassScoring(course, assignment, options, progress).run(learners)


def _learners(course: Course, assignment: Assignment, options: ScoreOptions) -> list[str]:
    everyone = submissions_of(course).learners(assignment.name)
    if not everyone:
        text = _("Nothing has been collected for {name}. Run: gradproof collect {name} --from PATH")
        raise UsageError(text.format(name=assignment.name))
    unknown = [learner for learner in options.learners if learner not in everyone]
    if unknown:
        text = _("{learner} has not submitted {name}.")
        raise UsageError(text.format(learner=listed(unknown), name=assignment.name))
    asked = list(options.learners) or everyone
    # The reports of all other learners go to grades.csv unchanged.
    others = (learner for learner in everyone if learner not in asked)
    Results(course.root / "results", assignment.name).require_current(others)
    return asked


class _ClassScoring:
    def __init__(
        self,
        course: Course,
        assignment: Assignment,
        options: ScoreOptions,
        progress: Progress,
    ) -> None:
        self._course = course
        self._assignment = assignment
        self._options = options
        self._register = naming_rules(course.root).register
        self._progress = progress
        self._store = submissions_of(course)
        there = self._store.learners(assignment.name)
        self._policies = Policies(course, assignment, self._store, self._register, there)
        secret = known_seed(course) if options.dry_run else secret_seed(course, options.reseed)
        self._plan = plan_for(course, assignment, options.device, secret=secret)
        self._results = Results(course.root / "results", assignment.name)
        self._scored = Scored()
        #: by learner: the versions one of which counts, and results by their digests
        self._versions: dict[str, list[Version]] = {}
        self._found: dict[str, dict[str, Result]] = defaultdict(dict)
        self._fingerprints: dict[_Key, str] = {}
        self._graded: set[str] = set()
        #: the last reports, with their fingerprints
        self._last: dict[str, Report] = {}

    def run(self, learners: Sequence[str]) -> Scored:
        """Grade what changed, and write everything."""
        handed_in = self._read(learners)
        wanted = libraries(map(submission_of, handed_in.values()))
        grade = self._grade_on_cluster if self._options.cluster else self._grade_here
        grade(handed_in, wanted)
        self._scored.results.sort(key=lambda result: result.learner)
        now = {result.learner: result for result in self._scored.results}
        before = {who: known[0] for who, known in sorted(self._last.items()) if who in now}
        self._scored.before = before
        self._scored.moved = moves((one, now[who]) for who, one in before.items())
        if not self._options.dry_run:
            with not_written(self._results.directory / FILE, _kept()):
                self._scored.grades = write_grades(
                    *(self._course, self._assignment, self._store, self._register),
                    *(self._scored.results, self._scored.lost),
                )
        return self._scored

    def _grade_here(self, handed_in: _HandedIn, wanted: Collection[str]) -> None:
        options = self._options
        with warmed_up(
            self._course, self._assignment, wanted, options.device, options.level
        ) as warm:
            changed = self._changed(handed_in, warm.zygote.isolation)
            if changed:
                processes = min(options.jobs, len(changed))
                only = frozenset(name for _read, kept in changed.values() for name in kept.why)
                with warm.grading(self._plan, processes, only) as ready:
                    self._grade(changed, ready, only)

    def _grade_on_cluster(self, handed_in: _HandedIn, wanted: Collection[str]) -> None:
        options = self._options
        facts = self._plan.secret, options.device, options.level, language.current()
        settings = Settings(self._assignment.name, tuple(sorted(wanted)), *facts)
        with cluster_at(options.cluster, options.jobs) as client:
            cluster = OnCluster(client, bundle_of(self._course, self._assignment), settings)
            works: dict[_Key, Job | UnreadWork] = {
                key: UnreadWork(key[0], read)
                if isinstance(read, Unread)
                else _job(key[0], read, kept)
                for key, (read, kept) in self._changed(handed_in, cluster.isolation).items()
            }
            self._keep_all(works, cluster.graded(list(works.values()), again=_BUSY))

    def _read(self, learners: Sequence[str]) -> _HandedIn:
        """Read what counts, or may count, of every learner; continue if it cannot be read."""
        handed_in: _HandedIn = {}
        slot = slot_of(self._course, self._assignment)
        for learner in learners:
            try:
                versions = eligible(self._course, self._store, self._assignment, learner)
                found = {(learner, one.digest): self._read_version(one, slot) for one in versions}
            except (UsageError, OSError) as error:
                # Not the learner's fault: damaged or removed after it was collected.
                self._scored.lost[learner] = str(error)
                continue
            if versions:
                newest = self._store.newest(self._assignment.name, learner)
                if newest and newest.blank and newest.sequence > versions[-1].sequence:
                    last = learner, versions[-1].digest
                    found[last] = _noted(found[last], newest)
                self._versions[learner] = versions
                handed_in.update(found)
        return handed_in

    def _read_version(self, version: Version, slot: Slot) -> Submission | Unread:
        require_intact(version)
        place = version.main, self._assignment, version.name, version.digest
        return read_or_note(*place, slot=slot)

    def _changed(self, handed_in: _HandedIn, isolation: Isolation) -> _Changed:
        """Return the submissions without a grade, or with one that is out of date.

        The others are settled.
        """
        grounds = grounds_of(self._course, self._assignment, self._plan, isolation)
        known_grounds = KnownGrounds(self._results.directory)
        keeper = Keeper(self._plan, grounds, known_grounds)
        reports = {learner: self._results.read(learner) for learner in self._versions}
        self._last = {learner: known for learner, known in reports.items() if known is not None}
        changed: _Changed = {}
        for key, read in handed_in.items():
            submission = submission_of(read)
            self._fingerprints[key] = keeper.fingerprint(submission)
            kept = self._counting(key, submission, keeper)
            if kept.result is not None and not kept.why:
                self._found[key[0]][key[1]] = kept.result
            else:
                changed[key] = read, kept
                self._scored.why.setdefault(key[0], {}).update(kept.why)
        if not self._options.dry_run:
            with not_written(self._results.directory, _kept()):
                known_grounds.add(grounds)
        for learner in self._versions:
            self._settle(learner)
        return changed

    def _counting(self, key: _Key, submission: Submission, keeper: Keeper) -> Kept:
        """Return what counts of a version's report: the learner's last one, or the attempt's."""
        kept = keeper.of(self._last.get(key[0]), submission)
        if kept.why and (attempt := self._results.read_attempt(*key)):
            kept = min(kept, keeper.of(attempt, submission), key=lambda one: len(one.why))
        return kept

    def _grade(self, changed: _Changed, ready: Grading, only: frozenset[str]) -> None:
        jobs = {
            key: _job(key[0], read, kept)
            for key, (read, kept) in changed.items()
            if isinstance(read, Submission)
        }
        parts = [part for job in jobs.values() for part in job.submission.parts]
        for framework in sorted({part.framework for part in parts}):
            ready.runner.warm(ready.reference.as_student(framework), only)
        for key, (read, _counts) in changed.items():
            if isinstance(read, Unread):
                self._keep(key, ready.grade_unread(key[0], read))
        ended = grade_all(list(jobs.values()), ready.zygotes, ready.grade, again=_BUSY)
        self._keep_all(jobs, ended)

    def _keep_all(self, jobs: Mapping[_Key, _J], ended: Iterable[EndedJob[_J, Result]]) -> None:
        """Keep results as they come."""
        keys = {id(job): key for key, job in jobs.items()}
        for one in ended:
            key = keys[id(one.job)]
            if one.result is None:
                self._scored.lost[key[0]] = one.error
            else:
                self._keep(key, one.result)

    def _keep(self, key: _Key, graded: Result) -> None:
        learner, digest = key
        versions = self._versions[learner]
        said = notes_on(next(v.metadata for v in reversed(versions) if v.digest == digest))
        result = replace(graded, notes=(*graded.notes, *said))
        self._found[learner][digest] = result
        if len(versions) > 1 and not self._options.dry_run:
            with not_written(self._results.path(learner).parent, _kept()):
                self._results.write_attempt(result, digest, self._fingerprints[key])
        self._graded.add(learner)
        self._scored.graded = len(self._graded)
        self._settle(learner)

    def _settle(self, learner: str) -> None:
        """Choose what counts of *learner*, once everything that may count is graded."""
        versions, found = self._versions[learner], self._found[learner]
        if not all(version.digest in found for version in versions):
            return
        adjusted = [self._policies.adjusted(found[one.digest], one) for one in versions]
        place = best(adjusted)
        result, digest = adjusted[place], versions[place].digest
        fingerprint = self._fingerprints[learner, digest]
        if self._last.get(learner) != (result, fingerprint):
            self._write(result, fingerprint)
        self._scored.results.append(result)
        self._progress(len(self._scored.results), len(self._versions), result)

    def _write(self, result: Result, fingerprint: str) -> None:
        if self._options.dry_run:
            return
        titles = self._assignment.titles
        markdown = to_markdown(result, titles, self._assignment.title)
        with not_written(self._results.path(result.learner).parent, _kept()):
            self._results.write(result, fingerprint, markdown)


def _job(learner: str, submission: Submission, kept: Kept) -> Job:
    return Job(learner, submission, frozenset(kept.why), kept=kept.exercises)


def _noted(read: Submission | Unread, blank: Version) -> Submission | Unread:
    """Return *read*, with a note on a later version in which nothing is written."""
    if isinstance(read, Unread):
        return read
    text = _("Nothing is written in a later submission, {name}; it does not replace this one.")
    return replace(read, notes=(*read.notes, text.format(name=blank.name)))


def _kept() -> str:
    """Return the sentence on what is kept when a full disk stops a run."""
    return _(
        "Existing files are unchanged, and finished grades are kept. Fix the problem and run "
        "again to continue."
    )
