"""Records the largest errors of correct solutions, from which tolerances follow.

The largest of *n* errors, each measured with another seed, is exceeded by the next with a
probability of 1/(n + 1): one time in four after three seeds, one in 31 after thirty. A measurement
with few seeds must not narrow a record of many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.course.tolerances import HEADROOM, read_tolerances, rounded_up, write_tolerances
from grader.numerics.closeness import PRECISION

#: the minimum number of seeds for what is recorded
SEEDS = 30
#: the factor by which a tolerance may widen without an option
_MOST = 2.0


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The record of one exercise and dtype, before and after.

    Attributes:
        label: ``assignment/exercise``.

        before: the previously recorded error; 0 if there was none.

        seen: the largest error of a correct solution, rounded up as it is recorded.

        needs: the option without which the record does not change; empty if it was not needed or
            was given.
    """

    label: str
    dtype: str
    before: float
    seen: float
    needs: str = ""

    @property
    def after(self) -> float:
        """The error that is recorded now."""
        return self.before if self.needs else self.seen

    def __str__(self) -> str:
        change = f"{self.label} {self.dtype}: {self.before:.1e} recorded, {self.seen:.1e} measured"
        if self.needs:
            wider = "more than twice as wide" if self.needs == "--widen" else "narrower"
            return f"{change}; not changed: the tolerance would become {wider} ({self.needs})"
        return f"{change}; unchanged" if self.before == self.seen else f"{change}; recorded"

    def payload(self) -> dict[str, object]:
        """Return it for machines."""
        return {
            "exercise": self.label,
            "dtype": self.dtype,
            "before": self.before,
            "measured": self.seen,
            "after": self.after,
            "needs": self.needs,
        }


def calibrate(
    label: str, path: Path, errors: Mapping[str, float], widen: bool, tighten: bool
) -> list[Calibrated]:
    """Record *errors* by dtype at *path*; return the changes.

    Args:
        label: the label of the exercise.

        widen: whether tolerances may become more than twice as wide.

        tighten: whether tolerances may become narrower.
    """
    before = read_tolerances(path)
    done = list(_compared(label, before, errors, widen, tighten))
    if any(one.after != one.before for one in done) or not path.exists():
        write_tolerances(path, before | {one.dtype: one.after for one in done})
    return done


def _compared(
    label: str,
    before: Mapping[str, float],
    errors: Mapping[str, float],
    widen: bool,
    tighten: bool,
) -> Iterator[Calibrated]:
    for dtype in sorted({*before, *errors}):
        known, seen = before.get(dtype, 0.0), float(rounded_up(errors.get(dtype, 0.0)))
        old, new = _allowed(dtype, known), _allowed(dtype, seen)
        needs = ""
        if new > _MOST * old and not widen:
            needs = "--widen"
        elif new < old and not tighten:
            needs = "--tighten"
        elif old == new and seen < known and not tighten:
            # No verdict changes; the larger error was measured, too.
            seen = known
        yield Calibrated(label, dtype, known, seen, needs)


def _allowed(dtype: str, error: float) -> float:
    return max(PRECISION[dtype], HEADROOM * error)
