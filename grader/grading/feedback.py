"""Feedback: what each learner may see of the last report, with the wrong calls of public checks.

Only public checks run again, so that nothing of a hidden one can be in a page. Hidden checks run
only to say in another language what the report says of them: without values, as in every report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment, Submission
from grader.language import _, listed
from grader.outcome import Result
from grader.report.evidence import Evidence
from grader.report.learner_page import LearnerPage, ShownExercise, for_learner
from grader.sandbox.isolation import STRONGEST
from grader.sandbox.zygote import Zygote
from grader.scoring.ended_check import EndedCheck
from grader.scoring.executor import grade_all
from grader.scoring.plan import Job
from grader.scoring.results import Results
from grader.submission.framework import libraries
from grader.submission.store import Version

from .handed_in import code_of, evidence_in, used_by
from .replay import stored_submission
from .retold import in_another_language, retold
from .secret_seed import known_seed
from .sentences import sentences_of
from .setup import Grading, Unread, plan_for, warmed_up

#: a check, as reports name it
_Name = tuple[str, str]
_NOTHING: Mapping[_Name, Evidence] = {}


@dataclass
class Feedback:
    """Pages for learners.

    Attributes:
        pages: in the order of the learners.

        lost: learners without a page, and why.
    """

    pages: list[LearnerPage] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """A report, and the submission that it is about."""

    report: Result
    version: Version
    read: Submission | Unread


@dataclass(frozen=True, slots=True)
class _Seen:
    """What running checks again has shown.

    Attributes:
        result: with other texts, if they were asked for.
    """

    evidence: Mapping[_Name, Evidence]
    result: Result | None = None


def feedback(
    course: Course,
    assignment: Assignment,
    learners: Sequence[str] = (),
    jobs: int = 1,
    level: str = STRONGEST,
    progress: Callable[[int, int, str], None] = lambda done, total, who: None,
) -> Feedback:
    """Return a page for each learner with a report, in the language of the run.

    Args:
        learners: only these; empty means all.

        jobs: number of processes.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

        progress: called with the number run again, their total, and the learner.

    Raises:
        UsageError: nothing is scored, or a requested learner has no report.

        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """
    found = Feedback()
    known = _known(course, assignment, learners, found)
    foreign = in_another_language(course, assignment, [one.report for one in known.values()])
    again = [job for who, one in known.items() if (job := _job(one, who in foreign))]
    seen = _run_again(course, assignment, again, foreign, (jobs, level), progress) if again else {}
    told = sentences_of(course, assignment)
    titles = assignment.titles
    for learner, one in known.items():
        run = seen.get(learner, _Seen(_NOTHING))
        report = one.report if learner not in foreign else retold(one.report, run.result, told)
        exercises = tuple(
            ShownExercise(
                *(part, titles.get(part.exercise), code_of(one.read, part.exercise)),
                used=used_by(one.read, part.exercise, [e.exercise for e in report.exercises]),
            )
            for part in report.exercises
        )
        page = LearnerPage(
            *(report, assignment.title, one.version.name, one.version.collected),
            *(exercises, _of_same_outcome(run, report), titles),
        )
        found.pages.append(for_learner(page))
    return found


def _known(
    course: Course, assignment: Assignment, learners: Sequence[str], found: Feedback
) -> dict[str, _Known]:
    """Return the reports by learner, with their submissions; note those that are lost."""
    results = Results(course.root / "results", assignment.name)
    scored = sorted(path.parent.name for path in results.directory.glob("*/report.json"))
    asked = list(learners) or scored
    if not scored:
        text = _("There are no readable results for {name}. Run: gradproof score {name}")
        raise UsageError(text.format(name=assignment.name))
    if unknown := [learner for learner in asked if learner not in scored]:
        text = _("There is no report of {learner}. Score first, or look at the spelling.")
        raise UsageError(text.format(learner=listed(unknown)))
    results.require_current(asked)
    known = {}
    for learner in asked:
        report = results.read(learner)
        if report is None or report[0].assignment != assignment.name:
            found.lost[learner] = _("the report cannot be read; score again")
            continue
        try:
            version, read = stored_submission(course, assignment, report[0])
        except UsageError as error:
            found.lost[learner] = str(error)
            continue
        known[learner] = _Known(report[0], version, read)
    return known


def _job(known: _Known, is_foreign: bool) -> Job | None:
    """Return what must run again: exercises whose public checks have something to show."""
    if not isinstance(known.read, Submission):
        return None
    lost = frozenset(
        check.exercise
        for one in known.report.exercises
        if not one.done
        for check in one.checks
        if is_foreign or not check.hidden
    )
    return Job(known.report.learner, known.read, lost) if lost else None


def _run_again(
    course: Course,
    assignment: Assignment,
    again: Sequence[Job],
    foreign: frozenset[str],
    how: tuple[int, str],
    progress: Callable[[int, int, str], None],
) -> dict[str, _Seen]:
    """Run the exercises of *again*; return what was seen, by learner.

    Args:
        foreign: the learners whose reports are in another language.

        how: number of processes, and isolation.
    """
    processes, level = how
    plan = plan_for(course, assignment, public_only=not foreign, secret=known_seed(course))
    wanted = libraries(job.submission for job in again)
    only = frozenset(name for job in again for name in job.exercises or ())
    seen: dict[str, _Seen] = {}
    with (
        warmed_up(course, assignment, wanted, level=level) as warm,
        warm.grading(plan, min(processes, len(again)), only) as ready,
    ):
        look = partial(_look, ready, foreign)
        for number, ended in enumerate(grade_all(again, ready.zygotes, look), 1):
            if ended.result is not None:
                seen[ended.job.learner] = ended.result
            progress(number, len(again), ended.job.learner)
    return seen


def _look(ready: Grading, foreign: frozenset[str], job: Job, zygote: Zygote) -> _Seen:
    """Run one job; return the first wrong call of each public check."""
    found: dict[_Name, Evidence] = {}

    def note(ended: Sequence[EndedCheck]) -> None:
        for one in ended:
            if one.lost and not one.check.hidden:
                evidence = evidence_in(one, ready.reference)
                if evidence is not None:
                    found[one.check.exercise, one.check.name] = evidence

    if job.learner not in foreign:
        ready.runner.grade(job, zygote, observe=note)
        return _Seen(found)
    explain = ready.diagnosis.hints
    result = ready.runner.grade(job, zygote, observe=note, explain=explain, follow=True)
    return _Seen(found, result)


def _of_same_outcome(seen: _Seen, report: Result) -> dict[_Name, Evidence]:
    """Return the evidence of public checks that did not pass in the report, either."""
    lost = {(check.exercise, check.name) for check in report.checks if not check.hidden}
    return {name: one for name, one in seen.evidence.items() if name in lost}
