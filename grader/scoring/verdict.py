"""Verdicts on finished checks: the only place where an exception becomes an outcome."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from grader.adjustments import PartialCredit
from grader.checks.assertions import Mismatch, describe
from grader.checks.check_context import CheckContext
from grader.errors import (
    Crashed,
    GraderError,
    MachineBusy,
    NoDevice,
    NotInstalled,
    Raised,
    SubmissionError,
    TimedOut,
    Unwritten,
)
from grader.language import SENTENCES, _, listed
from grader.outcome import Outcome
from grader.sandbox.proxy import Record
from grader.worker.values import leaves

#: errors of the course or the machine; any other exception after a call is caused by what the
#: learner returned, since the reference passes the same check
_OURS = (GraderError, OSError, MemoryError)
#: what Python says of a function that cannot be called with these arguments
_OF_A_CALL = re.compile(r"(keyword|positional) argument")
#: so many different shapes of results are told
_SHAPES = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one check with its message, in full and without values, and its credit.

    *machine_busy* says that it may be another if the check is run again, *missing_library* for
    want of which library the learner's code failed, if any.
    """

    outcome: Outcome
    message: str = ""
    headline: str = ""
    machine_busy: bool = False
    missing_library: str = ""
    credit: PartialCredit | None = None

    def saying(self, text: str) -> Verdict:
        """Return the same verdict, with *text* after its message: below it if that has lines."""
        message, headline = (
            f"{said}\n  {text}" if "\n" in said else listed([said, text], SENTENCES)
            for said in (self.message, self.headline)
        )
        return replace(self, message=message, headline=headline)


def verdict_of(raised: BaseException | None, trace: list[Record]) -> Verdict:
    """Return the verdict on a finished check.

    Args:
        raised: the exception it raised; None if it raised none.

        trace: the learner's calls in the check.
    """
    if raised is None:
        return Verdict(Outcome.PASSED)
    if isinstance(raised, SubmissionError):
        outcome = _outcome_of(raised)
        return Verdict(outcome, str(raised), raised.headline, missing_library=raised.library)
    if isinstance(raised, Mismatch):
        return Verdict(Outcome.FAILED, str(raised), raised.headline)
    if isinstance(raised, (AssertionError, pytest.fail.Exception)):
        return _of_condition(raised, trace)
    if isinstance(raised, pytest.skip.Exception):
        return Verdict(Outcome.SKIPPED, str(raised), str(raised))
    if trace and isinstance(raised, Exception) and not isinstance(raised, _OURS):
        return _of_unusable(trace)
    if isinstance(raised, MachineBusy):
        text = _("This is not your fault: {what}. Run it again, or tell your instructor.")
        message = text.format(what=raised)
        return Verdict(Outcome.INTERNAL, message, message, machine_busy=True)
    if isinstance(raised, NotInstalled):
        message = _("This is not your fault. {what} Tell your instructor.").format(what=raised)
        return Verdict(Outcome.INTERNAL, message, message, missing_library=raised.library)
    text = _("This is not your fault: the check itself failed ({error}). Tell your instructor.")
    message = text.format(error=f"{type(raised).__name__}: {raised}")
    return Verdict(Outcome.INTERNAL, message, message)


def _of_unusable(trace: Sequence[Record]) -> Verdict:
    """Return the verdict on results that the check cannot go on with; the last must be one.

    What was taken from an iterable since the last call counts as its result.
    """
    called = max((i for i, record in enumerate(trace) if record.op == "call"), default=-1)
    name = trace[called].name
    text = _(
        "The check cannot use the result of {name}. Are its type, length and shapes what the "
        "statement asks for?"
    )
    headline = text.format(name=name)
    found = [leaves(record.value) for record in trace[called:] if record.op == "take"]
    shapes = list(dict.fromkeys(str(array.shape) for arrays in found for array in arrays))
    detail = _("It is {value}.").format(value=describe(trace[called].value))
    if shapes:
        detail = _("It gave arrays of these shapes: {shapes}.")
        detail = detail.format(shapes=listed(shapes[:_SHAPES]))
    text = _("{headline} {detail}")
    return Verdict(Outcome.FAILED, text.format(headline=headline, detail=detail), headline)


def _of_condition(raised: BaseException, trace: Sequence[Record]) -> Verdict:
    """Return the verdict of a condition that a check states as a plain assertion.

    Of pytest's text only the first line is for learners: the author's words, or the condition.
    """
    headline = _("What this check asks for is not so.")
    if trace:
        headline = _("What {name} did is not what this check asks for.").format(name=trace[-1].name)
    first = str(raised).partition("\n")[0].strip()
    text = _("{headline} {detail}")
    message = text.format(headline=headline, detail=first) if first else headline
    return Verdict(Outcome.FAILED, message, headline)


def told(
    raised: BaseException | None,
    trace: list[Record],
    context: CheckContext,
    stumbled: Collection[str],
) -> Verdict:
    """Return the verdict on a finished check, which fails only for what its sentence speaks of.

    Anything else that is wrong keeps it from being judged: it is blocked, and not failed.

    Args:
        context: says what the sentence speaks of, and what else was found wrong.

        stumbled: the headlines of what calls in earlier checks of the exercise raised.
    """
    verdict = verdict_of(raised, trace)
    if not context.says:
        return verdict
    if raised is None:
        doubt = verdict_of(context.doubts[0], trace) if context.doubts else None
    elif isinstance(raised, Raised):
        if "call" in context.says:
            # Another way to call it raises what any way does, unless it cannot be called so.
            elsewhere = raised.headline in stumbled and not _OF_A_CALL.search(str(raised))
        else:
            elsewhere = bool(stumbled)
        doubt = verdict if elsewhere else None
    elif isinstance(raised, Mismatch):
        doubt = verdict if not context.speaks_of(raised.subject) else None
    else:
        # The check could not go on with what the learner returned.
        unusable = verdict.outcome is Outcome.FAILED and not isinstance(
            raised, (SubmissionError, AssertionError, pytest.fail.Exception)
        )
        doubt = verdict if unusable else None
    if doubt is None:
        return verdict
    text = _("This cannot be judged before the result is right: {problem}")
    message, headline = (text.format(problem=p) for p in (doubt.message, doubt.headline))
    return Verdict(Outcome.BLOCKED, message, headline)


def in_another_form(verdict: Verdict) -> Verdict:
    """Return *verdict*, on a wrong shape, for results that have the right values all the same."""
    reason = _("The values are right, but the shape is not.")
    text = _("{problem} The values are right.")
    message, headline = (text.format(problem=p) for p in (verdict.message, verdict.headline))
    credit = PartialCredit(Fraction(1, 2), reason)
    return replace(verdict, message=message, headline=headline, credit=credit)


def _outcome_of(error: SubmissionError) -> Outcome:
    if isinstance(error, Unwritten):
        return Outcome.NOT_IMPLEMENTED
    if isinstance(error, TimedOut):
        return Outcome.TIMED_OUT
    if isinstance(error, Crashed):
        return Outcome.CRASHED
    if isinstance(error, NoDevice):
        return Outcome.SKIPPED
    return Outcome.FAILED
