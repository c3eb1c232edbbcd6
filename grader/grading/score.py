"""Scores a class: every learner's latest version, in parallel, and only what changed."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

import msgspec

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.course.slots import slot_of
from grader.errors import UsageError
from grader.exercise import Assignment, Submission
from grader.language import _
from grader.outcome import Result
from grader.report.class_summary import missing_libraries
from grader.report.grades_csv import to_csv
from grader.report.markdown import to_markdown
from grader.report.moved_points import Move, moves
from grader.sandbox.isolation import STRONGEST
from grader.sandbox.zygote import Zygote
from grader.scoring.disk_space import not_written, room_for_results
from grader.scoring.executor import EndedJob, grade_all
from grader.scoring.plan import Job
from grader.scoring.results import Results, course_fingerprint, submission_fingerprint
from grader.submission.framework import libraries
from grader.submission.metadata import Metadata, notes_on
from grader.submission.register import Register
from grader.submission.roster import naming_rules
from grader.submission.store import Store, Version, require_intact

from .lateness import with_lateness
from .overrides import applied, read_overrides, require_known
from .secret_seed import secret_seed
from .setup import Grading, Unread, plan_for, read_or_note, submission_of, warmed_up

#: called for each learner with the number done, the total, and the result
Progress = Callable[[int, int, Result], None]


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """Options for scoring a class.

    Attributes:
        jobs: number of grading processes.

        learners: only these; empty means all.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

        reseed: draw a new secret seed for hidden checks.
    """

    jobs: int = 1
    learners: tuple[str, ...] = ()
    device: str = "cpu"
    level: str = STRONGEST
    reseed: bool = False


@dataclass
class Scored:
    """The result of a scoring run.

    Attributes:
        results: the results of all requested learners, sorted by learner.

        graded: how many of them were graded now; the others had not changed.

        lost: learners without a result, and the error on our side.

        moved: whose points are others than in the last report on the same work.
    """

    results: list[Result] = field(default_factory=list)
    graded: int = 0
    lost: dict[str, str] = field(default_factory=dict)
    grades: Path | None = None
    moved: list[Move] = field(default_factory=list)


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
    register = naming_rules(course.root).register
    with room_for_results(course.root / "results", len(learners)):
        return _ClassScoring(course, assignment, options, register, progress).run(learners)


def _learners(course: Course, assignment: Assignment, options: ScoreOptions) -> list[str]:
    everyone = submissions_of(course).learners(assignment.name)
    if not everyone:
        text = _("Nothing has been collected for {name}. Run: gradproof collect {name} --from PATH")
        raise UsageError(text.format(name=assignment.name))
    unknown = [learner for learner in options.learners if learner not in everyone]
    if unknown:
        text = _("{learner} has not submitted {name}.")
        raise UsageError(text.format(learner=", ".join(unknown), name=assignment.name))
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
        register: Register,
        progress: Progress,
    ) -> None:
        self._course = course
        self._assignment = assignment
        self._options = options
        self._register = register
        self._progress = progress
        secret = secret_seed(course, options.reseed)
        self._plan = plan_for(course, assignment, options.device, secret=secret)
        self._results = Results(course.root / "results", assignment.name)
        self._scored = Scored()
        self._fingerprints: dict[str, str] = {}
        self._metadata: dict[str, Metadata] = {}
        self._before: dict[str, Result] = {}
        self._overrides = read_overrides(course.root)
        there = submissions_of(course).learners(assignment.name)
        require_known(self._overrides, assignment, course.root, there, register)
        self._total = 0

    def run(self, learners: Sequence[str]) -> Scored:
        """Grade what changed, and write everything."""
        self._total = len(learners)
        handed_in = self._read(learners)
        wanted = libraries(map(submission_of, handed_in.values()))
        options = self._options
        with warmed_up(
            self._course, self._assignment, wanted, options.device, options.level
        ) as warm:
            changed = self._changed(handed_in, warm.zygote)
            if changed:
                processes = min(options.jobs, len(changed))
                with warm.grading(self._plan, processes) as ready:
                    self._grade(changed, ready)
        self._scored.results.sort(key=lambda result: result.learner)
        now = {result.learner: result for result in self._scored.results}
        both = sorted(self._before.keys() & now.keys())
        self._scored.moved = moves((self._before[who], now[who]) for who in both)
        self._write_grades()
        return self._scored

    def _read(self, learners: Sequence[str]) -> dict[str, Submission | Unread]:
        """Read every learner's latest version; continue if one cannot be read."""
        handed_in: dict[str, Submission | Unread] = {}
        store = submissions_of(self._course)
        slot = slot_of(self._course, self._assignment)
        for learner in learners:
            try:
                version = store.latest(self._assignment.name, learner)
                if version is not None:
                    require_intact(version)
                    self._metadata[learner] = version.metadata
                    read = read_or_note(
                        *(version.main, self._assignment, version.name, version.digest),
                        slot=slot,
                    )
                    newest = store.newest(self._assignment.name, learner)
                    if newest and newest.sequence > version.sequence:
                        read = _noted(read, newest)
                    handed_in[learner] = read
            except (UsageError, OSError) as error:
                # Not the learner's fault: damaged or removed after it was collected.
                self._scored.lost[learner] = str(error)
        return handed_in

    def _changed(
        self, handed_in: Mapping[str, Submission | Unread], zygote: Zygote
    ) -> dict[str, Submission | Unread]:
        """Return the submissions without a grade, or with one that is out of date."""
        sources = [self._course.reference(self._assignment)]
        sources += self._course.mistakes_files(self._assignment)
        sources += self._course.helper_files(self._assignment)
        whole = course_fingerprint(self._plan, sources, zygote.isolation)
        changed: dict[str, Submission | Unread] = {}
        for learner, read in handed_in.items():
            fingerprint = submission_fingerprint(whole, submission_of(read))
            known = self._results.read(learner)
            if known is not None:
                self._before[learner] = known[0]
            same = known is not None and known[1] == fingerprint and known[0].final
            if known is not None and same and not _installed_since(known[0]):
                self._fingerprints[learner] = fingerprint
                self._scored.results.append(self._again(known[0]))
            else:
                self._fingerprints[learner] = fingerprint
                changed[learner] = read
        return changed

    def _grade(self, changed: Mapping[str, Submission | Unread], ready: Grading) -> None:
        jobs = [Job(name, read) for name, read in changed.items() if isinstance(read, Submission)]
        parts = [part for job in jobs for part in job.submission.parts]
        for framework in sorted({part.framework for part in parts}):
            ready.runner.warm(ready.reference.as_student(framework))
        for learner, read in changed.items():
            if isinstance(read, Unread):
                self._keep(ready.grade_unread(learner, read))
        busy = attrgetter("machine_busy")
        for ended in grade_all(jobs, ready.zygotes, ready.grade, again=busy):
            self._end(ended)

    def _end(self, ended: EndedJob[Job, Result]) -> None:
        if ended.result is None:
            self._scored.lost[ended.job.learner] = ended.error
        else:
            self._keep(ended.result)

    def _keep(self, graded: Result) -> None:
        said = notes_on(self._metadata[graded.learner])
        result = replace(graded, notes=(*graded.notes, *said))
        result = self._adjusted(result)
        self._write(result)
        self._scored.results.append(result)
        self._scored.graded += 1
        self._progress(len(self._scored.results), self._total, result)

    def _adjusted(self, graded: Result) -> Result:
        """Return *graded* with overrides, and with what lateness costs."""
        result = applied(graded, self._assignment, self._overrides)
        return with_lateness(result, self._metadata[graded.learner], self._course.deadlines)

    def _again(self, known: Result) -> Result:
        """Return the report *known*, written again if an override or a date has changed since."""
        result = self._adjusted(known)
        if result != known:
            self._write(result)
        return result

    def _write(self, result: Result) -> None:
        titles = {exercise.name: exercise.title for exercise in self._assignment.exercises}
        markdown = to_markdown(result, titles, self._assignment.title)
        with not_written(self._results.path(result.learner).parent, _kept()):
            self._results.write(result, self._fingerprints[result.learner], markdown)

    def _write_grades(self) -> None:
        """Write ``grades.csv`` for all learners with a report, including those not requested now.

        Learners whose grade was lost are left out: an older report may be about older work.
        """
        mine = {result.learner: result for result in self._scored.results}
        for learner in submissions_of(self._course).learners(self._assignment.name):
            known = self._results.read(learner)
            if known is not None and learner not in mine and learner not in self._scored.lost:
                mine[learner] = known[0]
        self._scored.grades = self._results.directory / "grades.csv"
        content = to_csv(mine.values(), self._assignment, self._known(mine), self._missing())
        with not_written(self._scored.grades, _kept()):
            write_whole(self._scored.grades, content)

    def _known(self, learners: Iterable[str]) -> dict[str, Metadata]:
        """Return the metadata of the latest submissions of *learners*."""
        store = submissions_of(self._course)
        for learner in learners:
            # Damaged submissions have no grade; this is reported elsewhere.
            with suppress(UsageError):
                if learner not in self._metadata:
                    version = store.latest(self._assignment.name, learner)
                    if version is not None:
                        self._metadata[learner] = version.metadata
        return {
            learner: self._with_roster(learner, said) for learner, said in self._metadata.items()
        }

    def _missing(self) -> dict[str, Metadata]:
        """Return the learners in the roster who have not submitted."""
        there = submissions_of(self._course).learners(self._assignment.name)
        missing = self._register.missing(there)
        return {learner: self._with_roster(learner, Metadata()) for learner in missing}

    def _with_roster(self, learner: str, said: Metadata) -> Metadata:
        name, section = self._register.about(learner)
        return msgspec.structs.replace(
            said, name=name or said.name, section=section or said.section
        )


def _installed_since(result: Result) -> bool:
    """Whether a library that the learner's code lacked can be imported by now."""
    return any(map(importlib.util.find_spec, missing_libraries([result])))


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
