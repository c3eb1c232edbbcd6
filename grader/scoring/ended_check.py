"""A finished check, and the hooks that are called for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from grader.checks.check_context import Array, CheckContext
from grader.checks.plugin import Check
from grader.errors import Forbidden
from grader.language import current
from grader.outcome import NOT_LOST, CheckResult, Outcome
from grader.sandbox.proxy import Record

from .verdict import Verdict

#: what a sentence may speak of and no value of a result shows
_SEEN_IN_NO_VALUE = frozenset({"dtype", "memory", "state", "work"})


@dataclass(frozen=True, slots=True)
class EndedCheck:
    """A finished check.

    Attributes:
        trace: the learner's calls in it.

        context: the notes of its assertions; None if it was not run.

        seed: the seed of its random inputs and of the learner's generators at its start.

        refused: the error that kept it from starting.

        form: the shape of a result and the right one, if only that ended it.

        through: the exercises whose functions were replaced by correct ones so that it passes.

        explained: whether its message says the whole cause, beside which a hint would mislead.
    """

    check: Check
    verdict: Verdict
    trace: list[Record] = field(default_factory=list)
    context: CheckContext | None = None
    seconds: float = 0.0
    seed: int = 0
    refused: Exception | None = None
    form: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    through: tuple[str, ...] = ()
    explained: bool = False

    @property
    def lost(self) -> bool:
        """Whether it cost its points."""
        return self.verdict.outcome not in NOT_LOST

    @property
    def timed_out(self) -> bool:
        """Whether it used up the time it had."""
        return self.verdict.outcome is Outcome.TIMED_OUT

    @property
    def found(self) -> Array | None:
        """The first array that was not as expected; None if none is known."""
        compared = self.context.compared if self.context else None
        return compared[0] if compared else None

    @property
    def is_about_values(self) -> bool:
        """Whether wrong results of its calls explain it: of its dtype, say, they do not."""
        says = self.context.says if self.context else frozenset()
        return not self.caught or not says or not says <= _SEEN_IN_NO_VALUE

    @property
    def caught(self) -> bool:
        """Whether it says itself that something is wrong, and does not wait for another check."""
        return self.lost and self.verdict.outcome is not Outcome.BLOCKED

    def result(self, hints: tuple[str, ...]) -> CheckResult:
        """Return what reports say of it."""
        check, verdict = self.check, self.verdict
        return CheckResult(
            exercise=check.exercise,
            name=check.name,
            outcome=verdict.outcome,
            max_points=check.points,
            sentence=check.sentence.get(current()),
            message=verdict.headline if check.hidden else verdict.message,
            hints=() if self.explained else hints,
            hidden=check.hidden,
            seconds=self.seconds,
            seed=self.seed,
            machine_busy=verdict.machine_busy,
            credit=verdict.credit,
            missing_library=verdict.missing_library,
            through=", ".join(self.through),
        )


#: hints in steps, by check name
Hints = dict[str, tuple[str, ...]]
#: observes the finished checks of one exercise
Observe = Callable[[Sequence[EndedCheck]], None]
#: told the name of an exercise before its checks run
Begins = Callable[[str], None]


class OtherInputs(Protocol):
    """Asks a learner's code for more than its checks have asked."""

    @property
    def in_another_framework(self) -> bool:
        """Whether the code is written in another framework than the reference."""
        ...

    def checks(self, number: int) -> Sequence[EndedCheck]:
        """Run the checks of the exercise again, on random inputs that follow from *number*."""
        ...

    def ask(self, calls: Sequence[dict[str, Any]]) -> list[Record]:
        """Call functions of the exercise; fewer are recorded if time runs out."""
        ...


#: returns hints for the finished checks of one exercise
Explain = Callable[[Sequence[EndedCheck], OtherInputs | None], Hints]


def without_forbidden(ended: list[EndedCheck]) -> list[EndedCheck]:
    """Return the checks of one exercise, all failed if its code used something forbidden.

    Some may have passed before this was detected, but they do not test the learner's own work.
    """
    errors = [e for one in ended for e in (one.refused, *(r.error for r in one.trace))]
    found = next((error for error in errors if isinstance(error, Forbidden)), None)
    if found is None:
        return ended
    verdict = Verdict(Outcome.FAILED, str(found), found.headline)
    return [replace(one, verdict=verdict, trace=[]) for one in ended]
