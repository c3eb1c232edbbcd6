"""One learner's work as an assistant explains it: the code, what went wrong in it, and why."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.course.catalogue import Course
from grader.course.slots import slot_of
from grader.course.source import statement
from grader.errors import UsageError
from grader.exercise import Assignment, Submission
from grader.language import _, current, listed
from grader.outcome import CheckResult, Result
from grader.report.evidence import Evidence
from grader.report.learner_page import Change, Code, LearnerPage, ShownExercise, Stated
from grader.sandbox.isolation import STRONGEST
from grader.scoring.ended_check import EndedCheck
from grader.scoring.plan import Job
from grader.scoring.results import Results
from grader.scoring.verdict import Verdict
from grader.submission.framework import libraries
from grader.submission.slot import Slot
from grader.submission.store import Version

from .handed_in import code_of, evidence_in, used_by
from .replay import stored_submission
from .retold import in_another_language, retold
from .score import submissions_of
from .secret_seed import known_seed
from .sentences import sentences_of
from .setup import Unread, grading, read_or_note

#: the latest earlier versions of an exercise whose changes are shown
_MOST_CHANGES = 3


@dataclass(slots=True)
class _Seen:
    """What running checks again has shown.

    Attributes:
        evidence: the first wrong call of each check.

        verdicts: how each ended that did not pass.

        result: if the report is in another language than the run's.
    """

    evidence: dict[tuple[str, str], Evidence] = field(default_factory=dict)
    verdicts: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    result: Result | None = None


def show(course: Course, learner: str, asked: str = "", level: str = STRONGEST) -> LearnerPage:
    """Return what staff may see of the last report of *learner*: also hidden inputs and values.

    The checks that did not pass run again, on the submission as it was graded.

    Args:
        asked: an exercise, or an assignment; empty for the learner's only report.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

    Raises:
        UsageError: there is no such report or exercise, or the submission is gone.

        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """
    assignment, exercise = _asked(course, learner, asked)
    report = _report(course, assignment, learner)
    report = report.only([exercise]) if exercise else report
    version, read = stored_submission(course, assignment, report)
    seen = _Seen()
    foreign = bool(in_another_language(course, assignment, [report]))
    if isinstance(read, Submission):
        seen = _seen_again(course, assignment, report, read, level, foreign)
    if foreign:
        report = retold(report, seen.result, sentences_of(course, assignment))
    report = _with_values(report, seen.verdicts)
    slot = slot_of(course, assignment)
    every = reversed(submissions_of(course).versions(assignment.name, learner))
    older = [one for one in every if one.sequence < version.sequence]
    earlier = [(one, _read(assignment, one, slot)) for one in older]
    titles = assignment.titles
    statements = _statements(course, assignment, report.framework)
    shown = []
    for result in report.exercises:
        code = code_of(read, result.exercise)
        changes = _changes(code, [(one, code_of(old, result.exercise)) for one, old in earlier])
        used = used_by(read, result.exercise, [one.exercise for one in report.exercises])
        title = titles.get(result.exercise)
        stated = statements.get(result.exercise)
        shown.append(ShownExercise(result, title, code, changes, used, stated))
    return LearnerPage(
        report,
        assignment.title,
        version.name,
        version.collected,
        tuple(shown),
        seen.evidence,
        titles,
    )


def _asked(course: Course, learner: str, asked: str) -> tuple[Assignment, str]:
    """Return the assignment, and the exercise if one was asked for."""
    for assignment in course.assignments:
        if asked == assignment.name:
            return assignment, ""
    if asked:
        return course.assignment_with(asked), asked
    results = course.root / "results"
    graded = [one for one in course.assignments if Results(results, one.name).read(learner)]
    if len(graded) == 1:
        return graded[0], ""
    if not graded:
        raise _no_report(results.glob("*/*/report.json"), learner)
    text = _("{learner} has several reports; name one: {assignments}.")
    known = listed(one.name for one in graded)
    raise UsageError(text.format(learner=learner, assignments=known))


def _statements(course: Course, assignment: Assignment, framework: str) -> dict[str, Stated]:
    """Return the statements as learners read them who work in *framework*, by exercise."""
    cells = course.source(assignment, framework if framework in assignment.frameworks else "")
    file = course.reference(assignment).relative_to(course.root).as_posix()
    found = {one.name: statement(cells, one.name, current()) for one in assignment.exercises}
    return {name: Stated(cell.text, f"{file}:{cell.line}") for name, cell in found.items()}


def _report(course: Course, assignment: Assignment, learner: str) -> Result:
    results = Results(course.root / "results", assignment.name)
    known = results.read(learner)
    if known is not None:
        return known[0]
    raise _no_report(results.directory.glob("*/report.json"), learner)


def _no_report(reports: Iterable[Path], learner: str) -> UsageError:
    """Return the error for a learner who has none of the *reports*, with the nearest names."""
    near = difflib.get_close_matches(learner, {path.parent.name for path in reports})
    text = _("There is no report of {learner}. Score first, or look at the spelling.")
    if near:
        text = _("There is no report of {learner}. Did you mean {near}?")
    return UsageError(text.format(learner=learner, near=listed(near)))


def _with_values(report: Result, verdicts: Mapping[tuple[str, str], Verdict]) -> Result:
    """Return *report* with the messages of hidden checks in full, which name values."""

    def in_full(check: CheckResult) -> CheckResult:
        verdict = verdicts.get((check.exercise, check.name))
        if verdict is None or not check.hidden or not check.message.startswith(verdict.headline):
            return check
        return replace(check, message=verdict.message + check.message[len(verdict.headline) :])

    exercises = tuple(
        replace(one, checks=tuple(map(in_full, one.checks))) for one in report.exercises
    )
    return replace(report, exercises=exercises)


def _seen_again(
    course: Course,
    assignment: Assignment,
    report: Result,
    submission: Submission,
    level: str,
    foreign: bool,
) -> _Seen:
    """Run the exercises that lost points again; with hints if the report is *foreign*."""
    seen = _Seen()
    lost = frozenset(one.exercise for one in report.exercises if not one.done)
    if not lost:
        return seen
    secret, needed = known_seed(course), libraries([submission])
    with grading(course, assignment, needed, secret=secret, level=level, only=lost) as ready:

        def look(ended: Sequence[EndedCheck]) -> None:
            for one in filter(lambda one: one.lost, ended):
                name = one.check.exercise, one.check.name
                seen.verdicts[name] = one.verdict
                evidence = evidence_in(one, ready.reference)
                if evidence is not None:
                    seen.evidence[name] = evidence

        job = Job(report.learner, submission, lost)
        if foreign:
            explain = ready.diagnosis.hints
            seen.result = ready.runner.grade(
                job, ready.zygote, observe=look, explain=explain, follow=True
            )
        else:
            ready.runner.grade(job, ready.zygote, observe=look)
    return seen


def _read(assignment: Assignment, version: Version, slot: Slot) -> Submission | Unread:
    return read_or_note(version.main, assignment, version.name, version.digest, slot=slot)


def _changes(
    code: Code | None, earlier: Sequence[tuple[Version, Code | None]]
) -> tuple[Change, ...]:
    """Return how *code* came about, the latest change first; versions that differ in nothing count
    as one.
    """
    changes: list[Change] = []
    newer = code.lines if code else ()
    for version, old in earlier:
        lines = old.lines if old else ()
        if lines != newer:
            diff = list(difflib.unified_diff(lines, newer, lineterm="", n=1))[2:]
            changes.append(Change(version.name, version.collected, tuple(diff)))
        newer = lines
    return tuple(changes[:_MOST_CHANGES])
