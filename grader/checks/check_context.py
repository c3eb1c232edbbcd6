"""What the assertions of the check that runs now go by, and what they note for whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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


_current: ContextVar[CheckContext | None] = ContextVar("current_check", default=None)


@contextmanager
def running(context: CheckContext) -> Iterator[CheckContext]:
    """Let assertions within the ``with`` go by *context*, and note there what they see."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def current_check() -> CheckContext:
    """Return the context of the check that runs now.

    Outside any check, as where an author tries an assertion, it is a new one: results count as
    computed in float64, allowances are the usual ones, and what is noted is lost.
    """
    return _current.get() or CheckContext(Draw(0))
