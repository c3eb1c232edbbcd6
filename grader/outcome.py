"""How a check can end, and the results made of it. Standard library only.

What follows from other facts (points, scores, whether a result is final) is worked out here, once,
when an object is made. Every report reads it from there::

    points of a check     = max_points × share of a partial credit, else all for a pass, else 0
    raw points            = their sum
    points of an exercise = those of an override if there is one, else its raw points
    score                 = sum over the exercises − penalty, but never below 0

All of it is in exact fractions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction

from grader.exercise import Submission

_ZERO = Fraction(0)


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


#: ways to end that leave nothing to mend
NOT_LOST = (Outcome.PASSED, Outcome.SKIPPED)

#: what only the learner can mend
MENDABLE = (Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.TIMED_OUT, Outcome.CRASHED)

#: of several outcomes, the one that explains most comes first
_TELLING = (
    Outcome.INTERNAL,
    Outcome.CRASHED,
    Outcome.TIMED_OUT,
    Outcome.NOT_IMPLEMENTED,
    Outcome.FAILED,
    Outcome.BLOCKED,
    Outcome.PASSED,
    Outcome.SKIPPED,
)


def _derive(value: object, name: str, derived: object) -> None:
    """Set a field of *value*, which is frozen, that follows from its other fields."""
    object.__setattr__(value, name, derived)


@dataclass(frozen=True, slots=True)
class PartialCredit:
    """Why a check earns a share of its points.

    Attributes:
        share: of its points, 0 to 1.

    Raises:
        ValueError: the share is outside 0 to 1.
    """

    share: Fraction
    reason: str

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError("a partial credit is a share from 0 to 1")


@dataclass(frozen=True, slots=True)
class Override:
    """Points that a person gave for an exercise, in place of what its checks earned.

    Attributes:
        points: at least 0; more than the checks offer is extra credit.

        by: who gave them.

    Raises:
        ValueError: the points are negative.
    """

    points: Fraction
    reason: str
    by: str

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError("an override gives at least 0 points")


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points taken off a whole submission.

    Attributes:
        points: at least 0; what is taken never exceeds what was earned.

    Raises:
        ValueError: the points are negative.
    """

    points: Fraction
    reason: str

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError("a penalty takes at least 0 points")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check on one submission.

    Attributes:
        points: earned.

        sentence: what the check asks for, in the language of the report.

        message: what was seen instead; empty if it passed.

        hints: steps that lead on, each telling more: what is wrong, where, how to think of it.

        hidden: whether learners lack this check; then no value may be shown.

        seconds: wall time on the trusted side.

        seed: of the check's random inputs and of the learner's generators; 0 if it had none.

        through: the exercise whose function was replaced by a correct one to make it pass; empty
            if none was.

        credit: a share of the points for work that did not pass, or passed only *through* another
            exercise; None for all or nothing.

        machine_busy: whether it is ``internal`` because the machine was too busy to run it.

    Raises:
        ValueError: it is replaced and did not pass, or has a partial credit where none can be.
    """

    exercise: str
    name: str
    outcome: Outcome
    points: Fraction = field(init=False, default=_ZERO)
    max_points: Fraction
    sentence: str
    message: str = ""
    hints: tuple[str, ...] = ()
    hidden: bool = False
    seconds: float = 0.0
    seed: int = 0
    through: str = ""
    credit: PartialCredit | None = None
    machine_busy: bool = False

    def __post_init__(self) -> None:
        passed = self.outcome is Outcome.PASSED
        if self.through and not passed:
            raise ValueError("only a check that passed can do so through another exercise")
        share = Fraction(passed)
        if self.credit is not None:
            if self.outcome in (Outcome.SKIPPED, Outcome.INTERNAL) or (passed and not self.through):
                raise ValueError("only a check that did not pass by itself has a partial credit")
            share = self.credit.share
        _derive(self, "points", share * self.max_points)


@dataclass(frozen=True, slots=True)
class Tally:
    """What several checks come to; skipped ones are left out.

    Attributes:
        points: earned.

        max_points: on offer.

        passed: how many passed.

        ran: how many were not skipped.
    """

    points: Fraction
    max_points: Fraction
    passed: int
    ran: int


def tally(checks: Iterable[CheckResult]) -> Tally:
    """Return what *checks* come to, whatever exercises they belong to."""
    ran = [check for check in checks if check.outcome is not Outcome.SKIPPED]
    return Tally(
        points=sum((check.points for check in ran), _ZERO),
        max_points=sum((check.max_points for check in ran), _ZERO),
        passed=sum(check.outcome is Outcome.PASSED for check in ran),
        ran=len(ran),
    )


@dataclass(frozen=True, slots=True)
class ExerciseResult:
    """All checks on one exercise of a submission.

    Attributes:
        outcome: of its checks, the one that explains most; ``passed`` if all passed that ran.

        points: earned, or given by an override.

        max_points: on offer; a skipped check offers none.

        override: points that a person gave instead.

    Raises:
        ValueError: there is no check, or one of another exercise.
    """

    exercise: str
    outcome: Outcome = field(init=False, default=Outcome.INTERNAL)
    points: Fraction = field(init=False, default=_ZERO)
    max_points: Fraction = field(init=False, default=_ZERO)
    override: Override | None = field(default=None, kw_only=True)
    checks: tuple[CheckResult, ...]

    def __post_init__(self) -> None:
        if {check.exercise for check in self.checks} != {self.exercise}:
            raise ValueError("an exercise is made of its own checks, at least one")
        total = tally(self.checks)
        outcome = min((check.outcome for check in self.checks), key=_TELLING.index)
        _derive(self, "outcome", outcome)
        _derive(self, "points", total.points if self.override is None else self.override.points)
        _derive(self, "max_points", total.max_points)

    @property
    def raw_points(self) -> Fraction:
        """Points that the checks earned."""
        return tally(self.checks).points

    @property
    def done(self) -> bool:
        """Whether every check passed that could be run here, and one could."""
        return self.outcome is Outcome.PASSED

    @property
    def counted(self) -> bool:
        """Whether it is part of a grade: a check ran, or a person gave points."""
        return self.override is not None or self.outcome is not Outcome.SKIPPED

    @property
    def settled(self) -> bool:
        """Whether its points stand: no check failed for our reasons, or a person gave points."""
        return self.override is not None or self.outcome is not Outcome.INTERNAL


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
    layers: Mapping[str, bool] = field(default_factory=dict)
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All exercises of one submission.

    Attributes:
        learner: the learner's identifier.

        submission: name of the file or folder.

        digest: of the submission's bytes.

        score: what counts: points of all exercises, less the penalty.

        max_score: points on offer; a skipped check offers none.

        final: whether this is a grade: something was checked, and nothing failed for our reasons.

        late_seconds: after the deadline; 0 if in time, or if there is none.

        penalty: points taken off.

        notes: what is worth saying of the submission as a whole.
    """

    learner: str
    assignment: str
    submission: str
    digest: str
    framework: str
    score: Fraction = field(init=False, default=_ZERO)
    max_score: Fraction = field(init=False, default=_ZERO)
    final: bool = field(init=False, default=False)
    late_seconds: int = field(default=0, kw_only=True)
    penalty: Penalty | None = field(default=None, kw_only=True)
    exercises: tuple[ExerciseResult, ...]
    isolation: Isolation
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    def __post_init__(self) -> None:
        taken = self.penalty.points if self.penalty else _ZERO
        _derive(self, "score", max(_ZERO, self.points - taken))
        _derive(self, "max_score", sum((one.max_points for one in self.exercises), _ZERO))
        counted = any(exercise.counted for exercise in self.exercises)
        _derive(self, "final", counted and all(exercise.settled for exercise in self.exercises))

    @classmethod
    def of(
        cls,
        learner: str,
        assignment: str,
        submission: Submission,
        checks: Iterable[CheckResult],
        isolation: Isolation,
        notes: tuple[str, ...] = (),
        seconds: float = 0.0,
    ) -> Result:
        """Return the result of *submission*; *checks* of one exercise keep their order.

        Args:
            assignment: its name.
        """
        return cls(
            learner=learner,
            assignment=assignment,
            submission=submission.name,
            digest=submission.digest,
            framework=submission.framework,
            exercises=exercises_of(checks),
            isolation=isolation,
            notes=notes,
            seconds=seconds,
        )

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """All checks, exercise by exercise."""
        return tuple(check for exercise in self.exercises for check in exercise.checks)

    @property
    def raw_points(self) -> Fraction:
        """Points that the checks earned, without overrides and penalty."""
        return tally(self.checks).points

    @property
    def points(self) -> Fraction:
        """Points of all exercises, before the penalty."""
        return sum((exercise.points for exercise in self.exercises), _ZERO)

    @property
    def machine_busy(self) -> bool:
        """Whether it may have a grade if it is graded again, when the machine is less busy."""
        return any(check.machine_busy for check in self.checks)

    @property
    def full_marks(self) -> bool:
        """Whether nothing on offer is missing."""
        return self.score >= self.max_score

    @property
    def first_failure(self) -> CheckResult | None:
        """The first check that did not pass, other than for want of a device."""
        return next((check for check in self.checks if check.outcome not in NOT_LOST), None)

    def only(self, exercises: Collection[str]) -> Result:
        """Return what it says of *exercises*, by name; without the penalty, which is for all."""
        kept = tuple(one for one in self.exercises if one.exercise in exercises)
        return replace(self, exercises=kept, late_seconds=0, penalty=None)


def exercises_of(checks: Iterable[CheckResult]) -> tuple[ExerciseResult, ...]:
    """Return *checks* by exercise, each where its first check stands."""
    groups: dict[str, list[CheckResult]] = {}
    for check in checks:
        groups.setdefault(check.exercise, []).append(check)
    return tuple(ExerciseResult(name, tuple(group)) for name, group in groups.items())
