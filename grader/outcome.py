"""The outcomes of checks, and results. Standard library only.

Derived values (points, scores, whether a result is final) are computed here, once, when an object
is created. Every report reads them from there::

    points of a check     = max_points × share of a partial credit, else all for a pass, else 0
    raw points            = their sum
    points of an exercise = those of an override if there is one, else its raw points
    points of a result    = sum over the exercises that are not optional + what was given by hand
    score                 = points − penalty, but never below 0 and never above a cap
    points on offer       = sum over the exercises that are no bonus and not optional + the rubric

All of them are exact fractions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction

from grader.adjustments import (
    Attempt,
    ByHand,
    Cap,
    LateDays,
    Override,
    PartialCredit,
    Penalty,
)
from grader.exercise import Counts, Source, Submission

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


#: outcomes that need no fix
NOT_LOST = (Outcome.PASSED, Outcome.SKIPPED)

#: outcomes that only the learner can fix
MENDABLE = (Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.TIMED_OUT, Outcome.CRASHED)

#: outcomes in order of how much they explain, most first
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
    """Set a derived field of *value*, which is frozen."""
    object.__setattr__(value, name, derived)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check on one submission.

    Attributes:
        points: earned.

        sentence: what the check requires, in the language of the report.

        message: what was found instead; empty if it passed.

        hints: steps, each more specific: what is wrong, where, how to think about it.

        hidden: whether learners do not have this check; values must then not be shown.

        seconds: wall time on the trusted side.

        seed: the seed of the check's random inputs and of the learner's generators; 0 if none.

        through: the exercises whose functions were replaced by correct ones so that it passes, with
            commas between them; empty if none was.

        credit: partial credit for a check that did not pass, or passed only *through* another
            exercise; None for all or nothing.

        machine_busy: whether it is ``internal`` because the machine had too little time or
            memory for it.

        missing_library: what the learner's code needs and is not installed here; empty if nothing.

    Raises:
        ValueError: it has *through* but did not pass, or *credit* although it passed by itself.
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
    missing_library: str = ""

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
    """The totals of several checks; skipped ones are left out.

    Attributes:
        points: earned.

        max_points: available.

        passed: the number of checks that passed.

        ran: the number of checks that were not skipped.
    """

    points: Fraction
    max_points: Fraction
    passed: int
    ran: int


def tally(checks: Iterable[CheckResult]) -> Tally:
    """Return the totals of *checks*, whatever exercises they belong to."""
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
        outcome: the one that explains most; ``passed`` if all checks that ran passed.

        points: earned, or given by an override.

        max_points: available; a skipped check has none.

        counts: whether its points are on offer, a bonus, or only shown.

        override: points that a person gave instead.

        source: where in the submission it was taken from; None if that is not known.

    Raises:
        ValueError: there is no check, or one of another exercise.
    """

    exercise: str
    outcome: Outcome = field(init=False, default=Outcome.INTERNAL)
    points: Fraction = field(init=False, default=_ZERO)
    max_points: Fraction = field(init=False, default=_ZERO)
    counts: Counts = field(default="yes", kw_only=True)
    override: Override | None = field(default=None, kw_only=True)
    source: Source | None = field(default=None, kw_only=True)
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
        """The points that the checks earned."""
        return tally(self.checks).points

    @property
    def done(self) -> bool:
        """Whether every check that could run here passed, and at least one could."""
        return self.outcome is Outcome.PASSED

    @property
    def counted(self) -> bool:
        """Whether it is part of the grade: a check ran, or a person gave points."""
        return self.override is not None or self.outcome is not Outcome.SKIPPED

    @property
    def settled(self) -> bool:
        """Whether its points are final: no check broke on our side, or a person gave points."""
        return self.override is not None or self.outcome is not Outcome.INTERNAL


@dataclass(frozen=True, slots=True)
class Isolation:
    """The isolation of the learner's code, as measured.

    Attributes:
        level: the outermost wall: ``bubblewrap``, ``private root``, ``landlock``, ``user``,
            ``process`` (a process of its own and little more), or ``desk``.

        layers: each tested restriction and each wall, and whether it held.

        warning: what an instructor must know; empty if nothing is missing.
    """

    level: str
    layers: Mapping[str, bool] = field(default_factory=dict)
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All exercises of one submission.

    Attributes:
        learner: the learner's identifier.

        submission: the name of the file or folder.

        digest: the digest of the submission's bytes.

        score: what counts: all points minus the penalty, within the cap.

        max_score: points on offer; a skipped check has none, nor has a bonus.

        final: whether this is a grade: something was checked, and nothing broke on our side.

        late_seconds: seconds after the deadline; 0 if on time or without a deadline.

        penalty: the points taken off.

        late_days: what it takes of the learner's late days; None if nothing.

        cap: the most that the score may be; None if it is not above it.

        attempt: which of several counts; None if nothing was chosen.

        rubric: what a person gives.

        notes: remarks on the submission as a whole.
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
    late_days: LateDays | None = field(default=None, kw_only=True)
    cap: Cap | None = field(default=None, kw_only=True)
    attempt: Attempt | None = field(default=None, kw_only=True)
    rubric: tuple[ByHand, ...] = field(default=(), kw_only=True)
    exercises: tuple[ExerciseResult, ...]
    isolation: Isolation
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    def __post_init__(self) -> None:
        most = [self.cap.points] if self.cap else []
        _derive(self, "score", min(self.after_penalty, *most, self.after_penalty))
        offers = [one.max_points for one in self.exercises if one.counts == "yes"]
        offers += [line.max_points for line in self.rubric]
        _derive(self, "max_score", sum(offers, _ZERO))
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
        """Return the result of *submission*; *checks* of one exercise keep their order."""
        return cls(
            learner=learner,
            assignment=assignment,
            submission=submission.name,
            digest=submission.digest,
            framework=submission.framework,
            exercises=exercises_of(checks, submission.sources),
            isolation=isolation,
            notes=(*submission.notes, *notes),
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
        """All points, before the penalty."""
        earned = [one.points for one in self.exercises if one.counts != "optional"]
        return sum((*earned, *(line.points or _ZERO for line in self.rubric)), _ZERO)

    @property
    def after_penalty(self) -> Fraction:
        """All points minus the penalty, before the cap."""
        return max(_ZERO, self.points - (self.penalty.points if self.penalty else _ZERO))

    @property
    def waits(self) -> tuple[ByHand, ...]:
        """The lines of the rubric that wait for a person."""
        return tuple(line for line in self.rubric if line.points is None)

    @property
    def machine_busy(self) -> bool:
        """Whether it may have a grade if it is graded again, when the machine is less busy."""
        return any(check.machine_busy for check in self.checks)

    @property
    def full_marks(self) -> bool:
        """Whether all available points were earned."""
        return self.score >= self.max_score

    @property
    def first_failure(self) -> CheckResult | None:
        """The first check that did not pass, except skipped ones."""
        return next((check for check in self.checks if check.outcome not in NOT_LOST), None)

    def only(self, exercises: Collection[str]) -> Result:
        """Return the result of *exercises* only, without what applies to all."""
        kept = tuple(one for one in self.exercises if one.exercise in exercises)
        bare = replace(self, exercises=kept, late_seconds=0, penalty=None, rubric=())
        return replace(bare, late_days=None, cap=None, attempt=None)


def exercises_of(
    checks: Iterable[CheckResult], sources: Mapping[str, Source] | None = None
) -> tuple[ExerciseResult, ...]:
    """Return *checks* by exercise, in the order of each exercise's first check.

    Args:
        sources: where the exercises were taken from.
    """
    groups: dict[str, list[CheckResult]] = {}
    for check in checks:
        groups.setdefault(check.exercise, []).append(check)
    known = sources or {}
    return tuple(
        ExerciseResult(name, tuple(group), source=known.get(name)) for name, group in groups.items()
    )
