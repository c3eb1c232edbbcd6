"""How points become a score, and scores a total: ``[score]`` and ``[total]`` in ``course.toml``."""

from __future__ import annotations

from fractions import Fraction

import msgspec

#: which of a learner's attempts counts
ATTEMPTS = ("last", "best", "before deadline")


class ScoreTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[score]``: how the score of an assignment comes about."""

    attempt: str = "last"
    #: percent of the points on offer that a score is never above
    at_most: int | float | None = None

    def __post_init__(self) -> None:
        if self.attempt not in ATTEMPTS:
            known = ", ".join(f'"{name}"' for name in ATTEMPTS)
            raise ValueError(f"'attempt' is {self.attempt!r}; write one of {known}")
        if self.at_most is not None and not 0 <= self.at_most < float("inf"):
            raise ValueError("'at_most' is a percentage of at least 0")


class TotalTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[total]``: how the total of a term comes about."""

    #: so many assignments with the lowest shares of their points do not count
    drop_lowest: int = 0
    #: percent that a total is never above
    at_most: int | float | None = None
    #: a total is rounded to a multiple of this, in percent; halves go up
    round_to: int | float | str = "0.01"

    def __post_init__(self) -> None:
        if self.drop_lowest < 0:
            raise ValueError("'drop_lowest' is a number of at least 0")
        if self.at_most is not None and not 0 <= self.at_most < float("inf"):
            raise ValueError("'at_most' is a percentage of at least 0")
        try:
            step = self.step
        except (ValueError, ZeroDivisionError):
            step = Fraction(0)
        if step <= 0:
            raise ValueError(f"'round_to' is {self.round_to!r}; write a step such as 0.5 or 1")

    @property
    def step(self) -> Fraction:
        """The step that totals are rounded to, as written: 0.1 is one tenth."""
        return Fraction(str(self.round_to))


def exact_share(percent: int | float) -> Fraction:
    """Return a percentage as written: 12.5 is an eighth."""
    return Fraction(str(percent)) / 100
