"""Which learners gave the same wrong answers, where few others did.

What lost points runs again, and every wrong call leaves a fingerprint: the function, and what it
returned or changed, up to rounding. The inputs of a check are the same for everyone, so equal
fingerprints are equal answers. Errors, answers that depend on chance, and answers that say little
(nothing, or one number everywhere) are no evidence; nor is a known mistake, which many make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any

import numpy as np

from grader.course.catalogue import Course
from grader.exercise import LANGUAGES, Assignment, Submission
from grader.language import _
from grader.outcome import ExerciseResult, Outcome, Result
from grader.report.evidence import evidence_of
from grader.report.safe_text import clean
from grader.report.similarity import SameAnswers
from grader.sandbox.judged_call import Call
from grader.sandbox.zygote import Zygote
from grader.scoring.compared_calls import by_reference, judged_calls
from grader.scoring.ended_check import EndedCheck
from grader.scoring.executor import grade_all
from grader.scoring.plan import Job
from grader.submission.framework import libraries
from grader.worker.values import Array, leaves

from .secret_seed import known_seed
from .setup import Grading, plan_for, warmed_up

#: answers are the same if they agree to this part of the largest entry
_ROUNDING = 1e-3
#: entries of an array that are compared
_ENTRIES = 256
#: answers that more than this part of those who wrote it gave are not unusual
_UNUSUAL = 0.1


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a learner's wrong calls in one check came to.

    Attributes:
        fingerprint: equal for equal answers.

        told: the first wrong call and its result.
    """

    check: str
    fingerprint: str
    told: str


#: by exercise and learner: the wrong checks
Answers = Mapping[str, Mapping[str, Sequence[Wrong]]]


def wrong_answers(
    course: Course,
    assignment: Assignment,
    works: Mapping[str, tuple[Submission, Result]],
    jobs: int,
    level: str,
    progress: Callable[[int, int, str], None],
) -> Answers:
    """Run again what lost points without a known mistake; return the wrong answers.

    Args:
        works: by learner: the submission, and its report.

        jobs: number of processes.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

    Raises:
        AuthoringError: the course is broken.

        InternalError: the isolation here is weaker than the course asks for.
    """
    hints = {
        clean(mistake.hint.get(language))
        for mistake in course.mistakes(assignment)
        for language in LANGUAGES
    }
    again = []
    for learner, (submission, report) in works.items():
        lost = frozenset(one.exercise for one in report.exercises if _is_open(one, hints))
        again += [Job(learner, submission, lost)] if lost else []
    found: dict[str, dict[str, list[Wrong]]] = defaultdict(dict)
    if not again:
        return found
    plan = plan_for(course, assignment, secret=known_seed(course))
    wanted = libraries(job.submission for job in again)
    only = frozenset(name for job in again for name in job.exercises or ())
    with (
        warmed_up(course, assignment, wanted, level=level) as warm,
        warm.grading(plan, min(jobs, len(again)), only) as ready,
    ):
        for number, ended in enumerate(grade_all(again, ready.zygotes, partial(_run, ready)), 1):
            for exercise, wrong in (ended.result or {}).items():
                found[exercise][ended.job.learner] = wrong
            progress(number, len(again), ended.job.learner)
    return found


def _is_open(result: ExerciseResult, hints: Collection[str]) -> bool:
    """Whether an exercise has wrong answers that no known mistake explains."""
    failed = any(check.outcome is Outcome.FAILED for check in result.checks)
    return failed and not any(step in hints for check in result.checks for step in check.hints)


def _run(ready: Grading, job: Job, zygote: Zygote) -> dict[str, list[Wrong]]:
    found: dict[str, list[Wrong]] = defaultdict(list)

    def note(ended: Sequence[EndedCheck]) -> None:
        for one in ended:
            if one.verdict.outcome is Outcome.FAILED:
                # Calling the learner's functions again adds records.
                one = replace(one, trace=list(one.trace))
                calls = judged_calls(one, by_reference(ready.reference, one))
                if wrong := _wrong(one.check.name, calls):
                    found[one.check.exercise].append(wrong)

    ready.runner.grade(job, zygote, observe=note)
    return dict(found)


def _wrong(check: str, calls: Sequence[Call]) -> Wrong | None:
    """Return what the wrong calls of a check came to; None if that says nothing."""
    wrong = [call for call in calls if call.wrong and not call.chance and not call.record.error]
    parts = [[*_fingerprints(call)] for call in wrong]
    if not any(parts):
        return None
    digest = sha256(repr([(c.record.name, p) for c, p in zip(wrong, parts, strict=True)]).encode())
    evidence = evidence_of(wrong)
    told = ""
    if evidence is not None:
        text = _("{call} gave {got}")
        told = text.format(call=evidence.call, got=" ".join(evidence.got.split()))
    return Wrong(check, digest.hexdigest(), told)


def _fingerprints(call: Call) -> Iterator[tuple[object, ...]]:
    """Yield what identifies the arrays of an answer; nothing for those that say little."""
    record = call.record
    changed = [array for _number, array in record.after]
    for array in [*_numbers(record.value), *changed]:
        numbers = array.astype(np.float64).reshape(-1)
        if not _is_telling(numbers):
            continue
        places = np.linspace(0, numbers.size - 1, min(numbers.size, _ENTRIES)).astype(np.int64)
        scaled = numbers[places] / np.abs(numbers).max()
        size = f"{np.abs(numbers).max():.3g}"
        yield array.shape, size, tuple(np.round(scaled / _ROUNDING).astype(np.int64).tolist())


def _numbers(value: Any) -> list[Array]:
    """Return the arrays in an answer; a number is one, too."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    arrays = [np.asarray(value)] if is_number else leaves(value)
    return [array for array in arrays if array.dtype.kind in "fiu" and array.size]


def _is_telling(numbers: Array) -> bool:
    """Whether an answer is more than one number everywhere, or one that many would give."""
    if not np.isfinite(numbers).all():
        return False
    if numbers.size == 1:
        return abs(float(numbers[0])) not in (0.0, 1.0)
    return bool(np.ptp(numbers) > _ROUNDING * np.abs(numbers).max())


def same_answers(
    answers: Answers, owners: Mapping[str, str], wrote: Mapping[str, int]
) -> list[SameAnswers]:
    """Return who gave the same wrong answers in an exercise, where few did.

    Args:
        owners: by learner: who stands for the group.

        wrote: how many wrote each exercise.
    """
    found = []
    for exercise, by_learner in answers.items():
        groups: dict[frozenset[tuple[str, str]], list[str]] = defaultdict(list)
        for learner, wrong in by_learner.items():
            groups[frozenset((one.check, one.fingerprint) for one in wrong)].append(learner)
        for learners in groups.values():
            count = len({owners.get(who, who) for who in learners})
            if 2 <= count <= max(2, _UNUSUAL * wrote.get(exercise, 0)):
                wrong = by_learner[learners[0]]
                told = next((one.told for one in wrong if one.told), "")
                checks = tuple(f"{exercise}/{one.check}" for one in wrong)
                number = wrote.get(exercise, 0)
                found.append(SameAnswers(exercise, tuple(learners), number, checks, told))
    return sorted(found, key=lambda one: (len(one.learners), one.exercise, one.learners))
