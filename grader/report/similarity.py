"""Which submissions of a class are alike, and how alike those of strangers are: as values."""

from __future__ import annotations

from dataclasses import dataclass

from grader.exercise import Text

#: a line that only one has; one that others have, too, or that was given; one that is rare
PLAIN, COMMON, RARE = range(3)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a learner's code.

    Attributes:
        mark: :data:`PLAIN`, :data:`COMMON` or :data:`RARE`.

        beside: the numbers of the lines of the other learner with the same code.
    """

    number: int
    text: str
    mark: int = PLAIN
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """The code of one of two learners.

    Attributes:
        place: the file or the cell that most of it stands in.
    """

    learner: str
    place: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AlikeExercise:
    """An exercise in which the code of two learners is alike.

    Attributes:
        share: how much of the smaller one's own code is in the other's, from 0 to 1.

        symbols: how much that is: rare symbols in full, others in part.

        strangers: how many of all other pairs of the class are as much alike, from 0 to 1.
    """

    exercise: str
    share: float
    symbols: float
    strangers: float
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class SameAnswers:
    """Learners who gave the same wrong answers, which few others gave.

    Attributes:
        learners: who gave them.

        wrote: how many learners wrote the exercise.

        checks: in which checks, as exercise and name.

        told: the first wrong call and its result.
    """

    exercise: str
    learners: tuple[str, ...]
    wrote: int
    checks: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two learners whose code is alike.

    Attributes:
        symbols: how much of it is, in all exercises that are alike.

        answers: unusual wrong answers that both gave.
    """

    learners: tuple[str, str]
    symbols: float
    exercises: tuple[AlikeExercise, ...]
    answers: tuple[SameAnswers, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """How alike the code of any two learners is in one exercise.

    Attributes:
        learners: how many wrote it.

        own: how many symbols a learner has of their own, in the median.

        median, high: the share of the median pair, and that which one pair in a hundred reaches;
            None where there are no pairs.
    """

    exercise: str
    learners: int
    own: float
    median: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Similarity:
    """What is alike in a class.

    Attributes:
        learners: how many were compared; members of a group count once.

        pairs: the most alike first.

        floor: how many symbols a pair must have in common.

        share: how much of an exercise must be the same for it to count.

        answers: unusual wrong answers that several learners gave, also of no pair; None if answers
            were not compared.

        unread: learners who were not compared, and why.
    """

    assignment: str
    title: Text
    learners: int
    pairs: tuple[Pair, ...]
    floor: float
    share: float
    baselines: tuple[Baseline, ...]
    answers: tuple[SameAnswers, ...] | None = None
    unread: tuple[tuple[str, str], ...] = ()
