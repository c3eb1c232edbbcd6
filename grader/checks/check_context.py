"""The context of the running check: settings for its assertions, and their notes for the caller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from grader.numerics.closeness import PRECISION

from .draws import Draw


@dataclass
class CheckContext:
    """Settings and notes of one check.

    Attributes:
        draw: draws the inputs; the submission is assumed to compute in the coarsest dtype among
            them, whatever dtype it returns.

        precision: relative tolerance by dtype, as calibrated for the exercise.

        errors: by dtype, the largest accepted error, relative to
            ``sqrt(terms) * condition * scale``.

        chances: the number of assertions that a right answer fails once in 10⁹ runs.
    """

    draw: Draw
    precision: Mapping[str, float] = field(default_factory=lambda: PRECISION)
    errors: dict[str, float] = field(default_factory=dict)
    chances: int = 0

    @property
    def dtype(self) -> str:
        """The dtype in which the submission computes."""
        return self.draw.coarsest

    def note_error(self, dtype: str, error: float) -> None:
        """Note the relative *error* of a result that was accepted."""
        self.errors[dtype] = max(error, self.errors.get(dtype, 0.0))


_current: ContextVar[CheckContext | None] = ContextVar("current_check", default=None)


@contextmanager
def running(context: CheckContext) -> Iterator[CheckContext]:
    """Let assertions within the ``with`` use *context* and note their findings there."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def current_check() -> CheckContext:
    """Return the context of the running check.

    Outside any check, for example where an author tries an assertion, it is a new one: results
    count as computed in float64, tolerances are the usual ones, and notes are lost.
    """
    return _current.get() or CheckContext(Draw(0))
