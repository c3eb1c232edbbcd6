"""Repeats one check on one submission, and shows the wrong call as a script."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.atomic_write import write_all
from grader.checks.plugin import Check
from grader.course.catalogue import Course
from grader.course.slots import slot_of
from grader.errors import InternalError, SubmissionError, UsageError
from grader.exercise import Assignment, Submission
from grader.language import _, listed
from grader.outcome import NOT_LOST, CheckResult, Outcome, Result
from grader.report.json_report import from_json
from grader.report.outcome_text import outcome_word
from grader.report.replay_script import CODE, DATA, SCRIPT, Script, script
from grader.sandbox.isolation import STRONGEST
from grader.sandbox.judged_call import Call, leading_to
from grader.scoring.check_runner import CheckRunner
from grader.scoring.compared_calls import Right, by_reference, judged_calls
from grader.scoring.devices import PARITY
from grader.scoring.ended_check import EndedCheck
from grader.scoring.plan import Job
from grader.submission.framework import libraries
from grader.submission.store import Version
from grader.worker.loader import Source
from grader.worker.slicing import needed

from .score import submissions_of
from .secret_seed import known_seed
from .setup import Unread, grading, read_or_note, submission_of


@dataclass(frozen=True, slots=True)
class Replayed:
    """The result of a replay.

    Attributes:
        script: the script that makes the call and compares its answer.

        code: the part of the submission that the script calls.

        warning: what is missing from the isolation; empty if nothing is.
    """

    script: Script
    code: str
    warning: str = ""

    def write(self, folder: Path) -> None:
        """Write the script, the code that it calls and the arrays that it reads to *folder*.

        Only the owner may read them: they may contain inputs of hidden checks.
        """
        files = {SCRIPT: self.script.text.encode(), CODE: self.code.encode()}
        if self.script.arrays:
            files[DATA] = self.script.data
        else:
            (folder / DATA).unlink(missing_ok=True)
        write_all({folder / name: content for name, content in files.items()}, private=True)


def replay_report(
    course: Course, path: Path, asked: str, number: int | None = None, level: str = STRONGEST
) -> Replayed:
    """Repeat the check *asked* of the report at *path*, on the report's submission.

    Args:
        asked: ``exercise/test_name``, or ``test_name`` if only one exercise has it, or
            ``exercise`` for its first check that did not pass.

        number: the call to show, counted from 1; None for the first wrong one, else the last.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

    Raises:
        UsageError: there is no such report, check or call, or the submission is gone.

        SubmissionError: the submission cannot be read, so its functions were never called.

        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """
    report = _read_report(path)
    assignment = course.assignment(report.assignment)
    # The comparison of devices is not a function that can be run again.
    run = [c for c in report.checks if c.name != PARITY]
    found = find_checks([(c.exercise, c.name) for c in run], asked)
    candidates = [c for c in run if (c.exercise, c.name) in found]
    known = next((c for c in candidates if c.outcome not in NOT_LOST), candidates[-1])
    exercise, name = known.exercise, known.name
    version, submission = _stored(course, assignment, report)
    exercises = frozenset([exercise])
    with grading(
        course,
        assignment,
        libraries([submission]),
        secret=known_seed(course),
        level=level,
        only=exercises,
    ) as ready:
        runner, wanted = narrowed(ready.runner, exercise, [name])
        observer = CallObserver(wanted, partial(by_reference, ready.reference))
        job = Job(report.learner, submission, exercises)
        runner.grade(job, ready.zygote, observe=observer)
    text = _("{check}, learner {learner}, seed {seed}")
    seed = observer.ended.seed
    about = text.format(check=f"{exercise}/{name}", learner=report.learner, seed=seed)
    code = _("their code: {path}").format(path=version.main.relative_to(course.root))
    remarks = [about, code, *_since(known, observer.ended), *_hidden(wanted[0])]
    replayed = shown_call(observer, submission.holding(exercise), number, remarks)
    return replace(replayed, warning=ready.isolation.warning)


def find_checks(checks: Sequence[tuple[str, str]], asked: str) -> list[tuple[str, str]]:
    """Return exercise and name of the check *asked*; all checks of an exercise if it is one's name.

    Raises:
        UsageError: there is none, or several exercises have one; lists names to choose from.
    """
    whole = [(exercise, name) for exercise, name in checks if exercise == asked]
    if whole:
        return whole
    found = [(exercise, name) for exercise, name in checks if asked in (name, f"{exercise}/{name}")]
    if len(found) == 1:
        return found
    if found:
        text = _("Several exercises have a check {name}: {names}.")
        near = [f"{exercise}/{name}" for exercise, name in found]
        raise UsageError(text.format(name=asked, names=listed(near)))
    every = {f"{exercise}/{name}": f"{exercise}/{name}" for exercise, name in checks}
    short = {name: f"{exercise}/{name}" for exercise, name in checks}
    spelt = difflib.get_close_matches(asked, [*every, *short], 3)
    near = list(dict.fromkeys({**short, **every}[name] for name in spelt)) or [*every][:5]
    text = _("There is no check {name}; choose from {near}.")
    raise UsageError(text.format(name=asked, near=listed(near)))


def _read_report(path: Path) -> Result:
    try:
        return from_json(path.read_bytes())[0]
    except (OSError, InternalError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(_("{file}: {reason}").format(file=path, reason=reason)) from None


def _stored(course: Course, assignment: Assignment, report: Result) -> tuple[Version, Submission]:
    version, read = stored_submission(course, assignment, report)
    if isinstance(read, Unread):
        raise SubmissionError(read.reason)
    return version, read


def stored_submission(
    course: Course, assignment: Assignment, report: Result
) -> tuple[Version, Submission | Unread]:
    """Return the stored submission that *report* is about; raises UsageError if it is gone."""
    slot = slot_of(course, assignment)
    for version in reversed(submissions_of(course).versions(assignment.name, report.learner)):
        read = read_or_note(
            *(version.main, assignment, version.name, version.digest, report.framework),
            slot=slot,
        )
        if submission_of(read).digest == report.digest:
            return version, read
    text = _(
        "{folder} does not contain the submission {name} of {learner} as it was graded: it was "
        "changed, removed or never collected. Collect it again, or grade the current one: "
        "gradproof score {assignment} --learner {learner}"
    )
    folder = submissions_of(course).root / assignment.name / report.learner
    raise UsageError(
        text.format(
            learner=report.learner,
            name=report.submission,
            folder=folder,
            assignment=assignment.name,
        )
    )


def narrowed(
    runner: CheckRunner, exercise: str, names: Sequence[str]
) -> tuple[CheckRunner, list[Check]]:
    """Return a runner for the checks *names* and those that they need, and the checks *names*.

    Raises:
        UsageError: a check no longer exists.
    """
    try:
        return runner.only(exercise, names), [runner.check(exercise, name) for name in names]
    except KeyError as error:
        text = _("The course no longer has a check {name}. Score again to update the reports.")
        raise UsageError(text.format(name=f"{exercise}/{error.args[0]}")) from None


class CallObserver:
    """Examines a finished check while the learner's code can still be called.

    Args:
        checks: the checks to examine; of several, the first that did not pass, else the last.

        right_answers: returns the right answer to each call.

    Attributes:
        ended: how it ended.

        calls: its calls with the right answers.
    """

    ended: EndedCheck

    def __init__(
        self, checks: Sequence[Check], right_answers: Callable[[EndedCheck], list[Right]]
    ) -> None:
        self._checks = checks
        self._right_answers = right_answers
        self.calls: list[Call] = []

    def __call__(self, ended: Sequence[EndedCheck]) -> None:
        """Keep the check's ending and its calls."""
        known = [one for one in ended if one.check in self._checks]
        ended_here = next((one for one in known if one.lost), known[-1])
        # Calling the learner's functions again adds records.
        self.ended = replace(ended_here, trace=list(ended_here.trace))
        self.calls = judged_calls(self.ended, self._right_answers(self.ended))


def shown_call(
    observer: CallObserver, submission: Submission, number: int | None, about: Sequence[str]
) -> Replayed:
    """Return a script that shows one call.

    Args:
        number: the call, counted from 1; None for the first wrong one of a check that did not
            pass, else the last.

        about: lines to put above it.
    """
    ended, calls = observer.ended, observer.calls
    verdict = ended.verdict
    places = [place for place, call in enumerate(calls) if call.record.op != "iterate"]
    if number is not None and number > len(places):
        text = _("There is no call {number}: the check made only {count}.")
        raise UsageError(text.format(number=number, count=len(places)))
    passed = verdict.outcome is Outcome.PASSED
    wrong = [place for place in places if calls[place].wrong and not passed]
    place = places[number - 1] if number else (wrong or places[-1:] or [-1])[0]
    shown = leading_to(calls, place) if places else []
    about = [*about]
    if len(places) > 1:
        text = _("call {number} of {count}; use --call N to see another one")
        about.append(text.format(number=places.index(place) + 1, count=len(places)))
    closing = [_("The check ended: {outcome}.").format(outcome=outcome_word(verdict.outcome))]
    closing += [verdict.message] if verdict.message else []
    closing += [] if places else [_("The check called no function.")]
    called = {call.record.name for call in shown if "id" not in call.record.rest}
    code = _needed_code(submission, called or {ended.check.exercise})
    seed = ended.seed % 2**31
    return Replayed(script(shown, submission.framework, code, seed, about, closing), code)


def _needed_code(submission: Submission, names: Collection[str]) -> str:
    """Return the code of *submission* that *names* need: no cell that only trains or plots."""
    source = Source.read([(c.label, c.line, c.text) for c in submission.chunks])
    wanted = {id(s) for name in names for s in needed(source.statements, name)}
    parts = ["from __future__ import annotations"] if source.flags else []
    parts += [ast.unparse(s.node) for s in source.statements if id(s) in wanted]
    return "\n\n".join(parts) + "\n"


def _since(known: CheckResult, ended: EndedCheck) -> list[str]:
    """Return what has changed since the report was written."""
    lines = []
    if known.through:
        text = _(
            "the report says: passed with a correct {exercise} in place of theirs; here, theirs is "
            "called"
        )
        return [text.format(exercise=listed(known.through.split(", ")))]
    if known.seed and known.seed != ended.seed:
        text = _("the seed has changed since: the report's inputs came from seed {seed}")
        lines.append(text.format(seed=known.seed))
    if known.outcome is not ended.verdict.outcome:
        text = _("the report says: {then}; now: {now}. What has changed since?")
        words = outcome_word(known.outcome), outcome_word(ended.verdict.outcome)
        lines.append(text.format(then=words[0], now=words[1]))
    return lines


def _hidden(check: Check) -> list[str]:
    return [_("a hidden check: learners do not have it")] if check.hidden else []
