"""The sessions in which an audit runs trials: collected checks, references, a zygote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from grader.grading.setup import plan_for, reference_for
from grader.sandbox.reference import ReferenceChannel
from grader.sandbox.zygote import Zygote
from grader.scoring.check_runner import CheckRunner
from grader.scoring.session import collected_checks
from grader.submission.framework import libraries

from .kept_results import CheckFacts
from .trials import AuditedExercise


@dataclass(frozen=True, slots=True)
class Session:
    """The collected checks of an assignment, and its reference."""

    runner: CheckRunner
    reference: ReferenceChannel

    def facts(self, exercise: str) -> list[CheckFacts]:
        """Return the facts to keep about the checks of *exercise*."""
        return [CheckFacts.of(check) for check in self.runner.checks if check.exercise == exercise]


@contextmanager
def open_sessions(exercises: Sequence[AuditedExercise]) -> Iterator[dict[str, Session]]:
    """Collect the checks of *exercises*; yield a session for each assignment, by name.

    Raises:
        AuthoringError: the checks or a reference are broken.
    """
    sessions = {}
    with ExitStack() as stack:
        for name, group in _by_assignment(exercises).items():
            course = group[0].course
            only = replace(group[0].assignment, exercises=tuple(one.exercise for one in group))
            reference = reference_for(course, only)
            runner = stack.enter_context(collected_checks(plan_for(course, only), reference))
            sessions[name] = Session(runner, reference)
        yield sessions


def _by_assignment(exercises: Sequence[AuditedExercise]) -> dict[str, list[AuditedExercise]]:
    """Return *exercises* by the names of their assignments."""
    groups: dict[str, list[AuditedExercise]] = {}
    for one in exercises:
        groups.setdefault(one.assignment.name, []).append(one)
    return groups


def zygote_for(exercises: Sequence[AuditedExercise], level: str) -> Zygote:
    """Start a zygote with the libraries that *exercises* use.

    Args:
        level: the strongest isolation to try.
    """
    submissions = [one.reference for one in exercises]
    submissions += [variant for one in exercises for _name, variant in one.variants]
    submissions += [starter for one in exercises for starter in one.starters]
    submissions += [offence.submission for one in exercises for offence in one.offences]
    return Zygote(libraries(submissions), level)
