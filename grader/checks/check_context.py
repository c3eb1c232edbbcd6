"""What the assertions of the check that runs now go by, and what they note for whoever runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.numerics.closeness import PRECISION

from .draws import Draw


@dataclass
class CheckContext:
    """One check's account.

    Attributes:
        draw: hands out the inputs; the coarsest dtype among them is what the submission is judged
            to compute in, however it delivers.

        precision: relative allowance by dtype, as calibrated for the exercise.

        errors: by dtype, the largest error that was let through, relative to
            ``sqrt(terms) * condition * scale``.

        chances: assertions made that a right answer fails once in 10⁹ runs.
    """

    draw: Draw
    precision: Mapping[str, float] = field(default_factory=lambda: PRECISION)
    errors: dict[str, float] = field(default_factory=dict)
    chances: int = 0

    @property
    def dtype(self) -> str:
        """The dtype that the submission computes in."""
        return self.draw.coarsest

    def note_error(self, dtype: str, error: float) -> None:
        """Note the relative *error* of a result that was accepted."""
        self.errors[dtype] = max(error, self.errors.get(dtype, 0.0))


_open = CheckContext(Draw(0))


def enter_check(context: CheckContext) -> None:
    """Let the assertions that follow go by *context*."""
    global _open
    _open = context


def context() -> CheckContext:
    """Return the account of the check that runs now."""
    return _open
