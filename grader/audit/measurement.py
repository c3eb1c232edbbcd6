"""What became of a trial: how each check ended, and what its assertions noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.outcome import Outcome

_NO_LOSS = (Outcome.PASSED, Outcome.SKIPPED)
#: ends that may say more about the machine than about the trial
_UNCERTAIN = (Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.INTERNAL)


@dataclass(frozen=True, slots=True)
class CheckEnd:
    """How one check ended, and what it said if it did not pass."""

    name: str
    outcome: Outcome
    message: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What became of one trial.

    Attributes:
        checks: in their order; of a corrupted answer, those up to the first that failed.

        errors: by dtype, the largest relative error of a right solution.

        chances: by check, assertions made that a right answer fails once in 10⁹ runs.

        applies: whether the corruption makes answers of this kind wrong.

        interrupted: whether it took too long.
    """

    checks: tuple[CheckEnd, ...] = ()
    errors: dict[str, float] = field(default_factory=dict)
    chances: dict[str, int] = field(default_factory=dict)
    applies: bool = True
    interrupted: bool = False

    @property
    def failed(self) -> tuple[str, ...]:
        """The checks that did not accept it; one that broke has not judged it."""
        return tuple(
            check.name
            for check in self.checks
            if check.outcome not in (*_NO_LOSS, Outcome.INTERNAL)
        )

    @property
    def certain(self) -> bool:
        """Whether another run on another machine must end the same."""
        return not self.interrupted and all(c.outcome not in _UNCERTAIN for c in self.checks)


def keep_largest(known: dict[str, float], more: Mapping[str, float]) -> None:
    """Raise what is *known* to *more* where that is larger."""
    for key, value in more.items():
        known[key] = max(value, known.get(key, value))
