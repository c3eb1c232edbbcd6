"""What a person or a rule changes about points. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PartialCredit:
    """A share of a check's points, and the reason.

    Attributes:
        share: the share of its points, 0 to 1.

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
    """Points that a person gave for an exercise instead of those that its checks earned.

    Attributes:
        points: at least 0; more than the checks offer is extra credit.

        by: the person who gave them.

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
        points: at least 0; never more is taken off than was earned.

    Raises:
        ValueError: the points are negative.
    """

    points: Fraction
    reason: str

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError("a penalty takes at least 0 points")


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that a score may be, whatever was earned.

    Raises:
        ValueError: the points are negative.
    """

    points: Fraction
    reason: str

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError("a cap is at least 0 points")


@dataclass(frozen=True, slots=True)
class LateDays:
    """Days of a learner's budget that a late submission uses, and what is left after it."""

    used: int
    left: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which of several attempts counts.

    Attributes:
        number: counted from 1, the oldest first.

        rule: ``last``, ``best`` or ``before deadline``.
    """

    number: int
    of: int
    rule: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person gave for a line of the rubric, which no check judges.

    Attributes:
        line: its name in the course.

        points: None as long as it waits for a person.

        earlier: whether they were given for an earlier version of the work.

    Raises:
        ValueError: the points are negative, or more than the line offers.
    """

    line: str
    max_points: Fraction
    points: Fraction | None = None
    by: str = ""
    reason: str = ""
    earlier: bool = False

    def __post_init__(self) -> None:
        if self.points is not None and not 0 <= self.points <= self.max_points:
            raise ValueError("a line of the rubric gives from 0 points to what it offers")
