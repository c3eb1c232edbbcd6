"""Calibrated tolerances: the largest errors of correct solutions, recorded beside the checks.

``tolerances.toml`` of an exercise holds, for each dtype, the largest error that the reference and
the accepted variants made in any check, under many seeds, relative to what a check states of its
sums, conditions and scales. A check allows :data:`HEADROOM` times as much, or the usual precision
where that is more: someone else's right solution adds up in yet another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.atomic_write import write_whole
from grader.numerics.closeness import PRECISION

from .toml_file import TomlFile

#: how much larger an error may be than that of the worst known correct solution
HEADROOM = 20.0

#: largest relative error by dtype
Errors = dict[str, float]

_HEAD = """\
# Largest errors of correct solutions, by dtype, relative to
# sqrt(terms) * condition * scale. Written by `gradproof audit --calibrate`.
"""


def read_tolerances(path: Path) -> Errors:
    """Read the errors recorded at *path*; none if there is no such file.

    Raises AuthoringError for an unknown dtype, or a number outside 0 to 1.
    """
    if not path.exists():
        return {}
    file = TomlFile.read(path)
    for name, error in file.tables.items():
        if name not in PRECISION or not (isinstance(error, float) and 0.0 <= error < 1.0):
            what = f"this file holds errors between 0 and 1, by dtype ({', '.join(PRECISION)})"
            raise file.fault(f"{what}; run `gradproof audit --calibrate`", f"$.{name}")
    return file.tables


def write_tolerances(path: Path, errors: Errors) -> None:
    """Write *errors*, rounded up to two digits so that the same measurement gives the same file."""
    lines = [f"{dtype} = {rounded_up(errors[dtype])}\n" for dtype in sorted(errors)]
    write_whole(path, "".join([_HEAD, "\n" * bool(lines), *lines]).encode())


def precision_from(errors: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the relative tolerances that *errors* require, where the usual ones are too small."""
    wanted = {dtype: HEADROOM * error for dtype, error in sorted(errors.items())}
    return tuple((d, allowed) for d, allowed in wanted.items() if allowed > PRECISION[d])


def stale(recorded: Mapping[str, float], seen: Mapping[str, float]) -> str:
    """Return how *recorded* disagrees with what was *seen*; empty if it agrees."""
    for dtype in sorted(seen):
        known, usual = recorded.get(dtype, 0.0), PRECISION[dtype] / HEADROOM
        if float(rounded_up(seen[dtype])) > max(known, usual):
            seen_text = f"correct solutions have errors of {seen[dtype]:.1e} in {dtype}"
            return f"{seen_text}, but {known:.1e} is recorded"
    for dtype, known in sorted(recorded.items()):
        if known > PRECISION[dtype] / HEADROOM and known > 100 * seen.get(dtype, 0.0):
            needed = seen.get(dtype, 0.0)
            return f"{known:.1e} is recorded for {dtype}, but only {needed:.1e} is needed"
    return ""


def rounded_up(error: float) -> str:
    """Return *error* rounded up to two digits."""
    text = f"{error:.1e}"
    return text if float(text) >= error else f"{error * 1.05:.1e}"
