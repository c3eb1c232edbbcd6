"""How much of its time each check of an exercise has, so that endless loops cost little.

A slow check looks like an endless one until its time is over. So each has all of it if need be, but
beside the others or after them, and only until two have used it all up.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Protocol

from grader.checks.plugin import Check
from grader.language import _

from .background import Background
from .ended_check import EndedCheck
from .verdict import Verdict

#: the part of its time that a check has before it goes on in a fork, where it can
_FIRST = 0.05
#: what the others have when one has been put off: most checks are fast
_LATER = 0.02
#: what those have that are not given all of it, unless nothing seems to end
_LAST = 0.1
#: so many checks of an exercise may use up their whole time
PATIENCE = 2


class Run(Protocol):
    """Runs one check."""

    def __call__(
        self,
        check: Check,
        before: Sequence[EndedCheck],
        share: float = 1.0,
        background: Background | None = None,
    ) -> EndedCheck:
        """Run *check* in a part of its time, given the outcomes of others.

        Args:
            background: where it may go on, if it can.
        """
        ...


@dataclass(frozen=True, slots=True)
class _PutOff:
    """A check that is decided after the others.

    Attributes:
        first: how it ended in a part of its time; None if it needs one that is put off itself.

        before: those that had ended when it was tried.

        background: where it may go on.
    """

    check: Check
    first: EndedCheck | None = None
    before: Sequence[EndedCheck] = ()
    background: Background | None = None


def run_patiently(
    checks: Sequence[Check],
    run: Run,
    *,
    can_go_on: bool,
    until_failure: bool,
    patience: int = PATIENCE,
) -> list[EndedCheck]:
    """Run the checks of one exercise; an endless loop in one costs no other its points.

    What is put off has all of its time, if it needs it, until two have used that up. Then the rest
    has a tenth, or is given up if no check of the exercise has ended at all.

    Args:
        can_go_on: whether checks can go on in forks. Otherwise, what is put off runs again, so that
            nothing is before a first one has used up its time.

        until_failure: stop at the first check that does not pass.

        patience: so many may use up their whole time.
    """
    first_share = _FIRST if can_go_on or not patience else 1.0
    ended: dict[str, EndedCheck] = {}
    put_off: dict[str, _PutOff] = {}
    with ExitStack() as stack:
        for check in checks:
            if put_off.keys() & set(check.needs):
                put_off[check.name] = _PutOff(check)
                continue
            before = [*ended.values()]
            # Only of the first two is it certain that they may have all of their time.
            tried = sum(one.first is not None for one in put_off.values())
            background = Background() if can_go_on and tried < patience else None
            if background is not None:
                stack.callback(background.close)
            share = _LATER if put_off or any(one.timed_out for one in before) else first_share
            one = run(check, before, share, background)
            if share < 1.0 and one.timed_out and not one.refused:
                put_off[check.name] = _PutOff(check, one, before, background)
                continue
            ended[check.name] = one
            if until_failure and one.caught:
                break
        for late in put_off.values():
            ended[late.check.name] = _decided(late, [*ended.values()], run, patience)
    return [ended[check.name] for check in checks if check.name in ended]


def _decided(late: _PutOff, ended: Sequence[EndedCheck], run: Run, patience: int) -> EndedCheck:
    """Return how a check ends that was put off, when others have *ended*."""
    first, share = late.first, 1.0
    if sum(one.timed_out for one in ended) >= patience:
        if first is not None and not any(one.trace and not one.timed_out for one in ended):
            return replace(first, verdict=_given_up(first.verdict))
        share = _LAST
    elif first is not None and late.background is not None:
        known = late.background.result(first)
        if known is not None:
            return known
    # What ended meanwhile changes no verdict, unless nothing can be decided now.
    busy = [one for one in ended if one.verdict.machine_busy]
    again = run(late.check, ended if first is None else [*late.before, *busy], share)
    if again.timed_out and share < 1.0:
        again = replace(again, verdict=_given_up(again.verdict))
    return replace(again, seconds=again.seconds + (first.seconds if first else 0.0))


def _given_up(verdict: Verdict) -> Verdict:
    """Return the verdict on a check that has not had all of its time, and why."""
    why = _(
        "This check had only a part of its time, because two others of this exercise used up all "
        "of theirs."
    )
    return verdict.saying(why)
