"""What of a learner's last report still counts, and why the rest is graded again.

A report names its grounds and its submission by a fingerprint. What is kept of it is decided for
each exercise: it is graded again if one of its grounds changed, or if it is judged through another
exercise that is graded again, because a check lost its points and the code calls that other one.
The report then is what grading everything would give.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from grader.exercise import Source, Submission
from grader.language import _, listed
from grader.outcome import ExerciseResult, Outcome, Result
from grader.scoring.plan import Plan
from grader.submission.calls import calls_between

from .grounds import Grounds, KnownGrounds, digest_of
from .regrade_reasons import reasons_of

#: a result, and the fingerprint of what it depends on
Report = tuple[Result, str | None]
#: for each exercise that is graded again, why
Why = dict[str, tuple[str, ...]]
#: digits of a fingerprint for the grounds, and as many for the submission
_HALF = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """What counts of a report.

    Attributes:
        why: the exercises to grade, and the reasons.

        exercises: the others, in order.

        result: the report, with these exercises only; None if nothing is kept.
    """

    why: Why
    exercises: tuple[ExerciseResult, ...] = ()
    result: Result | None = None


@dataclass(frozen=True)
class Keeper:
    """Decides what counts of reports.

    Args:
        grounds: of today's grades.

        known: the grounds that reports name.
    """

    plan: Plan
    grounds: Grounds
    known: KnownGrounds
    _identity: str = field(init=False, default="")
    #: what changed, by the identity of the grounds before, exercise and framework
    _changes: dict[tuple[str, str, str], tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_identity", self.grounds.identity)

    def fingerprint(self, submission: Submission) -> str:
        """Return the identity of everything that the grade of *submission* depends on."""
        return self._identity + _identity_of(submission)

    def of(self, report: Report | None, submission: Submission) -> Kept:
        """Return what counts of *report* for *submission*."""
        if report is None:
            return self._nothing(_("nothing is kept"))
        result, fingerprint = report
        if result.digest != submission.digest:
            return self._nothing(_("handed in again"))
        if fingerprint is None or fingerprint[_HALF:] != _identity_of(submission):
            return self._nothing(_("is read in another way now"))
        identity = fingerprint[:_HALF]
        before = self.grounds if identity == self._identity else self.known.get(identity)
        if before is None:
            return self._nothing(_("what its last grade depended on is not known"))
        if not result.final and all(one.settled for one in result.exercises):
            return self._nothing(_("has no grade"))
        return self._of_exercises(result, submission, before, identity)

    def _nothing(self, reason: str) -> Kept:
        return Kept(dict.fromkeys(self._names, (reason,)))

    @property
    def _names(self) -> list[str]:
        return [exercise.name for exercise in self.plan.assignment.exercises]

    def _of_exercises(
        self, result: Result, submission: Submission, before: Grounds, identity: str
    ) -> Kept:
        last = {one.exercise: one for one in result.exercises}
        common = [name for name in before.exercises if name in self.grounds.exercises]
        if common != [name for name in self.grounds.exercises if name in before.exercises]:
            return self._nothing(_("the order of the exercises changed"))
        why: Why = {}
        for name in self._names:
            found = [_("is new")]
            if name in last:
                key = identity, name, submission.holding(name).framework
                if key not in self._changes:
                    self._changes[key] = tuple(reasons_of(before, self.grounds, *key[1:]))
                found = [*self._changes[key], *_of_result(last[name], submission.sources.get(name))]
            if found:
                why[name] = tuple(found)
        gone = last.keys() - set(self._names)
        if why or gone:
            self._add_dependent(why, gone, last, submission)
        exercises = tuple(last[name] for name in self._names if name not in why)
        return Kept(why, exercises, replace(result, exercises=exercises) if exercises else None)

    def _add_dependent(
        self,
        why: Why,
        gone: set[str],
        last: Mapping[str, ExerciseResult],
        submission: Submission,
    ) -> None:
        """Add to *why* what depends on other exercises that are graded again, or are *gone*."""
        whole = _whole(submission, self.plan)
        if whole:
            why |= {name: (whole,) for name in self._names if name not in why}
            return
        judged = [n for n in self._names if n not in why and not _passed_alone(last[n])]
        if not judged:
            return
        shown = self.plan.given.with_submission(submission)
        calls = calls_between(shown, [*self._names, *sorted(gone)])
        text = _("judged through {names}, also graded again")
        again = why.keys() | gone
        for name in judged:
            # also what is called by way of others
            if through := calls[name] & again:
                why[name] = (text.format(names=listed(sorted(through))),)


def _identity_of(submission: Submission) -> str:
    """Return the identity of a submission and of what is said of it."""
    parts = (submission.digest, submission.framework, submission.name, *submission.notes)
    return digest_of("\0".join(parts), _HALF)


def _of_result(last: ExerciseResult, source: Source | None) -> Iterator[str]:
    """Yield why the result of an exercise does not count although its grounds are the same."""
    if not last.settled:
        yield _("gradproof or the machine failed last time")
    for library in sorted({check.missing_library for check in last.checks} - {""}):
        if _is_installed(library):
            yield _("{library} is installed now").format(library=library)
    if _bare(last.source) != _bare(source):
        yield _("is taken from another place of the submission now")


def _is_installed(library: str) -> bool:
    return importlib.util.find_spec(library) is not None


def _bare(source: Source | None) -> Source | None:
    """Return *source* without points, which follow from grading."""
    if source is None:
        return None
    return replace(source, others=tuple(replace(one, points=None) for one in source.others))


def _passed_alone(last: ExerciseResult) -> bool:
    passed = (Outcome.PASSED, Outcome.SKIPPED)
    return all(check.outcome in passed and not check.through for check in last.checks)


def _whole(submission: Submission, plan: Plan) -> str:
    """Return why the exercises of *submission* are graded together; empty if they need not be.

    Each exercise has a module of its own; but what the learner's other modules remember, and what
    two devices say of the same run, belongs to all of them.
    """
    given = {name for name, _data in plan.given.files}
    names = {name for part in submission.parts for name, _data in part.files}
    modules = sorted(name for name in names if name.endswith(".py") and name not in given)
    if modules:
        text = _("its exercises share {names}, so they are graded together")
        return text.format(names=listed(modules))
    return _("two devices are compared") if plan.device != "cpu" else ""
