"""The measurement of a trial: how each check ended, and the notes of its assertions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.outcome import Outcome

from .inputs_seen import InputsSeen

_NO_LOSS = (Outcome.PASSED, Outcome.SKIPPED)
#: outcomes that may be caused by the machine
_UNCERTAIN = (Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.INTERNAL)


@dataclass(frozen=True, slots=True)
class CheckEnd:
    """How one check ended, with its message if it did not pass."""

    name: str
    outcome: Outcome
    message: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """The measurement of one trial.

    Attributes:
        checks: the checks in order; for a corrupted answer, up to the first failure.

        errors: by dtype, the largest relative error of a correct solution.

        chances: by check, assertions made that a right answer fails once in 10⁹ runs.

        unsaid: by check, what it asserts besides values and does not say that it speaks of.

        inputs: what the reference was called with.

        applies: whether the corruption makes answers of this kind wrong.

        interrupted: whether it took too long.

        problem: what is wrong with a file or a name that was tried; empty if nothing is.

        line: where, in the file; 0 if that is not known.
    """

    checks: tuple[CheckEnd, ...] = ()
    errors: dict[str, float] = field(default_factory=dict)
    chances: dict[str, int] = field(default_factory=dict)
    unsaid: dict[str, tuple[str, ...]] = field(default_factory=dict)
    inputs: InputsSeen = field(default_factory=InputsSeen)
    applies: bool = True
    interrupted: bool = False
    problem: str = ""
    line: int = 0

    @property
    def failed(self) -> tuple[str, ...]:
        """The checks that did not accept it; broken checks do not count."""
        return tuple(
            check.name
            for check in self.checks
            if check.outcome not in (*_NO_LOSS, Outcome.INTERNAL)
        )

    @property
    def caught(self) -> tuple[str, ...]:
        """The checks that say themselves what is wrong, and do not wait for another check."""
        blocked = {check.name for check in self.checks if check.outcome is Outcome.BLOCKED}
        return tuple(name for name in self.failed if name not in blocked)

    @property
    def certain(self) -> bool:
        """Whether a run on another machine must give the same results."""
        return not self.interrupted and all(c.outcome not in _UNCERTAIN for c in self.checks)


def keep_largest(known: dict[str, float], more: Mapping[str, float]) -> None:
    """Raise the values of *known* to those of *more* where these are larger."""
    for key, value in more.items():
        known[key] = max(value, known.get(key, value))
