"""How a check can end, and the results made of it. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Outcome(str, Enum):
    """The closed set of ways in which a check ends. No report is never a pass."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_IMPLEMENTED = "not implemented"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check on one submission.

    Attributes:
        sentence: what the check asks for, in the language of the report.

        message: what was seen instead; empty if it passed.

        hints: steps that lead on, each telling more: what is wrong, where, how to think of it.

        hidden: whether learners lack this check; then no value may be shown.

        seconds: wall time on the trusted side.

        seed: of the check's random inputs and of the learner's generators; 0 if it had none.
    """

    exercise: str
    name: str
    outcome: Outcome
    max_points: Fraction
    sentence: str
    message: str = ""
    hints: tuple[str, ...] = ()
    hidden: bool = False
    seconds: float = 0.0
    seed: int = 0

    @property
    def points(self) -> Fraction:
        """Points earned: all of them for a pass, else none."""
        return self.max_points if self.outcome is Outcome.PASSED else Fraction(0)


@dataclass(frozen=True, slots=True)
class Isolation:
    """The walls around the learner's code, as found by looking, not by hoping.

    Attributes:
        level: the outermost wall: ``bubblewrap``, ``private root``, ``landlock``, ``user``,
            ``process`` (a process of its own and little more), or ``desk``.

        layers: what learners' code could not do, and each wall; whether it held.

        warning: what an instructor must know; empty when nothing is missing.
    """

    level: str
    layers: tuple[tuple[str, bool], ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All checks on one submission.

    Attributes:
        learner: the learner's identifier.

        digest: of the submission's bytes.

        notes: what is worth saying of the submission as a whole.
    """

    learner: str
    assignment: str
    submission: str
    digest: str
    framework: str
    checks: tuple[CheckResult, ...]
    isolation: Isolation
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def score(self) -> Fraction:
        """Points earned, exact."""
        return sum((check.points for check in self.checks), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        """Points on offer; a skipped check offers none."""
        return sum(
            (c.max_points for c in self.checks if c.outcome is not Outcome.SKIPPED), Fraction(0)
        )

    @property
    def final(self) -> bool:
        """Whether this is a grade: something was checked, and nothing failed for our reasons."""
        outcomes = {check.outcome for check in self.checks}
        return Outcome.INTERNAL not in outcomes and bool(outcomes - {Outcome.SKIPPED})
